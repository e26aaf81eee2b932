import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreUnavailable, InvalidAppend, WrongExpectedRevision } from '../../../src/engine/eventstore/port.js';
import { prepareSchema } from '../../../src/engine/eventstore/sqlite/schema.js';
import { Writer, type WriterConnection } from '../../../src/engine/eventstore/sqlite/writer.js';
import { openSqlite, type SqliteDatabase } from '../../../src/engine/storage/sqlite.js';
import { newEvents } from '../../conformance/eventstore.fixture.js';

let directory: string;
let database: SqliteDatabase;
let executed: string[];
let failAt: string | undefined;
let commits: number;
let writer: Writer;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'letopis-writer-'));
  const file = join(directory, 'chronicle.sqlite');
  database = await openSqlite(file, 'writer');
  prepareSchema(file, database);
  executed = [];
  failAt = undefined;
  commits = 0;
  // The driver's methods cannot be replaced: the connection is wrapped instead.
  const connection: WriterConnection = {
    prepare: (sql) => database.prepare(sql),
    get isTransaction() {
      return database.isTransaction;
    },
    exec(sql) {
      executed.push(sql);
      if (sql === failAt) throw Object.assign(new Error('disk I/O error'), { errcode: 10 });
      database.exec(sql);
    },
  };
  const onCommit = () => {
    commits += 1;
  };
  writer = new Writer(file, connection, { damage: { meet: () => undefined, refusal: () => undefined }, onCommit });
});

afterEach(async () => {
  database.close();
  await rm(directory, { recursive: true, force: true });
});

describe('the writer', () => {
  it('commits the appends of one turn together, a refused one rolled back alone', async () => {
    const [taken] = newEvents(1);
    if (!taken) throw new Error('an event is needed');
    const results = await Promise.allSettled([
      append('plan-1', 'noStream', [taken]),
      append('plan-2', 'noStream', [...newEvents(2), taken]),
      append('plan-1', 'noStream', newEvents(1)),
      append('plan-3', 'noStream', newEvents(2)),
      append('plan-4', 'noStream', [taken]),
    ]);
    expect(results).toMatchObject([
      { value: { position: '0000000000000001' } },
      { reason: expect.any(InvalidAppend) },
      { reason: expect.any(WrongExpectedRevision) },
      { value: { position: '0000000000000003' } },
      { reason: expect.any(InvalidAppend) },
    ]);
    expect(executed.filter((sql) => sql === 'BEGIN IMMEDIATE' || sql === 'COMMIT')).toHaveLength(2);
    expect(executed.filter((sql) => sql.startsWith('ROLLBACK'))).toEqual(['ROLLBACK TO append']);
    expect(commits).toBe(1);
    expect(stored()).toEqual({ events: 3, head: 3 });
  });

  it('acknowledges nothing before COMMIT has returned', async () => {
    const acknowledged = append('plan-1', 'noStream', newEvents(1)).then(() => [...executed]);
    expect(executed).toEqual([]);
    expect((await acknowledged).at(-1)).toBe('COMMIT');
  });

  it('takes a flood in several transactions', async () => {
    const flood = Array.from({ length: 2_500 }, (_, index) => append(`plan-${index}`, 'noStream', newEvents(1)));
    await writer.drained();
    await Promise.all(flood);
    expect(executed.filter((sql) => sql === 'COMMIT')).toHaveLength(3);
    expect(stored()).toEqual({ events: 2_500, head: 2_500 });
  });

  it.each(['COMMIT', 'BEGIN IMMEDIATE', 'RELEASE append'])('rejects the whole group when %s fails', async (sql) => {
    const first = newEvents(1);
    await append('plan-1', 'noStream', first);
    failAt = sql;
    const lost = [newEvents(2), newEvents(1)];
    const results = await Promise.allSettled([
      append('plan-1', 0, lost[0] ?? []),
      append('plan-2', 'noStream', lost[1] ?? []),
      append('plan-3', 5, newEvents(1)),
      append('plan-1', 'noStream', first),
    ]);
    for (const result of results) {
      expect(result).toMatchObject({ status: 'rejected', reason: expect.any(EventStoreUnavailable) });
    }
    expect(commits).toBe(1);
    expect(stored()).toEqual({ events: 1, head: 1 });

    failAt = undefined;
    // The writer has forgotten the failed appends: the same appends succeed with the same expected revisions.
    expect(await append('plan-1', 0, lost[0] ?? [])).toMatchObject({ firstRevision: 1, position: '0000000000000003' });
    expect(await append('plan-2', 'noStream', lost[1] ?? [])).toMatchObject({ position: '0000000000000004' });
  });

  it('goes on after a rollback that failed too', async () => {
    failAt = 'COMMIT';
    const begun = append('plan-1', 'noStream', newEvents(1));
    await expect(begun).rejects.toThrow(/chronicle\.sqlite: disk I\/O error/);
    failAt = 'ROLLBACK';
    database.exec('BEGIN IMMEDIATE');
    await expect(append('plan-1', 'noStream', newEvents(1))).rejects.toThrow(EventStoreUnavailable);
    failAt = undefined;
    expect(await append('plan-1', 'noStream', newEvents(1))).toMatchObject({ position: '0000000000000001' });
  });

  it('says what to do when the disk is full, and goes on once it is not', async () => {
    await append('plan-1', 'noStream', newEvents(1));
    const { page_count: pages } = database.prepare('PRAGMA page_count').get();
    database.exec(`PRAGMA max_page_count = ${pages}`);
    const large = newEvents(1).map((event) => ({ ...event, body: 'x'.repeat(100_000) }));
    const group = [append('plan-2', 'noStream', newEvents(1)), append('plan-1', 0, large)];
    for (const result of await Promise.allSettled(group)) {
      expect(result).toMatchObject({ reason: expect.any(EventStoreUnavailable) });
      expect(result).toMatchObject({
        reason: { message: expect.stringContaining('the disk is full: free space on it') },
      });
    }
    expect(stored()).toEqual({ events: 1, head: 1 });
    database.exec('PRAGMA max_page_count = 1000000');
    expect(await append('plan-1', 0, large)).toMatchObject({ position: '0000000000000002' });
  });
});

function append(stream: string, expected: number | 'noStream', events: ReturnType<typeof newEvents>) {
  return writer.append({ stream, expected, events });
}

function stored(): unknown {
  const row = database.prepare('SELECT count(*) AS events, (SELECT position FROM head) AS head FROM events').get();
  return { ...row };
}
