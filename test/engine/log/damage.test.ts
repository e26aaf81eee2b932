import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { logProblemText } from '../../../src/application/logProblems.js';
import { canonicalJson } from '../../../src/engine/eventstore/canonicalJson.js';
import type { EventLog, EventStore, NewEvent } from '../../../src/engine/eventstore/port.js';
import { openChronicleReadOnly } from '../../../src/engine/eventstore/sqlite/openReadOnly.js';
import { openSqliteEventStore } from '../../../src/engine/eventstore/sqlite/store.js';
import { originOf, parseCheckpoint, signedCheckpoint } from '../../../src/engine/log/checkpoint.js';
import type { Finding } from '../../../src/engine/log/findings.js';
import { sealedAnchor } from '../../../src/engine/log/logAnchor.js';
import { EMPTY_TREE, type Frontier, leafHash, NO_HASH, rootOf, withLeaf } from '../../../src/engine/log/merkle.js';
import { verifierKey } from '../../../src/engine/log/note.js';
import { type Verification, verifyLog } from '../../../src/engine/log/verify.js';
import { Checkpointer, type CheckpointerParts } from '../../../src/engine/signing/checkpointing.js';
import { checkpointOver, logKeyring } from '../../../src/engine/signing/logKeys.js';
import { openSqlite, type SqliteDatabase } from '../../../src/engine/storage/sqlite.js';
import { silent } from '../../support/server.js';

/** Events of three streams by turns, each naming the one before it: more than two full tiles of hashes. */
const EVENTS = 600;
const CHECKPOINTS = [100, 300, 590];
const CHRONICLE = 'c0000000-0000-4000-8000-000000000001';
const KEYS = logKeyring(CHRONICLE, { secretFor: (purpose) => leafHash(purpose) });
const SIGNERS = KEYS.signers;
const WITNESSED = 1_600_000_000;

/** The recorded events. */
const ORIGINALS: NewEvent[] = [];
for (let position = 1; position <= EVENTS; position += 1) {
  const before = ORIGINALS[position - 4];
  ORIGINALS.push(eventOf(position, `plan-${(position - 1) % 3}`, before ? leafHash(before.body) : NO_HASH));
}

let home: string;
let recorded: string;
let directory: string;
let file: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'letopis-log-'));
  recorded = join(home, 'chronicle.db');
  const store = await openSqliteEventStore(recorded, { chronicleId: CHRONICLE });
  for (const [index, event] of ORIGINALS.entries()) {
    const revision = Math.floor(index / 3);
    await store.append(`plan-${index % 3}`, revision === 0 ? 'noStream' : revision - 1, [event]);
    if (CHECKPOINTS.includes(index + 1)) await sign((await store.log?.tree()) ?? EMPTY_TREE, store.log);
  }
  await store.close();
});
afterAll(() => rm(home, { recursive: true, force: true }));

beforeEach(async () => {
  directory = await mkdtemp(join(home, 'copy-'));
  file = join(directory, 'chronicle.db');
  await copyFile(recorded, file);
});

afterEach(() => rm(directory, { recursive: true, force: true }));

function eventOf(position: number, stream: string, previous: Buffer, title = `№ ${position}`): NewEvent {
  const id = `e-${position}`;
  const recordedAt = new Date(WITNESSED * 1_000 + position * 1_000).toISOString();
  const value = {
    ...{
      id,
      stream,
      recordedAt,
      schemaVersion: 1,
      actor: { id: 'a1' },
      reason: 'приказ',
      previous: previous.toString('base64'),
    },
    event: { type: 'PlanDetailsChanged', data: { title } },
  };
  return { id, type: 'PlanDetailsChanged', schemaVersion: 1, body: canonicalJson(value) };
}

async function sign(
  tree: Frontier,
  log: Pick<EventLog, 'putCheckpoint'> | undefined,
  signers = SIGNERS,
): Promise<void> {
  const checkpoint = { origin: originOf(CHRONICLE), size: tree.size, root: rootOf(tree) };
  await log?.putCheckpoint(tree.size, signedCheckpoint(checkpoint, signers, WITNESSED));
}

