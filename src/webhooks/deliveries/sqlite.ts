import { z } from 'zod';
import { guardedBy } from '../../access/file.js';
import { openSqlite } from '../../engine/storage/sqlite.js';
import type { Deliveries, Delivery } from './deliveries.js';

const Stored = z.object({
  ...{ id: z.string(), webhookId: z.string(), eventId: z.string(), eventType: z.string(), lane: z.string() },
  ...{ place: z.string(), body: z.string(), status: z.enum(['PENDING', 'DEAD']), attempts: z.number() },
  ...{ triedSince: z.string().nullable(), dueAt: z.string(), error: z.string().nullable() },
});

/** Opens the deliveries in the SQLite file of the access records. Creates the tables if they do not exist. */
export async function openDeliveries(file: string): Promise<Deliveries> {
  const database = await openSqlite(file, 'writer');
  // A power failure can lose the last writes. Then deliveries are stored or sent again.
  database.exec('PRAGMA synchronous = NORMAL');
  database.exec(
    `CREATE TABLE IF NOT EXISTS webhook_delivery (
       id TEXT PRIMARY KEY, webhook_id TEXT NOT NULL, status TEXT NOT NULL, place TEXT NOT NULL, content TEXT NOT NULL);
     CREATE INDEX IF NOT EXISTS webhook_delivery_place ON webhook_delivery (webhook_id, status, place);
     CREATE TABLE IF NOT EXISTS webhook_cursor (webhook_id TEXT PRIMARY KEY, cursor TEXT NOT NULL) WITHOUT ROWID`,
  );
  const add = database.prepare('INSERT OR IGNORE INTO webhook_delivery VALUES (?, ?, ?, ?, ?)');
  const replace = database.prepare('UPDATE webhook_delivery SET status = ?, content = ? WHERE id = ?');
  const move = database.prepare(
    'INSERT INTO webhook_cursor VALUES (?, ?) ON CONFLICT (webhook_id) DO UPDATE SET cursor = excluded.cursor',
  );
  const cursor = database.prepare('SELECT cursor FROM webhook_cursor WHERE webhook_id = ?');
  const page = database.prepare(
    'SELECT content FROM webhook_delivery WHERE webhook_id = ? AND status = ? AND place > ? ORDER BY place LIMIT ?',
  );
  const some = database.prepare(
    'SELECT content FROM webhook_delivery WHERE webhook_id = ? AND id IN (SELECT value FROM json_each(?))',
  );
  const counted = database.prepare(
    'SELECT count(*) AS count FROM webhook_delivery WHERE webhook_id = ? AND status = ?',
  );
  const remove = database.prepare('DELETE FROM webhook_delivery WHERE id = ?');
  const known = database.prepare('SELECT webhook_id FROM webhook_cursor UNION SELECT webhook_id FROM webhook_delivery');
  const forgotten = [
    database.prepare('DELETE FROM webhook_delivery WHERE webhook_id = ?'),
    database.prepare('DELETE FROM webhook_cursor WHERE webhook_id = ?'),
  ];
  const guarded = guardedBy(file);
  const deliveryFrom = ({ content }: Readonly<Record<string, unknown>>) => Stored.parse(JSON.parse(String(content)));
  return {
    cursorOf: (webhookId) =>
      guarded(() => {
        const row = cursor.get(webhookId);
        return row && String(row.cursor);
      }),
    keep: (webhookId, deliveries, upTo) =>
      guarded(() => {
        database.exec('BEGIN IMMEDIATE');
        try {
          for (const each of deliveries) add.run(each.id, webhookId, each.status, each.place, JSON.stringify(each));
          move.run(webhookId, upTo);
          database.exec('COMMIT');
        } catch (error) {
          database.exec('ROLLBACK');
          throw error;
        }
      }),
    first: (webhookId, status, after, limit) =>
      guarded(() => page.all(webhookId, status, after, limit).map(deliveryFrom)),
    count: (webhookId, status) => guarded(() => Number(counted.get(webhookId, status)?.count ?? 0)),
    get: (webhookId, ids) => guarded(() => some.all(webhookId, JSON.stringify(ids)).map(deliveryFrom)),
    put: (delivery: Delivery) =>
      guarded(() => void replace.run(delivery.status, JSON.stringify(delivery), delivery.id)),
    remove: (id) => guarded(() => void remove.run(id)),
    webhooks: () => guarded(() => known.all().map((row) => String(row.webhook_id))),
    forget: (webhookId) =>
      guarded(() => {
        for (const statement of forgotten) statement.run(webhookId);
      }),
    close: () => database.close(),
  };
}
