import { map, rule, token } from './combinators.js';
import { type Sense } from './lexicon.js';
import { type Chart, type Found, type Parser } from './parser.js';
import { type StatementOutcome } from './statement.js';
import { isKeyed, type Token } from './tokens.js';

const MOST_TAIL = 40;
const MOST_ENDS = 8;

/** Returns true for a token that can belong to the name of an event or document. */
function isTimeName(each: Token): boolean {
  switch (each.kind) {
    case 'word':
      return !each.senses.some(isTime);
    case 'comma':
    case 'dash':
    case 'open':
    case 'close':
    case 'label':
    case 'other':
    case 'slash':
      return true;
    case 'number':
    case 'colon':
    case 'date':
    case 'clock':
      return false;
  }
}

function isTime(one: Sense): boolean {
  return one.is === 'month' || one.is === 'weekday' || one.is === 'often';
}

/**
 * Reads the words of a name: all of them, and each beginning that ends before a comma, a bracket, «в», «до» or «с».
 * The value is the number of tokens.
 */
export const name: Parser<number> = rule((chart: Chart, at: number) => {
  let end = at;
  const ends: number[] = [];
  for (; end < at + MOST_TAIL; end += 1) {
    const each = chart.tokens[end];
    const isYear = each?.kind === 'number' && each.digits === 4 && isKeyed(chart.tokens[end - 1], 'на');
    if (!each || !(isTimeName(each) || isYear) || isKeyed(each, 'но', 'реже') || isUntil(chart, end)) break;
    if (each.kind === 'open' || each.kind === 'comma' || isKeyed(each, 'в', 'до', 'с')) ends.push(end);
  }
  const found: Found<number>[] = [...ends.slice(-MOST_ENDS), end].map((each) => ({ value: each - at, end: each }));
  return found.reverse();
});

/** «до конца года», «до окончания I полугодия»: a due day, which ends a name before it. */
function isUntil({ tokens }: Chart, at: number): boolean {
  const of = isKeyed(tokens[at + 2], 'учебный', 'текущий', 'календарный', 'отчетный') ? tokens[at + 3] : tokens[at + 2];
  const isEdge = isKeyed(tokens[at], 'до') && isKeyed(tokens[at + 1], 'конец', 'окончание', 'начало', 'середина');
  return isEdge && (of?.kind === 'number' || (of?.kind === 'word' && of.senses.some(isUnitOrMonth)));
}

function isUnitOrMonth(one: Sense): boolean {
  return one.is === 'unit' || one.is === 'month';
}

/** Reads a name with at least one word. */
export const named = map(name, (words) => (words > 0 ? true : undefined));

/** Succeeds at the end of the wording. */
export const atEnd: Parser<true> = (chart, at) => (chart.tokens.length === at ? [{ value: true, end: at }] : []);

/** The outcome of a wording that names an event as its time. */
export const onDemandNow: StatementOutcome = { schedule: { kind: 'onDemand', answerWithin: null } };
/** The outcome of a wording that refers to another document for its time. */
export const external: StatementOutcome = { schedule: { kind: 'external' } };

/** A word without a meaning for time. */
export const plainWord = token((each) =>
  each.kind === 'label' || (each.kind === 'word' && each.senses.every((one) => !isTime(one) && one.is !== 'unit'))
    ? true
    : undefined,
);
