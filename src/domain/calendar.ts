import type { Window } from './dates.js';
import { normalName } from './parties.js';
import type { PrintedText } from './personal.js';
import { type Activity, activitiesOf, type ExistingPlan, sectionsInOrder } from './plan.js';
import { pointsOf } from './points.js';
import { namesDays, occurrences } from './recurrence.js';

/** An entry of a calendar of days: one window, or the days of a rule. */
export interface CalendarEntry {
  /** Stays the same when it is moved: the id of the activity for a rule, of the point for a window. */
  readonly id: string;
  readonly number: string | null;
  readonly title: string;
  readonly section: string;
  readonly timeframeText: string;
  readonly responsible: PrintedText;
  /** The days of it, or of its first occurrence. */
  readonly window: Window;
  /** An RFC 5545 rule that names days, with its last day; null for one window. */
  readonly recurs: { readonly rule: string; readonly until: string } | null;
  /** How often it was changed since it was approved first. */
  readonly sequence: number;
  readonly cancelled: boolean;
}

/**
 * What of a plan has days, in the order of its rows; an excluded activity is there as cancelled.
 *
 * @param party a name as it is printed: entries that it is responsible for alone; undefined for all.
 * @param print what a printed text says, names of persons included.
 */
export function calendarOf(
  plan: ExistingPlan,
  party: string | undefined,
  print: (text: PrintedText) => string,
): CalendarEntry[] {
  const wanted = party === undefined ? undefined : normalName(party);
  const isWanted = ({ responsible }: Activity) =>
    wanted === undefined || responsible.parties.some(({ name }) => normalName(print(name)) === wanted);
  return sectionsInOrder(plan).flatMap(({ id, numberText, title }) =>
    activitiesOf(plan, id)
      .filter(isWanted)
      .flatMap((activity) => entriesOf(plan, activity, `${numberText} ${title}`.trim())),
  );
}

function entriesOf(plan: ExistingPlan, activity: Activity, section: string): CalendarEntry[] {
  const { id, number, title, timeframe, responsible, excluded, approvedSchedules } = activity;
  const { schedule, text } = timeframe;
  const { period } = plan.details;
  if (!period) return [];
  const common = {
    ...{ number, title, section, responsible: responsible.text, timeframeText: text },
    // Each change of its time, and its exclusion, is told to calendars by a higher number.
    sequence: Math.max(0, approvedSchedules.length - 1) + (excluded ? 1 : 0),
    cancelled: excluded,
  };
  if (schedule.kind === 'recurring' && namesDays(schedule.rule)) {
    const [first] = occurrences(schedule.rule, period);
    if (first === undefined) return [];
    const recurs = { rule: schedule.rule, until: period.end };
    return [{ ...common, id, window: { start: first, end: first }, recurs }];
  }
  return pointsOf(plan, activity).flatMap((point) =>
    point.window ? [{ ...common, id: point.id, window: point.window, recurs: null }] : [],
  );
}
