import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { AccessOutcome } from '../../application/access.js';
import type { AccessEvent } from '../../domain/access/events.js';
import { evolveHolder } from '../../domain/access/evolve.js';
import type { HolderRole } from '../../domain/access/holder.js';
import type { Recorded } from '../../domain/recorded.js';
import { MAX_HOLDER_NAME, MAX_SHORT, MAX_TITLE } from '../../domain/texts.js';
import { auditBody } from '../../projections/auditTrail.js';
import { type HolderBody, holderBody } from '../../projections/holders.js';
import type { Context } from '../context.js';
import { parseId } from '../ids.js';
import { DateTimeScalar } from '../scalars.js';
import { SingleLine } from '../texts/rules.js';
import { AccessHolder, holderType } from '../types/access.js';
import { RoleEnum } from '../types/enums.js';
import { entryType } from '../types/history.js';
import { commandServices } from './commands.js';
import { COMMAND, CommandInput } from './inputs.js';
import { MutationPayload } from './payloads.js';
import { circumstancesOf, NOTHING_WRITTEN, stepwise, userErrorsOf, writtenOutcome } from './run.js';

@InputType({ description: 'A person as an OpenID Connect provider names them.' })
class IdentityInput {
  @SingleLine(MAX_TITLE)
  @Field(() => String, { description: 'The issuer, as in the claim `iss`.' })
  issuer!: string;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { description: 'Its name for the person, as in the claim `sub`.' })
  subject!: string;
}

@InputType({ description: 'Issues access: an API key, or the right of a person to come by an identity provider.' })
class IssueAccessInput extends CommandInput {
  @SingleLine(MAX_HOLDER_NAME)
  @Field(() => String, { description: 'Whose it is: a person, or a program.' })
  name!: string;
  @Field(() => RoleEnum, { description: 'What they may do.' })
  role!: HolderRole;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'Their post, as on a stamp.' })
  post?: string | null;
  @SingleLine(MAX_SHORT)
  @Field(() => String, { nullable: true, description: 'Their organisation, as recorded with their actions.' })
  organisation?: string | null;
  @Field(() => [ID], {
    nullable: true,
    description: 'The organisations whose plans are seen, with all that belong to them; left out: everything.',
  })
  organisationIds?: string[] | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends by itself.' })
  expiresAt?: Date | null;
  @Field(() => IdentityInput, { nullable: true, description: 'Left out: an API key is made.' })
  identity?: IdentityInput | null;
}

@InputType({ description: 'A command on access.' })
export class AccessInput extends CommandInput {
  @Field(() => ID, { description: 'The access.' })
  accessId!: string;
}

@InputType({ description: 'Makes another key for the same access.' })
class RotateAccessInput extends AccessInput {
  @Field(() => Int, {
    nullable: true,
    description: 'For how many hours the key before opens still, to move programs over: 0 to 720; default 24.',
  })
  overlapHours?: number | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the new key ends by itself; left out: as the one before; null: never.',
  })
  expiresAt?: Date | null;
}

@InputType({ description: 'Gives access another name; what was done by it before keeps the former one.' })
class RenameAccessInput extends AccessInput {
  @SingleLine(MAX_HOLDER_NAME)
  @Field(() => String, { description: 'The name.' })
  name!: string;
}

@InputType({ description: 'Links another way to sign in, or access under which the same person acted before.' })
class LinkSignInInput extends AccessInput {
  @Field(() => IdentityInput, { nullable: true, description: 'A login of the same person.' })
  identity?: IdentityInput | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Revoked access of the same person: what was done under it counts as theirs.',
  })
  formerAccessId?: string | null;
}

@InputType({ description: 'A login that is to open nothing any more.' })
class UnlinkSignInInput extends AccessInput {
  @Field(() => IdentityInput, { description: 'The login.' })
  identity!: IdentityInput;
}

@InputType({ description: 'Opens or closes plans of organisations to a holder of access.' })
class ScopeInput extends AccessInput {
  @Field(() => [ID], { description: 'The organisations; what belongs to them comes along.' })
  organisationIds!: string[];
}

@ObjectType({ description: 'The outcome of a command on access.' })
class AccessPayload extends MutationPayload {
  @Field(() => AccessHolder, { nullable: true, description: 'The access after it; null when refused.' })
  access!: AccessHolder | null;
  @Field(() => String, {
    nullable: true,
    description:
      'The secret of a new key. It is returned only once: a repeated command does not return it. Rotate the access if it is lost.',
  })
  token!: string | null;
}

@Resolver()
export class AccessMutations {
  @Mutation(() => AccessPayload, { description: 'Issues access.' })
  issueAccess(@Ctx() context: Context, @Arg('input', () => IssueAccessInput, COMMAND) input: IssueAccessInput) {
    const { name, role, post = null, organisation = null, organisationIds, expiresAt, identity } = input;
    return accessPayload(context, input, (circumstances) =>
      commandServices(context).access.issue(circumstances, {
        name,
        role,
        post,
        organisation,
        organisationIds: organisationIds ? organisationUuids(organisationIds) : null,
        expiresAt: expiresAt?.toISOString() ?? null,
        identity: identity ? { issuer: identity.issuer, subject: identity.subject } : null,
      }),
    );
  }

