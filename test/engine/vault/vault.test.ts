import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteReadOnly } from '../../../src/engine/storage/sqlite.js';
import { WrongMasterKey } from '../../../src/engine/vault/ciphers.js';
import { openVault } from '../../../src/engine/vault/sqlite.js';
import { sealed } from '../../conformance/vault.fixture.js';

let directory: string;
let file: string;
const masterKey = randomBytes(32);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'letopis-vault-'));
  file = join(directory, 'keys.db');
});

afterEach(() => rm(directory, { recursive: true }));

describe('the key of a forgotten person', () => {
  it('leaves no byte of its key in any file', async () => {
    const vault = await openVault(file, masterKey);
    await sealed(vault, ...Array.from({ length: 200 }, (_, person) => `Человек ${person}`));
    const [subject = ''] = (await sealed(vault, 'Е.Н. Филатова')).map((text) => text.subject);
    const look = await openSqliteReadOnly(file);
    const wrapped = look.prepare('SELECT wrapped FROM subject WHERE id = ?').get(subject)?.wrapped;
    look.close();
    if (!(wrapped instanceof Uint8Array)) throw new Error('there is a key');
    const found = async () => {
      const names = await readdir(directory);
      const files = await Promise.all(names.map((name) => readFile(join(directory, name))));
      return files.some((bytes) => bytes.includes(Buffer.from(wrapped)));
    };
    expect(await found()).toBe(true);
    await vault.forget(subject);
    expect(await found()).toBe(false);
    vault.close();
  });

  it('is said to be there still while somebody reads the file as it was, and is gone when that is over', async () => {
    const vault = await openVault(file, masterKey);
    const [subject = ''] = (await sealed(vault, 'Е.Н. Филатова')).map((text) => text.subject);
    const reader = await openSqliteReadOnly(file);
    reader.exec('BEGIN; SELECT * FROM subject');
    await expect(vault.forget(subject)).rejects.toThrow('is being read by another program');
    reader.exec('COMMIT');
    reader.close();
    await vault.forget(subject);
    vault.close();
  }, 20_000);
});

describe('a key file', () => {
  it('is refused under another master key, in words', async () => {
    (await openVault(file, masterKey)).close();
    const wrong = openVault(file, randomBytes(32));
    await expect(wrong).rejects.toThrow(WrongMasterKey);
    await expect(wrong).rejects.toThrow('does not open the key file');
  });
});
