import { Field, ID, ObjectType } from 'type-graphql';
import type { AuditBody } from '../../projections/auditTrail.js';
import type { Context } from '../context.js';
import { globalId } from '../ids.js';
import { DateTimeScalar } from '../scalars.js';
import { ActorType, actorType, BasisType, basisType } from './history.js';

@ObjectType({ description: 'One step of a report or of a request for another term: who took it, when, why.' })
export class ReviewStep {
  @Field(() => DateTimeScalar, { description: 'When it was recorded.' })
  at!: string;
  @Field(() => ActorType, { nullable: true, description: 'Who; null for who may not read the audit trail.' })
  by!: ActorType | null;
  @Field(() => String, {
    nullable: true,
    description: 'The reason or remark; null without one, and for who may not read the audit trail.',
  })
  remark!: string | null;
  @Field(() => BasisType, { nullable: true, description: 'On what order.' })
  basis!: BasisType | null;
  @Field(() => ID, { description: 'Id of the entry of the audit trail.' })
  entryId!: string;
}

/** Returns the step that an entry of the audit trail records. */
export function reviewStep(context: Context, { recorded }: AuditBody): ReviewStep {
  const mayAudit = context.may('audit');
  return {
    at: recorded.recordedAt,
    by: mayAudit ? actorType(context, recorded.actor) : null,
    // Free text may contain names.
    remark: mayAudit ? recorded.reason : null,
    basis: basisType(recorded.basis),
    entryId: globalId('entry', recorded.id),
  };
}
