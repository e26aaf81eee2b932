import type { GraphQLError } from 'graphql';
import { apiError } from '../errors.js';

/** The time limit of one request. One timer serves all its steps. Call {@link stop} when the request has ended. */
export class Deadline {
  readonly #end: number;
  readonly #waiting = new Set<(reason: GraphQLError) => void>();
  #timer: NodeJS.Timeout | undefined;

  /**
   * Starts the time limit.
   *
   * @param milliseconds the time limit.
   * @param spent time that the request has already used, in milliseconds.
   */
  constructor(
    private readonly milliseconds: number,
    spent = 0,
  ) {
    this.#end = performance.now() + milliseconds - spent;
  }

  /** Milliseconds until the limit; 0 when it has passed. */
  get left(): number {
    return Math.max(0, this.#end - performance.now());
  }

  /** Throws when the limit has passed. @throws GraphQLError TIMEOUT */
  check(): void {
    if (performance.now() >= this.#end) throw this.exceeded();
  }

  /**
   * Returns the result of a promise if it settles within the limit.
   *
   * @throws GraphQLError TIMEOUT
   */
  race<T>(work: Promise<T>): Promise<T> {
    // Node cuts off the fraction of a delay, which would end the limit early.
    this.#timer ??= setTimeout(this.#rejectAll, Math.ceil(this.left));
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      work.then(
        (result) => {
          this.#waiting.delete(reject);
          resolve(result);
        },
        (error: unknown) => {
          this.#waiting.delete(reject);
          reject(error);
        },
      );
    });
  }

  /** Stops the timer, unless a step still waits. A later {@link race} starts another one. */
  stop(): void {
    if (this.#waiting.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #rejectAll = (): void => {
    this.#timer = undefined;
    for (const reject of this.#waiting) reject(this.exceeded());
  };

  /** Returns the error of a request that exceeded its limit. */
  exceeded(): GraphQLError {
    const seconds = this.milliseconds / 1_000;
    return apiError('TIMEOUT', `This was not answered within ${seconds} s: ask for less at once, page by page.`);
  }
}
