import type { EventKind, EventStore } from '../eventstore/port.js';
import type { CollectionSpec } from '../readstore/port.js';
import { type Batch, ChangeBatch } from './batch.js';
import { CachedFolds, type Folds, foldsFromBeginning } from './folds.js';
import type { Projection } from './projection.js';
import type { AnyRecordedChange, Folding } from './readModel.js';

/** Folds events, and collects the rows that they touch. */
export interface Folder {
  /**
   * Starts a batch.
   *
   * @param targets the builds of the read models that are written.
   * @param wanted limits the rows that are collected, as when quarantined rows are retried.
   */
  batch(targets: readonly CollectionSpec[], wanted?: (model: string, documentId: string) => boolean): Batch;
}

/** All read models of a product, and how its streams are folded for them. */
export interface ReadModels {
  readonly specs: readonly CollectionSpec[];
  /** The streams that the read models are built from. */
  readonly streams: { readonly streamPrefixes: readonly string[] };
  /** Every stream begins with an event of one of these types. */
  readonly firstTypes: readonly string[];
  /** Returns true if this program can read a kind of event. */
  readonly isReadable: (kind: EventKind) => boolean;
  /** Returns a folder of events in the order of the store. It reads missing history from the store. */
  following(events: Pick<EventStore, 'readStream'>): Folder;
  /** Returns a folder of streams that come one after another, each from its first event on. */
  fromBeginning(): Folder;
}

/** Declaration of the read models of a product. */
export interface ReadModelsParts<Fold, Change, State>
  extends Pick<ReadModels, 'streams' | 'firstTypes' | 'isReadable'> {
  readonly folding: Folding<Fold, Change, State>;
  /** A list of `projection(model)`. */
  readonly projections: readonly Projection<Change, State>[];
}

/** Returns the read models of a product, without the types of its changes. */
export function readModels<Fold, Change extends AnyRecordedChange, State>({
  folding,
  projections,
  ...rest
}: ReadModelsParts<Fold, Change, State>): ReadModels {
  const folder = (folds: Folds<Change, State>): Folder => ({
    batch: (targets, wanted) => {
      const named = targets.flatMap((spec) => {
        const projection = projections.find((each) => each.spec.name === spec.name);
        return projection ? [{ projection, spec }] : [];
      });
      folds.begin();
      return new ChangeBatch(folds, named, wanted);
    },
  });
  return {
    ...rest,
    specs: projections.map(({ spec }) => spec),
    following: (events) => folder(new CachedFolds(folding, events)),
    fromBeginning: () => folder(foldsFromBeginning(folding)),
  };
}
