import type { Timing } from './generated/graphql.js';

/** A timing that the page shows. `SOFT_PAST`: an approximate term has passed, which is never overdue. */
export type ShownTiming = Timing | 'SOFT_PAST';

interface Point {
  readonly timing: Timing;
  /** False for an approximate term. */
  readonly firm: boolean;
  readonly dueOn: string | null;
}

/** Returns the timing that the page shows for a control point on a day. */
export function shownTiming({ timing, firm, dueOn }: Point, today: string): ShownTiming {
  return timing === 'IN_WINDOW' && !firm && dueOn !== null && dueOn < today ? 'SOFT_PAST' : timing;
}

/**
 * Returns the timing of an activity. It is `SOFT_PAST` if the approximate terms of all its points to be done now have
 * passed.
 */
export function shownTimingOf(
  { timing, points }: { readonly timing: Timing; readonly points: readonly Point[] },
  today: string,
): ShownTiming {
  const current = points.filter((point) => point.timing === 'IN_WINDOW');
  const isPast = current.length > 0 && current.every((point) => shownTiming(point, today) === 'SOFT_PAST');
  return timing === 'IN_WINDOW' && isPast ? 'SOFT_PAST' : timing;
}

/** Returns an activity with the timings that the page shows on a day, also for its points. */
export function withShownTimings<P extends Point, A extends { readonly timing: Timing }>(
  activity: A & { readonly points: readonly P[] },
  today: string,
): Omit<A, 'timing' | 'points'> & {
  readonly timing: ShownTiming;
  readonly points: readonly (Omit<P, 'timing'> & { readonly timing: ShownTiming })[];
} {
  const points = activity.points.map((point) => ({ ...point, timing: shownTiming(point, today) }));
  return { ...activity, timing: shownTimingOf(activity, today), points };
}
