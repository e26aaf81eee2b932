import { createHmac } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { ERASED, LOST, type NamedPerson, type PersonalText, type PrintedText, printWith } from '../domain/personal.js';
import { readableText } from '../domain/texts.js';
import { derived, type KeyFault, NameCipher } from './ciphers.js';
import { KeyDamage } from './damage.js';
import { type KeyStore, NOTICED_MS } from './keyStore.js';
import { type Sealing, sealing } from './sealing.js';

/**
 * Keeps a key for each person, wrapped by a root key, which the master key wraps. Destroying a person's key erases the
 * person from every event without touching one.
 */
export interface Vault {
  /** Begins to seal the names of one command. */
  sealing(): Sealing;
  /**
   * The name; null when it cannot be read: the person was erased ({@link Vault.isErased}), or the key is damaged, which is
   * reported to {@link Vault.damage}. Where other processes seal too, only texts that were learned are opened.
   */
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
  /** The damaged keys that were met. */
  readonly damage: KeyDamage;
  close(): void;
}

/** The vault over a store of keys whose root key is open. */
export function vaultOf(keys: KeyStore, root: Buffer): Vault {
  const cipher = new NameCipher(root);
  const damage = new KeyDamage();
  const fingerprintKey = derived(root, 'fingerprint');
  const opened = new LRUCache<string, { readonly subject: string; readonly name: string }>({ max: 10_000 });
  // Names of stored keys: a name that comes often is sealed once.
  const sealedNames = new LRUCache<string, PersonalText>({ max: 1_000 });
  // Folds share most of what they are made of with the folds before them.
  let learned = new WeakSet<object>();
  // Subjects whose keys were looked for a moment ago and are missing or damaged.
  const lookedFor = new LRUCache<string, true>({ max: 10_000, ttl: NOTICED_MS });

  const dropped = (subject: string): void => {
    for (const [sealed, known] of opened.entries()) if (known.subject === subject) opened.delete(sealed);
    for (const [name, known] of sealedNames.entries()) if (known.subject === subject) sealedNames.delete(name);
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
    // The key is read again later, so that one that was put back is found.
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
      // Of a shared store it is known by `learn` alone which keys are missing.
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
        // A key that was destroyed just now is not damaged.
        if (unread.some(isAbsent)) await notice();
        for (const subject of unread.filter(isAbsent)) {
          damage.report(subject, 'missing');
          lookedFor.set(subject, true);
        }
      }
      // What lacks a key is looked at again: the key may be put back.
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
      // Whoever asked in between has opened it once more.
      dropped(subject);
    },
    fingerprint: (text) => createHmac('sha256', fingerprintKey).update(text).digest('base64url'),
    secretFor: (purpose) => derived(root, `secret/${purpose}`),
    close: () => keys.close(),
  };
}

/** The subjects of all sealed texts in a value; parts that were learned are left out, and the others added to `seen`. */
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

/** What stands in the place of a name that cannot be read: whether it was erased, or its key is lost or damaged. */
export function inPlaceOfName(vault: Pick<Vault, 'isErased'>, { subject }: Pick<PersonalText, 'subject'>): string {
  return vault.isErased(subject) ? ERASED : LOST;
}

/** Returns a function that prints texts with the names of persons in them, whoever may see those: for comparing, not for showing. */
export function namesIn(vault: Pick<Vault, 'open' | 'isErased'>): (text: PrintedText) => string {
  return (text) => printWith(text, (person) => vault.open(person) ?? inPlaceOfName(vault, person));
}
