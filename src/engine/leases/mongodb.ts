import type { Collection, Db } from 'mongodb';
import { FORMAT_NAME } from '../log/formatName.js';
import { DURABLE, isDuplicate } from '../storage/mongodb.js';
import type { Lease, LeaseTable } from './table.js';

interface KeptLease extends Lease {
  readonly _id: string;
}

/** Returns the table of leases in MongoDB. */
export function mongoLeases(db: Db): LeaseTable {
  const leases: Collection<KeptLease> = db.collection<KeptLease>(`${FORMAT_NAME}_leases`, DURABLE);
  return {
    async look(name) {
      const kept = await leases.findOne({ _id: name });
      return kept ? { owner: kept.owner, epoch: kept.epoch, beat: kept.beat } : undefined;
    },
    async begin(name, lease) {
      try {
        await leases.insertOne({ _id: name, ...lease });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    async move(name, { owner, epoch, beat }, to) {
      const moved = await leases.updateOne({ _id: name, owner, epoch, beat }, { $set: { ...to } });
      return moved.matchedCount === 1;
    },
  };
}
