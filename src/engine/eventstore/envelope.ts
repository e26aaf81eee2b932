import { createRequire } from 'node:module';
import { v5 as uuidv5 } from 'uuid';
import type { Actor, Basis } from '../../domain/actor.js';
import type { ChronicleEvent } from '../../domain/chronicle.js';
import type { LocalDate } from '../../domain/dates.js';
import type { PersonalText } from '../../domain/personal.js';
import { readableValue } from '../../domain/texts.js';
import type { StoredData } from '../../domain/upcasting.js';
import { type Hash, leafHash } from '../log/merkle.js';
import type { EventKind, NewEvent, StoredEvent, StoredKind } from './port.js';
import { isReadable, presentVersion, upcast } from './upcasters.js';

// The package's types describe a default export that its CommonJS module does not have.
const canonicalize: (value: unknown) => string | undefined = createRequire(import.meta.url)('canonicalize');

/** Namespace of the UUIDv5 ids that Letopis derives. */
const NAMESPACE = '7b7b0f0e-3f57-5c9f-9d5e-5f3f1d1a8c11';

/** A person or program as it is recorded with an event: with a sealed name. */
export interface RecordedActor extends Actor {
  readonly name: PersonalText;
}

/** Metadata that is recorded with each event. */
export interface Envelope {
  readonly id: string;
  /** Version of the shape of the event's data, from 1. After reading it is the present version of the type. */
  readonly schemaVersion: number;
  readonly stream: string;
  /** RFC 3339 in UTC, never earlier than in the event before it in the stream. */
  readonly recordedAt: string;
  /** Local day from which the decision counts; null if not stated. */
  readonly effectiveOn: LocalDate | null;
  readonly actor: RecordedActor;
  /** The post for which somebody else entered the decision; null if the actor decided. */
  readonly onBehalfOf: string | null;
  readonly reason: string | null;
  readonly basis: Basis | null;
  readonly commandId: string;
  /** Keyed digest of the command's payload. A command with the same id and another payload is refused. */
  readonly fingerprint: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  /** Name of the API key or program. It is sealed because it may contain the name of a person. */
  readonly client: PersonalText;
}

/** An envelope with its event. */
export type Enveloped<Event = ChronicleEvent> = Envelope & { readonly event: Event };

/** An event as read from the store. */
export type Recorded<Event = ChronicleEvent> = Enveloped<Event> & Pick<StoredEvent, 'revision' | 'position'>;

/** An event that this version of Letopis cannot read. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

/**
 * Returns the id of an event. The same command on the same stream gives the same ids, so that a repeat is recognised.
 */
export function eventId(organisation: string, stream: string, commandId: string, ordinal: number): string {
  return derivedId(`event/${organisation}/${stream}/${commandId}/${ordinal}`);
}

/** Returns a UUIDv5 for a text, in the namespace of Letopis. */
export function derivedId(text: string): string {
  return uuidv5(text, NAMESPACE);
}

/**
 * Returns the canonical JSON of a value (RFC 8785).
 *
 * @throws TypeError if the value has no JSON form.
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('a value without a JSON form');
  return text;
}

/**
 * Returns an event in its stored form: canonical JSON of envelope and data, without a position. `previous` is the leaf
 * hash of the event before it in the stream, so that no event can be removed, inserted or moved without detection.
 */
export function toStore(enveloped: Enveloped, previous: Hash): NewEvent {
  const { id, schemaVersion, event } = enveloped;
  const body = canonicalJson({ ...enveloped, previous: previous.toString('base64') });
  return { id, type: event.type, schemaVersion, body };
}

/**
 * Returns consecutive events of a stream in their stored form; `previous` is the leaf hash of the event before the
 * first.
 */
export function chained(previous: Hash, events: readonly Enveloped[]): NewEvent[] {
  let last = previous;
  return events.map((enveloped) => {
    const stored = toStore(enveloped, last);
    last = leafHash(stored.body);
    return stored;
  });
}

/**
 * Checks that this version of Letopis can read all kinds of events, before any event is folded.
 *
 * @throws UnreadableEvent that names the version to install.
 */
