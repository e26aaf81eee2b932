import { openSqlite, openSqliteReadOnly } from '../storage/sqlite.js';
import { newRoot, openRoot, WrongMasterKey } from './ciphers.js';
import { FileKeys, keyOfRow } from './fileKeys.js';
import { checkPut, type SubjectKey, VaultUnavailable } from './keyStore.js';
import { type Vault, vaultOf } from './vault.js';

const VAULT_TABLES = `
  CREATE TABLE IF NOT EXISTS root (id INTEGER PRIMARY KEY CHECK (id = 1), wrapped BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS subject (id TEXT PRIMARY KEY, lookup TEXT NOT NULL UNIQUE, wrapped BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS erased (id TEXT PRIMARY KEY)`;

/**
 * Opens a file of keys. Creates it with a new root key if it does not exist.
 *
 * @throws WrongMasterKey when its root key was wrapped by another master key.
 */
export async function openVault(file: string, masterKey: Buffer): Promise<Vault> {
  const database = await openSqlite(file, 'writer');
  // SQLite overwrites deleted keys with zeros.
  database.exec('PRAGMA secure_delete = ON');
  database.exec(VAULT_TABLES);
  const wrappedRoot = (): unknown => database.prepare('SELECT wrapped FROM root').get()?.wrapped;
  if (!(wrappedRoot() instanceof Uint8Array)) {
    database.prepare('INSERT INTO root (id, wrapped) VALUES (1, ?)').run(newRoot(masterKey));
  }
  const root = openRoot(masterKey, optionalBytes(wrappedRoot()) ?? Buffer.alloc(0), 'key file (keys.db)');
  return vaultOf(new FileKeys(database, file), root);
}

/**
 * Returns true when a master key opens a key file. Writes nothing.
 *
 * @throws Error when the file cannot be read.
 */
export async function opensVault(file: string, masterKey: Buffer): Promise<boolean> {
  if (masterKey.length !== 32) return false;
  try {
    const { root } = await keysIn(file);
    openRoot(masterKey, root, 'key file');
    return true;
  } catch (error) {
    if (error instanceof WrongMasterKey) return false;
    throw error;
  }
}

/**
 * Returns all keys in a file, for a copy. Writes nothing.
 *
 * @throws Error when the file cannot be read.
 */
export async function keysIn(file: string): Promise<{ readonly root: Buffer; readonly subjects: SubjectKey[] }> {
  const database = await openSqliteReadOnly(file);
  try {
    const root = optionalBytes(database.prepare('SELECT wrapped FROM root').get()?.wrapped) ?? Buffer.alloc(0);
    const subjects = database.prepare('SELECT id, lookup, wrapped FROM subject').all().map(keyOfRow);
    return { root, subjects };
  } finally {
    database.close();
  }
}

/**
 * Writes keys to a file, and reads them back. The file may be empty or contain some of the same keys already, so an
 * interrupted call can be repeated.
 *
 * @throws VaultUnavailable when the file has another root key, or another key of one of these persons.
 */
export async function putKeys(file: string, root: Buffer, subjects: readonly SubjectKey[]): Promise<void> {
  const database = await openSqlite(file, 'writer');
  try {
    database.exec(VAULT_TABLES);
    const known = optionalBytes(database.prepare('SELECT wrapped FROM root').get()?.wrapped);
    if (known && !known.equals(root)) {
      throw new VaultUnavailable(`${file} holds the keys of another chronicle: name another directory`);
    }
    database.exec('BEGIN');
    if (!known) database.prepare('INSERT INTO root (id, wrapped) VALUES (1, ?)').run(root);
    const insert = database.prepare('INSERT OR IGNORE INTO subject (id, lookup, wrapped) VALUES (?, ?, ?)');
    for (const { subject, lookup, wrapped } of subjects) insert.run(subject, lookup, wrapped);
    database.exec('COMMIT');
  } finally {
    database.close();
  }
  checkPut(subjects, (await keysIn(file)).subjects, 'directory');
}

function optionalBytes(value: unknown): Buffer | undefined {
  return value instanceof Uint8Array ? Buffer.from(value) : undefined;
}
