import { LRUCache } from 'lru-cache';

/** Most callers whose rates are known at once. */
const MAX_CALLERS = 5_000;

/** What is left of a caller's rate. */
export interface Rate {
  /** Requests in this window, this one included. */
  readonly count: number;
  /** How long the window still is, in milliseconds. */
  readonly left: number;
}

/** How many requests came from each caller, in windows that begin with the first. */
export class Rates {
  readonly #windows = new LRUCache<string, { count: number; readonly since: number }>({ max: MAX_CALLERS });

  constructor(
    /** Most in a window. */
    readonly max: number,
    /** How long a window is, in milliseconds. */
    readonly windowMs: number,
  ) {}

  /** Counts a request. */
  take(caller: string): Rate {
    const now = Date.now();
    let window = this.#windows.get(caller);
    if (!window || window.since + this.windowMs <= now) {
      window = { count: 0, since: now };
      this.#windows.set(caller, window);
    }
    window.count += 1;
    return { count: window.count, left: window.since + this.windowMs - now };
  }
}
