import type { LocalDate } from './dates.js';
import type { DocumentReference } from './documents.js';
import type { OwnPartyCells } from './organisation/ownPartyCells.js';
import type { OwnWordings } from './organisation/ownWordings.js';
import type { ControlSettings } from './settings.js';

/** Roles of people and programs. `system` is the server itself. */
export const ROLES = [
  'methodologist',
  'director',
  'department',
  'auditor',
  'integrator',
  'dashboard',
  'administrator',
  'system',
] as const;
/** A role of a person or program. */
export type Role = (typeof ROLES)[number];

/** The person or program that gives a command. Its name is sealed in the event and no rule of the domain needs it. */
export interface Actor {
  readonly id: string;
  readonly role: Role;
  /** The post as on a stamp, such as «Директор МБУДО «ЦВР»»; null for a program. */
  readonly post: string | null;
  readonly organisation: string | null;
  /** Ids under which the same person acted before their accesses were linked. */
  readonly formerIds?: readonly string[];
}

/** Returns whether a recorded actor id belongs to the actor. */
export function isSamePerson(actorId: string, { id, formerIds = [] }: Actor): boolean {
  return actorId === id || formerIds.includes(actorId);
}

/** The basis of a decision (основание): a document, or the explicit statement that there is none. */
export type Basis =
  | { readonly kind: 'document'; readonly document: DocumentReference }
  | { readonly kind: 'withoutDocument' };

/**
 * The organisation that a command refers to, in its present state: the one that keeps the plan, or the parent in the
 * command.
 */
export interface OrganisationContext {
  readonly id: string;
  readonly timeZone: string;
  readonly settings: ControlSettings;
  readonly wordings: OwnWordings;
  readonly partyCells: OwnPartyCells;
  /** True if this is the organisation to which the command is given, or it belongs to that organisation. */
  readonly isOwn: boolean;
}

/** The circumstances of a command: everything but the command itself and the state. */
export interface Given {
  readonly actor: Actor;
  /** RFC 3339 instant in UTC. The local day follows from the time zone of the plan. */
  readonly now: string;
  readonly reason: string | null;
  readonly basis: Basis | null;
  /** Local day from which the decision takes effect; null when not stated. */
  readonly effectiveOn: LocalDate | null;
  /** Null if the command names no organisation, or an organisation that does not exist. */
  readonly organisation: OrganisationContext | null;
}
