import { INDICATORS, type IndicatorCode } from './codes.js';
import type { ActivityFact, MoveFact, PlanFacts, PointFact, ReportFact, RequestFact } from './facts.js';
import type { Figure, Figures } from './figure.js';
import { INDICATOR, isPlanned, isPlannedFirst, isSoft } from './indicators.js';
import type { Scope } from './scope.js';

/** What an indicator counts: the thing, and its parts of numerator and denominator. */
export interface Counted {
  readonly fact: PointFact | ActivityFact | ReportFact | MoveFact | RequestFact;
  readonly numerator: number;
  readonly denominator: number;
}

/** Calls back for everything that an indicator counts. The figure is the sum of it, the drill-down its list. */
export function eachCounted(
  code: IndicatorCode,
  facts: PlanFacts,
  scope: Scope,
  counted: (fact: Counted['fact'], numerator: number, denominator: number) => void,
): void {
  const indicator = INDICATOR[code];
  switch (indicator.over) {
    case 'points':
      for (const fact of facts.points) {
        const numerator = indicator.measure(fact, scope, facts);
        if (numerator !== undefined) counted(fact, numerator, indicator.weight?.(fact) ?? 1);
      }
      return;
    case 'activities':
      each(facts.activities, indicator.measure, scope, facts, counted);
      return;
    case 'reports':
      each(facts.reports, indicator.measure, scope, facts, counted);
      return;
    case 'moves':
      each(facts.moves, indicator.measure, scope, facts, counted);
      return;
    case 'requests':
      each(facts.requests, indicator.measure, scope, facts, counted);
      return;
  }
}

function each<Fact extends Counted['fact']>(
  list: readonly Fact[],
  measure: (fact: Fact, scope: Scope, facts: PlanFacts) => number | undefined,
  scope: Scope,
  facts: PlanFacts,
  counted: (fact: Counted['fact'], numerator: number, denominator: number) => void,
): void {
  for (const fact of list) {
    const numerator = measure(fact, scope, facts);
    if (numerator !== undefined) counted(fact, numerator, 1);
  }
}

/** Figures while their parts are counted, once each. */
export class Tally {
  #points = 0;
  #firstTermPoints = 0;
  #softPoints = 0;
  readonly #sums = new Map<IndicatorCode, { numerator: number; denominator: number; readonly values: number[] }>();

  /** Counts a point as one of N, of N₀ or of the soft ones. */
  point(fact: PointFact, scope: Scope): void {
    if (isPlanned(fact, scope)) this.#points += 1;
    if (isPlannedFirst(fact, scope)) this.#firstTermPoints += 1;
    if (isSoft(fact, scope)) this.#softPoints += 1;
  }

  add(code: IndicatorCode, numerator: number, denominator: number): void {
    let sum = this.#sums.get(code);
    if (!sum) {
      sum = { numerator: 0, denominator: 0, values: [] };
      this.#sums.set(code, sum);
    }
    sum.numerator += numerator;
    sum.denominator += denominator;
    if (INDICATOR[code].unit === 'MEDIAN_DAYS') sum.values.push(numerator);
  }

  result(codes: readonly IndicatorCode[] = INDICATORS): Figures {
    return {
      points: this.#points,
      firstTermPoints: this.#firstTermPoints,
      softPoints: this.#softPoints,
      figures: codes.map((code) => this.#figure(code)),
    };
  }

  #figure(code: IndicatorCode): Figure {
    const { unit } = INDICATOR[code];
    const { numerator, denominator, values } = this.#sums.get(code) ?? { numerator: 0, denominator: 0, values: [] };
    const value = denominator === 0 ? null : unit === 'MEDIAN_DAYS' ? median(values) : numerator / denominator;
    return { code, unit, numerator: rounded(numerator), denominator, value: value === null ? null : rounded(value) };
  }
}

/** To six places: the same things give the same figure in whatever order they are summed. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Counts the facts of a plan into the tallies of their groups. */
export function tallied(facts: PlanFacts, scope: Scope, talliesOf: (fact: Counted['fact']) => readonly Tally[]): void {
  for (const point of facts.points) for (const tally of talliesOf(point)) tally.point(point, scope);
  for (const code of INDICATORS) {
    eachCounted(code, facts, scope, (fact, numerator, denominator) => {
      for (const tally of talliesOf(fact)) tally.add(code, numerator, denominator);
    });
  }
}

/** The figures of one plan. */
export function figuresOf(facts: PlanFacts, scope: Scope, codes: readonly IndicatorCode[] = INDICATORS): Figures {
  const tally = new Tally();
  const all = [tally];
  tallied(facts, scope, () => all);
  return tally.result(codes);
}
