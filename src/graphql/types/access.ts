import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ADMINISTRATOR, ANYBODY, SYSTEM } from '../../access/principals.js';
import { accessStatus, type Credential } from '../../domain/access/holder.js';
import type { HolderBody } from '../../projections/holders.js';
import type { Context } from '../context.js';
import { actorGlobalId, globalId } from '../ids.js';
import { DateTimeScalar } from '../scalars.js';
import { Node } from './common.js';
import { enumOf } from './enumOf.js';
import { ActingRoleEnum, RoleEnum } from './enums.js';
import { WebhookType, webhookType } from './webhook.js';

export const AccessStatusEnum = enumOf<ReturnType<typeof accessStatus>>('AccessStatus', 'The state of access.', {
  ACTIVE: 'It is in force.',
  EXPIRED: 'Its time is over.',
  REVOKED: 'It was revoked.',
});
const CredentialKindEnum = enumOf<Credential['kind']>('CredentialKind', 'How somebody is recognised.', {
  key: 'By an API key.',
  identity: 'By an OpenID Connect provider.',
});

@ObjectType({ description: 'How a holder of access is recognised. Nothing of a secret is in it but its beginning.' })
export class AccessCredential {
  @Field(() => CredentialKindEnum, { description: 'A key, or an identity.' })
  kind!: string;
  @Field(() => String, { description: 'The beginning of a key (empty for one chosen by people), or the issuer.' })
  hint!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'From then on it opens nothing; null: no end is set.' })
  until!: string | null;
}

const NULL_OF_BUILT_IN = 'null for the administrator of the configuration, the server itself and callers without a key';

@ObjectType({ implements: Node, description: 'Who may work here: a person or a program, with what they may see.' })
export class AccessHolder extends Node {
  @Field(() => String, { description: 'Whose access it is; «удалено» when the person was erased.' })
  name!: string;
  @Field(() => ActingRoleEnum, { description: 'What they may do.' })
  role!: string;
  @Field(() => String, { nullable: true, description: 'Their post, as on a stamp.' })
  post!: string | null;
  @Field(() => String, { nullable: true, description: 'Their organisation, as recorded with their actions.' })
  organisation!: string | null;
  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of the organisations whose plans they see, with all that belong to them; null: everything.',
  })
  organisationIds!: readonly string[] | null;
  @Field(() => AccessStatusEnum, { description: 'Its state.' })
  status!: string;
  @Field(() => [AccessCredential], { description: 'How they are recognised; the present one last.' })
  credentials!: readonly AccessCredential[];
  @Field(() => [ID], {
    description: 'Revoked access of the same person that was linked: what was done under it counts as theirs.',
  })
  formerAccessIds!: readonly string[];
  @Field(() => [WebhookType], { description: 'The webhooks that receive the changes that they see.' })
  webhooks!: readonly WebhookType[];
  @Field(() => DateTimeScalar, { nullable: true, description: `When it was issued; ${NULL_OF_BUILT_IN}.` })
  issuedAt!: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: `When it last changed; ${NULL_OF_BUILT_IN}.` })
  updatedAt!: string | null;
  @Field(() => Int, {
    nullable: true,
    description: `Revision of its last event: give it as \`expectedRevision\`; ${NULL_OF_BUILT_IN}.`,
  })
  revision!: number | null;
  holderId!: string;
}

@ObjectType({ description: 'Who asks.' })
export class Viewer {
  @Field(() => String, { description: 'Their name.' })
  name!: string;
  @Field(() => RoleEnum, { description: 'What they may do.' })
  role!: string;
  @Field(() => String, { nullable: true, description: 'Their post.' })
  post!: string | null;
  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of all organisations whose plans they see, those under the granted ones too; null: everything.',
  })
  organisationIds!: readonly string[] | null;
  @Field(() => [String], { description: 'What they may read, by the names of the policy.' })
  reads!: readonly string[];
  @Field(() => [String], {
    description: 'Mutations that are for their role; whether one is carried out depends on more.',
  })
  gives!: readonly string[];
  /** The access of the person; the resolver of `Viewer.holder` reads the other fields. */
  holder!: Pick<AccessHolder, 'id'>;
}

/** Returns the GraphQL object of a holder. */
export function holderType(context: Context, body: HolderBody): AccessHolder {
  const { holderId, organisationIds, name, status, credentials, webhooks, formerIds } = body;
  // The status depends on the current time.
  context.reads.uncacheable();
  return {
    ...body,
    id: globalId('access', holderId),
    get name() {
      return context.names.print([name]);
    },
    formerAccessIds: formerIds.map((id) => globalId('access', id)),
    webhooks: webhooks.map((webhook) => webhookType(holderId, webhook)),
    status: accessStatus(status, credentials.at(-1)?.until ?? null, context.now()),
    organisationIds: organisationIds?.map((id) => globalId('organisation', id)) ?? null,
  };
}

/** Returns the GraphQL object of an actor that is built in and has no stream; undefined for any other id. */
export function builtInHolder(actorId: string): AccessHolder | undefined {
  const found = [ADMINISTRATOR, SYSTEM, ANYBODY].find(({ id }) => id === actorId);
  if (!found) return undefined;
  const { id, name, role, post, organisation, scope } = found;
  return {
    id: actorGlobalId(id),
    name,
    role,
    post,
    organisation,
    holderId: id,
    status: 'ACTIVE',
    organisationIds: scope === null ? null : [],
    credentials: [],
    formerAccessIds: [],
    webhooks: [],
    issuedAt: null,
    updatedAt: null,
    revision: null,
  };
}
