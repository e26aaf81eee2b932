import type { Given } from '../actor.js';
import { type Check, circumstances, fewEnough, firstOf, optionalLine, reasonGiven } from '../plan/checks.js';
import { accept, type Decision, refuse } from '../refusal.js';
import type { AccessCommand, AccessCommandOf } from './commands.js';
import type { AccessEvent } from './events.js';
import { type ExistingHolder, type Holder, MAX_GRANTED } from './holder.js';
import { overlapEnd, overlapFits } from './overlap.js';
import { linkSignIn, unlinkSignIn } from './signIns.js';
import { decideWebhook } from './webhooks.js';

type AccessDecision = Decision<AccessEvent>;

/** Decides on a command on access: events to append, or a refusal. Pure and total. */
export function decideAccess(holder: Holder, command: AccessCommand, given: Given): AccessDecision {
  const refused = circumstances(given);
  if (refused) return refused;
  if (command.type === 'issueAccess')
    return holder.status === 'ABSENT' ? issue(command, given) : refuse('ACCESS_EXISTS');
  if (holder.status === 'ABSENT') return refuse('ACCESS_NOT_FOUND', 'accessId');
  if (holder.status === 'REVOKED') return refuse('ACCESS_REVOKED', 'accessId');
  switch (command.type) {
    case 'rotateAccess':
      return rotateCredential(holder, command, given);
    case 'linkSignIn':
      return linkSignIn(holder, command, given);
    case 'unlinkSignIn':
      return unlinkSignIn(holder, command, given);
    case 'renameAccess':
      return accept({ type: 'AccessRenamed', data: { name: command.name } });
    case 'grantAccess':
      return grant(holder, command, given);
    case 'withdrawAccess':
      return withdraw(holder, command, given);
    case 'revokeAccess':
      return reasonGiven(given) ?? accept({ type: 'AccessRevoked', data: {} });
    case 'addWebhook':
    case 'rotateWebhook':
    case 'removeWebhook':
      return decideWebhook(holder, command, given);
  }
}

function issue({ type: _, unknown, ...data }: AccessCommandOf<'issueAccess'>, given: Given): AccessDecision {
  const { post, organisation, organisationIds, expiresAt } = data;
  return (
    firstOf(
      optionalLine('post', post),
      optionalLine('organisation', organisation),
      toCome(expiresAt, given),
      organisationIds === null ? undefined : knownOrganisations(organisationIds, unknown),
    ) ??
    accept({
      type: 'AccessIssued',
      data: { ...data, organisationIds: organisationIds && [...new Set(organisationIds)] },
    })
  );
}

function rotateCredential(
  { credentials }: ExistingHolder,
  { credential, overlapHours, ...stated }: AccessCommandOf<'rotateAccess'>,
  given: Given,
): AccessDecision {
  const expiresAt = stated.expiresAt === undefined ? (credentials.at(-1)?.until ?? null) : stated.expiresAt;
  const isKey = credentials.at(-1)?.credential.kind === 'key';
  return (
    firstOf(
      isKey ? undefined : refuse('ACCESS_HAS_NO_KEY', 'accessId'),
      overlapFits(overlapHours),
      toCome(expiresAt, given),
    ) ??
    accept({
      type: 'AccessRotated',
      data: { credential, expiresAt, previousUntil: overlapEnd(overlapHours, given) },
    })
  );
}

function grant(
  { organisationIds: granted }: ExistingHolder,
  { organisationIds, unknown }: AccessCommandOf<'grantAccess'>,
  given: Given,
): AccessDecision {
  const added = [...new Set(organisationIds)].filter((id) => !granted?.includes(id));
  return (
    firstOf(
      knownOrganisations(organisationIds, unknown),
      granted === null || added.length === 0 ? refuse('NOTHING_CHANGES') : undefined,
      fewEnough('organisationIds', [...(granted ?? []), ...added], MAX_GRANTED),
      reasonGiven(given),
    ) ?? accept({ type: 'AccessGranted', data: { organisationIds: added } })
  );
}

function withdraw(
  { organisationIds: granted }: ExistingHolder,
  { organisationIds }: AccessCommandOf<'withdrawAccess'>,
  given: Given,
): AccessDecision {
  const taken = [...new Set(organisationIds)].filter((id) => granted?.includes(id));
  return (
    firstOf(
      granted === null ? refuse('ACCESS_TO_ALL', 'accessId') : undefined,
      taken.length === 0 ? refuse('NOTHING_CHANGES') : undefined,
      reasonGiven(given),
    ) ?? accept({ type: 'AccessWithdrawn', data: { organisationIds: taken } })
  );
}

function knownOrganisations(organisationIds: readonly string[], unknown: readonly string[]): Check {
  return firstOf(
    organisationIds.length === 0 ? refuse('REQUIRED', 'organisationIds') : undefined,
    fewEnough('organisationIds', organisationIds, MAX_GRANTED),
    unknown.length > 0 ? refuse('ORGANISATION_NOT_FOUND', 'organisationIds') : undefined,
  );
}

function toCome(expiresAt: string | null, { now }: Given): Check {
  return expiresAt !== null && expiresAt <= now ? refuse('EXPIRY_PAST', 'expiresAt') : undefined;
}
