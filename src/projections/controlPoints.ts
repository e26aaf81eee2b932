import { type ControlPoint, pointsOf } from '../domain/points.js';
import { NEVER } from '../domain/timing.js';
import { type AccountableBody, accountableBody } from './activities.js';
import { type Change, readModel } from './model.js';
import { touchedActivities } from './touched.js';

/** A control point as it is answered. */
export interface ControlPointBody extends ControlPoint {
  readonly planId: string;
  readonly timeZone: string;
  readonly accountable: AccountableBody;
}

/** One document a control point: the calendar. */
export const controlPoints = readModel<ControlPointBody>(
  {
    name: 'controlPoints',
    version: 1,
    fields: {
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
      evidence: 'text',
      partyIds: 'multiText',
    },
    indexes: [
      ['due'],
      ['planId', 'due'],
      ['sectionKey', 'due'],
      ['activityKey', 'ordinal'],
      ['activityKey', 'due'],
      ['accountableId', 'due'],
    ],
  },
  (change) => touchedActivities(change).flatMap((activityId) => touchesOf(change, activityId)),
);

function touchesOf(change: Change, activityId: string) {
  const { planId, before, after } = change;
  const activity = after.activities.get(activityId);
  const present = activity ? pointsOf(after, activity) : [];
  const previous = before.status === 'ABSENT' ? undefined : before.activities.get(activityId);
  const past = previous && before.status !== 'ABSENT' ? pointsOf(before, previous) : [];
  const kept = new Set(present.map(({ id }) => id));
  const gone = past.filter(({ id }) => !kept.has(id)).map(({ id }) => ({ id: `${planId}.${id}`, content: () => null }));
  if (!activity) return gone;
  const accountable = accountableBody(after, activity);
  const partyIds = accountable.partyId === null ? [] : [accountable.partyId];
  const puts = present.map((point) => ({
    id: `${planId}.${point.id}`,
    content: () => ({
      body: { ...point, planId, timeZone: after.details.timeZone, accountable },
      fields: {
        planId,
        sectionKey: `${planId}.${activity.sectionId}`,
        activityKey: `${planId}.${activityId}`,
        ordinal: point.ordinal,
        accountableId: accountable.partyId ?? '',
        due: point.dueOn ?? NEVER,
        settled: point.timing.settled ?? '',
        startsOn: point.timing.startsOn,
        soonFrom: point.timing.soonFrom,
        dueOn: point.timing.dueOn,
        evidence: point.evidence,
        partyIds,
      },
    }),
  }));
  return [...gone, ...puts];
}
