import type { AnyChange, AnyState, Content, ReadModel, Touch } from '../../projections/model.js';
import type { NativePosition } from '../eventstore/port.js';
import {
  type CollectionSpec,
  type Document,
  type Loaded,
  type ReadStore,
  ReadStoreUnavailable,
  type Write,
} from '../readstore/port.js';
import type { FoldedChange } from './folds.js';

/** How often a row is loaded and computed again after another writer changed it. */
const MAX_RACES = 20;

/** How often a view that throws is retried before its row is quarantined. */
const VIEW_RETRIES = 3;

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
export interface Outcome {
  readonly failures: readonly Failure[];
  /** Rows that are now current for a stream. */
  readonly written: readonly { readonly documentId: string; readonly stream: string }[];
}

/** Collects the rows of one read model that a batch touches. */
export interface Gathering {
  /** Adds the rows that a change touches. */
  take(folded: FoldedChange): void;
  /**
   * Computes each touched row once, from the state at the end of the batch, and writes it by compare-and-set.
   *
   * @param states the states of the streams at the end of the batch.
   * @param anew true to write also rows whose position is already past the event, as when a quarantined row is retried.
   * @throws ReadStoreUnavailable
   */
  write(
    store: ReadStore,
    spec: CollectionSpec,
    states: ReadonlyMap<string, AnyState>,
    anew?: boolean,
  ): Promise<Outcome>;
}

/** A read model without the type of its bodies. */
export interface Projection {
  readonly spec: CollectionSpec;
  /**
   * Starts a batch.
   *
   * @param wanted limits the rows that are collected, as when quarantined rows are retried.
   */
  gather(wanted?: (documentId: string) => boolean): Gathering;
}

/** Returns the projection of a read model. */
export function projection<Body>(model: ReadModel<Body>): Projection {
  return { spec: model.spec, gather: (wanted) => new ModelGathering(model, wanted ?? (() => true)) };
}

type Source<Body> = { readonly touch: Touch<Body> } | { readonly content: Content<Body> | null };

type Since = Pick<Failure, 'position' | 'recordedAt'>;

interface Pending<Body> {
  /** The stream of the row: no row is computed from several streams. */
  readonly stream: string;
  readonly position: NativePosition;
  /** The last touch. Its view computes the row from the final state, so earlier touches are not needed. */
  readonly source: Source<Body>;
  /** The first event: what the row lacks if the view fails. */
  readonly since: Since;
}

class ModelGathering<Body> implements Gathering {
  readonly #touched = new Map<string, Pending<Body>>();
  readonly #failures = new Map<string, Failure>();
  readonly #passedOver = new Set<string>();

  constructor(
    private readonly model: ReadModel<Body>,
    private readonly wanted: (documentId: string) => boolean,
  ) {}

  take({ change, state, ofImport }: FoldedChange): void {
    const { ofEvents } = this.model;
    if (ofImport && !ofEvents?.beforeMark) return;
    const { recorded } = change;
    const { stream } = recorded;
    let touches: readonly Touch<Body>[];
    try {
      touches = tried(() => this.model.touches(change));
    } catch (error) {
      this.#fail({ documentId: null, ...recorded }, error);
      return;
    }
    for (const touch of touches) {
      if (!this.wanted(touch.id)) continue;
      const source = ofEvents ? this.#atOnce(touch, change, state) : { touch };
      if (!source) continue;
      const known = this.#touched.get(touch.id);
      const { position, recordedAt } = recorded;
      this.#touched.set(touch.id, { stream, position, source, since: known?.since ?? { position, recordedAt } });
    }
  }

  async write(
    store: ReadStore,
    spec: CollectionSpec,
    states: ReadonlyMap<string, AnyState>,
    anew = false,
  ): Promise<Outcome> {
    let left = [...this.#touched.keys()];
    for (let race = 1; left.length > 0; race += 1) {
      if (race > MAX_RACES) throw new ReadStoreUnavailable(`${left.length} documents of ${spec.name} kept changing`);
      const loaded = await store.load(spec, left);
      const writes = left.flatMap((id, index) => {
        const present = loaded[index];
        return present ? this.#writeOf(id, present, states, anew) : [];
      });
      const done = await this.#written(store, spec, writes);
      left = writes.filter((_, index) => !done[index]).map(idOf);
    }
    const failures = [...this.#failures.values()];
    const failed = new Set(failures.map(({ stream, documentId }) => `${stream} ${documentId}`));
    const written = [...this.#touched].flatMap(([documentId, { stream }]) =>
      this.#passedOver.has(documentId) || failed.has(`${stream} ${documentId}`) ? [] : [{ documentId, stream }],
    );
    return { failures, written };
  }

  /** Computes the content of an event's row at once, so that the states before and after the event can be released. */
  #atOnce(touch: Touch<Body>, change: AnyChange, state: AnyState): Source<Body> | undefined {
    try {
      return { content: tried(() => touch.view(state)) };
    } catch (error) {
      this.#fail({ documentId: touch.id, ...change.recorded }, error);
      const fallback = this.model.ofEvents?.fallback;
      return fallback && { content: fallback(change) };
    }
  }

  #writeOf(id: string, loaded: Loaded, states: ReadonlyMap<string, AnyState>, anew: boolean): Write[] {
    const pending = this.#touched.get(id);
    const expected = positionOf(loaded);
    if (!pending) return [];
    // A row at exactly this position is computed again: the last run may have stopped before it recorded its failures.
    if (expected !== null && expected > pending.position && !anew) {
      this.#passedOver.add(id);
      return [];
    }
    const position = expected !== null && expected > pending.position ? expected : pending.position;
    const { stream, source, since } = pending;
    let content: Content<Body> | null;
    try {
      content = contentOf(source, states.get(stream));
    } catch (error) {
      this.#fail({ stream, documentId: id, ...since }, error);
      return [];
    }
    if (content === null) return [{ kind: 'delete', expected, id, position }];
    const document: Document = { id, position, fields: content.fields, body: content.body };
    return [{ kind: 'put', expected, document }];
  }

  /**
   * Writes all rows together. If the store rejects the batch, writes each row alone, so that one bad row does not block
   * others.
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
      const pending = this.#touched.get(id);
      if (pending) this.#fail({ stream: pending.stream, documentId: id, ...pending.since }, error);
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

function contentOf<Body>(source: Source<Body>, state: AnyState | undefined): Content<Body> | null {
  if ('content' in source) return source.content;
  if (!state) throw new Error('the plan of a touched document is not in the batch');
  return tried(() => source.touch.view(state));
}

/** Calls a view again when it throws. Views are pure, but a transient failure is not worth a quarantine. */
function tried<T>(view: () => T): T {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return view();
    } catch (error) {
      if (attempt === VIEW_RETRIES) throw error;
    }
  }
}

function idOf(write: Write): string {
  return write.kind === 'put' ? write.document.id : write.id;
}

function positionOf(loaded: Loaded): string | null {
  if (loaded.state === 'absent') return null;
  return loaded.state === 'present' ? loaded.document.position : loaded.position;
}
