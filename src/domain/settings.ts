import type { LocalDate, Window } from './dates.js';
import type { ClosingRule } from './timing.js';

/** How «до D» is meant: D itself is still in time, or the day before it is the last one (the field argues about it). */
export const DEADLINE_DAYS = ['INCLUDED', 'EXCLUDED'] as const;
export type DeadlineDay = (typeof DEADLINE_DAYS)[number];

/** Where a due day goes that is a day off: back (document control), forward (civil law), or nowhere. */
export const PAPER_DUE_RULES = ['WORKING_DAY_BEFORE', 'WORKING_DAY_AFTER', 'SAME_DAY'] as const;
export type PaperDueRule = (typeof PAPER_DUE_RULES)[number];

/** By which day lateness is counted: the due day of the plan, or that moved to a working day. */
export const LATENESS_RULES = ['DUE', 'PAPER_DUE'] as const;
export type LatenessRule = (typeof LATENESS_RULES)[number];

/** Days that are not as their weekday says: weekends are off unless named here, other days work unless named here. */
export interface WorkingCalendar {
  readonly daysOff: readonly LocalDate[];
  readonly workingDays: readonly LocalDate[];
}

/** A school term (четверть) or trimester; each year has its own. */
export interface SchoolTerm extends Window {
  readonly kind: 'term' | 'trimester';
}

/** How the discipline of execution is reckoned (Кид, field notes 5): off as long as it is null. */
export interface DisciplineRule {
  /** The delay in working days from which a point counts as not done at all. */
  readonly limitDays: number;
  /** Weight of a point whose activity cites an order; any other weighs 1. */
  readonly orderWeight: number;
}

/** The settings of an organisation that are stamped into a plan at approval; a later change moves no approved date. */
export interface ControlSettings {
  readonly closingRule: ClosingRule;
  /** A point is due soon from this many days before its due day. */
  readonly dueSoonDays: number;
  readonly accepterMayBeReporter: boolean;
  readonly deadlineDay: DeadlineDay;
  readonly paperDue: PaperDueRule;
  readonly lateness: LatenessRule;
  /** Reports are due by this day of the month after the due day; null: none are asked for. */
  readonly reportDueDay: number | null;
  readonly terms: readonly SchoolTerm[];
  readonly calendar: WorkingCalendar;
  readonly discipline: DisciplineRule | null;
}

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
