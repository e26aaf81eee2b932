import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { ERASED, LOST, type NamedPerson, type PersonalText, type PrintedText, printWith } from '../domain/personal.js';

/** The master key does not open these keys. */
export class WrongMasterKey extends Error {
  override readonly name = 'WrongMasterKey';
}

/** The keys cannot be written or read just now. */
export class VaultUnavailable extends Error {
  override readonly name = 'VaultUnavailable';
}

/** Another process has stored or destroyed a key of a person meanwhile: what was sealed must be sealed again. */
export class SubjectTaken extends Error {
  override readonly name = 'SubjectTaken';
}

/**
 * Keeps a key for each person, wrapped by a root key, which the master key wraps. Destroying a person's key erases the
 * person from every event without touching one.
 */
export interface Vault {
  /**
   * Seals a person's name; the same name is the same subject. The subject's key is durable after {@link Vault.flush}.
   *
   * @throws VaultUnavailable when it cannot be stored, as on a full disk.
   */
  seal(person: NamedPerson): PersonalText;
  /**
   * Makes the keys of all that was sealed durable: to be waited for before what was sealed is stored.
   *
   * @throws VaultUnavailable, SubjectTaken
   */
  flush(): Promise<void>;
  /** The name, or null when there is no key to it: the person was erased ({@link Vault.isErased}), or the key is lost. Only of texts that were learned, where other processes seal too. */
  open(text: PersonalText): string | null;
  /** Gets the keys of all sealed texts in a value that was read. @throws VaultUnavailable */
  learn(value: unknown): Promise<void>;
  /** The subject of a person's key, by the name; undefined when there is none. @throws VaultUnavailable */
  subjectOf(person: NamedPerson): Promise<string | undefined>;
  /** Whether the key of a subject was destroyed here, rather than lost. */
  isErased(subject: string): boolean;
  /** Whether there is a key of this subject. @throws VaultUnavailable */
  holds(subject: string): Promise<boolean>;
  /**
   * Destroys a person's key, for ever and wherever it is kept here: what was sealed by it is read by nobody again. Done again,
   * it changes nothing. Other processes that share the keys notice within {@link NOTICED_MS}.
   *
   * @throws VaultUnavailable when it could not be destroyed, or its traces could not: it must be done again.
   */
  forget(subject: string): Promise<void>;
  /** Keyed digest of a text, so that what is stored lets nobody guess the text. */
  fingerprint(text: string): string;
  /** A secret of 32 bytes for a purpose, the same wherever this chronicle's keys are: it is nowhere stored. */
  secretFor(purpose: string): Buffer;
  close(): void;
}

/** A subject's key as it is kept. */
export interface SubjectKey {
  readonly subject: string;
  /** Keyed digest of the person's name, unique. */
  readonly lookup: string;
  readonly wrapped: Buffer;
}

/** Where wrapped keys are kept. */
export interface KeyStore {
  /** The wrapped key of a subject, as far as it was read. */
  wrappedOf(subject: string): Buffer | undefined;
  /** The subject of a person, as far as it was read. */
  subjectOf(lookup: string): string | undefined;
  /** Keeps a key that is new. @throws VaultUnavailable */
  add(key: SubjectKey): void;
  /** Waits until all that was added is durable. @throws VaultUnavailable, SubjectTaken */
  flush(): Promise<void>;
  /** True when keys may come from other processes, so that they must be read before they are used. */
  readonly isShared: boolean;
  /** Reads the keys of these subjects. @throws VaultUnavailable */
  read(subjects: readonly string[]): Promise<void>;
  /** The subject of a person, wherever it is kept. @throws VaultUnavailable */
  find(lookup: string): Promise<string | undefined>;
  /** Takes a key away for ever with all its traces; one that is not there is gone already. @throws VaultUnavailable */
  remove(subject: string): Promise<void>;
  /** Whether a subject's key was removed, as far as it is known here. */
  isRemoved(subject: string): boolean;
  /** The subjects that other processes have removed since this was last asked. @throws VaultUnavailable */
  removedElsewhere(): Promise<readonly string[]>;
  close(): void;
}

/** How soon a process notices that another one has destroyed a key, in milliseconds. */
const NOTICED_MS = 1_000;

