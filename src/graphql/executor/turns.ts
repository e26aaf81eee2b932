/** How long work goes on before other requests of the process get their turn, in milliseconds. */
const SLICE_MS = 10;

/**
 * Shares the event loop between requests: long work stops when its time slice is over and goes on behind the others that wait, one
 * caller after another, with input and output between the slices.
 */
export class Turns {
  #since = 0;
  #isRunning = false;
  readonly #waiting = new Map<string, (() => void)[]>();

  /** True when the present time slice is over: what is still to be done waits for {@link next}. */
  isOver(): boolean {
    return performance.now() - this.#since > SLICE_MS;
  }

  /**
   * Waits for the next turn of an owner, where the present time slice is over: to be called between the steps of long work. Work of one owner
   * that waits is not overtaken by what begins later.
   */
  async yield(owner: string): Promise<void> {
    if (this.isOver() || this.#waiting.has(owner)) await this.next(owner);
  }

  /** @param owner whose work it is: callers have their turns one after another, however much work each of them has. */
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
    // To the end of the line: the next turn is another caller's.
    this.#waiting.delete(owner);
    const release = waiting.shift();
    if (waiting.length > 0) this.#waiting.set(owner, waiting);
    release?.();
    // The microtasks of whoever was released run before the next tick does.
    queueMicrotask(() => process.nextTick(this.#released));
  };

  readonly #released = (): void => {
    if (this.isOver()) setImmediate(this.#begin);
    else this.#releaseOne();
  };
}

/** The turns of this process: it has one event loop. */
export const turns = new Turns();
