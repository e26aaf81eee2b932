import { createSourceEventStream, type ExecutionResult } from 'graphql';
import type { NativePosition } from '../../eventstore/port.js';
import type { Context } from '../context.js';
import type { Report } from '../unavailable.js';
import { Group, type Sink } from './group.js';
import { groupKey, type Operation, told } from './operation.js';
import { Source } from './source.js';

/** A subscription that is open, and told by nobody yet. */
export interface Subscription {
  /**
   * Tells it until the signal aborts or the access ends.
   *
   * @throws whatever keeps it from being told on: its reader comes again behind what they were told last.
   */
  tell(sink: Sink, signal: AbortSignal): Promise<void>;
}

/** Tells subscriptions, and what several are told alike once for all of them. */
export class Hub {
  readonly #groups = new Map<string, Group>();

  constructor(private readonly report: Report) {}

  /** Opens a subscription; a result with errors where that cannot be. */
  async open(operation: Operation, context: Context): Promise<Subscription | ExecutionResult> {
    const { schema, document, variables, operationName } = operation;
    const source = await createSourceEventStream({
      ...{ schema, document, operationName },
      contextValue: context,
      variableValues: variables,
    });
    if (Symbol.asyncIterator in source) {
      if (!(source instanceof Source)) throw new Error('a subscription gives a Source');
      return { tell: (sink, signal) => this.#tell(operation, context, source, sink, signal) };
    }
    return source;
  }

  async #tell(operation: Operation, context: Context, source: Source, sink: Sink, left: AbortSignal): Promise<void> {
    const { observer } = context.services;
    const signal = AbortSignal.any([left, context.caller.ended]);
    observer?.subscribed();
    try {
      for (let position = source.start; !signal.aborted; ) {
        position = await caughtUp({ operation, context, source, report: this.report }, position, sink, signal);
        if (signal.aborted) return;
        const group = this.#groupFor(operation, context, source, position);
        // Whoever has been told less than the others reads on by themselves first.
        if (position >= group.position) position = await group.stay({ context, sink, position }, signal);
      }
    } finally {
      await context.noteReadings();
      observer?.unsubscribed();
    }
  }

  #groupFor(operation: Operation, context: Context, source: Source, position: NativePosition): Group {
    const key = groupKey(operation, context);
    const known = this.#groups.get(key);
    if (known) return known;
    const own = context.anew();
    const group = new Group({ operation, report: this.report }, own, source.readerFor(own), position, () => {
      if (this.#groups.get(key) === group) this.#groups.delete(key);
    });
    this.#groups.set(key, group);
    return group;
  }
}

/** What one reader reads by themselves. */
interface Reading {
  readonly operation: Operation;
  readonly context: Context;
  readonly source: Source;
  readonly report: Report;
}

/** Tells one reader what there is after a position, page by page: the log is the buffer, and a slow reader holds one page of it. */
async function caughtUp(
  { operation, context, source, report }: Reading,
  from: NativePosition,
  sink: Sink,
  signal: AbortSignal,
): Promise<NativePosition> {
  const reader = source.readerFor(context);
  let position = from;
  for (let more = true; more && !signal.aborted; ) {
    const page = await reader.read(position);
    for (const item of page.items) {
      if (signal.aborted) return position;
      const result = await told(operation, context, item, report);
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
