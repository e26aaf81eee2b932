import { ImpossibleEvent } from '../impossible.js';
import type { AccessEvent } from './events.js';
import type { ExistingHolder, Holder, TimedCredential } from './holder.js';

/**
 * Returns the holder of access after an event.
 *
 * @throws ImpossibleEvent when the event cannot follow the holder.
 */
export function evolveHolder(holder: Holder, event: AccessEvent): ExistingHolder {
  if (holder.status === 'ABSENT') {
    if (event.type !== 'AccessIssued') throw new ImpossibleEvent(`${event.type} before AccessIssued`);
    const { credential, expiresAt, ...rest } = event.data;
    return { status: 'ACTIVE', ...rest, credentials: [{ credential, until: expiresAt }], formerIds: [], webhooks: [] };
  }
  switch (event.type) {
    case 'AccessIssued':
      throw new ImpossibleEvent('AccessIssued on access that was issued');
    case 'AccessRotated': {
      const { credential, expiresAt, previousUntil } = event.data;
      const [keys, logins] = [
        holder.credentials.filter(isKeyCredential),
        holder.credentials.filter((each) => !isKeyCredential(each)),
      ];
      const ending = keys.map(({ credential: each, until }) => ({
        credential: each,
        until: until !== null && until < previousUntil ? until : previousUntil,
      }));
      const linked = logins.map((login) => ({ ...login, until: expiresAt }));
      return { ...holder, credentials: [...linked, ...ending.slice(-1), { credential, until: expiresAt }] };
    }
    case 'SignInLinked': {
      const { credential, formerAccessId } = event.data;
      const until = holder.credentials.at(-1)?.until ?? null;
      return {
        ...holder,
        credentials: credential ? [{ credential, until }, ...holder.credentials] : holder.credentials,
        formerIds: formerAccessId === null ? holder.formerIds : [...holder.formerIds, formerAccessId],
      };
    }
    case 'SignInUnlinked': {
      const { lookup } = event.data.credential;
      return { ...holder, credentials: holder.credentials.filter(({ credential: each }) => each.lookup !== lookup) };
    }
    case 'AccessRenamed':
      return { ...holder, name: event.data.name };
    case 'AccessGranted':
      return { ...holder, organisationIds: [...(holder.organisationIds ?? []), ...event.data.organisationIds] };
    case 'AccessWithdrawn': {
      const { organisationIds } = event.data;
      return {
        ...holder,
        organisationIds: (holder.organisationIds ?? []).filter((id) => !organisationIds.includes(id)),
      };
    }
    case 'AccessRevoked':
      return { ...holder, status: 'REVOKED' };
    case 'WebhookAdded': {
      const { webhookId: id, url, eventTypes } = event.data;
      return { ...holder, webhooks: [...holder.webhooks, { id, url, eventTypes, generation: 1, previousUntil: null }] };
    }
    case 'WebhookRotated': {
      const { webhookId, generation, previousUntil } = event.data;
      return {
        ...holder,
        webhooks: holder.webhooks.map((each) =>
          each.id === webhookId ? { ...each, generation, previousUntil } : each,
        ),
      };
    }
    case 'WebhookRemoved':
      return { ...holder, webhooks: holder.webhooks.filter(({ id }) => id !== event.data.webhookId) };
  }
}

function isKeyCredential({ credential }: TimedCredential): boolean {
  return credential.kind === 'key';
}
