import { scopeOf } from '../domain/events.js';
import type { Recorded } from '../eventstore/envelope.js';
import { type FieldChange, fieldChanges } from './differences.js';
import { type Change, readModel } from './model.js';

/** One entry of the audit trail, an event with what it changed. Its sentence is worded when it is read. */
export interface AuditBody {
  readonly planId: string;
  readonly activityId: string | null;
  /** Number and title of the activity at that time, for the sentence. */
  readonly subject: { readonly number: string | null; readonly title: string } | null;
  readonly edition: number;
  readonly recorded: Recorded;
  readonly changes: readonly FieldChange[];
}

/** One document an event. */
export const auditTrail = readModel<AuditBody>(
  {
    name: 'auditTrail',
    version: 1,
    fields: {
      at: 'text',
      planId: 'text',
      activityKey: 'text',
      actorId: 'text',
      eventType: 'text',
      recordedAt: 'text',
    },
    indexes: [
      ['at'],
      ['recordedAt', 'at'],
      ['planId', 'at'],
      ['activityKey', 'at'],
      ['actorId', 'at'],
      ['eventType', 'at'],
      ['planId', 'eventType', 'at'],
      ['planId', 'actorId', 'at'],
    ],
  },
  (change) => [{ id: change.recorded.id, view: () => ({ body: auditBody(change), fields: fieldsOf(change) }) }],
  { beforeMark: true },
);

function activityIdOf({ recorded }: Change): string | null {
  const scope = scopeOf(recorded.event);
  return typeof scope === 'string' ? null : scope.activityId;
}

/** The entry as the fold before and after the event shows it. */
export function auditBody(change: Change): AuditBody {
  const { planId, before, after, recorded } = change;
  const activityId = activityIdOf(change);
  const earlier = before.status === 'ABSENT' ? undefined : before.activities.get(activityId ?? '');
  const row = after.activities.get(activityId ?? '') ?? earlier;
  return {
    planId,
    activityId,
    subject: row ? { number: row.number, title: row.title } : null,
    edition: after.edition,
    recorded,
    changes: fieldChanges(change),
  };
}

function fieldsOf(change: Change) {
  const { planId, recorded } = change;
  const activityId = activityIdOf(change);
  return {
    at: recorded.position,
    planId,
    activityKey: activityId === null ? '' : `${planId}.${activityId}`,
    actorId: recorded.actor.id,
    eventType: recorded.event.type,
    recordedAt: recorded.recordedAt,
  };
}
