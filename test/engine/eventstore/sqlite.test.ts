import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventStore, EventStoreUnavailable, START } from '../../../src/engine/eventstore/port.js';
import { openSqliteEventStore } from '../../../src/engine/eventstore/sqlite/store.js';
import { openSqlite } from '../../../src/engine/storage/sqlite.js';
import { given, idsOf, newEvents, readEverything } from '../../conformance/eventstore.fixture.js';

/** Converts a file to the tables before there was a log. */
const WITHOUT_LOG =
  'DROP TABLE tree; DROP TABLE tiles; DROP TABLE checkpoints; DROP TABLE log_keys; ALTER TABLE events DROP COLUMN leaf;';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'letopis-sqlite-'));
  file = join(directory, 'chronicle.sqlite');
});

afterEach(() => rm(directory, { recursive: true, force: true }));

describe('positions in SQLite', () => {
  it('are dense and 16 digits wide', async () => {
    await withStore(async (store) => {
      await given(store, 'plan-1', newEvents(3));
      await expect(store.append('plan-1', 9, newEvents(4))).rejects.toThrow();
      await given(store, 'plan-2', newEvents(1));
      expect((await readEverything(store)).map(({ position }) => position)).toEqual([
        '0000000000000001',
        '0000000000000002',
        '0000000000000003',
        '0000000000000004',
      ]);
    });
  });

  it('are not given again after the last row was deleted, and the loss is found', async () => {
    await withStore(async (store) => {
      await given(store, 'plan-1', newEvents(2));
      await tamper('DELETE FROM events WHERE position = 2');
      expect(await store.append('plan-2', 'noStream', newEvents(1))).toMatchObject({ position: '0000000000000003' });
      await tamper('DELETE FROM events WHERE position = 3');
    });
    await expectRefusal(/is damaged.*head says 3.*last event is 1.*restore it from a backup/);
  });
});

