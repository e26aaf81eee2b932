import { yearMonthOf } from '../dates.js';
import { occurrences } from '../recurrence.js';
import type { PlanPeriod, Schedule, Timeframe, TimeframeFlag } from '../schedule.js';
import { Cursor } from './cursor.js';
import type { Reading } from './reading.js';
import { RULES } from './rules.js';
import { tokensOf } from './tokens.js';

/** Version of the rules, kept with each reading: a newer one never moves an approved due date by itself. */
export const WORDING_RULES = 'ru-1';

/** Flags that make a reading an assumption. */
const ASSUMPTIONS: readonly TimeframeFlag[] = ['AMBIGUOUS', 'YEAR_ASSUMED', 'OUTSIDE_PERIOD'];

/**
 * What a printed timeframe means in a plan of this period. Never throws and never guesses: a
 * wording that no rule reads whole is `unknown`, and the text stays as printed in every case.
 */
export function readTimeframe(text: string, period: PlanPeriod | null): Timeframe {
  const tokens = tokensOf(text);
  let needsPeriod = false;
  for (const rule of RULES) {
    const cursor = new Cursor(tokens);
    const result = rule(cursor, period);
    if (result === 'needsPeriod') needsPeriod = true;
    else if (result && cursor.done) return understood(text, result, period);
  }
  return {
    text,
    schedule: { kind: 'unknown' },
    confidence: 'unknown',
    alternatives: [],
    flags: [needsPeriod ? 'PERIOD_MISSING' : 'NOT_UNDERSTOOD'],
    rules: WORDING_RULES,
  };
}

function understood(text: string, reading: Reading, period: PlanPeriod | null): Timeframe {
  const flags = [...new Set([...(reading.flags ?? []), ...summerFlag(reading.schedule, period)])];
  return {
    text,
    schedule: reading.schedule,
    confidence: flags.some((flag) => ASSUMPTIONS.includes(flag)) ? 'assumed' : 'certain',
    alternatives: reading.alternatives ?? [],
    flags,
    rules: WORDING_RULES,
  };
}

/** A monthly rule that falls into the summer break of a school year is worth a look. */
function summerFlag(schedule: Schedule, period: PlanPeriod | null): TimeframeFlag[] {
  if (schedule.kind !== 'recurring' || !period || yearMonthOf(period.start).month !== 9) return [];
  const summer = occurrences(schedule.rule, period).some((day) => [7, 8].includes(yearMonthOf(day).month));
  return summer ? ['SUMMER_OCCURRENCES'] : [];
}
