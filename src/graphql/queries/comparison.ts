import { Arg, Args, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { ComparedState } from '../../application/causes.js';
import { comparisonOf } from '../../application/comparing.js';
import { printedRow } from '../../domain/editions.js';
import type { Plan } from '../../domain/plan.js';
import { pagesOf } from '../../engine/eventstore/batches.js';
import { foldsFromBeginning } from '../../engine/projections/folds.js';
import { auditBody } from '../../projections/auditTrail.js';
import { FOLDING } from '../../projections/folding.js';
import type { Change } from '../../projections/model.js';
import { subjectOf } from '../../projections/touched.js';
import { AsOfInput, asOfFrom } from '../asOf.js';
import type { Context } from '../context.js';
import { apiError, orApiError } from '../errors.js';
import { parseId } from '../ids.js';
import { type OrderBy, orderedList, ordersOf } from '../orders.js';
import { connectionOf, itself, pageOfList } from '../paging.js';
import { type SeenPlan, seenPlan } from '../scope/plans.js';
import { comparisonType, PlanComparison } from '../types/comparison.js';
import { PrintedRowType, printedRowType } from '../types/edition.js';
import { AuditEntry, entryType } from '../types/history.js';
import { PageArguments } from './args.js';

@ObjectType({ description: 'A step in the history of an activity, with its row as it was printed.' })
class ActivityStep {
  @Field(() => AuditEntry, { description: 'Who did what, when, why, on what order.' })
  entry!: AuditEntry;
  @Field(() => PrintedRowType, { nullable: true, description: 'The row before; null: it was not there.' })
  before!: PrintedRowType | null;
  @Field(() => PrintedRowType, { nullable: true, description: 'The row after; null: it is no more there.' })
  after!: PrintedRowType | null;
}

const StepConnection = connectionOf(() => ActivityStep, 'ActivityStep');
const STEP_ORDERS = ordersOf('ActivityStepOrder', {
  RECORDED: { description: 'By the time of recording.', fields: [] },
});

@Resolver()
export class ComparisonQueries {
  @Query(() => PlanComparison, {
    description: 'What differs between two times of a plan, or between one and the present («было / стало»).',
  })
  async compare(
    @Ctx() context: Context,
    @Arg('planId', () => ID, { description: 'The plan.' }) planId: string,
    @Arg('from', () => AsOfInput, {
      nullable: true,
      description: 'The plan as it was then …; either this or `fromEdition`.',
    })
    from?: AsOfInput | null,
    @Arg('to', () => AsOfInput, { nullable: true, description: '… and then; left out: as it is now.' })
    to?: AsOfInput | null,
    @Arg('fromEdition', () => Int, {
      nullable: true,
      description:
        'In place of `from`: an edition, from 1. A comparison with an edition is of the rows on paper: without `fields` and evidence.',
    })
    fromEdition?: number | null,
    @Arg('toEdition', () => Int, { nullable: true, description: 'In place of `to`: an edition, from 1.' })
    toEdition?: number | null,
  ): Promise<PlanComparison> {
    const { uuid } = parseId(planId, 'plan');
    const seen = await seenPlan(context, uuid);
    if (!seen) throw apiError('NOT_FOUND', 'There is no such plan.');
    if (!from && !isGivenEdition(fromEdition)) throw apiError('BAD_USER_INPUT', 'Give from or fromEdition.');
    const sideOf = async (asOf?: AsOfInput | null, edition?: number | null): Promise<ComparedState> => {
      if (asOf && isGivenEdition(edition))
        throw apiError('BAD_USER_INPUT', 'A side is a past or an edition: leave one of them out.');
      if (isGivenEdition(edition)) return { kind: 'edition', edition };
      return asOf ? { kind: 'past', asOf: await asOfFrom(context, asOf) } : { kind: 'present' };
    };
    const source = { ...seen, planId: uuid, now: context.now() };
    const sides = { from: await sideOf(from, fromEdition), to: await sideOf(to, toEdition) };
    const explained = await orApiError(comparisonOf(source, sides));
    const { fields, differences } = explained.comparison;
    const entries = [...explained.ofFields, ...explained.ofRows.values()].flat().map(auditBody);
    await context.names.learn({ differences, fields, entries });
    return comparisonType(context, uuid, explained);
  }

  @Query(() => StepConnection, {
    description: 'Each step in the history of an activity with its row before and after; oldest first.',
  })
  async history(
    @Ctx() context: Context,
    @Arg('activityId', () => ID, { description: 'The activity.' }) activityId: string,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('orderBy', () => STEP_ORDERS.type, STEP_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    const { uuid, local } = parseId(activityId, 'activity');
    // The history of a plan that the caller may not see is empty, as for a plan that does not exist.
    const seen = await seenPlan(context, uuid);
    const steps = seen ? await stepsOf(seen, uuid, local) : [];
    const { edges, ...rest } = pageOfList(
      context,
      orderedList(steps, orderBy),
      STEP_ORDERS.orderOf(orderBy),
      page,
      itself,
    );
    await context.names.learn(edges);
    return { ...rest, edges: edges.map(({ node, cursor }) => ({ node: stepType(context, local, node), cursor })) };
  }
}

function isGivenEdition(value: number | null | undefined): value is number {
  return typeof value === 'number';
}

async function stepsOf({ events }: SeenPlan, planId: string, activityId: string): Promise<Change[]> {
  const folds = foldsFromBeginning(FOLDING);
  const steps: Change[] = [];
  for await (const page of pagesOf(events, `plan-${planId}`)) {
    for (const { change } of page.flatMap((stored) => [...folds.changes(stored)])) {
      if (change.of === 'plan' && subjectOf(change).activityId === activityId) steps.push(change);
    }
  }
  return steps;
}

function stepType(context: Context, activityId: string, change: Change): ActivityStep {
  const rowIn = (plan: Plan) => {
    const row = plan.status === 'ABSENT' ? undefined : plan.activities.get(activityId);
    return row && plan.status !== 'ABSENT' ? printedRowType(context, printedRow(plan, row)) : null;
  };
  return { entry: entryType(context, auditBody(change)), before: rowIn(change.before), after: rowIn(change.after) };
}
