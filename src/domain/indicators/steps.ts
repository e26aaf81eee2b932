import { dayNumber, type LocalDate, numberedDay } from '../dates.js';
import type { Sum } from './figures.js';
import type { FiguresScope } from './scope.js';

/** Key of facts that belong to every period. */
const ALWAYS = -2_000_000;
/** Key of facts that belong to no period. */
const UNDATED = -1_000_000;
/** Key of the day from which an initial value counts. */
const EVER = -1_000_000;
/** A day before every day that a plan may name. */
export const BEFORE_ALL: LocalDate = '1000-01-01';

/** A linear change from a day on. `slope` is added to the numerator with each further day. */
interface SlopeStep {
  numerator: number;
  slope: number;
  denominator: number;
}

/** The steps of one due day, sorted, with their cumulative sums. */
interface DaySteps {
  readonly days: readonly number[];
  readonly sums: readonly SlopeStep[];
}

/** `times` is 1 to add a fact and −1 to remove it. `grows` is true when its value grows linearly between changes. */
export interface Taking {
  readonly times: number;
  readonly grows?: boolean;
}

/**
 * Sums of facts. Each fact belongs to a day and has a value that changes on some days. The cost of a query depends on
 * the number of days in the period, not on the number of facts.
 */
export class Steps {
  /** Steps by the day that facts belong to, and then by the day from which a change counts. */
  readonly #steps = new Map<number, Map<number, SlopeStep>>();
  /** Steps of all days together, for queries without a period. */
  readonly #all = new Map<number, SlopeStep>();
  readonly #summed = new Map<number, DaySteps>();
  #allSummed: DaySteps | undefined;
  #size = 0;

  /**
   * Adds or removes a fact.
   *
   * @param day the day by which the fact belongs to a period.
   * @param changes the days from which its value may change; nulls are skipped.
   * @param valueOn returns its value on a day.
   */
  take(
    day: LocalDate | null | 'always',
    changes: readonly (LocalDate | null)[],
    valueOn: (day: LocalDate) => Sum,
    { times, grows = false }: Taking,
  ): void {
    const of = day === 'always' ? ALWAYS : day === null ? UNDATED : dayNumber(day);
    const days = sortedDays(changes);
    let before: SlopeStep = { numerator: 0, slope: 0, denominator: 0 };
    for (let index = -1; index < days.length; index += 1) {
      const from = days[index] ?? EVER;
      const { numerator, denominator } = valueOn(from === EVER ? BEFORE_ALL : numberedDay(from));
      const next = days[index + 1];
      const slope =
        grows && from !== EVER && next !== from + 1 ? valueOn(numberedDay(from + 1)).numerator - numerator : 0;
      // The value as a linear function of the day number, so that `slope` times the day is added in `valueAt`.
      const line = { numerator: numerator - slope * (from === EVER ? 0 : from), slope, denominator };
      this.#add(of, from, line, before, times);
      before = line;
    }
  }

  /** Number of steps in memory. */
  get size(): number {
    return this.#size;
  }

  #add(of: number, from: number, now: SlopeStep, before: SlopeStep, times: number): void {
    const numerator = (now.numerator - before.numerator) * times;
    const slope = (now.slope - before.slope) * times;
    const denominator = (now.denominator - before.denominator) * times;
    if (numerator === 0 && slope === 0 && denominator === 0) return;
    let steps = this.#steps.get(of);
    if (!steps) {
      steps = new Map();
      this.#steps.set(of, steps);
    }
    this.#summed.delete(of);
    this.#allSummed = undefined;
    for (const into of [steps, this.#all]) {
      const step = into.get(from);
      if (!step) {
        into.set(from, { numerator, slope, denominator });
        this.#size += 1;
        continue;
      }
      step.numerator += numerator;
      step.slope += slope;
      step.denominator += denominator;
      // A removed fact leaves no step. The numerator may differ from 0 by a rounding error.
      if (Math.abs(step.numerator) > 1e-9 || step.slope !== 0 || step.denominator !== 0) continue;
      into.delete(from);
      this.#size -= 1;
    }
    if (steps.size === 0) this.#steps.delete(of);
  }

  /** Returns the sum of the facts of a period on a day. */
  at({ on, from, to, isPart }: FiguresScope): Sum {
    const day = dayNumber(on);
    if (from === null && to === null) {
      this.#allSummed ??= summed(this.#all);
      return valueAt([this.#allSummed], day);
    }
    const first = from === null ? UNDATED + 1 : dayNumber(from);
    const last = to === null ? Infinity : dayNumber(to);
    const wanted: DaySteps[] = [];
    for (const [of, steps] of this.#steps) {
      if (of === ALWAYS ? isPart : of < first || of > last) continue;
      let known = this.#summed.get(of);
      if (!known) {
        known = summed(steps);
        this.#summed.set(of, known);
      }
      wanted.push(known);
    }
    return valueAt(wanted, day);
  }

  /** Returns the months, `YYYY-MM`, that facts belong to; an empty text for facts that belong to none. */
  months(): ReadonlySet<string> {
    const days = [...this.#steps.keys()].filter((day) => day !== ALWAYS);
    return new Set(days.map((day) => (day === UNDATED ? '' : numberedDay(day).slice(0, 7))));
  }
}

/** Returns the distinct days in order. A linear search is enough, because most facts change on at most two days. */
function sortedDays(changes: readonly (LocalDate | null)[]): readonly number[] {
  const days: number[] = [];
  for (const change of changes) {
    if (change === null) continue;
    const day = dayNumber(change);
    if (!days.includes(day)) days.push(day);
  }
  return days.length > 1 ? days.sort((a, b) => a - b) : days;
}

function summed(steps: ReadonlyMap<number, SlopeStep>): DaySteps {
  const sorted = [...steps].sort(([a], [b]) => a - b);
  let sum: SlopeStep = { numerator: 0, slope: 0, denominator: 0 };
  const sums = sorted.map(([, { numerator, slope, denominator }]) => {
    sum = {
      numerator: sum.numerator + numerator,
      slope: sum.slope + slope,
      denominator: sum.denominator + denominator,
    };
    return sum;
  });
  return { days: sorted.map(([day]) => day), sums };
}

function valueAt(wanted: readonly DaySteps[], day: number): Sum {
  let [numerator, denominator] = [0, 0];
  for (const { days, sums } of wanted) {
    const sum = sums[lastUpTo(days, day)];
    if (!sum) continue;
    numerator += sum.numerator + sum.slope * day;
    denominator += sum.denominator;
  }
  return { numerator, denominator };
}

/** Returns the index of the last day up to `day`; −1 when there is none. */
function lastUpTo(days: readonly number[], day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? Infinity) <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
