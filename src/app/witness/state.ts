import type { WitnessState } from '../../engine/log/witness.js';
import { openSqlite } from '../../engine/storage/sqlite.js';

const WITNESS_TABLES = `
  CREATE TABLE IF NOT EXISTS cosigned (
    origin TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    root BLOB NOT NULL
  ) STRICT, WITHOUT ROWID`;

interface CosignedRow {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Opens the last cosigned checkpoints of a witness in a SQLite file. Each change is durable when `replace` returns. */
export async function openWitnessState(file: string): Promise<WitnessState & { close(): void }> {
  const database = await openSqlite(file, 'writer');
  database.exec(WITNESS_TABLES);
  const last = database.prepare('SELECT size, root FROM cosigned WHERE origin = ?');
  const insert = database.prepare('INSERT INTO cosigned (origin, size, root) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const update = database.prepare('UPDATE cosigned SET size = ?, root = ? WHERE origin = ? AND size = ?');
  const lastOf = (origin: string): CosignedRow | undefined => last.get(origin);
  return {
    last(origin) {
      const row = lastOf(origin);
      return row && { size: row.size, root: Buffer.from(row.root) };
    },
    replace(oldSize, { origin, size, root }) {
      const isFirst = lastOf(origin) === undefined;
      const { changes } = isFirst ? insert.run(origin, size, root) : update.run(size, root, origin, oldSize);
      return Number(changes) === 1 && (!isFirst || oldSize === 0);
    },
    close: () => database.close(),
  };
}
