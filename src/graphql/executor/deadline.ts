import type { GraphQLError } from 'graphql';
import { apiError } from '../errors.js';

/** The time limit of one request: it counts from the beginning, once, whatever the request waits for. */
export class Deadline {
  readonly #end: number;

  /** @param milliseconds until the request is given up. */
  constructor(private readonly milliseconds: number) {
    this.#end = performance.now() + milliseconds;
  }

  /** Milliseconds that are left; 0 when the time is over. */
  get left(): number {
    return Math.max(0, this.#end - performance.now());
  }

  /** @throws GraphQLError TIMEOUT when the time is over. */
  check(): void {
    if (performance.now() >= this.#end) throw this.exceeded();
  }

  /**
   * What a promise gives, if it comes in time.
   *
   * @throws GraphQLError TIMEOUT
   */
  async race<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.exceeded()), this.left);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The error of a request whose time is over. */
  exceeded(): GraphQLError {
    const seconds = this.milliseconds / 1_000;
    return apiError('TIMEOUT', `This was not answered within ${seconds} s: ask for less at once, page by page.`);
  }
}
