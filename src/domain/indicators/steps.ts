import { dayNumber, type LocalDate, numberedDay } from '../dates.js';
import type { Sum } from './figures.js';
import type { Scope } from './scope.js';

/** Days of things that belong to every period, and to none; and the day from which a first value counts. */
const ALWAYS = -2_000_000;
const UNDATED = -1_000_000;
const EVER = -1_000_000;
const BEFORE_ALL: LocalDate = '1000-01-01';

/** From a day on: so much more, and so much more with each further day. */
interface Step {
  numerator: number;
  slope: number;
  denominator: number;
}

/** The steps of one day sorted, each with the sum of all up to it. */
interface Summed {
  readonly days: readonly number[];
  readonly sums: readonly Step[];
}

/** How a thing is taken: once or away again; and whether it grows from day to day between its changes. */
export interface Taking {
  readonly times: number;
  readonly grows?: boolean;
}

/**
 * Sums over many things of which each belongs to a day and has a value that changes on some days: asked for any day and
 * any period, they take as many looks as the period has days, however many things there are.
 */
export class Steps {
  /** By the day that things belong to, and the day from which a change counts. */
  readonly #steps = new Map<number, Map<number, Step>>();
  /** All days that are in no period together, for questions without one. */
  readonly #all = new Map<number, Step>();
  readonly #summed = new Map<number, Summed>();
  #allSummed: Summed | undefined;
  #size = 0;

  /**
   * Takes a thing.
   *
   * @param day by which it belongs to a period.
   * @param changes days from which its value may be another one; nulls are passed over.
   * @param valueOn its value on a day.
   */
  take(
    day: LocalDate | null | 'always',
    changes: readonly (LocalDate | null)[],
    valueOn: (day: LocalDate) => Sum,
    { times, grows = false }: Taking,
  ): void {
    const of = day === 'always' ? ALWAYS : day === null ? UNDATED : dayNumber(day);
    const days = sortedDays(changes);
    let before: Step = { numerator: 0, slope: 0, denominator: 0 };
    for (let index = -1; index < days.length; index += 1) {
      const from = days[index] ?? EVER;
      const { numerator, denominator } = valueOn(from === EVER ? BEFORE_ALL : numberedDay(from));
      const next = days[index + 1];
      const slope =
        grows && from !== EVER && next !== from + 1 ? valueOn(numberedDay(from + 1)).numerator - numerator : 0;
      // As a line over the numbers of days: the value on the day itself, and what each further one adds.
      const line = { numerator: numerator - slope * (from === EVER ? 0 : from), slope, denominator };
      this.#add(of, from, line, before, times);
      before = line;
    }
  }

  /** How many steps it holds. */
  get size(): number {
    return this.#size;
  }

  #add(of: number, from: number, now: Step, before: Step, times: number): void {
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
      // What was taken away again leaves nothing behind. Shares of a day may leave a rest of rounding.
      if (Math.abs(step.numerator) > 1e-9 || step.slope !== 0 || step.denominator !== 0) continue;
      into.delete(from);
      this.#size -= 1;
    }
    if (steps.size === 0) this.#steps.delete(of);
  }

  /** The sum over the things of a period on a day. */
  at({ on, from, to, isPart }: Scope): Sum {
    const day = dayNumber(on);
    if (from === null && to === null) {
      this.#allSummed ??= summed(this.#all);
      return valueAt([this.#allSummed], day);
    }
    const first = from === null ? UNDATED + 1 : dayNumber(from);
    const last = to === null ? Infinity : dayNumber(to);
    const wanted: Summed[] = [];
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

  /** The months, `YYYY-MM`, that things belong to; the empty text for those that belong to none. */
  months(): ReadonlySet<string> {
    const days = [...this.#steps.keys()].filter((day) => day !== ALWAYS);
    return new Set(days.map((day) => (day === UNDATED ? '' : numberedDay(day).slice(0, 7))));
  }
}

/** Each day once, in order. Most things change on no more than two days. */
function sortedDays(changes: readonly (LocalDate | null)[]): readonly number[] {
  const days: number[] = [];
  for (const change of changes) {
    if (change === null) continue;
    const day = dayNumber(change);
    if (!days.includes(day)) days.push(day);
  }
  return days.length > 1 ? days.sort((a, b) => a - b) : days;
}

function summed(steps: ReadonlyMap<number, Step>): Summed {
  const sorted = [...steps].sort(([a], [b]) => a - b);
  let sum: Step = { numerator: 0, slope: 0, denominator: 0 };
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

function valueAt(wanted: readonly Summed[], day: number): Sum {
  let [numerator, denominator] = [0, 0];
  for (const { days, sums } of wanted) {
    const sum = sums[lastUpTo(days, day)];
    if (!sum) continue;
    numerator += sum.numerator + sum.slope * day;
    denominator += sum.denominator;
  }
  return { numerator, denominator };
}

/** The place of the last day that is not after this one; −1 when there is none. */
function lastUpTo(days: readonly number[], day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? Infinity) <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
