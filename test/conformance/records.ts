import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { KeyedEntry } from '../../src/access/boundedLog.js';
import { openRefusalLog, type RefusedRequest } from '../../src/access/refusals.js';
import { openSessionLog, type SessionLog } from '../../src/access/sessionLog.js';
import { openSessions, type Sessions, sessionId } from '../../src/access/sessions.js';
import { openAccessUses } from '../../src/access/uses.js';
import type { RecordStore, Records, TableSpec } from '../../src/engine/records/port.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';

const Row = z.object({ id: z.string(), group: z.string(), size: z.number(), note: z.string().nullable() });
type Row = z.infer<typeof Row>;

const TABLE: TableSpec<Row> = {
  collection: 'rows',
  table: 'row_of_test',
  create:
    'CREATE TABLE IF NOT EXISTS row_of_test (id TEXT PRIMARY KEY, kind TEXT NOT NULL, size INTEGER NOT NULL, note TEXT)',
  columns: { id: 'id', group: 'kind', size: 'size', note: 'note' },
  indexes: { group: ['group', 'size'] },
  key: 'id',
  changes: [{ field: 'note' }, { field: 'size', max: true }],
  parse: (row) => Row.parse(row),
};

const row = (id: string, over: Partial<Row> = {}): Row => ({ id, group: 'a', size: 1, note: null, ...over });
const ids = (rows: readonly Row[]) => rows.map(({ id }) => id);

