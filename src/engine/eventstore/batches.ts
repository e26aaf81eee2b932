import {
  type EventBatch,
  type EventFilter,
  type EventStore,
  type NativePosition,
  START,
  type StoredEvent,
} from './port.js';

/** Maximum number of events of a stream in one read. */
const EVENTS_PER_BATCH = 1_000;

/** A source of batches: an event store, or a chronicle opened read-only. */
interface ReadInBatches {
  readAll(options: { readonly after: NativePosition; readonly filter?: EventFilter }): Promise<EventBatch>;
}

/** Yields the events of a chronicle from the beginning to the head, batch by batch. */
export async function* batchesOf(chronicle: ReadInBatches, filter: EventFilter = {}): AsyncGenerator<EventBatch> {
  for (let after = START; ; ) {
    const batch = await chronicle.readAll({ after, filter });
    yield batch;
    if (batch.caughtUp) return;
    after = batch.position;
  }
}

/** Yields the events of a stream from the first one, page by page. */
export async function* pagesOf(
  events: Pick<EventStore, 'readStream'>,
  stream: string,
  size: number = EVENTS_PER_BATCH,
): AsyncGenerator<readonly StoredEvent[]> {
  const limit = Math.min(size, EVENTS_PER_BATCH);
  for (let from = 0; ; from += limit) {
    const page = await events.readStream(stream, { from, limit });
    if (page.length > 0) yield page;
    if (page.length < limit) return;
  }
}
