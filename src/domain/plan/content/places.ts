import { generateKeyBetween } from 'fractional-indexing';
import { activitiesOf, type ExistingPlan } from '../../plan.js';

/** The last place in a section. */
export const LAST = { last: true } as const;

/** A place in a section: after the activity with this id; null for the first place. */
export type RowPlace = string | null | typeof LAST;

/**
 * Returns a place with the last one named by its activity. `moved` is the activity that is being moved and is ignored.
 */
export function resolvedPlace(
  plan: ExistingPlan,
  sectionId: string,
  place: RowPlace,
  moved: string | null,
): string | null {
  if (place !== LAST) return typeof place === 'string' ? place : null;
  return activitiesOf(plan, sectionId).findLast(({ id }) => id !== moved)?.id ?? null;
}

/**
 * Returns the order of a row that follows the activity `after` in a section, or is the first if `after` is null.
 * Returns undefined if the section has no such activity. `moved` is the activity that is being moved; it is ignored.
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
