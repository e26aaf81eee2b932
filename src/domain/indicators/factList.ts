import { EVIDENCES, type Evidence, type Timing, timingOn } from '../timing.js';
import type { IndicatorCode } from './codes.js';
import type { PlanFacts } from './facts.js';
import type { Figures } from './figure.js';
import { figuresOver } from './figures.js';
import { isOfPeriod } from './indicators.js';
import type { FiguresScope } from './scope.js';

/** Numbers of control points by state. */
export interface Counts {
  readonly total: number;
  readonly firm: number;
  /** Open points after their due day, soft points included. */
  readonly pastDue: number;
  /** Timings that have at least one point. */
  readonly byTiming: readonly { readonly timing: Timing; readonly count: number }[];
  /** Kinds of evidence that have at least one point. */
  readonly byEvidence: readonly { readonly evidence: Evidence; readonly count: number }[];
}

/** Facts from which figures can be computed, for any day and period. */
export interface Countable {
  /** Number of plans with activities among these facts; without withdrawn and cancelled ones. */
  readonly plans: number;
  /** Returns the indicators as of `scope.on` for its period. `codes`: only these; default: all. */
  figures(scope: FiguresScope, codes?: readonly IndicatorCode[]): Figures;
  /** Returns the numbers of control points by state, for the same scope. */
  counts(scope: FiguresScope): Counts;
}

/** The order of timings in lists of counts: open work first, the most urgent before the others. */
export const TIMING_ORDER: readonly Timing[] = [
  ...(['OVERDUE', 'DUE_TODAY', 'DUE_SOON', 'IN_WINDOW', 'PLANNED', 'DONE_ON_TIME', 'DONE_LATE'] as const),
  ...(['NOT_DONE', 'CARRIED_OVER', 'EXCLUDED', 'NOT_TRACKED', 'NOT_DATED'] as const),
];

/**
 * Facts of some plans, counted one by one. It needs no additional memory, so it suits figures that are computed once.
 * `FigureSums` returns the same figures faster for many queries over many plans.
 */
export class FactList implements Countable {
  readonly #facts: PlanFacts[] = [];

  /** Adds the facts of a plan. */
  add(facts: PlanFacts): void {
    this.#facts.push(facts);
  }

  get plans(): number {
    return this.#facts.filter(isCountedPlan).length;
  }

  figures(scope: FiguresScope, codes?: readonly IndicatorCode[]): Figures {
    return figuresOver(this.#facts, scope, codes);
  }

  counts(scope: FiguresScope): Counts {
    const timings = new Map<Timing, number>();
    const evidences = new Map<Evidence, number>();
    let [total, firm, pastDue] = [0, 0, 0];
    for (const point of this.#facts.flatMap(({ points }) => points)) {
      const { due, timing, evidence } = point;
      if (!isOfPeriod(due, scope)) continue;
      total += 1;
      if (point.firm) firm += 1;
      if (timing.settled === null && due !== null && due < scope.on) pastDue += 1;
      const at = timingOn(timing, scope.on);
      timings.set(at, (timings.get(at) ?? 0) + 1);
      evidences.set(evidence, (evidences.get(evidence) ?? 0) + 1);
    }
    return {
      total,
      firm,
      pastDue,
      byTiming: TIMING_ORDER.map((timing) => ({ timing, count: timings.get(timing) ?? 0 })).filter(hasSome),
      byEvidence: EVIDENCES.map((evidence) => ({ evidence, count: evidences.get(evidence) ?? 0 })).filter(hasSome),
    };
  }
}

/** Returns true if the plan is counted in the number of plans: it has an activity and was not given up. */
export function isCountedPlan({ standing, activities }: PlanFacts): boolean {
  return standing !== 'GIVEN_UP' && activities.length > 0;
}

/** Returns true for a count above 0. */
export function hasSome({ count }: { readonly count: number }): boolean {
  return count > 0;
}
