import { randomUUID } from 'node:crypto';
import { type AnyBulkWriteOperation, type Collection, MongoBulkWriteError } from 'mongodb';
import { slicesOf } from '../../slices.js';
import { bulkFailure, RECORDS_AT_ONCE } from '../../storage/mongodb.js';
import type { Layout } from '../layout.js';
import type { Write } from '../port.js';
import { recordFromDocument, type StoredRecord, tombstone } from './documents.js';

/** A record to write, with the expected position of the present record; null if there must be none. */
interface RecordWrite {
  readonly index: number;
  readonly expected: string | null;
  readonly document: StoredRecord;
}

/**
 * Writes records by compare-and-set. Returns for each write whether it succeeded.
 *
 * @param extendDeadline is called after each call of the server.
 */
export async function writeRecords(
  collection: Collection<StoredRecord>,
  layout: Layout,
  writes: readonly Write[],
  extendDeadline: () => void,
): Promise<readonly boolean[]> {
  const by = randomUUID();
  const prepared = writes.map(
    (write, index): RecordWrite => ({
      index,
      expected: write.expected,
      document:
        write.kind === 'put'
          ? recordFromDocument(layout, write.document, by)
          : tombstone(layout, write.id, write.position, by),
    }),
  );
  const done = prepared.map(() => false);
  // Writes of a batch to the same record are executed one after another, all others in any order.
  for (const round of inRounds(prepared)) {
    // The writes are divided, because a batch that takes longer than the timeout of one call would be repeated forever.
    for (const piece of slicesOf(round, RECORDS_AT_ONCE)) {
      const lost = await written(collection, piece, by);
      for (const { index } of piece) done[index] = !lost.has(index);
      extendDeadline();
    }
  }
  return done;
}

/** Returns the writes in rounds, in the given order. A round has at most one write of each record. */
function inRounds(writes: readonly RecordWrite[]): RecordWrite[][] {
  const rounds: RecordWrite[][] = [];
  const times = new Map<string, number>();
  for (const write of writes) {
    const { _id } = write.document;
    const round = times.get(_id) ?? 0;
    times.set(_id, round + 1);
    const known = rounds[round];
    if (known) known.push(write);
    else rounds[round] = [write];
  }
  return rounds;
}

/** Writes each to a different record. Returns the indexes of the writes that lost their race. */
async function written(
  collection: Collection<StoredRecord>,
  writes: readonly RecordWrite[],
  by: string,
): Promise<ReadonlySet<number>> {
  const areNew = writes.every(({ expected }) => expected === null);
  const operations = writes.map(({ expected, document }): AnyBulkWriteOperation<StoredRecord> => {
    if (areNew) return { insertOne: { document } };
    const { _id, ...replacement } = document;
    if (expected !== null) return { replaceOne: { filter: { _id, _pos: expected }, replacement } };
    // The driver would send insertions among replacements as separate calls. If the record exists, the filter does not
    // match it, and the insertion fails because the id is a duplicate key.
    return { replaceOne: { filter: { _id, _pos: { $exists: false } }, replacement, upsert: true } };
  });
  const lost = new Set<number>();
  let matched = 0;
  try {
    ({ matchedCount: matched } = await collection.bulkWrite(operations, { ordered: false }));
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error;
    // Only a duplicate key is a lost race. Any other error is a failure of the store or of the record.
    if (bulkFailure(error) !== undefined) throw error;
    for (const { index } of [error.writeErrors].flat()) {
      const write = writes[index];
      if (write) lost.add(write.index);
    }
    matched = error.result.matchedCount;
  }
  const replaced = writes.filter(({ expected }) => expected !== null);
  if (matched < replaced.length) {
    // The server returns how many it replaced, but not which.
    const ids = replaced.map(({ document }) => document._id);
    const ours = await collection.find({ _id: { $in: ids }, _by: by }, { projection: { _id: 1 } }).toArray();
    const won = new Set(ours.map(({ _id }) => _id));
    for (const { index, document } of replaced) if (!won.has(document._id)) lost.add(index);
  }
  return lost;
}
