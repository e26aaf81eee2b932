import { failureText } from '../storage/failure.js';
import { inTransaction, type SqliteDatabase, withoutTraces } from '../storage/sqlite.js';
import { isSameSubjectKey, type KeyStore, type NeededKeys, type SubjectKey, VaultUnavailable } from './keyStore.js';

/** Stores keys in a SQLite file, which only one process uses at a time. */
export class FileKeys implements KeyStore {
  readonly isShared = false;
  readonly #bySubject;
  readonly #byLookup;
  readonly #insert;
  readonly #erase;
  readonly #erased;
  readonly #remove;
  /** Keys that were read in this turn of the event loop. The commands of one turn share the reads. */
  readonly #readThisTurn = new Map<string, SubjectKey>();

  constructor(
    private readonly database: SqliteDatabase,
    private readonly file: string,
  ) {
    this.#bySubject = database.prepare('SELECT id, lookup, wrapped FROM subject WHERE id = ?');
    this.#byLookup = database.prepare('SELECT id FROM subject WHERE lookup = ?');
    this.#insert = database.prepare('INSERT OR IGNORE INTO subject (id, lookup, wrapped) VALUES (?, ?, ?)');
    this.#erase = database.prepare('INSERT OR IGNORE INTO erased (id) VALUES (?)');
    this.#erased = database.prepare('SELECT 1 FROM erased WHERE id = ?');
    this.#remove = database.prepare('DELETE FROM subject WHERE id = ?');
  }

  keyOf(subject: string): SubjectKey | undefined {
    const row = this.#bySubject.get(subject);
    return row && keyOfRow(row);
  }

  subjectOf(lookup: string): string | undefined {
    const id: unknown = this.#byLookup.get(lookup)?.id;
    return typeof id === 'string' ? id : undefined;
  }

  async confirm({ added, used }: NeededKeys): Promise<readonly string[]> {
    return this.#guarded(() => {
      if (added.length > 0) {
        inTransaction(this.database, () => {
          for (const { subject, lookup, wrapped } of added) this.#insert.run(subject, lookup, wrapped);
        });
      }
      const lost = [...added, ...used].filter((key) => !isSameSubjectKey(this.#storedKey(key.subject), key));
      return lost.map(({ subject }) => subject);
    });
  }

  #storedKey(subject: string): SubjectKey | undefined {
    const known = this.#readThisTurn.get(subject);
    if (known) return known;
    const stored = this.keyOf(subject);
    if (this.#readThisTurn.size === 0) setImmediate(() => this.#readThisTurn.clear());
    if (stored) this.#readThisTurn.set(subject, stored);
    return stored;
  }

  async read(): Promise<void> {}

  release(): void {}

  async find(lookup: string): Promise<string | undefined> {
    return this.subjectOf(lookup);
  }

  async remove(subject: string): Promise<void> {
    this.#readThisTurn.delete(subject);
    this.#guarded(() => {
      this.#erase.run(subject);
      this.#remove.run(subject);
      withoutTraces(this.database);
    });
  }

  isRemoved(subject: string): boolean {
    return this.#erased.get(subject) !== undefined;
  }

  async removedElsewhere(): Promise<readonly string[]> {
    return [];
  }

  close(): void {
    this.database.close();
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw new VaultUnavailable(failureText(this.file, error), { cause: error });
    }
  }
}

/** Returns the key in a row of the table. */
export function keyOfRow({ id, lookup, wrapped }: Readonly<Record<string, unknown>>): SubjectKey {
  return {
    subject: String(id),
    lookup: String(lookup),
    wrapped: wrapped instanceof Uint8Array ? Buffer.from(wrapped) : Buffer.alloc(0),
  };
}
