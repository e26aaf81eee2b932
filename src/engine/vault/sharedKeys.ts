import { LRUCache } from 'lru-cache';
import { Binary, type Collection, type Db, MongoBulkWriteError } from 'mongodb';
import { FORMAT_NAME } from '../log/formatName.js';
import { slicesOf } from '../slices.js';
import { allOf, bulkFailure, DURABLE, RECORDS_AT_ONCE, withMongoTimeout } from '../storage/mongodb.js';
import {
  isSameSubjectKey,
  type KeyStore,
  type NeededKeys,
  NOTICED_MS,
  type SubjectKey,
  VaultUnavailable,
} from './keyStore.js';

/** A key as a record in MongoDB. */
interface StoredSubjectKey {
  readonly _id: string;
  readonly lookup: string;
  readonly wrapped: Binary;
}

/** A record of a subject whose key was destroyed, with the time. */
interface Erased {
  readonly _id: string;
  readonly at: string;
}

/** Returns the collection of keys. */
export function subjectKeyCollection(db: Db): Collection<StoredSubjectKey> {
  return db.collection<StoredSubjectKey>(`${FORMAT_NAME}_subjects`, DURABLE);
}

/** Returns the collection of subjects whose keys were destroyed. */
export function erasedOf(db: Db): Collection<Erased> {
  return db.collection<Erased>(`${FORMAT_NAME}_erased`, DURABLE);
}

/** Returns the subjects whose keys were destroyed. */
export async function erasedIn(erased: Collection<Erased>, extendDeadline: () => void): Promise<string[]> {
  const all = await allOf(erased.find({}, { projection: { _id: 1 } }), extendDeadline);
  return all.map(({ _id }) => _id);
}

/** Stores keys in MongoDB, which other processes read and write too. */
export class SharedKeys implements KeyStore {
  readonly isShared = true;
  readonly #known = new Map<string, SubjectKey>();
  readonly #subjects = new Map<string, string>();
  readonly #erased = new Set<string>();
  /** Number and newest of the records of destroyed keys when they were last read. */
  #erasedState = '';
  /** Subjects whose keys were read back within {@link NOTICED_MS}, so that not every command reads them again. */
  readonly #confirmed = new LRUCache<string, true>({ max: 10_000, ttl: NOTICED_MS });

  constructor(
    private readonly subjects: Collection<StoredSubjectKey>,
    private readonly erased: Collection<Erased>,
  ) {}

  keyOf(subject: string): SubjectKey | undefined {
    return this.#known.get(subject);
  }

  subjectOf(lookup: string): string | undefined {
    return this.#subjects.get(lookup);
  }

