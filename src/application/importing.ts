import { createHash } from 'node:crypto';
import { UnreadableDocument } from '../documents/lines.js';
import { readTextPlan, TEXT_READER } from '../documents/text.js';
import type { ImportedPlan, PlanCommandOf } from '../domain/commands.js';
import { mapPersons, type NamedPerson } from '../domain/personal.js';
import type { Seal } from './handler.js';

/** A plan document read and ready to import, or why it cannot be read. */
export type ImportRequest =
  | {
      readonly sha256: string;
      readonly plan: ImportedPlan<NamedPerson>;
      readonly command: (seal: Seal) => PlanCommandOf<'importPlan'>;
    }
  | { readonly line: number | null; readonly problem: string };

/** Reads a plan document. Nothing is imported yet. */
export function importRequest(
  bytes: Uint8Array,
  fileName: string,
  timeZone: string,
  organisationId: string | null = null,
): ImportRequest {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  let plan: ImportedPlan<NamedPerson>;
  try {
    plan = readTextPlan(bytes);
  } catch (error) {
    if (error instanceof UnreadableDocument) return { line: error.line, problem: error.message };
    throw error;
  }
  const source = { fileName: fileName.slice(-200), sha256, reader: TEXT_READER };
  return {
    sha256,
    plan,
    command: (seal) => ({ type: 'importPlan', plan: sealed(plan, seal), source, organisationId, timeZone }),
  };
}

function sealed(plan: ImportedPlan<NamedPerson>, seal: Seal): ImportedPlan {
  return {
    ...plan,
    stamps: plan.stamps.map((stamp) => ({ ...stamp, person: stamp.person && mapPersons(stamp.person, seal) })),
    sections: plan.sections.map((section) => ({
      ...section,
      activities: section.activities.map((activity) => ({
        ...activity,
        responsible: {
          text: mapPersons(activity.responsible.text, seal),
          parties: activity.responsible.parties.map((party) => ({ ...party, name: mapPersons(party.name, seal) })),
        },
      })),
    })),
  };
}
