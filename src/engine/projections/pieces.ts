import type { StoredEvent } from '../eventstore/port.js';
import type { CollectionSpec } from '../readstore/port.js';
import type { Batch } from './batch.js';
import type { ReadModels } from './readModels.js';

/** Folds pieces of streams into batches. The streams come one after another, each from its first event on. */
export interface PieceFolder {
  /** Whether the next piece can be folded while this thread writes. */
  readonly isParallel: boolean;
  /** Folds the next piece. Streams that cannot be folded are skipped from then on. */
  fold(events: readonly StoredEvent[]): Promise<Batch>;
  close(): Promise<void>;
}

/** Returns a folder that works in the calling thread. */
export function folderHere(models: ReadModels, targets: readonly CollectionSpec[]): PieceFolder {
  const folder = models.fromBeginning();
  const broken = new Set<string>();
  return {
    isParallel: false,
    async fold(events) {
      const batch = folder.batch(targets);
      await batch.fold(events, (stream) => broken.has(stream));
      for (const { stream } of batch.broken) broken.add(stream);
      return batch;
    },
    close: async () => undefined,
  };
}
