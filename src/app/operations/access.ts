import { z } from 'zod';
import type { AccessOutcome, AccessService } from '../../application/access.js';
import { BY_SYSTEM } from '../../application/commands.js';
import { refusalInBoth } from '../../application/refusalSentences.js';
import { ACCESS_STATUSES, accessStatus, HOLDER_ROLES, type HolderRole, hintOf } from '../../domain/access/holder.js';
import { globalId } from '../../graphql/ids.js';
import { OperationRefused, operation } from './operation.js';
import { uuidOf } from './uuid.js';

const Organisations = z.array(z.string());
const Login = z.object({ issuer: z.string(), subject: z.string() });

/** The commands on access that the command line can give. */
const AccessCommandInput = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('issue'),
    name: z.string(),
    role: z.enum(HOLDER_ROLES),
    post: z.string().nullable(),
    organisation: z.string().nullable(),
    organisationIds: Organisations.nullable(),
    expiresAt: z.string().nullable(),
    identity: Login.nullable(),
  }),
  z.object({ do: z.literal('rotate'), id: z.string(), expiresAt: z.string().nullish(), overlapHours: z.number() }),
  z.object({ do: z.literal('rename'), id: z.string(), name: z.string() }),
  z.object({ do: z.literal('grant'), id: z.string(), organisationIds: Organisations, reason: z.string().nullable() }),
  z.object({
    do: z.literal('withdraw'),
    id: z.string(),
    organisationIds: Organisations,
    reason: z.string().nullable(),
  }),
  z.object({
    do: z.literal('link'),
    id: z.string(),
    identity: Login.nullable(),
    formerAccessId: z.string().nullable(),
    reason: z.string().nullable(),
  }),
  z.object({ do: z.literal('unlink'), id: z.string(), identity: Login, reason: z.string().nullable() }),
  z.object({ do: z.literal('revoke'), id: z.string(), reason: z.string().nullable() }),
]);
type AccessCommandInput = z.infer<typeof AccessCommandInput>;

/** Executes a command on access. */
export const giveAccess = operation({
  name: 'access',
  input: AccessCommandInput,
  progress: z.never(),
  /** `token`: the secret of a new key, which is not stored anywhere. */
  result: z.object({ id: z.string(), token: z.string().nullable() }),
  open: {},
  writes: true,
  begins: ({ do: what }) => what === 'issue',
  // biome-ignore lint/correctness/useYield: there is no progress to report.
  async *run({ access }, asked) {
    const { result, token } = await giveAccessCommand(access, asked);
    if (result.kind === 'done') return { id: globalId('access', result.id), token };
    throw new OperationRefused(refusalInBoth(result.refusal));
  },
});

function giveAccessCommand(access: AccessService, asked: AccessCommandInput): Promise<AccessOutcome> {
  const circumstances = { ...BY_SYSTEM, reason: 'reason' in asked ? asked.reason : null };
  switch (asked.do) {
    case 'issue': {
      const { do: _, organisationIds, ...request } = asked;
      return access.issue(circumstances, {
        ...request,
        organisationIds: organisationIds && parseOrganisationIds(organisationIds),
      });
    }
    case 'rotate':
      return access.rotate(circumstances, accessId(asked.id), asked);
    case 'rename':
      return access.rename(circumstances, accessId(asked.id), asked.name);
    case 'grant':
      return access.grant(circumstances, accessId(asked.id), parseOrganisationIds(asked.organisationIds));
    case 'withdraw':
      return access.withdraw(circumstances, accessId(asked.id), parseOrganisationIds(asked.organisationIds));
    case 'link':
      return access.linkSignIn(circumstances, accessId(asked.id), {
        identity: asked.identity,
        formerAccessId: asked.formerAccessId === null ? null : accessId(asked.formerAccessId),
      });
    case 'unlink':
      return access.unlinkSignIn(circumstances, accessId(asked.id), asked.identity);
    case 'revoke':
      return access.revoke(circumstances, accessId(asked.id));
  }
}

function accessId(id: string): string {
  return uuidOf(id, 'access');
}

function parseOrganisationIds(ids: readonly string[]): string[] {
  return ids.map((id) => uuidOf(id, 'organisation'));
}

/** Returns the token of the configured administrator. Only the owner of the files can run this. */
export const bootstrapKey = operation({
  name: 'bootstrap key',
  input: z.object({}),
  progress: z.never(),
  result: z.object({ token: z.string() }),
  open: { following: false },
  // biome-ignore lint/correctness/useYield: there is no progress to report.
  async *run({ administratorKey }) {
    const { token } = await administratorKey();
    return { token };
  },
});

const Listed = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(HOLDER_ROLES) satisfies z.ZodType<HolderRole>,
  post: z.string().nullable(),
  organisation: z.string().nullable(),
  organisationIds: z.array(z.string()).nullable(),
  status: z.enum(ACCESS_STATUSES),
  key: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});

/** Lists all access that was ever issued, from the access directory of this process. */
export const listAccess = operation({
  name: 'listAccess',
  input: z.object({}),
  progress: z.never(),
  result: z.array(Listed),
  open: {},
  async *run({ directory, services: { uses, clock } }) {
    const all = directory.holders();
    const used = await uses.lastUses(all.map(({ id }) => id));
    return all.map(({ id, name, holder: { role, post, organisation, organisationIds, status, credentials } }) => {
      const last = credentials.at(-1);
      const until = last?.until ?? null;
      return {
        id: globalId('access', id),
        name,
        role,
        post,
        organisation,
        organisationIds: organisationIds?.map((each) => globalId('organisation', each)) ?? null,
        status: accessStatus(status, until, clock()),
        key: last ? hintOf(last.credential) : '',
        expiresAt: until,
        lastUsedAt: used.get(id) ?? null,
      };
    });
  },
});
