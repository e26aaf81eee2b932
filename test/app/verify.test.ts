import { cp, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { parseCheckpoint, witnessOf } from '../../src/engine/log/checkpoint.js';
import { EMPTY_TREE, leafHash, rootOf, withLeaf } from '../../src/engine/log/merkle.js';
import { cosignature, isSigned, noteOf, signerOf, verifierFrom, verifierKey } from '../../src/engine/log/note.js';
import { openSqlite } from '../../src/engine/storage/sqlite.js';
import { apiAt } from '../support/api.js';
import { copyData } from '../support/closedFiles.js';
import { keptData, textAt } from '../support/keptData.js';
import { letopis } from '../support/process.js';
import { statusOf } from '../support/waiting.js';

const Verified = z.object({
  origin: z.string(),
  events: z.number(),
  found: z.number(),
  findings: z.array(z.object({ kind: z.string() })),
  key: z.string(),
  keyFrom: z.string(),
  hasWrongKey: z.boolean(),
  witness: z.string(),
  witnessFrom: z.string(),
  hasWrongWitness: z.boolean(),
  anchor: z.object({ size: z.number() }).optional(),
  persons: z
    .object({
      checked: z.enum(['opened', 'present']),
      found: z.number(),
      findings: z.array(z.object({ kind: z.string(), subject: z.string() })),
    })
    .nullable(),
});

const kept = keptData();

/** Runs a server on the data while `meanwhile` works. */
async function served<T>(meanwhile: (address: string) => Promise<T>): Promise<T> {
  const server = await kept.serve();
  const result = await meanwhile(server.address);
  await server.stop('SIGTERM');
  return result;
}

async function verify(...args: readonly string[]) {
  const { code, stdout, stderr } = await letopis(['verify', '--json', ...args], kept.settings);
  return { code, stderr, ...Verified.parse(JSON.parse(stdout)) };
}

async function tamper(sql: string): Promise<void> {
  const database = await opened();
  database.exec(sql);
  database.close();
}

function opened() {
  return openSqlite(chronicle(), 'writer');
}

function chronicle(): string {
  return join(kept.home, 'data', 'chronicle.db');
}

describe('letopis verify', () => {
  it('verifies beside a running server, then without it, and remembers the key and the checkpoint', async () => {
    const beside = await served(async (address) => {
      await textAt(`${address}/checkpoint`);
      return verify();
    });
    expect(beside).toMatchObject({ code: 0, found: 0, keyFrom: 'chronicle', anchor: { size: expect.any(Number) } });
    expect(await verify()).toMatchObject({ code: 0, found: 0, keyFrom: 'remembered', key: beside.key });
    expect(await verify('--key', beside.key)).toMatchObject({ code: 0, keyFrom: 'given' });
  });

  it('names what was changed, and ends with 1', async () => {
    expect((await verify()).code).toBe(0);
    await tamper(`UPDATE events SET body = replace(body, '"reason":null', '"reason":"так надо"') WHERE position = 7`);
    expect(await verify()).toMatchObject({ code: 1, found: 1, findings: [{ kind: 'edited' }] });
    const told = await letopis(['verify'], kept.settings);
    expect(told.stdout).toMatch(/✗ изменено событие: 7 \([A-Za-z]+, plan-[0-9a-f-]+@\d+\)/);
    expect(told.stdout).toContain('НЕ ПРОЙДЕНО');
  });

  it('gives no proof of a plan with a changed event: the log signs no words for it', async () => {
    const { stdout } = await letopis(['events', '--type', 'PlanImported', '--limit', '1'], kept.settings);
    const { stream } = z.object({ body: z.object({ stream: z.string() }) }).parse(JSON.parse(stdout)).body;
    const [plan, file] = [stream.replace('plan-', 'plan_'), join(kept.home, 'proof.html')];
    expect(await letopis(['export-proof', plan, '--output', file], kept.settings)).toMatchObject({ code: 0 });
    await tamper(`UPDATE events SET body = replace(body, '"reason":null', '"reason":"так надо"') WHERE position = 7`);
    const refused = await letopis(['export-proof', plan, '--output', file, '--overwrite'], kept.settings);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('не те, что подписаны в журнале') });
  });

  it.each([
    ['is gone', 'DELETE FROM subject WHERE id = (SELECT min(id) FROM subject)', 'missingKey', 1],
    [
      'stands at another person',
      'UPDATE subject SET wrapped = (SELECT wrapped FROM subject ORDER BY id DESC LIMIT 1) WHERE id = (SELECT min(id) FROM subject)',
      'foreignKey',
      1,
    ],
    [
      'is stored under the name of another person',
      "UPDATE subject SET lookup = lookup || 'x' WHERE id = (SELECT min(id) FROM subject)",
      'foreignKey',
      1,
    ],
  ])('names a key of a person that %s though nobody was forgotten', async (_, sql, finding, found) => {
    expect(await verify()).toMatchObject({ code: 0, persons: { checked: 'opened', found: 0 } });
    const database = await openSqlite(join(kept.home, 'data', 'keys.db'), 'writer');
    database.exec(sql);
    database.close();
    expect(await verify()).toMatchObject({ code: 1, found: 0, persons: { found, findings: [{ kind: finding }] } });
    await rm(join(kept.home, 'data', 'master.key'));
    const isSeen = finding === 'missingKey';
    expect(await verify()).toMatchObject({ code: isSeen ? 1 : 0, persons: { checked: 'present' } });
  });

  it('finds a chronicle that was put back to an earlier state, and one that was signed anew by another key', async () => {
    const { events, key } = await verify();
    await tamper(`DELETE FROM events WHERE position > ${events - 2}; UPDATE head SET position = ${events - 2}`);
    expect(await verify()).toMatchObject({ code: 1, findings: [{ kind: 'cut' }] });
    const stranger = signerOf(verifierFrom(key).name, leafHash('stranger'));
    expect(await verify('--key', verifierKey(stranger))).toMatchObject({ code: 1, hasWrongKey: true });
  });

  it('says that a key is of another log, and nothing of this one', async () => {
    const { key, witness } = await verify();
    const { name } = verifierFrom(key);
    const otherName = 'letopis/0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20';
    const other = verifierKey(signerOf(otherName, leafHash('other')));
    const otherWitness = verifierKey(signerOf(witnessOf(otherName), leafHash('other')));
    const proof = join(kept.home, 'proof.html');
    const { stdout } = await letopis(['events', '--type', 'PlanImported', '--limit', '1'], kept.settings);
    const { stream } = z.object({ body: z.object({ stream: z.string() }) }).parse(JSON.parse(stdout)).body;
    await letopis(['export-proof', stream.replace('plan-', 'plan_'), '--output', proof], kept.settings);
    for (const what of [[], ['--bundle', proof]]) {
      for (const [option, wrong, right] of [
        ['--key', other, name],
        ['--witness', otherWitness, witnessOf(name)],
      ] as const) {
        const said = await letopis(['verify', ...what, option, wrong], kept.settings);
        expect(said).toMatchObject({ code: 3, stdout: '' });
        expect(said.stderr).toContain(`${option}: это ключ другого журнала`);
        expect(said.stderr).toContain(`проверяется ${right};`);
        expect(said.stderr).not.toMatch(/НЕ ПРОЙДЕНО|FAILED|изменен/);
      }
      expect((await letopis(['verify', ...what, '--key', key, '--witness', witness], kept.settings)).code).toBe(0);
    }
    // The stored key is not replaced by a key that is refused.
    expect(await verify()).toMatchObject({ code: 0, key, keyFrom: 'remembered' });
  });

  it.each([
    ['without its tree', () => tamper('DELETE FROM tree'), 'нет строки дерева'],
    ['without its tiles', () => tamper('DROP TABLE tiles'), 'нет таблицы'],
    ['without its head', () => tamper('DELETE FROM head'), 'нет строки с последним событием'],
    ['that holds nothing', () => truncate(chronicle()), 'он пуст'],
    ['that is something else', () => writeFile(chronicle(), 'something else'), 'не база SQLite'],
  ])('ends with 1 for a file %s, and says that it is damaged', async (_, damage, problem) => {
    await damage();
    const { code, stdout } = await letopis(['verify'], kept.settings);
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining(problem) });
    expect(stdout).toContain('НЕ ПРОЙДЕНО: повреждён сам файл летописи');
  });

  it('ends with 2 when nothing anchors it, and with 3 when it is called wrongly', async () => {
    await tamper('DELETE FROM checkpoints');
    expect(await verify()).toMatchObject({ code: 2, found: 0 });
    expect(await letopis(['verify', '--key', 'nonsense'], kept.settings)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('это не открытый ключ журнала'),
    });
    expect((await letopis(['verify', '--nonsense'], kept.settings)).code).toBe(3);
    const nowhere = { ...kept.settings, LETOPIS_DATA: join(kept.home, 'nowhere') };
    expect(await letopis(['verify'], nowhere)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('в этой папке нет летописи'),
    });
  });
});

