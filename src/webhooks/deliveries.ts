import { z } from 'zod';
import type { Instant } from '../domain/dates.js';
import type { KeyPage, RecordStore, TableSpec } from '../engine/records/port.js';

/** A message to a webhook that is not delivered yet, or could not be delivered. */
export interface Delivery {
  /** Derived from webhook and event, so that a delivery is stored only once. */
  readonly id: string;
  readonly webhookId: string;
  /** Id of the event, as the receiver gets it. */
  readonly eventId: string;
  readonly eventType: string;
  /** Deliveries of one lane are sent one after another. */
  readonly lane: string;
  /** Sort key among the deliveries of the webhook. */
  readonly place: string;
  /** The request body. */
  readonly body: string;
  /** DEAD: no more attempts are made unless the delivery is replayed. */
  readonly status: 'PENDING' | 'DEAD';
  readonly attempts: number;
  /** Time of the first attempt; null if there was none. */
  readonly triedSince: Instant | null;
  /** Earliest time of the next attempt. */
  readonly dueAt: Instant;
  /** Error of the last attempt; null if there was none. */
  readonly error: string | null;
}

/** Stores the deliveries of webhooks. They are not part of the event store, because sending changes nothing. */
export interface Deliveries {
  /**
   * Returns the cursor of a webhook: the position of the API up to which all deliveries are stored; undefined if there
   * is none yet.
   *
   * @throws AccessUnavailable
   */
  cursorOf(webhookId: string): Promise<string | undefined>;
  /**
   * Stores deliveries and then the cursor. After a failure the deliveries may be stored without the cursor, but never
   * the cursor without the deliveries.
   *
   * @throws AccessUnavailable
   */
  keep(webhookId: string, deliveries: readonly Delivery[], cursor: string): Promise<void>;
  /** Returns a page of the deliveries of a status by their places. @throws AccessUnavailable */
  find(webhookId: string, status: Delivery['status'], page: KeyPage): Promise<readonly Delivery[]>;
  /** Returns the number of deliveries of a status. @throws AccessUnavailable */
  count(webhookId: string, status: Delivery['status']): Promise<number>;
  /** Returns deliveries of a webhook by their ids. @throws AccessUnavailable */
  get(webhookId: string, ids: readonly string[]): Promise<readonly Delivery[]>;
  /** Updates a stored delivery. @throws AccessUnavailable */
  put(delivery: Delivery): Promise<void>;
  /** Deletes a delivery that was sent. @throws AccessUnavailable */
  remove(id: string): Promise<void>;
  /** Returns the ids of all webhooks with stored data. @throws AccessUnavailable */
  webhooks(): Promise<readonly string[]>;
  /** Deletes the deliveries and the cursor of a webhook. @throws AccessUnavailable */
  forget(webhookId: string): Promise<void>;
}

const StoredDelivery = z.object({
  id: z.string(),
  webhookId: z.string(),
  eventId: z.string(),
  eventType: z.string(),
  lane: z.string(),
  place: z.string(),
  body: z.string(),
  status: z.enum(['PENDING', 'DEAD']),
  attempts: z.number(),
  triedSince: z.string().nullable(),
  dueAt: z.string(),
  error: z.string().nullable(),
});
const StoredCursor = z.object({ webhookId: z.string(), cursor: z.string() });

/** The table of deliveries. */
export const DELIVERIES: TableSpec<z.infer<typeof StoredDelivery>> = {
  collection: 'letopis_webhook_deliveries',
  indexes: { webhookId_1_status_1_place_1: ['webhookId', 'status', 'place'] },
  table: 'webhook_delivery',
  create: `CREATE TABLE IF NOT EXISTS webhook_delivery (
       id TEXT PRIMARY KEY, webhook_id TEXT NOT NULL, status TEXT NOT NULL, place TEXT NOT NULL, content TEXT NOT NULL);
     CREATE INDEX IF NOT EXISTS webhook_delivery_place ON webhook_delivery (webhook_id, status, place)`,
  columns: { id: 'id', webhookId: 'webhook_id', status: 'status', place: 'place' },
  content: 'content',
  key: 'id',
  parse: (row) => StoredDelivery.parse(row),
};

const CURSORS: TableSpec<z.infer<typeof StoredCursor>> = {
  collection: 'letopis_webhook_cursors',
  table: 'webhook_cursor',
  create: 'CREATE TABLE IF NOT EXISTS webhook_cursor (webhook_id TEXT PRIMARY KEY, cursor TEXT NOT NULL) WITHOUT ROWID',
  columns: { webhookId: 'webhook_id', cursor: 'cursor' },
  key: 'webhookId',
  changes: [{ field: 'cursor' }],
  parse: (row) => StoredCursor.parse(row),
};

/** More webhooks than the holders of access can have together. */
const MAX_DELIVERY_QUEUES = 100_000;

/** Opens the deliveries. @throws AccessUnavailable */
export async function openDeliveries(store: RecordStore): Promise<Deliveries> {
  const deliveries = await store.open(DELIVERIES);
  const cursors = await store.open(CURSORS);
  return {
    cursorOf: async (webhookId) => (await cursors.find({ webhookId }, { by: 'webhookId', limit: 1 }))[0]?.cursor,
    async keep(webhookId, kept, cursor) {
      await deliveries.put(kept.map((each) => ({ ...each })));
      await cursors.put([{ webhookId, cursor }]);
    },
    find: (webhookId, status, { after, before, ...order }) =>
      deliveries.find({ webhookId, status, place: { after, before } }, { by: 'place', ...order }),
    count: (webhookId, status) => deliveries.count({ webhookId, status }),
    get: async (webhookId, ids) =>
      ids.length === 0 ? [] : deliveries.find({ webhookId, id: { in: ids } }, { by: 'place', limit: ids.length }),
    put: (delivery) => deliveries.update({ ...delivery }),
    remove: (id) => deliveries.remove({ id }),
    // A webhook with deliveries has a cursor too, except for a short time.
    webhooks: async () =>
      (await cursors.find({}, { by: 'webhookId', limit: MAX_DELIVERY_QUEUES })).map(({ webhookId }) => webhookId),
    async forget(webhookId) {
      await deliveries.remove({ webhookId });
      await cursors.remove({ webhookId });
    },
  };
}
