import type { RunOperation } from '../admin/client.js';
import { findPlan } from '../operations/plans.js';
import { isIdLike } from '../operations/uuid.js';

/** How a user can name a plan, for help texts. */
export const PLAN_NAMED = 'its number in `npx letopis plans`, its title or words of it, or its id';

/**
 * Returns the id of the plan that a person names by number, title or id.
 *
 * @throws OperationRefused when no plan or several plans are named so.
 */
export async function planIdFrom(run: RunOperation, named: string): Promise<string> {
  if (isIdLike(named, 'plan')) return named;
  return (await run(findPlan, { named })).id;
}
