import { failureText, isDamage } from '../../storage/failure.js';
import type { SqliteDatabase } from '../../storage/sqlite.js';
import { faultOf } from '../../storage/thrown.js';
import { ReadStoreDamaged, ReadStoreUnavailable } from '../port.js';

/** A value for binding to a statement; booleans are 0 and 1. */
export type Bound = string | number;

type Values = readonly (Bound | null)[];

/** A piece of SQL with the values of its parameters. */
export interface Sql {
  readonly text: string;
  readonly values: readonly Bound[];
}

/** A row by column name, not validated. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** A row as its values in the order of the columns, not validated. */
export type SqlTuple = readonly unknown[];

type SqlStatement = ReturnType<SqliteDatabase['prepare']>;

// Number of cached statements: enough for the queries of all collections, and bounded because filters vary.
const STATEMENTS = 256;

/** A connection with a cache of prepared statements. It throws the errors of the port. */
export class Connection {
  private readonly statements = new Map<string, SqlStatement>();

  constructor(
    private readonly database: Pick<SqliteDatabase, 'prepare' | 'exec' | 'close'>,
    /** Called if the file is found damaged. */
    private readonly onDamage: () => void = () => undefined,
  ) {}

  /** Returns all rows of a query. */
  all(text: string, values: readonly Bound[]): readonly SqlRow[] {
    return this.read(text, values, false);
  }

  /** Returns all rows of a query as tuples, which takes the driver less time than objects with many columns. */
  tuples(text: string, values: readonly Bound[]): readonly SqlTuple[] {
    return this.read(text, values, true);
  }

  /** Runs a change and returns the number of changed rows. */
  run(text: string, values: Values): number {
    return this.watched(() => Number(this.statement(text).run(...values).changes));
  }

  /** Inserts a row and returns its number; undefined if a conflict prevented it. */
  insert(text: string, values: Values): number | undefined {
    const { changes, lastInsertRowid } = this.watched(() => this.statement(text).run(...values));
    return Number(changes) === 1 ? Number(lastInsertRowid) : undefined;
  }

  /** Runs statements without parameters, such as definitions. */
  exec(text: string): void {
    this.watched(() => this.database.exec(text));
  }

  /** Runs the work in a transaction; an error rolls it back. The work must be synchronous. */
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

  /** Closes the connection. The statements are dropped first, because they hold the file open. */
  close(): void {
    this.statements.clear();
    translatingErrors(() => this.database.close());
  }

  private read(text: string, values: readonly Bound[], asTuples: boolean) {
    return this.watched(() => {
      const statement = this.statement(text);
      statement.setReturnArrays(asTuples);
      return statement.all(...values);
    });
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
      // SQLite has already rolled back itself, as on a full disk. The first error is reported.
    }
  }

  private statement(text: string): SqlStatement {
    const known = this.statements.get(text);
    const statement = known ?? this.database.prepare(text);
    // Reinsert at the end, so that the first key is the least recently used.
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
 * Calls the driver and translates its errors, which are not always `instanceof Error`.
 *
 * @throws ReadStoreUnavailable, or Error for a collection that was not prepared.
 */
function translatingErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translated(error);
  }
}

/** Returns the error of the port for an error of the driver. */
export function translated(error: unknown): Error {
  if (error instanceof ReadStoreUnavailable) return error;
  const missing = /no such table: (\S+)/.exec(faultOf(error))?.[1];
  if (missing !== undefined) return new Error(`read store: ${missing} is not prepared`, { cause: error });
  return isDamage(error)
    ? new ReadStoreDamaged(`the read models: ${faultOf(error)}; restart the server, which rebuilds them`, {
        cause: error,
      })
    : new ReadStoreUnavailable(failureText('read store', error), { cause: error });
}
