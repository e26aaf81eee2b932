import { setImmediate as nextTurn } from 'node:timers/promises';
import { Arg, Args, Ctx, Field, ID, InputType, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { type Evidence, type Timing, timingOn } from '../../domain/timing.js';
import { auditTrail } from '../../projections/auditTrail.js';
import { type MonitoringRow, monitoring } from '../../projections/monitoring.js';
import { parties } from '../../projections/parties.js';
import type { Filter, Keyset } from '../../readstore/port.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { textFilter, when } from '../filters.js';
import { globalId, parseId } from '../ids.js';
import { connectionOf, MAX_PAGE, type NamedOrder, pageOf } from '../paging.js';
import { DateScalar, PositionScalar } from '../scalars.js';
import { activityType, PartyType, partyType, pointType, reportType, requestType } from '../types/activity.js';
import { Node } from '../types/common.js';
import { EvidenceEnum, GroupByEnum, PartyKindEnum, TimingEnum } from '../types/enums.js';
import { entryType } from '../types/history.js';
import { planType, sectionType } from '../types/plan.js';
import { FRESH, RootPageArguments } from './args.js';

@InputType({ description: 'Which control points are counted.' })
class MonitoringFilter {
  @Field(() => ID, { nullable: true, description: 'Of this plan; left out: of all.' })
  planId?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Due on this day or later.' })
  dueFrom?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Due on this day or earlier.' })
  dueTo?: string | null;
}

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

@ObjectType({ description: 'Figures of one group of control points.' })
class MonitoringGroup {
  @Field(() => String, { description: 'What the group is of: an id, or a month YYYY-MM; empty for all.' })
  key!: string;
  @Field(() => String, { description: 'Its name for people.' })
  label!: string;
  @Field(() => Int, { description: 'All points.' })
  total!: number;
  @Field(() => Int, { description: 'Firm points, which can be overdue.' })
  firm!: number;
  @Field(() => Int, { description: 'Open points past their due day, soft ones too.' })
  pastDue!: number;
  @Field(() => [TimingCount], { description: 'By timing; left out where zero.' })
  byTiming!: TimingCount[];
  @Field(() => [EvidenceCount], { description: 'By evidence; left out where zero.' })
  byEvidence!: EvidenceCount[];
}

@ObjectType('Monitoring', { description: 'Figures of control points on a day.' })
class MonitoringType {
  @Field(() => DateScalar, { description: 'The day.' })
  on!: string;
  @Field(() => MonitoringGroup, { description: 'All together.' })
  total!: MonitoringGroup;
  @Field(() => [MonitoringGroup], { description: 'Group by group.' })
  groups!: MonitoringGroup[];
}

@ObjectType('System', { description: 'The server.' })
class SystemType {
  @Field(() => String, { description: 'Version of Letopis.' })
  version!: string;
  @Field(() => String, { description: 'Names this chronicle for ever.' })
  chronicleId!: string;
  @Field(() => String, { description: 'Engine of the chronicle.' })
  eventStore!: string;
  @Field(() => String, { description: 'Engine of the read models.' })
  readStore!: string;
  @Field(() => PositionScalar, { description: 'Last event of the chronicle.' })
  head!: string;
  @Field(() => PositionScalar, { description: 'Up to here all read models are complete.' })
  readModels!: string;
  @Field(() => Int, { description: 'Events the read models have yet to take, counted to 1,000.' })
  lag!: number;
}

interface Counted {
  readonly row: MonitoringRow;
  readonly planId: string;
  readonly plan: string;
  readonly section: string;
}

const PartyConnection = connectionOf(() => PartyType, 'Party');
const BY_NAME: NamedOrder = { name: 'NAME', terms: [{ field: 'name', direction: 'asc' }] };
/** Most plans that one answer of monitoring sums, and how many are read at once. */
const MAX_PLANS = 5_000;
const PLANS_AT_ONCE = 100;

@Resolver()
export class OverviewQueries {
  @Query(() => MonitoringType, { description: 'Counts by timing and evidence on a day.' })
  async monitoring(
    @Ctx() context: Context,
    @Arg('filter', () => MonitoringFilter, { nullable: true, description: 'Left out: all.' })
    filter?: MonitoringFilter | null,
    @Arg('groupBy', () => GroupByEnum, {
      nullable: true,
      defaultValue: 'PLAN',
      description: 'By what groups are made.',
    })
    groupBy?: string | null,
    @Arg('on', () => DateScalar, { nullable: true, description: 'Default today.' }) on?: string | null,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ): Promise<MonitoringType> {
    context.demand('monitoring');
    await context.atLeast(atLeast);
    const day = context.day(on);
    const ofPlan: Filter = when(filter?.planId, (id) => ({
      field: 'planId',
      op: 'eq',
      value: parseId(id, 'plan').uuid,
    }));
    const total = new Figures({ key: '', label: '' }, day);
    const groups = new Map<string, Figures>();
    for await (const row of countedRows(context, ofPlan)) {
      if (!isDue(row, filter)) continue;
      total.count(row);
      const key = groupKey(row, groupBy ?? 'PLAN');
      const known = groups.get(key);
      const group = known ?? new Figures(groupOf(context, row, groupBy ?? 'PLAN'), day);
      if (!known) groups.set(key, group);
      group.count(row);
    }
    return { on: day, total: total.result(), groups: [...groups.values()].map((group) => group.result()) };
  }

  @Query(() => PartyConnection, { description: 'Responsible parties as printed, by name.' })
  async parties(
    @Ctx() context: Context,
    @Args(() => RootPageArguments) { atLeast, ...page }: RootPageArguments,
    @Arg('text', () => String, { nullable: true, description: 'Words that begin words of the name.' })
    text?: string | null,
    @Arg('kind', () => PartyKindEnum, { nullable: true, description: 'Of this kind.' }) kind?: string | null,
    @Arg('planId', () => ID, { nullable: true, description: 'Named in this plan.' }) planId?: string | null,
  ) {
    context.demand('plans');
    await context.atLeast(atLeast);
    const conditions: Filter = [
      ...when(kind, (value) => ({ field: 'kind', op: 'eq', value })),
      ...when(planId, (id) => ({ field: 'planIds', op: 'has', value: parseId(id, 'plan').uuid })),
      ...textFilter(text),
    ];
    return pageOf(context, parties, conditions, BY_NAME, page, (body) => partyType(context, body));
  }

  @Query(() => Node, { nullable: true, description: 'Anything by its global id.' })
  async node(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'Its global id.' }) id: string,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ) {
    await context.atLeast(atLeast);
    return nodeOf(context, id);
  }

  @Query(() => [Node], { nullable: 'items', description: 'Things by their global ids, in their order; at most 200.' })
  async nodes(
    @Ctx() context: Context,
    @Arg('ids', () => [ID], { description: 'Their global ids.' }) ids: string[],
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ) {
    await context.atLeast(atLeast);
    if (ids.length > MAX_PAGE) throw apiError('PAGE_TOO_LARGE', `Ask for at most ${MAX_PAGE} ids.`);
    return Promise.all(ids.map((id) => nodeOf(context, id)));
  }

  @Query(() => SystemType, { description: 'Version, head of the chronicle and how far the read models are.' })
  async system(
    @Ctx() context: Context,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ): Promise<SystemType> {
    context.demand('system');
    await context.atLeast(atLeast);
    await context.fresh();
    const { events, store, runner, version } = context.services;
    const { position } = runner;
    const ahead = await events.readAll({ after: position, limit: 1_000 });
    return {
      version,
      chronicleId: events.chronicleId,
      eventStore: events.engine,
      readStore: store.engine,
      head: await context.tokenAt(await events.head()),
      readModels: await context.tokenAt(position),
      lag: ahead.events.length,
    };
  }
}

