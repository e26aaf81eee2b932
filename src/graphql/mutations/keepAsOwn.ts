import { standsAlone } from '../../domain/organisation/ownWordings.js';
import { derivedId } from '../../engine/eventstore/envelope.js';
import type { Context } from '../context.js';
import { visiblePlan } from '../scope/plans.js';
import { commandServices } from './commands.js';
import type { CommandInput } from './inputs.js';
import { circumstancesOf } from './run.js';

/**
 * Stores the confirmed meanings of the wordings of activities for later documents of the plan's organisation. A
 * refusal, as for a meaning that is stored already, is ignored: the activities have their meanings in any case.
 */
export async function keepAsOwn(
  context: Context,
  planId: string,
  activityIds: readonly string[],
  { commandId, reason = null, basis = null, effectiveOn = null }: CommandInput,
): Promise<void> {
  const plan = await visiblePlan(context, planId);
  const organisationId = plan?.details.organisationId;
  if (!plan || !organisationId) return;
  const circumstances = circumstancesOf(context, { reason, basis, effectiveOn });
  for (const activityId of activityIds) {
    const activity = plan.activities.get(activityId);
    // The same words below «Сентябрь» and below «Октябрь» mean different days.
    if (!activity) continue;
    const { text, schedule, heading = plan.sections.get(activity.sectionId)?.title ?? '' } = activity.timeframe;
    if (!standsAlone(heading)) continue;
    await commandServices(context).organisations.handle({
      id: organisationId,
      ...circumstances,
      commandId: commandId ? derivedId(`own wording/${planId}/${activityId}/${commandId}`) : null,
      command: () => ({ type: 'adoptWording', text, schedule, period: plan.details.period }),
    });
  }
}
