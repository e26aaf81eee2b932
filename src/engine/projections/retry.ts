import type { Logger } from 'pino';
import { pagesOf } from '../eventstore/batches.js';
import type { EventStore, NativePosition } from '../eventstore/port.js';
import type { CollectionSpec, ReadStore } from '../readstore/port.js';
import { ALL_MODELS } from './batch.js';
import type { Quarantine } from './quarantine.js';
import type { ReadModels } from './readModels.js';

/** Dependencies of a retry. */
export interface RetryParts {
  readonly models: ReadModels;
  readonly events: EventStore;
  readonly store: ReadStore;
  readonly quarantine: Quarantine;
  readonly log: Pick<Logger, 'error'>;
}

/** Folds a whole stream up to a position and writes its quarantined rows. */
export async function retryStream(
  { models, events, store, quarantine, log }: RetryParts,
  targets: readonly CollectionSpec[],
  stream: string,
  upTo: NativePosition,
): Promise<void> {
  const entries = quarantine.entries.filter((entry) => entry.stream === stream);
  const isAll = entries.some(({ model }) => model === ALL_MODELS);
  const wanted = (model: string, documentId: string) =>
    isAll || entries.some((entry) => entry.model === model && (entry.documentId ?? documentId) === documentId);
  const batch = models.fromBeginning().batch(targets, wanted);
  try {
    for await (const page of pagesOf(events, stream)) {
      await batch.fold(page.filter(({ position }) => position <= upTo));
    }
  } catch (error) {
    log.error({ err: error, stream }, 'the events of a quarantined stream cannot be read');
    return;
  }
  const [unfolded] = batch.broken;
  if (unfolded) {
    log.error(unfolded, 'a quarantined stream still cannot be folded');
    return;
  }
  const outcomes = await batch.write(store, true);
  const again = new Set(
    outcomes.flatMap(({ failures }) => failures.map(({ model, documentId }) => `${model} ${documentId}`)),
  );
  await quarantine.settle(outcomes);
  await quarantine.release(
    (entry) => entry.stream === stream && entry.documentId === null && !again.has(`${entry.model} null`),
  );
}