/**
 * Replaces the witness in the files by another one, and its signature on every checkpoint by one dated 2001. Returns
 * the key of the other witness.
 */
async function bearFalseWitness(): Promise<string> {
  const database = await opened();
  const rows: { size: number; note: string }[] = database.prepare('SELECT size, note FROM checkpoints').all();
  let key = '';
  for (const { size, note } of rows) {
    const { origin, note: signed } = parseCheckpoint(note);
    const stranger = signerOf(witnessOf(origin), leafHash('stranger'));
    const [own = ''] = note.slice(signed.text.length + 1).split(/(?<=\n)/);
    const forged = noteOf(signed.text, [own, cosignature(signed.text, stranger, 1_000_000_000)]);
    database.prepare('UPDATE checkpoints SET note = ? WHERE size = ?').run(forged, size);
    key = verifierKey(stranger);
  }
  database.prepare("UPDATE log_keys SET public_key = ? WHERE name = 'witness'").run(key);
  database.close();
  return key;
}

describe('the witness', () => {
  const text = async (...args: readonly string[]) => (await letopis(['verify', ...args], kept.settings)).stdout;
  /** Deletes the results of earlier verifications, so that the next verification is a first one. */
  const forgetAll = () => rm(join(kept.home, 'state'), { recursive: true, force: true });

  it('is told with the key, and the time is called as good as the files until it comes from elsewhere', async () => {
    const { key, witness, witnessFrom } = await verify();
    expect(witnessFrom).toBe('chronicle');
    expect(verifierFrom(witness).name).toBe(witnessOf(verifierFrom(key).name));
    expect(await verify()).toMatchObject({ code: 0, witness, witnessFrom: 'remembered' });
    expect(await verify('--witness', witness)).toMatchObject({ code: 0, witness, witnessFrom: 'given' });
    expect(await text()).not.toContain('only as good as the files');
    await forgetAll();
    expect(await text('--key', key)).toContain(`Свидетель ${witness} — взят из самой летописи`);
    await forgetAll();
    expect(await text('--key', key)).toContain('лишь настолько, насколько достоверны сами файлы');
  });

  it('that is remembered or given is not replaced by that of the files, by --key neither', async () => {
    const { key, witness } = await verify();
    const whole = await copyOfFiles();
    const stranger = await bearFalseWitness();
    const found = { code: 1, hasWrongWitness: true, witness, findings: [{ kind: 'unwitnessed' }] };
    expect(await verify()).toMatchObject({ ...found, witnessFrom: 'remembered' });
    expect(await verify('--key', key)).toMatchObject({ ...found, witnessFrom: 'remembered' });
    expect(await text()).toContain('✗ В летописи записан другой свидетель');
    await forgetAll();
    expect(await verify('--key', key, '--witness', witness)).toMatchObject({ ...found, witnessFrom: 'given' });
    // A user who has only the key of the log cannot check the witness, is told so, and keeps the first witness until
    // another one is given.
    expect(await verify('--key', key)).toMatchObject({ code: 0, witness: stranger, witnessFrom: 'chronicle' });
    await whole.putBack();
    expect(await verify('--key', key)).toMatchObject({ code: 1, hasWrongWitness: true, witness: stranger });
    expect(await text('--witness', witness)).toContain(`Прежде здесь помнился другой свидетель: ${stranger}`);
    expect(await verify()).toMatchObject({ code: 0, witness, witnessFrom: 'remembered' });
  });

  it('is a finding when what stands in its place is no key', async () => {
    await tamper("UPDATE log_keys SET public_key = 'nonsense'");
    expect(await verify()).toMatchObject({ code: 1, hasWrongWitness: true, hasWrongKey: true });
  });
});

