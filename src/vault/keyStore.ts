/** How soon a process notices that another one has destroyed or put back a key, in milliseconds. */
export const NOTICED_MS = 1_000;

/** The keys cannot be written or read just now. */
export class VaultUnavailable extends Error {
  override readonly name: string = 'VaultUnavailable';
}

/** Another writer has stored or destroyed a key of a person meanwhile: the names must be sealed again. */
export class SubjectTaken extends VaultUnavailable {
  override readonly name = 'SubjectTaken';
}

/** A person's key as it is stored. The wrapped key is bound to the subject: it cannot be unwrapped as that of another one. */
export interface SubjectKey {
  readonly subject: string;
  /** Keyed digest of the person's name, unique. */
  readonly lookup: string;
  readonly wrapped: Buffer;
}

/** The keys that one command needs. */
export interface NeededKeys {
  /** Made for this command and not stored yet. */
  readonly added: readonly SubjectKey[];
  /** Stored before. */
  readonly used: readonly SubjectKey[];
}

/** Stores wrapped keys. */
export interface KeyStore {
  /** The key of a subject, as far as it was read. */
  keyOf(subject: string): SubjectKey | undefined;
  /** The subject of a person, as far as it was read. */
  subjectOf(lookup: string): string | undefined;
  /**
   * Stores the added keys and reads all of them back.
   *
   * @returns the subjects whose keys are not stored as they were given: another writer has stored a key for the same
   *   person, or the key was destroyed. The store knows the present keys of these persons afterwards.
   * @throws VaultUnavailable when it cannot be told, or not every key is durable.
   */
  confirm(keys: NeededKeys): Promise<readonly string[]>;
  /** True when other processes write keys too, so that keys must be read before they are used. */
  readonly isShared: boolean;
  /** Reads the keys of these subjects. @throws VaultUnavailable */
  read(subjects: readonly string[]): Promise<void>;
  /** Drops what was read of a subject, so that it is read anew. */
  release(subject: string): void;
  /** The subject of a person, wherever it is stored. @throws VaultUnavailable */
  find(lookup: string): Promise<string | undefined>;
  /** Removes a key for ever with all its traces; a key that is not there is gone already. @throws VaultUnavailable */
  remove(subject: string): Promise<void>;
  /** Whether a subject's key was removed, as far as it is known here. */
  isRemoved(subject: string): boolean;
  /** The subjects that other processes have removed since the last call. @throws VaultUnavailable */
  removedElsewhere(): Promise<readonly string[]>;
  close(): void;
}

/** True when both are the same key of the same person. */
export function isSameKey(one: SubjectKey | undefined, other: SubjectKey | undefined): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    one.subject === other.subject &&
    one.lookup === other.lookup &&
    one.wrapped.equals(other.wrapped)
  );
}

/** @throws VaultUnavailable when not all keys lie in a place as they were put there. */
export function checkPut(put: readonly SubjectKey[], found: readonly SubjectKey[], place: string): void {
  const bySubject = new Map(found.map((key) => [key.subject, key]));
  const wrong = put.filter((key) => !isSameKey(key, bySubject.get(key.subject)));
  if (wrong.length === 0) return;
  throw new VaultUnavailable(
    `the keys of ${wrong.length} persons could not be put there, since the ${place} holds other keys for them: name another ${place}`,
  );
}
