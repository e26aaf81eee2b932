import { createHmac } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { readableText } from '../readable.js';
import { derived, type KeyFault, NameCipher } from './ciphers.js';
import { KeyDamage } from './damage.js';
import { type KeyStore, NOTICED_MS } from './keyStore.js';
import type { PlainName, SealedText } from './sealedText.js';
import { type NameSealer, type SealedName, sealing } from './sealing.js';

/**
 * Stores a key for each person. A root key wraps the keys of persons, and the master key wraps the root key. Destroying
 * a person's key erases the name from all events without changing them.
 */
export interface Vault {
  /** Returns a new sealing, for the names of one command. */
  sealing(): NameSealer;
  /**
   * Returns the name in a sealed text. Returns null when the person was erased ({@link Vault.isErased}), or the key is
   * damaged, which is reported to {@link Vault.damage}. With shared keys it opens only texts that were passed to
   * {@link Vault.learn} before.
   */
  open(text: SealedText): string | null;
  /** Loads the keys of all sealed texts in a value. @throws VaultUnavailable */
  learn(value: unknown): Promise<void>;
  /** Returns the data subject with this name; undefined when there is none. @throws VaultUnavailable */
  subjectOf(person: PlainName): Promise<string | undefined>;
  /** Returns true when the key of a subject was destroyed on purpose, false when it exists or was lost. */
  isErased(subject: string): boolean;
  /** Returns true when a key of this subject is stored. @throws VaultUnavailable */
  holds(subject: string): Promise<boolean>;
  /**
   * Destroys a person's key and all its traces in this store. Texts that were sealed with it can never be read again.
   * Idempotent. Other processes that share the keys notice it within {@link NOTICED_MS}.
   *
   * @throws VaultUnavailable when the key or its traces could not be destroyed: it must be repeated.
   */
  forget(subject: string): Promise<void>;
  /** Returns the keyed digest of a text, from which the text cannot be guessed. */
  fingerprint(text: string): string;
  /** Returns a secret of 32 bytes for a purpose. It is derived from the root key and not stored. */
  secretFor(purpose: string): Buffer;
  /** The damaged keys that were found. */
  readonly damage: KeyDamage;
  close(): void;
}

/** Returns the vault on a store of keys. `root`: the unwrapped root key. */
export function vaultOf(keys: KeyStore, root: Buffer): Vault {
  const cipher = new NameCipher(root);
  const damage = new KeyDamage();
  const fingerprintKey = derived(root, 'fingerprint');
  const opened = new LRUCache<string, { readonly subject: string; readonly name: string }>({ max: 10_000 });
  // Only names of stored keys: a frequent name is sealed once.
  const sealedNames = new LRUCache<string, SealedName>({ max: 1_000 });
  // Objects whose keys were loaded. The states of an aggregate share most of their objects.
  let learned = new WeakSet<object>();
  // Subjects whose keys were read within NOTICED_MS and were missing or damaged.
  const lookedFor = new LRUCache<string, true>({ max: 10_000, ttl: NOTICED_MS });

  const dropped = (subject: string): void => {
    for (const [sealed, known] of opened.entries()) if (known.subject === subject) opened.delete(sealed);
    for (const [name, { key }] of sealedNames.entries()) if (key.subject === subject) sealedNames.delete(name);
    damage.healed(subject);
  };
  let noticedAt = Number.NEGATIVE_INFINITY;
  const notice = async (): Promise<void> => {
    noticedAt = performance.now();
    for (const subject of await keys.removedElsewhere()) dropped(subject);
  };
  const isAbsent = (subject: string): boolean => keys.keyOf(subject) === undefined && !keys.isRemoved(subject);
  const damaged = (subject: string, fault: KeyFault): void => {
    damage.report(subject, fault);
    // The key is read again later, so that a restored key is found.
    keys.release(subject);
    lookedFor.set(subject, true);
    learned = new WeakSet();
  };
  return {
    damage,
    sealing: () => sealing({ keys, cipher, sealedNames, dropped, foreign: (subject) => damaged(subject, 'foreign') }),
    open(text) {
      const { subject, sealed } = text;
      const known = opened.get(sealed);
      if (known?.subject === subject) return known.name;
      const stored = keys.keyOf(subject);
      // With shared keys only `learn` can find out which keys are missing.
      if (!stored && (keys.isShared || keys.isRemoved(subject))) return null;
      const { name: opens, fault } = cipher.open(text, stored);
      const name = opens && readableText(opens);
      if (fault) damaged(subject, fault);
      else damage.healed(subject);
      if (name !== null && !fault) opened.set(sealed, { subject, name });
      return name;
    },
    async learn(value) {
      if (!keys.isShared) return;
      if (performance.now() - noticedAt >= NOTICED_MS) await notice();
      const seen: object[] = [];
      const absent = [...subjectsIn(value, learned, seen)].filter(isAbsent);
      const unread = absent.filter((subject) => !lookedFor.has(subject));
      if (unread.length > 0) {
        await keys.read(unread);
        // The key may have been destroyed just now, which is not damage.
        if (unread.some(isAbsent)) await notice();
        for (const subject of unread.filter(isAbsent)) {
          damage.report(subject, 'missing');
          lookedFor.set(subject, true);
        }
      }
      // A value with a missing key is checked again next time: the key may have been restored.
      if (!absent.some(isAbsent)) for (const part of seen) learned.add(part);
    },
    async subjectOf({ person }) {
      return keys.find(cipher.lookupOf(person));
    },
    isErased: (subject) => keys.isRemoved(subject),
    async holds(subject) {
      if (keys.isShared) await keys.read([subject]);
      return keys.keyOf(subject) !== undefined;
    },
    async forget(subject) {
      dropped(subject);
      await keys.remove(subject);
      // `open` may have memoized the name again in between.
      dropped(subject);
    },
    fingerprint: (text) => createHmac('sha256', fingerprintKey).update(text).digest('base64url'),
    secretFor: (purpose) => derived(root, `secret/${purpose}`),
    close: () => keys.close(),
  };
}

/** Returns the subjects of all sealed texts in a value. Skips objects in `learned`, and adds the others to `seen`. */
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
