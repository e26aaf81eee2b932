import type { LocalDate, Window } from './dates.js';

/** The period of a plan, both days included. */
export type PlanPeriod = Window;

/** The period of a quota. `term` is a school term (четверть), `quarter` a calendar quarter (квартал). */
export type QuotaUnit = 'day' | 'week' | 'month' | 'quarter' | 'halfYear' | 'year' | 'term' | 'trimester';

/** The largest count of a quota. */
export const MAX_QUOTA = 1_000;

/** The printed form of a schedule of days: a day, a range, one whole month, several whole months. */
export type DatesForm = 'date' | 'range' | 'month' | 'months';

/** The meaning of a printed timeframe (срок). */
export type Schedule =
  /** `time` is the time of day as printed, `10:00` or `10:00-12:00`. */
  | { readonly kind: 'dates'; readonly form: DatesForm; readonly windows: readonly Window[]; readonly time?: string }
  | { readonly kind: 'deadline'; readonly dates: readonly LocalDate[] }
  /**
   * `rule` is an RFC 5545 RRULE value without its name, such as `FREQ=MONTHLY;BYDAY=3MO`. `time` is the time of day as
   * printed, `15:45` or `15:45-16:45`.
   */
  | { readonly kind: 'recurring'; readonly rule: string; readonly time?: string }
  /** `noun` is the counted thing as printed («издание»), null for plain «раз». */
  | {
      readonly kind: 'quota';
      readonly count: number;
      readonly atLeast: boolean;
      readonly per: QuotaUnit;
      readonly noun: string | null;
      /** The windows of the quota, if the wording states them. */
      readonly windows?: readonly Window[];
    }
  | { readonly kind: 'throughout'; readonly window: Window }
  /**
   * `answerWithin` is the time after the event, as an ISO 8601 duration or as working days (`5WD`); null when none is
   * printed.
   */
  | { readonly kind: 'onDemand'; readonly answerWithin: string | null }
  /** The dates are in another document (по плану, по графику, по положению). */
  | { readonly kind: 'external' }
  | { readonly kind: 'unknown' };

/** How certain the reading of a wording is. */
export type Confidence = 'certain' | 'assumed' | 'unknown';

/** Remarks on the reading of a timeframe. */
export type TimeframeFlag =
  | 'AMBIGUOUS'
  | 'OUTSIDE_PERIOD'
  | 'YEAR_ASSUMED'
  | 'NONSTANDARD_ORDINAL'
  | 'NO_SPACE_BEFORE_YEAR'
  | 'COUNTED_NOUN'
  | 'CUT_PERIODS'
  | 'SUMMER_OCCURRENCES'
  | 'PERIOD_MISSING'
  | 'DUE_AFTER_PERIOD'
  | 'DETAIL_LEFT'
  | 'RESIDUE_LEFT'
  | 'NOT_UNDERSTOOD';

/** A printed timeframe with its reading. The text never changes. */
export interface Timeframe {
  readonly text: string;
  readonly schedule: Schedule;
  readonly confidence: Confidence;
  readonly alternatives: readonly Schedule[];
  readonly flags: readonly TimeframeFlag[];
  /** Version of the reading rules; `stated` when a person entered the schedule. */
  readonly rules: string;
  /** Words of the text that do not belong to a time; absent if there are none. */
  readonly residue?: string;
  /**
   * The heading that a document prints above the row, if it is more than the title of its section: a month above the
   * table or beside the row. It is used when the text is read again.
   */
  readonly heading?: string;
}

/** Returns a timeframe with the heading that its document prints above it; unchanged if there is none. */
export function withHeading(timeframe: Timeframe, heading: string | undefined): Timeframe {
  return heading === undefined ? timeframe : { ...timeframe, heading };
}

/**
 * Returns the notation of a schedule in the wording corpus, such as `month` + `2021-01-01/2021-01-31` or
 * `per-period-count` + `1/quarter`.
 */
export function notation(schedule: Schedule): { readonly kind: string; readonly interpretation: string } {
  switch (schedule.kind) {
    case 'dates':
      return schedule.time === undefined
        ? { kind: schedule.form, interpretation: windowsText(schedule.windows) }
        : { kind: 'range', interpretation: timedText(schedule.windows, schedule.time) };
    case 'deadline':
      return { kind: 'deadline', interpretation: schedule.dates.map((date) => `../${date}`).join(';') };
    case 'recurring':
      return {
        kind: 'recurring',
        interpretation: `RRULE:${schedule.rule}${schedule.time === undefined ? '' : ` @${schedule.time}`}`,
      };
    case 'quota': {
      const unit = schedule.per === 'halfYear' ? 'half-year' : schedule.per;
      return {
        kind: 'per-period-count',
        interpretation: `${schedule.atLeast ? '>=' : ''}${schedule.count}/${unit}${schedule.windows ? ` @ ${windowsText(schedule.windows)}` : ''}`,
      };
    }
    case 'throughout':
      return { kind: 'continuous', interpretation: windowsText([schedule.window]) };
    case 'onDemand':
      return {
        kind: 'on-demand',
        interpretation: schedule.answerWithin === null ? 'on-demand' : `on-demand:${schedule.answerWithin}`,
      };
    case 'external':
      return { kind: 'by-schedule', interpretation: 'external' };
    case 'unknown':
      return { kind: 'unknown', interpretation: 'unknown' };
  }
}

function windowsText(windows: readonly Window[]): string {
  return windows.map(({ start, end }) => `${start}/${end}`).join(';');
}

function timedText(windows: readonly Window[], time: string): string {
  const [from = time, to = from] = time.split('-');
  return windows.map(({ start, end }) => `${start}T${from}/${end}T${to}`).join(';');
}

/** Returns the notation of a schedule as one text, which is the same for schedules with the same meaning. */
export function notationText(schedule: Schedule): string {
  const { kind, interpretation } = notation(schedule);
  return `${kind}:${interpretation}`;
}

/** Returns true when two schedules have the same meaning. */
export function sameSchedule(a: Schedule, b: Schedule): boolean {
  return notationText(a) === notationText(b);
}
