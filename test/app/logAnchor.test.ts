import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { z } from 'zod';
import { perform } from '../../src/app/admin/client.js';
import { anchorFile } from '../../src/app/anchorFile.js';
import { openLetopis } from '../../src/app/compose.js';
import { UNANCHORED, VERIFIED } from '../../src/app/exitCodes.js';
import { acceptLog } from '../../src/app/operations/acceptLog.js';
import { giveAccess } from '../../src/app/operations/access.js';
import { verifyHistory } from '../../src/app/operations/verifyHistory.js';
import { exitCode, verificationLines } from '../../src/app/verified.js';
import { fromStore } from '../../src/domain/recorded.js';
import { canonicalJson } from '../../src/engine/eventstore/canonicalJson.js';
import { ChronicleDamaged } from '../../src/engine/eventstore/port.js';
import { parseCheckpoint, signedCheckpoint } from '../../src/engine/log/checkpoint.js';
import { EMPTY_TREE, type Frontier, type Hash, leafHash, rootOf, withLeaf } from '../../src/engine/log/merkle.js';
import { type NoteSigner, signerOf, verifierKey } from '../../src/engine/log/note.js';
import { openSqlite, type SqliteDatabase } from '../../src/engine/storage/sqlite.js';
import { copyData } from '../support/closedFiles.js';
import { removeDirectory, silent, temporaryDirectory, testConfig } from '../support/server.js';

let home: string;
let place: string;
/** The directory of the results of earlier verifications. */
let state: string;

/** The data of a chronicle that was signed twice, and an older copy that was signed once. */
const [DATA, OLDER, STRANGER] = ['data', 'older', 'stranger'];

beforeAll(async () => {
  home = await temporaryDirectory();
  await issue(join(home, OLDER), 'Первая', 'Вторая');
  await copyData(join(home, OLDER), join(home, DATA));
  await issue(join(home, DATA), 'Третья', 'Четвёртая');
  await issue(join(home, STRANGER), 'Чужая');
});
afterAll(() => removeDirectory(home));

beforeEach(async () => {
  place = await temporaryDirectory();
  state = join(place, 'state');
  await copyData(join(home, DATA), data());
});
afterEach(() => removeDirectory(place));

function data(): string {
  return join(place, 'data');
}

/** Issues keys by the command line's own code, without a server; the log is signed when it ends. */
async function issue(directory: string, ...names: readonly string[]): Promise<void> {
  const config = testConfig({ directory });
  for (const name of names) {
    const asked = { ...({ do: 'issue', role: 'auditor', name } as const), ...NOBODY };
    const { id } = await perform(config, silent, giveAccess, asked);
    await perform(config, silent, giveAccess, { do: 'rename', id, name: `${name} (2)` });
  }
}

const NOBODY = { post: null, organisation: null, organisationIds: null, expiresAt: null, identity: null };

async function accept(reason = 'сверено с бумагами') {
  return perform(testConfig({ directory: data() }), silent, acceptLog, { reason });
}

/**
 * Opens the data as a server does, and appends an event. Returns the state of the log and what was signed and logged.
 */
async function started() {
  const logged: string[] = [];
  const letopis = await openLetopis(
    testConfig({ directory: data() }),
    pino({}, { write: (line) => logged.push(line) }),
  );
  const { access, checkpointer, services } = letopis;
  const before = await services.log?.lastCheckpoint();
  const wanted = { ...NOBODY, name: 'После', role: 'auditor' } as const;
  const isDone = await access.issue({ ...SYSTEM_CALL, commandId: null }, wanted).then(
    ({ result }) => result.kind,
    (error: unknown) => {
      if (error instanceof ChronicleDamaged) return 'closed';
      throw error;
    },
  );
  const standing = await checkpointer?.standing();
  const head = await services.events.head();
  await letopis.close();
  const database = await opened();
  const last: { note: string } | undefined = database
    .prepare('SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1')
    .get();
  database.close();
  return { standing, isDone, head, before, after: last?.note, logged: logged.join('') };
}

const SYSTEM_CALL = {
  principal: { id: 'system', name: 'Летопись', role: 'system', post: null, organisation: null, scope: null } as const,
  ...{ expectedRevision: null, reason: null, basis: null, effectiveOn: null },
};

