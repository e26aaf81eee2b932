import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'graphql';
import { z } from 'zod';
import type { Principal } from '../../access/principal.js';
import type { RegisteredWebhook } from '../../domain/access/holder.js';
import { cloudEvent } from '../../webhooks/cloudEvent.js';
import type { Delivery } from '../../webhooks/deliveries.js';
import { Context } from '../context.js';
import { endlessScope } from '../executionScope.js';
import { parseId } from '../ids.js';
import type { Sink } from '../live/group.js';
import type { Hub } from '../live/hub.js';
import type { SerializedResult } from '../live/operation.js';
import { KnownDocument } from '../request/document.js';
import { schema } from '../schema.js';
import type { Services } from '../services.js';

/** The subscription whose results are delivered. */
const SUBSCRIPTION = parse(`subscription ($filter: ChangeFilter) {
  changes(filter: $filter) {
    position kind entryId eventType recordedAt planId organisationId activityId activityIds fields gone
    statusChanges { activityId before { timing evidence } after { timing evidence } }
  }
}`);

let webhookDocument: KnownDocument | undefined;

/** Returns the GraphQL document. Created on first use, when the schema is built. */
function changesDocument(): KnownDocument {
  webhookDocument ??= new KnownDocument(schema(), SUBSCRIPTION, 0);
  return webhookDocument;
}

const Result = z.object({
  data: z.object({
    changes: z.looseObject({
      position: z.string(),
      kind: z.string(),
      entryId: z.string(),
      eventType: z.string(),
      recordedAt: z.string(),
      planId: z.string().nullable(),
      organisationId: z.string().nullable(),
      activityId: z.string().nullable(),
    }),
  }),
});

/** Maximum number of pending deliveries of one webhook; further changes wait in the event store. */
const MAX_WAITING = 1_000;
const FILLING_INTERVAL_MS = 500;

/** Parameters of {@link queueDeliveries}. */
export interface Filling {
  readonly services: Services;
  readonly hub: Hub;
  readonly webhook: RegisteredWebhook;
  /** Returns the present principal of the holder; undefined once the access has ended, shortly before the run stops. */
  readonly principal: () => Principal | undefined;
  /** Position token up to which all changes were queued. */
  readonly from: string;
  /** Called when deliveries were queued. */
  readonly kept: () => void;
}

/**
 * Queues the changes that the holder sees as deliveries, until the signal aborts.
 *
 * @throws the error that stopped it; the caller restarts it
 */
export async function queueDeliveries(
  { services, hub, webhook, principal, from, kept }: Filling,
  signal: AbortSignal,
): Promise<void> {
  const { deliveries, events } = services;
  const first = principal();
  if (!first) return;
  let last = first;
  const caller = {
    get principal(): Principal {
      last = principal() ?? last;
      return last;
    },
    ended: signal,
  };
  const execution = { ...endlessScope('subscription', `webhook ${webhook.id}`), lastEventId: from };
  const context = new Context(services, caller, 'ru', execution);
  const { eventTypes } = webhook;
  const variables = eventTypes === null ? {} : { filter: { eventType: eventTypes } };
  const operation = changesDocument().operation(variables, undefined, services.limits.maxCost);
  if ('errors' in operation) throw operation.errors[0];
  const opened = await hub.open(operation, context, (work) => work());
  if ('errors' in opened) throw opened.errors[0] ?? new Error('the feed cannot be followed');
  const failed = new AbortController();
  let waiting = await deliveries.count(webhook.id, 'PENDING');
  let keeping = Promise.resolve();
  let failure: unknown;
  const sink: Sink = {
    get isFull() {
      return waiting >= MAX_WAITING;
    },
    send(results) {
      const made = results.map((result, index) => deliveryOf(result, index, webhook.id, events.chronicleId));
      const cursor = made.at(-1)?.cursor;
      if (cursor === undefined) return;
      waiting += made.length;
      keeping = keeping
        .then(() =>
          deliveries.keep(
            webhook.id,
            made.map(({ delivery }) => delivery),
            cursor,
          ),
        )
        .then(kept)
        .catch((error: unknown) => {
          failure ??= error;
          failed.abort();
        });
    },
    async room(either) {
      await keeping;
      for (;;) {
        waiting = await deliveries.count(webhook.id, 'PENDING');
        if (waiting < MAX_WAITING || either.aborted) return;
        await wait(FILLING_INTERVAL_MS, undefined, { signal: either }).catch(() => undefined);
      }
    },
  };
  try {
    await opened.tell(sink, AbortSignal.any([signal, failed.signal]));
  } finally {
    await keeping;
  }
  if (failure !== undefined) throw failure;
}

function deliveryOf({ json, position }: SerializedResult, index: number, webhookId: string, chronicleId: string) {
  const { changes } = Result.parse(JSON.parse(json.toString())).data;
  const { kind, eventType, planId, organisationId, activityId, recordedAt } = changes;
  const { uuid } = parseId(changes.entryId, 'entry');
  // One event may cause several changes, for example if it makes several plans visible. Each change has a different
  // event id for the receiver.
  const eventId = kind.startsWith('PLAN_') ? `${uuid}.${kind}.${planId}` : uuid;
  const told = {
    id: eventId,
    type: kind.startsWith('PLAN_') ? kind : eventType,
    subject: activityId ?? planId ?? organisationId,
    time: recordedAt,
  };
  const delivery: Delivery = {
    id: `${webhookId} ${eventId}`,
    webhookId,
    eventId,
    eventType,
    lane: planId ?? organisationId ?? '',
    place: `${position} ${String(index).padStart(4, '0')}`,
    body: JSON.stringify(cloudEvent(chronicleId, told, changes)),
    status: 'PENDING',
    attempts: 0,
    triedSince: null,
    dueAt: '',
    error: null,
  };
  return { delivery, cursor: changes.position };
}
