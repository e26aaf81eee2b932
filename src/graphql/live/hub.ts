import { createSourceEventStream } from 'graphql';
import type { Logger } from 'pino';
import type { NativePosition } from '../../engine/eventstore/port.js';
import type { Context } from '../context.js';
import type { CheckedOperation, RefusedOperation } from '../request/document.js';
import { type Admit, type LatestState, type Sink, SubscriptionGroup } from './group.js';
import { executeForItem, groupKey } from './operation.js';
import { ItemSource } from './source.js';

/** An open subscription whose delivery has not started. */
export interface Subscription {
  /**
   * Delivers results until the signal aborts or the access ends.
   *
   * @throws the error that stopped the delivery. The client resumes after its last result.
   */
  tell(sink: Sink, signal: AbortSignal): Promise<void>;
}

/** An open subscription: its operation, its caller and its source. */
interface Opened {
  readonly operation: CheckedOperation;
  readonly context: Context;
  readonly source: ItemSource;
  readonly admit: Admit;
}

/** Delivers subscriptions. Subscribers with the same {@link groupKey} share the execution. */
export class Hub {
  readonly #groups = new Map<string, SubscriptionGroup>();
  /** First states that are being read, by group key. */
  readonly #reading = new Map<string, Promise<LatestState>>();

  constructor(private readonly log: Logger) {}

  /** Opens a subscription, or returns the errors that prevent it. */
  async open(operation: CheckedOperation, context: Context, admit: Admit): Promise<Subscription | RefusedOperation> {
    const { schema, document, sent, operation: node } = operation;
    const source = await createSourceEventStream({
      schema,
      document,
      operationName: node.name?.value,
      contextValue: context,
      variableValues: { ...sent },
    });
    if (!(Symbol.asyncIterator in source)) return { errors: source.errors ?? [] };
    if (!(source instanceof ItemSource)) throw new Error('a subscription field must return a Source');
    return { tell: (sink, signal) => this.#tell({ operation, context, source, admit }, sink, signal) };
  }

  async #tell(opened: Opened, sink: Sink, left: AbortSignal): Promise<void> {
    const { context, source } = opened;
    const { observer } = context;
    const signal = AbortSignal.any([left, context.caller.ended]);
    observer?.subscribed();
    try {
      for (let position = source.start; !signal.aborted; ) {
        const latest = source.kind === 'state' ? await this.#broughtTo(opened, position, sink, signal) : undefined;
        position = latest ? latest.position : await this.#caughtUp(opened, position, sink, signal);
        if (signal.aborted) return;
        const group = this.#groupFor(opened, position, latest);
        // A subscriber behind the group catches up first.
        if (position >= group.position) position = await group.stay({ context, sink, position }, signal);
      }
    } finally {
      await context.names.record();
      observer?.unsubscribed();
    }
  }

  #groupFor(
    { operation, context, source, admit }: Opened,
    position: NativePosition,
    latest: LatestState | undefined,
  ): SubscriptionGroup {
    const key = groupKey(operation, context);
    const known = this.#groups.get(key);
    if (known) return known;
    const own = context.anew();
    const dissolved = () => {
      if (this.#groups.get(key) === group) this.#groups.delete(key);
    };
    const parts = { operation, context: own, reader: source.readerFor(own), log: this.log, admit, dissolved };
    const group: SubscriptionGroup = new SubscriptionGroup(parts, position, latest);
    this.#groups.set(key, group);
    return group;
  }

  /**
   * Sends the last state to one subscriber: the state of the group, or a state that is read once for all subscribers
   * that wait for it. Skips a state that the subscriber has already.
   */
  async #broughtTo(opened: Opened, from: NativePosition, sink: Sink, signal: AbortSignal): Promise<LatestState> {
    const key = groupKey(opened.operation, opened.context);
    const latest = this.#groups.get(key)?.latest;
    // The warnings of a state that was read before may not be those of now.
    const isWarned = opened.context.health.isWarned || latest?.result.isWarned === true;
    const state = (isWarned ? undefined : latest) ?? (await this.#firstState(key, opened));
    if (from !== '' && state.position <= from) return state;
    if (sink.isFull) await sink.room(signal);
    if (!signal.aborted) sink.send([state.result], 'soon');
    return state;
  }

  async #firstState(key: string, opened: Opened): Promise<LatestState> {
    const reading = this.#reading.get(key) ?? this.#readState(opened).finally(() => this.#reading.delete(key));
    this.#reading.set(key, reading);
    return reading;
  }

  #readState({ operation, context, source, admit }: Opened): Promise<LatestState> {
    return admit(async () => {
      const { items, upTo } = await source.readerFor(context).read('');
      const [item] = items;
      if (!item) throw new Error('a state source must return a state');
      const result = await executeForItem(operation, context, item, this.log);
      await context.settle();
      return { result, position: upTo };
    });
  }

  /**
   * Sends one subscriber all results after a position, page by page. The event store is the buffer: a slow client needs
   * only one page in memory.
   */
  async #caughtUp(
    { operation, context, source, admit }: Opened,
    from: NativePosition,
    sink: Sink,
    signal: AbortSignal,
  ): Promise<NativePosition> {
    const reader = source.readerFor(context);
    let position = from;
    for (let more = true; more && !signal.aborted; ) {
      const page = await admit(() => reader.read(position));
      for (const item of page.items) {
        if (signal.aborted) return position;
        const result = await admit(() => executeForItem(operation, context, item, this.log));
        if (sink.isFull) await sink.room(signal);
        if (signal.aborted) return position;
        sink.send([result], 'soon');
        await context.settle();
      }
      position = page.upTo;
      more = page.more;
    }
    return position;
  }
}
