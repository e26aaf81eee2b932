import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { create, extract } from 'tar';
import { signerOf, verifierFrom, verifierKey } from '../../src/engine/log/note.js';
import { openSqlite } from '../../src/engine/storage/sqlite.js';
import { hideByPage } from '../support/damage.js';
import { keptData } from '../support/keptData.js';
import { letopis } from '../support/process.js';

const PARTS = ['chronicle.db', 'keys.db', 'access.db'] as const;

const kept = keptData();
const chronicle = () => join(kept.home, 'data', 'chronicle.db');
const archive = () => join(kept.home, 'backup.tar.gz');
const edited = () => join(kept.home, 'edited.tar.gz');
const restored = () => join(kept.home, 'restored');
const elsewhere = () => ({ ...kept.settings, LETOPIS_DATA: restored() });

async function tamper(file: string, ...sql: string[]): Promise<void> {
  const database = await openSqlite(file, 'writer');
  for (const each of sql) database.exec(each);
  database.close();
}

const EDIT = `UPDATE events SET body = replace(body, '"reason":null', '"reason":"так надо"') WHERE position = 7`;
const PARTIAL = [
  'DROP INDEX events_by_stream',
  'CREATE UNIQUE INDEX events_by_stream ON events (stream, revision) WHERE position <> 9',
];
const DELETE = 'DELETE FROM events WHERE position = 7';
const GAP = 'UPDATE events SET revision = revision + 1000 WHERE position = 20';

async function verified(): Promise<{ code: number | null; kinds: string[] }> {
  const { code, stdout } = await letopis(['verify', '--json'], kept.settings);
  const { findings }: { findings: { kind: string }[] } = JSON.parse(stdout);
  return { code, kinds: findings.map(({ kind }) => kind) };
}

const backup = () => letopis(['backup', archive()], kept.settings);
const restore = (file: string, ...args: string[]) => letopis(['restore', file, ...args], elsewhere());

/** Changes a file of a backup, and creates its manifest and its archive again as the backup does. */
async function editArchive(name: (typeof PARTS)[number], ...sql: string[]): Promise<void> {
  const directory = join(kept.home, 'unpacked');
  await mkdir(directory);
  await extract({ file: archive(), cwd: directory });
  await tamper(join(directory, name), 'PRAGMA journal_mode = DELETE', ...sql);
  const manifest = JSON.parse(await readFile(join(directory, 'manifest.json'), 'utf8'));
  for (const part of PARTS) {
    const bytes = await readFile(join(directory, part));
    manifest.files[part] = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }
  await writeFile(join(directory, 'manifest.json'), JSON.stringify(manifest));
  await create({ gzip: true, file: edited(), cwd: directory, portable: true }, ['manifest.json', ...PARTS]);
}

describe('a chronicle whose index hides an event', () => {
  it('is found by verify; a backup holds the event, says that its source is damaged, and gives it back', async () => {
    const before = await verified();
    expect(before).toEqual({ code: 0, kinds: [] });
    await hideByPage(chronicle(), 'events_by_stream');
    const { code, kinds } = await verified();
    expect({ code, kinds: new Set(kinds) }).toEqual({ code: 1, kinds: new Set(['damagedFile']) });
    const made = await backup();
    expect(made).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /events_by_stream.*\n.*ПОВРЕЖДЕНА летопись, с которой снята копия; сама копия цела/s,
      ),
    });
    expect(await restore(archive())).toMatchObject({ code: 0, stderr: '' });
    expect(await letopis(['verify', '--json'], elsewhere())).toMatchObject({ code: 0 });
  });

  it('by its definition is found by verify and by a backup, which is not made', async () => {
    await tamper(chronicle(), ...PARTIAL);
    expect(await verified()).toMatchObject({ code: 1, kinds: expect.arrayContaining(['damagedFile']) });
    expect(await backup()).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/events_by_stream was defined anew/),
    });
    await expect(stat(archive())).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('a chronicle whose rows were changed', () => {
  it.each([
    ['an edited event', EDIT, 'edited'],
    ['a deleted event', DELETE, 'removed'],
    ['a gap in the revisions of a stream', GAP, 'unchained'],
  ])('%s is found by verify and by a backup, which is not made', async (_, sql, kind) => {
    await tamper(chronicle(), sql);
    expect(await verified()).toMatchObject({ code: 1, kinds: expect.arrayContaining([kind]) });
    expect(await backup()).toMatchObject({ code: 1, stderr: expect.stringMatching(/\S/) });
    await expect(stat(archive())).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('restore verifies the history that it puts back', () => {
  it.each([
    ['an edited event', [EDIT], /не та, что была записана: .*изменено событие: 7/],
    ['a deleted event', [DELETE], /не та, что была записана: .*удалено событие 7/],
    ['an index that leaves an event out', PARTIAL, /events_by_stream was defined anew/],
    ['another tree', ['UPDATE tree SET roots = zeroblob(length(roots))'], /не та, что была записана/],
  ])('and refuses an archive with a manifest of its own: %s', async (_, sql, said) => {
    expect((await backup()).code).toBe(0);
    await editArchive('chronicle.db', ...sql);
    expect(await restore(edited())).toMatchObject({ code: 1, stderr: expect.stringMatching(said) });
    expect((await readdir(restored())).filter((name) => !name.startsWith('lock.db'))).toEqual([]);
  });

  it('by the key that it is given, and says where the key came from', async () => {
    expect((await backup()).code).toBe(0);
    const { key }: { key: string } = JSON.parse((await letopis(['verify', '--json'], kept.settings)).stdout);
    const stranger = verifierKey(signerOf(verifierFrom(key).name, Buffer.alloc(32, 5)));
    expect(await restore(archive(), '--key', stranger)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/подписан другим ключом, не тем, которому вы доверяете/),
    });
    expect(await restore(archive(), '--key', key)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/События 1–\d+ те, что были подписаны; ключ указан вами/),
    });
  });

  it('and refuses one without checkpoints to whoever gives a key', async () => {
    expect((await backup()).code).toBe(0);
    const { key }: { key: string } = JSON.parse((await letopis(['verify', '--json'], kept.settings)).stdout);
    await editArchive('chronicle.db', 'DELETE FROM checkpoints');
    expect(await restore(edited(), '--key', key)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/ни одна контрольная точка не подписана данным ключом/),
    });
    expect(await restore(edited())).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/ВНИМАНИЕ: ни одна контрольная точка/),
    });
  });

  it('though a later state was verified here before: a backup is older than its chronicle', async () => {
    expect((await backup()).code).toBe(0);
    expect((await letopis(['keys', 'add', '--name', 'Экран', '--role', 'dashboard'], kept.settings)).code).toBe(0);
    expect((await verified()).code).toBe(0);
    expect(await restore(archive())).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/ключ тот же, что при прошлой проверке/),
    });
    await rm(archive());
  });
});
