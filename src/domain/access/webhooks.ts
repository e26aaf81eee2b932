import type { Given } from '../actor.js';
import { type Check, fewEnough, firstOf, reasonGiven, requiredText } from '../plan/checks.js';
import { accept, type Decision, refuse } from '../refusal.js';
import type { AccessCommandOf } from './commands.js';
import type { AccessEvent } from './events.js';
import { type ExistingHolder, MAX_WEBHOOKS } from './holder.js';
import { overlapEnd, overlapFits } from './overlap.js';

type WebhookCommand =
  | AccessCommandOf<'addWebhook'>
  | AccessCommandOf<'rotateWebhook'>
  | AccessCommandOf<'removeWebhook'>;

/** Longest URL, in characters. */
const MAX_URL = 2_000;
/** Maximum number of event types that a webhook may be limited to. */
const MAX_TYPES = 100;

/** Decides on a command on webhooks of access that is not revoked. */
export function decideWebhook(
  { webhooks }: ExistingHolder,
  command: WebhookCommand,
  given: Given,
): Decision<AccessEvent> {
  if (command.type === 'addWebhook') return addWebhookTo(webhooks, command);
  const { webhookId } = command;
  const webhook = webhooks.find(({ id }) => id === webhookId);
  if (!webhook) return refuse('WEBHOOK_NOT_FOUND', 'webhookId');
  if (command.type === 'removeWebhook') {
    return reasonGiven(given) ?? accept({ type: 'WebhookRemoved', data: { webhookId } });
  }
  const { overlapHours } = command;
  return (
    overlapFits(overlapHours) ??
    accept({
      type: 'WebhookRotated',
      data: { webhookId, generation: webhook.generation + 1, previousUntil: overlapEnd(overlapHours, given) },
    })
  );
}

function addWebhookTo(
  webhooks: ExistingHolder['webhooks'],
  { webhookId, url, eventTypes }: AccessCommandOf<'addWebhook'>,
): Decision<AccessEvent> {
  const known = webhooks.some((each) => each.url === url);
  return (
    firstOf(
      webhooks.length < MAX_WEBHOOKS ? undefined : refuse('TOO_MANY', 'url', { max: MAX_WEBHOOKS }),
      validUrl(url),
      known ? refuse('NOTHING_CHANGES') : undefined,
      fewEnough('eventTypes', eventTypes ?? [], MAX_TYPES),
      ...(eventTypes ?? []).map((type) => () => requiredText('eventTypes', type, 100)),
    ) ?? accept({ type: 'WebhookAdded', data: { webhookId, url, eventTypes: eventTypes && [...new Set(eventTypes)] } })
  );
}

/**
 * Refuses a URL that is not HTTP or contains a user name, password or fragment. The URL may contain no secrets, because
 * everyone who may read the access can see the URL.
 */
function validUrl(url: string): Check {
  if (url.length > MAX_URL || !URL.canParse(url)) return refuse('WEBHOOK_URL_REFUSED', 'url');
  const { protocol, username, password, hash } = new URL(url);
  const isPlain = ['https:', 'http:'].includes(protocol) && username + password + hash === '';
  return isPlain ? undefined : refuse('WEBHOOK_URL_REFUSED', 'url');
}
