import {
  type EventBatch,
  type EventFilter,
  type EventStore,
  type NativePosition,
  START,
  type StoredEvent,
} from './port.js';

/** Most events of a stream that are read at once. */
const PAGE = 1_000;

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

/** A stream from its first event on, page by page. */
export async function* pagesOf(
  events: Pick<EventStore, 'readStream'>,
  stream: string,
  size: number = PAGE,
): AsyncGenerator<readonly StoredEvent[]> {
  const limit = Math.min(size, PAGE);
  for (let from = 0; ; from += limit) {
    const page = await events.readStream(stream, { from, limit });
    if (page.length > 0) yield page;
    if (page.length < limit) return;
  }
}
