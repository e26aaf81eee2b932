import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Damage, writingWith } from '../../../src/engine/eventstore/damage.js';
import { ChronicleDamaged, type EventStore, START } from '../../../src/engine/eventstore/port.js';
import { openSqliteEventStore } from '../../../src/engine/eventstore/sqlite/store.js';
import { checkWhole } from '../../../src/engine/eventstore/sqlite/wholeCheck.js';
import { operatorTerms } from '../../../src/engine/operatorTerms.js';
import { openSqlite } from '../../../src/engine/storage/sqlite.js';
import { newEvents } from '../../conformance/eventstore.fixture.js';
import { openChronicle } from '../../support/chronicle.js';
import { copyData } from '../../support/closedFiles.js';
import { hideByPage } from '../../support/damage.js';
import { removeDirectory, temporaryDirectory } from '../../support/server.js';
import { until } from '../../support/waiting.js';

const PAGE = 4_096;

/** So many events that the first tiles of the log are full. For an event in a full tile the log has its hash. */
const PLANS = 14;

let model: string;
let directory: string;
let file: string;
/** Streams of the plans. The first one is damaged below. */
let streams: string[];
let store: EventStore | undefined;
let logged: string[];

beforeAll(async () => {
  model = await temporaryDirectory();
  const chronicle = await openChronicle(model);
  streams = [];
  for (let copy = 1; copy <= PLANS; copy += 1) streams.push(`plan-${await chronicle.plan(copy)}`);
  await chronicle.close();
});
afterAll(() => removeDirectory(model));
beforeEach(async () => {
  directory = await temporaryDirectory();
  file = join(directory, 'chronicle.db');
  logged = [];
  await copyData(join(model, 'chronicle.db'), file);
});
afterEach(async () => {
  await store?.close();
  store = undefined;
  await removeDirectory(directory);
});

async function started(): Promise<EventStore> {
  const log = { error: (_: unknown, text = '') => void logged.push(text), info: () => undefined };
  store = await openSqliteEventStore(file, { log });
  return store;
}

async function stopped(): Promise<void> {
  await store?.close();
  store = undefined;
}

async function tamper(...sql: string[]): Promise<void> {
  const database = await openSqlite(file, 'writer');
  for (const each of sql) database.exec(each);
  database.close();
}

/** Writes the incomplete file that a process killed during a check leaves. The next start then checks again. */
async function leaveUncleanly(): Promise<void> {
  await writeFile(`${file}-check`, '{"fou');
}

const stream = (index: number): string => streams[index] ?? '';

async function lastOf(events: EventStore, name: string): Promise<number> {
  const [last] = await events.readStream(name, { direction: 'backwards', limit: 1 });
  return last?.revision ?? -1;
}

async function append(events: EventStore, name: string): Promise<unknown> {
  const last = await lastOf(events, name);
  return events.append(name, last === -1 ? 'noStream' : last, newEvents(1)).catch((error: unknown) => error);
}

/** Expects that all appends are refused, because the damage cannot be attributed to one stream. */
async function expectAllClosed(events: EventStore, problem: RegExp): Promise<void> {
  expect(writingWith(events.damage())).toBe('CLOSED');
  for (const name of [stream(0), stream(1), 'plan-new']) {
    const refused = await append(events, name);
    expect(refused).toBeInstanceOf(ChronicleDamaged);
    expect(refused).toMatchObject({ stream: undefined, message: expect.stringContaining(operatorTerms().restore) });
  }
  expect(logged.join('\n')).toMatch(problem);
  expect((await events.readAll({ after: START })).events.length).toBeGreaterThan(0);
}

/** Expects that only appends to the first plan are refused. */
async function expectOneClosed(events: EventStore): Promise<void> {
  expect(events.damage().map((each) => each.stream)).toEqual([stream(0)]);
  const refused = await append(events, stream(0));
  expect(refused).toBeInstanceOf(ChronicleDamaged);
  expect(refused).toMatchObject({
    stream: stream(0),
    message: expect.stringMatching(new RegExp(`stream ${stream(0)} .* is damaged .*restore the latest backup`)),
  });
  expect(await append(events, stream(1))).toMatchObject({ lastRevision: expect.any(Number) });
  expect((await events.readStream(stream(0))).length).toBeGreaterThan(0);
}

const HIDDEN = /the index events_by_(stream|id) (holds|was)/;

