// Appends from several writers at once until it is killed, and prints what was acknowledged.
import { writeSync } from 'node:fs';

const [module, file, round] = process.argv.slice(2);
const { openSqliteEventStore } = await import(module);
const store = await openSqliteEventStore(file);

const WRITERS = 8;
const BATCH = 3;

await Promise.all(Array.from({ length: WRITERS }, (_, writer) => appendForEver(`plan-${writer}`)));

async function appendForEver(stream) {
  const [last] = await store.readStream(stream, { direction: 'backwards', limit: 1 });
  for (let expected = last?.revision ?? 'noStream', count = 0; ; count += 1) {
    const events = Array.from({ length: BATCH }, (_, index) =>
      eventWith(`${round}/${stream}/${count}/${index}`, stream),
    );
    const { lastRevision, position } = await store.append(stream, expected, events);
    // Written at once, not by a buffered stream: a line that the parent has read was acknowledged before the kill.
    writeSync(1, `${JSON.stringify({ stream, lastRevision, position, ids: events.map(({ id }) => id) })}\n`);
    expected = lastRevision;
  }
}

/** Returns an event that contains the place at which it is stored, which the test checks after a kill. */
function eventWith(id, stream) {
  const event = { type: 'Noted', data: { text: 'x'.repeat(300) } };
  return { id, type: 'Noted', schemaVersion: 1, body: JSON.stringify({ event, id, schemaVersion: 1, stream }) };
}
