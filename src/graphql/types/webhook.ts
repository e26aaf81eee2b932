import { Field, Int, ObjectType } from 'type-graphql';
import type { RegisteredWebhook as WebhookState } from '../../domain/access/holder.js';
import type { Delivery } from '../../webhooks/deliveries.js';
import { globalId } from '../ids.js';
import { DateTimeScalar } from '../scalars.js';
import { Node } from './common.js';
import { enumOf } from './enumOf.js';
import { EventTypeEnum } from './eventTypes.js';

export const DeliveryStatusEnum = enumOf<'PENDING' | 'DEAD'>('DeliveryStatus', 'Status of a delivery.', {
  PENDING: 'It is still to be sent.',
  DEAD: 'It was given up, and waits to be replayed.',
});

@ObjectType('Webhook', {
  implements: Node,
  description: 'An address that receives the changes that a holder of access sees.',
})
export class WebhookType extends Node {
  @Field(() => String, { description: 'The address.' })
  url!: string;
  @Field(() => [EventTypeEnum], { nullable: true, description: 'Of these event types alone; null: of all.' })
  eventTypes!: readonly string[] | null;
  @Field(() => Int, { description: 'Which secret signs, from 1.' })
  generation!: number;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when deliveries are signed by the secret before too; null: there was none.',
  })
  previousUntil!: string | null;
  webhookId!: string;
}

@ObjectType({ implements: Node, description: 'Something that is to be sent to a webhook, or could not be.' })
export class WebhookDelivery extends Node {
  @Field(() => String, {
    description: 'The webhook-id and CloudEvents id of what is sent, by which a receiver finds repeats.',
  })
  eventId!: string;
  @Field(() => EventTypeEnum, { description: 'Type of the event.' })
  eventType!: string;
  @Field(() => DeliveryStatusEnum, { description: 'To be sent still, or given up.' })
  status!: string;
  @Field(() => Int, { description: 'How often it was tried.' })
  attempts!: number;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was first tried; null: not yet.' })
  triedSince!: string | null;
  @Field(() => String, { nullable: true, description: 'Why it failed the last time.' })
  error!: string | null;
  @Field(() => String, { description: 'What is sent: a CloudEvent as JSON.' })
  body!: string;
}

/** Returns the GraphQL object of a webhook. */
export function webhookType(holderId: string, { id: webhookId, ...webhook }: WebhookState): WebhookType {
  return { ...webhook, webhookId, id: globalId('webhook', holderId, webhookId) };
}

/** Returns the GraphQL object of a delivery, with its key in the list. */
export function deliveryType(
  holderId: string,
  { place, id, ...delivery }: Delivery,
): WebhookDelivery & { readonly key: string } {
  return { ...delivery, key: place, id: globalId('delivery', holderId, Buffer.from(id).toString('base64url')) };
}

/** Returns the stored id of a delivery from the local part of its global id. */
export function deliveryId(local: string): string {
  return Buffer.from(local, 'base64url').toString();
}
