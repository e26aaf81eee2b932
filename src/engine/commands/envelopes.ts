import type { Principal } from '../../access/principal.js';
import type { Basis } from '../../domain/actor.js';
import type { ChronicleEvent } from '../../domain/chronicle.js';
import type { LocalDate } from '../../domain/dates.js';
import { normalName } from '../../domain/parties.js';
import type { PersonalText } from '../../domain/personal.js';
import { derivedId, type Enveloped, eventId } from '../eventstore/envelope.js';
import { presentVersion } from '../eventstore/upcasters.js';

/** Circumstances of a command: the principal, reason, basis, and the day from which it counts. */
export interface Circumstances {
  readonly principal: Principal;
  readonly reason: string | null;
  readonly basis: Basis | null;
  readonly effectiveOn: LocalDate | null;
}

/** Where and how the events of a command are recorded. */
export interface Recording {
  readonly stream: string;
  readonly commandId: string;
  readonly fingerprint: string;
  /** RFC 3339 in UTC. */
  readonly recordedAt: string;
  /** Ordinal of the first event within its command: an import resumes after the events that it has stored. */
  readonly first: number;
}

/** Returns the events of a command in their envelopes. `name` is the sealed name of the principal. */
export function enveloped(
  { principal, reason, basis, effectiveOn }: Circumstances,
  { stream, commandId, fingerprint, recordedAt, first }: Recording,
  name: PersonalText,
  events: readonly ChronicleEvent[],
): Enveloped[] {
  const { id, role, post, organisation } = principal;
  const correlationId = derivedId(`command/${stream}/${commandId}`);
  return events.map((event, ordinal) => ({
    id: eventId(organisation ?? '', stream, commandId, first + ordinal),
    schemaVersion: presentVersion(event.type),
    stream,
    recordedAt,
    effectiveOn,
    actor: { id, role, post, organisation, name },
    onBehalfOf: event.type === 'PlanAgreed' && !isPostOf(post, event.data.stamp.post) ? event.data.stamp.post : null,
    reason: reason?.trim() || null,
    basis,
    commandId,
    fingerprint,
    correlationId,
    causationId: null,
    client: name,
    event,
  }));
}

function isPostOf(post: string | null, stamped: string): boolean {
  return post !== null && normalName(post) === normalName(stamped);
}
