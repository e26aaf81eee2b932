import type { PublicKeys } from '../../log/checkpoint.js';
import { type Frontier, type Hash, hashesIn, leafHash, rootOf, rootOver, withLeaf } from '../../log/merkle.js';
import { TILE, type TileAddress } from '../../log/tiles.js';
import type { SqliteDatabase } from '../../storage/sqlite.js';
import { ChronicleDamaged } from '../port.js';

/** Rows per page when {@link fillLog} computes the leaves of an older file. */
const FILL_PAGE = 1_000;

/** Reads the stored tree of a chronicle and its hashes. */
export class LogHashes {
  readonly #statements;

  constructor(database: Pick<SqliteDatabase, 'prepare'>) {
    this.#statements = {
      tree: database.prepare('SELECT size, roots FROM tree'),
      leaves: database.prepare('SELECT leaf AS hash FROM events WHERE position > ? ORDER BY position LIMIT ?'),
      roots: database.prepare('SELECT root AS hash FROM tiles WHERE level = ? AND number >= ? ORDER BY number LIMIT ?'),
    };
  }

  /**
   * Returns the frontier of the tree.
   *
   * @throws ChronicleDamaged if its row is missing.
   */
  tree(): Frontier {
    const row: TreeRow | undefined = this.#statements.tree.get();
    if (!row) throw new ChronicleDamaged('the row of the tree is missing: the chronicle is damaged');
    return { size: row.size, roots: hashesIn(row.roots) };
  }

  /** Returns the hashes of a tile, computed from the level below: from leaves, or from the roots of full tiles. */
  below({ level, number, width }: TileAddress): Hash[] {
    const first = number * TILE;
    const rows: HashRow[] =
      level === 0 ? this.#statements.leaves.all(first, width) : this.#statements.roots.all(level - 1, first, width);
    return rows.map(({ hash }) => Buffer.from(hash));
  }
}

/**
 * Writes the tree over the events of a chronicle, in the transaction that appends them. The event at position p is
 * entry p - 1, because positions have no gaps.
 */
export class LogWriter {
  readonly #hashes: LogHashes;
  readonly #statements;

  constructor(database: Pick<SqliteDatabase, 'prepare'>) {
    this.#hashes = new LogHashes(database);
    this.#statements = {
      putTree: database.prepare('UPDATE tree SET size = ?, roots = ?'),
      putTile: database.prepare('INSERT INTO tiles (level, number, hashes, root) VALUES (?, ?, ?, ?)'),
      putKey: database.prepare(
        'INSERT INTO log_keys (name, public_key) VALUES (?, ?) ON CONFLICT DO UPDATE SET public_key = excluded.public_key',
      ),
      putCheckpoint: database.prepare('INSERT INTO checkpoints (size, note) VALUES (?, ?) ON CONFLICT DO NOTHING'),
      putCosigned: database.prepare('UPDATE checkpoints SET note = ? WHERE size = ?'),
    };
  }

  /** Adds the leaves of events that are already inserted, and the tiles that become full. */
  add(leaves: readonly Hash[]): void {
    let tree = this.#hashes.tree();
    for (const leaf of leaves) {
      const before = tree;
      tree = withLeaf(tree, leaf);
      if (tree.size % TILE === 0) this.#fillTiles(tree.size, lastTileRoot(before, leaf));
    }
    this.#statements.putTree.run(tree.size, Buffer.concat(tree.roots));
  }

  /** Stores a signed checkpoint. An existing checkpoint of the same size is not replaced. */
  putCheckpoint(size: number, note: string): void {
    this.#statements.putCheckpoint.run(size, note);
  }

  /** Replaces the note of a stored checkpoint. */
  putCosigned(size: number, note: string): void {
    this.#statements.putCosigned.run(note, size);
  }

  /** Stores the public keys of the log and of its witness. */
  putPublicKeys({ log, witness }: PublicKeys): void {
    this.#statements.putKey.run('log', log);
    this.#statements.putKey.run('witness', witness);
  }

  #fillTiles(size: number, leavesRoot: Hash): void {
    for (let [level, count] = [0, size]; count % TILE === 0 && count > 0; [level, count] = [level + 1, count / TILE]) {
      const number = count / TILE - 1;
      const hashes = this.#hashes.below({ level, number, width: TILE });
      const root = level === 0 ? leavesRoot : rootOver(hashes);
      this.#statements.putTile.run(level, number, Buffer.concat(hashes), root);
    }
  }
}

/** Returns the root over the last 256 leaves. The frontier already holds the roots over all of them but the last. */
function lastTileRoot({ size, roots }: Frontier, leaf: Hash): Hash {
  return rootOf({ size, roots: [...roots.slice(-Math.log2(TILE)), leaf] });
}

interface TreeRow {
  readonly size: number;
  readonly roots: Uint8Array;
}

interface HashRow {
  readonly hash: Uint8Array;
}

/** Computes the leaves and the tree of a file that was written before the log existed, inside the open transaction. */
export function fillLog(database: SqliteDatabase): void {
  const page = database.prepare('SELECT position, body FROM events WHERE position > ? ORDER BY position LIMIT ?');
  const putLeaf = database.prepare('UPDATE events SET leaf = ? WHERE position = ?');
  const log = new LogWriter(database);
  for (let after = 0; ; ) {
    const rows: { position: number; body: string }[] = page.all(after, FILL_PAGE);
    const leaves = rows.map(({ position, body }) => {
      const leaf = leafHash(body);
      putLeaf.run(leaf, position);
      return leaf;
    });
    log.add(leaves);
    const last = rows.at(-1);
    if (last === undefined || rows.length < FILL_PAGE) return;
    after = last.position;
  }
}