async function verified(remembered?: string): Promise<Verification> {
  const look = await openChronicleReadOnly(file, { mustBeWhole: false });
  try {
    return await verifyLog(look.log, {
      ...SIGNERS,
      remembered: remembered === undefined ? undefined : parseCheckpoint(remembered),
    });
  } finally {
    look.close();
  }
}

/** Changes the file as somebody with the right to write it would. */
async function edited(edit: (database: SqliteDatabase) => void): Promise<void> {
  const database = await openSqlite(file, 'writer');
  edit(database);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}

const tamper = (sql: string, ...values: (string | number | Buffer)[]) =>
  edited((database) => void database.prepare(sql).run(...values));

async function note(size: number): Promise<string> {
  const look = await openChronicleReadOnly(file, { mustBeWhole: false });
  try {
    return [...look.log.checkpoints()].find((each) => each.size === size)?.note ?? '';
  } finally {
    look.close();
  }
}

/** Returns a finding as a sentence: what was found, and where. */
function told(finding: Finding): string {
  const { kind, ...where } = finding;
  const { entry, ...rest } = { entry: undefined, ...where };
  return [kind, ...(entry ? [`event ${entry.position}`] : []), ...Object.values(rest)].join(' ');
}

const body = (position: number, replace: (text: string) => string) =>
  tamper('UPDATE events SET body = ? WHERE position = ?', replace(original(position).body), position);

const exchange = (one: number, other: number) =>
  edited((database) => {
    const put = database.prepare('UPDATE events SET position = ? WHERE position = ?');
    put.run(-1, one);
    put.run(one, other);
    put.run(other, -1);
  });

/** Inserts events at a position. Later events get other numbers, in the given stream too. */
const insert = (position: number, events: readonly NewEvent[], stream = 'plan-9') =>
  edited((database) => {
    renumber(database, position, events.length);
    const before = 'SELECT coalesce(max(revision), -1) AS revision FROM events WHERE stream = ? AND position < ?';
    const first = Number(database.prepare(before).get(stream, position)?.revision) + 1;
    for (const sign of [-1, 1]) {
      const later = 'UPDATE events SET revision = ? * (abs(revision) + ?) WHERE stream = ? AND position > ?';
      database.prepare(later).run(sign, sign < 0 ? events.length : 0, stream, position + events.length - 1);
    }
    const put = database.prepare(
      "INSERT INTO events (position, stream, revision, id, type, body, leaf) VALUES (?, ?, ?, ?, 'PlanDetailsChanged', ?, ?)",
    );
    for (const [index, { id, body }] of events.entries()) {
      put.run(position + index, stream, first + index, id, body, leafHash(body));
    }
  });

/** Removes events. Later events get other numbers. */
const remove = (from: number, to: number) =>
  edited((database) => {
    database.prepare('DELETE FROM events WHERE position BETWEEN ? AND ?').run(from, to);
    renumber(database, to + 1, from - to - 1);
  });

function renumber(database: SqliteDatabase, from: number, by: number): void {
  database.prepare('UPDATE events SET position = -(position + ?) WHERE position >= ?').run(by, from);
  database.exec('UPDATE events SET position = -position WHERE position < 0');
  database.exec('UPDATE head SET position = (SELECT max(position) FROM events)');
}

/** An event that was never recorded. */
const foreign = (number: number) => eventOf(1_000 + number, 'plan-9', NO_HASH);

function original(position: number): NewEvent {
  const event = ORIGINALS[position - 1];
  if (!event) throw new Error(`there is no event ${position}`);
  return event;
}

/** The tree over the first events, as they were recorded. */
function treeOf(size: number): Frontier {
  return ORIGINALS.slice(0, size)
    .map(({ body }) => leafHash(body))
    .reduce(withLeaf, EMPTY_TREE);
}