/** Registers the conformance tests of stores of small records. */
export function recordsConformance(name: string, open: (directory: string) => Promise<RecordStore>): void {
  describe(`small records: ${name}`, () => {
    let directory: string;
    let store: RecordStore;
    let rows: Records<Row>;
    beforeEach(async () => {
      directory = await temporaryDirectory();
      store = await open(directory);
      rows = await store.open(TABLE);
    });
    afterEach(async () => {
      store.close();
      await removeDirectory(directory);
    });

    it('inserts rows, and changes in those that exist only what the table says', async () => {
      await rows.put([row('1', { size: 5 }), row('2', { size: 5 })]);
      await rows.put([row('1', { group: 'b', size: 9, note: 'new' }), row('2', { size: 3 }), row('3')]);
      expect(await rows.find({}, { by: 'id', limit: 9 })).toEqual([
        row('1', { size: 9, note: 'new' }),
        row('2', { size: 5 }),
        row('3'),
      ]);
    });

    it('updates and removes only rows that exist and fit', async () => {
      await rows.put([row('1'), row('2', { group: 'b' })]);
      await rows.update(row('1', { group: 'c', size: 0, note: 'x' }));
      await rows.update(row('9'));
      await rows.remove({ group: 'b' });
      expect(await rows.find({}, { by: 'id', limit: 9 })).toEqual([row('1', { group: 'c', size: 0, note: 'x' })]);
    });

    it('takes a row once, whoever asks at the same time', async () => {
      await rows.put([row('1'), row('2')]);
      const taken = await Promise.all([rows.take('1'), rows.take('1'), rows.take('1')]);
      expect(taken.filter((each) => each !== undefined)).toEqual([row('1')]);
      expect(await rows.take('9')).toBeUndefined();
      expect(ids(await rows.find({}, { by: 'id', limit: 9 }))).toEqual(['2']);
    });

    it.each([
      ['one value', { group: 'b' }, ['3', '4']],
      ['no value', { note: null }, ['1', '3', '4']],
      ['one of several', { id: { in: ['1', '4', '9'] } }, ['1', '4']],
      ['bounds', { size: { from: 2, to: 3 } }, ['2', '3']],
      ['one bound', { size: { from: 3 } }, ['3', '4']],
      ['what comes after', { size: { after: 2 } }, ['3', '4']],
      ['what comes before', { size: { before: 2 } }, ['1']],
      ['what comes between', { size: { after: 1, before: 4 } }, ['2', '3']],
      ['several conditions', { group: 'b', size: { to: 3 } }, ['3']],
      ['no condition', { group: undefined, size: { from: undefined } }, ['1', '2', '3', '4']],
    ] as const)('finds and counts by %s', async (_, where, found) => {
      await rows.put([
        row('1', { size: 1 }),
        row('2', { size: 2, note: 'n' }),
        row('3', { size: 3, group: 'b' }),
        row('4', { size: 4, group: 'b' }),
      ]);
      expect(ids(await rows.find(where, { by: 'id', limit: 9 }))).toEqual(found);
      expect(await rows.count(where)).toBe(found.length);
    });

    it('gives rows in order, a part at a time', async () => {
      await rows.put(['2', '1', '4', '3'].map((id) => row(id)));
      expect(ids(await rows.find({}, { by: 'id', limit: 2 }))).toEqual(['1', '2']);
      expect(ids(await rows.find({}, { by: 'id', descending: true, skip: 1, limit: 2 }))).toEqual(['3', '2']);
    });

    it('keeps rows', async () => {
      await rows.put([row('1')]);
      const again = await open(directory);
      expect(ids(await (await again.open(TABLE)).find({}, { by: 'id', limit: 9 }))).toEqual(['1']);
      again.close();
    });
  });

  describe(`uses of access and refusals: ${name}`, () => {
    let directory: string;
    let store: RecordStore;
    beforeEach(async () => {
      directory = await temporaryDirectory();
      store = await open(directory);
    });
    afterEach(async () => {
      store.close();
      await removeDirectory(directory);
    });

    it('knows the last use, to the minute', async () => {
      const uses = await openAccessUses(store);
      await uses.record('anna', '2020-10-01T09:00:00.000Z');
      expect(uses.record('anna', '2020-10-01T09:00:59.000Z')).toBeUndefined();
      await uses.record('anna', '2020-10-01T09:01:00.000Z');
      await (await openAccessUses(store)).record('anna', '2020-10-01T08:00:00.000Z');
      expect(await uses.lastUses(['anna', 'boris'])).toEqual(new Map([['anna', '2020-10-01T09:01:00.000Z']]));
      expect(await uses.lastUses([])).toEqual(new Map());
    });

    it('has the refusals newest first, page by page, by who, what and why', async () => {
      const log = await openRefusalLog(store);
      for (const [second, actorId] of ['anna', 'boris', 'anna', 'anna'].entries()) {
        const at = `2020-10-01T09:00:0${second}.000Z`;
        const field = `Mutation.field${second}`;
        await log.record({ at, actorId, role: 'auditor', field, code: 'FORBIDDEN', stream: second === 0 ? 's' : null });
      }
      const fields = (found: readonly KeyedEntry<RefusedRequest>[]) => found.map(({ field }) => field.slice(-1));
      const first = await log.find({ actorId: 'anna' }, { descending: true, limit: 2 });
      expect(fields(first)).toEqual(['3', '2']);
      const [{ key: newest = '' } = {}, { key: middle = '' } = {}] = first;
      const older = { before: middle, descending: true, limit: 2 } as const;
      expect(await log.find({ actorId: 'anna' }, older)).toMatchObject([
        { field: 'Mutation.field0', stream: 's', role: 'auditor' },
      ]);
      expect(fields(await log.find({ actorId: 'anna' }, { after: middle, limit: 2 }))).toEqual(['3']);
      expect(fields(await log.find({}, { after: middle, before: newest, limit: 9 }))).toEqual([]);
      expect(fields(await log.find({}, { limit: 9 }))).toEqual(['0', '1', '2', '3']);
      expect(fields(await log.find({ field: 'Mutation.field1' }, { limit: 9 }))).toEqual(['1']);
      expect([await log.count({}), await log.count({ code: 'NOT_FOUND' })]).toEqual([4, 0]);
    });
  });

  it(`a bounded log keeps what is about others, however much one holder does: ${name}`, async () => {
    const directory = await temporaryDirectory();
    const store = await open(directory);
    const log = await openSessionLog(store);
    const start = Date.parse('2020-10-01T00:00:00Z');
    const record = (actorId: string, second: number) => {
      const at = new Date(start + second * 1_000).toISOString();
      return log.record({ at, actorId, kind: 'started', way: 'key' });
    };
    for (let second = 0; second < 20; second += 1) await record('anna', second);
    for (let second = 20; second < 1_300; second += 1) await record('boris', second);
    expect(await log.count({ actorId: 'anna' })).toBe(20);
    const left = await log.count({ actorId: 'boris' });
    expect([left >= 1_000, left <= 1_100]).toEqual([true, true]);
    const [newest] = await log.find({ actorId: 'boris' }, { descending: true, limit: 1 });
    expect(newest?.at).toBe(new Date(start + 1_299_000).toISOString());
    store.close();
    await removeDirectory(directory);
  });

  describe(`sessions of browsers: ${name}`, () => {
    const ANNA = { holderId: 'anna', lookup: 'key 1' };
    const AT = '2020-10-01T08:00:00.000Z';
    const later = (minutes: number) => new Date(Date.parse(AT) + minutes * 60_000).toISOString();
    const HOURS = 60;
    let directory: string;
    let store: RecordStore;
    let log: SessionLog;
    let sessions: Sessions;
    beforeEach(async () => {
      directory = await temporaryDirectory();
      store = await open(directory);
      log = await openSessionLog(store);
      sessions = await openSessions(store, log);
    });
    afterEach(async () => {
      store.close();
      await removeDirectory(directory);
    });

    it('ends when it is not used for half a day, and lasts while it is used', async () => {
      const [used, idle] = [await sessions.start(ANNA, 'key', AT), await sessions.start(ANNA, 'key', AT)];
      for (const hours of [11, 22, 33]) expect(await sessions.use(used, later(hours * HOURS))).toMatchObject(ANNA);
      expect(await sessions.use(idle, later(13 * HOURS))).toBeUndefined();
      expect(await sessions.use(used, later(46 * HOURS))).toBeUndefined();
    });

    it('ends after a month however it is used', async () => {
      const token = await sessions.start(ANNA, 'key', AT);
      for (let hours = 0; hours <= 30 * 24; hours += 10) {
        expect(await sessions.use(token, later(hours * HOURS))).toMatchObject(ANNA);
      }
      expect(await sessions.use(token, later(30 * 24 * HOURS + 1))).toBeUndefined();
    });

    it('is known to other processes by its token alone, and ended by any of them', async () => {
      const token = await sessions.start(ANNA, 'key', AT);
      const other = await openSessions(store, await openSessionLog(store));
      expect(await other.use(token, AT)).toMatchObject(ANNA);
      expect(await other.use(sessionId(token), AT)).toBeUndefined();
      await other.end(token, AT);
      expect(await sessions.use(token, AT)).toBeUndefined();
      expect(await sessions.stillOpen([sessionId(token)], AT)).toEqual(new Set());
    });

    it('ends everywhere for one person, with the codes that were not used', async () => {
      const boris = await sessions.start({ ...ANNA, holderId: 'boris' }, 'provider', AT);
      const anna = await sessions.start(ANNA, 'key', AT);
      const code = await sessions.newCode(ANNA, AT);
      await sessions.endAll('anna', AT);
      expect([await sessions.use(anna, AT), await sessions.redeem(code, AT)]).toEqual([undefined, undefined]);
      expect(await sessions.use(boris, AT)).toMatchObject({ holderId: 'boris' });
    });

    it('is recorded when it starts and when a person ends it, and not when it is used', async () => {
      const [one, two] = [await sessions.start(ANNA, 'code', AT), await sessions.start(ANNA, 'provider', later(1))];
      await sessions.use(two, later(30));
      await sessions.end(one, later(40));
      await sessions.end(one, later(41));
      await sessions.end('made up', later(42));
      await sessions.endAll('anna', later(50));
      await sessions.start({ ...ANNA, holderId: 'boris' }, 'key', later(60));
      const anna = await log.find({ actorId: 'anna' }, { limit: 9 });
      expect(anna.map(({ at, kind, way }) => [at, kind, way])).toEqual([
        [AT, 'started', 'code'],
        [later(1), 'started', 'provider'],
        [later(40), 'ended', null],
        [later(50), 'endedAll', null],
      ]);
      expect(await log.count({})).toBe(5);
    });

    it('is started by a code once, within a quarter of an hour', async () => {
      const [code, old] = [await sessions.newCode(ANNA, AT), await sessions.newCode(ANNA, AT)];
      const all = await Promise.all([1, 2, 3].map(() => sessions.redeem(code, later(15))));
      expect(all.filter((each) => each !== undefined)).toMatchObject([ANNA]);
      expect(await sessions.redeem(old, later(16))).toBeUndefined();
      expect(await sessions.redeem('made up', AT)).toBeUndefined();
    });
  });
}
