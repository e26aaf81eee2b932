import { all, key, map, mark, maybe, rule, some, unitWord } from './combinators.js';
import { atEnd, external, name, named, plainWord } from './names.js';
import { type Found, type Parser } from './parser.js';
import { type StatementOutcome } from './statement.js';

const by = some(
  all(key('по')),
  all(key('согласно')),
  all(key('в'), key('соответствие'), maybe(key('с'))),
  all(key('на'), key('основание')),
);

/** Up to three adjectives: «по утверждённому годовому плану». */
const adjectives: Parser<true> = (chart, at) => {
  const found: Found<true>[] = [{ value: true, end: at }];
  for (let end = at; end < at + 3; end += 1) {
    const each = chart.tokens[end];
    if (each?.kind !== 'word' || !/(ому|ему|ой|ей|ыми|ими|ым|им|ого|его|ам|ых|их|у)$/u.test(each.word)) break;
    found.push({ value: true, end: end + 1 });
  }
  return found;
};

/** «по плану РОО», «в соответствии с графиком», «в установленные сроки», «сроки уточняются» */
export const elsewhere: Parser<StatementOutcome> = rule(
  map(
    some(
      all(maybe(key('курс', 'момент', 'время', 'срок')), by, adjectives, key('документ', 'срок', 'расписание'), name),
      all(by, adjectives, key('событие'), name),
      all(maybe(key('в')), key('установленный'), maybe(key('документ')), key('срок'), name),
      all(maybe(key('в', 'до')), key('срок'), maybe(mark('comma')), key('установленный', 'уточняется'), name),
      all(key('в'), key('срок'), maybe(mark('comma')), by, name),
      all(key('уточняется')),
      all(some(key('согласно'), all(key('в'), key('соответствие'), maybe(key('с')))), plainWord, name),
    ),
    () => external,
  ),
);

/** «Кл. часы», «Во время проведения экзаменов», «на родительских собраниях», «в декаду ЦК» */
export const occasion: Parser<StatementOutcome> = rule(
  map(
    some(
      all(key('в'), key('время'), maybe(key('каникулы')), named),
      all(key('в'), key('период', 'срок'), key('проведение'), name),
      all(maybe(key('на')), maybe(key('классный')), key('расписание', 'час'), atEnd),
      all(maybe(key('на')), key('классный'), key('расписание', 'час'), name),
      all(key('на'), adjectives, key('расписание'), name),
    ),
    () => external,
  ),
);

/** «В ходе проведения», «в декаду ЦК», «праздники»: an event of another calendar. */
export const event: Parser<StatementOutcome> = rule(
  map(
    some(
      all(key('в'), key('ход'), named),
      all(key('в', 'на'), key('период', 'время'), plainWord, name),
      all(key('в', 'на'), some(key('декада', 'кампания'), unitWord('week', 'month')), plainWord, name),
      all(adjectivesBefore(), key('событие'), name),
      all(key('в', 'к'), unitWord('day'), key('событие'), name),
      all(key('к'), unitWord('day'), plainWord, name),
    ),
    () => ({
      schedule: { kind: 'external' as const },
      alternatives: [{ kind: 'onDemand' as const, answerWithin: null }, { kind: 'unknown' as const }],
      flags: ['AMBIGUOUS' as const],
    }),
  ),
);

function adjectivesBefore(): Parser<true> {
  return (chart, at) => {
    const found: Found<true>[] = [{ value: true, end: at }];
    for (let place = at; place < at + 2; place += 1) {
      const each = chart.tokens[place];
      if (each?.kind !== 'word' || !/(ые|ие|ый|ий|ая|яя|ных|ым|ом|ой|е|к|в|на)$/u.test(each.word)) break;
      found.push({ value: true, end: place + 1 });
    }
    return found;
  };
}

/** «каникулы», «в каникулярное время», «в дни школьных каникул»: the school calendar has their days. */
export const holidays: Parser<StatementOutcome> = rule(
  map(
    all(
      maybe(key('в', 'на', 'за')),
      maybe(some(unitWord('day'), key('период', 'время'))),
      maybe(key('школьный', 'весь')),
      key('каникулы'),
      maybe(some(key('время', 'период'), unitWord('day'))),
    ),
    () => external,
  ),
);
