import { generateKeyBetween } from 'fractional-indexing';
import { activitiesOf, type ExistingPlan } from '../../plan.js';

/**
 * Returns the order after the activity `after` in a section, or before all others when `after` is null. Returns
 * undefined when the section has no such activity. `moved` is the activity that is being moved and is ignored.
 */
export function orderBehind(
  plan: ExistingPlan,
  sectionId: string,
  after: string | null,
  moved: string | null,
): string | undefined {
  const rows = activitiesOf(plan, sectionId).filter(({ id }) => id !== moved);
  if (after === null) return generateKeyBetween(null, rows[0]?.order ?? null);
  const index = rows.findIndex(({ id }) => id === after);
  const [left, right] = [rows[index], rows[index + 1]];
  return left ? generateKeyBetween(left.order, right?.order ?? null) : undefined;
}
