import { LRUCache } from 'lru-cache';
import { pagesOf } from '../eventstore/batches.js';
import type { EventStore, StoredEvent } from '../eventstore/port.js';
import { TimeSlice } from '../timeSlice.js';
import type { FoldedChange, Folding } from './readModel.js';

/** Returns the changes of an event, in the order of its stream. */
export interface Folds<Change, State> {
  changes(stored: StoredEvent): Promise<Iterable<FoldedChange<Change, State>>> | Iterable<FoldedChange<Change, State>>;
  /** Begins a batch. It may repeat events of the batch before it, if that one failed. */
  begin(): void;
}

/** Maximum number of rows in all cached folds together. Limits memory. */
const MAX_CACHED_ROWS = 30_000;

/** A stream up to a revision. */
interface CachedFold<Fold> {
  readonly revision: number;
  readonly fold: Fold;
}

/** The last fold of a stream, and its fold before the batch, so that a failed batch is repeated without a replay. */
interface CachedStream<Fold> {
  readonly batch: number;
  readonly before: CachedFold<Fold>;
  readonly last: CachedFold<Fold>;
}

/** Folds streams event by event. Missing history is read from the event store, never from a read model. */
export class CachedFolds<Fold, Change, State> implements Folds<Change, State> {
  readonly #streams = new LRUCache<string, CachedStream<Fold>>({
    maxSize: MAX_CACHED_ROWS,
    // Both folds of a stream share most of their rows.
    sizeCalculation: ({ last }) => this.folding.sizeOf(last.fold),
  });
  #batch = 0;
  /** One for all replays of a batch, which may be many short ones. */
  #slice = new TimeSlice();

  constructor(
    private readonly folding: Folding<Fold, Change, State>,
    private readonly events: Pick<EventStore, 'readStream'>,
  ) {}

  async changes(stored: StoredEvent): Promise<Iterable<FoldedChange<Change, State>>> {
    const { stream, revision } = stored;
    const known = this.#streams.get(stream);
    const cached = [known?.last, known?.before].find((each) => each?.revision === revision - 1);
    const start = cached ?? { revision: revision - 1, fold: await this.#replayed(stream, revision) };
    const { after, told } = this.folding.step(start.fold, stored);
    const batch = this.#batch;
    const before = known?.batch === batch ? known.before : start;
    this.#streams.set(stream, { batch, before, last: { revision, fold: after } });
    return told;
  }

  begin(): void {
    this.#batch += 1;
    this.#slice = new TimeSlice();
  }

  async #replayed(stream: string, upTo: number): Promise<Fold> {
    const slice = this.#slice;
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
  begin(): void;
} {
  let current: { readonly stream: string; readonly fold: Fold } | undefined;
  return {
    changes: (stored) => {
      const { stream } = stored;
      const { after, told } = step(current?.stream === stream ? current.fold : nothing, stored);
      current = { stream, fold: after };
      return told;
    },
    // The streams of the next batch come after those of this one.
    begin: () => undefined,
  };
}
