import { setImmediate as nextTurn } from 'node:timers/promises';
import { EventStoreUnavailable, type StoredEvent } from '../../eventstore/port.js';
import type { CollectionSpec, ReadStore } from '../../readstore/port.js';
import type { AnyState } from '../model.js';
import type { FoldedChange } from './folds.js';
import type { Failure, Gathering, Outcome, Projection } from './projection.js';

/**
 * Folding and an embedded store are synchronous: after so many events, and between the models of a batch as large, others
 * get their turn, requests above all.
 */
const TURN = 100;

/** Names every read model in a {@link Failure} of a plan whose events cannot be folded. */
export const ALL_MODELS = '*';

/** A projection with the build of its collection that is written. */
export interface Target {
  readonly projection: Projection;
  readonly spec: CollectionSpec;
}

/** What writing came to in one read model, or in {@link ALL_MODELS}. */
export type ModelOutcome = Outcome & { readonly model: string };

/** Events on their way into read models: first all of them are folded, then each model is written once. */
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

  /** Takes a change that is folded already. */
  take(folded: FoldedChange): void {
    this.#states.set(folded.change.recorded.stream, folded.state);
    for (const { gathering } of this.#gatherings) gathering.take(folded);
  }

  /** Folds and takes events; a plan that cannot be folded is left out from there on, and the others go on. */
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
        // What is no fault of the store is one of the event: it would come again for ever.
        if (error instanceof EventStoreUnavailable) throw error;
        this.#broken.push(brokenBy(stored, stream, error));
      }
    }
  }

  /** Writes every model; see {@link Gathering.write}. */
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

function brokenBy({ position, body }: StoredEvent, stream: string, error: unknown): Failure {
  // An event that does not tell its moment is told by the one in which it was met.
  const told = /"recordedAt":"(\d{4}-\d\d-\d\dT[\d:.]+Z)"/.exec(body)?.[1];
  const recordedAt = told ?? new Date().toISOString();
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { model: ALL_MODELS, stream, documentId: null, position, recordedAt, message };
}
