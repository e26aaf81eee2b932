import { failureText, faultOf, isDamage } from '../../storage/failure.js';
import type { SqliteDatabase } from '../../storage/sqlite.js';
import { ReadStoreDamaged, ReadStoreUnavailable } from '../port.js';

/** A value as it is bound to a statement; booleans are 0 and 1. */
export type Bound = string | number;

/** A piece of SQL with the values of its question marks. */
export interface Sql {
  readonly text: string;
  readonly values: readonly Bound[];
}

/** A row by column name, not yet checked. */
export type Row = Readonly<Record<string, unknown>>;

type Statement = ReturnType<SqliteDatabase['prepare']>;

// Filters vary, so texts do: enough for the queries of all collections, and no leak from odd ones.
const STATEMENTS = 256;

/** A connection with its prepared statements, whose errors are those of the port. */
export class Connection {
  private readonly statements = new Map<string, Statement>();

  constructor(
    private readonly database: Pick<SqliteDatabase, 'prepare' | 'exec' | 'close'>,
    /** Called when the file is found damaged. */
    private readonly onDamage: () => void = () => undefined,
  ) {}

  /** All rows of a query. */
  all(text: string, values: readonly Bound[]): readonly Row[] {
    return this.watched(() => this.statement(text).all(...values));
  }

  /** Runs one change and tells how many rows it touched. */
  run(text: string, values: readonly Bound[]): number {
    return this.watched(() => Number(this.statement(text).run(...values).changes));
  }

  /** Runs statements without values, such as definitions. */
  exec(text: string): void {
    this.watched(() => this.database.exec(text));
  }

  /** Does the work in a transaction: all of it, or on an error none. The work must not wait for anything. */
  transaction<T>(work: () => T): T {
    this.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  /** Closes the connection; statements go first, as they hold the file open. */
  close(): void {
    this.statements.clear();
    guarded(() => this.database.close());
  }

  private watched<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (isDamage(error)) this.onDamage();
      throw translated(error);
    }
  }

  private rollback(): void {
    try {
      this.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself (a full disk does that); the first error is the one to tell.
    }
  }

  private statement(text: string): Statement {
    const known = this.statements.get(text);
    const statement = known ?? this.database.prepare(text);
    // Set anew at the end, so that the first key is the one not used for longest.
    this.statements.delete(text);
    this.statements.set(text, statement);
    if (this.statements.size > STATEMENTS) {
      for (const oldest of this.statements.keys()) {
        this.statements.delete(oldest);
        break;
      }
    }
    return statement;
  }
}

/**
 * Does something with the driver and translates its errors, which are not always `instanceof Error`.
 *
 * @throws ReadStoreUnavailable, or Error for a collection that was not prepared.
 */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translated(error);
  }
}

/** The port's error for one of the driver. */
export function translated(error: unknown): Error {
  if (error instanceof ReadStoreUnavailable) return error;
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  const missing = /no such table: (\S+)/.exec(message)?.[1];
  if (missing !== undefined) return new Error(`read store: ${missing} is not prepared`, { cause: error });
  return isDamage(error)
    ? new ReadStoreDamaged(`the read models: ${faultOf(error)}; start the server again, which makes them anew`, {
        cause: error,
      })
    : new ReadStoreUnavailable(failureText('read store', error), { cause: error });
}
