import { type PlanPeriod } from '../../schedule.js';
import { type SchoolTerm } from '../../settings.js';
import { ANY, EMPTY, startsOf } from './starts.js';
import { type Token } from './tokens.js';

/** Context of a wording: the period of the plan, the heading above the row, and the school calendar. */
export interface Surroundings {
  readonly period: PlanPeriod | null;
  /** Month that the heading names, or the only month of the plan; null for none. */
  readonly month: number | null;
  /** Part of a year that the heading names. */
  readonly part: { readonly of: 'quarter' | 'halfYear'; readonly nth: number } | null;
  readonly terms: readonly SchoolTerm[];
}

/** The tokens of one wording, with the memoized readings of the rules. */
export interface Chart {
  readonly tokens: readonly Token[];
  /** What may start at each token. */
  readonly starts: readonly number[];
  /** What starts at each token or at a later one. */
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

/** One reading of the tokens from a place up to `end`. */
export interface Found<T> {
  readonly value: T;
  readonly end: number;
}

/**
 * Returns every reading from a place, the preferred ones first. A parser does not backtrack: it finds all readings at
 * once. `starts` are the tokens that it may start with; a parser without it may start with any, or be empty. Of
 * `needs`, it reads at least one token.
 */
export interface Parser<T> {
  (chart: Chart, at: number): readonly Found<T>[];
  readonly starts?: number;
  readonly needs?: number;
}

/** No readings. */
export const NONE: readonly never[] = [];

/** Returns a parser with the tokens that it may start with, and of which it needs one: those same ones by default. */
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

/** Returns the tokens of which a parser reads at least one. */
export function needsOf(parser: Parser<unknown>): number {
  return parser.needs ?? ANY;
}

/**
 * Returns the readings of a parser. Does not run it at a token with which it cannot start, or before none that it
 * needs.
 */
export function parsed<T>(parser: Parser<T>, chart: Chart, at: number): readonly Found<T>[] {
  if ((startsIn(parser) & ((chart.starts[at] ?? 0) | EMPTY)) === 0) return NONE;
  return (needsOf(parser) & ((chart.ahead[at] ?? 0) | EMPTY)) === 0 ? NONE : parser(chart, at);
}
