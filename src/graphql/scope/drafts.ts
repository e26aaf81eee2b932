import { type RevisionRequest, revisionRequest } from '../../application/importing.js';
import { revisionLines } from '../../documents/printing/revision.js';
import { type NamedPerson, type PrintedText, printWith } from '../../domain/personal.js';
import type { ImportedPlan } from '../../domain/plan/importedPlan.js';
import type { ExistingPlan } from '../../domain/plan.js';
import { revisionOf } from '../../domain/revision.js';
import { inPlaceOfName } from '../../vault/vault.js';
import type { Context } from '../context.js';
import { unscoped } from './unscoped.js';

/**
 * Returns what a document would change in a draft, a sentence each. Texts are compared with the names in them and printed as the
 * caller may see them.
 */
export function draftDifferences(
  context: Context,
  draft: ExistingPlan,
  document: ImportedPlan<NamedPerson>,
): readonly string[] {
  return revisionLines(draft, revisionOf(draft, document, comparable(context)), (text) => context.print(text));
}

/** Returns the command that changes a draft to what a document says, or why the document cannot be read. */
export function draftRevision(
  context: Context,
  draft: ExistingPlan,
  bytes: Uint8Array,
  fileName: string,
): Promise<RevisionRequest> {
  return revisionRequest(context.readDocument, draft, comparable(context), bytes, fileName);
}

/** Returns a function that prints texts with all names, for comparisons: no answer may show what it returns. */
function comparable(context: Context): (text: PrintedText) => string {
  const { vault } = unscoped(context);
  return (text) => printWith(text, (person) => vault.open(person) ?? inPlaceOfName(vault, person));
}
