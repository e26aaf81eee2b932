import type { PublicKeys } from '../../log/checkpoint.js';
import { type Hash, leafHash } from '../../log/merkle.js';
import { isDamage } from '../../storage/failure.js';
import type { SqliteDatabase } from '../../storage/sqlite.js';
import { faultOf } from '../../storage/thrown.js';
import {
  type Appended,
  ChronicleDamaged,
  type EventKind,
  EventStoreUnavailable,
  type ExpectedRevision,
  InvalidAppend,
  type NewEvent,
  WrongExpectedRevision,
} from '../port.js';
import type { DamageWatch } from './damageWatch.js';
import { isUniqueViolation, unavailable } from './errors.js';
import { LogWriter } from './log.js';
import { toPosition } from './positions.js';
import { chronicleDamage } from './soundness.js';

/** Maximum number of appends in one transaction, so that many appends do not block the event loop. */
const MAX_GROUP = 1_000;

/** The stream of the log's own events. Damage of this stream also refuses checkpoints. */
const LOG_STREAM = 'log';

/** The part of a connection that the writer uses. */
export type WriterConnection = Pick<SqliteDatabase, 'exec' | 'prepare' | 'isTransaction'>;

/** An append that {@link checkAppend} has accepted. */
export interface CheckedAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
}

interface Waiting {
  readonly append: CheckedAppend;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

/** Result of an append inside its transaction. It is not delivered before COMMIT. */
type AppendOutcome = Appended | AppendRefusal;
type AppendRefusal = WrongExpectedRevision | InvalidAppend | ChronicleDamaged;

interface StoredRow extends NewEvent {
  readonly position: number;
}

/**
 * Writes to the chronicle; there is no other writer. Appends that arrive in one turn of the event loop share a
 * transaction, and so one sync of the disk. The writer caches no state of streams between transactions, so that memory
 * cannot contradict the file.
 */
export class Writer {
  readonly #file: string;
  readonly #database: WriterConnection;
  readonly #onCommit: (appends: number) => void;
  readonly #writtenBy: string;
  readonly #log: LogWriter;
  readonly #statements;
  /** Kinds of events that are committed. Only a new kind needs an insert. */
  #kinds: ReadonlySet<string>;
  #hasNewKinds = false;
  /** Position of the last event before the open transaction. */
  #head = 0;
  /** Leaf hashes of the events written in the open transaction. */
  #leaves: Hash[] = [];
  readonly #damage: Pick<DamageWatch, 'meet' | 'refusal'>;
  #waiting: Waiting[] = [];
  #drained: (() => void)[] = [];

