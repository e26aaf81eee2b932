import { controlPoints, type ScheduledPoint } from '../../controlPoints.js';
import type { ReadingOrganisation } from '../../organisation/ownWordings.js';
import type { Activity, ExistingPlan } from '../../plan.js';
import { type DueDays, dueDays } from '../../points.js';
import type { Refusal } from '../../refusal.js';
import type { Timeframe } from '../../schedule.js';
import { DEFAULT_SETTINGS } from '../../settings.js';
import { enteredTimeframe, understoodInForce, validTimeframe } from './content.js';
import { rescheduleTo } from './rescheduleActivity.js';

/** A control point that a row would have. */
export type ReadPoint = ScheduledPoint & DueDays;

/** The reading of a wording that is entered as the timeframe of a row. */
export interface TimeframeReading {
  readonly timeframe: Timeframe;
  /** None while the plan has no period. */
  readonly points: readonly ReadPoint[];
  /** The refusal of a command with this wording; null if the wording would be accepted. */
  readonly refusal: Refusal | null;
}

/**
 * Reads a wording as commands would, by the functions with which they read and check it. Nothing is recorded.
 *
 * @param row the activity that would be rescheduled, or the place of a new row.
 */
export function timeframeReading(
  plan: ExistingPlan,
  row: Activity | { readonly sectionId: string },
  text: string,
  organisation: ReadingOrganisation | null,
): TimeframeReading {
  const entry = { text, schedule: null };
  const timeframe = enteredTimeframe(plan, row, entry, { organisation });
  const result =
    validTimeframe(entry) ??
    ('id' in row ? rescheduleTo(plan, row, timeframe, null) : understoodInForce(plan, timeframe));
  return {
    timeframe,
    points: readPoints(plan, timeframe),
    refusal: result?.kind === 'refused' ? result.refusal : null,
  };
}

function readPoints({ details: { period }, settings }: ExistingPlan, { schedule }: Timeframe): ReadPoint[] {
  if (period === null) return [];
  const used = settings ?? DEFAULT_SETTINGS;
  return controlPoints(schedule, period, used).map((point) => ({ ...point, ...dueDays(point.window, used) }));
}
