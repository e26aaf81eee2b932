import { createHash } from 'node:crypto';
import type { DocumentReader } from '../documents/isolated.js';
import { UnreadableDocument } from '../documents/unreadable.js';
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
  | { readonly place: string | null; readonly problem: string };

/** Reads a plan document. Nothing is imported yet. */
export async function importRequest(
  read: DocumentReader,
  bytes: Uint8Array,
  fileName: string,
  timeZone: string,
  organisationId: string | null = null,
): Promise<ImportRequest> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  try {
    const { reader, plan } = await read(bytes, fileName);
    const source = { fileName: fileName.slice(-200), sha256, reader };
    return {
      sha256,
      plan,
      command: (seal) => ({ type: 'importPlan', plan: sealed(plan, seal), source, organisationId, timeZone }),
    };
  } catch (error) {
    if (error instanceof UnreadableDocument) return { place: error.place, problem: error.message };
    throw error;
  }
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
