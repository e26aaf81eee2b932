import { accountableOf } from '../domain/accountable.js';
import { memoized } from '../domain/memo.js';
import type { PrintedText } from '../domain/personal.js';
import { type Activity, type ExistingPlan, needsReview } from '../domain/plan.js';
import { type ControlPoint, evidenceOfAll, pointsOf } from '../domain/points.js';
import { type Evidence, mostUrgent, NEVER_DUE, type TimingKey } from '../domain/timing.js';
import { derivedForm, type RowFrame, textField } from '../engine/projections/bodyForm.js';
import { keyInPlan, partyIdOf, readModel, searchWords } from './model.js';
import { touchedActivities } from './touched.js';
import { VISIBILITY, visibilityOf } from './visibility.js';

/** The accountable party of an activity: the party that reports for it. */
export interface AccountableBody {
  /** Key of the party in `PlanFacts`. */
  readonly key: string;
  readonly partyId: string | null;
  /** Name as printed. */
  readonly name: PrintedText;
  /** True until somebody confirms the party. */
  readonly assumed: boolean;
}

/** An activity as queries return it. */
export interface ActivityBody extends Omit<Activity, 'accountable'> {
  readonly planId: string;
  readonly timeZone: string;
  /** Ids of the responsible parties. */
  readonly partyIds: readonly string[];
  readonly accountable: AccountableBody;
  readonly evidence: Evidence;
  readonly timingKey: TimingKey;
  /** The earliest open due day, otherwise the latest due day; null without due days. */
  readonly due: string | null;
  readonly needsReview: boolean;
  readonly pointCount: number;
  /** When an event last changed the activity, or all activities of its plan. */
  readonly updatedAt: string;
}

/** The fields of a row that contain the key of its timing. */
export const TIMING_FIELDS = ['settled', 'startsOn', 'soonFrom', 'dueOn'] as const;

/** The fields of a row from which its body is restored. */
const ACTIVITY_FIELDS = [
  'planId',
  'sectionKey',
  'planOrder',
  'partyIds',
  'evidence',
  'due',
  'needsReview',
  'updatedAt',
  ...TIMING_FIELDS,
];

/** The read model of activities: one row per activity, found by plan, section, party, words, timing and evidence. */
export const activities = readModel<ActivityBody>(
  {
    name: 'activities',
    version: 8,
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
      dueDays: 'multiText',
      evidence: 'text',
      needsReview: 'boolean',
      hasOpenRequest: 'boolean',
      updatedAt: 'text',
      partyIds: 'multiText',
      externalIds: 'multiText',
      words: 'multiText',
    },
    keys: ['organisationId', 'sectionKey', 'evidence'],
    indexes: [
      ['planId', 'planOrder'],
      ['planId', 'due'],
      ['sectionKey', 'planOrder'],
      ['sectionKey', 'due'],
      ['due'],
      ['updatedAt'],
      ['planId', 'updatedAt'],
      ['organisationId', 'updatedAt'],
      ['published', 'updatedAt'],
      ...[
        'settled',
        'evidence',
        'needsReview',
        'hasOpenRequest',
        'organisationId',
        'published',
        'partyIds',
        'externalIds',
      ].flatMap((field) => [
        [field, 'due'],
        [field, 'planId', 'planOrder'],
      ]),
    ],
  },
  {
    ofPlan: (change) =>
      touchedActivities(change).map((activityId) => ({
        id: `${change.planId}.${activityId}`,
        view: ({ planId, plan }) => {
          const activity = plan.activities.get(activityId);
          if (!activity) return null;
          const body = activityBody(planId, plan, activity, change.recorded.recordedAt);
          return { body, fields: activityFields(plan, body, dueDaysOf(pointsOf(plan, activity))) };
        },
      })),
  },
  null,
  derivedForm(ACTIVITY_FIELDS, (row, { text, timeframe }) => {
    const { planId, sectionKey, planOrder, partyIds, evidence, due, needsReview, updatedAt } = row.fields;
    return {
      planId,
      partyIds,
      evidence,
      needsReview,
      updatedAt,
      id: keyInPlan(row.id, planId),
      sectionId: keyInPlan(sectionKey, planId),
      // `planOrder` is the order of the section, a space, and the order of the activity.
      order: String(planOrder).replace(/^[^ ]* /, ''),
      title: text,
      timingKey: timingKeyIn(row),
      due: due === NEVER_DUE ? null : due,
      approvedSchedules: timeframe ? [timeframe.schedule] : [],
      externalId: null,
      excluded: false,
      pointCount: 1,
      extras: {},
      completions: {},
      missed: {},
      irregularities: [],
      references: [],
      subItems: [],
      reports: [],
      requests: [],
      progress: [],
    };
  }),
);

/** Returns the key of the timing in the fields of a row. */
export function timingKeyIn(row: RowFrame) {
  const { startsOn, soonFrom, dueOn } = row.fields;
  return { settled: textField(row, 'settled'), startsOn, soonFrom, dueOn };
}

/**
 * Returns the activity in a state of its plan.
 *
 * @param updatedAt when the last event that touches the activity was recorded; see `touchedActivities`.
 */
export function activityBody(planId: string, plan: ExistingPlan, activity: Activity, updatedAt: string): ActivityBody {
  const points = pointsOf(plan, activity);
  return {
    ...activity,
    planId,
    timeZone: plan.details.timeZone,
    partyIds: activity.responsible.parties.map(partyIdOf),
    accountable: accountableBody(plan, activity),
    ...activityStatus(points),
    due: dueDaysOf(points)[0] ?? null,
    needsReview: needsReview(activity),
    pointCount: points.length,
    updatedAt,
  };
}

/** Returns the accountable party. Its id is that of a responsible party, or of the unit that owns the plan. */
export function accountableBody(plan: ExistingPlan, activity: Activity): AccountableBody {
  const { key, party, assumed } = accountableOf(plan, activity);
  return { key, partyId: partyIdOf(party), name: party.name, assumed };
}

/** Returns evidence and timing of an activity, which follow from its control points. */
export const activityStatus = memoized((points: readonly ControlPoint[]) => ({
  evidence: evidenceOfAll(points),
  timingKey: mostUrgent(points.map(({ timing }) => timing)),
}));

/** Returns the open due days in ascending order; if none is open, only the latest due day. */
function dueDaysOf(points: readonly ControlPoint[]): string[] {
  const days = (list: readonly ControlPoint[]) =>
    [...new Set(list.map(({ dueOn }) => dueOn).filter((day) => day !== null))].sort();
  const open = days(points.filter(({ timing }) => timing.settled === null));
  return open.length > 0 ? open : days(points).slice(-1);
}

function activityFields(plan: ExistingPlan, body: ActivityBody, dueDays: readonly string[]) {
  const { settled, startsOn, soonFrom, dueOn } = body.timingKey;
  return {
    ...visibilityOf(plan),
    planId: body.planId,
    sectionKey: `${body.planId}.${body.sectionId}`,
    planOrder: `${plan.sections.get(body.sectionId)?.order ?? ''} ${body.order}`,
    due: body.due ?? NEVER_DUE,
    settled: settled ?? '',
    startsOn,
    soonFrom,
    dueOn,
    dueDays,
    evidence: body.evidence,
    needsReview: body.needsReview,
    hasOpenRequest: body.requests.some(({ status }) => status === 'OPEN'),
    updatedAt: body.updatedAt,
    partyIds: [...new Set(body.partyIds)],
    externalIds: body.externalId === null ? [] : [body.externalId],
    words: searchWords(body.text, body.number ?? '', body.timeframe.text),
  };
}
