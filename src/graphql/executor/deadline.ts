import type { GraphQLError } from 'graphql';
import { apiError } from '../errors.js';

/** The time limit of one request. */
export class Deadline {
  readonly #end: number;

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
    return new Promise((resolve, reject) => {
      // Node cuts off the fraction of a delay, which would end the limit early.
      const timer = setTimeout(() => reject(this.exceeded()), Math.ceil(this.left));
      work.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  /** Returns the error of a request that exceeded its limit. */
  exceeded(): GraphQLError {
    const seconds = this.milliseconds / 1_000;
    return apiError('TIMEOUT', `This was not answered within ${seconds} s: ask for less at once, page by page.`);
  }
}
