import { MAX_QUOTA, type QuotaUnit, type Schedule, type TimeframeFlag } from '../../schedule.js';
import {
  all,
  behind,
  first,
  four,
  key,
  map,
  mark,
  maybe,
  perhaps,
  rule,
  some,
  three,
  two,
  unitWord,
} from './combinators.js';
import { isOfYears } from './dates.js';
import { cutFlags, every, onceIn, ruleOf } from './frequency.js';
import { type Sense } from './lexicon.js';
import { type Parser } from './parser.js';
import { type StatementOutcome } from './statement.js';
import { count } from './words.js';

/** «не реже», «не менее, чем», «минимум»: the count is the least one. */
const atLeast = maybe(
  all(some(all(key('не'), key('реже', 'менее')), key('минимум')), maybe(mark('comma')), maybe(key('чем'))),
);

/** A number, or the least and the most. */
export interface Count {
  readonly least: number;
  readonly most: number;
}

/** «2», «2-3», «дважды» */
const amount: Parser<Count> = two(count, perhaps(behind(mark('dash'), count)), (least, most) =>
  most === null || most >= least ? { least, most: most ?? least } : undefined,
);

const MOST_QUOTA_WORDS = 3;

/** Reads the counted thing: up to three words without a meaning for time. */
const noun: Parser<string> = (chart, at) => {
  const words: string[] = [];
  for (let end = at; words.length < MOST_QUOTA_WORDS; end += 1) {
    const each = chart.tokens[end];
    const isPlain = each?.kind === 'word' && each.senses.every((one) => one.is === 'key' && NOUN_KEYS.has(one.key));
    if (!isPlain) break;
    words.push(each.word);
  }
  return words.length === 0 ? [] : [{ value: words.join(' '), end: at + words.length }];
};
const NOUN_KEYS = new Set(['расписание', 'режим', 'документ', 'проведение', 'прочее', 'событие', 'класс', 'кампания']);

const times = map(key('раз'), () => '');
const per = some(all(key('в'), key('течение')), key('в', 'за', 'на'), mark('slash'));

/** A time, which is no part of a number: «(во II полугодии)». */
function isNamed({ is }: Sense): boolean {
  return is === 'month' || is === 'weekday' || is === 'season' || is === 'unit';
}

/** «: в зале 2 раза и на воздухе 1 раз»: the parts of the number, up to the end of the wording. */
const breakdown: Parser<true> = (chart, at) => {
  const mark_ = chart.tokens[at];
  if (mark_?.kind !== 'colon' && mark_?.kind !== 'open') return [];
  const names = chart.tokens
    .slice(at)
    .some((each) => each.kind === 'date' || (each.kind === 'word' && each.senses.some(isNamed)));
  return names ? [] : [{ value: true, end: chart.tokens.length }];
};

/** «1 издание в квартал», «не реже, чем 2 раза в год», «раз в полугодие», «1 раз в 2 месяца», «дважды в год» */
const plainQuota: Parser<StatementOutcome> = rule(
  four(
    two(atLeast, maybe(key('по')), (least) => least !== null),
    first(
      two(amount, maybe(first(times, noun)), (found, thing) => ({ ...found, noun: thing ?? '' })),
      map(times, () => ({ least: 1, most: 1, noun: '' })),
    ),
    three(per, maybe(every), maybe(key('учебный', 'календарный')), () => true),
    two(perhaps(count), unitWord(), (step, unit) => ({ step, unit })),
    (least, counted, _, { step, unit }) => quotaOf(least, counted, step, unit),
  ),
);

function quotaOf(
  least: boolean,
  { least: number, most, noun: thing }: Count & { noun: string },
  step: number | null,
  unit: QuotaUnit,
): StatementOutcome {
  if (number < 1 || most > MAX_QUOTA) return undefined;
  if (step !== null && step !== 1) {
    const found = number === 1 && thing === '' ? ruleOf(unit, step) : undefined;
    return found === undefined ? undefined : { schedule: { kind: 'recurring', rule: found } };
  }
  const schedule: Schedule = {
    kind: 'quota',
    count: number,
    atLeast: least || most > number,
    per: unit,
    noun: thing === '' ? null : thing,
  };
  const alternatives: Schedule[] = [
    ...(most > number ? [{ ...schedule, count: most, atLeast: false }] : []),
    ...(unit === 'week' && number === 7 && !least ? [{ kind: 'recurring', rule: 'FREQ=DAILY' } as const] : []),
  ];
  const flags: TimeframeFlag[] = [
    ...(thing === '' ? [] : (['COUNTED_NOUN'] as const)),
    ...cutFlags(unit),
    ...(alternatives.length > 0 ? (['AMBIGUOUS'] as const) : []),
  ];
  return { schedule, ...(alternatives.length > 0 ? { alternatives } : {}), flags };
}

/** «2 раза» without a unit, as in «ноябрь (2 раза)». */
export const timesAlone: Parser<Count> = rule(
  two(amount, key('раз'), (found) => (found.least > 0 && found.most <= MAX_QUOTA ? found : undefined)),
);

/** «однократно», «единовременно»: once in the plan. */
export const onceAtAll: Parser<StatementOutcome> = rule(
  map(key('однократно'), (_, { period }) => {
    if (!period) return 'needsPeriod';
    if (isOfYears(period)) return undefined;
    return { ...onceIn('year'), alternatives: [{ kind: 'unknown' }], flags: ['AMBIGUOUS'] };
  }),
);

/** Reads a number in each unit, with its breakdown if there is one. */
export const quota: Parser<StatementOutcome> = rule(
  two(plainQuota, perhaps(breakdown), (outcome, detail) =>
    detail === null || typeof outcome !== 'object'
      ? outcome
      : { ...outcome, flags: [...(outcome.flags ?? []), 'DETAIL_LEFT' as const] },
  ),
);
