import { LRUCache } from 'lru-cache';
import type { NativePosition } from '../../engine/eventstore/port.js';
import type { ReadModelProgress } from '../services.js';

/** How long a query waits for what its caller wrote before, in milliseconds. */
const OWN_WRITES_MS = 1_000;

/** Maximum number of callers whose last write is remembered. */
const MAX_WRITERS = 10_000;

/**
 * The last position that each caller wrote through this process. Queries of the caller wait until the read models have
 * passed it, so that callers see what they wrote. Other processes do not have these positions: clients of several
 * processes send `atLeast`.
 */
export class OwnWrites {
  readonly #last = new LRUCache<string, NativePosition>({ max: MAX_WRITERS });

  constructor(private readonly runner: Pick<ReadModelProgress, 'position' | 'waitFor'>) {}

  /**
   * Remembers what a caller wrote.
   *
   * @param caller the budget key of the caller.
   */
  record(caller: string, position: NativePosition): void {
    const last = this.#last.get(caller);
    if (last === undefined || last < position) this.#last.set(caller, position);
  }

  /** Returns true when the read models include what the caller wrote. */
  areShownTo(caller: string): boolean {
    return this.#missing(caller) === undefined;
  }

  /**
   * Waits until the read models include what the caller wrote. If they do not in time, later queries do not wait for
   * this write again.
   */
  async shownTo(caller: string): Promise<void> {
    const missing = this.#missing(caller);
    if (missing === undefined) return;
    await this.runner.waitFor(missing, OWN_WRITES_MS);
    if (this.#last.get(caller) === missing) this.#last.delete(caller);
  }

  /** Returns the last write of a caller if the read models do not include it yet. */
  #missing(caller: string): NativePosition | undefined {
    const last = this.#last.get(caller);
    if (last === undefined || this.runner.position < last) return last;
    this.#last.delete(caller);
    return undefined;
  }
}
