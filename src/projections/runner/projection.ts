import type { NativePosition } from '../../eventstore/port.js';
import {
  type CollectionSpec,
  type Document,
  type Loaded,
  type ReadStore,
  ReadStoreUnavailable,
  type Write,
} from '../../readstore/port.js';
import type { AnyChange, AnyState, Content, ReadModel, Touch } from '../model.js';
import type { FoldedChange } from './folds.js';

/** How often a document that lost a race is loaded and computed again. */
const MAX_RACES = 20;

/** How often a view that throws is tried again before its document is quarantined. */
const VIEW_RETRIES = 3;

/** A document of a plan that could not be computed or written; null: all that the plan touches in the model. */
export interface Failure {
  readonly model: string;
  readonly stream: string;
  readonly documentId: string | null;
  /** The first event that is not in the document. */
  readonly position: NativePosition;
  readonly recordedAt: string;
  readonly message: string;
}

/** What writing a batch came to. */
export interface Outcome {
  readonly failures: readonly Failure[];
  /** Documents that are whole again as far as a plan goes. */
  readonly written: readonly { readonly documentId: string; readonly stream: string }[];
}

/** The touches of one read model in a batch. */
export interface Gathering {
  take(folded: FoldedChange): void;
  /**
   * Computes each touched document once from its plan at the end of the batch and writes it by compare-and-set.
   *
   * @param states the plans at the end of the batch.
   * @param anew also documents that seem to have the event already, as when a failure is made good.
   * @throws ReadStoreUnavailable
   */
  write(
    store: ReadStore,
    spec: CollectionSpec,
    states: ReadonlyMap<string, AnyState>,
    anew?: boolean,
  ): Promise<Outcome>;
}

/** A read model with the type of its bodies hidden. */
export interface Projection {
  readonly spec: CollectionSpec;
  /** @param wanted limits what is gathered, as when failures are made good. */
  gather(wanted?: (documentId: string) => boolean): Gathering;
}

/** The projection of a read model. */
export function projection<Body>(model: ReadModel<Body>): Projection {
  return { spec: model.spec, gather: (wanted) => new ModelGathering(model, wanted ?? (() => true)) };
}

type Source<Body> = { readonly touch: Touch<Body> } | { readonly content: Content<Body> | null };

type Since = Pick<Failure, 'position' | 'recordedAt'>;

interface Pending<Body> {
  readonly position: NativePosition;
  /** The last touch of each plan: it tells all that the plan has to say. */
  readonly byStream: Map<string, Source<Body>>;
  /** The first event of each plan in it: what the document lacks when the view fails. */
  readonly since: Map<string, Since>;
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
      const { byStream, since } = known ?? { byStream: new Map(), since: new Map() };
      const { recordedAt } = recorded;
      if (!since.has(stream)) since.set(stream, { position: recorded.position, recordedAt });
      // Plans that share the document may come one after another, not in the order of the chronicle.
      const position = known && known.position > recorded.position ? known.position : recorded.position;
      this.#touched.set(touch.id, { position, byStream: byStream.set(stream, source), since });
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
    const written = [...this.#touched].flatMap(([documentId, { byStream }]) =>
      (this.#passedOver.has(documentId) ? [] : [...byStream.keys()])
        .filter((stream) => !failed.has(`${stream} ${documentId}`))
        .map((stream) => ({ documentId, stream })),
    );
    return { failures, written };
  }

  /** The content of a document of one event, so that nothing of the plans before and after it is kept. */
  #atOnce(touch: Touch<Body>, change: AnyChange, state: AnyState): Source<Body> | undefined {
    try {
      return { content: tried(() => touch.view(state, undefined)) };
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
    // At the very position the batch may have been cut short before it told what failed in it: it is computed again.
    if (expected !== null && expected > pending.position && !anew) {
      this.#passedOver.add(id);
      return [];
    }
    const position = expected !== null && expected > pending.position ? expected : pending.position;
    const stored = loaded.state === 'present' ? loaded.document.body : undefined;
    let body = this.model.isBody(stored) ? stored : undefined;
    let content: Content<Body> | null | undefined;
    for (const [stream, source] of pending.byStream) {
      try {
        content = contentOf(source, states.get(stream), body);
        body = content?.body;
      } catch (error) {
        this.#fail({ stream, documentId: id, ...sinceOf(pending, stream) }, error);
      }
    }
    if (content === undefined) return [];
    if (content === null) return [{ kind: 'delete', expected, id, position }];
    const document: Document = { id, position, fields: content.fields, body: content.body };
    return [{ kind: 'put', expected, document }];
  }

  /** Writes together; when the store refuses one for what it is, each by itself, so that the others are not lost. */
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
      for (const [stream, since] of pending?.since ?? []) this.#fail({ stream, documentId: id, ...since }, error);
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

function contentOf<Body>(
  source: Source<Body>,
  state: AnyState | undefined,
  current: Body | undefined,
): Content<Body> | null {
  if ('content' in source) return source.content;
  if (!state) throw new Error('the plan of a touched document is not in the batch');
  return tried(() => source.touch.view(state, current));
}

/** Views are pure, but memory and libraries are not beyond doubt: a fault that comes once is not worth a quarantine. */
function tried<T>(view: () => T): T {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return view();
    } catch (error) {
      if (attempt === VIEW_RETRIES) throw error;
    }
  }
}

function sinceOf({ since, position }: Omit<Pending<never>, 'byStream'>, stream: string): Since {
  return since.get(stream) ?? { position, recordedAt: '' };
}

function idOf(write: Write): string {
  return write.kind === 'put' ? write.document.id : write.id;
}

function positionOf(loaded: Loaded): string | null {
  if (loaded.state === 'absent') return null;
  return loaded.state === 'present' ? loaded.document.position : loaded.position;
}
