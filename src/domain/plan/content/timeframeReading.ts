import { controlPoints, type ScheduledPoint } from '../../controlPoints.js';
import type { LocalDate } from '../../dates.js';
import type { ReadingOrganisation } from '../../organisation/ownWordings.js';
import type { Activity, ExistingPlan } from '../../plan.js';
import { countedDay } from '../../points.js';
import type { Refusal } from '../../refusal.js';
import type { Timeframe } from '../../schedule.js';
import { DEFAULT_SETTINGS } from '../../settings.js';
import { enteredTimeframe, understoodInForce, validTimeframe } from './content.js';
import { rescheduleTo } from './rescheduleActivity.js';

/** A control point that a row would have. */
export interface ReadPoint extends ScheduledPoint {
  readonly dueOn: LocalDate | null;
  /** The last day that counts as in time, by the settings of the plan. */
  readonly countedDueOn: LocalDate | null;
}

/** What a command would make of a wording that is entered as the timeframe of a row. */
export interface TimeframeReading {
  readonly timeframe: Timeframe;
  /** None while the plan has no period. */
  readonly points: readonly ReadPoint[];
  /** Why a command with this wording would be refused; null if nothing speaks against the wording. */
  readonly refusal: Refusal | null;
}

/**
 * Returns what a command would make of a wording, by the functions with which the commands read and check it.
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
  return controlPoints(schedule, period, used).map((point) => {
    const dueOn = point.window?.end ?? null;
    return { ...point, dueOn, countedDueOn: dueOn === null ? null : countedDay(dueOn, used) };
  });
}
