/** Time slice of a request before others of the process run, in milliseconds. */
const SLICE_MS = 10;

/**
 * Shares the event loop between requests. Long work stops at the end of its time slice and queues behind the others.
 * Owners take turns, and input and output happen between the slices.
 */
export class Turns {
  #since = 0;
  #isRunning = false;
  readonly #waiting = new Map<string, (() => void)[]>();

  /** Returns true when the present time slice is over: remaining work must wait for {@link next}. */
  isOver(): boolean {
    return performance.now() - this.#since > SLICE_MS;
  }

  /**
   * Waits for the next turn of an owner if the time slice is over. Call it between the steps of long work. Waiting work
   * of an owner is not overtaken by later work of the same owner.
   */
  async yield(owner: string): Promise<void> {
    if (this.isOver() || this.#waiting.has(owner)) await this.next(owner);
  }

  /**
   * Waits for the next turn.
   *
   * @param owner owner of the work. Owners take turns, however much work each of them has.
   */
  next(owner: string): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(owner);
      if (waiting) waiting.push(resolve);
      else this.#waiting.set(owner, [resolve]);
      if (this.#isRunning) return;
      this.#isRunning = true;
      setImmediate(this.#begin);
    });
  }

  readonly #begin = (): void => {
    this.#since = performance.now();
    this.#releaseOne();
  };

  readonly #releaseOne = (): void => {
    const [first] = this.#waiting;
    if (!first) {
      this.#isRunning = false;
      return;
    }
    const [owner, waiting] = first;
    // The owner moves to the end, so that another owner is next.
    this.#waiting.delete(owner);
    const release = waiting.shift();
    if (waiting.length > 0) this.#waiting.set(owner, waiting);
    release?.();
    // The microtasks of the released work run before the next tick.
    queueMicrotask(() => process.nextTick(this.#released));
  };

  readonly #released = (): void => {
    if (this.isOver()) setImmediate(this.#begin);
    else this.#releaseOne();
  };
}

/** The turns of this process, which has one event loop. */
export const turns = new Turns();
