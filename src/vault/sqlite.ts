import { failureText } from '../storage/failure.js';
import { openSqlite, openSqliteToLook, withoutTraces } from '../storage/sqlite.js';
import { newRoot, openRoot, type SubjectKey, type Vault, VaultUnavailable, vaultOf, WrongMasterKey } from './vault.js';

const TABLES = `
  CREATE TABLE IF NOT EXISTS root (id INTEGER PRIMARY KEY CHECK (id = 1), wrapped BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS subject (id TEXT PRIMARY KEY, lookup TEXT NOT NULL UNIQUE, wrapped BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS erased (id TEXT PRIMARY KEY)`;

/**
 * Opens a file of keys, making it at first.
 *
 * @throws WrongMasterKey when it was made under another master key.
 */
export async function openVault(file: string, masterKey: Buffer): Promise<Vault> {
  const database = await openSqlite(file, 'writer');
  // A key that is destroyed leaves no bytes behind.
  database.exec('PRAGMA secure_delete = ON');
  database.exec(TABLES);
  const wrappedRoot = (): unknown => database.prepare('SELECT wrapped FROM root').get()?.wrapped;
  if (!(wrappedRoot() instanceof Uint8Array)) {
    database.prepare('INSERT INTO root (id, wrapped) VALUES (1, ?)').run(newRoot(masterKey));
  }
  const root = openRoot(masterKey, bytesOf(wrappedRoot()) ?? Buffer.alloc(0), 'key file (keys.db)');
  const bySubject = database.prepare('SELECT wrapped FROM subject WHERE id = ?');
  const byLookup = database.prepare('SELECT id FROM subject WHERE lookup = ?');
  const insert = database.prepare('INSERT INTO subject (id, lookup, wrapped) VALUES (?, ?, ?)');
  const erase = database.prepare('INSERT OR IGNORE INTO erased (id) VALUES (?)');
  const erased = database.prepare('SELECT 1 FROM erased WHERE id = ?');
  const remove = database.prepare('DELETE FROM subject WHERE id = ?');
  const found = (lookup: string): string | undefined => {
    const id: unknown = byLookup.get(lookup)?.id;
    return typeof id === 'string' ? id : undefined;
  };
  return vaultOf(
    {
      isShared: false,
      wrappedOf: (subject) => bytesOf(bySubject.get(subject)?.wrapped),
      subjectOf: found,
      add({ subject, lookup, wrapped }) {
        try {
          insert.run(subject, lookup, wrapped);
        } catch (error) {
          throw new VaultUnavailable(failureText(file, error), { cause: error });
        }
      },
      flush: () => Promise.resolve(),
      read: () => Promise.resolve(),
      find: async (lookup) => found(lookup),
      async remove(subject) {
        try {
          erase.run(subject);
          remove.run(subject);
          withoutTraces(database);
        } catch (error) {
          throw new VaultUnavailable(failureText(file, error), { cause: error });
        }
      },
      isRemoved: (subject) => erased.get(subject) !== undefined,
      removedElsewhere: () => Promise.resolve([]),
      close: () => database.close(),
    },
    root,
  );
}

/**
 * Whether a master key opens a key file; nothing is written.
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
 * All keys of a file as they are kept, to carry them elsewhere; nothing is written.
 *
 * @throws Error when the file cannot be read.
 */
export async function keysIn(file: string): Promise<{ readonly root: Buffer; readonly subjects: SubjectKey[] }> {
  const database = await openSqliteToLook(file);
  try {
    const root = bytesOf(database.prepare('SELECT wrapped FROM root').get()?.wrapped) ?? Buffer.alloc(0);
    const subjects = database
      .prepare('SELECT id, lookup, wrapped FROM subject')
      .all()
      .map((row) => ({
        subject: String(row.id),
        lookup: String(row.lookup),
        wrapped: bytesOf(row.wrapped) ?? Buffer.alloc(0),
      }));
    return { root, subjects };
  } finally {
    database.close();
  }
}

/**
 * Puts keys into a file that holds none, or some of the same; run again, it goes on.
 *
 * @throws VaultUnavailable when keys of another root are there.
 */
export async function putKeys(file: string, root: Buffer, subjects: Iterable<SubjectKey>): Promise<void> {
  const database = await openSqlite(file, 'writer');
  try {
    database.exec(TABLES);
    const known = bytesOf(database.prepare('SELECT wrapped FROM root').get()?.wrapped);
    if (known && !known.equals(root)) {
      throw new VaultUnavailable(`${file} holds keys of another Letopis: name another directory`);
    }
    database.exec('BEGIN');
    if (!known) database.prepare('INSERT INTO root (id, wrapped) VALUES (1, ?)').run(root);
    const insert = database.prepare('INSERT OR IGNORE INTO subject (id, lookup, wrapped) VALUES (?, ?, ?)');
    for (const { subject, lookup, wrapped } of subjects) insert.run(subject, lookup, wrapped);
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}

function bytesOf(value: unknown): Buffer | undefined {
  return value instanceof Uint8Array ? Buffer.from(value) : undefined;
}
