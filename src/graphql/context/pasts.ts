import type { Context } from '../context.js';
import { apiError } from '../errors.js';

/** Maximum number of past states that one request may read: each folds a plan from its first event. */
const MAX_PASTS = 10;

/** The past states that a request reads, each opened once and closed at the end of the request. */
export class Pasts {
  readonly #opened = new Map<string, Promise<Context | undefined>>();
  /** Undefined when the request has ended. */
  #closers: (() => Promise<void>)[] | undefined = [];

  /**
   * Returns the context of a past state, opened once for each key; see `contextAsOf`.
   *
   * @throws GraphQLError BAD_USER_INPUT when the request opens too many past states.
   */
  open(key: string, opening: () => Promise<Context | undefined>): Promise<Context | undefined> {
    const known = this.#opened.get(key);
    if (known !== undefined) return known;
    if (this.#opened.size >= MAX_PASTS) {
      const message = `A request reads at most ${MAX_PASTS} pasts: read the others in another request.`;
      throw apiError('BAD_USER_INPUT', message);
    }
    const past = opening();
    this.#opened.set(key, past);
    return past;
  }

  /**
   * Registers a function to call when the request ends. Calls it at once when the request has ended already, as after a
   * TIMEOUT.
   */
  async atEnd(closer: () => Promise<void>): Promise<void> {
    if (this.#closers) this.#closers.push(closer);
    else await closer();
  }

  /** Closes everything that was opened. A second call does nothing. */
  async close(): Promise<void> {
    const closers = this.#closers ?? [];
    this.#closers = undefined;
    for (const closer of closers) await closer();
  }
}
