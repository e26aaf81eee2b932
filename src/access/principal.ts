import type { Actor } from '../domain/actor.js';

/**
 * What a caller sees: plans of some organisations and of all that belong to them; or those in force alone, as everybody may;
 * null: everything, also what belongs to no organisation.
 */
export type Scope = ReadonlySet<string> | 'published' | null;

/** Who a request comes from: an actor of the domain, with the name that is sealed beside each event, and what they see. */
export interface Principal extends Actor {
  readonly name: string;
  readonly scope: Scope;
}

/** Somebody who is let in, for as long as they are: a request asks once, an open subscription again and again. */
export interface Caller {
  /** As it is now: what is granted or renamed meanwhile holds at once. */
  readonly principal: Principal;
  /** Aborts when the access ends: it was revoked, or has expired. */
  readonly ended: AbortSignal;
}

/** True when something of an organisation, or of none, may be seen and worked on within a scope. */
export function isWithin(scope: Scope, organisationId: string | null): boolean {
  if (scope === null || scope === 'published') return scope === null;
  return organisationId !== null && scope.has(organisationId);
}

/** The access records cannot be read or written just now. */
export class AccessUnavailable extends Error {
  override readonly name = 'AccessUnavailable';
}