async function copyOfFiles() {
  const [data, copy] = [join(kept.home, 'data'), join(kept.home, 'copy')];
  await copyData(data, copy);
  return {
    async putBack() {
      await rm(data, { recursive: true });
      await cp(copy, data, { recursive: true });
    },
  };
}

describe('letopis verify --url', () => {
  const follow = (address: string, ...args: readonly string[]) =>
    letopis(['verify', '--url', address, ...args], { XDG_STATE_HOME: join(kept.home, 'elsewhere') });

  it('leaves behind what the files are verified by afterwards, and the other way round', async () => {
    const state = { XDG_STATE_HOME: join(kept.home, 'state') };
    const { key, witness } = await served(async (address) => {
      await textAt(`${address}/checkpoint`);
      const shape = z.object({ system: z.object({ logKey: z.string(), witnessKey: z.string() }) });
      const { system } = await apiAt(address).read(shape, '{ system { logKey witnessKey } }');
      const { code, stdout } = await letopis(['verify', '--url', address, '--key', system.logKey], state);
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Ключ свидетеля не известен') });
      return { key: system.logKey, witness: system.witnessKey };
    });
    expect(await verify()).toMatchObject({ code: 0, key, keyFrom: 'remembered', witness, witnessFrom: 'chronicle' });
    await served(async (address) => {
      const { code, stdout } = await letopis(['verify', '--url', address], state);
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/: \d\d\.\d\d\.20\d\d [\d:]+ UTC\n/) });
      expect(stdout).toContain(`Свидетель ${witness}: `);
      const stranger = verifierKey(signerOf(witnessOf(verifierFrom(key).name), leafHash('stranger')));
      expect(await letopis(['verify', '--url', address, '--witness', stranger], state)).toMatchObject({
        code: 1,
        stdout: expect.stringContaining('контрольную точку не подписал свидетель'),
      });
    });
    expect(await verify()).toMatchObject({ code: 0, witness, witnessFrom: 'remembered' });
  });

  it('follows the log of a server from elsewhere, by the key that was published', async () => {
    const key = await served(async (address) => {
      await textAt(`${address}/checkpoint`);
      const { key } = await verify();
      expect(await follow(address)).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('дайте его через --key'),
      });
      expect(await follow(address, '--key', key)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('Проверено'),
      });
      expect(await follow(address)).toMatchObject({ code: 0 });
      const other = verifierKey(signerOf('letopis/0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20', leafHash('other')));
      expect(await follow(address, '--key', other)).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('это ключ другого журнала'),
      });
      const stranger = verifierKey(signerOf(verifierFrom(key).name, leafHash('stranger')));
      expect(await follow(address, '--key', stranger)).toMatchObject({
        code: 1,
        stdout: expect.stringContaining('не этим ключом'),
      });
      return key;
    });
    // The last events are removed with all their traces, and others are recorded in their place.
    await forget(2);
    await rm(join(kept.home, 'data', 'log.anchor'));
    expect(await letopis(['log', 'accept', '--reason', 'как будто так и было'], kept.settings)).toMatchObject({
      code: 0,
    });
    await served(async (address) => {
      const after = await follow(address, '--key', key);
      expect({ code: after.code, says: /короче, чем был|были другими/.test(after.stdout) }).toEqual({
        code: 1,
        says: true,
      });
    });
  });

  it('says what to do where there is no log', async () => {
    expect(await follow('http://127.0.0.1:1')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('не отвечает: проверьте адрес'),
    });
  });
});

