import { built } from './dist.js';

const { openSqliteEventStore } = await built('eventstore/sqlite/store.js');
const { COLLECTIONS } = await built('projections/runner/readModels.js');
const { ProjectionRunner } = await built('projections/runner/runner.js');
const { checkpointOf } = await built('readstore/port.js');
const { openSqliteReadStore } = await built('readstore/sqlite/store.js');

const FOR_EVER = 3_600_000;

export function openChronicle(files) {
  return openSqliteEventStore(files.chronicle);
}

/**
 * Lets the runner take a whole chronicle into new read models: events a second until it is at the head, and how many
 * documents there are then.
 *
 * @param following as models that have seen the first event and go on in the order of the chronicle, as a server does
 *   that was away; else as empty ones, which are filled in whatever way is quickest.
 */
export async function projected(events, file, { following }) {
  const store = await openSqliteReadStore(file);
  if (following) {
    const { position } = await events.readAll({ after: '', limit: 1 });
    for (const spec of COLLECTIONS) await store.moveCheckpoint(checkpointOf(spec), undefined, position);
  }
  const errors = [];
  const log = { error: (...args) => errors.push(args), warn() {}, info() {} };
  const runner = new ProjectionRunner(events, store, log);
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