/** The vault over a store of keys whose root key is open. */
export function vaultOf(keys: KeyStore, root: Buffer): Vault {
  const lookupKey = derived(root, 'lookup');
  const fingerprintKey = derived(root, 'fingerprint');
  const opened = new LRUCache<string, { readonly subject: string; readonly name: string }>({ max: 10_000 });
  // Whoever acts acts often: a name is sealed once, and its key is stored by then.
  const sealedNames = new LRUCache<string, PersonalText>({ max: 1_000 });
  // Folds share most of what they are made of with the folds before them.
  const learned = new WeakSet<object>();

  const keyOf = (subject: string): Buffer | undefined => {
    const wrapped = keys.wrappedOf(subject);
    return wrapped && decrypt(root, wrapped, subject);
  };
  const lookupOf = (name: string) => createHmac('sha256', lookupKey).update(normalPerson(name)).digest('hex');
  // Subjects without a key: it is stored before what it seals, so that none comes later.
  const keyless = new LRUCache<string, true>({ max: 10_000 });
  const dropped = (subject: string): void => {
    for (const [sealed, known] of opened.entries()) if (known.subject === subject) opened.delete(sealed);
    for (const [name, known] of sealedNames.entries()) if (known.subject === subject) sealedNames.delete(name);
  };
  let noticedAt = Number.NEGATIVE_INFINITY;
  const notice = async (): Promise<boolean> => {
    if (performance.now() - noticedAt < NOTICED_MS) return false;
    noticedAt = performance.now();
    const removed = await keys.removedElsewhere();
    for (const subject of removed) dropped(subject);
    return removed.length > 0;
  };
  const subjectOf = (name: string): string => {
    const lookup = lookupOf(name);
    const known = keys.subjectOf(lookup);
    if (known !== undefined) return known;
    const subject = randomUUID();
    keys.add({ subject, lookup, wrapped: encrypt(root, randomBytes(32), subject) });
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
    async flush() {
      try {
        if (keys.isShared && (await notice())) throw new SubjectTaken('another process has erased a person');
        await keys.flush();
      } catch (error) {
        sealedNames.clear();
        throw error;
      }
    },
    open({ subject, sealed }) {
      const known = opened.get(sealed);
      if (known !== undefined) return known.name;
      const key = keyOf(subject);
      if (!key) return null;
      const name = decrypt(key, Buffer.from(sealed, 'base64url'), subject).toString();
      opened.set(sealed, { subject, name });
      return name;
    },
    async learn(value) {
      if (!keys.isShared) return;
      await notice();
      const seen: object[] = [];
      const missing = [...subjectsIn(value, learned, seen)].filter(
        (subject) => !keys.wrappedOf(subject) && !keyless.has(subject),
      );
      if (missing.length > 0) await keys.read(missing);
      for (const subject of missing) if (!keys.wrappedOf(subject)) keyless.set(subject, true);
      for (const part of seen) learned.add(part);
    },
    async subjectOf({ person }) {
      return keys.find(lookupOf(person));
    },
    isErased: (subject) => keys.isRemoved(subject),
    async holds(subject) {
      if (keys.isShared) await keys.read([subject]);
      return keys.wrappedOf(subject) !== undefined;
    },
    async forget(subject) {
      dropped(subject);
      await keys.remove(subject);
      // Whoever asked in between has opened it once more.
      dropped(subject);
    },
    fingerprint: (text) => createHmac('sha256', fingerprintKey).update(text).digest('base64url'),
    secretFor: (purpose) => derived(root, `secret/${purpose}`),
    close: () => keys.close(),
  };
}

/** A new root key, wrapped by the master key. */
export function newRoot(masterKey: Buffer): Buffer {
  return encrypt(masterKey, randomBytes(32), 'root');
}

/**
 * The root key.
 *
 * @param where they are kept, for the message.
 * @throws WrongMasterKey when it was wrapped by another master key.
 */
export function openRoot(masterKey: Buffer, wrapped: Buffer, where: string): Buffer {
  try {
    return decrypt(masterKey, wrapped, 'root');
  } catch (error) {
    throw new WrongMasterKey(
      `the master key does not open the ${where}: give the one it was made under, by master.key or LETOPIS_MASTER_KEY. Nothing was changed`,
      { cause: error },
    );
  }
}

function subjectsIn(
  value: unknown,
  learned: WeakSet<object>,
  seen: object[],
  found: Set<string> = new Set(),
): Set<string> {
  if (typeof value !== 'object' || value === null || learned.has(value)) return found;
  seen.push(value);
  if ('subject' in value && 'sealed' in value && typeof value.subject === 'string') return found.add(value.subject);
  const items = Array.isArray(value) || value instanceof Map ? value.values() : Object.values(value);
  for (const item of items) subjectsIn(item, learned, seen, found);
  return found;
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

/** What stands in the place of a name that cannot be read: whether it was erased, or its key is lost. */
export function inPlaceOfName(vault: Pick<Vault, 'isErased'>, { subject }: Pick<PersonalText, 'subject'>): string {
  return vault.isErased(subject) ? ERASED : LOST;
}

/** Returns a function that prints texts with the names of persons in them, whoever may see those: for comparing, not for showing. */
export function namesIn(vault: Pick<Vault, 'open' | 'isErased'>): (text: PrintedText) => string {
  return (text) => printWith(text, (person) => vault.open(person) ?? inPlaceOfName(vault, person));
}
