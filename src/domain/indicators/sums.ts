import { addDays, dayNumber, type LocalDate } from '../dates.js';
import { EVIDENCES, NEVER_DUE, timingOn } from '../timing.js';
import { INDICATORS, type IndicatorCode } from './codes.js';
import { type Countable, type Counts, hasSome, isCountedPlan, TIMING_ORDER } from './factList.js';
import type { PlanFacts, PointFact } from './facts.js';
import type { Figures } from './figure.js';
import { type Fact, figureOf, SIZES, type Sum } from './figures.js';
import { INDICATOR, type IndicatorRule, measured } from './indicators.js';
import type { FiguresScope } from './scope.js';
import { BEFORE_ALL, Steps } from './steps.js';

/** Numbers of planned points, by due day and then by the day of the work (undefined for open work). */
type Delays = Map<number, Map<number | undefined, number>>;

/**
 * Precomputed sums over the facts of many plans. Figures for any day and period are computed from the sums, without the
 * facts. The sums use the rules of the indicators, so a figure equals the result of counting the facts.
 */
export class FigureSums implements Countable {
  readonly #sums = new Map<string, Steps>();
  readonly #delays: Delays = new Map();
  #plans = 0;

  /** Adds the facts of a plan, or removes them (`times` −1). */
  add(facts: PlanFacts, times: 1 | -1 = 1): void {
    if (isCountedPlan(facts)) this.#plans += times;
    for (const [name, rule] of SIZES) this.#take(name, facts.points, rule, facts, times);
    for (const code of INDICATORS) this.#takeIndicator(code, facts, times);
    for (const point of facts.points) {
      this.#takeStanding(point, times);
      this.#takeDelay(point, facts, times);
    }
  }

  get plans(): number {
    return this.#plans;
  }

  /** Number of steps in memory. */
  get size(): number {
    let size = 0;
    for (const steps of this.#sums.values()) size += steps.size;
    return size;
  }

  figures(scope: FiguresScope, codes: readonly IndicatorCode[] = INDICATORS): Figures {
    const size = (name: string) => this.#at(name, scope).numerator;
    const middle = codes.includes('MEDIAN_DELAY') ? this.#medianDelay(scope) : 0;
    return {
      points: size('points'),
      firstTermPoints: size('firstTermPoints'),
      softPoints: size('softPoints'),
      figures: codes.map((code) => figureOf(code, this.#at(code, scope), middle)),
    };
  }

  counts(scope: FiguresScope): Counts {
    const count = (name: string) => this.#at(name, scope).numerator;
    return {
      total: count('total'),
      firm: count('firm'),
      pastDue: count('pastDue'),
      byTiming: TIMING_ORDER.map((timing) => ({ timing, count: count(`timing ${timing}`) })).filter(hasSome),
      byEvidence: EVIDENCES.map((evidence) => ({ evidence, count: count(`evidence ${evidence}`) })).filter(hasSome),
    };
  }

  /** Returns the months, `YYYY-MM`, that facts belong to. The list includes an empty text if a fact belongs to none. */
  months(): readonly string[] {
    const months = new Set<string>();
    for (const steps of this.#sums.values()) for (const month of steps.months()) months.add(month);
    return [...months].sort();
  }

  #at(name: string, scope: FiguresScope): Sum {
    return this.#sums.get(name)?.at(scope) ?? { numerator: 0, denominator: 0 };
  }

  #stepsOf(name: string): Steps {
    let steps = this.#sums.get(name);
    if (!steps) {
      steps = new Steps();
      this.#sums.set(name, steps);
    }
    return steps;
  }

  #takeIndicator(code: IndicatorCode, facts: PlanFacts, times: number): void {
    const indicator = INDICATOR[code];
    switch (indicator.over) {
      case 'points':
        this.#take(code, facts.points, indicator, facts, times, indicator.weight);
        return;
      case 'activities':
        this.#take(code, facts.activities, indicator, facts, times);
        return;
      case 'reports':
        this.#take(code, facts.reports, indicator, facts, times);
        return;
      case 'moves':
        this.#take(code, facts.moves, indicator, facts, times);
        return;
      case 'requests':
        this.#take(code, facts.requests, indicator, facts, times);
        return;
    }
  }

  #take<F extends Fact>(
    name: string,
    list: readonly F[],
    rule: IndicatorRule<F>,
    facts: PlanFacts,
    times: number,
    weight?: (fact: F) => number,
  ): void {
    const steps = this.#stepsOf(name);
    for (const fact of list) {
      const asked = (on: LocalDate) => {
        const numerator = measured(rule, fact, { on }, facts);
        return numerator === undefined ? ZERO_SUM : { numerator, denominator: weight?.(fact) ?? 1 };
      };
      steps.take(rule.day(fact), rule.changesOn(fact, facts), asked, { times, grows: rule.grows === true });
    }
  }

