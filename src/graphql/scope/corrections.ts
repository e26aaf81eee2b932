import { type CorrectionRequest, correctionRequest } from '../../application/importing.js';
import { comparer } from '../../documents/isolated.js';
import type { DocumentFile } from '../../documents/tasks.js';
import { nameReader } from '../../domain/personal.js';
import type { ExistingPlan } from '../../domain/plan.js';
import { type RevisablePlan, revisablePlan } from '../../domain/revision/revisable.js';
import type { Context } from '../context.js';
import { inTurn, turnOf } from '../turns.js';
import { unscoped } from './unscoped.js';

/**
 * Returns a plan in the form that is compared with a plan document. It has names of persons if the caller may read
 * them.
 */
export function comparablePlan(context: Context, plan: ExistingPlan): RevisablePlan {
  const print = context.may('personalNames') ? nameReader(unscoped(context).vault) : context.names.print;
  return revisablePlan(plan, print);
}

/** Returns what a plan document changes in a plan, or the reason why the document cannot be read. */
export function correctionBy(context: Context, plan: ExistingPlan, file: DocumentFile): Promise<CorrectionRequest> {
  const compare = comparer(context.documents, turnOf(context));
  return inTurn(correctionRequest(compare, plan, nameReader(unscoped(context).vault), file));
}
