import { Arg, Args, Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { listedReadings } from '../../domain/organisation/ownReadings.js';
import { rereadings } from '../../domain/rereading.js';
import { computedInSlices } from '../../domain/wording/readings.js';
import { inSlices } from '../../engine/timeSlice.js';
import type { Context } from '../context.js';
import { globalId, parseId } from '../ids.js';
import { type OrderBy, orderedList, ordersOf } from '../orders.js';
import { copiedConnectionOf, itself, pageOfList } from '../paging.js';
import { DateScalar } from '../scalars.js';
import { visiblePlan } from '../scope/plans.js';
import { SEARCH, Texts } from '../texts/rules.js';
import { ScheduleType, scheduleType, TimeframeType } from '../types/activity.js';
import { OrganisationType } from '../types/organisation.js';
import { PlanType } from '../types/plan.js';
import { PageArguments } from './args.js';

@ObjectType('OwnWording', { description: 'What an organisation means by a printed timeframe, as a person settled it.' })
export class OwnWordingType {
  @Field(() => String, { description: 'The wording as printed.' })
  text!: string;
  @Field(() => ScheduleType, { description: 'What it means in a plan of that period; days move with the years.' })
  schedule!: ScheduleType;
  @Field(() => DateScalar, { nullable: true, description: 'First day of the plan in which it was settled.' })
  periodStart!: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Last day of that plan.' })
  periodEnd!: string | null;
}

@ObjectType({ description: 'A timeframe of a draft that would be read otherwise now.' })
export class TimeframeProposal {
  @Field(() => ID, { description: 'Id of the activity.' })
  activityId!: string;
  @Field(() => TimeframeType, { description: 'As it is stored.' })
  stored!: TimeframeType;
  @Field(() => TimeframeType, { description: 'As the present rules, school terms and own wordings read it.' })
  proposed!: TimeframeType;
}

const OwnWordingConnection = copiedConnectionOf(() => OwnWordingType, 'OwnWording');
const WORDING_ORDERS = ordersOf('OwnWordingOrder', { TEXT: { description: 'By text.', fields: [] } });

@Resolver(() => OrganisationType)
export class OwnWordingFields {
  @Texts({ text: SEARCH })
  @FieldResolver(() => OwnWordingConnection, {
    description: 'Timeframes whose meaning was settled for all its documents, by their text.',
  })
  async wordings(
    @Ctx() context: Context,
    @Root() { uuid }: OrganisationType,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('text', () => String, { nullable: true, description: 'A part of the wording.' }) text?: string | null,
    @Arg('orderBy', () => WORDING_ORDERS.type, WORDING_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    const organisation = await context.loaders.organisation.load(uuid);
    const found = listedReadings(organisation?.wordings ?? {}, text ?? '').map(
      ({ text: printed, schedule, period }): OwnWordingType => ({
        text: printed,
        schedule: scheduleType(schedule),
        periodStart: period?.start ?? null,
        periodEnd: period?.end ?? null,
      }),
    );
    return pageOfList(context, orderedList(found, orderBy), WORDING_ORDERS.orderOf(orderBy), page, itself);
  }
}

const ProposalConnection = copiedConnectionOf(() => TimeframeProposal, 'TimeframeProposal');
const PROPOSAL_ORDERS = ordersOf('TimeframeProposalOrder', {
  PLAN_ORDER: { description: 'As the plan has them.', fields: [] },
});

@Resolver(() => PlanType)
export class TimeframeProposalFields {
  @FieldResolver(() => ProposalConnection, {
    description:
      'Timeframes of a draft that the present rules, school terms and own wordings read otherwise: take them over by `readTimeframesAgain`. Empty for any other plan: what was approved does not change.',
  })
  async timeframeProposals(
    @Ctx() context: Context,
    @Root() { planId, status, organisationId: owner }: PlanType,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('orderBy', () => PROPOSAL_ORDERS.type, PROPOSAL_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    const plan = status === 'DRAFT' ? await visiblePlan(context, planId) : undefined;
    const organisation =
      owner === null ? null : await context.loaders.organisation.load(parseId(owner, 'organisation').uuid);
    const differing = plan ? await inSlices(computedInSlices(() => rereadings(plan, organisation ?? null))) : [];
    const found = differing.map(
      ({ activityId, stored, now }): TimeframeProposal => ({
        activityId: globalId('activity', planId, activityId),
        stored: new TimeframeType(stored),
        proposed: new TimeframeType(now),
      }),
    );
    return pageOfList(context, orderedList(found, orderBy), PROPOSAL_ORDERS.orderOf(orderBy), page, itself);
  }
}
