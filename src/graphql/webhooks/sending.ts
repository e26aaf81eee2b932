import type { Webhook } from '../../domain/access/holder.js';
import type { Vault } from '../../vault/vault.js';
import type { Called, WebhookClient } from '../../webhooks/call.js';
import { CLOUD_EVENTS_JSON } from '../../webhooks/cloudEvent.js';
import type { Deliveries, Delivery } from '../../webhooks/deliveries/deliveries.js';
import { secretsAt, signedHeaders } from '../../webhooks/signature.js';

/** How patient deliveries are. */
export interface Patience {
  /** Before a delivery is tried again, in milliseconds: after the first failure, the second, …; the last one holds on. */
  readonly againMs: readonly number[];
  /** A delivery that fails for so long is given up, in milliseconds. */
  readonly giveUpMs: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Three days, as Standard Webhooks recommends. */
export const PATIENCE: Patience = {
  againMs: [5_000, 30_000, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR],
  giveUpMs: 72 * HOUR,
};

/** Deliveries of one webhook that are on their way at once, each in another lane. */
const AT_ONCE = 4;
/** Deliveries that are looked at for one round. */
const LOOKED_AT = 1_000;

export interface Sending {
  readonly deliveries: Deliveries;
  readonly client: Pick<WebhookClient, 'post'>;
  readonly vault: Pick<Vault, 'secretFor'>;
  /** Of the chronicle: by it a secret ends. */
  readonly clock: () => string;
  readonly patience: Patience;
  /** Told what came of each call, as for metrics. */
  readonly called: (outcome: Called['kind']) => void;
}

/** Calls a webhook with a body, signed. */
export function call(
  { client, vault, clock }: Pick<Sending, 'client' | 'vault' | 'clock'>,
  webhook: Webhook,
  eventId: string,
  body: string,
): Promise<Called> {
  const secrets = secretsAt(vault, webhook, clock());
  const signed = signedHeaders(secrets, eventId, Math.floor(Date.now() / 1_000), body);
  return client.post(webhook.url, { 'content-type': CLOUD_EVENTS_JSON, 'user-agent': 'Letopis', ...signed }, body);
}

/**
 * Sends what is due of a webhook, in each lane the first that waits: what comes behind it waits with it.
 *
 * @returns when to look again, in milliseconds; 0: at once.
 */
export async function sendDue(sending: Sending, webhook: Webhook, signal: AbortSignal): Promise<number> {
  const waiting = await sending.deliveries.first(webhook.id, 'PENDING', '', LOOKED_AT);
  const now = new Date().toISOString();
  const heads = firstOfEach(waiting);
  const due = heads.filter(({ dueAt }) => dueAt <= now).slice(0, AT_ONCE);
  await Promise.all(due.map((delivery) => sendOne(sending, webhook, delivery, signal)));
  if (due.length > 0) return 0;
  const [next] = heads.map(({ dueAt }) => Date.parse(dueAt) - Date.now()).sort((a, b) => a - b);
  return next === undefined ? Number.POSITIVE_INFINITY : Math.max(next, 1);
}

function firstOfEach(deliveries: readonly Delivery[]): Delivery[] {
  const lanes = new Map<string, Delivery>();
  for (const delivery of deliveries) if (!lanes.has(delivery.lane)) lanes.set(delivery.lane, delivery);
  return [...lanes.values()];
}

async function sendOne(
  { deliveries, patience, called: told, ...rest }: Sending,
  webhook: Webhook,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const called = await call(rest, webhook, delivery.eventId, delivery.body);
  told(called.kind);
  if (called.kind === 'delivered') {
    await deliveries.remove(delivery.id);
    return;
  }
  const now = Date.now();
  const since = delivery.triedSince ?? new Date(now).toISOString();
  const attempts = delivery.attempts + 1;
  const isOver = now - Date.parse(since) >= patience.giveUpMs;
  const wait = patience.againMs[Math.min(attempts, patience.againMs.length) - 1] ?? patience.giveUpMs;
  // Receivers that were away together are not called together again.
  const dueAt = new Date(now + wait * (0.9 + Math.random() * 0.2)).toISOString();
  const status = isOver ? 'DEAD' : 'PENDING';
  await deliveries.put({ ...delivery, attempts, triedSince: since, dueAt, status, error: called.error });
}
