import type { Window } from './dates.js';
import { normalName } from './parties.js';
import type { PrintedText } from './personal.js';
import { type Activity, activitiesOf, type ExistingPlan, sectionsInOrder } from './plan.js';
import { pointsOf } from './points.js';
import { namesDays, occurrences } from './recurrence.js';

/** An entry of a day calendar: one window, or a recurrence rule that names days. */
export interface CalendarEntry {
  /** Stable id: for a rule the id of the activity, for a window the id of the control point. */
  readonly id: string;
  readonly number: string | null;
  readonly title: string;
  readonly section: string;
  readonly timeframeText: string;
  readonly responsible: PrintedText;
  /** The window of the entry, or of its first occurrence. */
  readonly window: Window;
  /** An RFC 5545 rule that names days, with the last day of the period; null for a single window. */
  readonly recurs: { readonly rule: string; readonly until: string } | null;
  /** Number of changes since the first approval. */
  readonly sequence: number;
  readonly cancelled: boolean;
}

/**
 * Returns the calendar entries of a plan, in the order of its rows. An excluded activity gives cancelled entries.
 *
 * @param party printed name of a responsible party whose entries are wanted; undefined for all.
 * @param print returns the plain text of a printed text, with the names of persons.
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
      .flatMap((activity) => calendarEntriesOf(plan, activity, `${numberText} ${title}`.trim())),
  );
}

function calendarEntriesOf(plan: ExistingPlan, activity: Activity, section: string): CalendarEntry[] {
  const { id, number, title, timeframe, responsible, excluded, approvedSchedules } = activity;
  const { schedule, text } = timeframe;
  const { period } = plan.details;
  if (!period) return [];
  const common = {
    number,
    title,
    section,
    responsible: responsible.text,
    timeframeText: text,
    // Calendars accept a change, or a cancellation, only with a higher sequence number.
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
