import { join } from 'node:path';
import { built } from './dist.js';

const { READ_MODELS } = await built('projections/readModels.js');
const { openSqliteReadStore } = await built('engine/readstore/sqlite/store.js');

/**
 * Returns the seconds that folding alone takes, and that each read model adds when the runner follows, by name. Only
 * for `--profile`, because it uses internals of the runner.
 */
export async function costOfModels(events, directory) {
  const folding = await costOf(events, join(directory, 'none.db'), []);
  const costs = { 'folding alone': folding };
  for (const spec of READ_MODELS.specs) {
    const seconds = await costOf(events, join(directory, `${spec.name}.db`), [spec]);
    costs[spec.name] = seconds - folding;
  }
  return costs;
}

async function costOf(events, file, specs) {
  const store = await openSqliteReadStore(file);
  await store.prepare(specs);
  const folder = READ_MODELS.following(events);
  const start = performance.now();
  for (let read = { position: '', caughtUp: false }; !read.caughtUp; ) {
    read = await events.readAll({ after: read.position });
    const batch = folder.batch(specs);
    await batch.fold(read.events);
    await batch.write(store);
  }
  const seconds = (performance.now() - start) / 1_000;
  await store.close();
  return seconds;
}
