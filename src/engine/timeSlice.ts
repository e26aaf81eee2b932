import { setImmediate as nextTurn } from 'node:timers/promises';

/** Time after which long work yields to the event loop, in milliseconds, so that requests are served meanwhile. */
export const SLICE_MS = 10;

/** Maximum number of steps of the first slice. */
export const STEPS_AT_FIRST = 300;

/**
 * Bounds of the first slice. They are wide enough for short work, such as the rows of one change, so that readers do not
 * see a part of it.
 */
const FIRST_SLICE = { steps: STEPS_AT_FIRST, milliseconds: 50 } as const;

/** Bounds of each later slice. */
const LATER_SLICE = { steps: 25, milliseconds: SLICE_MS } as const;

/**
 * Divides long synchronous work into slices, between which the event loop serves requests. One object belongs to one
 * piece of work, across all its functions: a loop over many short pieces must not begin a slice with each of them.
 */
export class TimeSlice {
  #since = performance.now();
  #steps = 0;
  #bounds: typeof FIRST_SLICE | typeof LATER_SLICE = FIRST_SLICE;

  /** Counts a step. Returns true when the slice is over: the caller then awaits {@link next} before it goes on. */
  isOver(): boolean {
    this.#steps += 1;
    const { steps, milliseconds } = this.#bounds;
    return this.#steps > steps || performance.now() - this.#since > milliseconds;
  }

  /** Lets the event loop go on with other work, and begins the next slice. */
  async next(): Promise<void> {
    await nextTurn();
    this.#since = performance.now();
    this.#steps = 1;
    this.#bounds = LATER_SLICE;
  }
}

/** Runs work in slices, and returns its result. The work yields where other work may run. */
export async function inSlices<Result>(work: Generator<void, Result>): Promise<Result> {
  const slice = new TimeSlice();
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (slice.isOver()) await slice.next();
  }
}