  @Mutation(() => AccessPayload, { description: 'Makes another key; the one before opens for some hours still.' })
  rotateAccess(@Ctx() context: Context, @Arg('input', () => RotateAccessInput, COMMAND) input: RotateAccessInput) {
    const { overlapHours, expiresAt } = input;
    return accessPayload(context, input, (circumstances) =>
      commandServices(context).access.rotate(circumstances, parseId(input.accessId, 'access').uuid, {
        overlapHours: overlapHours ?? 24,
        expiresAt: expiresAt === null ? null : expiresAt?.toISOString(),
      }),
    );
  }

  @Mutation(() => AccessPayload, { description: 'Gives access another name.' })
  renameAccess(@Ctx() context: Context, @Arg('input', () => RenameAccessInput, COMMAND) input: RenameAccessInput) {
    return accessPayload(context, input, (circumstances) =>
      commandServices(context).access.rename(circumstances, parseId(input.accessId, 'access').uuid, input.name),
    );
  }

  @Mutation(() => AccessPayload, {
    description:
      'Links a way to sign in to a person who has access: the rules compare persons, however they signed in.',
  })
  linkSignIn(@Ctx() context: Context, @Arg('input', () => LinkSignInInput, COMMAND) input: LinkSignInInput) {
    const { identity, formerAccessId } = input;
    return accessPayload(context, input, (circumstances) =>
      commandServices(context).access.linkSignIn(circumstances, parseId(input.accessId, 'access').uuid, {
        identity: identity ? { issuer: identity.issuer, subject: identity.subject } : null,
        formerAccessId: formerAccessId ? parseId(formerAccessId, 'access').uuid : null,
      }),
    );
  }

  @Mutation(() => AccessPayload, {
    description: 'Takes a login away from a person; what was done by it stays theirs.',
  })
  unlinkSignIn(@Ctx() context: Context, @Arg('input', () => UnlinkSignInInput, COMMAND) input: UnlinkSignInInput) {
    const { issuer, subject } = input.identity;
    return accessPayload(context, input, (circumstances) =>
      commandServices(context).access.unlinkSignIn(circumstances, parseId(input.accessId, 'access').uuid, {
        issuer,
        subject,
      }),
    );
  }

  @Mutation(() => AccessPayload, {
    description:
      'Grants access to the plans of more organisations. The change feed has each plan as PLAN_ENTERED_SCOPE.',
  })
  grantAccess(@Ctx() context: Context, @Arg('input', () => ScopeInput, COMMAND) input: ScopeInput) {
    return accessPayload(context, input, (circumstances) =>
      commandServices(context).access.grant(
        circumstances,
        parseId(input.accessId, 'access').uuid,
        organisationUuids(input.organisationIds),
      ),
    );
  }

  @Mutation(() => AccessPayload, {
    description:
      'Withdraws access to the plans of organisations at once. The change feed has each plan as PLAN_LEFT_SCOPE.',
  })
  withdrawAccess(@Ctx() context: Context, @Arg('input', () => ScopeInput, COMMAND) input: ScopeInput) {
    return accessPayload(context, input, (circumstances) =>
      commandServices(context).access.withdraw(
        circumstances,
        parseId(input.accessId, 'access').uuid,
        organisationUuids(input.organisationIds),
      ),
    );
  }

  @Mutation(() => AccessPayload, { description: 'Ends access at once, and every subscription that is open by it.' })
  revokeAccess(@Ctx() context: Context, @Arg('input', () => AccessInput, COMMAND) input: AccessInput) {
    return accessPayload(context, input, (circumstances) =>
      commandServices(context).access.revoke(circumstances, parseId(input.accessId, 'access').uuid),
    );
  }
}

function organisationUuids(organisationIds: readonly string[]): string[] {
  return organisationIds.map((id) => parseId(id, 'organisation').uuid);
}

/** Executes a command on access. Returns the outcome, the holder after the command, and the secret of a new key. */
export async function givenOnAccess(
  context: Context,
  input: CommandInput,
  give: (circumstances: ReturnType<typeof circumstancesOf>) => Promise<AccessOutcome>,
): Promise<{
  readonly outcome: MutationPayload;
  readonly events: readonly Recorded<AccessEvent>[];
  readonly holder: HolderBody | null;
  readonly token: string | null;
}> {
  const { result, token } = await give(circumstancesOf(context, input));
  if (result.kind === 'refused') {
    const outcome = { ...NOTHING_WRITTEN, userErrors: userErrorsOf(context, result.refusal) };
    return { outcome, events: [], holder: null, token: null };
  }
  const { id, after, events, later, begunAt } = result;
  const entries = stepwise(result.before, events, evolveHolder).map((step) =>
    entryType(context, auditBody({ of: 'holder', holderId: id, ...step })),
  );
  const last = later.at(-1) ?? events.at(-1);
  return {
    outcome: await writtenOutcome(context, input, result, entries),
    events,
    holder: last ? holderBody(id, after, last, begunAt) : null,
    token,
  };
}

async function accessPayload(...command: Parameters<typeof givenOnAccess>): Promise<AccessPayload> {
  const { outcome, holder, token } = await givenOnAccess(...command);
  return { ...outcome, access: holder && holderType(command[0], holder), token };
}