function opened(): Promise<SqliteDatabase> {
  return openSqlite(join(data(), 'chronicle.db'), 'writer');
}

async function edited(work: (database: SqliteDatabase) => void): Promise<void> {
  const database = await opened();
  work(database);
  database.close();
}

async function verified() {
  const history = await verifyHistory(
    join(data(), 'chronicle.db'),
    { name: 'log.anchor', store: anchorFile(join(data(), 'log.anchor')) },
    { log: undefined, witness: undefined, state },
    () => undefined,
  );
  return { ...history, persons: null };
}

interface Row {
  readonly position: number;
  readonly stream: string;
  readonly body: string;
}

/** Edits the first event and recomputes every link, leaf and the tree, as an attacker who knows the format would. */
function rewrite(database: SqliteDatabase): void {
  const rows: Row[] = database.prepare('SELECT position, stream, body FROM events ORDER BY position').all();
  const put = database.prepare('UPDATE events SET body = ?, leaf = ? WHERE position = ?');
  const lastOf = new Map<string, Hash>();
  let tree = EMPTY_TREE;
  for (const { position, stream, body } of rows) {
    const event = z.record(z.string(), z.unknown()).parse(JSON.parse(body));
    const previous = lastOf.get(stream)?.toString('base64') ?? event.previous;
    const text = canonicalJson({
      ...event,
      previous,
      ...(position === 1 && { recordedAt: '2001-01-01T00:00:00.000Z' }),
    });
    const leaf = leafHash(text);
    put.run(text, leaf, position);
    lastOf.set(stream, leaf);
    tree = withLeaf(tree, leaf);
  }
  putTree(database, tree);
}

function putTree(database: SqliteDatabase, tree: Frontier): void {
  database.prepare('UPDATE tree SET size = ?, roots = ?').run(tree.size, Buffer.concat([...tree.roots]));
}

function treeOf(database: SqliteDatabase, count?: number): Frontier {
  const rows: { leaf: Uint8Array }[] = database.prepare('SELECT leaf FROM events ORDER BY position').all();
  return rows.slice(0, count).reduce((tree, { leaf }) => withLeaf(tree, Buffer.from(leaf)), EMPTY_TREE);
}

/** Removes the last events with all their traces in the chronicle. */
function cut(database: SqliteDatabase): void {
  const size = treeOf(database).size - 2;
  putTree(database, treeOf(database, size));
  database.prepare('DELETE FROM events WHERE position > ?').run(size);
  database.prepare('UPDATE head SET position = ?').run(size);
  database.prepare('DELETE FROM checkpoints WHERE size > ?').run(size);
}

/** Signs the whole log by another key, and names that key in the chronicle. */
function signBy(database: SqliteDatabase, named: boolean): void {
  const row: { note: string } | undefined = database.prepare('SELECT note FROM checkpoints ORDER BY size DESC').get();
  const { origin } = parseCheckpoint(row?.note ?? '');
  const signer = (name: string): NoteSigner => signerOf(name, leafHash('stranger'));
  const signers = { log: signer(origin), witness: signer(`${origin}/witness`) };
  const tree = treeOf(database);
  database.exec('DELETE FROM checkpoints');
  database
    .prepare('INSERT INTO checkpoints (size, note) VALUES (?, ?)')
    .run(tree.size, signedCheckpoint({ origin, size: tree.size, root: rootOf(tree) }, signers, 1_600_000_000));
  if (named) database.prepare("UPDATE log_keys SET public_key = ? WHERE name = 'log'").run(verifierKey(signers.log));
}

const withoutReadModels = () => rm(join(data(), 'readmodels.db'), { force: true });

interface Forging {
  readonly name: string;
  readonly forge: () => Promise<void>;
  readonly problem: string;
  /** One of the findings of `verify`; undefined for none. */
  readonly finding?: string;
  readonly isAcceptable: boolean;
  /** The tree does not match the events, so nothing more is written. */
  readonly isClosed?: true;
}