/**
 * Removes the last events of a chronicle with their leaves, their tree and their checkpoints, as a skilled attacker
 * would.
 */
async function forget(count: number): Promise<void> {
  const database = await opened();
  const leaves: { leaf: Uint8Array }[] = database.prepare('SELECT leaf FROM events ORDER BY position').all();
  const tree = leaves
    .slice(0, -count)
    .map(({ leaf }) => Buffer.from(leaf))
    .reduce(withLeaf, EMPTY_TREE);
  database.prepare('UPDATE tree SET size = ?, roots = ?').run(tree.size, Buffer.concat(tree.roots));
  database.prepare('DELETE FROM events WHERE position > ?').run(tree.size);
  database.prepare('UPDATE head SET position = ?').run(tree.size);
  database.prepare('DELETE FROM checkpoints WHERE size > ?').run(tree.size);
  database.close();
  // The read models contain the removed events.
  for (const end of ['', '-wal', '-shm']) await rm(join(kept.home, 'data', `readmodels.db${end}`), { force: true });
}

describe('a log whose key was changed by the configuration', () => {
  const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
  const [NEW, NEWER] = [key(1), key(2)];
  /** Serves until the log is signed by a key, and ends. */
  async function servedWith(more: Readonly<Record<string, string>>): Promise<string> {
    const started = await kept.serve(more);
    const api = apiAt(started.address);
    const shape = z.object({ system: z.object({ logKey: z.string() }) });
    const seed = Buffer.from(more.LETOPIS_LOG_KEY ?? '', 'base64');
    for (;;) {
      const { system } = await api.read(shape, '{ system { logKey } }');
      const note = parseCheckpoint(await textAt(`${started.address}/checkpoint`));
      const expected = seed.length === 32 ? verifierKey(signerOf(note.origin, seed)) : system.logKey;
      if (system.logKey === expected) {
        await started.stop('SIGTERM');
        return system.logKey;
      }
      await pause(50);
    }
  }

  it('is handed over by the key before it, and verified from either end', async () => {
    const { key: first } = await verify();
    const second = await servedWith({ LETOPIS_LOG_KEY: NEW });
    const third = await servedWith({ LETOPIS_LOG_KEY: NEWER, LETOPIS_LOG_KEY_BEFORE: NEW });
    expect(new Set([first, second, third]).size).toBe(3);
    // A user who trusts the first key gets to the last one, which is stored.
    expect(await verify()).toMatchObject({ code: 0, key: first, hasWrongKey: false, found: 0 });
    expect(await verify()).toMatchObject({ code: 0, key: third, keyFrom: 'remembered' });
    for (const trusted of [first, second, third]) {
      expect(await verify('--key', trusted)).toMatchObject({ code: 0, hasWrongKey: false, found: 0 });
    }
    const { stdout } = await letopis(['events', '--type', 'LogKeyRotated'], kept.settings);
    const rotations = stdout
      .trim()
      .split('\n')
      .map((line) => Rotated.parse(JSON.parse(line)).body.event.data);
    expect(rotations).toEqual([
      { previous: first, key: second },
      { previous: second, key: third },
    ]);
  });

  it('is refused at the start where the key before is not there', async () => {
    await servedWith({ LETOPIS_LOG_KEY: NEW });
    const refused = await letopis(['serve'], { ...kept.settings, LETOPIS_LOG_KEY: NEWER, LETOPIS_PORT: '0' });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('LETOPIS_LOG_KEY_BEFORE') });
    const back = await letopis(['serve'], { ...kept.settings, LETOPIS_PORT: '0' });
    expect(back).toMatchObject({ code: 1, stderr: expect.stringContaining('или верните LETOPIS_LOG_KEY') });
  });

  it('is found out when nobody who was trusted has handed over', async () => {
    const { key: first } = await verify();
    await servedWith({ LETOPIS_LOG_KEY: NEW });
    // As an attacker who may write the files and has only the new key: signatures of the first key are removed.
    const database = await opened();
    const { position } = database.prepare("SELECT position FROM events WHERE type = 'LogKeyRotated'").get() ?? {};
    database.prepare('DELETE FROM checkpoints WHERE size >= ?').run(Number(position));
    database.close();
    await servedWith({ LETOPIS_LOG_KEY: NEW });
    const found = await verify('--key', first);
    expect(found).toMatchObject({ code: 1, hasWrongKey: true });
    expect(found.findings).toContainEqual(expect.objectContaining({ kind: 'forged' }));
  });
});

