import { Binary, type Collection, type Db, MongoBulkWriteError } from 'mongodb';
import { answered, isDuplicate } from '../storage/mongodb.js';
import { newRoot, openRoot, type SubjectKey, SubjectTaken, type Vault, VaultUnavailable, vaultOf } from './vault.js';

interface KeptRoot {
  readonly _id: 'root';
  readonly wrapped: Binary;
}

/** A subject whose key was destroyed, and when. */
interface Erased {
  readonly _id: string;
  readonly at: string;
}

interface KeptSubject {
  readonly _id: string;
  readonly lookup: string;
  readonly wrapped: Binary;
}

/**
 * Opens the keys that are kept in a MongoDB for all processes, making the root key at first.
 *
 * @throws WrongMasterKey when they were made under another master key; VaultUnavailable.
 */
export async function openMongoVault(db: Db, masterKey: Buffer): Promise<Vault> {
  return guarded(async () => {
    const roots = db.collection<KeptRoot>('letopis_root');
    const subjects = subjectsOf(db);
    await subjects.createIndex({ lookup: 1 }, { unique: true, name: 'lookup' });
    const known = await roots.findOne({ _id: 'root' });
    if (!known) {
      // Of several processes that begin at once one root stays.
      const made = { _id: 'root' as const, wrapped: new Binary(newRoot(masterKey)) };
      await roots.insertOne(made).catch((error: unknown) => {
        if (!isDuplicate(error)) throw error;
      });
    }
    const kept = known ?? (await roots.findOne({ _id: 'root' }));
    const root = openRoot(masterKey, bytesOf(kept?.wrapped), 'keys in MongoDB (letopis_root)');
    const keys = new SharedKeys(subjects, db.collection<Erased>('letopis_erased'));
    // Those of before concern nobody here.
    await keys.removedElsewhere();
    return vaultOf(keys, root);
  });
}

/** All keys as they are kept, to carry them elsewhere. @throws VaultUnavailable */
export async function keysInMongo(
  db: Db,
): Promise<{ readonly root: Buffer | undefined; readonly subjects: SubjectKey[] }> {
  return guarded(async () => {
    const kept = await db.collection<KeptRoot>('letopis_root').findOne({ _id: 'root' });
    const subjects = await subjectsOf(db).find().toArray();
    return { root: kept ? bytesOf(kept.wrapped) : undefined, subjects: subjects.map(keyOf) };
  });
}

/**
 * Puts keys where there are none, or some of the same; run again, it goes on.
 *
 * @throws VaultUnavailable, also when keys of another root are there.
 */
export async function putMongoKeys(db: Db, root: Buffer, subjects: readonly SubjectKey[]): Promise<void> {
  const known = await keysInMongo(db);
  if (known.root && !known.root.equals(root)) {
    throw new VaultUnavailable('the database holds keys of another Letopis: name another database');
  }
  await guarded(async () => {
    if (!known.root) {
      await db.collection<KeptRoot>('letopis_root').insertOne({ _id: 'root', wrapped: new Binary(root) });
    }
    const there = new Set(known.subjects.map(({ subject }) => subject));
    const missing = subjects.filter(({ subject }) => !there.has(subject)).map(keptOf);
    if (missing.length > 0) await subjectsOf(db).insertMany(missing);
  });
}

/** Keys that other processes add too: what is used here was read or added here before. */
class SharedKeys {
  readonly isShared = true;
  readonly #wrapped = new Map<string, Buffer>();
  readonly #subjects = new Map<string, string>();
  readonly #erased = new Set<string>();
  #added: SubjectKey[] = [];

  constructor(
    private readonly subjects: Collection<KeptSubject>,
    private readonly erased: Collection<Erased>,
  ) {}

  wrappedOf(subject: string): Buffer | undefined {
    return this.#wrapped.get(subject);
  }

  subjectOf(lookup: string): string | undefined {
    return this.#subjects.get(lookup);
  }

