import type { Upcaster } from '../../../engine/eventstore/eventTypes.js';
import type { Given } from '../../actor.js';
import type { Stamp } from '../../approval.js';
import { addDays, type LocalDate, localDay } from '../../dates.js';
import { Entries } from '../../entries.js';
import type { Activity, ExistingPlan } from '../../plan.js';
import { accept, refuse } from '../../refusal.js';
import { APPROVERS } from '../../roles.js';
import { type ControlSettings, DEFAULT_SETTINGS } from '../../settings.js';
import type { PlanCapability } from '../capability.js';
import { firstOf, validDate } from '../checks.js';
import { type GivenStamp, STAMP_WORDS, validStamp } from './stamps.js';

/** The data that an approval copies into a plan. */
export interface Control {
  readonly settings: ControlSettings;
  /** Points due before this day are not tracked. */
  readonly underControlFrom: LocalDate;
  /** Local day of the decision. Due days before it give no DeadlineMissed event. */
  readonly noticesFrom: LocalDate;
}

type PlanApproved = Control & { readonly stamp: Stamp };

/** Approves a plan («Утверждаю»): edition 1. From then on only amendments change its content. */
export const approvePlan: PlanCapability<
  { PlanApproved: PlanApproved },
  { approvePlan: { readonly stamp: GivenStamp; readonly underControlFrom: LocalDate | null } }
> = {
  events: {
    PlanApproved: {
      upcasters: controlUpcasters(),
      changesActivities: true,
      evolve: (plan, { stamp, ...control }) =>
        approved({ ...plan, stamps: [...plan.stamps, { ...stamp, state: 'GIVEN' }] }, control),
      sentence: ({ stamp }) => [`План утверждён: ${stamp.post}`, `Plan approved: ${stamp.post}`],
    },
  },
  commands: {
    approvePlan: {
      givenBy: APPROVERS,
      inStatus: ['ON_AGREEMENT', 'AGREED'],
      stampsSettings: true,
      decide(plan, { stamp, underControlFrom }, given) {
        if (plan.status === 'ON_AGREEMENT' && plan.route.length > 0) {
          return refuse('WRONG_STATUS', null, { status: plan.status });
        }
        const placed: Stamp = { ...stamp, kind: 'approve', marker: STAMP_WORDS.approve };
        const data = { stamp: placed, ...controlFrom(plan, underControlFrom, given) };
        return (
          firstOf(validStamp(stamp, plan, given), validDate('underControlFrom', underControlFrom)) ??
          accept({ type: 'PlanApproved', data })
        );
      },
    },
  },
};

/**
 * Returns the data that an approval copies into a plan: the present settings of the organisation, which may differ from
 * those at drafting.
 */
export function controlFrom(plan: ExistingPlan, underControlFrom: LocalDate | null, given: Given): Control {
  const today = localDay(given.now, plan.details.timeZone);
  return {
    settings: given.organisation?.settings ?? DEFAULT_SETTINGS,
    underControlFrom: underControlFrom ?? today,
    noticesFrom: today,
  };
}

/** Returns the plan in its first edition. */
export function approved(plan: ExistingPlan, { settings, underControlFrom, noticesFrom }: Control): ExistingPlan {
  const activities = Entries.of(
    [...plan.activities].map(([id, activity]): [string, Activity] => [
      id,
      { ...activity, approvedSchedules: [activity.timeframe.schedule] },
    ]),
  );
  return { ...plan, status: 'APPROVED', edition: 1, activities, settings, underControlFrom, noticesFrom };
}

/** Returns the upcasters of an event with {@link Control}. */
export function controlUpcasters(): readonly Upcaster[] {
  return [
    // Version 1 has no local day of the decision. The day after its UTC day is not before it in any time zone.
    (data, recordedAt) => ({ ...data, noticesFrom: addDays(recordedAt.slice(0, 10), 1) }),
    // Version 2 was written when these settings were the same for all plans.
    ({ settings, ...data }) => ({
      ...data,
      settings: {
        ...(typeof settings === 'object' ? settings : {}),
        deadlineDay: 'INCLUDED',
        paperDue: 'WORKING_DAY_BEFORE',
        lateness: 'DUE',
        reportDueDay: 10,
        terms: [],
        calendar: { daysOff: [], workingDays: [] },
        discipline: null,
      },
    }),
  ];
}
