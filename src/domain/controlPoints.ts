import {
  addDays,
  addMonths,
  cut,
  dayOfWeek,
  earlier,
  type LocalDate,
  monthWindow,
  type Window,
  yearMonthOf,
} from './dates.js';
import { memoized } from './memo.js';
import { frequencyOf, intervalOf, monthsOf, namesDays, occurrences } from './recurrence.js';
import type { PlanPeriod, QuotaUnit, Schedule } from './schedule.js';
import { isSchoolYear, schoolHalves } from './schoolYear.js';
import { type ControlSettings, DEFAULT_SETTINGS } from './settings.js';

/** A control point of a schedule: one piece of work that is done in time or late. */
export interface ScheduledPoint {
  /**
   * 1, 2, … in the order of the schedule. It does not change when a window moves, so that a completion keeps its point.
   */
  readonly ordinal: number;
  /** Null when the schedule has no dates: on demand, by another document, or not understood. */
  readonly window: Window | null;
  /**
   * False for a soft point, which is counted but never overdue: its period is cut by the plan's ends, or it has no
   * dates.
   */
  readonly firm: boolean;
  /** Number of times that the work is due in the window: 1, or the count of a quota. */
  readonly target: number;
}

/** A calendar period within the plan period. `whole` is false when the plan's ends cut it. */
interface Slot {
  readonly window: Window;
  readonly whole: boolean;
}

/**
 * Returns the control points of a schedule within the plan period. A point is due on the last day of its window. A
 * month, quarter or week that begins before or ends after the plan period gives a soft point. Of the settings, only
 * `deadlineDay` and `terms` matter.
 */
export function controlPoints(
  schedule: Schedule,
  { start, end }: PlanPeriod,
  settings: ControlSettings = DEFAULT_SETTINGS,
): readonly ScheduledPoint[] {
  return scheduled(schedule, start, end, settings);
}

const scheduled = memoized(scheduledPoints);

function scheduledPoints(
  schedule: Schedule,
  start: LocalDate,
  end: LocalDate,
  { deadlineDay, terms }: ControlSettings,
): readonly ScheduledPoint[] {
  const period = { start, end };
  switch (schedule.kind) {
    case 'dates':
      return schedule.windows.map((window, index) => firm(index, window));
    case 'deadline':
      return schedule.dates
        .map((date) => (deadlineDay === 'INCLUDED' ? date : addDays(date, -1)))
        .map((date, index) => firm(index, { start: earlier(period.start, date), end: date }));
    case 'throughout':
      return [firm(0, schedule.window)];
    case 'recurring':
      return namesDays(schedule.rule)
        ? occurrences(schedule.rule, period).map((day, index) => firm(index, { start: day, end: day }))
        : periodsOf(schedule.rule, period).map((slot, index) => slotPoint(index, slot, 1));
    case 'quota':
      return quotaPoints(schedule, period, terms);
    case 'onDemand':
    case 'external':
    case 'unknown':
      return [undated(1)];
  }
}

/**
 * Returns the periods of a rule that names no days, every INTERVAL-th from the first one in the plan. If the rule names
 * months, only periods that begin in these months. For a yearly rule with months, the periods are the months.
 */
function periodsOf(rule: string, period: PlanPeriod): readonly Slot[] {
  const months = monthsOf(rule);
  const unit = months.length > 0 && unitOf(rule) === 'year' ? 'month' : unitOf(rule);
  return slots(unit, period)
    .filter((_, index) => index % intervalOf(rule) === 0)
    .filter(({ window }) => months.length === 0 || months.includes(yearMonthOf(window.start).month));
}

/** Returns the points of a quota. `terms` are the school terms (четверти) of the organisation. */
function quotaPoints(
  { per, count, windows }: Extract<Schedule, { kind: 'quota' }>,
  period: PlanPeriod,
  terms: ControlSettings['terms'],
): ScheduledPoint[] {
  const found =
    per === 'term' || per === 'trimester'
      ? terms.filter(({ kind }) => kind === per).flatMap((term) => slotIn(term, period))
      : slots(per, period);
  // If the wording states windows, they are the due windows, and the total count is divided among them.
  if (windows) {
    const target = Math.max(1, Math.ceil((count * Math.max(1, found.length)) / windows.length));
    return windows.map((window, index) => ({ ...firm(index, window), target }));
  }
  const points = found.map((slot, index) => slotPoint(index, slot, count));
  return points.length > 0 ? points : [undated(count)];
}

function slotIn({ start, end }: Window, period: PlanPeriod): Slot[] {
  const window = cut({ start, end }, period);
  return window ? [{ window, whole: window.start === start && window.end === end }] : [];
}

function firm(index: number, window: Window): ScheduledPoint {
  return { ordinal: index + 1, window, firm: true, target: 1 };
}

function undated(target: number): ScheduledPoint {
  return { ordinal: 1, window: null, firm: false, target };
}

function slotPoint(index: number, slot: Slot, target: number): ScheduledPoint {
  return { ordinal: index + 1, window: slot.window, firm: slot.whole, target };
}

function unitOf(rule: string): 'day' | 'week' | 'month' | 'year' {
  switch (frequencyOf(rule)) {
    case 'DAILY':
      return 'day';
    case 'WEEKLY':
      return 'week';
    case 'MONTHLY':
      return 'month';
    case 'YEARLY':
      return 'year';
  }
}

/** Returns the calendar periods of a unit that overlap the plan period, in order. */
function slots(unit: Exclude<QuotaUnit, 'term' | 'trimester'>, period: PlanPeriod): Slot[] {
  if (unit === 'year') return [{ window: period, whole: true }];
  if (unit === 'halfYear' && isSchoolYear(period)) return halfYearSlots(period);
  const found: Slot[] = [];
  let start = slotStart(unit, period.start);
  while (start <= period.end) {
    const next = nextSlot(unit, start);
    const whole: Window = { start, end: addDays(next, -1) };
    const window = cut(whole, period);
    if (window) found.push({ window, whole: window.start === whole.start && window.end === whole.end });
    start = next;
  }
  return found;
}

/** Returns the halves of a school year, up to 31 December and from 1 January. Neither counts as cut. */
function halfYearSlots(period: PlanPeriod): Slot[] {
  return schoolHalves(period)
    .map((half) => cut(half, period))
    .filter((window) => window !== undefined)
    .map((window) => ({ window, whole: true }));
}

function slotStart(unit: 'day' | 'week' | 'month' | 'quarter' | 'halfYear', date: LocalDate): LocalDate {
  const { year, month } = yearMonthOf(date);
  switch (unit) {
    case 'day':
      return date;
    case 'week':
      return addDays(date, 1 - dayOfWeek(date));
    case 'month':
      return monthWindow(year, month).start;
    case 'quarter':
      return monthWindow(year, month - ((month - 1) % 3)).start;
    case 'halfYear':
      return monthWindow(year, month > 6 ? 7 : 1).start;
  }
}

function nextSlot(unit: 'day' | 'week' | 'month' | 'quarter' | 'halfYear', start: LocalDate): LocalDate {
  switch (unit) {
    case 'day':
      return addDays(start, 1);
    case 'week':
      return addDays(start, 7);
    case 'month':
      return addMonths(start, 1);
    case 'quarter':
      return addMonths(start, 3);
    case 'halfYear':
      return addMonths(start, 6);
  }
}
