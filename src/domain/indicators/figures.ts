import { INDICATORS, type IndicatorCode } from './codes.js';
import type { ActivityFact, MoveFact, PlanFacts, PointFact, ReportFact, RequestFact } from './facts.js';
import type { Figure, Figures } from './figure.js';
import { INDICATOR, type IndicatorRule, isOfPeriod, measured, PLANNED, PLANNED_FIRST, SOFT } from './indicators.js';
import type { FiguresScope } from './scope.js';

/** Any fact that indicators count. */
export type Fact = PointFact | ActivityFact | ReportFact | MoveFact | RequestFact;

/** A fact that an indicator counts, with its shares of numerator and denominator. */
export interface Counted {
  readonly fact: Fact;
  readonly numerator: number;
  readonly denominator: number;
}

/** Called for each counted fact. `day` decides to which period the fact belongs; null for none. */
type OnCounted = (fact: Fact, numerator: number, denominator: number, day: string | null) => void;

/**
 * Calls `onCounted` for each fact that an indicator counts. A figure is the sum of these facts, a drill-down is their
 * list.
 */
export function eachCounted(code: IndicatorCode, facts: PlanFacts, scope: FiguresScope, onCounted: OnCounted): void {
  const indicator = INDICATOR[code];
  switch (indicator.over) {
    case 'points':
      each(facts.points, indicator, scope, facts, onCounted, indicator.weight);
      return;
    case 'activities':
      each(facts.activities, indicator, scope, facts, onCounted);
      return;
    case 'reports':
      each(facts.reports, indicator, scope, facts, onCounted);
      return;
    case 'moves':
      each(facts.moves, indicator, scope, facts, onCounted);
      return;
    case 'requests':
      each(facts.requests, indicator, scope, facts, onCounted);
      return;
  }
}

function each<F extends Fact>(
  list: readonly F[],
  rule: IndicatorRule<F>,
  scope: FiguresScope,
  facts: PlanFacts,
  onCounted: OnCounted,
  weight: (fact: F) => number = () => 1,
): void {
  for (const fact of list) {
    const of = rule.day(fact);
    if (!isOfPeriod(of, scope)) continue;
    const numerator = measured(rule, fact, scope, facts);
    if (numerator !== undefined) onCounted(fact, numerator, weight(fact), of === 'always' ? null : of);
  }
}

/**
 * Calls `onPoint` for each control point of the period, whatever its state. The counts by timing include the same
 * points.
 */
export function eachPoint({ points }: PlanFacts, scope: FiguresScope, onPoint: (point: PointFact) => void): void {
  for (const point of points) if (isOfPeriod(point.due, scope)) onPoint(point);
}

/** Numerator and denominator of a figure. */
export interface Sum {
  readonly numerator: number;
  readonly denominator: number;
}

/** Sums up figures, one fact at a time. */
export class Tally {
  readonly #sizes = { points: 0, firstTermPoints: 0, softPoints: 0 };
  readonly #sums = new Map<IndicatorCode, { numerator: number; denominator: number }>();
  readonly #delays: number[] = [];

  /** Counts a point in N, N₀ or the soft points. */
  size(of: keyof Omit<Figures, 'figures'>): void {
    this.#sizes[of] += 1;
  }

  /** Adds the shares of a fact to an indicator. */
  add(code: IndicatorCode, numerator: number, denominator: number): void {
    let sum = this.#sums.get(code);
    if (!sum) {
      sum = { numerator: 0, denominator: 0 };
      this.#sums.set(code, sum);
    }
    sum.numerator += numerator;
    sum.denominator += denominator;
    if (INDICATOR[code].unit === 'MEDIAN_DAYS') this.#delays.push(numerator);
  }

  /** Returns the figures. */
  result(codes: readonly IndicatorCode[] = INDICATORS): Figures {
    const middle = median(this.#delays);
    return {
      ...this.#sizes,
      figures: codes.map((code) => figureOf(code, this.#sums.get(code) ?? { numerator: 0, denominator: 0 }, middle)),
    };
  }
}

/** Returns a figure from its sums; `middle` is the median of delays. */
export function figureOf(code: IndicatorCode, { numerator, denominator }: Sum, middle: number): Figure {
  const { unit } = INDICATOR[code];
  const value = denominator === 0 ? null : unit === 'MEDIAN_DAYS' ? middle : rounded(numerator / denominator);
  return { code, unit, numerator: rounded(numerator), denominator, value };
}

/** Rounds to six decimal places, so that the order of summation does not change the figure. */
function rounded(value: number): number {
  // Adding 0 turns a negative zero into zero.
  return Math.round(value * 1e6) / 1e6 + 0;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Returns the tallies that count a fact. `day` is the day by which the fact belongs to a period. */
export type TalliesOf = (fact: Fact, day: string | null) => readonly Tally[];

/** Counts the facts of a plan in the tallies of their groups. `codes`: only these indicators. */
export function tallied(
  facts: PlanFacts,
  scope: FiguresScope,
  talliesOf: TalliesOf,
  codes: readonly IndicatorCode[] = INDICATORS,
): void {
  for (const [name, rule] of SIZES) {
    each(facts.points, rule, scope, facts, (fact, _, __, day) => {
      for (const tally of talliesOf(fact, day)) tally.size(name);
    });
  }
  for (const code of codes) {
    eachCounted(code, facts, scope, (fact, numerator, denominator, day) => {
      for (const tally of talliesOf(fact, day)) tally.add(code, numerator, denominator);
    });
  }
}

/** Rules that count the points N, N₀ and the soft points. */
export const SIZES = [
  ['points', PLANNED],
  ['firstTermPoints', PLANNED_FIRST],
  ['softPoints', SOFT],
] as const;

/** Returns the figures of one plan. */
export function planFigures(
  facts: PlanFacts,
  scope: FiguresScope,
  codes: readonly IndicatorCode[] = INDICATORS,
): Figures {
  return figuresOver([facts], scope, codes);
}

/** Returns the figures of several plans together. */
export function figuresOver(
  plans: readonly PlanFacts[],
  scope: FiguresScope,
  codes: readonly IndicatorCode[] = INDICATORS,
): Figures {
  const tally = new Tally();
  const all = [tally];
  for (const facts of plans) tallied(facts, scope, () => all, codes);
  return tally.result(codes);
}
