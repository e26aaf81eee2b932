import { v5 as uuidv5 } from 'uuid';
import { type Hash, leafHash } from '../log/merkle.js';
import type { SealedText } from '../vault/sealedText.js';
import { canonicalJson } from './canonicalJson.js';
import type { NewEvent, StoredEvent } from './port.js';

/** Namespace of all derived ids. Stored ids depend on it, so it must not change. */
const NAMESPACE = '7b7b0f0e-3f57-5c9f-9d5e-5f3f1d1a8c11';

/** An event of a product: a fact in the past tense with its data. */
export interface AnyEvent {
  readonly type: string;
  readonly data: object;
}

/** A person or program that gives commands. */
export interface Author<Role extends string = string> {
  readonly id: string;
  readonly role: Role;
  /** The post, such as «Director»; null for a program. */
  readonly post: string | null;
  readonly organisation: string | null;
}

/** The author of an event as it is recorded: with a sealed name. */
export interface RecordedAuthor<Role extends string = string> extends Author<Role> {
  readonly name: SealedText;
}

/** Metadata that is recorded with each event. `Basis` is the product's type for the document behind a decision. */
export interface Envelope<Role extends string = string, Basis = unknown> {
  readonly id: string;
  /** Version of the shape of the event's data, from 1. After reading it is the present version of the type. */
  readonly schemaVersion: number;
  readonly stream: string;
  /** RFC 3339 in UTC, never earlier than in the event before it in the stream. */
  readonly recordedAt: string;
  /** Local day from which the decision counts; null if not stated. */
  readonly effectiveOn: string | null;
  readonly actor: RecordedAuthor<Role>;
  /** The post for which another person entered the decision; null if the actor decided. */
  readonly onBehalfOf: string | null;
  readonly reason: string | null;
  readonly basis: Basis | null;
  readonly commandId: string;
  /** Keyed digest of the command's payload. A command with the same id and another payload is refused. */
  readonly fingerprint: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  /** Name of the API key or program. It is sealed because it may contain the name of a person. */
  readonly client: SealedText;
}

/** An envelope with its event. */
export type Enveloped<Event, Role extends string = string, Basis = unknown> = Envelope<Role, Basis> & {
  readonly event: Event;
};

/** An event as read from the store. */
export type RecordedEvent<Event, Role extends string = string, Basis = unknown> = Enveloped<Event, Role, Basis> &
  Pick<StoredEvent, 'revision' | 'position'>;

/** A stored event that this program cannot read, or cannot fold. Repeating the call does not help. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
  /** True for an event of a newer version of the product; false for a damaged one. */
  readonly isNewer: boolean;
  constructor(message: string, { isNewer = false, ...options }: ErrorOptions & { readonly isNewer?: boolean } = {}) {
    super(message, options);
    this.isNewer = isNewer;
  }
}

/**
 * Returns the id of an event. The same command on the same stream gives the same ids, so that a repeat is recognised.
 */
export function eventId(organisation: string, stream: string, commandId: string, ordinal: number): string {
  return derivedId(`event/${organisation}/${stream}/${commandId}/${ordinal}`);
}

/** Returns a UUIDv5 for a text, in the namespace of the event store. */
export function derivedId(text: string): string {
  // Pass bytes, because the package would copy a string character by character.
  return uuidv5(Buffer.from(text), NAMESPACE);
}

/**
 * Returns an event in its stored form: canonical JSON of envelope and data, without a position. `previous` is the leaf
 * hash of the event before it in the stream, so that no event can be removed, inserted or moved without detection.
 */
export function toStore(enveloped: Enveloped<AnyEvent>, previous: Hash): NewEvent {
  const { id, schemaVersion, event } = enveloped;
  const body = canonicalJson({ ...enveloped, previous: previous.toString('base64') });
  return { id, type: event.type, schemaVersion, body };
}

/**
 * Returns consecutive events of a stream in their stored form; `previous` is the leaf hash of the event before the
 * first.
 */
export function chained(previous: Hash, events: readonly Enveloped<AnyEvent>[]): NewEvent[] {
  const stored: NewEvent[] = [];
  for (const enveloped of events) {
    const before = stored.at(-1);
    stored.push(toStore(enveloped, before ? leafHash(before.body) : previous));
  }
  return stored;
}

/**
 * Returns the event narrowed to the event types of one kind of stream.
 *
 * @throws UnreadableEvent if the event is of another type.
 */
export function narrowed<Event extends AnyEvent, Narrow extends Event, Role extends string, Basis>(
  recorded: RecordedEvent<Event, Role, Basis>,
  isOfKind: (event: Event) => event is Narrow,
): RecordedEvent<Narrow, Role, Basis> {
  if (isNarrow(recorded, isOfKind)) return recorded;
  const { stream, revision, event } = recorded;
  throw new UnreadableEvent(
    `event ${stream}@${revision} is ${event.type}, which has no place in this stream: the chronicle is damaged there`,
  );
}

function isNarrow<Event extends AnyEvent, Narrow extends Event, Role extends string, Basis>(
  recorded: RecordedEvent<Event, Role, Basis>,
  isOfKind: (event: Event) => event is Narrow,
): recorded is RecordedEvent<Narrow, Role, Basis> {
  return isOfKind(recorded.event);
}
