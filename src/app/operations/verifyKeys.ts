import { readFile } from 'node:fs/promises';
import { isPersonal, type PersonalText } from '../../domain/personal.js';
import { batchesOf } from '../../eventstore/batches.js';
import type { EventBatch, NativePosition } from '../../eventstore/port.js';
import { lookIntoChronicle } from '../../eventstore/sqlite/look.js';
import { failureText } from '../../storage/failure.js';
import { type KeyFault, NameCipher, openRoot, WrongMasterKey } from '../../vault/ciphers.js';
import type { SubjectKey } from '../../vault/keyStore.js';
import { keysIn } from '../../vault/sqlite.js';
import type { DataDirectory } from '../dataDirectory.js';
import { forgottenList } from '../forgottenList.js';
import { isThere } from '../isThere.js';

/** A chronicle whose events are read from the first one on. */
export interface SealedChronicle {
  readAll(options: { readonly after: NativePosition }): Promise<EventBatch>;
}

/** The stored keys of a chronicle, and how they can be held against its events. */
export interface StoredKeys {
  readonly root: Buffer | undefined;
  readonly subjects: readonly SubjectKey[];
  /** Opens the root key; without it only presence is known. */
  readonly masterKey: Buffer | undefined;
  /** Subjects whose keys were destroyed on purpose, beside those that the events tell. */
  readonly forgotten: ReadonlySet<string>;
}

/** Where a sealed name stands. */
interface EventPlace {
  readonly stream: string;
  readonly revision: number;
}

/** What is wrong with the keys of persons. */
export type KeyFinding =
  /** A person whose sealed names cannot be read or trusted though no event says that the person was forgotten. */
  | {
      readonly kind: 'missingKey' | 'foreignKey' | 'unreadableName';
      readonly subject: string;
      /** How many sealed names there are of this person. */
      readonly names: number;
      readonly first: EventPlace;
    }
  /** The file of keys itself cannot be read. */
  | { readonly kind: 'damagedKeys'; readonly problem: string };

/** What was found of the keys of persons. */
export interface VerifiedKeys {
  /** `opened`: each name was opened; `present`: no master key was at hand, so that only missing keys were found. */
  readonly checked: 'opened' | 'present';
  readonly persons: number;
  /** Persons whose key is stored. */
  readonly held: number;
  readonly found: number;
  /** Of all that was found. */
  readonly findings: readonly KeyFinding[];
}

/** How many findings are named. */
const MAX_NAMED = 100;

/** What is known of a person while events are read. */
interface Seen {
  names: number;
  fault: KeyFault | null;
  readonly first: EventPlace;
}

/** Holds the keys of persons against every sealed name in the events; nothing is written. */
export async function verifyKeys(chronicle: SealedChronicle, keys: StoredKeys): Promise<VerifiedKeys> {
  const cipher = cipherOf(keys);
  const stored = new Map(keys.subjects.map((key) => [key.subject, key]));
  const forgotten = new Set(keys.forgotten);
  const persons = new Map<string, Seen>();
  const faultIn = (text: PersonalText): KeyFault | null => {
    const key = stored.get(text.subject);
    if (cipher) return cipher.open(text, key).fault;
    return key ? null : 'missing';
  };
  for await (const { events } of batchesOf(chronicle)) {
    for (const { stream, revision, type, body } of events) {
      if (type === 'PersonForgotten') forgotten.add(stream.slice('subject-'.length));
      for (const text of textsIn(dataIn(body))) {
        const seen = persons.get(text.subject) ?? { names: 0, fault: null, first: { stream, revision } };
        persons.set(text.subject, seen);
        seen.names += 1;
        seen.fault ??= faultIn(text);
      }
    }
  }
  const findings = [...persons].flatMap(([subject, { fault, names, first }]): KeyFinding[] =>
    fault === null || forgotten.has(subject) ? [] : [{ kind: KINDS[fault], subject, names, first }],
  );
  return {
    checked: cipher ? 'opened' : 'present',
    persons: persons.size,
    held: [...persons.keys()].filter((subject) => stored.has(subject)).length,
    found: findings.length,
    findings: findings.slice(0, MAX_NAMED),
  };
}

/**
 * Holds the keys in a data directory against the events there, beside a running server too; undefined when there is no
 * file of keys, as in a copy without them.
 *
 * @throws Error when the chronicle cannot be read.
 */
export async function verifyKeysIn(
  files: DataDirectory,
  masterKey: string | undefined,
): Promise<VerifiedKeys | undefined> {
  if (!(await isThere(files.vault))) return undefined;
  const chronicle = await lookIntoChronicle(files.chronicle, { mustBeWhole: false });
  try {
    // Events first, then keys, then the list: whatever is sealed or forgotten meanwhile is no damage.
    chronicle.freeze();
    chronicle.head();
    const keys = await keysIn(files.vault).catch((error: unknown) => failureText(files.vault, error));
    if (typeof keys === 'string') {
      const findings = [{ kind: 'damagedKeys', problem: keys }] as const;
      return { checked: 'present', persons: 0, held: 0, found: 1, findings };
    }
    const master = masterKey ?? (await textIn(files.masterKey));
    return await verifyKeys(chronicle, {
      ...keys,
      masterKey: master === undefined ? undefined : Buffer.from(master, 'base64'),
      forgotten: await forgottenList(files.forgotten).all(),
    });
  } finally {
    chronicle.close();
  }
}

async function textIn(file: string): Promise<string | undefined> {
  return (await isThere(file)) ? readFile(file, 'utf8') : undefined;
}

const KINDS = { missing: 'missingKey', foreign: 'foreignKey', unreadable: 'unreadableName' } as const;

function cipherOf({ root, masterKey }: StoredKeys): NameCipher | undefined {
  if (!root || !masterKey) return undefined;
  try {
    return new NameCipher(openRoot(masterKey, root, 'keys'));
  } catch (error) {
    if (error instanceof WrongMasterKey) return undefined;
    throw error;
  }
}

/** What an event holds; nothing when it was edited so that it is no JSON, which the log tells of. */
function dataIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The sealed names in the data of an event. */
function* textsIn(value: unknown): Generator<PersonalText> {
  if (typeof value !== 'object' || value === null) return;
  if (isPersonal(value)) {
    yield value;
    return;
  }
  for (const item of Object.values(value)) yield* textsIn(item);
}