const FORGINGS: readonly Forging[] = [
  {
    name: 'edited events, everything made anew, checkpoints deleted',
    forge: () => edited((database) => [rewrite(database), database.exec('DELETE FROM checkpoints')]),
    ...{ problem: 'REWRITTEN', finding: 'notAnchored', isAcceptable: true },
  },
  {
    name: 'edited events, everything made anew, keys and checkpoints deleted',
    forge: () =>
      edited((database) => [rewrite(database), database.exec('DELETE FROM checkpoints; DELETE FROM log_keys')]),
    ...{ problem: 'OTHER_KEY', finding: 'notAnchored', isAcceptable: false },
  },
  {
    name: 'edited events, everything made anew, checkpoints kept',
    forge: () => edited(rewrite),
    ...{ problem: 'REWRITTEN', finding: 'rewritten', isAcceptable: false },
  },
  {
    name: 'the last events cut with their checkpoints',
    async forge() {
      await edited(cut);
      await withoutReadModels();
    },
    ...{ problem: 'CUT', finding: 'cut', isAcceptable: true },
  },
  {
    name: 'a replaced tree',
    forge: () => edited((database) => putTree(database, withLeaf(treeOf(database, 3), leafHash('x')))),
    ...{ problem: 'CUT', finding: 'cut', isAcceptable: false, isClosed: true },
  },
  {
    name: 'a replaced tree of the same size',
    forge: () =>
      edited((database) => {
        const { size, roots } = treeOf(database);
        putTree(database, { size, roots: [...roots.slice(0, -1), leafHash('x')] });
      }),
    ...{ problem: 'REWRITTEN', finding: 'wrongTree', isAcceptable: false },
  },
  {
    name: 'a swapped log key that has signed a forged history',
    forge: () => edited((database) => [rewrite(database), signBy(database, true)]),
    ...{ problem: 'OTHER_KEY', finding: 'anchorForged', isAcceptable: false },
  },
  {
    name: 'a checkpoint by a key that is not named',
    forge: () => edited((database) => signBy(database, false)),
    ...{ problem: 'CHECKPOINT_NOT_OURS', finding: 'forged', isAcceptable: false },
  },
  {
    name: 'a deleted anchor',
    forge: () => rm(join(data(), 'log.anchor')),
    ...{ problem: 'NO_ANCHOR', isAcceptable: true },
  },
  {
    name: 'a deleted anchor beside a forged history without checkpoints',
    async forge() {
      await edited((database) => [rewrite(database), database.exec('DELETE FROM checkpoints')]);
      await rm(join(data(), 'log.anchor'));
    },
    ...{ problem: 'NO_ANCHOR', isAcceptable: true },
  },
  {
    name: 'the anchor of another chronicle',
    forge: () => cp(join(home, STRANGER, 'log.anchor'), join(data(), 'log.anchor')),
    ...{ problem: 'ANCHOR_NOT_OURS', finding: 'anchorForged', isAcceptable: true },
  },
  {
    name: 'the event store of another chronicle',
    async forge() {
      await copyData(join(home, STRANGER, 'chronicle.db'), join(data(), 'chronicle.db'));
      await withoutReadModels();
    },
    ...{ problem: 'OTHER_KEY', finding: 'anchorForged', isAcceptable: false },
  },
  {
    name: 'an anchor that was edited',
    async forge() {
      const file = join(data(), 'log.anchor');
      const { checkpoint, ...rest } = Anchor.parse(JSON.parse(await readFile(file, 'utf8')));
      await writeFile(file, JSON.stringify({ ...rest, checkpoint: checkpoint.replace(/\n8\n/, '\n7\n') }));
    },
    ...{ problem: 'ANCHOR_NOT_OURS', finding: 'anchorForged', isAcceptable: true },
  },
];

const Anchor = z.object({ checkpoint: z.string(), key: z.string(), seal: z.string() });

async function anchoredSize(): Promise<number> {
  const { checkpoint } = Anchor.parse(JSON.parse(await readFile(join(data(), 'log.anchor'), 'utf8')));
  return parseCheckpoint(checkpoint).size;
}

