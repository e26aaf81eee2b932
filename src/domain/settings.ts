import type { LocalDate, Window } from './dates.js';
import type { ClosingRule } from './timing.js';

/** The meaning of «до D»: D is the last day in time, or the day before D is. Practice differs. */
export type DeadlineDay = 'INCLUDED' | 'EXCLUDED';

/**
 * The rule for a due day that is a day off: move it back (document control), move it forward (civil law), or keep it.
 */
export type PaperDueRule = 'WORKING_DAY_BEFORE' | 'WORKING_DAY_AFTER' | 'SAME_DAY';

/** The day by which lateness is counted: the due day of the plan, or the due day moved to a working day. */
export type LatenessRule = 'DUE' | 'PAPER_DUE';

/** Exceptions to the working week: weekdays that are off, and weekend days that work. */
export interface WorkingCalendar {
  readonly daysOff: readonly LocalDate[];
  readonly workingDays: readonly LocalDate[];
}

/** A school term (четверть) or trimester of one school year. */
export interface SchoolTerm extends Window {
  readonly kind: 'term' | 'trimester';
}

/** The rule of the discipline indicator (Кид). The indicator is not computed while the setting is null. */
export interface DisciplineRule {
  /** Delay in working days from which a point counts as not done. */
  readonly limitDays: number;
  /** Weight of a point whose activity cites an order. Other points weigh 1. */
  readonly orderWeight: number;
}

/**
 * Settings of an organisation. An approval copies them into the plan, so that a later change of the settings does not
 * move its dates.
 */
export interface ControlSettings {
  readonly closingRule: ClosingRule;
  /** Number of days before the due day from which a point is due soon. */
  readonly dueSoonDays: number;
  readonly accepterMayBeReporter: boolean;
  readonly deadlineDay: DeadlineDay;
  readonly paperDue: PaperDueRule;
  readonly lateness: LatenessRule;
  /** Day of the month after the due day by which a report is due; null when no reports are required. */
  readonly reportDueDay: number | null;
  readonly terms: readonly SchoolTerm[];
  readonly calendar: WorkingCalendar;
  readonly discipline: DisciplineRule | null;
}

/** Settings of an organisation that has not set any. */
export const DEFAULT_SETTINGS: ControlSettings = {
  closingRule: 'COMPLETION',
  dueSoonDays: 7,
  accepterMayBeReporter: false,
  deadlineDay: 'INCLUDED',
  paperDue: 'WORKING_DAY_BEFORE',
  lateness: 'DUE',
  reportDueDay: 10,
  terms: [],
  calendar: { daysOff: [], workingDays: [] },
  discipline: null,
};
