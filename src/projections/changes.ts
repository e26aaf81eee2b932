import { localDay } from '../domain/dates.js';
import { NO_PLAN, type Plan } from '../domain/plan.js';
import { pointsOf } from '../domain/points.js';
import { type Evidence, type Timing, timingOn } from '../domain/timing.js';
import { derivedForm, textField } from '../engine/projections/bodyForm.js';
import type { Content, Touch } from '../engine/projections/readModel.js';
import { activityStatus } from './activities.js';
import { fieldChanges, fieldsIn } from './differences.js';
import { type AnyChange, type Change, readModel } from './model.js';
import { subjectOf, touchedActivities } from './touched.js';
import { VISIBILITY, visibilityOf } from './visibility.js';

/** Timing and evidence of an activity on the local day of an event. */
export interface ActivityStatus {
  readonly timing: Timing;
  readonly evidence: Evidence;
}

/** An activity whose status was changed by an event. */
export interface StatusChange {
  readonly activityId: string;
  /** Null when the event added the activity. */
  readonly before: ActivityStatus | null;
  /** Null when the event removed the activity. */
  readonly after: ActivityStatus | null;
}

/** An entry of the change feed. */
export interface ChangeBody {
  readonly position: string;
  readonly entryId: string;
  /** Revision of the stream. */
  readonly revision: number;
  /** Null for an event that is not about a plan. */
  readonly planId: string | null;
  /** The organisation of the event, or of its plan; null for none. */
  readonly organisationId: string | null;
  readonly activityId: string | null;
  /** Ids of all activities that an event of the whole plan touches; empty for an event of one activity. */
  readonly activityIds: readonly string[];
  readonly eventType: string;
  readonly recordedAt: string;
  readonly statusChanges: readonly StatusChange[];
  /** Names of the fields of the plan, activity, organisation or access that the event changed. */
  readonly changed: readonly string[];
  /** True when the event removed the activity: the entry is a tombstone. */
  readonly isGone: boolean;
  /**
   * The move of the plan to another organisation, or of the organisation to another parent; null if the event moved
   * nothing.
   */
  readonly moved: Moved | null;
}

/** A move from one organisation to another; null means no organisation. */
export interface Moved {
  readonly from: string | null;
  readonly to: string | null;
}

/** The event that removes an activity. */
const REMOVAL = 'ActivityRemoved';

/** The read model of the change feed: one row per event, in the order of the event store. */
export const changes = readModel<ChangeBody>(
  {
    name: 'changes',
    version: 6,
    fields: {
      ...VISIBILITY,
      at: 'position',
      planId: 'text',
      eventType: 'text',
      recordedAt: 'instant',
      changesStatus: 'boolean',
      moves: 'boolean',
    },
    keys: ['organisationId', 'planId', 'eventType'],
    unique: 'at',
    indexes: [
      ['at'],
      ['planId', 'at'],
      ['organisationId', 'at'],
      ['published', 'at'],
      ['eventType', 'at'],
      ['planId', 'eventType', 'at'],
      ['changesStatus', 'at'],
      ['moves', 'at'],
      ['planId', 'changesStatus', 'at'],
    ],
  },
  { ofPlan: changeTouches, ofOrganisation: changeTouches, ofHolder: changeTouches, ofOthers: changeTouches },
  // A client must not miss a change because its statuses could not be computed.
  { beforeMark: false, fallback: (change) => changeContent(change, [], []) },
  derivedForm(['at', 'planId', 'organisationId', 'eventType', 'recordedAt'], (row) => ({
    position: row.fields.at,
    entryId: row.id,
    planId: textField(row, 'planId'),
    organisationId: textField(row, 'organisationId'),
    activityId: null,
    activityIds: [],
    eventType: row.fields.eventType,
    recordedAt: row.fields.recordedAt,
    statusChanges: [],
    changed: [],
    isGone: row.fields.eventType === REMOVAL,
    moved: null,
  })),
);

/** The order of the change feed. */
export const CHANGES_BY_POSITION = [{ field: 'at', direction: 'asc' }] as const;

function changeTouches(change: AnyChange): Touch<ChangeBody, unknown>[] {
  const statusChanges = () => (change.of === 'plan' ? statusChangesOf(change) : []);
  return [
    { id: change.recorded.id, view: () => changeContent(change, statusChanges(), fieldsIn(fieldChanges(change))) },
  ];
}

function changeContent(
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
      activityIds: change.of === 'plan' && activityId === null ? touchedActivities(change) : [],
      eventType: recorded.event.type,
      recordedAt: recorded.recordedAt,
      statusChanges,
      changed,
      isGone: recorded.event.type === REMOVAL,
      moved,
    },
    fields: {
      ...(change.of === 'plan'
        ? visibilityOf(change.after)
        : { organisationId: organisationId ?? '', published: false }),
      at: recorded.position,
      planId: planId ?? '',
      eventType: recorded.event.type,
      recordedAt: recorded.recordedAt,
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
  // The rows of an import become visible with its last event, so that before it there was no plan.
  const before = change.appears ? NO_PLAN : change.before;
  const on = localDay(recorded.recordedAt, after.details.timeZone);
  const status = (plan: Plan, activityId: string): ActivityStatus | null => {
    const activity = plan.status === 'ABSENT' ? undefined : plan.activities.get(activityId);
    if (!activity || plan.status === 'ABSENT') return null;
    const { timingKey, evidence } = activityStatus(pointsOf(plan, activity));
    return { timing: timingOn(timingKey, on), evidence };
  };
  return touchedActivities(change)
    .map((activityId) => ({ activityId, before: status(before, activityId), after: status(after, activityId) }))
    .filter((each) => JSON.stringify(each.before) !== JSON.stringify(each.after));
}
