import type { NativePosition } from '../../engine/eventstore/port.js';
import type { ReadDependencies } from '../answers/readDependencies.js';
import { apiError } from '../errors.js';
import type { ReadModelProgress } from '../services.js';
import type { PositionTokens } from './positions.js';

/** How long a query waits for the read models, in milliseconds. */
const FRESHNESS_MS = 5_000;

/** The position of the read models, and the position that a request needs. */
export class Freshness {
  #wanted: NativePosition = '';
  /** Position that the read models had passed before the first read; undefined before it. */
  #begun: NativePosition | undefined;

  constructor(
    private readonly runner: ReadModelProgress,
    private readonly positions: PositionTokens,
    private readonly reads: ReadDependencies,
  ) {}

  /** The position up to which all read models are complete. */
  get reached(): NativePosition {
    return this.runner.position;
  }

  /** Makes later reads of this request wait until the read models have passed this position. */
  async atLeast(token: string | null | undefined): Promise<void> {
    if (!token) return;
    this.reads.uncacheable();
    this.atLeastNative(await this.positions.native(token));
  }

  /** Like {@link atLeast}, for a native position. The answer stays cacheable. */
  atLeastNative(position: NativePosition): void {
    if (position > this.#wanted) this.#wanted = position;
  }

  /**
   * Waits until the read models have passed the position that the request needs.
   *
   * @throws GraphQLError READ_MODEL_BEHIND when they do not reach it in time
   */
  async wait(): Promise<void> {
    const { runner } = this;
    if (runner.position >= this.#wanted || (await runner.waitFor(this.#wanted, FRESHNESS_MS))) {
      this.#begun ??= runner.position;
      return;
    }
    throw apiError('READ_MODEL_BEHIND', 'The read models have not reached this position yet: ask again.', {
      reached: await this.positions.tokenAt(runner.position),
    });
  }

  /** Waits until the read models have passed a position, or the signal aborts. */
  async waitPast(position: NativePosition, signal: AbortSignal): Promise<void> {
    await this.runner.waitPast(position, signal);
  }

  /** Returns the token of a position that all reads include: every change after it is in the feed. */
  readSince(): Promise<string> {
    return this.positions.tokenAt(this.#begun ?? this.reached);
  }

  /** Forgets the time of the first read, so that the next result of a subscription starts with a new one. */
  forget(): void {
    this.#begun = undefined;
  }
}
