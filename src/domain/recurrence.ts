import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import type { LocalDate } from './dates.js';
import type { PlanPeriod } from './schedule.js';

/** The most occurrences that one rule may have in a plan: a daily rule over two years, the longest period, fits. */
export const MAX_OCCURRENCES = 800;

const RULE =
  /^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;(INTERVAL=\d{1,3}|WKST=[A-Z]{2}|BY(DAY|MONTHDAY|YEARDAY|SETPOS|MONTH|WEEKNO)=[-+0-9A-Z,]+))*$/;
/** Months or weeks picked without days would need windows that no calendar period gives. */
const PICKS_PERIODS = /;BY(?:MONTH|WEEKNO)=/;

/**
 * True for an RFC 5545 rule that Letopis accepts: days and longer, bounded by the plan period
 * alone (no COUNT, no UNTIL), no times of day; one that picks months or weeks names days in them.
 */
export function isRule(rule: string): boolean {
  if (rule.length > 200 || !RULE.test(rule) || (PICKS_PERIODS.test(rule) && !namesDays(rule))) return false;
  try {
    occurrences(rule, { start: '2020-01-01', end: '2020-12-31' });
    return true;
  } catch {
    return false;
  }
}

/** How often the rule repeats. */
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

/** The rule's INTERVAL, 1 when it has none. */
export function intervalOf(rule: string): number {
  return Number(/(?:^|;)INTERVAL=(\d+)/.exec(rule)?.[1] ?? 1);
}

/** True when the rule names days (BYDAY, BYMONTHDAY …); one that does not means a window per period. */
export function namesDays(rule: string): boolean {
  return /(?:^|;)BY(?:DAY|MONTHDAY|YEARDAY|SETPOS)=/.test(rule) || frequencyOf(rule) === 'DAILY';
}

/**
 * The days of the rule inside the period, in order, at most {@link MAX_OCCURRENCES}.
 * The period's first day is not itself an occurrence unless the rule says so.
 */
export function occurrences(rule: string, period: PlanPeriod): readonly LocalDate[] {
  const key = `${rule} ${period.start} ${period.end}`;
  const days = known.get(key) ?? expanded(rule, period);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(key, days);
  return days;
}

// Expanding a rule takes milliseconds, and every fold and view of a plan asks for the same few again.
const known = new Map<string, readonly LocalDate[]>();
const MAX_KNOWN = 1_000;

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
