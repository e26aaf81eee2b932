import { type AnyEvent, narrowed } from '../eventstore/envelope.js';
import type { EventTypes } from '../eventstore/eventTypes.js';
import type { ProductTypes, RecordedOf, StateOf, StreamDefinition } from './stream.js';

/** Why the handler itself refuses a command. */
export type HandlerRefusal =
  | { readonly kind: 'REUSED' }
  | { readonly kind: 'UNKNOWN_REVISION'; readonly revision: number }
  | { readonly kind: 'CHANGED'; readonly revision: number; readonly types: readonly string[] }
  | { readonly kind: 'TOO_LARGE'; readonly max: string };

/** Declaration of a kind of stream. Other properties have defaults. */
export interface StreamParts<
  Product extends ProductTypes,
  Present extends { readonly status: string },
  All extends AnyEvent,
  Event extends All,
  Command,
> extends Omit<
    StreamDefinition<Product, Present, Event, Command>,
    'nothing' | 'stream' | 'read' | 'presentVersion' | 'refusals'
  > {
  /** Prefix of the names of all streams of this kind, such as `counter-`. */
  readonly prefix: string;
  /** All event types of the product. */
  readonly types: EventTypes<All, Product['principal']['role'], Product['basis']>;
  /** True for the events of this kind of stream. */
  readonly isOfStream: (event: All) => event is Event;
  /** Returns the refusal of the product for a refusal of the handler. */
  readonly refuse: (refusal: HandlerRefusal) => Product['refusal'];
}

/** A kind of stream with the prefix of its names. */
export type DefinedStream<
  Product extends ProductTypes,
  Present extends { readonly status: string },
  Event extends AnyEvent,
  Command,
> = StreamDefinition<Product, Present, Event, Command> & { readonly prefix: string };

/**
 * Returns a kind of stream.
 *
 * @example
 * const lists = defineStream<Todo, List, TodoEvent, TodoEvent, TodoCommand>({
 *   prefix: 'list-', types, isOfStream: (event) => true, evolve, decide, refuse: ({ kind }) => kind,
 * });
 */
export function defineStream<
  Product extends ProductTypes,
  Present extends { readonly status: string },
  All extends AnyEvent,
  Event extends All,
  Command,
>({
  types,
  isOfStream,
  refuse,
  ...rest
}: StreamParts<Product, Present, All, Event, Command>): DefinedStream<Product, Present, Event, Command> {
  const nothing: StateOf<Present> = { status: 'ABSENT' };
  return {
    ...rest,
    nothing,
    stream: (id) => `${rest.prefix}${id}`,
    presentVersion: types.presentVersion,
    read: (stored): RecordedOf<Product, Event> => narrowed(types.fromStore(stored), isOfStream),
    refusals: {
      reused: () => refuse({ kind: 'REUSED' }),
      unknownRevision: (revision) => refuse({ kind: 'UNKNOWN_REVISION', revision }),
      changed: (revision, events) =>
        refuse({ kind: 'CHANGED', revision, types: events.map(({ event }) => event.type) }),
      tooLarge: (max) => refuse({ kind: 'TOO_LARGE', max }),
    },
  };
}
