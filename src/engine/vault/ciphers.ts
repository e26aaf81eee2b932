import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { FORMAT_NAME } from '../log/formatName.js';
import { operatorTerms } from '../operatorTerms.js';
import type { SubjectKey } from './keyStore.js';
import type { SealedText } from './sealedText.js';

/** Thrown when the master key cannot unwrap the root key. */
export class WrongMasterKey extends Error {
  override readonly name = 'WrongMasterKey';
}

/**
 * Why a sealed name cannot be trusted or read although it was not erased:
 * - `missing`: its key is not stored;
 * - `foreign`: the stored key was wrapped for another person or altered, or it is stored under another person's name;
 * - `unreadable`: the key is this person's, but the text is not sealed by it.
 */
export type KeyFault = 'missing' | 'foreign' | 'unreadable';

/** The result of opening a sealed name: the name, null if it cannot be read, and the fault. */
export interface OpenedText {
  readonly name: string | null;
  readonly fault: KeyFault | null;
}

/** Returns a new root key, wrapped by the master key. */
export function newRoot(masterKey: Buffer): Buffer {
  return encrypt(masterKey, randomBytes(32), 'root');
}

/**
 * Returns the root key, unwrapped by the master key.
 *
 * @param where place of the keys, for the message.
 * @throws WrongMasterKey when it was wrapped by another master key.
 */
export function openRoot(masterKey: Buffer, wrapped: Buffer, where: string): Buffer {
  try {
    return decrypt(masterKey, wrapped, 'root');
  } catch (error) {
    throw new WrongMasterKey(
      `the master key does not open the ${where}: give the one with which they were made, by ${operatorTerms().masterKey}. Nothing was changed`,
      { cause: error },
    );
  }
}

/** Returns a 32-byte key for a purpose, derived from the root key. */
export function derived(root: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', root, '', `${FORMAT_NAME} ${purpose}`, 32));
}

/** Seals and opens names with keys that are wrapped by one root key. */
export class NameCipher {
  readonly #lookupKey: Buffer;

  constructor(private readonly root: Buffer) {
    this.#lookupKey = derived(root, 'lookup');
  }

  /** Returns the keyed digest of a person's name. Dots, spaces and case do not matter. */
  lookupOf(name: string): string {
    return createHmac('sha256', this.#lookupKey).update(normalPerson(name)).digest('hex');
  }

  /** Returns a new key of a person, wrapped by the root key and bound to the subject as additional data. */
  newKey(subject: string, lookup: string): SubjectKey {
    return { subject, lookup, wrapped: encrypt(this.root, randomBytes(32), subject) };
  }

  /** Seals a name with a person's key. Returns undefined when the key was wrapped for another subject or altered. */
  seal({ subject, wrapped }: SubjectKey, name: string): SealedText | undefined {
    const key = attempt(() => decrypt(this.root, wrapped, subject));
    return key && { subject, sealed: encrypt(key, Buffer.from(name), subject).toString('base64url') };
  }

  /** Opens a sealed name with the stored key of its subject. */
  open({ subject, sealed }: SealedText, stored: SubjectKey | undefined): OpenedText {
    if (!stored) return { name: null, fault: 'missing' };
    const key = attempt(() => decrypt(this.root, stored.wrapped, subject));
    if (!key) return { name: null, fault: 'foreign' };
    const name = attempt(() => decrypt(key, Buffer.from(sealed, 'base64url'), subject).toString());
    if (name === undefined) return { name: null, fault: 'unreadable' };
    return { name, fault: this.lookupOf(name) === stored.lookup ? null : 'foreign' };
  }
}

/** Returns a name without dots and spaces, in lower case: spellings that differ only there are one person. */
function normalPerson(name: string): string {
  return name
    .toLocaleLowerCase('ru')
    .replaceAll('ё', 'е')
    .replace(/[.\s]+/g, '');
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Encrypts by AES-256-GCM. Returns 12 bytes of nonce, 16 of tag, then the ciphertext. `belongsTo`: additional data. */
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
