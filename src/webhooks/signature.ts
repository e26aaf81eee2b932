import { createHmac } from 'node:crypto';
import type { Webhook } from '../domain/access/holder.js';
import type { Vault } from '../vault/vault.js';

/** The secret of a webhook, as the scheme of Standard Webhooks writes it: derived from the keys of this chronicle, and nowhere stored. */
export function webhookSecret(vault: Pick<Vault, 'secretFor'>, webhookId: string, generation: number): string {
  const bytes = createHmac('sha256', vault.secretFor('webhooks')).update(`${webhookId}.${generation}`).digest();
  return `whsec_${bytes.toString('base64')}`;
}

/** The secrets that sign at a moment: the present one, and the one before for as long as it holds. */
export function secretsAt(vault: Pick<Vault, 'secretFor'>, webhook: Webhook, now: string): string[] {
  const { id, generation, previousUntil } = webhook;
  const generations = previousUntil !== null && previousUntil > now ? [generation, generation - 1] : [generation];
  return generations.map((each) => webhookSecret(vault, id, each));
}

/**
 * The headers that let a receiver check who sent a body, and when (Standard Webhooks 1.0, symmetric signatures).
 *
 * @param seconds since 1970.
 */
export function signedHeaders(secrets: readonly string[], id: string, seconds: number, body: string) {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signatures.join(' ') };
}
