import { ChronicleDamaged, EventStoreUnavailable, type NativePosition, type StoredEvent } from '../eventstore/port.js';
import type { CollectionSpec, ReadStore, StreamPart } from '../readstore/port.js';
import { TimeSlice } from '../timeSlice.js';
import type { Folds } from './folds.js';
import { isInPart, isProjected } from './parts.js';
import type { Failure, Gathering, Projection, WrittenBatch } from './projection.js';
import type { AnyRecordedChange, FoldedChange } from './readModel.js';

/** Model name in a {@link Failure} that concerns every read model: the events of the stream cannot be folded. */
export const ALL_MODELS = '*';

/** A projection with the build of its collection that is written. */
interface Target<Change, State> {
  readonly projection: Projection<Change, State>;
  readonly spec: CollectionSpec;
}

/** The outcome of writing one target, or of folding ({@link ALL_MODELS}). */
export type ModelOutcome = WrittenBatch & {
  readonly model: string;
  /** The part of the streams that was written; undefined for all. */
  readonly part?: StreamPart | undefined;
};

/** A batch of events to project. First all events are folded, then each read model is written once. */
export interface Batch {
  /** The streams that could not be folded. */
  readonly broken: readonly Failure[];
  /**
   * Folds and adds events. A stream that cannot be folded is skipped from the failing event on; other streams continue.
   */
  fold(events: readonly StoredEvent[], isBroken?: (stream: string) => boolean): Promise<void>;
  /** Adds a stream whose events cannot be read. Its rows lack the events up to a position. */
  breaks(stream: string, position: NativePosition, error: unknown): void;
  /** Writes every read model; see {@link Gathering.write}. */
  write(store: ReadStore, anew?: boolean): Promise<readonly ModelOutcome[]>;
  /** Yields the outcome of folding, then writes one read model after another and yields the outcome of each. */
  writing(store: ReadStore, anew?: boolean): AsyncGenerator<ModelOutcome>;
}

/** A batch of the changes of one product. */
export class ChangeBatch<Change extends AnyRecordedChange, State> implements Batch {
  readonly #gatherings: readonly {
    readonly target: Target<Change, State>;
    readonly gathering: Gathering<Change, State>;
  }[];
  readonly #specs: readonly CollectionSpec[];
  readonly #states = new Map<string, State>();
  readonly broken: Failure[] = [];
  readonly #slice = new TimeSlice();

  constructor(
    private readonly folds: Folds<Change, State>,
    targets: readonly Target<Change, State>[],
    wanted?: (model: string, documentId: string) => boolean,
  ) {
    this.#specs = targets.map(({ spec }) => spec);
    this.#gatherings = targets.map((target) => {
      const { spec } = target.projection;
      return { target, gathering: target.projection.gather(wanted && ((id) => wanted(spec.name, id))) };
    });
  }

  async #take(folded: FoldedChange<Change, State>): Promise<void> {
    const { stream } = folded.change.recorded;
    this.#states.set(stream, folded.state);
    for (const { target, gathering } of this.#gatherings) {
      if (!isInPart(target.spec.part, stream)) continue;
      if (this.#slice.isOver()) await this.#slice.next();
      gathering.take(folded);
    }
  }

  async fold(events: readonly StoredEvent[], isBroken: (stream: string) => boolean = () => false): Promise<void> {
    for (const stored of events) {
      if (this.#slice.isOver()) await this.#slice.next();
      const { stream } = stored;
      if (!isProjected(this.#specs, stream)) continue;
      if (isBroken(stream) || this.broken.some((failure) => failure.stream === stream)) continue;
      try {
        for (const folded of await this.folds.changes(stored)) await this.#take(folded);
      } catch (error) {
        // Any other error is caused by the event or its stream, so a retry would fail again.
        if (error instanceof EventStoreUnavailable && !isOfStream(error)) throw error;
        this.broken.push(brokenBy(stored, stream, error));
      }
    }
  }

  breaks(stream: string, position: NativePosition, error: unknown): void {
    this.broken.push(brokenBy({ position, body: '' }, stream, error));
  }

  async write(store: ReadStore, anew = false): Promise<readonly ModelOutcome[]> {
    const outcomes: ModelOutcome[] = [];
    for await (const outcome of this.writing(store, anew)) outcomes.push(outcome);
    return outcomes;
  }

  async *writing(store: ReadStore, anew = false): AsyncGenerator<ModelOutcome> {
    yield { model: ALL_MODELS, failures: this.broken, written: [] };
    for (const { target, gathering } of this.#gatherings) {
      const outcome = await gathering.write(store, target.spec, this.#states, this.#slice, anew);
      yield { model: target.spec.name, part: target.spec.part, ...outcome };
    }
  }
}

/** Returns true for damage that concerns one stream only. */
export function isOfStream(error: unknown): boolean {
  return error instanceof ChronicleDamaged && error.stream !== undefined;
}

function brokenBy({ position, body }: Pick<StoredEvent, 'position' | 'body'>, stream: string, error: unknown): Failure {
  // The body may not be a readable event. Without a `recordedAt` in it, use the present time.
  const told = /"recordedAt":"(\d{4}-\d\d-\d\dT[\d:.]+Z)"/.exec(body)?.[1];
  const recordedAt = told ?? new Date().toISOString();
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { model: ALL_MODELS, stream, documentId: null, position, recordedAt, message };
}
