import { built } from './dist.js';

const { openSqliteEventStore } = await built('eventstore/sqlite/store.js');
const { ProjectionRunner } = await built('projections/runner/runner.js');
const { openSqliteReadStore } = await built('readstore/sqlite/store.js');

const FOR_EVER = 3_600_000;

export function openChronicle(files) {
  return openSqliteEventStore(files.chronicle);
}

/** Lets the runner follow a whole chronicle into new read models; events a second until it is at the head. */
export async function projected(events, file) {
  const store = await openSqliteReadStore(file);
  const errors = [];
  const log = { error: (...args) => errors.push(args), warn() {}, info() {} };
  const runner = new ProjectionRunner(events, store, log);
  const head = await events.head();
  const start = performance.now();
  await runner.start();
  const isThere = await runner.waitFor(head, FOR_EVER);
  const milliseconds = performance.now() - start;
  await runner.stop();
  await store.close();
  if (!isThere || errors.length > 0) throw new Error(`the runner failed: ${JSON.stringify(errors[0])}`);
  return (Number(head) / milliseconds) * 1_000;
}
