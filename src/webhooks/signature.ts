import { createHmac } from 'node:crypto';
import type { RegisteredWebhook } from '../domain/access/holder.js';
import type { Vault } from '../engine/vault/vault.js';

/** Returns the secret of a webhook as Standard Webhooks writes it. It is derived from the root key and not stored. */
export function webhookSecret(vault: Pick<Vault, 'secretFor'>, webhookId: string, generation: number): string {
  const bytes = createHmac('sha256', vault.secretFor('webhooks')).update(`${webhookId}.${generation}`).digest();
  return `whsec_${bytes.toString('base64')}`;
}

/** Returns the secrets for signing at a time: the present one, and the previous one until it expires. */
export function secretsAt(vault: Pick<Vault, 'secretFor'>, webhook: RegisteredWebhook, now: string): string[] {
  const { id, generation, previousUntil } = webhook;
  const generations = previousUntil !== null && previousUntil > now ? [generation, generation - 1] : [generation];
  return generations.map((each) => webhookSecret(vault, id, each));
}

/**
 * Returns the headers by which a receiver verifies sender and time of a body (Standard Webhooks 1.0, symmetric
 * signatures).
 *
 * @param secrets each one adds a signature.
 * @param seconds time of sending, in seconds since 1970.
 */
export function signedHeaders(secrets: readonly string[], id: string, seconds: number, body: string) {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signatures.join(' ') };
}