describe('a chronicle as it was recorded', () => {
  it('is verified, up to its last checkpoint and at the time of its witness', async () => {
    const { events, found, anchor } = await verified();
    expect({ events, found }).toEqual({ events: EVENTS, found: 0 });
    expect(anchor).toMatchObject({ checkpoint: { size: 590 }, seenAt: WITNESSED });
  });

  it('is verified with whatever checkpoint was remembered of it', async () => {
    for (const size of CHECKPOINTS) expect((await verified(await note(size))).found).toBe(0);
  });

  it('has no anchor before it is signed', async () => {
    await tamper('DELETE FROM checkpoints');
    expect(await verified()).toMatchObject({ found: 0, anchor: undefined });
  });
});

interface Damage {
  readonly what: string;
  readonly by: () => Promise<void>;
  readonly isReportedAs: readonly string[];
}

const damages: readonly Damage[] = [
  {
    what: 'an edited payload',
    by: () => body(7, (text) => text.replace('№ 7', '№ 8')),
    isReportedAs: ['edited event 7'],
  },
  {
    what: 'an edited actor',
    by: () => body(300, (text) => text.replace('"a1"', '"a2"')),
    isReportedAs: ['edited event 300'],
  },
  {
    what: 'an edited time, beyond the full tiles',
    by: () => body(580, (text) => text.replace('"recordedAt":"2020', '"recordedAt":"2019')),
    isReportedAs: ['edited event 580'],
  },
  {
    what: 'an edited reason',
    by: () => body(1, (text) => text.replace('приказ', 'просьба')),
    isReportedAs: ['edited event 1'],
  },
  {
    what: 'an edited event whose leaf was made anew',
    async by() {
      await body(7, (text) => text.replace('№ 7', '№ 8'));
      await tamper('UPDATE events SET leaf = ? WHERE position = 7', leafHash(original(7).body.replace('№ 7', '№ 8')));
    },
    isReportedAs: ['edited event 7'],
  },
  {
    what: 'the same beyond the full tiles, where the event after it tells',
    async by() {
      await body(580, (text) => text.replace('№ 580', '№ 581'));
      const leaf = leafHash(original(580).body.replace('№ 580', '№ 581'));
      await tamper('UPDATE events SET leaf = ? WHERE position = 580', leaf);
    },
    isReportedAs: ['unchained event 583', 'rewritten 300 590', 'wrongTree 600'],
  },
  {
    what: 'a removed event',
    by: () => tamper('DELETE FROM events WHERE position = 10'),
    isReportedAs: ['removed 10 10'],
  },
  {
    what: 'an event put in, and all later ones numbered anew',
    by: () => insert(301, [foreign(1)]),
    isReportedAs: ['inserted event 301'],
  },
  {
    what: 'the same in a stream that goes on behind it',
    by: () => insert(301, [foreign(1)], 'plan-0'),
    isReportedAs: ['inserted event 301'],
  },
  {
    what: 'events put in at the beginning and at the last place that full tiles know',
    async by() {
      await insert(512, [foreign(1)]);
      await insert(1, [foreign(2), foreign(3)]);
    },
    isReportedAs: ['inserted event 1', 'inserted event 2', 'inserted event 514'],
  },
  {
    what: 'an event taken out, and all later ones numbered anew',
    by: () => remove(301, 301),
    isReportedAs: ['removed 301 301'],
  },
  {
    what: 'events taken out, others edited, moved and put in, all numbered anew',
    async by() {
      await insert(501, [foreign(1)]);
      await exchange(400, 402);
      await body(300, (text) => text.replace('№ 300', '№ 301'));
      await remove(250, 261);
    },
    isReportedAs: [
      'removed 250 261',
      'edited event 288',
      'moved event 388 402',
      'moved event 390 400',
      'inserted event 489',
    ],
  },
  {
    what: 'the first event taken out',
    by: () => remove(1, 1),
    isReportedAs: ['removed 1 1'],
  },
  {
    what: 'an event put in beyond the full tiles, where its place is told by the checkpoints alone',
    by: () => insert(551, [foreign(1)]),
    isReportedAs: ['rewritten 300 590', 'wrongTree 600'],
  },
  {
    what: 'an event taken out there, where the next one of its stream tells as well',
    by: () => remove(551, 551),
    isReportedAs: ['unchained event 553', 'rewritten 300 590', 'wrongTree 600'],
  },
  {
    what: 'two events that changed places there',
    by: () => exchange(550, 551),
    isReportedAs: ['rewritten 300 590', 'wrongTree 600'],
  },
  {
    what: 'two events that changed places',
    by: () => exchange(20, 21),
    isReportedAs: ['moved event 20 21', 'moved event 21 20'],
  },
  {
    what: 'an event given to another stream',
    by: () => tamper("UPDATE events SET stream = 'plan-9', revision = 0 WHERE position = 600"),
    isReportedAs: ['misplaced event 600', 'unchained event 600'],
  },
  {
    what: 'an event given to another version of its type',
    by: () => tamper('UPDATE events SET schema_version = 2 WHERE position = 300'),
    isReportedAs: ['misplaced event 300'],
  },
  {
    what: 'a head that is not at its last event',
    by: () => tamper('UPDATE head SET position = 700'),
    isReportedAs: ['wrongHead 700 600'],
  },
  {
    what: 'an inserted event',
    by: () =>
      tamper(
        "INSERT INTO events (position, stream, revision, id, type, body) VALUES (601, 'plan-0', 200, 'e-601', 'PlanDetailsChanged', ?)",
        eventOf(601, 'plan-0', NO_HASH).body,
      ),
    isReportedAs: ['inserted event 601'],
  },
  {
    what: 'a tail that was cut',
    by: () => tamper('DELETE FROM events WHERE position > 580'),
    isReportedAs: ['cut 580 590'],
  },
  {
    what: 'a tail that was cut with its tree, and signed checkpoints left',
    async by() {
      await tamper('DELETE FROM events WHERE position > 300');
      await tamper('DELETE FROM tiles WHERE number > 0');
      const tree = treeOf(300);
      await tamper('UPDATE tree SET size = ?, roots = ?', 300, Buffer.concat(tree.roots));
    },
    isReportedAs: ['cut 300 590'],
  },
  {
    what: 'a checkpoint signed by another key',
    async by() {
      const other = logKeyring(CHRONICLE, { secretFor: (purpose) => leafHash(`another ${purpose}`) }).signers;
      await tamper('DELETE FROM checkpoints WHERE size = 590');
      const tree = treeOf(590);
      const forged: string[] = [];
      await sign(tree, { putCheckpoint: async (_, text) => void forged.push(text) }, other);
      await tamper('INSERT INTO checkpoints (size, note) VALUES (590, ?)', forged[0] ?? '');
    },
    isReportedAs: ['forged 590'],
  },
  {
    what: 'a checkpoint over another root',
    async by() {
      const text = await note(590);
      await tamper(
        'UPDATE checkpoints SET note = ? WHERE size = 590',
        text.replace(/\n[^\n]+=\n\n/, `\n${NO_HASH.toString('base64')}\n\n`),
      );
    },
    isReportedAs: ['forged 590'],
  },
  {
    what: 'a tile of other hashes',
    by: () => tamper('UPDATE tiles SET root = ? WHERE level = 0 AND number = 1', NO_HASH),
    isReportedAs: ['wrongTile 0 1'],
  },
  {
    what: 'a tile that is gone',
    by: () => tamper('DELETE FROM tiles WHERE level = 0 AND number = 0'),
    isReportedAs: ['wrongTile 0 0'],
  },
  {
    what: 'a tile too many',
    by: () => tamper('INSERT INTO tiles SELECT 0, 2, hashes, root FROM tiles WHERE number = 1'),
    isReportedAs: ['wrongTile 0 2'],
  },
  {
    what: 'a tree of another state',
    by: () => tamper('UPDATE tree SET roots = ?', Buffer.alloc(4 * 32)),
    isReportedAs: ['wrongTree 600'],
  },
];