  #takeStanding({ due, firm, timing, evidence }: PointFact, times: number): void {
    const constant = (name: string) => this.#stepsOf(name).take(due, [], () => ONE, { times });
    constant('total');
    if (firm) constant('firm');
    constant(`evidence ${evidence}`);
    const { settled, startsOn, soonFrom, dueOn } = timing;
    if (settled !== null) {
      constant(`timing ${settled}`);
      return;
    }
    // A soft point is never due soon or overdue.
    const changes = dueOn === NEVER_DUE ? [startsOn] : [startsOn, soonFrom, dueOn, addDays(dueOn, 1)];
    const seen = new Set([BEFORE_ALL, ...changes].map((day) => timingOn(timing, day)));
    for (const at of seen) {
      const asked = (on: LocalDate) => (timingOn(timing, on) === at ? ONE : ZERO_SUM);
      this.#stepsOf(`timing ${at}`).take(due, changes, asked, { times });
    }
    if (due === null) return;
    this.#stepsOf('pastDue').take(due, [addDays(due, 1)], (on) => (due < on ? ONE : ZERO_SUM), { times });
  }

  #takeDelay(point: PointFact, facts: PlanFacts, times: number): void {
    const { due, actualOn } = point;
    if (due === null || INDICATOR.DONE.over !== 'points') return;
    const isPlanned = measured(INDICATOR.DONE, point, { on: AFTER_ALL }, facts);
    if (isPlanned === undefined) return;
    const end = isPlanned === 1 && actualOn !== null ? dayNumber(actualOn) : undefined;
    const day = dayNumber(due);
    const ends = this.#delays.get(day) ?? new Map<number | undefined, number>();
    const count = (ends.get(end) ?? 0) + times;
    if (count === 0) ends.delete(end);
    else ends.set(end, count);
    if (ends.size === 0) this.#delays.delete(day);
    else this.#delays.set(day, ends);
  }

  #medianDelay({ on, from, to }: FiguresScope): number {
    const today = dayNumber(on);
    const [first, last] = [from === null ? -Infinity : dayNumber(from), to === null ? Infinity : dayNumber(to)];
    const byDelay = new Map<number, number>();
    for (const [due, ends] of this.#delays) {
      if (due < first || due > last) continue;
      for (const [end, count] of ends) {
        const delay = (end !== undefined && end <= today ? end : today) - due;
        if (delay > 0) byDelay.set(delay, (byDelay.get(delay) ?? 0) + count);
      }
    }
    return medianOf(byDelay);
  }
}

const ONE: Sum = { numerator: 1, denominator: 1 };
const ZERO_SUM: Sum = { numerator: 0, denominator: 0 };
/** A day after every day that a plan may name. */
const AFTER_ALL: LocalDate = '9998-12-31';

/** Returns the median of values that are given with their frequencies. */
function medianOf(counts: ReadonlyMap<number, number>): number {
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const size = sorted.reduce((sum, [, count]) => sum + count, 0);
  const nth = (place: number): number => {
    let passed = 0;
    for (const [value, count] of sorted) {
      passed += count;
      if (passed > place) return value;
    }
    return 0;
  };
  if (size === 0) return 0;
  return size % 2 === 1 ? nth((size - 1) / 2) : (nth(size / 2 - 1) + nth(size / 2)) / 2;
}
