import { type QuotaUnit } from '../../schedule.js';
import { type Key, type Sense } from './lexicon.js';
import {
  type Chart,
  type Found,
  NONE,
  needsOf,
  type Parser,
  parsed,
  type Surroundings,
  startsIn,
  startsWith,
} from './parser.js';
import {
  ANY,
  afterIt,
  EMPTY,
  MARK_STARTS,
  narrower,
  startOfKey,
  startsOfSense,
  startsOfUnits,
  type TokenKind,
} from './starts.js';
import { type Token } from './tokens.js';

/** Maximum number of readings of a rule at one place. This limit and those of lists bound the time for any text. */
const MOST_READINGS = 24;

/** Memoizes a rule of the grammar: its readings from each place of a chart are computed once. */
export function rule<T>(parser: Parser<T>): Parser<T> {
  let latest: Chart | undefined;
  let known: (readonly Found<T>[] | undefined)[] = [];
  return startsWith(
    startsIn(parser),
    (chart, at) => {
      if (chart !== latest) {
        latest = chart;
        known = [];
      }
      const before = known[at];
      if (before) return before;
      const found = parsed(parser, chart, at);
      const kept = found.length > MOST_READINGS ? found.slice(0, MOST_READINGS) : found;
      known[at] = kept;
      return kept;
    },
    needsOf(parser),
  );
}

/** Reads one token for which `pick` returns a value; of these kinds, or of any. */
export function token<T>(pick: (token: Token) => T | undefined, ...kinds: readonly TokenKind[]): Parser<T> {
  const starts = kinds.length === 0 ? ANY & ~EMPTY : kinds.reduce((sum, kind) => sum | MARK_STARTS[kind], 0);
  return startsWith(starts, (chart, at) => {
    const found = chart.tokens[at];
    const value = found && pick(found);
    return value === undefined ? NONE : [{ value, end: at + 1 }];
  });
}

/** Reads one word with a sense; of these kinds, or of any. */
export function sense<T>(pick: (sense: Sense) => T | undefined, ...kinds: readonly Sense['is'][]): Parser<T> {
  const starts = kinds.length === 0 ? MARK_STARTS.word : kinds.reduce((sum, kind) => sum | startsOfSense(kind), 0);
  return senseIn(starts, pick);
}

/** Reads one of these unit words, or any. */
export function unitWord(...units: readonly QuotaUnit[]): Parser<QuotaUnit> {
  return senseIn(startsOfUnits(units), (each) =>
    each.is === 'unit' && (units.length === 0 || units.includes(each.unit)) ? each.unit : undefined,
  );
}

function senseIn<T>(starts: number, pick: (sense: Sense) => T | undefined): Parser<T> {
  return startsWith(
    starts,
    token((each) => {
      if (each.kind !== 'word') return undefined;
      for (const one of each.senses) {
        const value = pick(one);
        if (value !== undefined) return value;
      }
      return undefined;
    }),
  );
}

/** Reads one of the words that the lexicon lists under these names. */
export function key<K extends Key>(...keys: readonly K[]): Parser<K> {
  return startsWith(
    keys.reduce((sum, each) => sum | startOfKey(each), 0),
    sense((each) => (each.is === 'key' ? keys.find((one) => one === each.key) : undefined)),
  );
}

/** Reads a mark. */
export function mark(...kinds: readonly ('dash' | 'comma' | 'colon' | 'slash' | 'open' | 'close')[]): Parser<true> {
  return token((each) => (kinds.some((kind) => kind === each.kind) ? true : undefined), ...kinds);
}

/** Runs a parser, then the parser that `next` returns for its value. */
export function chain<A, B>(first: Parser<A>, next: (value: A) => Parser<B>): Parser<B> {
  return startsWith(
    afterIt(startsIn(first), ANY),
    (chart, at) => {
      const found = parsed(first, chart, at);
      const [only, more] = found;
      if (!only) return NONE;
      return more
        ? found.flatMap(({ value, end }) => parsed(next(value), chart, end))
        : parsed(next(only.value), chart, only.end);
    },
    needsOf(first),
  );
}

/** Maps each reading; drops those for which `change` returns undefined. */
export function map<A, B>(parser: Parser<A>, change: (value: A, around: Surroundings) => B | undefined): Parser<B> {
  return startsWith(
    startsIn(parser),
    (chart, at) => {
      const found = parsed(parser, chart, at);
      if (found.length === 0) return NONE;
      const made: Found<B>[] = [];
      for (const { value, end } of found) {
        const changed = change(value, chart.around);
        if (changed !== undefined) made.push({ value: changed, end });
      }
      return made;
    },
    needsOf(parser),
  );
}

