import type { Given } from '../actor.js';
import type { Check } from '../plan/checks.js';
import { refuse } from '../refusal.js';

/** Longest time that two secrets of one holder are accepted together, in hours. */
const MAX_OVERLAP_HOURS = 24 * 30;

/** Refuses an overlap that is not a whole number of hours from 0 to {@link MAX_OVERLAP_HOURS}. */
export function overlapFits(hours: number): Check {
  const fits = Number.isInteger(hours) && hours >= 0 && hours <= MAX_OVERLAP_HOURS;
  return fits ? undefined : refuse('OUT_OF_BOUNDS', 'overlapHours', { min: 0, max: MAX_OVERLAP_HOURS });
}

/** Returns the instant until which the previous secret is accepted. */
export function overlapEnd(hours: number, { now }: Given): string {
  return new Date(Date.parse(now) + hours * 3_600_000).toISOString();
}
