import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { built } from '../dist.js';
import { Chronicler } from './chronicler.js';
import { seeded } from './random.js';
import { liveYear } from './year.js';

const { filesIn } = await built('app/dataDirectory.js');
const { openSqliteEventStore } = await built('engine/eventstore/sqlite/store.js');
const { openVault } = await built('engine/vault/sqlite.js');

/** Version of the generator: districts are reused until this number changes. */
const GENERATION = 2;
const ABOUT = 'district.json';

/**
 * Returns the size of a district with this many events: 2,000 plans of 50 activities for a million events, fewer plans
 * for fewer.
 */
export function sizeOf(events) {
  return { events, plans: Math.max(1, Math.round(events / 500)), activities: 50, seed: 2_020 };
}

/**
 * Returns a data directory with the event store of a whole district. It is written, or reused from an earlier run.
 *
 * @param size `{ events, plans, activities, seed }`
 * @param tell called with the number of events written so far.
 * @returns `{ files, ...size, written, clock, seconds }`; `clock` is a moment just after the last event.
 */
export async function district(parent, size, tell = () => {}) {
  const { events, plans, activities, seed } = size;
  const path = join(parent, `district-${events}-${plans}x${activities}-${seed}-v${GENERATION}`);
  const found = await readFile(join(path, ABOUT), 'utf8').catch(() => undefined);
  if (found) return { ...JSON.parse(found), files: filesIn(path) };
  // Written under another name and renamed when complete, so that an interrupted run leaves no incomplete district.
  const partial = `${path}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const about = { ...size, ...(await write(filesIn(partial), size, tell)) };
  await writeFile(join(partial, ABOUT), JSON.stringify(about, null, 2));
  await rename(partial, path);
  return { ...about, files: filesIn(path) };
}

async function write(files, size, tell) {
  const masterKey = randomBytes(32).toString('base64');
  await writeFile(files.masterKey, `${masterKey}\n`, { mode: 0o600 });
  const vault = await openVault(files.vault, Buffer.from(masterKey, 'base64'));
  const store = await openSqliteEventStore(files.chronicle);
  const start = performance.now();
  try {
    const random = seeded(size.seed);
    const chronicler = new Chronicler(random, store, vault);
    const clock = await liveYear(chronicler, random, size, tell);
    return { written: chronicler.written, clock, seconds: (performance.now() - start) / 1_000 };
  } finally {
    await store.close();
    vault.close();
  }
}