/** Runs two parsers in sequence. */
export function two<A, B, R>(a: Parser<A>, b: Parser<B>, build: (a: A, b: B) => R | undefined): Parser<R> {
  return startsWith(
    afterIt(startsIn(a), startsIn(b)),
    (chart, at) => {
      let made: Found<R>[] | undefined;
      for (const { value: first, end } of parsed(a, chart, at)) {
        for (const second of parsed(b, chart, end)) {
          const value = build(first, second.value);
          if (value === undefined) continue;
          made ??= [];
          made.push({ value, end: second.end });
        }
      }
      return made ?? NONE;
    },
    narrower(needsOf(a), needsOf(b)),
  );
}

/** Runs three parsers in sequence. */
export function three<A, B, C, R>(
  a: Parser<A>,
  b: Parser<B>,
  c: Parser<C>,
  build: (a: A, b: B, c: C) => R | undefined,
): Parser<R> {
  return two(a, two(b, c, pairOf), (first, [second, third]) => build(first, second, third));
}

function pairOf<A, B>(first: A, second: B): readonly [A, B] {
  return [first, second];
}

/** Runs four parsers in sequence. */
export function four<A, B, C, D, R>(
  a: Parser<A>,
  b: Parser<B>,
  c: Parser<C>,
  d: Parser<D>,
  build: (a: A, b: B, c: C, d: D) => R | undefined,
): Parser<R> {
  return two(two(a, b, pairOf), two(c, d, pairOf), ([first, second], [third, fourth]) =>
    build(first, second, third, fourth),
  );
}

/** Runs several parsers in sequence and returns no value. */
export function all(...parsers: readonly Parser<unknown>[]): Parser<true> {
  const starts = parsers.reduceRight((behind_, parser) => afterIt(startsIn(parser), behind_), EMPTY);
  return startsWith(
    starts,
    (chart, at) => {
      let only = at;
      let several: readonly number[] | undefined;
      for (const parser of parsers) {
        const found = several ? several.flatMap((end) => parsed(parser, chart, end)) : parsed(parser, chart, only);
        const [one, more] = found;
        if (!one) return NONE;
        only = one.end;
        several = more && [...new Set(found.map(({ end }) => end))];
      }
      return several ? several.map((end) => ({ value: true, end })) : [{ value: true, end: only }];
    },
    parsers.map(needsOf).reduce(narrower, ANY),
  );
}

/** Reads `before`, then `after`. Returns the value of `after`. */
export function behind<T>(before: Parser<unknown>, after: Parser<T>): Parser<T> {
  return two(before, after, (_, value) => value);
}

/** Reads `first`, then `after`. Returns the value of `first`. */
export function with_<T>(first: Parser<T>, after: Parser<unknown>): Parser<T> {
  return two(first, after, (value) => value);
}

function startsOfAny(parsers: readonly Parser<unknown>[]): number {
  return parsers.reduce((sum, parser) => sum | startsIn(parser), 0);
}

function needsOfAny(parsers: readonly Parser<unknown>[]): number {
  return parsers.reduce((sum, parser) => sum | needsOf(parser), 0);
}

/** Every reading of each parser. */
export function either<T>(...parsers: readonly Parser<T>[]): Parser<T> {
  return startsWith(
    startsOfAny(parsers),
    (chart, at) => {
      let found: readonly Found<T>[] = NONE;
      for (const parser of parsers) {
        const more = parsed(parser, chart, at);
        if (more.length > 0) found = found.length > 0 ? [...found, ...more] : more;
      }
      return found;
    },
    needsOfAny(parsers),
  );
}

/** Returns the readings of the first parser that has any. */
export function first<T>(...parsers: readonly Parser<T>[]): Parser<T> {
  return startsWith(
    startsOfAny(parsers),
    (chart, at) => {
      for (const parser of parsers) {
        const found = parsed(parser, chart, at);
        if (found.length > 0) return found;
      }
      return NONE;
    },
    needsOfAny(parsers),
  );
}

/** Reads the first parser that has a reading, without a value. */
export function some(...parsers: readonly Parser<unknown>[]): Parser<true> {
  return map(first(...parsers), () => true as const);
}

/** Returns a parser for an optional part: the readings of the part, or null if there are none. */
export function maybe<T>(parser: Parser<T>): Parser<T | null> {
  return startsWith(startsIn(parser) | EMPTY, (chart, at) => {
    const found = parsed(parser, chart, at);
    return found.length > 0 ? found : [{ value: null, end: at }];
  });
}

/** Returns a parser for an optional part: the readings of the part, and null as a further reading. */
export function perhaps<T>(parser: Parser<T>): Parser<T | null> {
  return startsWith(startsIn(parser) | EMPTY, (chart, at) => [...parsed(parser, chart, at), { value: null, end: at }]);
}
