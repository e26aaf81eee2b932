import { randomUUID } from 'node:crypto';
import type { Collection, Db } from 'mongodb';
import { withAccessDatabase } from '../database.js';
import { KEPT_REFUSALS, type RefusalFilter, type RefusalLog, type RefusedRequest, refusalKey } from './refusals.js';

type StoredRefusal = RefusedRequest & { readonly _id: string };

/** Number of refusals recorded by one process after which it deletes the oldest ones. */
const TRIM_EVERY = 100;

/** Returns the security log in MongoDB, which all processes share. */
export function mongoRefusalLog(db: Db): RefusalLog {
  const refusals: Collection<StoredRefusal> = db.collection('letopis_refusals');
  const process = randomUUID();
  let recorded = 0;
  return {
    record: (refused) =>
      withAccessDatabase(async () => {
        recorded += 1;
        await refusals.insertOne({ _id: refusalKey(refused.at, recorded, process), ...refused });
        if (recorded % TRIM_EVERY !== 0) return;
        const [oldest] = await refusals.find().sort({ _id: -1 }).skip(KEPT_REFUSALS).limit(1).toArray();
        if (oldest) await refusals.deleteMany({ _id: { $lte: oldest._id } });
      }),
    find: (filter, after, limit) =>
      withAccessDatabase(async () => {
        const place = after === '' ? {} : { _id: { $lt: after } };
        const found = refusals.find({ ...refusalsQuery(filter), ...place }).sort({ _id: -1 });
        return (await found.limit(limit).toArray()).map(({ _id, ...rest }) => ({ key: _id, ...rest }));
      }),
    count: (filter) => withAccessDatabase(() => refusals.countDocuments(refusalsQuery(filter))),
    close: () => undefined,
  };
}

function refusalsQuery({ actorId, code, field }: RefusalFilter) {
  return {
    ...(actorId === undefined ? {} : { actorId }),
    ...(code === undefined ? {} : { code }),
    ...(field === undefined ? {} : { field }),
  };
}
