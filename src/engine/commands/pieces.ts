import type { NewEvent } from '../eventstore/port.js';

/** Limits of one append of a command in several appends: small enough that commands of other users run in between. */
const CHUNK_EVENTS = 500;
const CHUNK_BYTES = 900_000;

/** Splits the events of a command into consecutive appends. */
export function chunksOf(events: readonly NewEvent[]): NewEvent[][] {
  const chunks: NewEvent[][] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(event.body);
    const last = chunks.at(-1);
    if (last && last.length < CHUNK_EVENTS && bytes + size <= CHUNK_BYTES) {
      last.push(event);
      bytes += size;
    } else {
      chunks.push([event]);
      bytes = size;
    }
  }
  return chunks;
}
