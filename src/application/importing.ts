import { createHash } from 'node:crypto';
import { isWithin, type Scope } from '../access/principal.js';
import type { DocumentFile, DocumentPreview, ReadPlan } from '../documents/tasks.js';
import { UnreadableDocument } from '../documents/unreadable.js';
import type { Responsible } from '../domain/parties.js';
import { mapPersons, type NamedPerson, type PrintedText } from '../domain/personal.js';
import type { PlanCommandOf } from '../domain/plan/catalogue.js';
import type { DraftChange } from '../domain/plan/drafting/reviseDraft.js';
import type { ImportedPlan } from '../domain/plan/importedPlan.js';
import type { ExistingPlan, Plan } from '../domain/plan.js';
import { type RevisablePlan, revisablePlan } from '../domain/revision.js';
import { importedPlanId, type Seal } from './handler.js';

/** Reads a plan document. @throws UnreadableDocument */
export type DocumentReader = (file: DocumentFile) => Promise<ReadPlan>;

/** Reads a plan document and compares it with a draft. @throws UnreadableDocument */
export type DocumentComparer = (file: DocumentFile, draft: RevisablePlan) => Promise<Pick<DocumentPreview, 'changes'>>;

/** Why a document cannot be read. */
interface Unread {
  readonly place: string | null;
  readonly problem: string;
}

/** A plan document read and ready to import, or why it cannot be read. */
export type ImportRequest =
  | {
      readonly sha256: string;
      readonly plan: ImportedPlan<NamedPerson>;
      readonly command: (seal: Seal) => PlanCommandOf<'importPlan'>;
    }
  | Unread;

/** Reads a plan document. Nothing is imported yet. */
export async function importRequest(
  read: DocumentReader,
  bytes: Uint8Array,
  fileName: string,
  timeZone: string,
  organisationId: string | null = null,
): Promise<ImportRequest> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return orUnread(async () => {
    const { reader, plan } = await read({ bytes, fileName });
    const source = { fileName: fileName.slice(-200), sha256, reader };
    return {
      sha256,
      plan,
      command: (seal) => ({ type: 'importPlan', plan: sealed(plan, seal), source, organisationId, timeZone }),
    };
  });
}

/** Returns what a task on a document results in, or why the document cannot be read. */
export async function orUnread<T>(task: () => Promise<T>): Promise<T | Unread> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof UnreadableDocument) return { place: error.place, problem: error.message };
    throw error;
  }
}

/** What the id of an imported plan depends on. */
export interface ImportIdRequest {
  readonly sha256: string;
  readonly organisationId: string | null;
  /** What the importing caller sees. */
  readonly scope: Scope;
}

/**
 * Returns the plan id that a document is imported under. The same document in the same organisation is the same plan; what
 * other organisations have imported makes no difference. Earlier versions derived the id from the document alone: a plan with
 * such an id is found again by the organisation that it belongs to. A plan that was moved out of the caller's sight does not
 * block another import.
 */
export async function importIdFor(
  { sha256, organisationId, scope }: ImportIdRequest,
  load: (planId: string) => Promise<Plan>,
): Promise<string> {
  const earlier = importedPlanId(sha256);
  if (organisationId === null) return earlier;
  const found = await load(earlier);
  if (found.status !== 'ABSENT' && found.details.organisationId === organisationId) return earlier;
  for (let copy = 1; ; copy += 1) {
    const planId = importedPlanId(sha256, organisationId, copy);
    const plan = await load(planId);
    if (plan.status === 'ABSENT' || isWithin(scope, plan.details.organisationId)) return planId;
  }
}

/** A document read to correct a draft with, or why that cannot be done. */
export type RevisionRequest =
  | {
      readonly changes: readonly DraftChange<NamedPerson>[];
      readonly sha256: string;
      readonly command: (seal: Seal) => PlanCommandOf<'reviseDraft'>;
    }
  | Unread;

/**
 * What a corrected document changes in a draft, as it stands. Nothing is changed yet.
 *
 * @param print what a printed text of the draft says, names of persons included.
 */
export async function revisionRequest(
  compare: DocumentComparer,
  draft: ExistingPlan,
  print: (text: PrintedText) => string,
  bytes: Uint8Array,
  fileName: string,
): Promise<RevisionRequest> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return orUnread(async () => {
    const { changes } = await compare({ bytes, fileName }, revisablePlan(draft, print));
    const found = changes ?? [];
    return {
      changes: found,
      sha256,
      command: (seal) => ({ type: 'reviseDraft', changes: found.map((change) => sealedChange(change, seal)) }),
    };
  });
}

function sealedChange(change: DraftChange<NamedPerson>, seal: Seal): DraftChange {
  switch (change.type) {
    case 'addActivity': {
      const { activity } = change;
      return { ...change, activity: { ...activity, responsible: sealedParties(activity.responsible, seal) } };
    }
    case 'reassignActivity':
      return { ...change, responsible: sealedParties(change.responsible, seal) };
    default:
      return change;
  }
}

function sealedParties({ text, parties }: Responsible<NamedPerson>, seal: Seal): Responsible {
  return {
    text: mapPersons(text, seal),
    parties: parties.map((party) => ({ ...party, name: mapPersons(party.name, seal) })),
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
        responsible: sealedParties(activity.responsible, seal),
      })),
    })),
  };
}
