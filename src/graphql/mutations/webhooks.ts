import { randomUUID } from 'node:crypto';
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { refuse } from '../../domain/refusal.js';
import { MAX_TITLE } from '../../domain/texts.js';
import { cloudEvent } from '../../webhooks/cloudEvent.js';
import type { Context } from '../context.js';
import { parseId } from '../ids.js';
import { DateTimeScalar } from '../scalars.js';
import { SingleLine } from '../texts/rules.js';
import { EventTypeEnum } from '../types/eventTypes.js';
import { deliveryId, WebhookType, webhookType } from '../types/webhook.js';
import { AccessInput, givenOnAccess } from './access.js';
import { commandServices } from './commands.js';
import { COMMAND, CommandInput } from './inputs.js';
import { MutationPayload } from './payloads.js';
import { NOTHING_WRITTEN, userErrorsOf } from './run.js';

@InputType({ description: 'Adds an address that receives the changes that a holder of access sees.' })
class AddWebhookInput extends AccessInput {
  @SingleLine(MAX_TITLE)
  @Field(() => String, { description: 'The address, beginning with https://.' })
  url!: string;
  @Field(() => [EventTypeEnum], { nullable: true, description: 'Changes by these event types alone; left out: all.' })
  eventTypes?: string[] | null;
}

@InputType({ description: 'A command on a webhook.' })
class WebhookInput extends CommandInput {
  @Field(() => ID, { description: 'The webhook.' })
  webhookId!: string;
}

@InputType({ description: 'Makes another secret for a webhook.' })
class RotateWebhookInput extends WebhookInput {
  @Field(() => Int, {
    nullable: true,
    description: 'For how many hours deliveries are signed by the secret before too: 0 to 720; default 24.',
  })
  overlapHours?: number | null;
}

@InputType({ description: 'Sends an event to a webhook now, which says that it is a test.' })
class TestWebhookInput {
  @Field(() => ID, { description: 'The webhook.' })
  webhookId!: string;
}

@InputType({ description: 'Sends again what was given up.' })
class ReplayWebhookInput {
  @Field(() => ID, { description: 'The webhook.' })
  webhookId!: string;
  @Field(() => [ID], { nullable: true, description: 'These deliveries, at most 1,000; left out: the first 1,000.' })
  deliveryIds?: string[] | null;
}

@ObjectType({ description: 'The outcome of a command on a webhook.' })
class WebhookPayload extends MutationPayload {
  @Field(() => WebhookType, { nullable: true, description: 'The webhook after it; null when refused or removed.' })
  webhook!: WebhookType | null;
  @Field(() => String, {
    nullable: true,
    description:
      'A new secret (whsec_…). It is returned only once: a repeated command does not return it. Rotate the webhook if it is lost.',
  })
  secret!: string | null;
}

@ObjectType({ description: 'The outcome of a test.' })
class TestWebhookPayload extends MutationPayload {
  @Field(() => Boolean, { nullable: true, description: 'The receiver took it; null when refused.' })
  delivered!: boolean | null;
  @Field(() => Int, { nullable: true, description: 'Its HTTP status; null when it did not answer.' })
  status!: number | null;
  @Field(() => String, { nullable: true, description: 'Why not; null when it took it.' })
  error!: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was sent.' })
  sentAt!: string | null;
}

@ObjectType({ description: 'What is sent again.' })
class ReplayWebhookPayload extends MutationPayload {
  @Field(() => Int, { nullable: true, description: 'How many deliveries are to be sent again; null when refused.' })
  replayed!: number | null;
}

/** Maximum number of deliveries that one command replays. */
const MAX_REPLAYED = 1_000;

@Resolver()
export class WebhookMutations {
  @Mutation(() => WebhookPayload, { description: 'Adds a webhook: what changes from here on is sent.' })
  addWebhook(@Ctx() context: Context, @Arg('input', () => AddWebhookInput, COMMAND) input: AddWebhookInput) {
    const { uuid } = parseId(input.accessId, 'access');
    const { url, eventTypes = null } = input;
    return webhookGiven(context, input, uuid, (circumstances) =>
      commandServices(context).access.addWebhook(circumstances, uuid, { url, eventTypes }),
    );
  }

