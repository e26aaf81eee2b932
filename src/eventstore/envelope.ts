import { createRequire } from 'node:module';
import { v5 as uuidv5 } from 'uuid';
import { type Hash, leafHash } from '../audit/log/merkle.js';
import type { Actor, Basis } from '../domain/actor.js';
import type { ChronicleEvent } from '../domain/chronicle.js';
import type { LocalDate } from '../domain/dates.js';
import type { PersonalText } from '../domain/personal.js';
import { readableValue } from '../domain/texts.js';
import type { StoredData } from '../domain/upcasting.js';
import type { EventKind, NewEvent, StoredEvent, StoredKind } from './port.js';
import { isReadable, presentVersion, upcast } from './upcasters.js';

// The package's types describe a default export that its CommonJS module does not have.
const canonicalize: (value: unknown) => string | undefined = createRequire(import.meta.url)('canonicalize');

/** The namespace of the ids that Letopis derives by UUIDv5. */
const NAMESPACE = '7b7b0f0e-3f57-5c9f-9d5e-5f3f1d1a8c11';

/** A person or program as recorded with an event: its name is sealed. */
export interface RecordedActor extends Actor {
  readonly name: PersonalText;
}

/** What is recorded with each event beside its data. */
export interface Envelope {
  readonly id: string;
  /** Version of the shape of the event's data, from 1; the present one of its type after reading. */
  readonly schemaVersion: number;
  readonly stream: string;
  /** RFC 3339 in UTC, never smaller than the one before in its stream. */
  readonly recordedAt: string;
  /** Local day from which the decision counts; null when not stated. */
  readonly effectiveOn: LocalDate | null;
  readonly actor: RecordedActor;
  /** The post that somebody else entered the decision for; null when they decided themselves. */
  readonly onBehalfOf: string | null;
  readonly reason: string | null;
  readonly basis: Basis | null;
  readonly commandId: string;
  /** Keyed digest of the command's payload: the same id with another payload is refused. */
  readonly fingerprint: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  /** Name of the API key or program, sealed: it may name a person. */
  readonly client: PersonalText;
}

/** An envelope with the event it carries. */
export type Enveloped<Event = ChronicleEvent> = Envelope & { readonly event: Event };

/** An event as read from the store. */
export type Recorded<Event = ChronicleEvent> = Enveloped<Event> & Pick<StoredEvent, 'revision' | 'position'>;

/** An event whose stored bytes this version of Letopis cannot read. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

/** Id of an event: the same command on the same stream gives the same ids, so that a repeat is recognised. */
export function eventId(organisation: string, stream: string, commandId: string, ordinal: number): string {
  return derivedId(`event/${organisation}/${stream}/${commandId}/${ordinal}`);
}

/** A UUIDv5 of ours for this text. */
export function derivedId(text: string): string {
  return uuidv5(text, NAMESPACE);
}

/** RFC 8785 canonical JSON. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('a value without a JSON form');
  return text;
}

/**
 * The event as it is stored: canonical JSON of envelope and data, without a physical position. `previous` is the leaf of
 * the event before it in its stream, so that none can be taken out, put in or moved unseen.
 */
export function toStore(enveloped: Enveloped, previous: Hash): NewEvent {
  const { id, schemaVersion, event } = enveloped;
  const body = canonicalJson({ ...enveloped, previous: previous.toString('base64') });
  return { id, type: event.type, schemaVersion, body };
}

/** Events that follow each other in a stream, after the one with the leaf `previous`, as they are stored. */
export function chained(previous: Hash, events: readonly Enveloped[]): NewEvent[] {
  let last = previous;
  return events.map((enveloped) => {
    const stored = toStore(enveloped, last);
    last = leafHash(stored.body);
    return stored;
  });
}

/**
 * Refuses a chronicle that holds events which this code cannot read, before anything is folded from it.
 *
 * @throws UnreadableEvent that says what to install.
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
 * The event as it was recorded, its data in the present shape.
 *
 * @throws UnreadableEvent when the bytes are damaged or of a kind that this code does not know.
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

/** What the canonical JSON of an event may hold of unreadable characters: escapes, or control characters above ASCII. */
const MAYBE_UNREADABLE = /\\u00[01]|\\u[dD][89a-fA-F]|\\[bf]|[\u007F-\u009F]|\p{Noncharacter_Code_Point}/u;

/** Parses a stored event. Earlier versions stored texts that no format can hold: those are healed here, for all readers. */
function storedValue(body: string): unknown {
  const value: unknown = JSON.parse(body);
  return MAYBE_UNREADABLE.test(body) ? readableValue(value) : value;
}

/**
 * The same event, known to be of one kind of stream.
 *
 * @throws UnreadableEvent when it is of another.
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

/** The shape is trusted from here on: what the chronicle holds was written by this code, see docs/decisions/004. */
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
