import { tableOf } from '../layout.js';
import { type CollectionSpec, checkpointNames, checkpointOf, type Standing } from '../port.js';
import type { Connection } from './connection.js';
import { textColumn } from './rows.js';

/** Condition for the checkpoints of a build, with {@link checkpointNames} as its values. */
const OF_BUILD = '(model = ? OR (model >= ? AND model < ?))';

/** The checkpoints of read models, and which build of each collection is in use. */
export class Bookkeeping {
  constructor(
    private readonly writer: Connection,
    private readonly reader: Connection,
  ) {}

  /** Creates the tables where they are missing. */
  static prepare(connection: Connection): void {
    connection.exec(
      'CREATE TABLE IF NOT EXISTS checkpoint (model TEXT NOT NULL PRIMARY KEY, pos TEXT NOT NULL) WITHOUT ROWID',
    );
    connection.exec(
      'CREATE TABLE IF NOT EXISTS build (collection TEXT NOT NULL PRIMARY KEY, live INTEGER NOT NULL) WITHOUT ROWID',
    );
  }

  /** Returns the checkpoint of a read model; undefined when it has none. */
  checkpoint(model: string): string | undefined {
    const [row] = this.reader.all('SELECT pos FROM checkpoint WHERE model = ?', [model]);
    return row && textColumn(row, 'pos');
  }

  /** Returns the checkpoints of a build and of its parts by their names. */
  checkpoints(spec: CollectionSpec): ReadonlyMap<string, string> {
    const rows = this.reader.all(`SELECT model, pos FROM checkpoint WHERE ${OF_BUILD}`, checkpointNames(spec));
    return new Map(rows.map((row) => [textColumn(row, 'model'), textColumn(row, 'pos')]));
  }

  /** Moves a checkpoint. Returns false when it was not at `from`. */
  moveCheckpoint(model: string, from: string | undefined, to: string): boolean {
    if (from === undefined) {
      const insert = 'INSERT INTO checkpoint (model, pos) VALUES (?, ?) ON CONFLICT (model) DO NOTHING';
      return this.writer.run(insert, [model, to]) === 1;
    }
    return this.writer.run('UPDATE checkpoint SET pos = ? WHERE model = ? AND pos = ?', [to, model, from]) === 1;
  }

  /** Deletes the checkpoints of a build and of its parts. */
  deleteCheckpoints(spec: CollectionSpec): void {
    this.writer.run(`DELETE FROM checkpoint WHERE ${OF_BUILD}`, checkpointNames(spec));
  }

  /** Returns the build of a collection that is in use. */
  liveBuild(spec: CollectionSpec): number {
    const [row] = this.reader.all('SELECT live FROM build WHERE collection = ?', [tableOf({ ...spec, build: 0 })]);
    return Number(row?.live ?? 0);
  }

  /** Records which build of a collection is in use from now on. */
  useBuild(spec: CollectionSpec, build: number): void {
    const upsert = 'INSERT INTO build (collection, live) VALUES (?, ?) ON CONFLICT (collection) DO UPDATE SET live = ?';
    this.writer.run(upsert, [tableOf({ ...spec, build: 0 }), build, build]);
  }

  /** Returns the build in use of a collection and its checkpoint. */
  standing(spec: CollectionSpec): Standing {
    const build = this.liveBuild(spec);
    return { build, position: this.checkpoint(checkpointOf({ ...spec, build })) };
  }
}
