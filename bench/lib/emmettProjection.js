import { emmett, emmettEvent, openEmmett } from './emmett.js';
import { folded } from './rawFold.js';

/** Faster than Emmett's defaults, which are a hundred events and a pause of 50 ms after each batch. */
const PULLING = { batchSize: 1_000, pullingFrequencyInMs: 0 };

/** Returns an Emmett store with the first events of a Letopis event store. */
export async function filledEmmett(file, events, count) {
  const { store, connection, close } = await openEmmett(file, { shared: true });
  const { events: stored } = await events.readAll({ after: '', limit: count });
  for (const [stream, list] of byStream(stored)) await store.appendToStream(stream, list.map(emmettEvent));
  return { store, connection, close, count: stored.length, types: [...new Set(stored.map(({ type }) => type))] };
}

function byStream(stored) {
  const streams = new Map();
  for (const each of stored) {
    if (!streams.has(each.stream)) streams.set(each.stream, []);
    streams.get(each.stream).push(each);
  }
  return streams;
}

/** Projects all events into one table with an Emmett consumer. Returns events per second. */
export async function emmettProjection({ store, connection, count, types }, round) {
  const table = `document_${round}`;
  const plans = new Map();
  let seen = 0;
  const projection = emmett.sqlite.sqliteProjection({
    name: table,
    canHandle: types,
    handle: async (messages, context) => {
      for (const { data, metadata } of messages) {
        seen += 1;
        const found = folded(plans, metadata.streamName, data.event);
        if (!found) continue;
        const upsert = `INSERT INTO ${table} VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body`;
        await context.connection.command(upsert, [found.id, JSON.stringify(found.document)]);
      }
    },
  });
  const consumer = store.consumer({ pulling: PULLING });
  consumer.processor({ processorId: table, projection, startFrom: 'BEGINNING', stopAfter: () => seen === count });
  await connection.command(`CREATE TABLE ${table} (id TEXT PRIMARY KEY, body TEXT NOT NULL)`);
  const start = performance.now();
  await consumer.start();
  if (seen !== count) throw new Error(`Emmett handled ${seen} of ${count} events`);
  return (count / (performance.now() - start)) * 1_000;
}
