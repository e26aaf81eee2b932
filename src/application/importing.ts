import { createHash } from 'node:crypto';
import { isWithin, type Scope } from '../access/principal.js';
import type { DocumentFile, DocumentPreview, ReadPlan } from '../documents/tasks.js';
import { UnreadableDocument } from '../documents/unreadable.js';
import type { Responsible } from '../domain/parties.js';
import { mapPersons, type NamedPerson, type PrintedText } from '../domain/personal.js';
import type { PlanCommandOf } from '../domain/plan/catalogue.js';
import type { RowReading } from '../domain/plan/drafting/importPlan.js';
import type { DraftChange } from '../domain/plan/drafting/reviseDraft.js';
import type { ActivityEntry } from '../domain/plan/entries.js';
import type { ImportedPlan } from '../domain/plan/importedPlan.js';
import type { ExistingPlan, Plan } from '../domain/plan.js';
import type { AmendmentChange, Correction } from '../domain/revision/amendment.js';
import { type RevisablePlan, revisablePlan } from '../domain/revision/revisable.js';
import type { Seal } from '../engine/vault/sealedText.js';
import { importedPlanId } from './commands.js';

/**
 * Reads a plan document.
 *
 * @throws UnreadableDocument
 */
export type DocumentReader = (file: DocumentFile) => Promise<ReadPlan>;

/**
 * Reads a plan document and compares it with a plan.
 *
 * @throws UnreadableDocument
 */
export type DocumentComparer = (
  file: DocumentFile,
  plan: RevisablePlan,
) => Promise<Pick<DocumentPreview, 'correction'>>;

/** Why a document cannot be read, and where. */
export type Unread = Pick<UnreadableDocument, 'place' | 'problem' | 'reason' | 'headings'>;

/** A plan document that was read and can be imported, or why it cannot be read. */
export type ImportRequest =
  | {
      readonly sha256: string;
      readonly plan: ImportedPlan<NamedPerson>;
      /** Id of the plan from which the document was exported, according to its file. */
      readonly exportedFrom: string | null;
      readonly command: (seal: Seal) => PlanCommandOf<'importPlan'>;
    }
  | Unread;

/** Reads a plan document and returns the request to import it. Nothing is imported yet. */
export async function importRequest(
  read: DocumentReader,
  bytes: Uint8Array,
  fileName: string,
  timeZone: string,
  organisationId: string | null = null,
  readings: readonly RowReading[] = [],
): Promise<ImportRequest> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return orUnread(async () => {
    const { reader, plan, exportedFrom } = await read({ bytes, fileName });
    const source = { fileName, sha256, reader };
    return {
      sha256,
      plan,
      exportedFrom,
      command: (seal) => ({
        type: 'importPlan',
        plan: sealed(plan, seal),
        source,
        organisationId,
        timeZone,
        readings,
      }),
    };
  });
}

/** Returns the result of a task on a document, or why the document cannot be read. */
export async function orUnread<T>(task: () => Promise<T>): Promise<T | Unread> {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof UnreadableDocument)) throw error;
    const { place, message, reason, headings } = error;
    return { place, problem: message, reason, headings };
  }
}

/** The values from which the id of an imported plan is derived. */
export interface ImportIdRequest {
  readonly sha256: string;
  readonly organisationId: string | null;
  /** Access scope of the importing caller. */
  readonly scope: Scope;
}

/**
 * Returns the plan id for importing a document. The same document in the same organisation gives the same plan,
 * regardless of imports by other organisations. Earlier versions derived the id from the document alone: such a plan is
 * still found for its own organisation. A plan that was moved out of the caller's scope does not block another import.
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

/** The changes that a corrected document makes in a plan, or the reason why they cannot be determined. */
export type CorrectionRequest = { readonly correction: Correction; readonly sha256: string } | Unread;

/**
 * Compares a corrected document with the present plan. Nothing is changed yet.
 *
 * @param print returns a printed text of the plan, including names of persons.
 */
export async function correctionRequest(
  compare: DocumentComparer,
  plan: ExistingPlan,
  print: (text: PrintedText) => string,
  file: DocumentFile,
): Promise<CorrectionRequest> {
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  return orUnread(async () => {
    const { correction } = await compare(file, revisablePlan(plan, print));
    return { correction: correction ?? { kind: 'revision', changes: [], notAmendable: [] }, sha256 };
  });
}

/** Returns the command that makes the changes in a draft. Any other plan refuses it by its status. */
export function revisionCommand(correction: Correction, seal: Seal): PlanCommandOf<'reviseDraft'> {
  const changes = correction.kind === 'revision' ? correction.changes : [];
  return { type: 'reviseDraft', changes: changes.map((change) => sealedChange(change, seal)) };
}

/**
 * Returns the command that makes the changes in an approved plan. Any other plan refuses it by its status.
 *
 * @param notAmendable the differences that no amendment makes, in words
 */
export function amendmentCommand(
  correction: Correction,
  notAmendable: readonly string[],
  seal: Seal,
): PlanCommandOf<'amendFromDocument'> {
  const changes = correction.kind === 'amendment' ? correction.changes : [];
  return {
    type: 'amendFromDocument',
    changes: changes.map((change) => sealedChange(change, seal)),
    notAmendable,
  };
}

/** Returns a change with the names of persons in it sealed. */
function sealedChange(change: DraftChange<NamedPerson>, seal: Seal): DraftChange;
function sealedChange(change: AmendmentChange<NamedPerson>, seal: Seal): AmendmentChange;
function sealedChange(
  change: DraftChange<NamedPerson> | AmendmentChange<NamedPerson>,
  seal: Seal,
): DraftChange | AmendmentChange {
  switch (change.type) {
    case 'addActivity':
      return { ...change, activity: sealedEntry(change.activity, seal) };
    case 'reassignActivity':
      return { ...change, responsible: sealedParties(change.responsible, seal) };
    default:
      return change;
  }
}

function sealedEntry(activity: ActivityEntry<NamedPerson>, seal: Seal): ActivityEntry {
  return { ...activity, responsible: sealedParties(activity.responsible, seal) };
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