const Rotated = z.object({
  body: z.object({ event: z.object({ data: z.object({ key: z.string(), previous: z.string() }) }) }),
});

describe('letopis verify --projections', () => {
  const Compared = z.object({
    documents: z.number(),
    found: z.number(),
    differences: z.array(z.object({ model: z.string(), documentId: z.string(), problem: z.string() })),
  });
  async function compared() {
    const { code, stdout } = await letopis(['verify', '--projections', '--json'], kept.settings);
    return { code, ...Compared.parse(JSON.parse(stdout)) };
  }
  let edits = 0;
  /** Changes the read models by hand. Returns the id of the changed row. */
  async function tamper(model: string, sql: (table: string) => string): Promise<string> {
    const database = await openSqlite(join(kept.home, 'data', 'readmodels.db'), 'writer');
    const table: unknown = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB ?")
      .get(`${model}_v[0-9]*`)?.name;
    const nth = `SELECT id FROM ${String(table)} WHERE deleted = 0 ORDER BY id LIMIT 1 OFFSET ?`;
    // Each call changes another row.
    edits += 1;
    const id: unknown = database.prepare(nth).get(['plans', 'parties'].includes(model) ? 0 : edits)?.id;
    database.prepare(sql(String(table))).run(String(id));
    database.close();
    return String(id);
  }

  it('finds nothing where nothing was done, beside a server and without one', async () => {
    const expected = { code: 0, found: 0, differences: [] };
    expect(await compared()).toMatchObject(expected);
    await kept.serve();
    const beside = await compared();
    expect(beside).toMatchObject(expected);
    expect(beside.documents).toBeGreaterThan(60);
  });

  it('names every document that is not what the chronicle makes of it, and a rebuild makes it good', async () => {
    const edits = [
      ['EDITED', 'plans', (table: string) => `UPDATE ${table} SET body = replace(body, 'План', 'Клан') WHERE id = ?`],
      [
        'EDITED',
        'activities',
        (table: string) => `UPDATE ${table} SET body = replace(body, 'timeframe', 'timefrome') WHERE id = ?`,
      ],
      ['MISFILED', 'controlPoints', (table: string) => `UPDATE ${table} SET f_due = '1999-01-01' WHERE id = ?`],
      [
        'MISFILED',
        'auditTrail',
        (table: string) => `DELETE FROM ${table}_words WHERE number = (SELECT number FROM ${table} WHERE id = ?)`,
      ],
      ['MISSING', 'auditTrail', (table: string) => `DELETE FROM ${table} WHERE id = ?`],
      ['MISSING', 'controlPoints', (table: string) => `UPDATE ${table} SET deleted = 1 WHERE id = ?`],
      ['ALIEN', 'parties', (table: string) => `UPDATE ${table} SET id = 'stranger' WHERE id = ?`],
    ] as const;
    const expected = [];
    for (const [problem, model, sql] of edits) {
      const documentId = await tamper(model, sql);
      // A row under another id is missing under its own id.
      if (problem === 'ALIEN') expected.push({ model, documentId: 'stranger', problem });
      expected.push({ model, documentId, problem: problem === 'ALIEN' ? 'MISSING' : problem });
    }
    const found = await compared();
    expect(found.code).toBe(1);
    expect(found.differences).toEqual(expect.arrayContaining(expected));
    expect((await letopis(['rebuild'], kept.settings)).code).toBe(0);
    expect(await compared()).toMatchObject({ code: 0, found: 0 });
  });
});

describe('the log that a server gives to everybody', () => {
  it('is a signed checkpoint over the hashes of its tiles', async () => {
    const { note, tile } = await served(async (address) => {
      const note = await textAt(`${address}/checkpoint`);
      const { size } = parseCheckpoint(note);
      const answer = await fetch(`${address}/tile/0/000.p/${size}`);
      expect(answer.headers.get('cache-control')).toContain('immutable');
      for (const [path, status] of [
        ['0/000', 404],
        [`0/000.p/${size + 1_000}`, 400],
        ['0/001.p/1', 404],
        ['0/0', 400],
        ['0/x000/000', 400],
        ['99/000', 400],
      ] as const) {
        expect([path, await statusOf(`${address}/tile/${path}`)]).toEqual([path, status]);
      }
      return { note, tile: Buffer.from(await answer.arrayBuffer()) };
    });
    const checkpoint = parseCheckpoint(note);
    const hashes = Array.from({ length: checkpoint.size }, (_, index) => tile.subarray(index * 32, index * 32 + 32));
    expect(rootOf(hashes.reduce(withLeaf, EMPTY_TREE))).toEqual(checkpoint.root);
    const { key } = await verify();
    expect(isSigned(checkpoint.note, verifierFrom(key))).toBe(true);
  });
});
