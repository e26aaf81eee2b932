import type { NativePosition } from '../eventstore/port.js';
import {
  type CollectionSpec,
  type Document,
  type ReadStore,
  ReadStoreUnavailable,
  type Write,
} from '../readstore/port.js';
import { slicesOf } from '../slices.js';
import type { TimeSlice } from '../timeSlice.js';
import {
  type AnyRecordedChange,
  type Content,
  type FoldedChange,
  type ReadModelOf,
  storedBody,
  type Touch,
} from './readModel.js';

/** How often a row is loaded and computed again after another writer changed it. */
const MAX_RACES = 20;

/** Maximum number of rows in one call of the store. */
const ROWS_PER_WRITE = 100;

/**
 * A row that could not be computed or written for one stream. A null `documentId` means every row of the model that the
 * stream touches.
 */
export interface Failure {
  readonly model: string;
  readonly stream: string;
  readonly documentId: string | null;
  /** Position of the first event that the row lacks. */
  readonly position: NativePosition;
  readonly recordedAt: string;
  readonly message: string;
}

/** The result of writing a batch into one read model. */
export interface WrittenBatch {
  readonly failures: readonly Failure[];
  /** Rows that are now up to date for a stream. */
  readonly written: readonly { readonly documentId: string; readonly stream: string }[];
}

/** Collects the rows of one read model that a batch touches. */
export interface Gathering<Change, State> {
  /** Adds the rows that a change touches. */
  take(folded: FoldedChange<Change, State>): void;
  /**
   * Computes each touched row once, from the state at the end of the batch, and writes it by compare-and-set.
   *
   * @param states the states of the streams at the end of the batch.
   * @param slice the present slice of the batch.
   * @param anew true to write also rows whose position is already past the event, as when a quarantined row is retried.
   * @throws ReadStoreUnavailable
   */
  write(
    store: ReadStore,
    spec: CollectionSpec,
    states: ReadonlyMap<string, State>,
    slice: TimeSlice,
    anew?: boolean,
  ): Promise<WrittenBatch>;
}

/** A read model without the type of its bodies. */
export interface Projection<Change, State> {
  readonly spec: CollectionSpec;
  /**
   * Starts a batch.
   *
   * @param wanted limits the rows that are collected, as when quarantined rows are retried.
   */
  gather(wanted?: (documentId: string) => boolean): Gathering<Change, State>;
}

/** Returns the projection of a read model. */
export function projection<Body, Change extends AnyRecordedChange, State>(
  model: ReadModelOf<Body, Change, State>,
): Projection<Change, State> {
  return { spec: model.spec, gather: (wanted) => new ModelGathering(model, wanted ?? (() => true)) };
}

type ContentSource<Body, State> = { readonly touch: Touch<Body, State> } | { readonly content: Content<Body> | null };

type Since = Pick<Failure, 'position' | 'recordedAt'>;

interface Pending<Body, State> {
  readonly position: NativePosition;
  readonly byStream: Map<string, StreamTouch<Body, State>>;
}

/** The touches of a row by one stream. */
interface StreamTouch<Body, State> {
  /** The last touch. Its view computes the row from the final state, so earlier touches are not needed. */
  readonly source: ContentSource<Body, State>;
  /** The first event, which the row lacks if the view fails. */
  readonly since: Since;
}

class ModelGathering<Body, Change extends AnyRecordedChange, State> implements Gathering<Change, State> {
  readonly #touched = new Map<string, Pending<Body, State>>();
  readonly #failures = new Map<string, Failure>();
  readonly #passedOver = new Set<string>();

  constructor(
    private readonly model: ReadModelOf<Body, Change, State>,
    private readonly wanted: (documentId: string) => boolean,
  ) {}

  take({ change, state, beforeMark }: FoldedChange<Change, State>): void {
    const { ofEvents } = this.model;
    if (beforeMark && !ofEvents?.beforeMark) return;
    const { recorded } = change;
    const { stream } = recorded;
    let touches: readonly Touch<Body, State>[];
    try {
      touches = this.model.touches(change);
    } catch (error) {
      this.#fail({ documentId: null, ...recorded }, error);
      return;
    }
    for (const touch of touches) {
      if (!this.wanted(touch.id)) continue;
      const source = ofEvents ? this.#atOnce(touch, change, state) : { touch };
      if (!source) continue;
      const known = this.#touched.get(touch.id);
      const byStream: Pending<Body, State>['byStream'] = known?.byStream ?? new Map();
      const { position: present, recordedAt } = recorded;
      byStream.set(stream, { source, since: byStream.get(stream)?.since ?? { position: present, recordedAt } });
      // The streams that share a row may be folded one after another, not in the order of the event store.
      const position = known && known.position > recorded.position ? known.position : recorded.position;
      if (position !== known?.position) this.#touched.set(touch.id, { position, byStream });
    }
  }

