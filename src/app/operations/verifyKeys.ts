import { isPersonal, type PersonalText } from '../../domain/personal.js';
import { batchesOf } from '../../engine/eventstore/batches.js';
import type { EventBatch, NativePosition } from '../../engine/eventstore/port.js';
import { openChronicleReadOnly } from '../../engine/eventstore/sqlite/openReadOnly.js';
import { failureText } from '../../engine/storage/failure.js';
import { type KeyFault, NameCipher, openRoot, WrongMasterKey } from '../../engine/vault/ciphers.js';
import { type SubjectKey, VaultUnavailable } from '../../engine/vault/keyStore.js';
import { textIn } from '../anchorFile.js';
import type { DataDirectory } from '../dataDirectory.js';
import { type VerifiableStores, verifiableFiles } from '../verifiableStores.js';

/** The events of a chronicle. */
export interface SealedChronicle {
  readAll(options: { readonly after: NativePosition }): Promise<EventBatch>;
}

/** The stored keys of a chronicle, to be compared with its events. */
export interface StoredKeys {
  readonly root: Buffer | undefined;
  readonly subjects: readonly SubjectKey[];
  /** Unwraps the root key. Without it only missing keys can be found. */
  readonly masterKey: Buffer | undefined;
  /** Subjects whose keys were destroyed on purpose, in addition to those in events. */
  readonly forgotten: ReadonlySet<string>;
}

/** The event of a sealed name. */
interface EventPlace {
  readonly stream: string;
  readonly revision: number;
}

/** A finding in the keys of persons. */
export type KeyFinding =
  /** A person who was not forgotten, but whose sealed names cannot be read or trusted. */
  | {
      readonly kind: 'missingKey' | 'foreignKey' | 'unreadableName';
      readonly subject: string;
      /** Number of sealed names of this person. */
      readonly names: number;
      readonly first: EventPlace;
    }
  /** The file of keys itself cannot be read. */
  | { readonly kind: 'damagedKeys'; readonly problem: string };

/** The result of verifying the keys of persons. */
export interface VerifiedKeys {
  /** `opened`: every sealed name was decrypted. `present`: without the master key, only missing keys were detected. */
  readonly checked: 'opened' | 'present';
  readonly persons: number;
  /** Number of persons whose key is stored. */
  readonly held: number;
  /** Number of all findings. */
  readonly found: number;
  /** The first findings. */
  readonly findings: readonly KeyFinding[];
}

/** Number of findings that are listed. */
const MAX_NAMED = 100;

/** The sealed names of a person in the events that were read so far. */
interface SealedNames {
  names: number;
  fault: KeyFault | null;
  readonly first: EventPlace;
}

/** Compares the keys of persons with all sealed names in the events. Writes nothing. */
export async function verifyKeys(chronicle: SealedChronicle, keys: StoredKeys): Promise<VerifiedKeys> {
  const cipher = cipherOf(keys);
  const stored = new Map(keys.subjects.map((key) => [key.subject, key]));
  const forgotten = new Set(keys.forgotten);
  const persons = new Map<string, SealedNames>();
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
    fault === null || forgotten.has(subject) ? [] : [{ kind: FINDING_KINDS[fault], subject, names, first }],
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
 * Compares the keys in a data directory with the events there. A server may run. Returns undefined when there is no
 * file of keys, as in a copy without keys.
 *
 * @throws Error when the chronicle cannot be read.
 */
export async function verifyKeysIn(
  files: DataDirectory,
  masterKey: string | undefined,
  stores: Pick<VerifiableStores, 'keys'> = verifiableFiles(files, () => undefined),
): Promise<VerifiedKeys | undefined> {
  const chronicle = await openChronicleReadOnly(files.chronicle, { mustBeWhole: false });
  try {
    chronicle.freeze();
    return await verifyKeysBeside(chronicle, stores, files, masterKey);
  } finally {
    chronicle.close();
  }
}

/**
 * Compares keys of persons with the events of a chronicle, as {@link verifyKeysIn} does.
 *
 * @throws EventStoreUnavailable, VaultUnavailable
 */
export async function verifyKeysBeside(
  chronicle: SealedChronicle & { head(): NativePosition | Promise<NativePosition> },
  stores: Pick<VerifiableStores, 'keys'>,
  files: DataDirectory,
  masterKey: string | undefined,
): Promise<VerifiedKeys | undefined> {
  // The order is events, keys, forgotten list: a name that is sealed or erased in between must not count as damage.
  const head = await chronicle.head();
  const keys = await stores.keys().catch((error: unknown) => {
    if (error instanceof VaultUnavailable) throw error;
    return failureText(files.vault, error);
  });
  if (keys === undefined) return undefined;
  if (typeof keys === 'string') {
    const findings = [{ kind: 'damagedKeys', problem: keys }] as const;
    return { checked: 'present', persons: 0, held: 0, found: 1, findings };
  }
  const master = masterKey ?? (await textIn(files.masterKey));
  return verifyKeys(upTo(head, chronicle), {
    ...keys,
    masterKey: master === undefined ? undefined : Buffer.from(master, 'base64'),
  });
}

/** Returns the chronicle without the events after a position. */
function upTo(head: NativePosition, chronicle: SealedChronicle): SealedChronicle {
  return {
    async readAll(options) {
      const batch = await chronicle.readAll(options);
      const events = batch.events.filter(({ position }) => position <= head);
      return { ...batch, events, caughtUp: batch.caughtUp || events.length < batch.events.length };
    },
  };
}

const FINDING_KINDS = { missing: 'missingKey', foreign: 'foreignKey', unreadable: 'unreadableName' } as const;

function cipherOf({ root, masterKey }: StoredKeys): NameCipher | undefined {
  if (!root || !masterKey) return undefined;
  try {
    return new NameCipher(openRoot(masterKey, root, 'keys'));
  } catch (error) {
    if (error instanceof WrongMasterKey) return undefined;
    throw error;
  }
}

/** Returns the parsed body of an event; undefined when it is not JSON, which the verification of the log reports. */
function dataIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Yields the sealed names in the data of an event. */
function* textsIn(value: unknown): Generator<PersonalText> {
  if (typeof value !== 'object' || value === null) return;
  if (isPersonal(value)) {
    yield value;
    return;
  }
  for (const item of Object.values(value)) yield* textsIn(item);
}
