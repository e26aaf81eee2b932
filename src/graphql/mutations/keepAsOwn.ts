import { standsAlone } from '../../domain/organisation/ownWordings.js';
import type { RowReading } from '../../domain/plan/drafting/importPlan.js';
import { derivedId } from '../../engine/eventstore/envelope.js';
import type { Context } from '../context.js';
import { visiblePlan } from '../scope/plans.js';
import { commandServices } from './commands.js';
import type { CommandInput } from './inputs.js';
import { circumstancesOf } from './run.js';

/**
 * Keeps the settled meaning of a wording for later documents of the plan's organisation. A refusal, as for a meaning
 * that the organisation has kept already, is not told: the wording of the activity is settled in any case.
 */
export async function keepAsOwn(
  context: Context,
  planId: string,
  activityId: string,
  input: CommandInput,
): Promise<void> {
  const plan = await visiblePlan(context, planId);
  const activity = plan?.activities.get(activityId);
  if (!plan || !activity || plan.details.organisationId === null) return;
  // Below «Сентябрь» the same words mean other days than below «Октябрь».
  if (!standsAlone(plan.sections.get(activity.sectionId)?.title ?? '')) return;
  const { text, schedule } = activity.timeframe;
  const { commandId, ...circumstances } = circumstancesOf(context, { ...input, receipt: false });
  await commandServices(context).organisations.handle({
    id: plan.details.organisationId,
    ...circumstances,
    expectedRevision: null,
    commandId: commandId === null ? null : derivedId(`own wording/${planId}/${activityId}/${commandId}`),
    command: () => ({ type: 'adoptWording', text, schedule, period: plan.details.period }),
  });
}

/** Keeps the meanings that were settled with an import, see {@link keepAsOwn}. */
export async function keepAllAsOwn(
  context: Context,
  planId: string,
  readings: readonly RowReading[],
  { commandId, reason = null, basis = null, effectiveOn = null }: CommandInput,
): Promise<void> {
  for (const { row } of readings) {
    // An import gives its rows the ids a1, a2 … in the order of the document.
    await keepAsOwn(context, planId, `a${row}`, { commandId: commandId ?? null, reason, basis, effectiveOn });
  }
}
