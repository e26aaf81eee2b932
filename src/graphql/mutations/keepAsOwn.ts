import type { OrganisationCommand } from '../../domain/organisation/catalogue.js';
import type { OwnPartyCell } from '../../domain/organisation/ownPartyCells.js';
import { standsAlone } from '../../domain/organisation/ownWordings.js';
import type { Activity, ExistingPlan } from '../../domain/plan.js';
import { derivedId } from '../../engine/eventstore/envelope.js';
import type { Context } from '../context.js';
import { visiblePlan } from '../scope/plans.js';
import { commandServices } from './commands.js';
import type { CommandInput } from './inputs.js';
import { circumstancesOf } from './run.js';

/** Stores the confirmed meanings of the timeframes of activities for later documents of the plan's organisation. */
export function keepTimeframesAsOwn(
  context: Context,
  planId: string,
  activityIds: readonly string[],
  input: CommandInput,
): Promise<void> {
  return keepAsOwn(context, planId, activityIds, input, ({ timeframe, sectionId }, plan) => {
    // The same words below «Сентябрь» and below «Октябрь» mean different days.
    const { text, schedule, heading = plan.sections.get(sectionId)?.title ?? '' } = timeframe;
    return standsAlone(heading) ? { type: 'adoptWording', text, schedule, period: plan.details.period } : undefined;
  });
}

/** Stores the stated parties of an activity for later documents of the plan's organisation that have the same cell. */
export function keepPartiesAsOwn(
  context: Context,
  planId: string,
  { activityId, cell }: { readonly activityId: string; readonly cell: OwnPartyCell },
  input: CommandInput,
): Promise<void> {
  // The parties of the command, not those of the row now: another person may have changed them since.
  return keepAsOwn(context, planId, [activityId], input, () => ({ type: 'adoptPartyCell', ...cell }));
}

/** Ignores refusals, for example of a meaning that is stored already: the command on the plan has succeeded before. */
async function keepAsOwn(
  context: Context,
  planId: string,
  activityIds: readonly string[],
  { commandId, reason = null, basis = null, effectiveOn = null }: CommandInput,
  command: (activity: Activity, plan: ExistingPlan) => OrganisationCommand | undefined,
): Promise<void> {
  const plan = await visiblePlan(context, planId);
  const organisationId = plan?.details.organisationId;
  if (!plan || !organisationId) return;
  const circumstances = circumstancesOf(context, { reason, basis, effectiveOn });
  for (const activityId of activityIds) {
    const activity = plan.activities.get(activityId);
    const adopted = activity && command(activity, plan);
    if (!adopted) continue;
    await commandServices(context).organisations.handle({
      id: organisationId,
      ...circumstances,
      commandId: commandId ? derivedId(`own wording/${planId}/${activityId}/${commandId}`) : null,
      command: () => adopted,
    });
  }
}
