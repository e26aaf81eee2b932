import { accountableOf } from '../domain/accountable.js';
import { remembered } from '../domain/memo.js';
import type { PrintedText } from '../domain/personal.js';
import { type Activity, type ExistingPlan, needsReview } from '../domain/plan.js';
import { type ControlPoint, evidenceOfAll, pointsOf } from '../domain/points.js';
import { type Evidence, mostUrgent, NEVER, type TimingKey } from '../domain/timing.js';
import { partyIdOf, readModel, wordsOf } from './model.js';
import { touchedActivities } from './touched.js';
import { VISIBILITY, visibilityOf } from './visibility.js';

/** Who reports for an activity: derived, so always assumed. */
export interface AccountableBody {
  /** By which facts name it. */
  readonly key: string;
  readonly partyId: string | null;
  readonly name: PrintedText;
  /** False once somebody has confirmed it. */
  readonly assumed: boolean;
}

/** An activity as it is answered. */
export interface ActivityBody extends Omit<Activity, 'accountable'> {
  readonly planId: string;
  readonly timeZone: string;
  readonly partyIds: readonly string[];
  readonly accountable: AccountableBody;
  readonly evidence: Evidence;
  readonly timingKey: TimingKey;
  readonly due: string | null;
  readonly needsReview: boolean;
  readonly pointCount: number;
}

/** One document an activity, found by plan, section, party, words, timing and evidence. */
export const activities = readModel<ActivityBody>(
  {
    name: 'activities',
    version: 4,
    fields: {
      ...VISIBILITY,
      planId: 'text',
      sectionKey: 'text',
      planOrder: 'text',
      due: 'text',
      settled: 'text',
      startsOn: 'text',
      soonFrom: 'text',
      dueOn: 'text',
      evidence: 'text',
      needsReview: 'boolean',
      hasOpenRequest: 'boolean',
      partyIds: 'multiText',
      words: 'multiText',
    },
    indexes: [
      ['planId', 'planOrder'],
      ['planId', 'due'],
      ['sectionKey', 'planOrder'],
      ['sectionKey', 'due'],
      ['due'],
      ['settled', 'due'],
      ['evidence', 'due'],
      ['needsReview', 'due'],
      ['hasOpenRequest', 'due'],
      ['organisationId', 'due'],
    ],
  },
  {
    ofPlan: (change) =>
      touchedActivities(change).map((activityId) => ({
        id: `${change.planId}.${activityId}`,
        view: ({ planId, plan }) => {
          const activity = plan.activities.get(activityId);
          if (!activity) return null;
          const body = activityBody(planId, plan, activity);
          return { body, fields: fieldsOf(plan, body) };
        },
      })),
  },
);

/** The activity as a fold shows it. */
export function activityBody(planId: string, plan: ExistingPlan, activity: Activity): ActivityBody {
  const points = pointsOf(plan, activity);
  return {
    ...activity,
    planId,
    timeZone: plan.details.timeZone,
    partyIds: activity.responsible.parties.map(partyIdOf),
    accountable: accountableBody(plan, activity),
    ...statusOf(points),
    due: dueOf(points),
    needsReview: needsReview(activity),
    pointCount: points.length,
  };
}

/** The accountable party with its id, when it is one of the printed parties or the owner stands among them. */
export function accountableBody(plan: ExistingPlan, activity: Activity): AccountableBody {
  const { key, party, assumed } = accountableOf(plan, activity);
  return { key, partyId: partyIdOf(party), name: party.name, assumed };
}

/** Where an activity stands by its points. */
export const statusOf = remembered((points: readonly ControlPoint[]) => ({
  evidence: evidenceOfAll(points),
  timingKey: mostUrgent(points.map(({ timing }) => timing)),
}));

/** The earliest due day still open, else the last one. */
function dueOf(points: readonly ControlPoint[]): string | null {
  const days = (list: readonly ControlPoint[]) =>
    list
      .map(({ dueOn }) => dueOn)
      .filter((day) => day !== null)
      .sort();
  return days(points.filter(({ timing }) => timing.settled === null))[0] ?? days(points).at(-1) ?? null;
}

function fieldsOf(plan: ExistingPlan, body: ActivityBody) {
  const { settled, startsOn, soonFrom, dueOn } = body.timingKey;
  return {
    ...visibilityOf(plan),
    planId: body.planId,
    sectionKey: `${body.planId}.${body.sectionId}`,
    planOrder: `${plan.sections.get(body.sectionId)?.order ?? ''} ${body.order}`,
    due: body.due ?? NEVER,
    settled: settled ?? '',
    startsOn,
    soonFrom,
    dueOn,
    evidence: body.evidence,
    needsReview: body.needsReview,
    hasOpenRequest: body.requests.some(({ status }) => status === 'OPEN'),
    partyIds: [...new Set(body.partyIds)],
    words: wordsOf(body.text, body.number ?? '', body.timeframe.text),
  };
}
