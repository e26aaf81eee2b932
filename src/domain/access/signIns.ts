import type { Given } from '../actor.js';
import { type Check, firstOf, reasonGiven } from '../plan/checks.js';
import { accept, type Decision, refuse } from '../refusal.js';
import type { AccessCommandOf } from './commands.js';
import type { AccessEvent } from './events.js';
import { type ExistingHolder, type FormerStatus, type Identity, MAX_LINKED } from './holder.js';

/** Decides on linking a login, or access under which the same person acted before. */
export function linkSignIn(
  { credentials, formerIds }: ExistingHolder,
  { identity, former, isTaken }: AccessCommandOf<'linkSignIn'>,
  given: Given,
): Decision<AccessEvent> {
  const isNew = identity !== null && !credentials.some(({ credential }) => credential.lookup === identity.lookup);
  const isNewFormer = former !== null && !formerIds.includes(former.id);
  const logins = credentials.filter(({ credential }) => isLogin(credential));
  return (
    firstOf(
      isTaken ? refuse('SIGN_IN_TAKEN', 'identity') : undefined,
      isNewFormer ? mayBecomeFormer(former.status) : undefined,
      isNew || isNewFormer ? undefined : refuse('NOTHING_CHANGES'),
      isNew && logins.length >= MAX_LINKED ? refuse('TOO_MANY', 'identity', { max: MAX_LINKED }) : undefined,
      isNewFormer && formerIds.length >= MAX_LINKED
        ? refuse('TOO_MANY', 'formerAccessId', { max: MAX_LINKED })
        : undefined,
      reasonGiven(given),
    ) ??
    accept({
      type: 'SignInLinked',
      data: { credential: isNew ? identity : null, formerAccessId: isNewFormer ? former.id : null },
    })
  );
}

/** Decides on unlinking a login. The last credential cannot be unlinked: revoke the access instead. */
export function unlinkSignIn(
  { credentials }: ExistingHolder,
  { lookup }: AccessCommandOf<'unlinkSignIn'>,
  given: Given,
): Decision<AccessEvent> {
  const login = credentials.map(({ credential }) => credential).find((each) => isLogin(each) && each.lookup === lookup);
  if (!login || !isLogin(login)) return refuse('SIGN_IN_NOT_FOUND', 'identity');
  return (
    firstOf(credentials.length === 1 ? refuse('SIGN_IN_IS_LAST', 'identity') : undefined, reasonGiven(given)) ??
    accept({ type: 'SignInUnlinked', data: { credential: login } })
  );
}

function mayBecomeFormer(status: FormerStatus): Check {
  switch (status) {
    case 'REVOKED':
      return undefined;
    case 'ABSENT':
      return refuse('ACCESS_NOT_FOUND', 'formerAccessId');
    case 'IN_FORCE':
      return refuse('ACCESS_IN_FORCE', 'formerAccessId');
    case 'LINKED_ELSEWHERE':
      return refuse('SIGN_IN_TAKEN', 'formerAccessId');
  }
}

function isLogin(credential: { readonly kind: string }): credential is Identity {
  return credential.kind === 'identity';
}
