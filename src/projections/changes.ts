import { localDay } from '../domain/dates.js';
import { NO_PLAN, type Plan } from '../domain/plan.js';
import { pointsOf } from '../domain/points.js';
import { type Evidence, type Timing, timingOn } from '../domain/timing.js';
import { statusOf } from './activities.js';
import { fieldChanges, fieldsIn } from './differences.js';
import { type AnyChange, type Change, type Content, readModel, type Touch } from './model.js';
import { subjectOf, touchedActivities } from './touched.js';
import { VISIBILITY, visibilityOf } from './visibility.js';

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
  /** In its stream. */
  readonly revision: number;
  /** Null: about an organisation. */
  readonly planId: string | null;
  /** The organisation, or the one that keeps the plan; null for none. */
  readonly organisationId: string | null;
  readonly activityId: string | null;
  readonly eventType: string;
  readonly recordedAt: string;
  readonly statusChanges: readonly StatusChange[];
  /** The fields of the plan, activity, organisation or access that it changed. */
  readonly changed: readonly string[];
  /** The activity is no more there: a tombstone. */
  readonly isGone: boolean;
  /** The plan came to another organisation, or the organisation to another one above it; null: neither. */
  readonly moved: Moved | null;
}

/** From which organisation to which; null: none. */
export interface Moved {
  readonly from: string | null;
  readonly to: string | null;
}

/** One document an event, in the order of the chronicle. */
export const changes = readModel<ChangeBody>(
  {
    name: 'changes',
    version: 3,
    fields: {
      ...VISIBILITY,
      at: 'text',
      planId: 'text',
      eventType: 'text',
      changesStatus: 'boolean',
      moves: 'boolean',
    },
    indexes: [
      ['at'],
      ['planId', 'at'],
      ['organisationId', 'at'],
      ['changesStatus', 'at'],
      ['moves', 'at'],
      ['planId', 'changesStatus', 'at'],
    ],
  },
  { ofPlan: changeOf, ofOrganisation: changeOf, ofHolder: changeOf, ofOthers: changeOf },
  // Whoever follows must not miss a change because the statuses in it could not be told.
  { beforeMark: false, fallback: (change) => content(change, [], []) },
);

function changeOf(change: AnyChange): Touch<ChangeBody, unknown>[] {
  const statusChanges = () => (change.of === 'plan' ? statusChangesOf(change) : []);
  return [{ id: change.recorded.id, view: () => content(change, statusChanges(), fieldsIn(fieldChanges(change))) }];
}

function content(
  change: AnyChange,
  statusChanges: readonly StatusChange[],
  changed: readonly string[],
): Content<ChangeBody> {
  const { recorded } = change;
  const { planId, organisationId, activityId } = subjectOf(change);
  const moved = movedBy(change);
  return {
    body: {
      position: recorded.position,
      entryId: recorded.id,
      revision: recorded.revision,
      planId,
      organisationId,
      activityId,
      eventType: recorded.event.type,
      recordedAt: recorded.recordedAt,
      statusChanges,
      changed,
      isGone: change.recorded.event.type === 'ActivityRemoved',
      moved,
    },
    fields: {
      ...(change.of === 'plan'
        ? visibilityOf(change.after)
        : { organisationId: organisationId ?? '', published: false }),
      at: recorded.position,
      planId: planId ?? '',
      eventType: recorded.event.type,
      changesStatus: statusChanges.length > 0,
      moves: moved !== null,
    },
  };
}

function movedBy(change: AnyChange): Moved | null {
  const moved = movement(change);
  return moved && moved.from !== moved.to ? moved : null;
}

function movement(change: AnyChange): Moved | null {
  if (change.of === 'plan') {
    const { before, after } = change;
    return before.status === 'ABSENT' || change.appears
      ? null
      : { from: before.details.organisationId, to: after.details.organisationId };
  }
  if (change.of !== 'organisation' || change.before.status === 'ABSENT') return null;
  return { from: change.before.parentId, to: change.after.parentId };
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