  async write(
    store: ReadStore,
    spec: CollectionSpec,
    states: ReadonlyMap<string, State>,
    slice: TimeSlice,
    anew = false,
  ): Promise<WrittenBatch> {
    const touched = [...this.#touched.keys()];
    for (const ids of slicesOf(touched, ROWS_PER_WRITE)) {
      await this.#writeRows(store, spec, ids, states, slice, anew);
    }
    const failures = [...this.#failures.values()];
    const failed = new Set(failures.map(({ stream, documentId }) => `${stream} ${documentId}`));
    const written = [...this.#touched].flatMap(([documentId, { byStream }]) =>
      (this.#passedOver.has(documentId) ? [] : [...byStream.keys()])
        .filter((stream) => !failed.has(`${stream} ${documentId}`))
        .map((stream) => ({ documentId, stream })),
    );
    return { failures, written };
  }

  async #writeRows(
    store: ReadStore,
    spec: CollectionSpec,
    ids: readonly string[],
    states: ReadonlyMap<string, State>,
    slice: TimeSlice,
    anew: boolean,
  ): Promise<void> {
    let left = ids;
    for (let race = 1; left.length > 0; race += 1) {
      if (race > MAX_RACES) throw new ReadStoreUnavailable(`${left.length} documents of ${spec.name} kept changing`);
      // Rows of events are new, and so are the rows of a filling, so they are not read first. If such a row exists, the
      // write loses the race and is repeated.
      const areNew = race === 1 && (anew || this.model.ofEvents !== null);
      const positions = areNew ? [] : await store.positions(spec, left);
      const writes: Write[] = [];
      for (const [index, id] of left.entries()) {
        if (slice.isOver()) await slice.next();
        writes.push(...this.#writeOf(id, positions[index] ?? null, states, anew));
      }
      const done = await this.#written(store, spec, writes);
      left = writes.filter((_, index) => !done[index]).map(idOf);
    }
  }

  /** Computes the content of an event's row at once, so that the states before and after the event can be released. */
  #atOnce(touch: Touch<Body, State>, change: Change, state: State): ContentSource<Body, State> | undefined {
    try {
      return { content: touch.view(state) };
    } catch (error) {
      this.#fail({ documentId: touch.id, ...change.recorded }, error);
      const fallback = this.model.ofEvents?.fallback;
      return fallback && { content: fallback(change) };
    }
  }

  #writeOf(id: string, expected: string | null, states: ReadonlyMap<string, State>, anew: boolean): Write[] {
    const pending = this.#touched.get(id);
    if (!pending) return [];
    // A row at exactly this position is computed again: the last run may have stopped before it recorded its failures.
    if (expected !== null && expected > pending.position && !anew) {
      this.#passedOver.add(id);
      return [];
    }
    const position = expected !== null && expected > pending.position ? expected : pending.position;
    let content: Content<Body> | null | undefined;
    for (const [stream, { source, since }] of pending.byStream) {
      try {
        content = rowContent(source, states.get(stream));
      } catch (error) {
        this.#fail({ stream, documentId: id, ...since }, error);
      }
    }
    if (content === undefined) return [];
    if (content === null) return [{ kind: 'delete', expected, id, position }];
    const document: Document = { id, position, fields: content.fields, body: storedBody(this.model, id, content) };
    return [{ kind: 'put', expected, document }];
  }

  /**
   * Writes all rows together. If the store rejects the batch, writes each row separately, so that one invalid row does
   * not block the others.
   */
  async #written(store: ReadStore, spec: CollectionSpec, writes: readonly Write[]): Promise<readonly boolean[]> {
    try {
      return await store.write(spec, writes);
    } catch (error) {
      if (error instanceof ReadStoreUnavailable) throw error;
    }
    const done: boolean[] = [];
    for (const write of writes) done.push(await this.#writtenAlone(store, spec, write));
    return done;
  }

  async #writtenAlone(store: ReadStore, spec: CollectionSpec, write: Write): Promise<boolean> {
    try {
      const [done] = await store.write(spec, [write]);
      return done === true;
    } catch (error) {
      if (error instanceof ReadStoreUnavailable) throw error;
      const id = idOf(write);
      const streams = this.#touched.get(id)?.byStream ?? [];
      for (const [stream, { since }] of streams) this.#fail({ stream, documentId: id, ...since }, error);
      return true;
    }
  }

  #fail({ stream, documentId, position, recordedAt }: Omit<Failure, 'model' | 'message'>, error: unknown): void {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const failure = { model: this.model.spec.name, stream, documentId, position, recordedAt, message };
    const key = `${stream} ${documentId}`;
    if (!this.#failures.has(key)) this.#failures.set(key, failure);
  }
}

function rowContent<Body, State>(source: ContentSource<Body, State>, state: State | undefined): Content<Body> | null {
  if ('content' in source) return source.content;
  if (state === undefined) throw new Error('the stream of a touched document is not in the batch');
  return source.touch.view(state);
}

function idOf(write: Write): string {
  return write.kind === 'put' ? write.document.id : write.id;
}
