import { LRUCache } from 'lru-cache';
import { pagesOf } from '../eventstore/batches.js';
import type { EventStore, StoredEvent } from '../eventstore/port.js';
import { TimeSlice } from '../timeSlice.js';
import type { FoldedChange, Folding } from './readModel.js';

/** Returns the changes of an event, in the order of its stream. */
export interface Folds<Change, State> {
  changes(stored: StoredEvent): Promise<Iterable<FoldedChange<Change, State>>> | Iterable<FoldedChange<Change, State>>;
  /** Drops all cached folds, as after a failure. */
  clear(): void;
}

/** Maximum number of rows in all cached folds together. Limits memory. */
const MAX_CACHED_ROWS = 30_000;

/** Folds streams event by event. Missing history is read from the event store, never from a read model. */
export class CachedFolds<Fold, Change, State> implements Folds<Change, State> {
  readonly #folds = new LRUCache<string, { readonly revision: number; readonly fold: Fold }>({
    maxSize: MAX_CACHED_ROWS,
    sizeCalculation: ({ fold }) => this.folding.sizeOf(fold),
  });

  constructor(
    private readonly folding: Folding<Fold, Change, State>,
    private readonly events: EventStore,
  ) {}

  async changes(stored: StoredEvent): Promise<Iterable<FoldedChange<Change, State>>> {
    const { stream, revision } = stored;
    const known = this.#folds.get(stream);
    const fold = known?.revision === revision - 1 ? known.fold : await this.#replayed(stream, revision);
    const { after, told } = this.folding.step(fold, stored);
    this.#folds.set(stream, { revision, fold: after });
    return told;
  }

  clear(): void {
    this.#folds.clear();
  }

  async #replayed(stream: string, upTo: number): Promise<Fold> {
    const slice = new TimeSlice();
    let fold = this.folding.nothing;
    for await (const page of pagesOf(this.events, stream)) {
      for (const stored of page) {
        if (stored.revision >= upTo) return fold;
        if (slice.isOver()) await slice.next();
        fold = this.folding.step(fold, stored).after;
      }
    }
    return fold;
  }
}

/** Returns folds of streams that come one after another, each from its first event on. */
export function foldsFromBeginning<Fold, Change, State>({
  nothing,
  step,
}: Folding<Fold, Change, State>): {
  changes(stored: StoredEvent): Iterable<FoldedChange<Change, State>>;
  clear(): void;
} {
  let current: { readonly stream: string; readonly fold: Fold } | undefined;
  return {
    changes: (stored) => {
      const { stream } = stored;
      const { after, told } = step(current?.stream === stream ? current.fold : nothing, stored);
      current = { stream, fold: after };
      return told;
    },
    clear: () => {
      current = undefined;
    },
  };
}
