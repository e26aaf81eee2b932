import { localDay } from '../domain/dates.js';
import { NO_PLAN, type Plan } from '../domain/plan.js';
import { pointsOf } from '../domain/points.js';
import { type Evidence, type Timing, timingOn } from '../domain/timing.js';
import { statusOf } from './activities.js';
import { type AnyChange, type Change, type Content, readModel, type Touch } from './model.js';
import { subjectOf, touchedActivities } from './touched.js';

/** Where an activity stood, on the local day of the event. */
export interface ActivityStatus {
  readonly timing: Timing;
  readonly evidence: Evidence;
}

/** An activity whose status an event changed. */
export interface StatusChange {
  readonly activityId: string;
  /** Null: it was not there before (after) it. */
  readonly before: ActivityStatus | null;
  readonly after: ActivityStatus | null;
}

/** One change of the delta feed. */
export interface ChangeBody {
  readonly position: string;
  readonly entryId: string;
  /** Null: about an organisation. */
  readonly planId: string | null;
  /** The organisation, or the one that keeps the plan; null for none. */
  readonly organisationId: string | null;
  readonly activityId: string | null;
  readonly eventType: string;
  readonly recordedAt: string;
  readonly statusChanges: readonly StatusChange[];
}

/** One document an event, in the order of the chronicle. */
export const changes = readModel<ChangeBody>(
  {
    name: 'changes',
    version: 2,
    fields: { at: 'text', planId: 'text', organisationId: 'text', eventType: 'text', changesStatus: 'boolean' },
    indexes: [
      ['at'],
      ['planId', 'at'],
      ['organisationId', 'at'],
      ['changesStatus', 'at'],
      ['planId', 'changesStatus', 'at'],
    ],
  },
  { ofPlan: changeOf, ofOrganisation: changeOf, ofOthers: changeOf },
  // Whoever follows must not miss a change because the statuses in it could not be told.
  { beforeMark: false, fallback: (change) => content(change, []) },
);

function changeOf(change: AnyChange): Touch<ChangeBody, unknown>[] {
  const statusChanges = () => (change.of === 'plan' ? statusChangesOf(change) : []);
  return [{ id: change.recorded.id, view: () => content(change, statusChanges()) }];
}

function content(change: AnyChange, statusChanges: readonly StatusChange[]): Content<ChangeBody> {
  const { recorded } = change;
  const { planId, organisationId, activityId } = subjectOf(change);
  return {
    body: {
      position: recorded.position,
      entryId: recorded.id,
      planId,
      organisationId,
      activityId,
      eventType: recorded.event.type,
      recordedAt: recorded.recordedAt,
      statusChanges,
    },
    fields: {
      at: recorded.position,
      planId: planId ?? '',
      organisationId: organisationId ?? '',
      eventType: recorded.event.type,
      changesStatus: statusChanges.length > 0,
    },
  };
}

function statusChangesOf(change: Change): StatusChange[] {
  const { after, recorded } = change;
  // Nobody was told of the rows of an import before it was whole.
  const before = change.appears ? NO_PLAN : change.before;
  const on = localDay(recorded.recordedAt, after.details.timeZone);
  const status = (plan: Plan, activityId: string): ActivityStatus | null => {
    const activity = plan.status === 'ABSENT' ? undefined : plan.activities.get(activityId);
    if (!activity || plan.status === 'ABSENT') return null;
    const { timingKey, evidence } = statusOf(pointsOf(plan, activity));
    return { timing: timingOn(timingKey, on), evidence };
  };
  return touchedActivities(change)
    .map((activityId) => ({ activityId, before: status(before, activityId), after: status(after, activityId) }))
    .filter((each) => JSON.stringify(each.before) !== JSON.stringify(each.after));
}