describe('a chronicle with', () => {
  it.each(damages)('$what is reported as just that', async ({ by, isReportedAs }) => {
    await by();
    const { findings, found } = await verified();
    expect(findings.map(told)).toEqual(isReportedAs);
    expect(found).toBe(isReportedAs.length);
  });
});

describe('a chronicle that was verified before', () => {
  it('is found rolled back, though nothing in it tells', async () => {
    const remembered = await note(590);
    await tamper('DELETE FROM events WHERE position > 300');
    await tamper('UPDATE head SET position = 300');
    await tamper('DELETE FROM tiles WHERE number > 0');
    await tamper('DELETE FROM checkpoints WHERE size > 300');
    const tree = treeOf(300);
    await tamper('UPDATE tree SET size = ?, roots = ?', 300, Buffer.concat(tree.roots));

    expect((await verified()).found).toBe(0);
    expect((await verified(remembered)).findings.map(told)).toEqual(['cut 300 590']);
  });

  it('is found robbed of the last checkpoints, so that others can be signed in their place', async () => {
    const remembered = await note(590);
    await tamper('DELETE FROM checkpoints WHERE size > 300');
    expect((await verified()).found).toBe(0);
    expect((await verified(remembered)).findings.map(told)).toEqual(['unsigned 590 300']);
  });

  it('is no less trusted without any, as a copy of the events alone is', async () => {
    const remembered = await note(590);
    await tamper('DELETE FROM checkpoints');
    expect(await verified(remembered)).toMatchObject({ found: 0, anchor: undefined });
  });

  it('is found forked, when another history was signed by the same key', async () => {
    const other: string[] = [];
    const tree = Array.from({ length: 300 }, (_, index) => leafHash(`${index}`)).reduce(withLeaf, EMPTY_TREE);
    await sign(tree, { putCheckpoint: async (_, text) => void other.push(text) });
    expect((await verified(other[0])).findings.map(told)).toEqual(['forked 300']);
  });
});

