import { hasRuleForm, monthsOf } from '../../recurrence.js';
import { all, behind, key, map, mark, maybe, rule, some, two } from './combinators.js';
import { separator } from './dated.js';
import { list } from './list.js';
import { type Parser } from './parser.js';
import { type Reading } from './statement.js';
import { MOST_PLACES, monthName } from './words.js';

const ALL_MONTHS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** «июня», «июня – августа» */
const namedMonths: Parser<readonly number[]> = two(
  monthName,
  maybe(behind(some(mark('dash'), key('по', 'до')), monthName)),
  (from, to) => (to === null || to < from ? [from] : ALL_MONTHS.slice(from - 1, to)),
);

/** Reads months in which nothing is due: «кроме июля и августа», «за исключением июня – августа». */
export const exceptMonths: Parser<readonly number[]> = rule(
  behind(
    all(maybe(mark('open')), maybe(key('за')), key('кроме')),
    map(list(namedMonths, separator, MOST_PLACES), (found) => found.flat()),
  ),
);

/** Returns a rule without its days in some months; undefined if no rule can express that. */
export function withoutMonths({ schedule, ...reading }: Reading, without: readonly number[]): Reading | undefined {
  if (schedule.kind !== 'recurring') return undefined;
  const before = monthsOf(schedule.rule);
  const left = (before.length > 0 ? before : ALL_MONTHS).filter((month) => !without.includes(month));
  const plain = schedule.rule.replace(/;BYMONTH=[\d,]+/, '');
  const found = `${plain};BYMONTH=${left.join(',')}`;
  return left.length > 0 && hasRuleForm(found) ? { ...reading, schedule: { ...schedule, rule: found } } : undefined;
}
