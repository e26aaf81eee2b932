import { failureText } from '../storage/failure.js';
import { inTransaction, openSqlite, type SqliteDatabase } from '../storage/sqlite.js';
import type {
  FieldCondition,
  RecordRow,
  RecordStore,
  Records,
  RecordsFailure,
  Scalar,
  TableSpec,
  Where,
} from './port.js';

const RECORD_DAY_MS = 86_400_000;

/** Opens tables of records in a SQLite file. Tables that do not exist are created. */
export async function openSqliteRecords(file: string, failure: RecordsFailure): Promise<RecordStore> {
  const database = await openSqlite(file, 'writer');
  // Writes survive a killed process. A power failure can lose the last ones, which is acceptable here.
  database.exec('PRAGMA synchronous = NORMAL');
  const guarded = async <T>(work: () => T): Promise<T> => {
    try {
      return work();
    } catch (error) {
      throw failure(failureText(file, error), error);
    }
  };
  return {
    async open(spec, days) {
      await guarded(() => database.exec(spec.create));
      return recordsIn(database, spec, { guarded, days });
    },
    close: () => database.close(),
  };
}

type Guarded = <T>(work: () => T) => Promise<T>;

function recordsIn<Row extends RecordRow>(
  database: SqliteDatabase,
  spec: TableSpec<Row>,
  { guarded, days }: { readonly guarded: Guarded; readonly days: number | undefined },
): Records<Row> {
  const { table, columns, content, key, isNumbered, changes = [], at } = spec;
  const stored = Object.entries<string | undefined>(columns).flatMap(([field, column]) =>
    column === undefined || (isNumbered && field === key) ? [] : [{ field, column }],
  );
  const columnOf = (field: string): string => {
    const column = Object.entries<string | undefined>(columns).find(([name]) => name === field)?.[1];
    if (column === undefined) throw new Error(`the table ${table} has no column for ${field}`);
    return column;
  };
  const names = [...stored.map(({ column }) => column), ...(content === undefined ? [] : [content])];
  const valuesOf = (row: Row): Scalar[] => [
    ...stored.map(({ field }) => row[field] ?? null),
    ...(content === undefined ? [] : [JSON.stringify(row)]),
  ];
  const put = database.prepare(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})${conflict()}`,
  );
  const replace = database.prepare(
    `UPDATE ${table} SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE ${columnOf(key)} = ?`,
  );

  function conflict(): string {
    if (isNumbered) return '';
    const set = changes.map(({ field, max }) => {
      const column = columnOf(field);
      return `${column} = ${max ? `max(${column}, excluded.${column})` : `excluded.${column}`}`;
    });
    return ` ON CONFLICT (${columnOf(key)}) DO ${set.length === 0 ? 'NOTHING' : `UPDATE SET ${set.join(', ')}`}`;
  }
  const remove = at && days !== undefined && database.prepare(`DELETE FROM ${table} WHERE ${columnOf(at)} < ?`);
  let lastDay = '';
  /** Deletes rows over the age limit. Does so once a day, when the first rows of the day are written. */
  function removeOld(rows: readonly Row[]): void {
    const day = at && String(rows[0]?.[at] ?? '').slice(0, 10);
    if (!remove || !day || day === lastDay) return;
    remove.run(new Date(Date.parse(day) - (days ?? 0) * RECORD_DAY_MS).toISOString().slice(0, 10));
    lastDay = day;
  }
  const rowFrom = (row: Readonly<Record<string, unknown>>): Row => {
    if (content !== undefined) return spec.parse(JSON.parse(String(row[content])));
    const fields = Object.entries<string | undefined>(columns).flatMap(([field, column]) =>
      column === undefined ? [] : [[field, field === key ? String(row[column]) : row[column]] as const],
    );
    return spec.parse(Object.fromEntries(fields));
  };
  return {
    put: (rows) =>
      guarded(() =>
        inTransaction(database, () => {
          for (const row of rows) put.run(...valuesOf(row));
          removeOld(rows);
        }),
      ),
    update: (row) => guarded(() => void replace.run(...valuesOf(row), row[key] ?? null)),
    find: (where, { by, descending, skip = 0, limit }) =>
      guarded(() => {
        const { text, values } = sqlConditions(where, columnOf);
        const order = `ORDER BY ${columnOf(by)} ${descending ? 'DESC' : 'ASC'} LIMIT ? OFFSET ?`;
        const rows = database.prepare(`SELECT * FROM ${table}${text} ${order}`).all(...values, limit, skip);
        return rows.map(rowFrom);
      }),
    count: (where) =>
      guarded(() => {
        const { text, values } = sqlConditions(where, columnOf);
        return Number(database.prepare(`SELECT count(*) AS count FROM ${table}${text}`).get(...values)?.count ?? 0);
      }),
    remove: (where) =>
      guarded(() => {
        const { text, values } = sqlConditions(where, columnOf);
        database.prepare(`DELETE FROM ${table}${text}`).run(...values);
      }),
    take: (id) =>
      guarded(() => {
        const taken = database.prepare(`DELETE FROM ${table} WHERE ${columnOf(key)} = ? RETURNING *`).get(id);
        return taken ? rowFrom(taken) : undefined;
      }),
  };
}

interface SqlCondition {
  readonly text: string;
  readonly value: Scalar;
}

/** Returns the conditions as a WHERE clause with its values; an empty text for no conditions. */
function sqlConditions<Row extends RecordRow>(where: Where<Row>, columnOf: (field: string) => string) {
  const conditions = Object.entries<FieldCondition>(where).flatMap(([field, value]): SqlCondition[] => {
    const column = columnOf(field);
    if (value === undefined) return [];
    if (value === null || typeof value !== 'object') return [{ text: `${column} IS ?`, value }];
    if ('in' in value) {
      return [{ text: `${column} IN (SELECT value FROM json_each(?))`, value: JSON.stringify(value.in) }];
    }
    const bounds = [
      ['>=', value.from],
      ['<=', value.to],
      ['>', value.after],
      ['<', value.before],
    ] as const;
    return bounds.flatMap(([operator, bound]) =>
      bound === undefined ? [] : [{ text: `${column} ${operator} ?`, value: bound }],
    );
  });
  const text = conditions.length === 0 ? '' : ` WHERE ${conditions.map((each) => each.text).join(' AND ')}`;
  return { text, values: conditions.map(({ value }) => value) };
}
