import type { Collection, Db } from 'mongodb';
import { withAccessDatabase } from '../../access/database.js';
import type { Deliveries, Delivery } from './deliveries.js';

type StoredDelivery = Omit<Delivery, 'id'> & { readonly _id: string };
interface StoredCursor {
  readonly _id: string;
  readonly cursor: string;
}

/** Opens the deliveries in MongoDB, which all processes share. @throws AccessUnavailable */
export async function openMongoDeliveries(db: Db): Promise<Deliveries> {
  const deliveries: Collection<StoredDelivery> = db.collection('letopis_webhook_deliveries');
  const cursors: Collection<StoredCursor> = db.collection('letopis_webhook_cursors');
  await withAccessDatabase(() => deliveries.createIndex({ webhookId: 1, status: 1, place: 1 }));
  const deliveryFrom = ({ _id, ...rest }: StoredDelivery): Delivery => ({ id: _id, ...rest });
  return {
    cursorOf: (webhookId) => withAccessDatabase(async () => (await cursors.findOne({ _id: webhookId }))?.cursor),
    keep: (webhookId, kept, cursor) =>
      withAccessDatabase(async () => {
        // One write at a time, the cursor last: after a failure the same deliveries are stored again.
        for (const { id, ...rest } of kept) {
          await deliveries.updateOne({ _id: id }, { $setOnInsert: rest }, { upsert: true });
        }
        await cursors.updateOne({ _id: webhookId }, { $set: { cursor } }, { upsert: true });
      }),
    first: (webhookId, status, after, limit) =>
      withAccessDatabase(async () => {
        const found = deliveries.find({ webhookId, status, place: { $gt: after } }).sort({ place: 1 });
        return (await found.limit(limit).toArray()).map(deliveryFrom);
      }),
    count: (webhookId, status) => withAccessDatabase(() => deliveries.countDocuments({ webhookId, status })),
    get: (webhookId, ids) =>
      withAccessDatabase(async () =>
        (await deliveries.find({ webhookId, _id: { $in: [...ids] } }).toArray()).map(deliveryFrom),
      ),
    put: ({ id, ...rest }) =>
      withAccessDatabase(async () => void (await deliveries.updateOne({ _id: id }, { $set: rest }))),
    remove: (id) => withAccessDatabase(async () => void (await deliveries.deleteOne({ _id: id }))),
    webhooks: () => withAccessDatabase(async () => (await cursors.find().toArray()).map(({ _id }) => _id)),
    forget: (webhookId) =>
      withAccessDatabase(async () => {
        await deliveries.deleteMany({ webhookId });
        await cursors.deleteOne({ _id: webhookId });
      }),
    close: () => undefined,
  };
}
