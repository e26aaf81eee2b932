import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqlite } from '../../src/storage/sqlite.js';
import { openVault } from '../../src/vault/sqlite.js';
import { WrongMasterKey } from '../../src/vault/vault.js';

let directory: string;
let file: string;
const masterKey = randomBytes(32);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'letopis-vault-'));
  file = join(directory, 'keys.db');
});

afterEach(() => rm(directory, { recursive: true }));

describe('a sealed name', () => {
  it('opens again, also after a restart, and is the same subject however its initials are set', async () => {
    const vault = await openVault(file, masterKey);
    const sealed = vault.seal({ person: 'Е.Н. Филатова' });
    expect(sealed.sealed).not.toContain('Филатова');
    expect(vault.seal({ person: 'Е. Н.  Филатова' }).subject).toBe(sealed.subject);
    expect(vault.seal({ person: 'СВ Стапинов' }).subject).not.toBe(sealed.subject);
    vault.close();
    const again = await openVault(file, masterKey);
    expect(again.open(sealed)).toBe('Е.Н. Филатова');
    again.close();
  });

  it('is gone for ever with the key of its subject, and of nobody else', async () => {
    const vault = await openVault(file, masterKey);
    const [erased, kept] = [vault.seal({ person: 'Е.Н. Филатова' }), vault.seal({ person: 'СВ Стапинов' })];
    vault.close();
    const database = await openSqlite(file, 'writer');
    database.prepare('DELETE FROM subject WHERE id = ?').run(erased.subject);
    database.close();
    const after = await openVault(file, masterKey);
    expect([after.open(erased), after.open(kept)]).toEqual([null, 'СВ Стапинов']);
    after.close();
  });

  it('does not open under another subject', async () => {
    const vault = await openVault(file, masterKey);
    const [one, other] = [vault.seal({ person: 'Е.Н. Филатова' }), vault.seal({ person: 'СВ Стапинов' })];
    expect(() => vault.open({ subject: other.subject, sealed: one.sealed })).toThrow();
    vault.close();
  });
});

describe('a key file', () => {
  it('is refused under another master key, in words', async () => {
    (await openVault(file, masterKey)).close();
    const wrong = openVault(file, randomBytes(32));
    await expect(wrong).rejects.toThrow(WrongMasterKey);
    await expect(wrong).rejects.toThrow('does not open the key file');
  });
});