describe('the checkpointer of a chronicle that was changed', () => {
  it('signs nothing after a history that is not the one it has signed', async () => {
    await tamper('DELETE FROM checkpoints');
    const other = treeOf(580);
    const note: string[] = [];
    await sign(
      { ...other, roots: [NO_HASH, ...other.roots.slice(1)] },
      { putCheckpoint: async (_, text) => void note.push(text) },
    );
    await tamper('INSERT INTO checkpoints (size, note) VALUES (580, ?)', note[0] ?? '');
    const store = await openSqliteEventStore(file);
    if (!store.log) throw new Error('there is no log');
    const told: string[] = [];
    const logger = { error: (message: unknown) => void told.push(String(message)) };
    const checkpointer = checkpointerOf(store, store.log, logger);
    await checkpointer.stop();
    expect(told).toEqual([expect.stringContaining('Entries that were signed have been changed')]);
    expect(parseCheckpoint((await store.log.lastCheckpoint()) ?? '').size).toBe(580);
    await store.close();
  });
});

/** Returns the same bytes with one bit changed. */
function withOther(bytes: Uint8Array, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ (1 << (at % 8));
  return changed;
}

/** Returns the same text with one letter changed. */
function withOtherLetter(text: string, at: number): string {
  const place = at % text.length;
  return text.slice(0, place) + (text[place] === 'x' ? 'y' : 'x') + text.slice(place + 1);
}

/** Each piece of data that is stored beside the events, with the finding after a change of it. */
const BESIDE = [
  ...[0, 1].flatMap((number) =>
    ['hashes', 'root'].map((column) => ({
      place: `tiles WHERE number = ${number}`,
      column,
      isTold: [`wrongTile 0 ${number}`],
    })),
  ),
  { place: 'tree', column: 'roots', isTold: ['wrongTree 600'] },
  ...CHECKPOINTS.map((size) => ({
    place: `checkpoints WHERE size = ${size}`,
    column: 'note',
    isTold: [`forged ${size}`, `unwitnessed ${size} 1`],
  })),
];