export function checkReadable(kinds: readonly StoredKind[]): void {
  const unreadable = kinds.filter((kind) => !isReadable(kind));
  if (unreadable.length === 0) return;
  const names = unreadable.map(({ type, schemaVersion }) => `${type} of version ${schemaVersion}`).join(', ');
  const versions = unreadable.map(({ writtenBy }) => writtenBy).filter((version) => version !== '');
  const newest = versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  const wanted = newest === undefined ? 'the Letopis that wrote them' : `Letopis ${newest}`;
  throw new UnreadableEvent(
    `the chronicle holds events that this Letopis cannot read (${names}): install ${wanted} or a later one; nothing was changed`,
  );
}

/**
 * Returns the recorded event with its data in the present shape.
 *
 * @throws UnreadableEvent if the bytes are damaged or the kind of event is unknown.
 */
export function fromStore(stored: StoredEvent): Recorded {
  const { body, revision, position, type, stream } = stored;
  const where = `${stream}@${revision}`;
  let value: unknown;
  try {
    value = storedValue(body);
  } catch (error) {
    throw new UnreadableEvent(`event ${where} is not JSON: the chronicle is damaged there`, { cause: error });
  }
  if (!isEnveloped(value)) throw new UnreadableEvent(`event ${where} is no event: the chronicle is damaged there`);
  const { schemaVersion } = value;
  if (value.event.type !== type || schemaVersion !== stored.schemaVersion) {
    throw new UnreadableEvent(
      `event ${where} is stored as ${type} of version ${stored.schemaVersion}, which it is not: the chronicle is damaged there`,
    );
  }
  if (!isReadable(stored)) {
    throw new UnreadableEvent(
      `event ${where} is ${type} of version ${schemaVersion}, which this Letopis cannot read: install a newer one`,
    );
  }
  return { ...present(value, stored), revision, position };
}

/**
 * Matches a body that may contain unreadable characters: escape sequences, or control characters and non-characters.
 */
const MAYBE_UNREADABLE = /\\u00[01]|\\u[dD][89a-fA-F]|\\[bf]|[\u007F-\u009F]|\p{Noncharacter_Code_Point}/u;

/**
 * Parses a stored event. Earlier versions stored characters that no export format can represent: they are replaced
 * here.
 */
function storedValue(body: string): unknown {
  const value: unknown = JSON.parse(body);
  return MAYBE_UNREADABLE.test(body) ? readableValue(value) : value;
}

/**
 * Returns the event narrowed to the event types of one kind of stream.
 *
 * @throws UnreadableEvent if the event is of another type.
 */
export function narrowed<Event extends ChronicleEvent>(
  recorded: Recorded,
  isOfKind: (event: ChronicleEvent) => event is Event,
): Recorded<Event> {
  const { event, ...rest } = recorded;
  if (isOfKind(event)) return { ...rest, event };
  throw new UnreadableEvent(
    `event ${recorded.stream}@${recorded.revision} is ${event.type}, which has no place in this stream: the chronicle is damaged there`,
  );
}

/**
 * Returns the event in its present shape. The shape is not validated: the chronicle was written by this code, see
 * docs/decisions/004.
 */
function present(value: Enveloped, stored: EventKind): Enveloped {
  const version = presentVersion(stored.type);
  if (stored.schemaVersion === version) return value;
  const data: StoredData = { ...value.event.data };
  const raised: unknown = {
    ...value,
    schemaVersion: version,
    event: { type: stored.type, data: upcast(stored, data, value.recordedAt) },
  };
  if (!isEnveloped(raised)) throw new UnreadableEvent(`${stored.type} has no data after its upcasters`);
  return raised;
}

function isEnveloped(value: unknown): value is Enveloped {
  return (
    isObject(value) &&
    typeof value.schemaVersion === 'number' &&
    typeof value.recordedAt === 'string' &&
    isObject(value.actor) &&
    isObject(value.event) &&
    typeof value.event.type === 'string' &&
    isObject(value.event.data)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
