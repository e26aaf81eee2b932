import type { Given } from '../../actor.js';
import { readAgain } from '../../organisation/ownWordings.js';
import type { ExistingPlan, PeriodKind } from '../../plan.js';
import { accept, refuse } from '../../refusal.js';
import { KEEPERS } from '../../roles.js';
import { type PlanPeriod, sameSchedule } from '../../schedule.js';
import { MAX_TITLE } from '../../texts.js';
import type { PlanCapability } from '../capability.js';
import type { PlanEvent } from '../catalogue.js';
import { firstOf, optionalLine, requiredText, validPeriod } from '../checks.js';
import { periodDetails } from './draftPlan.js';

/** The command to change the head of a draft. An omitted field does not change. */
export interface ChangePlanDetails {
  readonly title?: string;
  readonly ownerUnit?: string;
  readonly institution?: string | null;
  readonly period?: PlanPeriod;
}

interface PlanDetailsChanged {
  readonly title: string;
  readonly ownerUnit: string;
  readonly institution: string | null;
  readonly period: PlanPeriod | null;
  readonly periodKind: PeriodKind | null;
  readonly periodText: string | null;
}

/**
 * Changes the head of a draft. Timeframes read by the rules are read again, because their years depend on the period.
 */
export const changePlanDetails: PlanCapability<
  { PlanDetailsChanged: PlanDetailsChanged },
  { changePlanDetails: ChangePlanDetails }
> = {
  events: {
    PlanDetailsChanged: {
      changesActivities: true,
      evolve: withDetails,
      sentence: () => ['Изменены сведения о плане', 'Details of the plan changed'],
    },
  },
  commands: {
    changePlanDetails: {
      givenBy: KEEPERS,
      usesOwnReadings: true,
      inStatus: ['DRAFT'],
      decide(plan, command, given) {
        const { details } = plan;
        const { title = details.title, ownerUnit = details.ownerUnit } = command;
        const institution = command.institution === undefined ? details.institution : command.institution;
        const { period, periodKind, periodText } = command.period ? periodDetails(command.period) : details;
        const data = { title, ownerUnit, institution, period, periodKind, periodText };
        return (
          firstOf(
            requiredText('title', title, MAX_TITLE),
            requiredText('ownerUnit', ownerUnit),
            // Only texts in the command are checked for line breaks: texts of earlier versions may contain them.
            optionalLine('title', command.title, MAX_TITLE),
            optionalLine('ownerUnit', command.ownerUnit),
            optionalLine('institution', command.institution),
            validPeriod(period),
            same({ ...details, ...data }, details) ? refuse('NOTHING_CHANGES') : undefined,
          ) ??
          accept<PlanEvent>(
            { type: 'PlanDetailsChanged', data },
            ...timeframesReadAgain(withDetails(plan, data), given),
          )
        );
      },
    },
  },
};

function withDetails(plan: ExistingPlan, data: PlanDetailsChanged): ExistingPlan {
  return { ...plan, details: { ...plan.details, ...data } };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function timeframesReadAgain(plan: ExistingPlan, { organisation }: Given): PlanEvent[] {
  return [...plan.activities.values()].flatMap(({ id, sectionId, timeframe }): PlanEvent[] => {
    if (timeframe.rules === 'stated') return [];
    const again = readAgain(organisation, timeframe, plan.details.period, plan.sections.get(sectionId)?.title);
    const unchanged = sameSchedule(again.schedule, timeframe.schedule) && same(again.flags, timeframe.flags);
    return unchanged
      ? []
      : [{ type: 'ActivityRescheduled', data: { activityId: id, timeframe: again, requestId: null } }];
  });
}
