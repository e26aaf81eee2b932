import type { Recorded } from '../eventstore/envelope.js';
import { type FieldChange, fieldChanges } from './differences.js';
import { type AnyChange, readModel, type Touch } from './model.js';
import { subjectOf } from './touched.js';

/** One entry of the audit trail, an event with what it changed. Its sentence is worded when it is read. */
export interface AuditBody {
  /** Null: about an organisation. */
  readonly planId: string | null;
  /** The organisation, or the one that keeps the plan; null for none. */
  readonly organisationId: string | null;
  readonly activityId: string | null;
  /** Number and title of the activity at that time, for the sentence. */
  readonly subject: { readonly number: string | null; readonly title: string } | null;
  /** Of the plan; 0 for an organisation. */
  readonly edition: number;
  readonly recorded: Recorded;
  readonly changes: readonly FieldChange[];
}

/** One document an event. */
export const auditTrail = readModel<AuditBody>(
  {
    name: 'auditTrail',
    version: 2,
    fields: {
      at: 'text',
      planId: 'text',
      organisationId: 'text',
      activityKey: 'text',
      actorId: 'text',
      eventType: 'text',
      recordedAt: 'text',
    },
    indexes: [
      ['at'],
      ['recordedAt', 'at'],
      ['planId', 'at'],
      ['organisationId', 'at'],
      ['activityKey', 'at'],
      ['actorId', 'at'],
      ['eventType', 'at'],
      ['planId', 'eventType', 'at'],
      ['planId', 'actorId', 'at'],
    ],
  },
  { ofPlan: entryOf, ofOrganisation: entryOf },
  { beforeMark: true },
);

function entryOf(change: AnyChange): Touch<AuditBody, unknown>[] {
  return [{ id: change.recorded.id, view: () => ({ body: auditBody(change), fields: fieldsOf(change) }) }];
}

/** The entry as the fold before and after the event shows it. */
export function auditBody(change: AnyChange): AuditBody {
  const about = subjectOf(change);
  if (change.of === 'organisation') {
    return { ...about, subject: null, edition: 0, recorded: change.recorded, changes: fieldChanges(change) };
  }
  const { before, after, recorded } = change;
  const { activityId } = about;
  const earlier = before.status === 'ABSENT' ? undefined : before.activities.get(activityId ?? '');
  const row = after.activities.get(activityId ?? '') ?? earlier;
  return {
    ...about,
    subject: row ? { number: row.number, title: row.title } : null,
    edition: after.edition,
    recorded,
    changes: fieldChanges(change),
  };
}

function fieldsOf(change: AnyChange) {
  const { recorded } = change;
  const { planId, organisationId, activityId } = subjectOf(change);
  return {
    at: recorded.position,
    planId: planId ?? '',
    organisationId: organisationId ?? '',
    activityKey: activityId === null ? '' : `${planId}.${activityId}`,
    actorId: recorded.actor.id,
    eventType: recorded.event.type,
    recordedAt: recorded.recordedAt,
  };
}