describe('a chronicle without what its anchor names', () => {
  it.each(FORGINGS)('is not signed: $name', async ({ forge, problem, finding, isAcceptable, isClosed }) => {
    await forge();
    const found = await verified();
    const kinds: string[] = found.findings.map(({ kind }) => kind);
    if (finding === undefined) expect(kinds).toEqual([]);
    else expect(kinds).toContain(finding);
    const start = await started();
    expect(start.standing).toMatchObject({ kind: 'refused', problem, isAcceptable });
    expect(start).toMatchObject({ isDone: isClosed ? 'closed' : 'done', after: start.before });
    if (!isClosed) expect(start.logged).toContain('the log is not signed, reading goes on');
    if (!isAcceptable) {
      await expect(accept()).rejects.toThrow(/letopis restore/);
      return;
    }
    expect(await accept('сверено с бумагами')).toMatchObject({ problem });
    await expect(accept()).rejects.toThrow(/nothing to accept/);
    const again = await started();
    expect(again.standing).toMatchObject({ kind: 'whole' });
    expect(parseCheckpoint(again.after ?? '').size).toBe(Number(again.head));
    expect(again.logged).not.toContain('the log is not signed');
    expect(await recordedReasons()).toEqual(['сверено с бумагами']);
  });

  it('is signed by the next start where nothing was forged', async () => {
    const { standing, head, after, logged } = await started();
    expect(standing).toMatchObject({ kind: 'whole' });
    expect(parseCheckpoint(after ?? '').size).toBe(Number(head));
    expect(await anchoredSize()).toBe(Number(head));
    expect(logged).not.toContain('the log');
    await expect(accept()).rejects.toThrow(/nothing to accept/);
  });
});

/** The reasons of all acceptances in the chronicle. */
async function recordedReasons(): Promise<readonly (string | null)[]> {
  const letopis = await openLetopis(testConfig({ directory: data() }), silent, { following: false });
  const events = await letopis.services.events.readStream('log');
  await letopis.close();
  return events.map(fromStore).flatMap(({ event, reason }) => (event.type === 'LogAccepted' ? [reason] : []));
}

describe('an anchor that is behind', () => {
  it('is no reason to refuse: it is what a kill leaves', async () => {
    await cp(join(home, OLDER, 'log.anchor'), join(data(), 'log.anchor'));
    expect((await verified()).found).toBe(0);
    const { standing, head } = await started();
    expect(standing).toMatchObject({ kind: 'whole' });
    expect(await anchoredSize()).toBe(Number(head));
  });

  it('is left by every end between a checkpoint and its anchor, as often as that happens, and is never ahead', async () => {
    const before = await anchoredSize();
    // The anchor cannot be written, as if the process had ended just before.
    await mkdir(join(data(), 'log.anchor.part'));
    for (const name of ['Пятая', 'Шестая', 'Седьмая']) {
      await issue(data(), name);
      expect(await anchoredSize()).toBe(before);
      const { found, anchor } = await verified();
      expect({ found, signed: anchor?.checkpoint.size }).toEqual({ found: 0, signed: await sizeOfLog() });
    }
    await rm(join(data(), 'log.anchor.part'), { recursive: true });
    const { standing, head } = await started();
    expect({ kind: standing?.kind, anchored: await anchoredSize() }).toEqual({ kind: 'whole', anchored: Number(head) });
  });
});

async function sizeOfLog(): Promise<number> {
  const database = await opened();
  const { size } = treeOf(database);
  database.close();
  return size;
}

function inEnglish(result: Parameters<typeof verificationLines>[0]): string {
  return verificationLines(result)
    .map(({ en }) => en)
    .join('\n');
}

describe('verify', () => {
  it('says which anchor it used, and that a directory that was replaced as a whole cannot be told without one outside', async () => {
    const size = await anchoredSize();
    const first = await verified();
    expect(exitCode(first)).toBe(VERIFIED);
    expect(inEnglish(first)).toContain(`log.anchor, ${size} events`);
    expect(inEnglish(first)).toContain('replaced as a whole, its anchor too, cannot be told');
    expect(inEnglish(await verified())).toContain(`The last verification here: events 1–${size}`);

    // The whole directory is replaced by an older copy, which the directory alone cannot show.
    await rename(data(), join(place, 'kept'));
    await copyData(join(home, OLDER), data());
    expect((await verified()).findings.map(({ kind }) => kind)).toContain('cut');
    state = join(place, 'elsewhere');
    const replaced = await verified();
    expect(exitCode(replaced)).toBe(VERIFIED);
    expect(inEnglish(replaced)).toContain('cannot be told');
  });

  it('says that there is no anchor', async () => {
    await rm(join(data(), 'log.anchor'));
    await edited((database) => database.exec('DELETE FROM checkpoints'));
    const result = await verified();
    expect(exitCode(result)).toBe(UNANCHORED);
    expect(inEnglish(result)).toContain('There is no anchor beside the chronicle');
  });
});
