import type { NativePosition } from '../../eventstore/port.js';
import type { Context } from '../context.js';

/** One thing to tell: the root value of a result, and where it stands in the chronicle. */
export interface Item {
  readonly root: unknown;
  readonly position: NativePosition;
}

/** What there is to tell after a position, as far as all read models have passed. */
export interface Batch {
  readonly items: readonly Item[];
  /** Everything up to here is told by these. */
  readonly upTo: NativePosition;
  readonly more: boolean;
}

/** Reads what a subscription tells, for one reader or for several who see the same. */
export interface Reader {
  read(after: NativePosition): Promise<Batch>;
  /** Waits until there may be something after a position, or the signal aborts. */
  wait(after: NativePosition, signal: AbortSignal): Promise<void>;
}

/** What a subscription field gives to whoever tells it: whence to begin, and how to read on. */
export class Source implements AsyncIterable<unknown> {
  /**
   * @param kind `log`: each item is delivered to each subscriber, from their start on; `state`: the last item replaces those before it, so
   *   that whoever joins others begins with the last one that they have.
   */
  constructor(
    readonly kind: 'log' | 'state',
    readonly start: NativePosition,
    readonly readerFor: (context: Context) => Reader,
  ) {}

  /** graphql takes nothing else for a source of events; the hub reads it by itself. */
  [Symbol.asyncIterator](): AsyncIterator<unknown> {
    throw new Error('a subscription is told by the hub');
  }
}