/** The rows of all plans, some plans at a time, so that others get their turn in between. */
async function* countedRows(context: Context, filter: Filter): AsyncGenerator<Counted> {
  let plans = 0;
  for (let after: Keyset | undefined; ; ) {
    const page = await context.find(monitoring, {
      filter,
      order: [],
      limit: PLANS_AT_ONCE,
      ...(after ? { after } : {}),
    });
    for (const { planId, title, sections, rows } of page.bodies) {
      for (const row of rows) yield { row, planId, plan: title, section: sections[row.sectionId] ?? '' };
    }
    plans += page.bodies.length;
    const last = page.documents.at(-1);
    if (!page.more || !last) return;
    if (plans >= MAX_PLANS)
      throw apiError('BAD_USER_INPUT', `More than ${MAX_PLANS} plans: name a plan in the filter.`);
    after = { values: [], id: last.id };
    await nextTurn();
  }
}

function isDue({ row: { due } }: Counted, filter: MonitoringFilter | null | undefined): boolean {
  const { dueFrom, dueTo } = filter ?? {};
  return (dueFrom ? due !== null && due >= dueFrom : true) && (dueTo ? due !== null && due <= dueTo : true);
}

/** What rows of one group have in common. */
function groupKey({ row, planId }: Counted, groupBy: string): string {
  switch (groupBy) {
    case 'SECTION':
      return `${planId}.${row.sectionId}`;
    case 'ACCOUNTABLE':
      return row.accountableId;
    case 'MONTH':
      return row.month;
    default:
      return planId;
  }
}

