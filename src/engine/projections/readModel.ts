import type { RecordedEvent } from '../eventstore/envelope.js';
import type { StoredEvent } from '../eventstore/port.js';
import { isObject } from '../log/json.js';
import type { CollectionSpec, Document } from '../readstore/port.js';
import type { BodyForm } from './bodyForm.js';

/** A change that read models see: at least the event that made it. */
export interface AnyRecordedChange {
  readonly recorded: Pick<RecordedEvent<unknown>, 'stream' | 'position' | 'recordedAt'>;
}

/** A change with its state, and details for the runner. */
export interface FoldedChange<Change, State> {
  readonly change: Change;
  readonly state: State;
  /**
   * True for an event that becomes visible only when a later event completes it. Only read models of events with
   * `beforeMark` record it.
   */
  readonly beforeMark: boolean;
}

/** A fold after an event, and the changes by the event. */
export interface FoldStep<Fold, Change, State> {
  readonly after: Fold;
  readonly told: Iterable<FoldedChange<Change, State>>;
}

/** How the streams of a product are folded into changes. */
export interface Folding<Fold, Change, State> {
  /** The fold before the first event of a stream. */
  readonly nothing: Fold;
  /**
   * Returns the fold after an event. A pure function.
   *
   * @throws UnreadableEvent, or another error if the event cannot follow the folded events.
   */
  step(fold: Fold, stored: StoredEvent): FoldStep<Fold, Change, State>;
  /** Returns the memory that a fold takes, in rows. */
  sizeOf(fold: Fold): number;
}

/** The content of a row: indexed `fields`, and the `body` that queries return. */
export type Content<Body> = Pick<Document, 'fields'> & { readonly body: Body };

/** A row that an event touches. `view` is a pure function of the final state. It returns null to delete the row. */
export interface Touch<Body, State> {
  readonly id: string;
  readonly view: (state: State) => Content<Body> | null;
}

/** Options of a read model with a row per event, in contrast to rows computed from the states of streams. */
export interface OfEvents<Body, Change> {
  /** True if the model contains the events before the completing event, once that event exists. */
  readonly beforeMark: boolean;
  /** Returns the content of a row whose view throws, for a model that may have no gaps. */
  readonly fallback?: (change: Change) => Content<Body>;
}

/**
 * A read model: its collection, and the rows that an event touches. A row that a batch touches several times is
 * computed once, from the final state.
 */
export interface ReadModelOf<Body, Change, State> {
  readonly spec: CollectionSpec;
  readonly touches: (change: Change) => readonly Touch<Body, State>[];
  /** Null for a model of states. Otherwise a model of events, each row of which is computed from one event. */
  readonly ofEvents: OfEvents<Body, Change> | null;
  /** Undefined for bodies that are stored unchanged. */
  readonly form: BodyForm<Body> | undefined;
  /** Checks only that the body is an object, because only the model itself writes its rows. */
  readonly isBody: (value: unknown) => value is Body;
}

/**
 * Returns a read model.
 *
 * @example
 * const counters = defineReadModel<{ count: number }, CounterChange, CounterState>(
 *   { name: 'counters', version: 1, fields: { count: 'number' }, indexes: [] },
 *   ({ id }) => [{ id, view: ({ count }) => ({ fields: { count }, body: { count } }) }],
 * );
 */
export function defineReadModel<Body, Change, State>(
  spec: CollectionSpec,
  touches: (change: Change) => readonly Touch<Body, State>[],
  ofEvents: OfEvents<Body, Change> | null = null,
  form?: BodyForm<Body>,
): ReadModelOf<Body, Change, State> {
  return { spec, touches, ofEvents, form, isBody: (value): value is Body => isObject(value) };
}

/** Returns a body as it is stored. */
export function storedBody<Body>(
  { form }: Pick<ReadModelOf<Body, never, never>, 'form'>,
  id: string,
  { fields, body }: Content<Body>,
): unknown {
  return form ? form.shrink({ id, fields }, body) : body;
}

/**
 * Returns the body of a stored row.
 *
 * @throws TypeError when the row has no body of this model.
 */
export function bodyOf<Body>(
  model: Pick<ReadModelOf<Body, never, never>, 'spec' | 'isBody' | 'form'>,
  { id, fields, body: stored }: Pick<Document, 'id' | 'fields' | 'body'>,
): Body {
  const body = model.form && isObject(stored) ? model.form.restore({ id, fields }, stored) : stored;
  if (!model.isBody(body)) throw new TypeError(`document ${id} of ${model.spec.name} has no body`);
  return body;
}