describe('the file', () => {
  it('is one whole file after closing', async () => {
    await withStore((store) => given(store, 'plan-1', newEvents(3)));
    const [wal] = (await readdir(directory)).filter((name) => name.endsWith('-wal'));
    if (wal) expect(await readFile(join(directory, wal))).toHaveLength(0);
    const copy = join(directory, 'copy.sqlite');
    await writeFile(copy, await readFile(file));
    const store = await openSqliteEventStore(copy);
    expect(await readEverything(store)).toHaveLength(3);
    await store.close();
  });

  it('has a name of its own', async () => {
    const ids = new Set<string>();
    for (const name of ['a', 'b']) {
      const store = await openSqliteEventStore(join(directory, name));
      ids.add(store.chronicleId);
      await store.close();
    }
    expect(ids.size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('may be what a crash left before the tables were there', async () => {
    const database = await openSqlite(file, 'writer');
    database.close();
    await withStore(async (store) => expect(await store.head()).toBe(START));
  });

  it('is refused when it is no SQLite file, and stays as it is', async () => {
    const text = 'Протокол заседания\n'.repeat(100);
    await writeFile(file, text);
    await expectRefusal(/is not a SQLite database.*name another file/);
    expect(await readFile(file, 'utf8')).toBe(text);
    await writeFile(file, 'SQLite');
    await expectRefusal(/is not a SQLite database/);
  });

  it('is refused when it belongs to another program, and stays as it is', async () => {
    const foreign = await openSqlite(file, 'writer');
    foreign.exec('PRAGMA journal_mode = DELETE; CREATE TABLE accounts (id INTEGER PRIMARY KEY)');
    foreign.close();
    const before = await readFile(file);
    await expectRefusal(/belongs to another program/);
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  it('is refused when a newer version wrote it', async () => {
    await withStore(async () => undefined);
    await tamper('PRAGMA user_version = 4');
    await expectRefusal(/newer version of this program \(schema 4, this one knows 3\): install/);
  });

  it('of the first version is brought to the present one, with the kinds of its events', async () => {
    await withStore((store) => given(store, 'plan-1', [...newEvents(2), ...newEvents(1, 'Closed')]));
    await tamper(
      `${WITHOUT_LOG} DROP TABLE kinds; ALTER TABLE events DROP COLUMN schema_version; PRAGMA user_version = 1`,
    );
    await withStore(async (store) => {
      expect((await store.readStream('plan-1')).map(({ type, schemaVersion }) => [type, schemaVersion])).toEqual([
        ['Noted', 1],
        ['Noted', 1],
        ['Closed', 1],
      ]);
      expect(await store.kinds()).toEqual([
        { type: 'Closed', schemaVersion: 1, writtenBy: '0.1.0' },
        { type: 'Noted', schemaVersion: 1, writtenBy: '0.1.0' },
      ]);
    });
  });

  it('is refused when it is damaged', async () => {
    await withStore((store) => given(store, 'plan-1', newEvents(500)));
    await truncate(file, 6_000);
    await expectRefusal(/damaged: stop the server and restore it from a backup/);
  });

  it('is refused when its head row is missing', async () => {
    await withStore(async () => undefined);
    await tamper('DELETE FROM head');
    await expectRefusal(/head row is missing.*restore/);
  });

  it('is refused when it cannot be created', async () => {
    file = join(directory, 'none', 'chronicle.sqlite');
    await expectRefusal(/check that its directory exists/);
    file = directory;
    await expectRefusal(/EISDIR/);
  });

  it('that is damaged in the middle makes reads fail by name, not in part', async () => {
    await withStore(async (store) => {
      await given(store, 'plan-1', newEvents(2_000));
    });
    const bytes = await readFile(file);
    // The first page contains the schema and is kept; the pages of the rows are overwritten.
    bytes.fill(0xff, 8 * 4096, bytes.length - 8 * 4096);
    await writeFile(file, bytes);
    const attempt = withStore(async (store) => readEverything(store));
    await expect(attempt).rejects.toThrow(EventStoreUnavailable);
    await expect(attempt).rejects.toThrow(/chronicle\.sqlite.*restore it from a backup/);
  });
});

describe('a batch', () => {
  it('ends early when its events are large, and the next one goes on', async () => {
    await withStore(async (store) => {
      const events = newEvents(6).map((event) => ({ ...event, body: `"${'x'.repeat(3_900_000)}"` }));
      for (const [index, event] of events.entries()) {
        await store.append('plan-1', index === 0 ? 'noStream' : index - 1, [event]);
      }
      const batch = await store.readAll({ after: START });
      expect(batch.events.length).toBeLessThan(6);
      expect(batch.caughtUp).toBe(false);
      expect(idsOf(await readEverything(store))).toEqual(idsOf(events));
    });
  });

  it('lets appends through while somebody catches up', async () => {
    await withStore(async (store) => {
      await given(store, 'plan-1', newEvents(200));
      const reading = readEverything(store, {}, 1);
      await store.append('plan-2', 'noStream', newEvents(1));
      // The event came before the reading was done: so it was read as well.
      expect(await reading).toHaveLength(201);
    });
  });

  it.each([0, -1, 1.5, Number.NaN])('of %p is refused', async (limit) => {
    await withStore(async (store) => {
      await expect(store.readAll({ after: START, limit })).rejects.toThrow(RangeError);
      await expect(store.readStream('plan-1', { limit })).rejects.toThrow(RangeError);
    });
  });
});

async function withStore<T>(use: (store: EventStore) => Promise<T>): Promise<T> {
  const store = await openSqliteEventStore(file);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

async function tamper(sql: string): Promise<void> {
  const database = await openSqlite(file, 'writer');
  database.exec(sql);
  database.close();
}

async function expectRefusal(message: RegExp): Promise<void> {
  const attempt = openSqliteEventStore(file);
  await expect(attempt).rejects.toThrow(EventStoreUnavailable);
  await expect(attempt).rejects.toThrow(message);
  await expect(attempt).rejects.toThrow(file);
}
