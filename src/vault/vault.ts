import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { NamedPerson, PersonalText } from '../domain/personal.js';
import { failureText } from '../storage/failure.js';
import { openSqlite, openSqliteToLook, type SqliteDatabase } from '../storage/sqlite.js';

/** The master key does not open this key file. */
export class WrongMasterKey extends Error {
  override readonly name = 'WrongMasterKey';
}

/** The file of keys cannot be written or read just now. */
export class VaultUnavailable extends Error {
  override readonly name = 'VaultUnavailable';
}

/**
 * Keeps a key for each person in a file of its own, wrapped by a root key, which the master key wraps. Destroying a
 * person's key erases the person from every event without touching one.
 */
export interface Vault {
  /**
   * Seals a person's name; the same name is the same subject. The subject's key is durable before this returns.
   *
   * @throws VaultUnavailable when it cannot be stored, as on a full disk.
   */
  seal(person: NamedPerson): PersonalText;
  /** The name, or null when the person was erased. */
  open(text: PersonalText): string | null;
  /** Keyed digest of a text, so that what is stored lets nobody guess the text. */
  fingerprint(text: string): string;
  close(): void;
}

/**
 * Opens a key file, making it at first.
 *
 * @throws WrongMasterKey when it was made under another master key.
 */
export async function openVault(file: string, masterKey: Buffer): Promise<Vault> {
  const database = await openSqlite(file, 'writer');
  database.exec(
    `CREATE TABLE IF NOT EXISTS root (id INTEGER PRIMARY KEY CHECK (id = 1), wrapped BLOB NOT NULL);
     CREATE TABLE IF NOT EXISTS subject (id TEXT PRIMARY KEY, lookup TEXT NOT NULL UNIQUE, wrapped BLOB NOT NULL)`,
  );
  const root = rootKey(database, masterKey);
  const lookupKey = derived(root, 'lookup');
  const fingerprintKey = derived(root, 'fingerprint');
  const bySubject = database.prepare('SELECT wrapped FROM subject WHERE id = ?');
  const byLookup = database.prepare('SELECT id FROM subject WHERE lookup = ?');
  const insert = database.prepare('INSERT INTO subject (id, lookup, wrapped) VALUES (?, ?, ?)');
  const opened = new LRUCache<string, string>({ max: 10_000 });
  // Whoever acts acts often: a name is sealed once, and its key is in the file by then.
  const sealedNames = new LRUCache<string, PersonalText>({ max: 1_000 });

  const keyOf = (subject: string): Buffer | undefined => {
    const wrapped = bySubject.get(subject)?.wrapped;
    return wrapped instanceof Uint8Array ? decrypt(root, Buffer.from(wrapped), subject) : undefined;
  };
  const subjectOf = (name: string): string => {
    const lookup = createHmac('sha256', lookupKey).update(normalPerson(name)).digest('hex');
    const known = byLookup.get(lookup)?.id;
    if (typeof known === 'string') return known;
    const subject = randomUUID();
    try {
      insert.run(subject, lookup, encrypt(root, randomBytes(32), subject));
    } catch (error) {
      throw new VaultUnavailable(failureText(file, error), { cause: error });
    }
    return subject;
  };
  return {
    seal({ person }) {
      const known = sealedNames.get(person);
      if (known) return known;
      const subject = subjectOf(person);
      const key = keyOf(subject);
      if (!key) throw new Error('the key of a person vanished while it was used');
      const text = { subject, sealed: encrypt(key, Buffer.from(person), subject).toString('base64url') };
      sealedNames.set(person, text);
      return text;
    },
    open({ subject, sealed }) {
      const known = opened.get(sealed);
      if (known !== undefined) return known;
      const key = keyOf(subject);
      if (!key) return null;
      const name = decrypt(key, Buffer.from(sealed, 'base64url'), subject).toString();
      opened.set(sealed, name);
      return name;
    },
    fingerprint: (text) => createHmac('sha256', fingerprintKey).update(text).digest('base64url'),
    close: () => database.close(),
  };
}

/**
 * Whether a master key opens a key file; nothing is written.
 *
 * @throws Error when the file cannot be read.
 */
export async function opensVault(file: string, masterKey: Buffer): Promise<boolean> {
  const database = await openSqliteToLook(file);
  try {
    const wrapped = database.prepare('SELECT wrapped FROM root').get()?.wrapped;
    return wrapped instanceof Uint8Array && masterKey.length === 32 && isOpened(masterKey, Buffer.from(wrapped));
  } finally {
    database.close();
  }
}

function isOpened(masterKey: Buffer, wrapped: Buffer): boolean {
  try {
    decrypt(masterKey, wrapped, 'root');
    return true;
  } catch {
    return false;
  }
}

function rootKey(database: SqliteDatabase, masterKey: Buffer): Buffer {
  const wrapped = database.prepare('SELECT wrapped FROM root').get()?.wrapped;
  if (!(wrapped instanceof Uint8Array)) {
    const root = randomBytes(32);
    database.prepare('INSERT INTO root (id, wrapped) VALUES (1, ?)').run(encrypt(masterKey, root, 'root'));
    return root;
  }
  try {
    return decrypt(masterKey, Buffer.from(wrapped), 'root');
  } catch (error) {
    throw new WrongMasterKey(
      'the master key does not open the key file (keys.db): give the one it was made under, by master.key or LETOPIS_MASTER_KEY. Nothing was changed',
      {
        cause: error,
      },
    );
  }
}

/** Dots, spaces and case do not make another person. */
function normalPerson(name: string): string {
  return name
    .toLocaleLowerCase('ru')
    .replaceAll('ё', 'е')
    .replace(/[.\s]+/g, '');
}

function derived(root: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', root, '', `letopis ${purpose}`, 32));
}

/** AES-256-GCM: 12 bytes of nonce, 16 of tag, then the ciphertext, bound to what it belongs to. */
function encrypt(key: Buffer, plain: Buffer, belongsTo: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(belongsTo));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

function decrypt(key: Buffer, sealed: Buffer, belongsTo: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(belongsTo)).setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
}
