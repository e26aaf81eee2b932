import { yearMonthOf } from '../dates.js';
import { occurrences } from '../recurrence.js';
import type { PlanPeriod, Schedule, Timeframe, TimeframeFlag } from '../schedule.js';
import { isSchoolYear } from '../schoolYear.js';
import { MAX_SHORT } from '../texts.js';
import { Cursor } from './cursor.js';
import { refersElsewhere } from './events.js';
import type { Ground, Reading, Rule } from './reading.js';
import { RULES } from './rules.js';
import { monthOfHeading, type Token, tokensOf } from './tokens.js';

/** Version of the rules, kept with each reading: a newer one never moves an approved due date by itself. */
export const WORDING_RULES = 'ru-3';

/** Flags that make a reading an assumption. */
const ASSUMPTIONS: readonly TimeframeFlag[] = ['AMBIGUOUS', 'YEAR_ASSUMED', 'OUTSIDE_PERIOD'];

/**
 * What a printed timeframe means in a plan of this period. Never throws and never guesses: a
 * wording that no rule reads whole is `unknown`, and the text stays as printed in every case.
 *
 * @param heading what stands above the row, such as the month that a table is of; empty for nothing.
 */
export function readTimeframe(text: string, period: PlanPeriod | null, heading = ''): Timeframe {
  // Nobody prints a longer one; rules may look at a wording from each of its places.
  if (text.length > MAX_SHORT) return notUnderstood(text, 'NOT_UNDERSTOOD');
  const tokens = unbracketed(tokensOf(text));
  const ground: Ground = { period, month: monthOfHeading(heading) };
  let needsPeriod = false;
  for (const rule of RULES) {
    const result = whole(rule, tokens, ground);
    if (result === 'needsPeriod') needsPeriod = true;
    else if (result) return understood(text, result, period);
  }
  return notUnderstood(text, needsPeriod ? 'PERIOD_MISSING' : 'NOT_UNDERSTOOD');
}

function notUnderstood(text: string, flag: TimeframeFlag): Timeframe {
  return {
    text,
    schedule: { kind: 'unknown' },
    confidence: 'unknown',
    alternatives: [],
    flags: [flag],
    rules: WORDING_RULES,
  };
}

/** What a rule reads of all tokens, with or without a reference to another document behind it. */
function whole(rule: Rule, tokens: readonly Token[], ground: Ground): Reading | 'needsPeriod' | undefined {
  const cursor = new Cursor(tokens);
  const result = rule(cursor, ground);
  if (result === 'needsPeriod' || result === undefined) return result;
  if (cursor.done) return result;
  cursor.take('comma');
  const open = cursor.take('open');
  if (!refersElsewhere(cursor)) return undefined;
  while (cursor.take('word'));
  if (open && !cursor.take('close')) return undefined;
  if (!cursor.done) return undefined;
  // «3-я неделя по графику»: the days, or what the other document says (T080).
  return {
    ...result,
    alternatives: [...(result.alternatives ?? []), { kind: 'external' }],
    flags: [...(result.flags ?? []), 'AMBIGUOUS', 'DETAIL_LEFT'],
  };
}

/** A whole wording may stand in brackets (T174). */
function unbracketed(tokens: readonly Token[]): readonly Token[] {
  const inner = tokens.slice(1, -1);
  const bracketed = tokens[0]?.kind === 'open' && tokens.at(-1)?.kind === 'close';
  return bracketed && inner.every(({ kind }) => kind !== 'open' && kind !== 'close') ? inner : tokens;
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
  if (schedule.kind !== 'recurring' || !period || !isSchoolYear(period)) return [];
  const summer = occurrences(schedule.rule, period).some((day) => [7, 8].includes(yearMonthOf(day).month));
  return summer ? ['SUMMER_OCCURRENCES'] : [];
}