  add(key: SubjectKey): void {
    this.#learn(key);
    this.#added.push(key);
  }

  async flush(): Promise<void> {
    if (this.#added.length === 0) return;
    const added = this.#added;
    await guarded(async () => {
      try {
        await this.subjects.insertMany(added.map(keptOf), { ordered: false });
      } catch (error) {
        if (!(error instanceof MongoBulkWriteError) || !isDuplicate(error)) throw error;
        await this.#adopt(added);
      }
    });
    this.#forgetAdded(added);
  }

  async read(subjects: readonly string[]): Promise<void> {
    await guarded(async () => {
      for (const kept of await this.subjects.find({ _id: { $in: [...subjects] } }).toArray()) this.#learn(keyOf(kept));
    });
  }

  async find(lookup: string): Promise<string | undefined> {
    const kept = await guarded(() => this.subjects.findOne({ lookup }));
    if (kept) this.#learn(keyOf(kept));
    return kept?._id;
  }

  async remove(subject: string): Promise<void> {
    await guarded(async () => {
      // Told first: whoever still knows the key forgets it also when this ends in between, as it is then done again.
      const told = { $setOnInsert: { at: new Date().toISOString() } };
      await this.erased.updateOne({ _id: subject }, told, { upsert: true });
      await this.subjects.deleteOne({ _id: subject });
    });
    this.#drop(subject);
  }

  isRemoved(subject: string): boolean {
    return this.#erased.has(subject);
  }

  async removedElsewhere(): Promise<readonly string[]> {
    return guarded(async () => {
      if ((await this.erased.countDocuments()) === this.#erased.size) return [];
      const all = await this.erased.find({}, { projection: { _id: 1 } }).toArray();
      const found = all.map(({ _id }) => _id).filter((subject) => !this.#erased.has(subject));
      for (const subject of found) this.#drop(subject);
      return found;
    });
  }

  close(): void {
    this.#wrapped.clear();
  }

  #drop(subject: string): void {
    this.#erased.add(subject);
    this.#wrapped.delete(subject);
    for (const [lookup, known] of this.#subjects) if (known === subject) this.#subjects.delete(lookup);
  }

  /** Takes the subjects that others have stored for the same persons. @throws SubjectTaken when there are any. */
  async #adopt(added: readonly SubjectKey[]): Promise<void> {
    const lookups = added.map(({ lookup }) => lookup);
    const stored = await this.subjects.find({ lookup: { $in: lookups } }).toArray();
    const ours = new Set(added.map(({ subject }) => subject));
    for (const kept of stored) this.#learn(keyOf(kept));
    this.#forgetAdded(added);
    if (stored.some(({ _id }) => !ours.has(_id))) {
      throw new SubjectTaken('another process has stored a key for the same person');
    }
  }

  #learn({ subject, lookup, wrapped }: SubjectKey): void {
    this.#wrapped.set(subject, wrapped);
    this.#subjects.set(lookup, subject);
  }

  #forgetAdded(done: readonly SubjectKey[]): void {
    const known = new Set(done);
    this.#added = this.#added.filter((key) => !known.has(key));
  }
}

function subjectsOf(db: Db): Collection<KeptSubject> {
  return db.collection<KeptSubject>('letopis_subjects');
}

function keyOf({ _id, lookup, wrapped }: KeptSubject): SubjectKey {
  return { subject: _id, lookup, wrapped: bytesOf(wrapped) };
}

function keptOf({ subject, lookup, wrapped }: SubjectKey): KeptSubject {
  return { _id: subject, lookup, wrapped: new Binary(wrapped) };
}

function bytesOf(value: Binary | undefined): Buffer {
  return value ? Buffer.from(value.buffer.subarray(0, value.position)) : Buffer.alloc(0);
}

function guarded<T>(work: () => Promise<T>): Promise<T> {
  return answered(work, (message, cause) => new VaultUnavailable(message, { cause }));
}
