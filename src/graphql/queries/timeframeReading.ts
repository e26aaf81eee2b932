import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { type ReadPoint, timeframeReading } from '../../domain/plan/content/timeframeReading.js';
import type { ExistingPlan } from '../../domain/plan.js';
import { MAX_SHORT } from '../../domain/texts.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { parseId } from '../ids.js';
import { UserError } from '../mutations/payloads.js';
import { userErrorsOf } from '../mutations/run.js';
import { DateScalar, PositionScalar } from '../scalars.js';
import { visiblePlan } from '../scope/plans.js';
import { Texts } from '../texts/rules.js';
import { TimeframeType } from '../types/activity.js';
import { DateWindow } from '../types/common.js';
import { FRESH } from './args.js';

/** Maximum number of control points in a reading. A daily term of two years has 730. */
const MAX_POINTS = 20;

@ObjectType('ReadPoint', { description: 'A control point that a row would have.' })
class ReadPointType {
  @Field(() => Int, { description: 'Its place in the schedule, from 1.' })
  ordinal!: number;
  @Field(() => DateWindow, { nullable: true, description: 'When it would be done; null when undated.' })
  window!: DateWindow | null;
  @Field(() => DateScalar, { nullable: true, description: 'Last day of the window.' })
  dueOn!: string | null;
  @Field(() => DateScalar, {
    nullable: true,
    description: 'The last day in time: `dueOn`, or the working day before or after it where the settings count by it.',
  })
  countedDueOn!: string | null;
  @Field(() => Boolean, { description: 'A soft point is counted and never overdue.' })
  firm!: boolean;
  @Field(() => Int, { description: 'How many things would have to be done.' })
  target!: number;
}

@ObjectType('TimeframeReading', {
  description: 'The reading of a wording as commands would read it; nothing is recorded.',
})
class TimeframeReadingType {
  @Field(() => TimeframeType, { description: 'The wording with its meaning, remarks and other readings.' })
  timeframe!: TimeframeType;
  @Field(() => Int, { description: 'How many control points the row would have.' })
  pointCount!: number;
  @Field(() => [ReadPointType], { description: `The first ${MAX_POINTS} of them; none while the plan has no period.` })
  points!: readonly ReadPoint[];
  @Field(() => [UserError], {
    description:
      'The errors with which `rescheduleActivity`, `requestReschedule` or `addActivity` would refuse this wording; empty when they would accept it. They may still refuse the rest of their input.',
  })
  userErrors!: UserError[];
}

@Resolver()
export class TimeframeReadingQueries {
  @Texts({ text: { kind: 'lines', max: MAX_SHORT } })
  @Query(() => TimeframeReadingType, {
    description:
      'Reads a wording as the timeframe of a row, as commands read it: with the period of the plan, the heading above the row, and the school terms and own wordings of the organisation.',
  })
  async timeframeReading(
    @Ctx() context: Context,
    @Arg('placeId', () => ID, { description: 'The activity with another term, or the section of a new row.' })
    placeId: string,
    @Arg('text', () => String, { description: 'The wording, such as «до 15 октября 2020 г.».' }) text: string,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ): Promise<TimeframeReadingType> {
    await context.freshness.atLeast(atLeast);
    await context.fresh();
    const { type, uuid, local } = parseId(placeId);
    if (type !== 'activity' && type !== 'section') {
      throw apiError('BAD_ID', 'Give the id of an activity or of a section.');
    }
    const plan = await visiblePlan(context, uuid);
    const row = plan && rowAt(plan, type, local);
    if (!row) throw apiError('NOT_FOUND', 'There is no such activity or section.');
    const { organisationId } = plan.details;
    const organisation = organisationId === null ? undefined : await context.loaders.organisation.load(organisationId);
    const { timeframe, points, refusal } = timeframeReading(plan, row, text, organisation ?? null);
    return {
      timeframe: new TimeframeType(timeframe),
      pointCount: points.length,
      points: points.slice(0, MAX_POINTS),
      userErrors: refusal === null ? [] : userErrorsOf(context, refusal, uuid),
    };
  }
}

function rowAt(plan: ExistingPlan, type: 'activity' | 'section', local: string) {
  if (type === 'activity') return plan.activities.get(local);
  return plan.sections.has(local) ? { sectionId: local } : undefined;
}
