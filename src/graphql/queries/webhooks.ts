import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Delivery } from '../../webhooks/deliveries.js';
import type { Context } from '../context.js';
import { parseId } from '../ids.js';
import { type OrderBy, ordersOf } from '../orders.js';
import { connectionOf, pageOfRecords } from '../paging.js';
import { waitingDeliveries } from '../scope/oversight.js';
import { DeliveryStatusEnum, deliveryType, WebhookDelivery, WebhookType } from '../types/webhook.js';
import { PageArguments } from './args.js';

const DeliveryConnection = connectionOf(() => WebhookDelivery, 'WebhookDelivery');

const DELIVERY_ORDERS = ordersOf('WebhookDeliveryOrder', {
  CHANGED: { description: 'By the change that is told.', fields: ['key'] },
});

/** Pattern of a key in the list of deliveries: the place of an event, and of the delivery within it. */
const DELIVERY_KEY_PATTERN = /^\S{1,60} \d{4}$/;

@Resolver(() => WebhookType)
export class WebhookQueries {
  @Query(() => DeliveryConnection, {
    description: 'Deliveries to a webhook that are pending or were given up, in the order of the changes.',
  })
  webhookDeliveries(
    @Ctx() context: Context,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('webhookId', () => ID, { description: 'The webhook.' }) id: string,
    @Arg('status', () => DeliveryStatusEnum, { defaultValue: 'DEAD', description: 'Which of them.' })
    status: Delivery['status'],
    @Arg('orderBy', () => DELIVERY_ORDERS.type, DELIVERY_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    const { uuid, local } = parseId(id, 'webhook');
    const deliveries = waitingDeliveries(context);
    return pageOfRecords(
      {
        form: DELIVERY_KEY_PATTERN,
        find: async (part) => (await deliveries.find(local, status, part)).map((each) => deliveryType(uuid, each)),
        count: () => deliveries.count(local, status),
      },
      DELIVERY_ORDERS.orderOf(orderBy),
      page,
    );
  }

  @FieldResolver(() => Int, { description: 'How many deliveries are still to be sent.' })
  pending(@Ctx() context: Context, @Root() { webhookId }: WebhookType) {
    return waitingDeliveries(context).count(webhookId, 'PENDING');
  }

  @FieldResolver(() => Int, { description: 'How many were given up and wait to be replayed.' })
  dead(@Ctx() context: Context, @Root() { webhookId }: WebhookType) {
    return waitingDeliveries(context).count(webhookId, 'DEAD');
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why what is first to be sent failed; null: it has not.',
  })
  async lastError(@Ctx() context: Context, @Root() { webhookId }: WebhookType) {
    const [first] = await waitingDeliveries(context).find(webhookId, 'PENDING', { limit: 1 });
    return first?.error ?? null;
  }
}
