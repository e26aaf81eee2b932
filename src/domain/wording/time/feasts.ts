import { type Schedule } from '../../schedule.js';
import { all, behind, either, key, map, maybe, rule, some } from './combinators.js';
import { dates } from './dates.js';
import { day } from './days.js';
import { dueWords } from './deadlines.js';
import { isFormOf } from './lexicon.js';
import { type Parser } from './parser.js';
import { type Due, type Reading, type StatementOutcome } from './statement.js';
import { type Token } from './tokens.js';
import { type TimeUnit } from './unit.js';
import { placed } from './windows.js';

/**
 * Days that schools keep on the same date each year: by Federal law 32-FZ on days of military glory and memorable
 * dates, the Labour code, article 112, and custom. Words are stems, without «день» before them. Days that move are not
 * here.
 */
const FEASTS: readonly (readonly [words: string, month: number, day: number])[] = [
  ['знани', 9, 1],
  ['пожил', 10, 1],
  ['учител', 10, 5],
  ['народн единств', 11, 4],
  ['толерантност', 11, 16],
  ['инвалид', 12, 3],
  ['неизвестн солдат', 12, 3],
  ['геро отечеств', 12, 9],
  ['прав человек', 12, 10],
  ['конституц', 12, 12],
  ['снят блокад', 1, 27],
  ['российск наук', 2, 8],
  ['родн язык', 2, 21],
  ['защитник отечеств', 2, 23],
  ['космонавтик', 4, 12],
  ['земл', 4, 22],
  ['побед', 5, 9],
  ['музе', 5, 18],
  ['славянск письменност', 5, 24],
  ['библиотек', 5, 27],
  ['защит дет', 6, 1],
  ['росси', 6, 12],
  ['памят и скорб', 6, 22],
  ['флаг', 8, 22],
  ['государственн флаг', 8, 22],
];

type Day = Extract<TimeUnit, { is: 'day' }>;

/** «День Победы», «Дню знаний» */
export const feast: Parser<Day> = rule((chart, at) => {
  const { tokens } = chart;
  if (!isUnitForm(tokens[at], 'day')) return [];
  return FEASTS.flatMap(([words, month, day]) => {
    const stems = words.split(' ');
    const isNamed = stems.every((stem, index) => isWordForm(tokens[at + 1 + index], stem));
    return isNamed ? [{ value: { is: 'day', day, month, year: null }, end: at + 1 + stems.length }] : [];
  });
});

/** Reads «Новому году»: work for the New Year is done in the old year. */
export const newYear: Parser<Day> = rule((chart, at) =>
  isWordForm(chart.tokens[at], 'нов') && isUnitForm(chart.tokens[at + 1], 'year')
    ? [{ value: { is: 'day', day: 31, month: 12, year: null }, end: at + 2 }]
    : [],
);

function isWordForm(token: Token | undefined, stem: string): boolean {
  return token?.kind === 'word' && isFormOf(token.word, stem);
}

function isUnitForm(token: Token | undefined, unit: 'day' | 'year'): boolean {
  return token?.kind === 'word' && token.senses.some((one) => one.is === 'unit' && one.unit === unit);
}

/** «накануне», «в преддверии», «перед»: words before a feast by which something is due. */
const onTheEve = some(all(maybe(key('в')), key('канун')), key('перед'));

/** «ко Дню Победы», «к Новому году», «накануне 8 Марта»: a due day. */
export const feastDue: Parser<Due> = rule(
  either(
    map(behind(some(dueWords, onTheEve), either(feast, newYear)), (unit) => ({ unit, after: false })),
    map(behind(all(maybe(key('в')), key('канун')), day), ({ unit }) => ({ unit, after: false })),
  ),
);

/** «в День учителя»: on that day. The date can also be another one or be unknown, see {@link orElsewhere}. */
export const onFeast: Parser<StatementOutcome> = rule(
  map(behind(maybe(key('в', 'на')), feast), (unit, around) => {
    const place = placed(unit, around);
    return typeof place === 'object'
      ? orElsewhere({
          schedule: dates('date', place.window),
          alternatives: place.others.flatMap(({ window }) => (window ? [dates('date', window)] : [])),
          flags: place.flags,
        })
      : place;
  }),
);

/** Adds the other readings of the name of a feast: another document states the date, or the date is unknown. */
export function orElsewhere(reading: Reading): Reading {
  const others: readonly Schedule[] = [{ kind: 'external' }, { kind: 'onDemand', answerWithin: null }];
  const { alternatives = [], flags = [] } = reading;
  return { ...reading, alternatives: [...alternatives, ...others], flags: [...flags, 'AMBIGUOUS'] };
}
