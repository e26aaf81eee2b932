import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Change } from './follow.js';

/** A change as Letopis sends it to a webhook: an event of CloudEvents 1.0. */
export interface WebhookEvent {
  readonly specversion: '1.0';
  /** The same for a repeated delivery. */
  readonly id: string;
  /** The chronicle, as a URN. */
  readonly source: string;
  /** `org.letopis.` with the type of the event. */
  readonly type: string;
  /** Id of the changed thing. */
  readonly subject?: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** The change; of an event that `testWebhook` sends, only the id of the webhook. */
  readonly data: Change | { readonly webhookId: string };
}

/** Why a request is not a webhook of Letopis. */
export type WebhookProblem = 'MISSING_HEADER' | 'NOT_FRESH' | 'WRONG_SIGNATURE' | 'BAD_SECRET' | 'BAD_BODY';

/** Thrown by {@link verifyWebhook}. Answer such a request with status 400. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';

  constructor(
    readonly code: WebhookProblem,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

/** A received request, and the secrets and limits to verify it. */
export interface ReceivedWebhook {
  /** The body as it was received, before it is parsed. */
  readonly body: string | Uint8Array;
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The secret that `addWebhook` returned; while secrets are rotated, the old and the new one. */
  readonly secrets: string | readonly string[];
  /** Maximum difference between the clocks, with the time of transfer, in seconds. Default 300. */
  readonly toleranceSeconds?: number;
  /** The time, in milliseconds since 1970. Default: the clock. */
  readonly now?: number;
}

const PREFIX = 'whsec_';
const VERSION = 'v1,';
const TOLERANCE_SECONDS = 300;

/**
 * Returns the event in a request to a webhook, after it has checked by Standard Webhooks that Letopis has signed it a
 * short time ago. A repeated delivery is valid too: handle each `id` once.
 *
 * @throws WebhookError
 */
export function verifyWebhook(received: ReceivedWebhook): WebhookEvent {
  const { body, headers, secrets, toleranceSeconds = TOLERANCE_SECONDS, now = Date.now() } = received;
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    header(headers, name),
  );
  if (!id || !timestamp || !signatures) {
    throw new WebhookError('MISSING_HEADER', 'webhook-id, webhook-timestamp and webhook-signature are required');
  }
  const age = /^\d{1,15}$/.test(timestamp) ? Math.abs(now / 1_000 - Number(timestamp)) : Number.POSITIVE_INFINITY;
  if (!(age <= toleranceSeconds)) {
    throw new WebhookError('NOT_FRESH', `webhook-timestamp is not within ${toleranceSeconds} s of the clock`);
  }
  const wanted = [secrets].flat().map((secret) => signature(secret, `${id}.${timestamp}.`, body));
  const given = signatures.split(' ').flatMap((each) => (each.startsWith(VERSION) ? [each.slice(VERSION.length)] : []));
  // All are compared, so that the time does not depend on which one is equal.
  const matches = wanted.flatMap((each) => given.map((other) => isEqual(each, Buffer.from(other, 'base64'))));
  if (!matches.includes(true)) throw new WebhookError('WRONG_SIGNATURE', 'no signature is by a known secret');
  return parsed(typeof body === 'string' ? body : Buffer.from(body).toString());
}

function header(headers: ReceivedWebhook['headers'], name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const value = headers[name];
  return typeof value === 'string' ? value : value?.join(' ');
}

function signature(secret: string, begin: string, body: string | Uint8Array): Buffer {
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : '', 'base64');
  if (key.length === 0) throw new WebhookError('BAD_SECRET', `a secret begins with ${PREFIX}`);
  return createHmac('sha256', key).update(begin).update(body).digest();
}

function isEqual(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function parsed(body: string): WebhookEvent {
  try {
    return JSON.parse(body);
  } catch {
    throw new WebhookError('BAD_BODY', 'the body is not JSON');
  }
}
