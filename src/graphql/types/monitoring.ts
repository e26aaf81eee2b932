import { Arg, Ctx, Field, Int, ObjectType } from 'type-graphql';
import type { Counts } from '../../domain/indicators/factList.js';
import type { Context } from '../context.js';
import { type FiguresGroup, groupsOfMonths, MAX_MONTHS_OF_ALL, MAX_MONTHS_OF_GROUP } from '../monitoring/groups.js';
import { DateScalar } from '../scalars.js';
import { EvidenceEnum, TimingEnum } from './enums.js';
import { FiguresType } from './figures.js';

@ObjectType({ description: 'How many points have a timing.' })
class TimingCount {
  @Field(() => TimingEnum, { description: 'The timing.' })
  timing!: string;
  @Field(() => Int, { description: 'How many points have it.' })
  count!: number;
}

@ObjectType({ description: 'How many points have an evidence.' })
class EvidenceCount {
  @Field(() => EvidenceEnum, { description: 'The evidence.' })
  evidence!: string;
  @Field(() => Int, { description: 'How many points have it.' })
  count!: number;
}

/** Expected time of computing the indicators of a group, in milliseconds. */
const INDICATORS_MS = 0.5;

@ObjectType({ description: 'Figures of one group of control points.' })
export class MonitoringGroup extends FiguresType {
  #counts: Counts | undefined;

  constructor(
    private readonly group: FiguresGroup,
    /** Number of groups in the same answer, this one included. */
    private readonly siblings = 1,
    expectedMs = INDICATORS_MS,
  ) {
    super((codes) => group.facts.figures(group.scope, codes), expectedMs);
  }

  @Field(() => String, { description: 'What the group is of: an id, or a month YYYY-MM; empty for all or for none.' })
  get key(): string {
    return this.group.key;
  }
  @Field(() => String, { description: 'Its name for people.' })
  get label(): string {
    return this.group.label;
  }
  @Field(() => Int, {
    description:
      'How many plans have points or activities in the group, those in preparation too; not the withdrawn and cancelled ones. A month has the plans of the whole.',
  })
  get plans(): number {
    return this.group.facts.plans;
  }
  @Field(() => Int, { description: 'All points.' })
  get total(): number {
    return this.counts().total;
  }
  @Field(() => Int, { description: 'Firm points, which can be overdue.' })
  get firm(): number {
    return this.counts().firm;
  }
  @Field(() => Int, { description: 'Open points past their due day, soft ones too.' })
  get pastDue(): number {
    return this.counts().pastDue;
  }
  @Field(() => [TimingCount], { description: 'By timing; left out where zero.' })
  get byTiming(): readonly TimingCount[] {
    return this.counts().byTiming;
  }
  @Field(() => [EvidenceCount], { description: 'By evidence; left out where zero.' })
  get byEvidence(): readonly EvidenceCount[] {
    return this.counts().byEvidence;
  }
  @Field(() => [MonitoringGroup], {
    description: `The group by month: each month of a span, empty ones too, as far as the filter includes it. At most ${MAX_MONTHS_OF_GROUP} months, and ${MAX_MONTHS_OF_ALL.toLocaleString('en')} months of all groups together.`,
  })
  async months(
    @Ctx() context: Context,
    @Arg('from', () => DateScalar, { description: 'First day of the span.' }) from: string,
    @Arg('to', () => DateScalar, { description: 'Last day of the span.' }) to: string,
  ): Promise<readonly MonitoringGroup[]> {
    // A turn before the check is needed too, because thousands of refused groups take long together.
    await context.turn();
    const months = groupsOfMonths(this.group, { start: from, end: to }, this.siblings);
    // One turn for all months, because thousands of months that wait for one turn each would fill the memory.
    await context.turn(months.length * INDICATORS_MS);
    const siblings = this.siblings * months.length;
    return months.map((month) => new MonitoringGroup(month, siblings, 0));
  }

  private counts(): Counts {
    this.#counts ??= this.group.facts.counts(this.group.scope);
    return this.#counts;
  }
}

@ObjectType({ description: 'The figures on one day of a series.' })
export class FiguresOnDay extends FiguresType {
  constructor(
    private readonly day: string,
    { facts, scope }: Pick<FiguresGroup, 'facts' | 'scope'>,
  ) {
    super((codes) => facts.figures({ ...scope, on: day }, codes), INDICATORS_MS);
  }

  @Field(() => DateScalar, { description: 'The day.' })
  get on(): string {
    return this.day;
  }
}
