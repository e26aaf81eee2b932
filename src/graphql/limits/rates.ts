import { LRUCache } from 'lru-cache';

/** Maximum number of callers whose rates are stored. */
const MAX_CALLERS = 5_000;

/** The rate of a caller in the present window. */
export interface Rate {
  /** Requests in this window, this one included. */
  readonly count: number;
  /** Milliseconds until the window ends. */
  readonly left: number;
}

/** Counts the requests of each caller in fixed windows. A window begins with its first request. */
export class Rates {
  readonly #windows = new LRUCache<string, { count: number; readonly since: number }>({ max: MAX_CALLERS });

  constructor(
    /** Maximum number of requests in a window. */
    readonly max: number,
    /** Length of a window, in milliseconds. */
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
