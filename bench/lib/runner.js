import { built } from './dist.js';

const { openSqliteEventStore } = await built('engine/eventstore/sqlite/store.js');
const { COLLECTIONS, READ_MODELS } = await built('projections/readModels.js');
const { ProjectionRunner } = await built('engine/projections/runner.js');
const { checkpointOf } = await built('engine/readstore/port.js');
const { openSqliteReadStore } = await built('engine/readstore/sqlite/store.js');

const FOR_EVER = 3_600_000;

/** Opens the event store of a data directory. */
export function openChronicle(files) {
  return openSqliteEventStore(files.chronicle);
}

/**
 * Builds new read models from a whole event store with the runner. Returns events per second until the head, and the
 * number of records then.
 *
 * @param following true: the read models have applied the first event and follow in the order of the store, as after a
 * downtime of the server. False: the read models are empty, and the runner fills them in the quickest way.
 */
export async function projected(events, file, { following }) {
  const store = await openSqliteReadStore(file);
  if (following) {
    const { position } = await events.readAll({ after: '', limit: 1 });
    for (const spec of COLLECTIONS) await store.moveCheckpoint(checkpointOf(spec), undefined, position);
  }
  const errors = [];
  const log = { error: (...args) => errors.push(args), warn() {}, info() {} };
  const runner = new ProjectionRunner(READ_MODELS, events, store, log);
  const head = await events.head();
  const start = performance.now();
  await runner.start();
  const isThere = await runner.waitFor(head, FOR_EVER);
  const milliseconds = performance.now() - start;
  await runner.stop();
  let documents = 0;
  for (const spec of COLLECTIONS) documents += await store.count(spec, []);
  await store.close();
  if (!isThere || errors.length > 0) throw new Error(`the runner failed: ${JSON.stringify(errors[0])}`);
  return { rate: (Number(head) / milliseconds) * 1_000, documents };
}
