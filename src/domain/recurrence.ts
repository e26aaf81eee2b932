import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import type { LocalDate } from './dates.js';
import type { PlanPeriod } from './schedule.js';

/** Maximum number of occurrences of one rule in a plan. Fits a daily rule over two years, the longest period. */
const MAX_OCCURRENCES = 800;

const RULE =
  /^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;(INTERVAL=\d{1,3}|WKST=[A-Z]{2}|BY(DAY|MONTHDAY|YEARDAY|SETPOS|MONTH|WEEKNO)=[-+0-9A-Z,]+))*$/;
/** Matches rules that select months or weeks. Such a rule must name days, or be one of {@link PERIODS_IN_MONTHS}. */
const PICKS_PERIODS = /;BY(?:MONTH|WEEKNO)=/;
/** Matches rules such as «ежегодно в мае», «каждые две недели с октября по май»: periods that begin in given months. */
const PERIODS_IN_MONTHS = /^FREQ=(?:YEARLY|MONTHLY(?:;INTERVAL=\d{1,3})?|WEEKLY;INTERVAL=\d{1,3});BYMONTH=[\d,]+$/;

/**
 * True for an RFC 5545 rule that Letopis accepts: with a frequency of a day or longer, without COUNT, UNTIL and times
 * of day (the plan period bounds it). A rule that selects weeks must name days in them. A rule that selects months may
 * also mean whole months, or weeks of these months.
 */
export function isRecurrenceRule(rule: string): boolean {
  if (!hasRuleForm(rule)) return false;
  try {
    occurrences(rule, { start: '2020-01-01', end: '2020-12-31' });
    return true;
  } catch {
    return false;
  }
}

/**
 * True for a rule in the form that Letopis accepts. Its numbers are not checked by expanding it, which takes
 * milliseconds.
 */
export function hasRuleForm(rule: string): boolean {
  if (rule.length > 200 || !RULE.test(rule)) return false;
  return !PICKS_PERIODS.test(rule) || namesDays(rule) || PERIODS_IN_MONTHS.test(rule);
}

/** Returns the frequency of a rule. */
export function frequencyOf(rule: string): 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY' {
  const found = RULE.exec(rule)?.[1];
  switch (found) {
    case 'DAILY':
    case 'WEEKLY':
    case 'YEARLY':
      return found;
    default:
      return 'MONTHLY';
  }
}

/** Returns the INTERVAL of a rule; 1 when it has none. */
export function intervalOf(rule: string): number {
  return Number(/(?:^|;)INTERVAL=(\d+)/.exec(rule)?.[1] ?? 1);
}

/** Returns the months that a rule names; empty for every month. */
export function monthsOf(rule: string): readonly number[] {
  return (/(?:^|;)BYMONTH=([\d,]+)/.exec(rule)?.[1] ?? '').split(',').filter(Boolean).map(Number);
}

/** Returns true when a rule names days (BYDAY, BYMONTHDAY …). Any other rule gives one window per period. */
export function namesDays(rule: string): boolean {
  return /(?:^|;)BY(?:DAY|MONTHDAY|YEARDAY|SETPOS)=/.test(rule) || frequencyOf(rule) === 'DAILY';
}

/**
 * Returns the days of a rule inside a period, in order, at most {@link MAX_OCCURRENCES}. The first day of the period is
 * an occurrence only if the rule gives it.
 */
export function occurrences(rule: string, period: PlanPeriod): readonly LocalDate[] {
  const key = `${rule} ${period.start} ${period.end}`;
  const days = memoizedDays.get(key) ?? expanded(rule, period);
  if (memoizedDays.size >= MAX_MEMOIZED_RULES) memoizedDays.clear();
  memoizedDays.set(key, days);
  return days;
}

// Cache of expanded rules. Expanding a rule takes milliseconds, and every use of a plan needs the same few rules.
const memoizedDays = new Map<string, readonly LocalDate[]>();
const MAX_MEMOIZED_RULES = 1_000;

function expanded(rule: string, period: PlanPeriod): LocalDate[] {
  const compact = (date: LocalDate) => date.replaceAll('-', '');
  const series = new RRuleTemporal({
    rruleString: `DTSTART;TZID=UTC:${compact(period.start)}T000000\nRRULE:${rule};UNTIL=${compact(period.end)}T235959Z`,
  });
  const days: LocalDate[] = [];
  series.all((moment) => {
    days.push(Temporal.PlainDate.from(moment.toString().slice(0, 10)).toString());
    return days.length < MAX_OCCURRENCES;
  });
  return days;
}
