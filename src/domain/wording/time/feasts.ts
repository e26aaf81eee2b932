import { type Schedule } from '../../schedule.js';
import { behind, either, first, key, map, maybe, type Parser, rule } from './chart.js';
import { dates } from './dates.js';
import { dueWords } from './deadlines.js';
import { LONGEST_ENDING } from './lexicon.js';
import { type StatementOutcome } from './statement.js';
import { type Token } from './tokens.js';
import { type TimeUnit } from './unit.js';
import { placed } from './windows.js';

/**
 * Days that schools keep on the same date each year: by Federal law 32-FZ on days of military glory and memorable dates,
 * the Labour code, article 112, and custom. Words are stems, without «день» before them. Days that move are not here.
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

/** «День Победы», «Дню знаний», «Новый год»: the day of a feast. */
const feast: Parser<Extract<TimeUnit, { is: 'day' }>> = rule((chart, at) => {
  const { tokens } = chart;
  if (isUnitForm(tokens[at + 1], 'year') && isFormOf(tokens[at], 'нов')) return [{ value: newYearsEve, end: at + 2 }];
  if (!isUnitForm(tokens[at], 'day')) return [];
  return FEASTS.flatMap(([words, month, day]) => {
    const stems = words.split(' ');
    const isNamed = stems.every((stem, index) => isFormOf(tokens[at + 1 + index], stem));
    return isNamed ? [{ value: { is: 'day', day, month, year: null }, end: at + 1 + stems.length }] : [];
  });
});

/** Work «к Новому году» is done in the old one. */
const newYearsEve = { is: 'day', day: 31, month: 12, year: null } as const;

function isFormOf(token: Token | undefined, stem: string): boolean {
  return token?.kind === 'word' && token.word.startsWith(stem) && token.word.length <= stem.length + LONGEST_ENDING;
}

function isUnitForm(token: Token | undefined, unit: 'day' | 'year'): boolean {
  return token?.kind === 'word' && token.senses.some((one) => one.is === 'unit' && one.unit === unit);
}

function orElsewhere(schedule: Schedule): StatementOutcome {
  return {
    schedule,
    alternatives: [{ kind: 'external' }, { kind: 'onDemand', answerWithin: null }],
    flags: ['AMBIGUOUS'],
  };
}

/** «ко Дню Победы», «в День учителя»: by that day, on that day, or as the plan of the feast says. */
export const onFeast: Parser<StatementOutcome> = rule(
  either(
    map(behind(dueWords, feast), (unit, around) => {
      const place = placed(unit, around);
      if (typeof place !== 'object') return place;
      return orElsewhere({ kind: 'deadline', dates: [place.window.end] });
    }),
    map(behind(maybe(first(key('в', 'на'))), feast), (unit, around) => {
      const place = placed(unit, around);
      return typeof place === 'object' ? orElsewhere(dates('date', place.window)) : place;
    }),
  ),
);
