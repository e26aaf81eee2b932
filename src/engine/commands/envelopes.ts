import { type AnyEvent, derivedId, type Enveloped, eventId } from '../eventstore/envelope.js';
import type { SealedText } from '../vault/sealedText.js';
import type { GivenCommand, ProductTypes, StreamDefinition } from './stream.js';

/** Where and how the events of a command are recorded. */
export interface Recording {
  readonly stream: string;
  readonly commandId: string;
  readonly fingerprint: string;
  /** RFC 3339 in UTC. */
  readonly recordedAt: string;
  /** Number of the first event within its command. A resumed command continues after its stored events. */
  readonly first: number;
}

/** Returns the events of a command in their envelopes. `name` is the sealed name of the principal. */
export function enveloped<Product extends ProductTypes, Event extends AnyEvent>(
  {
    principal,
    reason,
    basis,
    effectiveOn,
  }: Pick<GivenCommand<Product, unknown>, 'principal' | 'reason' | 'basis' | 'effectiveOn'>,
  { stream, commandId, fingerprint, recordedAt, first }: Recording,
  name: SealedText,
  events: readonly Event[],
  definition: Pick<
    StreamDefinition<Product, { readonly status: string }, Event, unknown>,
    'presentVersion' | 'onBehalfOf'
  >,
): Enveloped<Event>[] {
  const { id, role, post, organisation } = principal;
  const correlationId = derivedId(`command/${stream}/${commandId}`);
  return events.map((event, ordinal) => ({
    id: eventId(organisation ?? '', stream, commandId, first + ordinal),
    schemaVersion: definition.presentVersion(event.type),
    stream,
    recordedAt,
    effectiveOn,
    actor: { id, role, post, organisation, name },
    onBehalfOf: definition.onBehalfOf?.(event, principal) ?? null,
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
