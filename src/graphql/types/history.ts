import { Field, ID, Int, ObjectType } from 'type-graphql';
import { auditSentence } from '../../application/sentences.js';
import { fieldLabel } from '../../documents/printing/fieldLabels.js';
import { fieldInWords, isShownField } from '../../documents/printing/fieldValues.js';
import type { Basis } from '../../domain/actor.js';
import type { Recorded } from '../../domain/recorded.js';
import type { AuditBody } from '../../projections/auditTrail.js';
import type { FieldChange } from '../../projections/differences.js';
import type { Context } from '../context.js';
import { actorGlobalId, globalId } from '../ids.js';
import { DateScalar, DateTimeScalar, PositionScalar } from '../scalars.js';
import type { FeedEntry } from '../scope/feed.js';
import type { AccessHolder } from './access.js';
import { DocumentRef, Node } from './common.js';
import { enumOf } from './enumOf.js';
import { ActingRoleEnum, EvidenceEnum, TimingEnum } from './enums.js';
import { EventTypeEnum } from './eventTypes.js';

@ObjectType('Actor', { description: 'Who acted, or whose access it is, as they were then.' })
export class ActorType {
  @Field(() => ActingRoleEnum, { description: 'Role at that time.' })
  role!: string;
  @Field(() => String, { nullable: true, description: 'Post at that time.' })
  post!: string | null;
  @Field(() => String, { nullable: true, description: 'Organisation at that time.' })
  organisation!: string | null;
  @Field(() => String, {
    description: 'Name; «…» when the caller may not see it, «удалено» when the person was erased.',
  })
  name!: string;
  /** The present access of the actor; the resolver of `Actor.holder` reads the other fields. */
  holder!: Pick<AccessHolder, 'id'>;
}

@ObjectType('Basis', { description: 'What a decision rests on (основание).' })
export class BasisType {
  @Field(() => DocumentRef, { nullable: true, description: 'The document; null when there expressly is none.' })
  document!: DocumentRef | null;
  @Field(() => Boolean, { description: 'It was said expressly that there is no document.' })
  withoutDocument!: boolean;
}

@ObjectType('FieldChange', { description: 'One field before and after.' })
export class FieldChangeType {
  @Field(() => String, { description: 'Dotted path; list items by their id in brackets.' })
  path!: string;
  @Field(() => String, { description: 'What the field is, in the language of the caller: «срок: текст».' })
  label!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Its value in the language of the caller; null: it was not there.',
  })
  before!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Its value in the language of the caller; null: it is no more there.',
  })
  after!: string | null;
}

@ObjectType({
  implements: Node,
  description: 'One entry of the audit trail: who changed what, when, why, on what order.',
})
export class AuditEntry extends Node {
  @Field(() => PositionScalar, { description: 'Its place in the chronicle.' })
  position!: string | Promise<string>;
  @Field(() => EventTypeEnum, { description: 'Type of the event.' })
  eventType!: string;
  @Field(() => String, { description: 'What happened, in the language of the caller.' })
  sentence!: string;
  @Field(() => ActorType, { description: 'Who did it.' })
  actor!: ActorType;
  @Field(() => String, { nullable: true, description: 'The post for which another person entered it.' })
  onBehalfOf!: string | null;
  @Field(() => String, { description: 'Name of the API key or program that was used.' })
  client!: string;
  @Field(() => DateTimeScalar, { description: 'When it was recorded.' })
  recordedAt!: string;
  @Field(() => DateScalar, {
    nullable: true,
    description: 'Local day from which the change takes effect; null when not stated.',
  })
  effectiveOn!: string | null;
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason!: string | null;
  @Field(() => BasisType, { nullable: true, description: 'On what order.' })
  basis!: BasisType | null;
  @Field(() => ActorType, {
    nullable: true,
    description: 'Whose access it is about, as it is after it; null for an entry about anything else.',
  })
  accessOf!: ActorType | null;
  @Field(() => Int, { description: 'Edition of the plan after it; 0 for an organisation.' })
  edition!: number;
  @Field(() => Int, { description: 'Revision of the plan or organisation after it.' })
  revision!: number;
  @Field(() => ID, { nullable: true, description: 'Id of the plan; null for an entry about an organisation.' })
  planId!: string | null;
  @Field(() => ID, { nullable: true, description: 'Id of the organisation, or of the owner of the plan.' })
  organisationId!: string | null;
  @Field(() => ID, { nullable: true, description: 'Id of the activity it is about.' })
  activityId!: string | null;
  @Field(() => [FieldChangeType], { description: 'What changed, field by field.' })
  changes!: readonly FieldChangeType[];
}

@ObjectType('ActivityStatus', { description: 'The state of an activity on the local day of the event.' })
export class ActivityStatusType {
  @Field(() => TimingEnum, { description: 'Against the calendar.' })
  timing!: string;
  @Field(() => EvidenceEnum, { description: 'What is known of the work.' })
  evidence!: string;
}

@ObjectType('StatusChange', { description: 'An activity whose status an event changed.' })
export class StatusChangeType {
  @Field(() => ID, { description: 'Id of the activity.' })
  activityId!: string;
  @Field(() => ActivityStatusType, { nullable: true, description: 'Null: it was not there.' })
  before!: ActivityStatusType | null;
  @Field(() => ActivityStatusType, { nullable: true, description: 'Null: it is no more there.' })
  after!: ActivityStatusType | null;
}

