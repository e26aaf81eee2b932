import { type PlanPeriod } from '../../schedule.js';
import { type SchoolTerm, type WorkingCalendar } from '../../settings.js';
import { ANY, EMPTY, startsOf } from './starts.js';
import { type Token } from './tokens.js';

/** Context of a wording: the period of the plan, the heading above the row, and the school calendar. */
export interface Surroundings {
  readonly period: PlanPeriod | null;
  /** Month in the heading, or the only month of the plan; null for none. */
  readonly month: number | null;
  /** Part of a year that the heading names. */
  readonly part: { readonly of: 'quarter' | 'halfYear'; readonly nth: number } | null;
  readonly terms: readonly SchoolTerm[];
  /** Working days, for «за 5 рабочих дней до 20 мая». */
  readonly calendar: WorkingCalendar;
}

/** The tokens of one wording, with the memoized readings of the rules. */
export interface Chart {
  readonly tokens: readonly Token[];
  /** For each token, the set of meanings that may start there. */
  readonly starts: readonly number[];
  /** For each token, the set of meanings that start there or at a later token. */
  readonly ahead: readonly number[];
  readonly around: Surroundings;
}

/** Returns the chart of a wording. */
export function chartOf(tokens: readonly Token[], around: Surroundings): Chart {
  const starts = tokens.map(startsOf);
  const ahead = [...starts];
  for (let at = ahead.length - 2; at >= 0; at -= 1) ahead[at] = (ahead[at] ?? 0) | (ahead[at + 1] ?? 0);
  return { tokens, starts, ahead, around };
}

/** One reading of the tokens from the start position up to `end`. */
export interface Found<T> {
  readonly value: T;
  readonly end: number;
}

/**
 * Returns every reading from a place, the preferred ones first. A parser does not backtrack: it finds all readings at
 * once. `starts`: the tokens with which it may start; if undefined, it may start with any token, or read none.
 * `needs`: tokens of which it reads at least one.
 */
export interface Parser<T> {
  (chart: Chart, at: number): readonly Found<T>[];
  readonly starts?: number;
  readonly needs?: number;
}

/** No readings. */
export const NONE: readonly never[] = [];

/**
 * Returns a parser with the set of tokens with which it may start, and the set of tokens of which it needs at least
 * one; by default the same set.
 */
export function startsWith<T>(
  starts: number,
  parse: (chart: Chart, at: number) => readonly Found<T>[],
  needs = (starts & EMPTY) === 0 ? starts : ANY,
): Parser<T> {
  return Object.assign(parse, { starts, needs });
}

/** Returns the tokens that a parser may start with. */
export function startsIn(parser: Parser<unknown>): number {
  return parser.starts ?? ANY;
}

/** Returns the set of tokens of which a parser needs at least one. */
export function needsOf(parser: Parser<unknown>): number {
  return parser.needs ?? ANY;
}

/**
 * Returns the readings of a parser. The parser is not run at a token with which it cannot start, or if no token that it
 * needs follows.
 */
export function parsed<T>(parser: Parser<T>, chart: Chart, at: number): readonly Found<T>[] {
  if ((startsIn(parser) & ((chart.starts[at] ?? 0) | EMPTY)) === 0) return NONE;
  return (needsOf(parser) & ((chart.ahead[at] ?? 0) | EMPTY)) === 0 ? NONE : parser(chart, at);
}
