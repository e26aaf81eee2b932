import { LRUCache } from 'lru-cache';
import type { NativePosition } from '../../engine/eventstore/port.js';
import type { ReadModelProgress } from '../services.js';

/** How long a query waits for what its caller wrote before, in milliseconds. */
const OWN_WRITES_MS = 1_000;

/** Maximum number of callers whose last write is remembered. */
const MAX_WRITERS = 10_000;

/**
 * The last position that each caller wrote through this process. Queries of the caller wait until the read models have
 * passed it, so that callers see what they wrote. Other processes do not know it: with several of them, `atLeast` tells
 * what a query must include.
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
    const last = this.#last.get(caller);
    if (last === undefined) return true;
    if (this.runner.position < last) return false;
    this.#last.delete(caller);
    return true;
  }

  /**
   * Waits until the read models include what the caller wrote. Later queries do not wait for a write that was not
   * reached in time: the read models may be far behind, and their answers say since when.
   */
  async shownTo(caller: string): Promise<void> {
    if (this.areShownTo(caller)) return;
    const last = this.#last.get(caller);
    if (last === undefined || (await this.runner.waitFor(last, OWN_WRITES_MS))) return;
    if (this.#last.get(caller) === last) this.#last.delete(caller);
  }
}
