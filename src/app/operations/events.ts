import type { StoredEvent } from '../../eventstore/port.js';
import { lookIntoChronicle } from '../../eventstore/sqlite/look.js';
import type { DataDirectory } from '../dataDirectory.js';

/** Which events are listed. */
export interface EventsWanted {
  /** After this position, exclusive; empty: from the first. */
  readonly after: string;
  /** Of streams that begin so. */
  readonly stream: string;
  readonly types: readonly string[];
  readonly limit: number;
}

const PAGE = 1_000;

/**
 * Events as they are stored, page by page, from the file itself: beside a server or without one, and nothing is written.
 *
 * @throws EventStoreUnavailable when there is no chronicle.
 */
export async function* listEvents(files: DataDirectory, wanted: EventsWanted): AsyncGenerator<StoredEvent> {
  const { stream, types } = wanted;
  const chronicle = await lookIntoChronicle(files.chronicle);
  try {
    let { after } = wanted;
    for (let left = wanted.limit; left > 0; ) {
      const filter = { streamPrefix: stream, ...(types.length > 0 ? { types } : {}) };
      const batch = await chronicle.readAll({ after, filter, limit: Math.min(PAGE, left) });
      yield* batch.events;
      left -= batch.events.length;
      if (batch.caughtUp) return;
      after = batch.position;
    }
  } finally {
    chronicle.close();
  }
}
