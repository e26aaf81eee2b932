import type { RegisteredWebhook } from '../../domain/access/holder.js';
import type { Vault } from '../../engine/vault/vault.js';
import type { Called, WebhookClient } from '../../webhooks/call.js';
import { CLOUD_EVENTS_JSON } from '../../webhooks/cloudEvent.js';
import type { Deliveries, Delivery } from '../../webhooks/deliveries.js';
import { secretsAt, signedHeaders } from '../../webhooks/signature.js';

/** The retry policy of deliveries. */
export interface RetryPolicy {
  /**
   * Delays before the retries, in milliseconds: after the first failure, the second, and so on. The last delay repeats.
   */
  readonly againMs: readonly number[];
  /** A delivery that has failed for this time is abandoned, in milliseconds. */
  readonly giveUpMs: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The retry policy that Standard Webhooks recommends: three days. */
export const PATIENCE: RetryPolicy = {
  againMs: [5_000, 30_000, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR],
  giveUpMs: 72 * HOUR,
};

/** Maximum number of concurrent deliveries of one webhook. Deliveries of one lane are never concurrent. */
const DELIVERIES_AT_ONCE = 4;
/** Number of deliveries that are examined in one round. */
const LOOKED_AT = 1_000;

/** Dependencies of deliveries. */
export interface Sending {
  readonly deliveries: Deliveries;
  readonly client: Pick<WebhookClient, 'post'>;
  readonly vault: Pick<Vault, 'secretFor'>;
  /** Returns the time of the event store, by which secrets expire. */
  readonly clock: () => string;
  readonly patience: RetryPolicy;
  /** Called with the outcome of each call, for metrics. */
  readonly called: (outcome: Called['kind']) => void;
}

/** Sends a signed body to a webhook. */
export function call(
  { client, vault, clock }: Pick<Sending, 'client' | 'vault' | 'clock'>,
  webhook: RegisteredWebhook,
  eventId: string,
  body: string,
): Promise<Called> {
  const secrets = secretsAt(vault, webhook, clock());
  const signed = signedHeaders(secrets, eventId, Math.floor(Date.now() / 1_000), body);
  return client.post(webhook.url, { 'content-type': CLOUD_EVENTS_JSON, 'user-agent': 'Letopis', ...signed }, body);
}

/**
 * Sends the due deliveries of a webhook: the first of each lane. Later deliveries of the lane wait.
 *
 * @returns the milliseconds until the next round; 0 for immediately.
 */
export async function sendDue(sending: Sending, webhook: RegisteredWebhook, signal: AbortSignal): Promise<number> {
  const waiting = await sending.deliveries.find(webhook.id, 'PENDING', { limit: LOOKED_AT });
  const now = new Date().toISOString();
  const heads = firstOfEach(waiting);
  const due = heads.filter(({ dueAt }) => dueAt <= now).slice(0, DELIVERIES_AT_ONCE);
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
  webhook: RegisteredWebhook,
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
  // Jitter: receivers that failed together are not retried together.
  const dueAt = new Date(now + wait * (0.9 + Math.random() * 0.2)).toISOString();
  const status = isOver ? 'DEAD' : 'PENDING';
  await deliveries.put({ ...delivery, attempts, triedSince: since, dueAt, status, error: called.error });
}