  async confirm({ added, used }: NeededKeys): Promise<readonly string[]> {
    const needed = [...added, ...used.filter(({ subject }) => !this.#confirmed.has(subject))];
    if (needed.length === 0) return [];
    return withKeyDatabase(async (extendDeadline) => {
      await insertKeys(this.subjects, added);
      const stored = await this.#stored('_id', subjectsOf(needed), extendDeadline);
      const bySubject = new Map(stored.map((key) => [key.subject, key]));
      const isOurs = (key: SubjectKey): boolean =>
        !this.#erased.has(key.subject) && isSameSubjectKey(bySubject.get(key.subject), key);
      for (const key of needed.filter(isOurs)) {
        this.#learn(key);
        this.#confirmed.set(key.subject, true);
      }
      const lost = needed.filter((key) => !isOurs(key));
      for (const { subject } of lost) this.release(subject);
      const lookups = lost.map(({ lookup }) => lookup);
      for (const key of await this.#stored('lookup', lookups, extendDeadline)) this.#learn(key);
      return subjectsOf(lost);
    });
  }

  async read(subjects: readonly string[]): Promise<void> {
    const found = await withKeyDatabase((extendDeadline) => this.#stored('_id', subjects, extendDeadline));
    for (const key of found) this.#learn(key);
    const there = new Set(subjectsOf(found));
    for (const subject of subjects) if (!there.has(subject)) this.release(subject);
  }

  async find(lookup: string): Promise<string | undefined> {
    const [key] = await withKeyDatabase((extendDeadline) => this.#stored('lookup', [lookup], extendDeadline));
    if (key) this.#learn(key);
    return key?.subject;
  }

  async remove(subject: string): Promise<void> {
    await withKeyDatabase(async () => {
      // Recorded first. If the process ends before deleteOne, other processes drop the key all the same, and a repeat
      // of the command deletes it.
      const removed = { $setOnInsert: { at: new Date().toISOString() } };
      await this.erased.updateOne({ _id: subject }, removed, { upsert: true });
      await this.subjects.deleteOne({ _id: subject });
    });
    this.#drop(subject);
  }

  isRemoved(subject: string): boolean {
    return this.#erased.has(subject);
  }

  async removedElsewhere(): Promise<readonly string[]> {
    return withKeyDatabase(async (extendDeadline) => {
      // A database that was restored to an older state has fewer records, so their number alone would not show a new
      // one.
      const [newest] = await this.erased.find().sort({ at: -1 }).limit(1).toArray();
      const state = `${await this.erased.countDocuments()} ${newest?._id} ${newest?.at}`;
      if (state === this.#erasedState) return [];
      const all = await erasedIn(this.erased, extendDeadline);
      const found = all.filter((subject) => !this.#erased.has(subject));
      for (const subject of found) this.#drop(subject);
      this.#erasedState = state;
      return found;
    });
  }

  release(subject: string): void {
    const known = this.#known.get(subject);
    if (known && this.#subjects.get(known.lookup) === subject) this.#subjects.delete(known.lookup);
    this.#known.delete(subject);
    this.#confirmed.delete(subject);
  }

  close(): void {
    this.#known.clear();
  }

  /** Returns the stored keys with these values of a field. Many values are read in pieces, each with its own timeout. */
  async #stored(field: '_id' | 'lookup', values: readonly string[], extendDeadline: () => void): Promise<SubjectKey[]> {
    const keys: SubjectKey[] = [];
    for (const piece of slicesOf(values, RECORDS_AT_ONCE)) {
      for (const stored of await this.subjects.find({ [field]: { $in: piece } }).toArray())
        keys.push(keyFromRecord(stored));
      extendDeadline();
    }
    return keys;
  }

  #learn(key: SubjectKey): void {
    // Destroyed while it was being read, or by a process that ended before it had deleted the key.
    if (this.#erased.has(key.subject)) return;
    if (!isSameSubjectKey(this.#known.get(key.subject), key)) this.release(key.subject);
    this.#known.set(key.subject, key);
    this.#subjects.set(key.lookup, key.subject);
  }

  #drop(subject: string): void {
    this.#erased.add(subject);
    this.release(subject);
  }
}

/**
 * Inserts keys, except those of persons that already have one. The caller must read the keys back.
 *
 * @throws VaultUnavailable when an insert fails for a reason other than a duplicate; any other error of the driver.
 */
export async function insertKeys(subjects: Collection<StoredSubjectKey>, added: readonly SubjectKey[]): Promise<void> {
  if (added.length === 0) return;
  try {
    await subjects.insertMany(added.map(recordFromKey), { ordered: false });
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error;
    const failure = bulkFailure(error);
    if (failure === undefined) return;
    throw new VaultUnavailable(`MongoDB did not store the keys of persons (${failure}): try again`, { cause: error });
  }
}

/** Returns the key in a record. */
export function keyFromRecord({ _id, lookup, wrapped }: StoredSubjectKey): SubjectKey {
  return { subject: _id, lookup, wrapped: binaryBytes(wrapped) };
}

/** Returns the record of a key. */
export function recordFromKey({ subject, lookup, wrapped }: SubjectKey): StoredSubjectKey {
  return { _id: subject, lookup, wrapped: new Binary(wrapped) };
}

/** Returns the bytes of a binary value; none for undefined. */
export function binaryBytes(value: Binary | undefined): Buffer {
  return value ? Buffer.from(value.buffer.subarray(0, value.position)) : Buffer.alloc(0);
}

function subjectsOf(keys: readonly SubjectKey[]): string[] {
  return keys.map(({ subject }) => subject);
}

/**
 * Runs work on the keys in MongoDB with a timeout, which starts again whenever the work calls `extendDeadline`.
 *
 * @throws VaultUnavailable when MongoDB fails.
 */
export function withKeyDatabase<T>(work: (extendDeadline: () => void) => Promise<T>): Promise<T> {
  return withMongoTimeout(work, (message, cause) => new VaultUnavailable(message, { cause }));
}
