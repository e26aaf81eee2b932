import type { Db } from 'mongodb';
import { FORMAT_NAME } from '../log/formatName.js';
import type { AnchorStore } from '../log/logAnchor.js';
import { ReadStoreUnavailable } from '../readstore/port.js';
import { DURABLE, withMongoTimeout } from '../storage/mongodb.js';

interface StoredAnchor {
  readonly _id: 'log';
  readonly anchor: string;
}

/**
 * Returns a store that keeps the anchor of a log in MongoDB, for all processes. Reads return the last acknowledged
 * anchor, whatever the options of the connection string.
 *
 * @throws ReadStoreUnavailable
 */
export function mongoAnchors(db: Db): AnchorStore {
  const anchors = db.collection<StoredAnchor>(`${FORMAT_NAME}_log_anchor`, DURABLE);
  return {
    read: () => withAnchorDatabase(async () => (await anchors.findOne({ _id: 'log' }))?.anchor),
    put: (anchor) =>
      withAnchorDatabase(async () => {
        await anchors.updateOne({ _id: 'log' }, { $set: { anchor } }, { upsert: true });
      }),
  };
}

function withAnchorDatabase<T>(work: () => Promise<T>): Promise<T> {
  return withMongoTimeout(work, (message, cause) => new ReadStoreUnavailable(message, { cause }));
}
