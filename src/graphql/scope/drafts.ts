import { type RevisionRequest, revisionRequest } from '../../application/importing.js';
import { comparer } from '../../documents/isolated.js';
import type { DocumentFile } from '../../documents/tasks.js';
import { nameReader } from '../../domain/personal.js';
import type { ExistingPlan } from '../../domain/plan.js';
import { type RevisablePlan, revisablePlan } from '../../domain/revision.js';
import type { Context } from '../context.js';
import { inTurn, turnOf } from '../turns.js';
import { unscoped } from './unscoped.js';

/**
 * Returns a draft in the form that is compared with a plan document. It has names of persons if the caller may read
 * them.
 */
export function comparableDraft(context: Context, draft: ExistingPlan): RevisablePlan {
  const print = context.may('personalNames') ? nameReader(unscoped(context).vault) : context.names.print;
  return revisablePlan(draft, print);
}

/**
 * Returns the command that changes a draft to the contents of a plan document, or the reason why the document cannot be
 * read.
 */
export function draftRevision(context: Context, draft: ExistingPlan, file: DocumentFile): Promise<RevisionRequest> {
  const compare = comparer(context.documents, turnOf(context));
  return inTurn(revisionRequest(compare, draft, nameReader(unscoped(context).vault), file));
}