  @Mutation(() => WebhookPayload, { description: 'Makes another secret; the one before signs for some hours still.' })
  rotateWebhook(@Ctx() context: Context, @Arg('input', () => RotateWebhookInput, COMMAND) input: RotateWebhookInput) {
    const { uuid, local: webhookId } = parseId(input.webhookId, 'webhook');
    return webhookGiven(context, input, uuid, (circumstances) =>
      commandServices(context).access.rotateWebhook(circumstances, uuid, {
        webhookId,
        overlapHours: input.overlapHours ?? 24,
      }),
    );
  }

  @Mutation(() => WebhookPayload, { description: 'Removes a webhook, with what was still to be sent to it.' })
  removeWebhook(@Ctx() context: Context, @Arg('input', () => WebhookInput, COMMAND) input: WebhookInput) {
    const { uuid, local } = parseId(input.webhookId, 'webhook');
    return webhookGiven(context, input, uuid, (circumstances) =>
      commandServices(context).access.removeWebhook(circumstances, uuid, local),
    );
  }

  @Mutation(() => TestWebhookPayload, { description: 'Sends a test event to a webhook and returns the outcome.' })
  async testWebhook(@Ctx() context: Context, @Arg('input', () => TestWebhookInput, COMMAND) input: TestWebhookInput) {
    const found = webhookOf(context, input.webhookId);
    const nothing = { delivered: null, status: null, error: null, sentAt: null };
    if (!found) return { ...nothing, ...notThere(context) };
    const { callWebhook, chronicleId } = commandServices(context);
    const [eventId, sentAt] = [`test-${randomUUID()}`, new Date().toISOString()];
    const event = { id: eventId, type: 'WebhookTested', subject: input.webhookId, time: sentAt };
    const body = JSON.stringify(cloudEvent(chronicleId, event, { webhookId: input.webhookId }));
    const called = await callWebhook(found, eventId, body);
    const { status } = called;
    const error = called.kind === 'failed' ? called.error : null;
    return { ...NOTHING_WRITTEN, userErrors: [], delivered: error === null, status, error, sentAt };
  }

  @Mutation(() => ReplayWebhookPayload, { description: 'Has what was given up sent again, each as it was.' })
  async replayWebhook(
    @Ctx() context: Context,
    @Arg('input', () => ReplayWebhookInput, COMMAND) { webhookId, deliveryIds }: ReplayWebhookInput,
  ) {
    const found = webhookOf(context, webhookId);
    if (!found) return { replayed: null, ...notThere(context) };
    const { deliveries } = commandServices(context);
    if (deliveryIds && deliveryIds.length > MAX_REPLAYED) {
      const refusal = refuse('TOO_MANY', 'deliveryIds', { max: MAX_REPLAYED }).refusal;
      return { replayed: null, ...NOTHING_WRITTEN, userErrors: userErrorsOf(context, refusal) };
    }
    const chosen = deliveryIds
      ? await deliveries.get(
          found.id,
          deliveryIds.map((id) => deliveryId(parseId(id, 'delivery').local)),
        )
      : await deliveries.find(found.id, 'DEAD', { limit: MAX_REPLAYED });
    const dead = chosen.filter(({ status }) => status === 'DEAD');
    for (const each of dead) {
      await deliveries.put({ ...each, status: 'PENDING', attempts: 0, triedSince: null, dueAt: '' });
    }
    return { replayed: dead.length, ...NOTHING_WRITTEN, userErrors: [] };
  }
}

/** Returns a webhook from the access directory of this process; undefined when it is unknown. */
function webhookOf(context: Context, id: string) {
  const { uuid, local } = parseId(id, 'webhook');
  return commandServices(context)
    .webhooksOf(uuid)
    .find((webhook) => webhook.id === local);
}

function notThere(context: Context) {
  return { ...NOTHING_WRITTEN, userErrors: userErrorsOf(context, refuse('WEBHOOK_NOT_FOUND', 'webhookId').refusal) };
}

async function webhookGiven(
  context: Context,
  input: CommandInput,
  holderId: string,
  give: Parameters<typeof givenOnAccess>[2],
): Promise<WebhookPayload> {
  const { outcome, events, holder, token } = await givenOnAccess(context, input, give);
  // The webhook id is from the event: on a repeated command, other webhooks may have been added since.
  const id = events.flatMap(({ event }) => ('webhookId' in event.data ? [event.data.webhookId] : [])).at(-1);
  const webhook = holder?.webhooks.find((each) => each.id === id);
  return { ...outcome, webhook: webhook ? webhookType(holderId, webhook) : null, secret: token };
}