  constructor(
    file: string,
    database: WriterConnection,
    {
      damage,
      onCommit,
      writtenBy = '',
    }: {
      readonly damage: Pick<DamageWatch, 'meet' | 'refusal'>;
      readonly onCommit: (appends: number) => void;
      readonly writtenBy?: string;
    },
  ) {
    this.#writtenBy = writtenBy;
    this.#damage = damage;
    this.#file = file;
    this.#database = database;
    this.#onCommit = onCommit;
    this.#log = new LogWriter(database);
    this.#statements = {
      revision: database.prepare('SELECT max(revision) AS revision FROM events WHERE stream = ?'),
      stored: database.prepare(
        'SELECT position, id, type, schema_version AS schemaVersion, body FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?',
      ),
      head: database.prepare('SELECT position FROM head'),
      putHead: database.prepare('UPDATE head SET position = position + ?'),
      insert: database.prepare(
        'INSERT INTO events (position, stream, revision, id, type, schema_version, body, leaf) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      ),
      kinds: database.prepare('SELECT type, schema_version AS schemaVersion FROM kinds'),
      addKind: database.prepare(
        'INSERT INTO kinds (type, schema_version, written_by) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      ),
    };
    this.#kinds = this.#storedKinds();
  }

  /** Resolves or rejects after the transaction of the append was committed or rolled back. */
  append(append: CheckedAppend): Promise<Appended> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.push({ append, resolve, reject }) === 1) setImmediate(() => this.#commitGroup());
    });
  }

  /**
   * Stores a signed checkpoint immediately. This is possible because no transaction stays open between two turns of the
   * event loop.
   */
  putCheckpoint(size: number, note: string): void {
    this.#writeLog(() => this.#log.putCheckpoint(size, note));
  }

  /** Replaces the note of a checkpoint by the same note with more signatures. */
  putCosigned(size: number, note: string): void {
    this.#writeLog(() => this.#log.putCosigned(size, note));
  }

  /** Stores the public keys of the log and of its witness. */
  putPublicKeys(keys: PublicKeys): void {
    this.#writeLog(() => this.#log.putPublicKeys(keys));
  }

  /** Writes something about the log, unless damage closes it. */
  #writeLog(write: () => void): void {
    const refusal = this.#damage.refusal(LOG_STREAM);
    if (refusal) throw refusal;
    this.#abandon();
    write();
  }

  /** Resolves when no appends are waiting. */
  drained(): Promise<void> {
    if (this.#waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  #commitGroup(): void {
    const group = this.#waiting.slice(0, MAX_GROUP);
    this.#settle(group);
    this.#waiting = this.#waiting.slice(group.length);
    if (this.#waiting.length > 0) setImmediate(() => this.#commitGroup());
    else for (const resolve of this.#drained.splice(0)) resolve();
  }

  #settle(group: readonly Waiting[]): void {
    let outcomes: AppendOutcome[];
    try {
      outcomes = this.#transaction(group);
    } catch (error) {
      if (isDamage(error)) this.#damage.meet(chronicleDamage(faultOf(error)));
      // Create a separate error object for each caller: callers may add properties to it.
      for (const { reject } of group) reject(unavailable(this.#file, error));
      return;
    }
    for (const [index, { resolve, reject }] of group.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined || outcome instanceof Error) {
        reject(outcome ?? new EventStoreUnavailable(`${this.#file}: an append has no result`));
      } else resolve(outcome);
    }
    this.#onCommit(group.length);
  }

  #transaction(group: readonly Waiting[]): AppendOutcome[] {
    this.#abandon();
    // Data written to a damaged file may be lost with it, and may damage it further.
    const refusals = group.map(({ append }) => this.#damage.refusal(append.stream));
    if (refusals.every((refusal) => refusal !== undefined)) return refusals;
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      this.#head = this.#storedHead();
      this.#leaves = [];
      const outcomes = group.map(({ append }, index) => refusals[index] ?? this.#inSavepoint(append));
      if (this.#leaves.length > 0) {
        this.#statements.putHead.run(this.#leaves.length);
        this.#log.add(this.#leaves);
      }
      this.#database.exec('COMMIT');
      if (this.#hasNewKinds) this.#kinds = this.#storedKinds();
      return outcomes;
    } catch (error) {
      this.#abandon();
      throw error;
    }
  }

  /**
   * Rolls back a transaction that a failure left open. If the rollback fails too, it is tried again before the next
   * group.
   */
  #abandon(): void {
    try {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    } catch {
      // Report the failure that led here, not this one.
    }
  }

  #inSavepoint(append: CheckedAppend): AppendOutcome {
    // A refused append of one event has written nothing.
    if (append.events.length === 1) return this.#appendOne(append);
    this.#database.exec('SAVEPOINT append');
    const outcome = this.#appendOne(append);
    // Undo the events that were written before the refusal.
    if (outcome instanceof Error) this.#database.exec('ROLLBACK TO append');
    this.#database.exec('RELEASE append');
    return outcome;
  }

  #appendOne(append: CheckedAppend): AppendOutcome {
    const { stream, expected, events } = append;
    const row: { revision: number | null } | undefined = this.#statements.revision.get(stream);
    const actual = row?.revision ?? -1;
    const before = expected === 'noStream' ? -1 : expected;
    if (before === actual) return this.#write(append, actual + 1);
    const wrong = new WrongExpectedRevision(stream, expected, actual === -1 ? 'noStream' : actual);
    const stored: readonly StoredRow[] = this.#statements.stored.all(stream, before + 1, events.length);
    return repeated(events, stored, before + 1) ?? wrong;
  }

  #write({ stream, events }: CheckedAppend, firstRevision: number): AppendOutcome {
    const firstPosition = this.#head + this.#leaves.length + 1;
    const leaves = events.map(({ body }) => leafHash(body));
    for (const [index, event] of events.entries()) {
      const { id, type, schemaVersion, body } = event;
      try {
        this.#statements.insert.run(
          firstPosition + index,
          stream,
          firstRevision + index,
          id,
          type,
          schemaVersion,
          body,
          leaves[index],
        );
        this.#addKind(event);
      } catch (error) {
        // Positions and revisions were assigned inside this transaction, so only the id can violate a unique index.
        if (!isUniqueViolation(error)) throw error;
        return new InvalidAppend(`the event id ${id} is already stored elsewhere: give each event an id of its own`);
      }
    }
    this.#leaves.push(...leaves);
    const positions = events.map((_, index) => toPosition(firstPosition + index));
    const position = toPosition(firstPosition + events.length - 1);
    return { firstRevision, lastRevision: firstRevision + events.length - 1, position, positions, leaf: leaves.at(-1) };
  }

  #storedHead(): number {
    const row: { position: number } | undefined = this.#statements.head.get();
    if (!row) throw new ChronicleDamaged('the row of the head is missing: the chronicle is damaged');
    return row.position;
  }

  #addKind(event: EventKind): void {
    if (this.#kinds.has(kindKey(event))) return;
    this.#statements.addKind.run(event.type, event.schemaVersion, this.#writtenBy);
    this.#hasNewKinds = true;
  }

  #storedKinds(): ReadonlySet<string> {
    this.#hasNewKinds = false;
    const rows: EventKind[] = this.#statements.kinds.all();
    return new Set(rows.map(kindKey));
  }
}

function kindKey({ type, schemaVersion }: EventKind): string {
  return `${schemaVersion} ${type}`;
}

/** Returns the first result if exactly these events are already stored at this revision; undefined if others are. */
function repeated(
  events: readonly NewEvent[],
  stored: readonly StoredRow[],
  firstRevision: number,
): AppendOutcome | undefined {
  const last = stored.at(-1);
  if (!last || events.some(({ id }, index) => stored[index]?.id !== id)) return undefined;
  const changed = events.find(({ type, schemaVersion, body }, index) => {
    const there = stored[index];
    return there?.type !== type || there.schemaVersion !== schemaVersion || there.body !== body;
  });
  if (changed) {
    return new InvalidAppend(`the event id ${changed.id} is already stored with another type or body: take a new id`);
  }
  const positions = stored.slice(0, events.length).map(({ position }) => toPosition(position));
  return {
    firstRevision,
    lastRevision: firstRevision + events.length - 1,
    position: toPosition(last.position),
    positions,
    leaf: leafHash(last.body),
  };
}