function groupOf(
  context: Context,
  { row, planId, plan, section }: Counted,
  groupBy: string,
): { key: string; label: string } {
  switch (groupBy) {
    case 'SECTION':
      return { key: globalId('section', planId, row.sectionId), label: section };
    case 'ACCOUNTABLE':
      return { key: globalId('party', row.accountableId), label: context.print(row.accountableName) };
    case 'MONTH':
      return { key: row.month, label: row.month };
    default:
      return { key: globalId('plan', planId), label: plan };
  }
}

/** The figures of a group while its rows are counted, once each. */
class Figures {
  #total = 0;
  #firm = 0;
  #pastDue = 0;
  readonly #timings = new Map<Timing, number>();
  readonly #evidences = new Map<Evidence, number>();

  constructor(
    private readonly group: { readonly key: string; readonly label: string },
    private readonly on: string,
  ) {}

  count({ row: { timing, evidence, firm, due, count } }: Counted): void {
    const at = timingOn(timing, this.on);
    this.#total += count;
    if (firm) this.#firm += count;
    if (timing.settled === null && due !== null && due < this.on) this.#pastDue += count;
    this.#timings.set(at, (this.#timings.get(at) ?? 0) + count);
    this.#evidences.set(evidence, (this.#evidences.get(evidence) ?? 0) + count);
  }

  result(): MonitoringGroup {
    return {
      ...this.group,
      total: this.#total,
      firm: this.#firm,
      pastDue: this.#pastDue,
      byTiming: [...this.#timings].map(([timing, count]) => ({ timing, count })),
      byEvidence: [...this.#evidences].map(([evidence, count]) => ({ evidence, count })),
    };
  }
}

async function nodeOf(context: Context, id: string): Promise<Node | null> {
  const { type, uuid, local } = parseId(id);
  context.demand(type === 'entry' ? 'audit' : 'plans');
  switch (type) {
    case 'plan': {
      const body = await context.planLoader.load(uuid);
      return body ? planType(context, body) : null;
    }
    case 'section': {
      const body = await context.planLoader.load(uuid);
      const section = body?.sections.find((each) => each.id === local);
      return section ? sectionType(uuid, section) : null;
    }
    case 'activity': {
      const body = await context.activityLoader.load(`${uuid}.${local}`);
      return body ? activityType(context, body) : null;
    }
    case 'report': {
      const body = await context.activityLoader.load(`${uuid}.${local.split('.')[0]}`);
      const report = body?.reports.find((each) => each.id === local);
      return report ? reportType(uuid, report) : null;
    }
    case 'request': {
      const body = await context.activityLoader.load(`${uuid}.${local.split('.')[0]}`);
      const request = body?.requests.find((each) => each.id === local);
      return request ? requestType(uuid, request) : null;
    }
    case 'point': {
      const body = await context.pointLoader.load(`${uuid}.${local}`);
      return body ? pointType(context, body) : null;
    }
    case 'party': {
      const body = await context.partyLoader.load(uuid);
      return body ? partyType(context, body) : null;
    }
    case 'entry': {
      const [body] = await context.get(auditTrail, [uuid]);
      return body ? entryType(context, body) : null;
    }
  }
}
