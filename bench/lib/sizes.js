import { BSON } from 'mongodb';
import { built } from './dist.js';

const { openSqlite } = await built('engine/storage/sqlite.js');
const { openSqliteEventStore } = await built('engine/eventstore/sqlite/store.js');
const { openSqliteReadStore } = await built('engine/readstore/sqlite/store.js');
const { eventSize, proposed } = await built('engine/eventstore/kurrentdb/codec.js');
const { recordFromDocument } = await built('engine/readstore/mongodb/documents.js');
const { layoutOf } = await built('engine/readstore/layout.js');
const { ProjectionRunner } = await built('engine/projections/runner.js');
const { READ_MODELS } = await built('projections/readModels.js');

const PAGE = 1_000;
const SILENT = { error() {}, warn() {}, info() {} };

/**
 * Returns the bytes of a district by store: of the SQLite files without free pages, of its events as they are sent to
 * KurrentDB, and of its documents as BSON. The last two are the bytes that the engines receive, without their indexes
 * and compression.
 *
 * @param files of a data directory whose read models are built.
 */
export async function sizesOf(files) {
  return {
    events: await fileSize(files.chronicle),
    keys: await fileSize(files.vault),
    readModels: await fileSize(files.readModels),
    kurrent: await sentEvents(files.chronicle),
    mongo: await storedDocuments(files),
  };
}

async function fileSize(file) {
  const database = await openSqlite(file, 'reader');
  try {
    return database.prepare('SELECT sum(pgsize) AS bytes FROM dbstat').get().bytes;
  } finally {
    database.close();
  }
}

async function sentEvents(chronicle) {
  const store = await openSqliteEventStore(chronicle);
  let [bytes, after] = [0, ''];
  try {
    for (let caughtUp = false; !caughtUp; ) {
      const batch = await store.readAll({ after, limit: PAGE });
      for (const event of batch.events) bytes += eventSize(proposed(event));
      ({ position: after, caughtUp } = batch);
    }
    return bytes;
  } finally {
    await store.close();
  }
}

async function storedDocuments({ chronicle, readModels }) {
  const [events, store] = [await openSqliteEventStore(chronicle), await openSqliteReadStore(readModels)];
  const runner = new ProjectionRunner(READ_MODELS, events, store, SILENT);
  await runner.open();
  let bytes = 0;
  try {
    for (const spec of READ_MODELS.specs.map((each) => runner.live(each))) {
      const layout = layoutOf(spec);
      for (let after; ; ) {
        const { documents, more } = await store.find(spec, { filter: [], order: [], limit: PAGE, after });
        for (const document of documents) bytes += BSON.calculateObjectSize(recordFromDocument(layout, document, ''));
        if (!more) break;
        after = { values: [], id: documents.at(-1).id };
      }
    }
    return bytes;
  } finally {
    await events.close();
    await store.close();
  }
}
