import { randomUUID } from 'node:crypto';
import type { LRUCache } from 'lru-cache';
import { operatorTerms } from '../operatorTerms.js';
import type { NameCipher } from './ciphers.js';
import { type KeyStore, type SubjectKey, SubjectTaken, VaultUnavailable } from './keyStore.js';
import type { PlainName, SealedText } from './sealedText.js';

/** Seals the names of one command. */
export interface NameSealer {
  /**
   * Seals a person's name. The same name gives the same subject. The sealed text must not be stored before
   * {@link NameSealer.ready} has resolved.
   */
  seal(person: PlainName): SealedText;
  /**
   * Resolves when all keys that this sealing has used are stored durably and were read back unchanged.
   *
   * @throws SubjectTaken when another writer has stored or destroyed a key of one of these persons: seal the names
   *   again with a new sealing; VaultUnavailable when the keys cannot be checked. Then no sealed text may be stored.
   */
  ready(): Promise<void>;
}

/** A sealed name with the key that sealed it. */
export interface SealedName {
  readonly text: SealedText;
  readonly key: SubjectKey;
}

/** The parts of the vault that its sealings share. */
interface SealingParts {
  readonly keys: KeyStore;
  readonly cipher: NameCipher;
  /** Sealed names by name, memoized once their keys are stored. */
  readonly sealedNames: LRUCache<string, SealedName>;
  /** Drops all memoized texts of a subject. */
  readonly dropped: (subject: string) => void;
  /** Reports a stored key that does not belong to its subject. */
  readonly foreign: (subject: string) => void;
}

/**
 * Returns the sealing of one command. No other command can use its new keys before they are stored: they may never be
 * stored.
 */
export function sealing({ keys, cipher, sealedNames, dropped, foreign }: SealingParts): NameSealer {
  let added = new Map<string, SubjectKey>();
  const names = new Map<string, SealedName>();

  /** Returns the key of a person: one that this command has created, the stored one, or a new one. */
  const keyFor = (person: string): SubjectKey => {
    const lookup = cipher.lookupOf(person);
    const own = added.get(lookup);
    if (own) return own;
    const subject = keys.subjectOf(lookup);
    const stored = subject === undefined ? undefined : keys.keyOf(subject);
    if (stored) return stored;
    const made = cipher.newKey(randomUUID(), lookup);
    added.set(lookup, made);
    return made;
  };
  const sealNow = (person: string): SealedName => {
    const key = keyFor(person);
    const text = cipher.seal(key, person);
    if (text) return { text, key };
    foreign(key.subject);
    throw new VaultUnavailable(`the stored key of a person is damaged: \`${operatorTerms().verify}\` names it`);
  };
  return {
    seal({ person }) {
      // `ready` reads the key of a memoized name from the store.
      const name = names.get(person) ?? sealedNames.get(person) ?? sealNow(person);
      names.set(person, name);
      return name.text;
    },
    async ready() {
      const used = [...names.values()].map(({ key }) => key).filter((key) => added.get(key.lookup) !== key);
      const lost = await keys.confirm({ added: [...added.values()], used });
      for (const subject of lost) dropped(subject);
      if (lost.length > 0) throw new SubjectTaken('another writer has stored or destroyed a key of the same person');
      added = new Map();
      for (const [person, name] of names) sealedNames.set(person, name);
    },
  };
}
