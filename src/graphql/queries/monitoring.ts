import { Arg, Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { schoolYearsOf } from '../../domain/schoolYear.js';
import { AsOfInput } from '../asOf.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { figuresGroups, type GroupBy } from '../monitoring/groups.js';
import { MonitoringFilter, type SelectedPlans } from '../monitoring/selection.js';
import { AS_KNOWN, FIGURES_AS_OF, selectedAt } from '../monitoring/times.js';
import { DateScalar, PositionScalar } from '../scalars.js';
import { GroupByEnum } from '../types/figureEnums.js';
import { FiguresOnDay, MonitoringGroup } from '../types/monitoring.js';
import { FRESH } from './args.js';

/** Maximum number of days of a series. */
const MAX_SERIES_DAYS = 60;

@ObjectType('Monitoring', { description: 'Figures of control points on a day.' })
export class MonitoringType {
  @Field(() => DateScalar, { description: 'The day.' })
  on!: string;
  @Field(() => DateScalar, {
    nullable: true,
    description: 'What was recorded after this day is left out; null: nothing.',
  })
  asKnownOn!: string | null;
  @Field(() => Int, {
    description:
      'How many plans are selected, those in preparation and those without anything in the figures too; not the withdrawn and cancelled ones.',
  })
  plans!: number;
  @Field(() => [Int], {
    description:
      'School years, each by the calendar year in which it begins, that the periods of these plans overlap; the earliest first.',
  })
  schoolYears!: readonly number[];
  selection!: SelectedPlans;
  groupBy!: GroupBy;
}

@Resolver()
export class MonitoringQueries {
  @Query(() => MonitoringType, { description: 'Figures by timing, evidence and every indicator on a day.' })
  async monitoring(
    @Ctx() context: Context,
    @Arg('filter', () => MonitoringFilter, { nullable: true, description: 'Left out: all.' })
    filter?: MonitoringFilter | null,
    @Arg('groupBy', () => GroupByEnum, {
      nullable: true,
      defaultValue: 'PLAN',
      description: 'By what groups are made.',
    })
    groupBy?: GroupBy | null,
    @Arg('on', () => DateScalar, { nullable: true, description: 'Default today.' }) on?: string | null,
    @Arg('asKnownOn', () => DateScalar, AS_KNOWN) asKnownOn?: string | null,
    @Arg('asOf', () => AsOfInput, FIGURES_AS_OF) asOf?: AsOfInput | null,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ): Promise<MonitoringType> {
    await context.freshness.atLeast(atLeast);
    const plans = await selectedAt(context, filter, { on, asKnownOn, asOf });
    return monitoringOf(plans, groupBy ?? 'PLAN', asKnownOn ?? null);
  }
}

@Resolver(() => MonitoringType)
export class MonitoringFields {
  @FieldResolver(() => MonitoringGroup, { description: 'All together.' })
  async total(@Root() { selection }: MonitoringType): Promise<MonitoringGroup> {
    return new MonitoringGroup({ key: '', label: '', facts: await selection.sums(), scope: selection.scope });
  }

  @FieldResolver(() => [FiguresOnDay], {
    description: `The figures of all together on each of these days, in place of \`on\`. Each is what \`on\` of that day gives: work counts as done from the day on which it was done, by what is known now and by the terms now in force. What was known on a day is another question: that of \`asOf\`.`,
  })
  async series(
    @Root() { selection: { scope, sums } }: MonitoringType,
    @Arg('days', () => [DateScalar], { description: `At most ${MAX_SERIES_DAYS}; answered in this order.` })
    days: string[],
  ): Promise<FiguresOnDay[]> {
    if (days.length > MAX_SERIES_DAYS)
      throw apiError('BAD_USER_INPUT', `A series has at most ${MAX_SERIES_DAYS} days.`);
    const facts = await sums();
    return days.map((day) => new FiguresOnDay(day, { facts, scope }));
  }

  @FieldResolver(() => [MonitoringGroup], { description: 'Group by group.' })
  async groups(@Ctx() context: Context, @Root() { selection, groupBy }: MonitoringType): Promise<MonitoringGroup[]> {
    const groups = await figuresGroups(context, selection, groupBy);
    return groups.map((group) => new MonitoringGroup(group, groups.length));
  }
}

/** Returns the `Monitoring` object of a selection. Its fields compute the figures. */
export function monitoringOf(selection: SelectedPlans, groupBy: GroupBy, asKnownOn: string | null): MonitoringType {
  const { scope, bodies } = selection;
  const counted = bodies.map(({ facts }) => facts).filter(({ standing }) => standing !== 'GIVEN_UP');
  const schoolYears = schoolYearsOf(counted.flatMap(({ period }) => period ?? []));
  return { on: scope.on, asKnownOn, plans: counted.length, schoolYears, selection, groupBy };
}
