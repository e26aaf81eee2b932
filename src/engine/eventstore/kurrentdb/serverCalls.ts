import { EventStoreUnavailable, InvalidAppend } from '../port.js';
import { type Call, called, type Deadlines, unreachable } from './calls.js';
import { typeOf } from './errors.js';

/** Error types that the caller of an append handles. */
const REFUSALS = new Set(['wrong-expected-version', 'maximum-append-size-exceeded', 'stream-deleted']);

/** Calls a server, and remembers since when it does not answer. */
export class ServerCalls {
  #awaySince: string | undefined;

  constructor(private readonly deadlines: Deadlines) {}

  /** Since when the server does not answer; undefined while it does. */
  get awaySince(): string | undefined {
    return this.#awaySince;
  }

  /**
   * Calls the server.
   *
   * @throws EventStoreUnavailable for any unexpected failure.
   */
  readonly call: Call = async (what, work) => {
    try {
      return await called(what, work, this.deadlines, (isAnswered) => {
        if (isAnswered) this.#awaySince = undefined;
        else this.#awaySince ??= new Date().toISOString();
      });
    } catch (error) {
      const type = typeOf(error);
      if (type !== undefined && REFUSALS.has(type)) throw error;
      throw isOurs(error) ? error : unreachable(what, error);
    }
  };
}

function isOurs(error: unknown): boolean {
  return error instanceof InvalidAppend || error instanceof RangeError || error instanceof EventStoreUnavailable;
}
