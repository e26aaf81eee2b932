import type { ExistingHolder } from '../domain/access/holder.js';
import type { Activity } from '../domain/plan.js';
import type { Recorded } from '../domain/recorded.js';
import type { Touch } from '../engine/projections/readModel.js';
import { AUDIT_FORM, textsOfKeys } from './auditForm.js';
import { type FieldChange, fieldChanges } from './differences.js';
import { freeTexts, namedSubjects } from './freeText.js';
import { type AnyChange, partyIdOf, readModel, searchWords } from './model.js';
import { subjectOf } from './touched.js';

/** An event without the metadata that only the command handler needs. */
export type AuditedEvent = Omit<Recorded, 'commandId' | 'fingerprint' | 'correlationId' | 'causationId'>;

/**
 * An entry of the audit trail: an event with the fields that it changed. Its sentence is composed when the entry is
 * read.
 */
export interface AuditBody {
  /** Null for an event about an organisation, a person, a holder of access or the log. */
  readonly planId: string | null;
  /** The organisation of the event, or of its plan; null for none. */
  readonly organisationId: string | null;
  readonly activityId: string | null;
  /** Number and title of the activity at the time of the event, for the sentence. */
  readonly subject: { readonly number: string | null; readonly title: string } | null;
  /** The holder of access after the event; null for an event that is not about access. */
  readonly accessOf: HolderInEntry | null;
  /** Edition of the plan after the event; 0 for an event that is not about a plan. */
  readonly edition: number;
  readonly recorded: AuditedEvent;
  readonly changes: readonly FieldChange[];
}

/** A holder of access as an entry names it. */
export type HolderInEntry = Pick<ExistingHolder, 'name' | 'role' | 'post' | 'organisation'>;

/** The read model of the audit trail: one row per event. */
export const auditTrail = readModel<AuditBody>(
  {
    name: 'auditTrail',
    version: 8,
    fields: {
      at: 'position',
      planId: 'text',
      organisationId: 'text',
      holderId: 'text',
      sectionKey: 'text',
      activityKey: 'text',
      actorId: 'text',
      eventType: 'text',
      recordedAt: 'instant',
      orderNumber: 'text',
      // Few authors give many commands, and an activity has many events. As keys, their values are stored once.
      author: 'text',
      subject: 'text',
      partyIds: 'multiText',
      subjects: 'multiText',
      words: 'multiText',
    },
    keys: [
      ...['planId', 'organisationId', 'holderId', 'sectionKey', 'activityKey'],
      ...['actorId', 'eventType', 'orderNumber', 'author', 'subject'],
    ],
    unique: 'at',
    indexes: [
      ['at'],
      ['recordedAt', 'at'],
      // With the last field, the index alone can answer a condition on a period.
      ['planId', 'at', 'recordedAt'],
      ['organisationId', 'at', 'recordedAt'],
      ['holderId', 'at'],
      ['sectionKey', 'at'],
      ['activityKey', 'at'],
      ['actorId', 'at', 'recordedAt'],
      ['eventType', 'at'],
      ['orderNumber', 'at'],
      ['planId', 'eventType', 'at'],
      ['planId', 'actorId', 'at'],
      ['partyIds', 'at'],
      ['subjects', 'at'],
    ],
  },
  { ofPlan: auditTouches, ofOrganisation: auditTouches, ofHolder: auditTouches, ofOthers: auditTouches },
  { beforeMark: true },
  AUDIT_FORM,
);

function auditTouches(change: AnyChange): Touch<AuditBody, unknown>[] {
  const view = () => {
    const body = auditBody(change);
    return { body, fields: auditFields(change, body) };
  };
  return [{ id: change.recorded.id, view }];
}

/** Returns the entry of an event, from the states before and after it. */
export function auditBody(change: AnyChange): AuditBody {
  const about = subjectOf(change);
  if (change.of !== 'plan') {
    const [recorded, changes] = [audited(change.recorded), fieldChanges(change)];
    return { ...about, subject: null, accessOf: holderIn(change), edition: 0, recorded, changes };
  }
  const { before, after, recorded } = change;
  const { activityId } = about;
  const earlier = before.status === 'ABSENT' ? undefined : before.activities.get(activityId ?? '');
  const row = after.activities.get(activityId ?? '') ?? earlier;
  return {
    ...about,
    subject: row ? { number: row.number, title: row.title } : null,
    accessOf: null,
    edition: after.edition,
    recorded: audited(recorded),
    changes: fieldChanges(change),
  };
}

function holderIn(change: AnyChange): HolderInEntry | null {
  if (change.of !== 'holder') return null;
  const { name, role, post, organisation } = change.after;
  return { name, role, post, organisation };
}

function audited(recorded: Recorded): AuditedEvent {
  const { id, schemaVersion, stream, revision, position, recordedAt, effectiveOn } = recorded;
  const { actor, onBehalfOf, reason, basis, client, event } = recorded;
  return {
    id,
    schemaVersion,
    stream,
    revision,
    position,
    recordedAt,
    effectiveOn,
    actor,
    onBehalfOf,
    reason,
    basis,
    client,
    event,
  };
}

/** Returns the number of an order in the form that search uses: `143-р` for «№ 143-р». */
export function orderNumberOf(number: string): string {
  return number.toLocaleLowerCase('ru').replace(/[№\s]/g, '');
}

function auditFields(change: AnyChange, { planId, organisationId, activityId, subject, accessOf }: AuditBody) {
  const { recorded } = change;
  const rows = rowsAround(change, activityId);
  const { event, basis } = recorded;
  const sectionId = 'sectionId' in event.data ? event.data.sectionId : rows.at(-1)?.sectionId;
  const written = freeTexts(recorded).map(({ text }) => text);
  const number = basis?.kind === 'document' ? (basis.document.number ?? '') : '';
  const holder = [accessOf?.post ?? '', accessOf?.organisation ?? ''];
  return {
    at: recorded.position,
    planId: planId ?? '',
    organisationId: organisationId ?? '',
    holderId: change.of === 'holder' ? change.holderId : '',
    sectionKey: planId === null || sectionId === undefined ? '' : `${planId}.${sectionId}`,
    activityKey: activityId === null ? '' : `${planId}.${activityId}`,
    actorId: recorded.actor.id,
    eventType: recorded.event.type,
    recordedAt: recorded.recordedAt,
    orderNumber: orderNumberOf(number),
    ...textsOfKeys(recorded.actor, subject),
    partyIds: [...new Set(rows.flatMap(({ responsible }) => responsible.parties.map(partyIdOf)))],
    subjects: [
      ...(recorded.stream.startsWith('subject-') ? [recorded.stream.slice('subject-'.length)] : []),
      ...namedSubjects(recorded, accessOf),
    ],
    words: searchWords(...written, number, ...holder, ...rows.flatMap((row) => [row.number ?? '', row.text])),
  };
}

/** Returns the activity of an event before and after it. */
function rowsAround(change: AnyChange, activityId: string | null): Activity[] {
  if (change.of !== 'plan' || activityId === null) return [];
  return [change.before, change.after].flatMap((plan) =>
    plan.status === 'ABSENT' ? [] : (plan.activities.get(activityId) ?? []),
  );
}
