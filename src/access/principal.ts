import type { Actor } from '../domain/actor.js';

/**
 * The access scope of a caller. A set: the plans of these organisations; descendants are in the set. `published`: only
 * plans in force, which are public. Null: everything, including what belongs to no organisation.
 */
export type Scope = ReadonlySet<string> | 'published' | null;

/** The sender of a request: an actor of the domain with an access scope and a name, which is sealed into each event. */
export interface Principal extends Actor {
  readonly name: string;
  readonly scope: Scope;
}

/** An authenticated caller. A request reads the principal once; an open subscription reads it again and again. */
export interface Caller {
  /** The present principal. Grants and renames take effect at once. */
  readonly principal: Principal;
  /** Aborts when the access is revoked or expires. */
  readonly ended: AbortSignal;
}

/**
 * Returns true when the scope includes an organisation. Null stands for no organisation, which only an unrestricted
 * scope includes.
 */
export function isWithin(scope: Scope, organisationId: string | null): boolean {
  if (scope === null || scope === 'published') return scope === null;
  return organisationId !== null && scope.has(organisationId);
}

/** Thrown when the access records, or the keys of the identity provider, cannot be read or written now. */
export class AccessUnavailable extends Error {
  override readonly name = 'AccessUnavailable';
}
