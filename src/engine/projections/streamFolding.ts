import type { DefinedStream } from '../commands/defineStream.js';
import type { ProductTypes, RecordedOf, StateOf } from '../commands/stream.js';
import type { AnyEvent } from '../eventstore/envelope.js';
import type { Folding } from './readModel.js';

/** The view of a read model on an event: the states before and after it. */
export interface StreamChange<Product extends ProductTypes, Present, Event> {
  readonly id: string;
  readonly before: StateOf<Present>;
  readonly after: Present;
  readonly recorded: RecordedOf<Product, Event>;
}

/** Returns how the streams of one kind are folded for read models: each event is a change at once. */
export function foldingOf<
  Product extends ProductTypes,
  Present extends { readonly status: string },
  Event extends AnyEvent,
  Command,
>(
  stream: DefinedStream<Product, Present, Event, Command>,
): Folding<StateOf<Present>, StreamChange<Product, Present, Event>, StreamChange<Product, Present, Event>> {
  return {
    nothing: stream.nothing,
    step(before, stored) {
      const recorded = stream.read(stored);
      const after = stream.evolve(before, recorded.event);
      const change = { id: stored.stream.slice(stream.prefix.length), before, after, recorded };
      return { after, told: [{ change, state: change, beforeMark: false }] };
    },
    sizeOf: (state) => stream.sizeOf?.(state) ?? 1,
  };
}
