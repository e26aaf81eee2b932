import type { LocalDate } from './dates.js';
import type { DocumentReference } from './documents.js';
import type { ControlSettings } from './settings.js';

/** What a person or program may be to the system. `system` is the server itself. */
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
export type Role = (typeof ROLES)[number];

/** Who acts. The name is not here: it is sealed beside the event, and no rule of the domain needs it. */
export interface Actor {
  readonly id: string;
  readonly role: Role;
  /** The post as on the stamp, such as «Директор МБУДО «ЦВР»»; null for a program. */
  readonly post: string | null;
  readonly organisation: string | null;
  /** Ids under which the same person acted before their ways to sign in were linked. */
  readonly formerIds?: readonly string[];
}

/** True when an actor id that was recorded is of the person who acts now. */
export function isSamePerson(actorId: string, { id, formerIds = [] }: Actor): boolean {
  return actorId === id || formerIds.includes(actorId);
}

/** What a decision rests on (основание): a document, or expressly none. */
export type Basis =
  | { readonly kind: 'document'; readonly document: DocumentReference }
  | { readonly kind: 'withoutDocument' };

/** The organisation that a command stands on, as it is now: the one that keeps the plan, or the parent that is named. */
export interface Ground {
  readonly id: string;
  readonly timeZone: string;
  readonly settings: ControlSettings;
  /** It is, or belongs to, the organisation that the command is given to. */
  readonly isOwn: boolean;
}

/** The circumstances of a command, beside the plan itself. */
export interface Given {
  readonly actor: Actor;
  /** RFC 3339 instant in UTC. The plan's own time zone says which local day that is. */
  readonly now: string;
  readonly reason: string | null;
  readonly basis: Basis | null;
  /** Local day from which the decision counts; null when not stated. */
  readonly effectiveOn: LocalDate | null;
  /** Null: none is named, or the one that is named is not there. */
  readonly organisation: Ground | null;
}
