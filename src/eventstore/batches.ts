import { type EventBatch, type EventFilter, type NativePosition, START } from './port.js';

/** What is read batch by batch: a store, or a look into its file. */
interface ReadInBatches {
  readAll(options: { readonly after: NativePosition; readonly filter?: EventFilter }): Promise<EventBatch>;
}

/** A chronicle from its beginning, batch by batch, until the head is reached. */
export async function* batchesOf(chronicle: ReadInBatches, filter: EventFilter = {}): AsyncGenerator<EventBatch> {
  for (let after = START; ; ) {
    const batch = await chronicle.readAll({ after, filter });
    yield batch;
    if (batch.caughtUp) return;
    after = batch.position;
  }
}
