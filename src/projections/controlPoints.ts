import type { Plan } from '../domain/plan.js';
import { type ControlPoint, pointsOf } from '../domain/points.js';
import { NEVER_DUE } from '../domain/timing.js';
import { derivedForm } from '../engine/projections/bodyForm.js';
import type { Content, Touch } from '../engine/projections/readModel.js';
import { type AccountableBody, accountableBody, TIMING_FIELDS, timingKeyIn } from './activities.js';
import { type Change, keyInPlan, type PlanState, readModel } from './model.js';
import { touchedActivities } from './touched.js';
import { VISIBILITY, visibilityOf } from './visibility.js';

/** A control point as queries return it. */
export interface ControlPointBody extends ControlPoint {
  readonly planId: string;
  readonly timeZone: string;
  readonly accountable: AccountableBody;
}

/** The fields of a row from which its body is restored. */
const FIELDS_OF_POINT = ['planId', 'due', 'ordinal', 'evidence', 'activityKey', 'noticeOn', ...TIMING_FIELDS];

/** The read model of control points, which also serves calendars: one row per control point. */
export const controlPointModel = readModel<ControlPointBody>(
  {
    name: 'controlPoints',
    version: 6,
    fields: {
      ...VISIBILITY,
      planId: 'text',
      sectionKey: 'text',
      activityKey: 'text',
      ordinal: 'number',
      accountableId: 'text',
      due: 'text',
      settled: 'text',
      startsOn: 'text',
      soonFrom: 'text',
      dueOn: 'text',
      noticeOn: 'text',
      evidence: 'text',
      partyIds: 'multiText',
    },
    keys: ['organisationId', 'planId', 'sectionKey', 'activityKey', 'accountableId', 'evidence'],
    indexes: [
      ['due'],
      ['planId', 'due'],
      ['sectionKey', 'due'],
      ['activityKey', 'ordinal'],
      ['activityKey', 'due'],
      ['accountableId', 'due'],
      ['noticeOn'],
      ['organisationId', 'due'],
      ['published', 'due'],
      ['settled', 'due'],
      ['evidence', 'due'],
      ['partyIds', 'due'],
    ],
  },
  { ofPlan: (change) => touchedActivities(change).flatMap((activityId) => pointTouches(change, activityId)) },
  null,
  derivedForm(FIELDS_OF_POINT, (row) => {
    const { planId, due, ordinal, evidence, activityKey } = row.fields;
    const dueOn = due === NEVER_DUE ? null : due;
    const isOwed = row.fields.noticeOn !== NEVER_DUE;
    return {
      planId,
      id: keyInPlan(row.id, planId),
      activityId: keyInPlan(activityKey, planId),
      ordinal,
      dueOn,
      firstApprovedDueOn: dueOn,
      paperDueOn: dueOn,
      countedDueOn: dueOn,
      window: dueOn && { start: row.fields.startsOn, end: dueOn },
      firm: true,
      target: 1,
      progress: 0,
      actualOn: null,
      missedOn: [],
      evidence,
      timing: timingKeyIn(row),
      noticeOn: isOwed ? row.fields.noticeOn : null,
    };
  }),
);

/** Returns the points that the change adds, keeps or removes. The view looks each one up in the final state. */
function pointTouches({ planId, before, after }: Change, activityId: string): Touch<ControlPointBody, PlanState>[] {
  const ids = new Set([...pointIds(before, activityId), ...pointIds(after, activityId)]);
  return [...ids].map((pointId) => ({
    id: `${planId}.${pointId}`,
    view: (state) => pointContent(state, activityId, pointId),
  }));
}

function pointIds(plan: Plan, activityId: string): string[] {
  const activity = plan.status === 'ABSENT' ? undefined : plan.activities.get(activityId);
  return plan.status === 'ABSENT' || !activity ? [] : pointsOf(plan, activity).map(({ id }) => id);
}

function pointContent(
  { planId, plan }: PlanState,
  activityId: string,
  pointId: string,
): Content<ControlPointBody> | null {
  const activity = plan.activities.get(activityId);
  const point = activity && pointsOf(plan, activity).find(({ id }) => id === pointId);
  if (!activity || !point) return null;
  const accountable = accountableBody(plan, activity);
  return {
    body: { ...point, planId, timeZone: plan.details.timeZone, accountable },
    fields: {
      ...visibilityOf(plan),
      planId,
      sectionKey: `${planId}.${activity.sectionId}`,
      activityKey: `${planId}.${activityId}`,
      ordinal: point.ordinal,
      accountableId: accountable.partyId ?? '',
      due: point.dueOn ?? NEVER_DUE,
      settled: point.timing.settled ?? '',
      startsOn: point.timing.startsOn,
      soonFrom: point.timing.soonFrom,
      dueOn: point.timing.dueOn,
      noticeOn: point.noticeOn ?? NEVER_DUE,
      evidence: point.evidence,
      partyIds: accountable.partyId === null ? [] : [accountable.partyId],
    },
  };
}