describe('every single change', () => {
  it('of a bit of a tile, of its root or of the tree, or of a letter of a checkpoint is named', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...BESIDE), fc.nat(10_000), async ({ place, column, isTold }, at) => {
        await copyFile(recorded, file);
        await edited((database) => {
          const value: unknown = database.prepare(`SELECT ${column} AS value FROM ${place}`).get()?.value;
          const changed = value instanceof Uint8Array ? withOther(value, at) : withOtherLetter(String(value), at);
          const [table = '', ...where] = place.split(' ');
          database.prepare(`UPDATE ${table} SET ${column} = ? ${where.join(' ')}`).run(changed);
        });
        const { findings } = await verified();
        expect(findings).toHaveLength(1);
        expect(isTold).toContain(findings.map(told)[0]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('of the place of a tile or a checkpoint, and of the size of the tree, is found', async () => {
    for (const [sql, ...found] of [
      ['UPDATE tiles SET number = 2 WHERE number = 1', 'wrongTile 0 1', 'wrongTile 0 2'],
      ['UPDATE tiles SET level = 1 WHERE number = 0', 'wrongTile 0 0', 'wrongTile 1 0'],
      ['UPDATE checkpoints SET size = 301 WHERE size = 300', 'forged 301'],
      ['UPDATE checkpoints SET size = 0 WHERE size = 100', 'forged 0'],
      ['UPDATE tree SET size = 601', 'wrongTree 601'],
    ] as const) {
      await copyFile(recorded, file);
      await tamper(sql);
      expect((await verified()).findings.map(told)).toEqual(found);
    }
  });

  it('of a letter of an event or of a byte of its leaf is named', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: EVENTS }),
        fc.nat(10_000),
        fc.constantFrom('body', 'leaf'),
        async (position, at, part) => {
          const { body: text } = original(position);
          const [column, before, after] =
            part === 'body'
              ? (['body', text, withOtherLetter(text, at)] as const)
              : (['leaf', leafHash(text), withOther(leafHash(text), at)] as const);
          await tamper(`UPDATE events SET ${column} = ? WHERE position = ?`, after, position);
          const { findings } = await verified();
          await tamper(`UPDATE events SET ${column} = ? WHERE position = ?`, before, position);
          expect(findings.map(told)).toContain(`edited event ${position}`);
        },
      ),
      { numRuns: 25 },
    );
    expect((await verified()).found).toBe(0);
  }, 60_000);
});

describe('events put in or taken out under full tiles', () => {
  it('are named as that and nothing else, wherever and however many', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 505 }),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        async (position, count, isRemoval) => {
          await copyFile(recorded, file);
          const last = position + count - 1;
          const put = Array.from({ length: count }, (_, index) => foreign(index));
          await (isRemoval ? remove(position, last) : insert(position, put));
          const { findings } = await verified();
          expect(findings.map(told)).toEqual(
            isRemoval ? [`removed ${position} ${last}`] : put.map((_, index) => `inserted event ${position + index}`),
          );
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);
});

/** Returns the checkpointer of a store whose log was anchored before its first event. */
function checkpointerOf(store: EventStore, log: EventLog, logger: CheckpointerParts['logger'] = silent): Checkpointer {
  const never = () => Promise.reject(new Error('nothing is recorded'));
  const secret = leafHash('secret');
  let anchor = sealedAnchor(checkpointOver(EMPTY_TREE, SIGNERS), verifierKey(SIGNERS.log), secret);
  const anchors = {
    read: () => Promise.resolve(anchor),
    put(text: string) {
      anchor = text;
      return Promise.resolve();
    },
  };
  const parts = { log, head: () => store.head(), anchors, keys: KEYS, secret, rotate: never, accept: never };
  return new Checkpointer({ ...parts, problemText: logProblemText, logger, isMine: () => true });
}

describe('the checkpointer', () => {
  it('signs what is there when it begins and when it stops, each size once', async () => {
    await tamper('DELETE FROM checkpoints');
    const store = await openSqliteEventStore(file);
    if (!store.log) throw new Error('there is no log');
    const checkpointer = checkpointerOf(store, store.log);
    const signed = async () => parseCheckpoint((await store.log?.lastCheckpoint()) ?? '').size;
    while ((await store.log.lastCheckpoint()) === undefined) await pause(5);
    expect(await signed()).toBe(EVENTS);
    await store.append('plan-9', 'noStream', [eventOf(601, 'plan-9', NO_HASH)]);
    await checkpointer.stop();
    expect(await signed()).toBe(601);
    await store.close();
    expect(await verified()).toMatchObject({ found: 0, anchor: { checkpoint: { size: 601 } } });
  });
});
