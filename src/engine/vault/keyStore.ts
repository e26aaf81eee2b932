/** Longest time until a process notices that another one has destroyed or restored a key, in milliseconds. */
export const NOTICED_MS = 1_000;

/** Thrown when the keys cannot be written or read now. */
export class VaultUnavailable extends Error {
  override readonly name: string = 'VaultUnavailable';
}

/** Thrown when another writer has stored or destroyed a key of the same person: the names must be sealed again. */
export class SubjectTaken extends VaultUnavailable {
  override readonly name = 'SubjectTaken';
}

/** A stored key of a person. The wrapped key is bound to the subject: it cannot be unwrapped for another subject. */
export interface SubjectKey {
  readonly subject: string;
  /** Keyed digest of the person's name, unique. */
  readonly lookup: string;
  readonly wrapped: Buffer;
}

/** The keys that one command needs. */
export interface NeededKeys {
  /** New keys of this command, which are not stored yet. */
  readonly added: readonly SubjectKey[];
  /** Keys that were stored before. */
  readonly used: readonly SubjectKey[];
}

/** Stores wrapped keys. */
export interface KeyStore {
  /** Returns the key of a subject; undefined when it was not read. */
  keyOf(subject: string): SubjectKey | undefined;
  /** Returns the subject of a person by the lookup of the name; undefined when it was not read. */
  subjectOf(lookup: string): string | undefined;
  /**
   * Stores the added keys and reads all of them back.
   *
   * @returns the subjects whose stored keys differ from the given ones: another writer has stored a key for the same
   *   person, or the key was destroyed. The store has read the present keys of these persons afterwards.
   * @throws VaultUnavailable when the keys cannot be read back, or not every key is durable.
   */
  confirm(keys: NeededKeys): Promise<readonly string[]>;
  /** True when other processes write keys too, so that keys must be read before they are used. */
  readonly isShared: boolean;
  /** Reads the keys of these subjects. @throws VaultUnavailable */
  read(subjects: readonly string[]): Promise<void>;
  /** Forgets the key that was read for a subject, so that it is read again. */
  release(subject: string): void;
  /** Reads the subject of a person from the store by the lookup of the name. @throws VaultUnavailable */
  find(lookup: string): Promise<string | undefined>;
  /** Destroys a key and all its traces. Does nothing when there is no key. @throws VaultUnavailable */
  remove(subject: string): Promise<void>;
  /** Returns true when this process knows that the key of a subject was destroyed. */
  isRemoved(subject: string): boolean;
  /** Returns the subjects whose keys other processes have destroyed since the last call. @throws VaultUnavailable */
  removedElsewhere(): Promise<readonly string[]>;
  close(): void;
}

/** Returns true when both are the same key of the same person. */
export function isSameSubjectKey(one: SubjectKey | undefined, other: SubjectKey | undefined): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    one.subject === other.subject &&
    one.lookup === other.lookup &&
    one.wrapped.equals(other.wrapped)
  );
}

/** Checks that all keys are stored as they were written. @throws VaultUnavailable when one differs or is missing. */
export function checkPut(put: readonly SubjectKey[], found: readonly SubjectKey[], place: string): void {
  const bySubject = new Map(found.map((key) => [key.subject, key]));
  const wrong = put.filter((key) => !isSameSubjectKey(key, bySubject.get(key.subject)));
  if (wrong.length === 0) return;
  throw new VaultUnavailable(
    `the keys of ${wrong.length} persons could not be written, because the ${place} holds other keys for them: name another ${place}`,
  );
}
