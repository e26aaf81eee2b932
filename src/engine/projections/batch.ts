import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AnyState } from '../../projections/model.js';
import { ChronicleDamaged, EventStoreUnavailable, type NativePosition, type StoredEvent } from '../eventstore/port.js';
import type { CollectionSpec, ReadStore } from '../readstore/port.js';
import type { FoldedChange } from './folds.js';
import type { Failure, Gathering, Outcome, Projection } from './projection.js';

/**
 * Number of events after which folding yields to the event loop, so that requests are served meanwhile. Folding and an
 * embedded store are synchronous. A batch of at least this size also yields between read models.
 */
const TURN = 100;

/** Model name in a {@link Failure} that concerns every read model: the events of the stream cannot be folded. */
export const ALL_MODELS = '*';

/** A projection with the build of its collection that is written. */
export interface Target {
  readonly projection: Projection;
  readonly spec: CollectionSpec;
}

/** The outcome of writing one read model, or of folding ({@link ALL_MODELS}). */
export type ModelOutcome = Outcome & { readonly model: string };

/** A batch of events to project. First all events are folded, then each read model is written once. */
export class Batch {
  readonly #gatherings: readonly { readonly target: Target; readonly gathering: Gathering }[];
  readonly #states = new Map<string, AnyState>();
  readonly #broken: Failure[] = [];
  #size = 0;

  constructor(targets: readonly Target[], wanted?: (model: string, documentId: string) => boolean) {
    this.#gatherings = targets.map((target) => {
      const { spec } = target.projection;
      return { target, gathering: target.projection.gather(wanted && ((id) => wanted(spec.name, id))) };
    });
  }

  /** Adds a change that is already folded. */
  take(folded: FoldedChange): void {
    this.#states.set(folded.change.recorded.stream, folded.state);
    for (const { gathering } of this.#gatherings) gathering.take(folded);
  }

  /**
   * Folds and adds events. A stream that cannot be folded is skipped from the failing event on; other streams continue.
   */
  async fold(
    events: readonly StoredEvent[],
    changes: (stored: StoredEvent) => Promise<Iterable<FoldedChange>> | Iterable<FoldedChange>,
    isBroken: (stream: string) => boolean,
  ): Promise<void> {
    for (const [index, stored] of events.entries()) {
      this.#size += 1;
      if (index % TURN === TURN - 1) await nextTurn();
      const { stream } = stored;
      if (isBroken(stream) || this.#broken.some((failure) => failure.stream === stream)) continue;
      try {
        for (const folded of await changes(stored)) this.take(folded);
      } catch (error) {
        // Any other error is caused by the event or its stream, so a retry would fail again.
        if (error instanceof EventStoreUnavailable && !isOfStream(error)) throw error;
        this.#broken.push(brokenBy(stored, stream, error));
      }
    }
  }

  /** Adds a stream whose events cannot be read; its rows lack the events up to a position. */
  breaks(stream: string, position: NativePosition, error: unknown): void {
    this.#broken.push(brokenBy({ position, body: '' }, stream, error));
  }

  /** Writes every read model; see {@link Gathering.write}. */
  async write(store: ReadStore, anew = false): Promise<readonly ModelOutcome[]> {
    const outcomes: ModelOutcome[] = [{ model: ALL_MODELS, failures: this.#broken, written: [] }];
    for (const { target, gathering } of this.#gatherings) {
      if (this.#size >= TURN) await nextTurn();
      const outcome = await gathering.write(store, target.spec, this.#states, anew);
      outcomes.push({ model: target.spec.name, ...outcome });
    }
    return outcomes;
  }
}

/** Returns true for damage that concerns one stream only. */
export function isOfStream(error: unknown): boolean {
  return error instanceof ChronicleDamaged && error.stream !== undefined;
}

function brokenBy({ position, body }: Pick<StoredEvent, 'position' | 'body'>, stream: string, error: unknown): Failure {
  // The body may be unreadable as an event. Without a `recordedAt` in it, use the present time.
  const told = /"recordedAt":"(\d{4}-\d\d-\d\dT[\d:.]+Z)"/.exec(body)?.[1];
  const recordedAt = told ?? new Date().toISOString();
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { model: ALL_MODELS, stream, documentId: null, position, recordedAt, message };
}
