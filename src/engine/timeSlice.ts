import { setImmediate as nextTurn } from 'node:timers/promises';

/** Time after which long work yields to the event loop, in milliseconds, so that requests are served meanwhile. */
export const SLICE_MS = 10;

/** Maximum number of steps of a later slice, however quick they are. */
const STEPS_PER_SLICE = 25;

/** Bounds of the first slice: short work, such as the rows of one change, is done at once, so that readers see all of it. */
const FIRST_SLICE_MS = 50;
export const STEPS_AT_FIRST = 300;

/**
 * Divides long synchronous work into slices, between which the event loop serves requests. One object belongs to one
 * piece of work, across all its functions: a loop over many short pieces must not begin a slice with each of them.
 */
export class TimeSlice {
  #since = performance.now();
  #steps = 0;
  #isFirst = true;

  /** Counts a step. Returns true when the slice is over: the caller then awaits {@link next} before it goes on. */
  isOver(): boolean {
    this.#steps += 1;
    const [steps, milliseconds] = this.#isFirst ? [STEPS_AT_FIRST, FIRST_SLICE_MS] : [STEPS_PER_SLICE, SLICE_MS];
    return this.#steps > steps || performance.now() - this.#since > milliseconds;
  }

  /** Lets the event loop go on with other work, and begins the next slice. */
  async next(): Promise<void> {
    await nextTurn();
    this.#since = performance.now();
    this.#steps = 1;
    this.#isFirst = false;
  }
}