export const ChangeKindEnum = enumOf<FeedEntry['kind']>('ChangeKind', 'What a change is about.', {
  plan: 'A plan as a whole: fetch its head and its sections again.',
  activity: 'One activity: fetch it again.',
  organisation: 'An organisation.',
  access: 'A holder of access, or a webhook.',
  other: 'Anything else, such as the log or the erasure of a name.',
  planEnteredScope: 'The caller sees the plan from here on: fetch it with everything in it.',
  planLeftScope: 'The caller does not see the plan any more: delete it.',
});

@ObjectType('Change', { description: 'One change. It is sent once all read models have applied it.' })
export class ChangeType {
  @Field(() => PositionScalar, { description: 'Give it as `after` or `resumeAfter` to go on from here.' })
  position!: string | Promise<string>;
  @Field(() => ChangeKindEnum, { description: 'What it is about.' })
  kind!: string;
  @Field(() => ID, { description: 'Id of the audit entry.' })
  entryId!: string;
  @Field(() => EventTypeEnum, { description: 'Type of the event.' })
  eventType!: string;
  @Field(() => ID, { nullable: true, description: 'Id of the plan; null for an entry about an organisation.' })
  planId!: string | null;
  @Field(() => ID, { nullable: true, description: 'Id of the organisation, or of the owner of the plan.' })
  organisationId!: string | null;
  @Field(() => ID, { nullable: true, description: 'Id of the activity it is about.' })
  activityId!: string | null;
  @Field(() => [ID], {
    description:
      'Ids of all activities that it changed: of each row of an import, of the one that `activityId` names. Fetch them again; one that is not found is gone.',
  })
  activityIds!: readonly string[];
  @Field(() => [String], { description: 'Fields of the plan, activity or organisation that it changed.' })
  fields!: readonly string[];
  @Field(() => Boolean, { description: 'A tombstone: the activity is no more there, or the plan no more to be seen.' })
  gone!: boolean;
  @Field(() => DateTimeScalar, { description: 'When it was recorded.' })
  recordedAt!: string;
  @Field(() => [StatusChangeType], { description: 'Activities whose status it changed.' })
  statusChanges!: readonly StatusChangeType[];
}

/**
 * Returns the GraphQL object of an audit entry. Getters print names on demand, because each reading of a name is
 * recorded.
 */
export function entryType(context: Context, body: AuditBody): AuditEntry {
  const { recorded, planId, organisationId, activityId, accessOf, edition } = body;
  const { actor, basis, client } = recorded;
  return {
    id: globalId('entry', recorded.id),
    // A getter: for an event that was just appended it may have to be read.
    get position() {
      return context.positions.tokenOf(recorded);
    },
    eventType: recorded.event.type,
    sentence: auditSentence(body, context.language),
    actor: actorType(context, actor),
    onBehalfOf: recorded.onBehalfOf,
    get client() {
      return context.names.print([client]);
    },
    recordedAt: recorded.recordedAt,
    effectiveOn: recorded.effectiveOn,
    reason: recorded.reason,
    basis: basisType(basis),
    accessOf: accessOf && actorType(context, { id: holderIdOf(recorded.stream), ...accessOf }),
    edition,
    revision: recorded.revision,
    planId: planId && globalId('plan', planId),
    organisationId: organisationId && globalId('organisation', organisationId),
    activityId: planId && activityId && globalId('activity', planId, activityId),
    changes: body.changes.filter(isShownField).map((change) => fieldChangeType(context, change)),
  };
}

/** Returns the id of the holder of access to whom a stream belongs. */
function holderIdOf(stream: string): string {
  return stream.slice('access-'.length);
}

/** Returns the GraphQL object of an actor. The name is opened on demand, because each reading of a name is recorded. */
export function actorType(context: Context, actor: Recorded['actor']): ActorType {
  return {
    role: actor.role,
    post: actor.post,
    organisation: actor.organisation,
    get name() {
      return context.names.print([actor.name]);
    },
    holder: { id: actorGlobalId(actor.id) },
  };
}

/** Returns the GraphQL object of a basis. */
export function basisType(basis: Basis | null): BasisType | null {
  return (
    basis && {
      document: basis.kind === 'document' ? basis.document : null,
      withoutDocument: basis.kind === 'withoutDocument',
    }
  );
}

/** Returns the GraphQL object of a changed field. */
export function fieldChangeType(context: Context, { path, before, after }: FieldChange): FieldChangeType {
  return {
    path,
    label: fieldLabel(path, context.language),
    get before() {
      return before && context.names.print(fieldInWords(path, before, context.language));
    },
    get after() {
      return after && context.names.print(fieldInWords(path, after, context.language));
    },
  };
}

/** Returns the GraphQL object of a change. */
export function changeType(context: Context, { kind, resumeAt, ...body }: FeedEntry): ChangeType {
  const { planId, organisationId, activityId, activityIds, position, entryId, changed, isGone } = body;
  return {
    ...body,
    kind,
    fields: changed,
    position: resumeAt === position ? context.positions.token(position, entryId) : context.positions.tokenAt(resumeAt),
    gone: isGone || kind === 'planLeftScope',
    entryId: globalId('entry', entryId),
    planId: planId && globalId('plan', planId),
    organisationId: organisationId && globalId('organisation', organisationId),
    activityId: planId && activityId && globalId('activity', planId, activityId),
    activityIds: (activityId === null ? activityIds : [activityId]).map((id) => globalId('activity', planId ?? '', id)),
    statusChanges: body.statusChanges.map((change) => ({
      ...change,
      activityId: globalId('activity', planId ?? '', change.activityId),
    })),
  };
}
