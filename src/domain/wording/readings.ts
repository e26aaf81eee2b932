import type { Timeframe } from '../schedule.js';

/** Maximum number of characters that a computation reads before it gives placeholders. */
const READ_AT_ONCE = 2_000;

/**
 * The timeframes that one computation reads, such as a decision about all rows of a document. It reads only some of them
 * at once, notes the others, and gives a placeholder for each. The result with placeholders is discarded:
 * {@link computedInSlices} reads the noted wordings one by one, and computes again.
 */
class ComputationReadings {
  readonly #known = new Map<string, Timeframe>();
  #left = new Map<string, () => Timeframe>();
  #characters = 0;

  begin(): void {
    this.#characters = 0;
    this.#left = new Map();
  }

  reading(key: string, placeholder: Timeframe, read: () => Timeframe): Timeframe {
    const known = this.#known.get(key);
    if (known) return known;
    this.#characters += placeholder.text.length;
    if (this.#characters > READ_AT_ONCE) {
      this.#left.set(key, read);
      return placeholder;
    }
    const found = read();
    this.#known.set(key, found);
    return found;
  }

  /** Yields after each wording that was left. */
  *readLeft(): Generator<void> {
    for (const [key, read] of this.#left) {
      this.#known.set(key, read());
      yield;
    }
  }

  get isComplete(): boolean {
    return this.#left.size === 0;
  }
}

let ongoing: ComputationReadings | undefined;

/** Returns a reading of the computation that runs; outside of {@link computedInSlices} it is read at once. */
export function readingOf(key: string, placeholder: Timeframe, read: () => Timeframe): Timeframe {
  return ongoing ? ongoing.reading(key, placeholder, read) : read();
}

/**
 * Computes something that reads any number of wordings. The computation is pure, so that it can be repeated.
 *
 * @returns a generator that yields where the caller may let other work run, and returns the result.
 */
export function* computedInSlices<Result>(compute: () => Result): Generator<void, Result> {
  const readings = new ComputationReadings();
  for (;;) {
    const result = computedWith(readings, compute);
    if (readings.isComplete) return result;
    yield* readings.readLeft();
  }
}

function computedWith<Result>(readings: ComputationReadings, compute: () => Result): Result {
  readings.begin();
  ongoing = readings;
  try {
    return compute();
  } finally {
    ongoing = undefined;
  }
}
