import { all, key, map, maybe, rule, some, token, unitWord } from './combinators.js';
import { atEnd, name, named, onDemandNow, plainWord } from './names.js';
import { type Parser } from './parser.js';
import { type StatementOutcome } from './statement.js';

/** «по мере необходимости», «по запросам министерства», «при приёме на работу», «перед отпуском», «в дни увольнения» */
export const onDemand: Parser<StatementOutcome> = rule(
  map(
    some(
      all(key('по'), key('мера'), named),
      all(maybe(key('по')), key('повод'), name),
      all(maybe(key('в')), key('случай'), named),
      all(key('при'), plainWord, name),
      all(key('перед'), notRoutine(), plainWord, name),
      all(key('в', 'на'), unitWord('day'), notHolidays(), plainWord, name),
      all(maybe(key('в', 'на', 'при')), maybe(key('период', 'время')), key('эпидемия'), name),
      all(key('сразу'), name),
      all(key('внеплановый'), name),
      all(key('после'), notRoutine(), plainWord, name),
      all(key('по'), key('истечение', 'окончание', 'итог'), some(all(plainWord, name), atEnd)),
    ),
    () => onDemandNow,
  ),
);

/** Reads the time after an event, if the words are a time at all: «со дня его подписания». */
export const sinceEvent: Parser<StatementOutcome> = rule(
  map(all(key('с'), some(unitWord('day'), key('момент')), named), () => ({
    schedule: { kind: 'onDemand' as const, answerWithin: null },
    alternatives: [{ kind: 'unknown' as const }],
    flags: ['AMBIGUOUS' as const],
  })),
);

function notRoutine(): Parser<true> {
  return (chart, at) => (routineMoment(chart, at).length > 0 ? [] : [{ value: true, end: at }]);
}

function notHolidays(): Parser<true> {
  return (chart, at) =>
    all(maybe(key('школьный', 'весь')), key('каникулы'))(chart, at).length > 0 ? [] : [{ value: true, end: at }];
}

const routineMoment = all(
  maybe(token((each) => (each.kind === 'word' && /(ого|ой|ным|ных|ом)$/u.test(each.word) ? true : undefined), 'word')),
  key('режим'),
);

/** «После сна», «После дневного сна, на физкультурных занятиях»: by the routine of the day. */
export const routine: Parser<StatementOutcome> = rule(
  map(all(some(key('после', 'перед', 'до', 'на'), all(key('в'), key('время'))), routineMoment, name), () => ({
    schedule: { kind: 'external' as const },
    alternatives: [{ kind: 'recurring' as const, rule: 'FREQ=DAILY' }],
    flags: ['AMBIGUOUS' as const],
  })),
);