describe('an index that hides events', () => {
  it.each(['events_by_stream', 'events_by_id'])(
    '%s: the start stops all writing, so that no revision is used twice',
    async (index) => {
      await hideByPage(file, index);
      await expectAllClosed(await started(), HIDDEN);
    },
  );

  it('by a definition of its own is found too, though SQLite finds nothing wrong with it', async () => {
    await tamper(
      'DROP INDEX events_by_stream',
      'CREATE UNIQUE INDEX events_by_stream ON events (stream, revision) WHERE position <> 9',
    );
    await expectAllClosed(await started(), /the index events_by_stream was defined anew/);
  });

  it('and one that is gone', async () => {
    await tamper('DROP INDEX events_by_stream');
    await expectAllClosed(await started(), /the index events_by_stream is missing/);
  });

  it('is found by the whole check where the counts agree', async () => {
    // Changes the stream in one entry of the index. The number of entries is unchanged, so only the whole check finds
    // it.
    const bytes = await readFile(file);
    const page = await leafWith(bytes, `${stream(0)}`, 'events_by_stream');
    const handle = await open(file, 'r+');
    await handle.write('plan-X', page, 'latin1');
    await handle.close();
    expect(await (await started()).damage()).toEqual([]);
    await stopped();
    await leaveUncleanly();
    const events = await started();
    await until(() => events.damage().length > 0);
    await expectAllClosed(events, /events_by_stream/);
  });
});

/** Returns the place of a text in a leaf of an index. */
async function leafWith(bytes: Buffer, text: string, index: string): Promise<number> {
  const database = await openSqlite(file, 'reader');
  const row = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(index);
  database.close();
  expect(row).toBeDefined();
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
    if (bytes[Math.floor(at / PAGE) * PAGE] === 10) return at;
  }
  throw new Error('no such entry');
}

const ROWS: readonly (readonly [what: string, sql: (name: string) => string])[] = [
  [
    'an edited body',
    (name) => `UPDATE events SET body = replace(body, '"reason":"Проба"', '"reason":"П"') WHERE stream = '${name}'`,
  ],
  ['another type', (name) => `UPDATE events SET type = 'PlanClosed' WHERE stream = '${name}' AND revision = 3`],
];

describe('an event that was changed', () => {
  it.each(ROWS)('%s: the check after an unclean stop closes its stream, and the others go on', async (_, sql) => {
    await tamper(sql(stream(0)));
    await leaveUncleanly();
    const events = await started();
    await until(() => events.damage().length > 0);
    await expectOneClosed(events);
    // Damage that was found once is known at the next start, before any check.
    await stopped();
    await expectOneClosed(await started());
  });
});

describe('a hash of the log that was changed', () => {
  it('cannot be told to a stream: all writing stops', async () => {
    await tamper('UPDATE events SET leaf = zeroblob(32) WHERE position = (SELECT position FROM head)');
    await leaveUncleanly();
    const events = await started();
    await until(() => events.damage().length > 0);
    await expectAllClosed(events, /the log and the events differ/);
  });
});

describe('an event that is gone', () => {
  it('stops all writing until it is told to its stream, which is closed then', async () => {
    await tamper(`DELETE FROM events WHERE stream = '${stream(0)}' AND revision = 3`);
    const events = await started();
    expect(writingWith(events.damage())).toBe('CLOSED');
    await until(() => writingWith(events.damage()) === 'PARTLY_CLOSED');
    await expectOneClosed(events);
  });

  it('from the end of its stream cannot be told to it: all writing stays stopped', async () => {
    const last = `(SELECT max(revision) FROM events WHERE stream = '${stream(0)}')`;
    await tamper(`DELETE FROM events WHERE stream = '${stream(0)}' AND revision = ${last}`);
    const events = await started();
    expect(writingWith(events.damage())).toBe('CLOSED');
    await until(() => events.damage().some(({ problem }: Damage) => /removed|missing/.test(problem)));
    await expectAllClosed(events, /the index events_by_stream holds/);
  });
});

describe('a gap in revisions that a reader meets', () => {
  it('closes the stream at once', async () => {
    const events = await started();
    await tamper(`UPDATE events SET revision = revision + 1000 WHERE stream = '${stream(0)}' AND revision = 4`);
    expect(events.damage()).toEqual([]);
    await events.readStream(stream(0));
    expect(events.damage()).toMatchObject([{ stream: stream(0), problem: 'its event 4 is missing' }]);
    expect(await append(events, stream(0))).toBeInstanceOf(ChronicleDamaged);
    expect(await append(events, stream(1))).toMatchObject({ lastRevision: expect.any(Number) });
  });
});

describe('a chronicle that is whole', () => {
  it('is checked after an unclean stop, found whole, and not checked again', async () => {
    await leaveUncleanly();
    const events = await started();
    await untilGone(`${file}-check`);
    expect([events.damage(), logged]).toEqual([[], []]);
    await stopped();
    await started();
    await expect(stat(`${file}-check`)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is checked again by the next start when a stop ends the check, at whatever moment', async () => {
    for (let milliseconds = 0; milliseconds < 150; milliseconds += 12) {
      await leaveUncleanly();
      await started();
      // There is no condition to wait for: the thread starts, reads and ends during this time.
      await pause(milliseconds);
      await stopped();
    }
    await leaveUncleanly();
    const events = await started();
    await untilGone(`${file}-check`);
    expect(events.damage()).toEqual([]);
  });

  it('has no damage by any count or check', async () => {
    expect(await checkWhole(file)).toEqual([]);
  });
});

async function untilGone(path: string): Promise<void> {
  await until(async () => (await stat(path).catch(() => undefined)) === undefined);
}
