import type { StoredEvent } from '../../engine/eventstore/port.js';
import { openChronicleReadOnly } from '../../engine/eventstore/sqlite/openReadOnly.js';
import type { Config } from '../config.js';
import { filesIn } from '../dataDirectory.js';
import { EMBEDDED, openChronicle } from '../stores.js';

/** Filter of listed events. */
export interface EventsWanted {
  /** After this position, exclusive; empty: from the first. */
  readonly after: string;
  /** Prefix of the stream; empty: all streams. */
  readonly stream: string;
  readonly types: readonly string[];
  readonly limit: number;
}

const EVENTS_PER_READ = 1_000;

/**
 * Yields events as they are stored, read from the engine page by page. A server may run. Writes nothing.
 *
 * @throws EventStoreUnavailable when there is no chronicle.
 */
export async function* listEvents(config: Config, wanted: EventsWanted): AsyncGenerator<StoredEvent> {
  const { stream, types } = wanted;
  const files = filesIn(config.LETOPIS_DATA);
  const isEmbedded = config.LETOPIS_EVENT_STORE === EMBEDDED;
  const chronicle = isEmbedded
    ? await openChronicleReadOnly(files.chronicle)
    : await openChronicle(config, files, { mustExist: true });
  try {
    let { after } = wanted;
    for (let left = wanted.limit; left > 0; ) {
      const filter = { ...(stream === '' ? {} : { streamPrefixes: [stream] }), ...(types.length > 0 ? { types } : {}) };
      const batch = await chronicle.readAll({ after, filter, limit: Math.min(EVENTS_PER_READ, left) });
      yield* batch.events;
      left -= batch.events.length;
      if (batch.caughtUp) return;
      after = batch.position;
    }
  } finally {
    await chronicle.close();
  }
}
