import { all, first, key, map, mark, maybe, rule, some } from './combinators.js';
import { during } from './dated.js';
import { throughoutYear } from './dates.js';
import { list } from './list.js';
import { type Parser } from './parser.js';
import { type StatementOutcome } from './statement.js';
import { ownYear } from './units.js';

/** «реализации программы» */
const carriedOut = maybe(list(key('прочее', 'документ', 'кампания'), all(), 6));

/** «постоянно», «на постоянной основе», «в течение всего периода» */
const always: Parser<'always'> = map(
  first(
    all(key('постоянно')),
    all(key('на', 'в'), key('постоянный'), key('основа')),
    all(maybe(during), maybe(key('весь')), maybe(key('отчетный', 'учебный')), key('период', 'кампания'), carriedOut),
    all(during, maybe(key('весь')), key('срок'), carriedOut),
    all(key('весь'), key('период')),
  ),
  () => 'always' as const,
);

/** «в течение года», «весь учебный год» */
const wholeYear: Parser<'year'> = map(
  all(some(all(during, maybe(key('весь'))), key('весь')), ownYear),
  () => 'year' as const,
);

/** The whole plan. Where the plan is a school year, «год» may end in May. */
export const throughout: Parser<StatementOutcome> = rule(
  map(
    first(
      map(all(always, maybe(mark('comma')), wholeYear), () => 'always' as const),
      always,
      wholeYear,
    ),
    (what, { period }): StatementOutcome => {
      if (!period) return 'needsPeriod';
      return what === 'year' ? throughoutYear(period) : { schedule: { kind: 'throughout', window: period } };
    },
  ),
);

/**
 * Reads «учебный год» without other words. After unknown words the year belongs to those words, as in «к Новому году».
 */
export const bareYear: Parser<StatementOutcome> = rule(
  map(ownYear, (_, { period }) => (period ? throughoutYear(period) : 'needsPeriod')),
);
