import type { NativePosition } from '../../engine/eventstore/port.js';
import type { Context } from '../context.js';

/** One item of a subscription: the root value of a result, and its position. */
export interface SubscriptionItem {
  readonly root: unknown;
  readonly position: NativePosition;
}

/** The items after a position, up to the position that all read models have passed. */
export interface ItemBatch {
  readonly items: readonly SubscriptionItem[];
  /** Position up to which the items are complete. */
  readonly upTo: NativePosition;
  readonly more: boolean;
}

/** Reads the items of a subscription, for one subscriber or for a group. */
export interface ItemReader {
  /** Returns the items after a position. */
  read(after: NativePosition): Promise<ItemBatch>;
  /** Waits until there may be something after a position, or the signal aborts. */
  wait(after: NativePosition, signal: AbortSignal): Promise<void>;
}

/** What a subscription field returns to the hub: the start position and the reader. */
export class ItemSource implements AsyncIterable<unknown> {
  /**
   * Creates a source.
   *
   * @param kind `log`: every item after its start position is delivered to a subscriber. `state`: each item replaces
   *   the previous ones, so a subscriber that joins a group first receives the last item.
   */
  constructor(
    readonly kind: 'log' | 'state',
    readonly start: NativePosition,
    readonly readerFor: (context: Context) => ItemReader,
  ) {}

  /** graphql-js requires an async iterable. The hub never iterates it. */
  [Symbol.asyncIterator](): AsyncIterator<unknown> {
    throw new Error('the hub reads the source; it cannot be iterated');
  }
}
