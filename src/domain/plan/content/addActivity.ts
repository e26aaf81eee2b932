import type { PersonalText } from '../../personal.js';
import { type ExistingPlan, MAX_ACTIVITIES } from '../../plan.js';
import { accept, refuse } from '../../refusal.js';
import { EXECUTORS } from '../../roles.js';
import { MAX_LONG, MAX_NUMBER } from '../../texts.js';
import type { PlanCapability } from '../capability.js';
import { type Check, firstOf, freeExternalId, optionalLine, validExternalId } from '../checks.js';
import { type ActivityContent, type ActivityEntry, EMPTY_CONTENT } from '../entries.js';
import {
  enteredResponsible,
  enteredTimeframe,
  understoodInForce,
  validResponsible,
  validTimeframe,
  validWording,
  wordingOf,
} from './content.js';
import { freeNumber, nextNumber } from './numbers.js';
import { orderBehind, type RowPlace, resolvedPlace } from './places.js';

/** The command to add an activity at a place in a section. */
export interface AddActivity<Person = PersonalText> {
  readonly sectionId: string;
  readonly after: RowPlace;
  readonly activity: ActivityEntry<Person>;
}

type ActivityPlanned = ActivityContent & {
  readonly activityId: string;
  readonly sectionId: string;
  readonly order: string;
};

/** Adds an activity to a plan. */
export const addActivity: PlanCapability<{ ActivityPlanned: ActivityPlanned }, { addActivity: AddActivity }> = {
  events: {
    ActivityPlanned: {
      amendsAs: 'ADD',
      // Version 1 was written before activities had external ids.
      upcasters: [(data) => ({ ...data, externalId: null })],
      evolve: withPlanned,
      sentence: (_, row) => [`Запланировано: ${row}`, `Planned: ${row}`],
    },
  },
  commands: {
    addActivity: {
      givenBy: EXECUTORS,
      usesOwnReadings: true,
      inStatus: ['DRAFT', 'APPROVED'],
      decide(plan, { activity, sectionId, after }, given) {
        const number = activity.number === undefined ? nextNumber(plan, sectionId) : activity.number;
        const order = orderBehind(plan, sectionId, resolvedPlace(plan, sectionId, after, null), null);
        const refused = firstOf(
          plan.sections.has(sectionId) ? undefined : refuse('SECTION_NOT_FOUND', 'sectionId'),
          order === undefined ? refuse('ACTIVITY_NOT_FOUND', 'place.after') : undefined,
          plan.activities.size >= MAX_ACTIVITIES ? refuse('PLAN_TOO_LARGE', null, { max: MAX_ACTIVITIES }) : undefined,
          validEntry(activity),
          freeNumber(plan, sectionId, number, null),
          // An excluded row keeps its external id.
          freeExternalId('activity', plan.activities.values(), activity.externalId ?? null),
        );
        if (refused || order === undefined) return refused ?? refuse('ACTIVITY_NOT_FOUND', 'place.after');
        const timeframe = enteredTimeframe(plan, { sectionId }, activity.timeframe, given);
        const data = {
          activityId: `a${plan.lastActivity + 1}`,
          sectionId,
          order,
          number,
          ...wordingOf(activity.title, activity.subItems),
          timeframe,
          responsible: enteredResponsible(activity.responsible, given.organisation),
          ...EMPTY_CONTENT,
          externalId: activity.externalId ?? null,
        };
        return understoodInForce(plan, timeframe) ?? accept({ type: 'ActivityPlanned', data });
      },
    },
  },
};

function validEntry({ title, subItems, number, timeframe, responsible, externalId }: ActivityEntry): Check {
  return firstOf(
    validWording(title, subItems),
    optionalLine('title', title, MAX_LONG),
    optionalLine('number', number, MAX_NUMBER),
    validTimeframe(timeframe),
    validResponsible(responsible),
    validExternalId(externalId),
  );
}

function withPlanned(plan: ExistingPlan, { activityId, ...content }: ActivityPlanned): ExistingPlan {
  const activity = {
    id: activityId,
    ...content,
    excluded: false,
    approvedSchedules: plan.status === 'APPROVED' ? [content.timeframe.schedule] : [],
    completions: {},
    missed: {},
    reports: [],
    requests: [],
    progress: [],
    accountable: null,
  };
  return {
    ...plan,
    activities: plan.activities.with(activityId, activity),
    lastActivity: plan.lastActivity + 1,
  };
}
