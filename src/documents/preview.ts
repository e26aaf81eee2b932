import { mapPersons, type NamedPerson, type PrintedText, printWith } from '../domain/personal.js';
import type { ImportedPlan } from '../domain/plan/importedPlan.js';
import { correctionOf } from '../domain/revision/amendment.js';
import { type PreviewedPlan, previewedPlan } from './previewedPlan.js';
import { isAsked, previewOf } from './printing/preview.js';
import { previewPage } from './printing/previewPage.js';
import { readDocument } from './read.js';
import type { DocumentFile, DocumentPreview, PreviewRequest, ReadPlan } from './tasks.js';
import { UnreadableDocument } from './unreadable.js';

/**
 * Maximum length of the JSON of a plan that was read, in characters: about four times what 5,000 rows with every column
 * need.
 */
const MAX_JSON = 20_000_000;

/**
 * Reads a plan document, and refuses a plan that is too large to be passed to the server's thread.
 *
 * @throws UnreadableDocument
 */
export async function readBounded({ bytes, fileName, columns }: DocumentFile): Promise<ReadPlan> {
  const read = await readDocument(bytes, fileName, columns);
  boundedText(JSON.stringify(read.plan));
  return read;
}

/**
 * Returns what an import of a document would create, and what a correction by it would change in a plan.
 *
 * @throws UnreadableDocument
 */
export async function previewed(request: PreviewRequest): Promise<DocumentPreview> {
  const { plan, exportedFrom } = await readDocument(request.bytes, request.fileName, request.columns);
  const structure = previewOf(plan, request.organisation);
  const rows = structure.sections.flatMap(({ activities }) => activities);
  const { compareWith, hidesNames } = request;
  const compared = hidesNames ? withoutNames(plan) : plan;
  return {
    activityCount: rows.length,
    questionCount: rows.filter(isAsked).length,
    structure: request.structure ? boundedText(JSON.stringify(structure)) : null,
    html: request.html ? boundedText(previewPage(structure)) : null,
    exportedFrom,
    plan: request.plan ? boundedPlan(previewedPlan(plan, request.organisation)) : null,
    correction: compareWith && correctionOf(compareWith, compared, (text) => printWith(text, () => HIDDEN)),
  };
}

/** Text in place of a name that the caller may not see. */
const HIDDEN = '…';

function withoutNames(plan: ImportedPlan<NamedPerson>): ImportedPlan<NamedPerson> {
  const hidden = (text: PrintedText<NamedPerson>) => mapPersons(text, () => ({ person: HIDDEN }));
  const sections = plan.sections.map((section) => ({
    ...section,
    activities: section.activities.map((activity) => {
      const { text, parties } = activity.responsible;
      const own = parties.map((party) => ({ ...party, name: hidden(party.name) }));
      return { ...activity, responsible: { text: hidden(text), parties: own } };
    }),
  }));
  return { ...plan, sections };
}

function boundedPlan(plan: PreviewedPlan): PreviewedPlan {
  boundedText(JSON.stringify(plan));
  return plan;
}

function boundedText(text: string): string {
  if (text.length <= MAX_JSON) return text;
  throw new UnreadableDocument(
    null,
    'it holds far more text than a plan does: split it, or remove what is no part of the plan',
    'TOO_LARGE',
  );
}
