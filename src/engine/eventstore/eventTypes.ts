import { isObject } from '../log/json.js';
import { readableValue } from '../readable.js';
import { type AnyEvent, type Enveloped, type RecordedEvent, UnreadableEvent } from './envelope.js';
import type { EventKind, StoredEvent, StoredKind } from './port.js';

/** The stored data of an event, whose shape depends on the schema version. */
export type StoredData = Readonly<Record<string, unknown>>;

/** Converts stored data of one schema version to the next. Pure. `recordedAt` is taken from the event's envelope. */
export type Upcaster = (data: StoredData, recordedAt: string) => StoredData;

/** The event types of a product: the known versions, and how a stored event is read. */
export interface EventTypes<Event extends AnyEvent, Role extends string, Basis> {
  /** Returns the present version of an event type's data, from 1; 0 for an unknown type. */
  readonly presentVersion: (type: string) => number;
  /** Returns true if this program can upcast the stored version to the present one. */
  readonly isReadable: (kind: EventKind) => boolean;
  /**
   * Checks that this program can read all kinds of events, before any event is folded.
   *
   * @throws UnreadableEvent that names the version to install.
   */
  readonly checkReadable: (kinds: readonly StoredKind[]) => void;
  /**
   * Returns the recorded event with its data in the present shape.
   *
   * @throws UnreadableEvent if the bytes are damaged or the kind of event is unknown.
   */
  readonly fromStore: (stored: StoredEvent) => RecordedEvent<Event, Role, Basis>;
}

/**
 * Returns the event types of a product, with the steps from version 1 of the data of each to the present version. To
 * change a shape, add a step; never edit an old step.
 *
 * @param product the name of the program, for messages.
 * @example
 * const { fromStore } = eventTypes<CounterEvent>({ Counted: [], Reset: [] }, 'counter');
 */
export function eventTypes<Event extends AnyEvent, Role extends string = string, Basis = unknown>(
  upcasters: Readonly<Record<Event['type'], readonly Upcaster[]>>,
  product: string,
): EventTypes<Event, Role, Basis> {
  const steps = new Map<string, readonly Upcaster[]>(Object.entries(upcasters));
  const presentVersion = (type: string): number => {
    const known = steps.get(type);
    return known === undefined ? 0 : known.length + 1;
  };
  const isReadable = ({ type, schemaVersion }: EventKind): boolean =>
    Number.isInteger(schemaVersion) && schemaVersion >= 1 && schemaVersion <= presentVersion(type);
  const isEnveloped = (value: unknown): value is Enveloped<Event, Role, Basis> =>
    isObject(value) &&
    typeof value.schemaVersion === 'number' &&
    typeof value.recordedAt === 'string' &&
    isObject(value.actor) &&
    isObject(value.event) &&
    typeof value.event.type === 'string' &&
    isObject(value.event.data);
  /** The shape is not validated: the chronicle was written by this code, see docs/decisions/004. */
  const present = (value: Enveloped<Event, Role, Basis>, stored: EventKind): Enveloped<Event, Role, Basis> => {
    const version = presentVersion(stored.type);
    if (stored.schemaVersion === version) return value;
    const data: StoredData = { ...value.event.data };
    const raised: unknown = {
      ...value,
      schemaVersion: version,
      event: { type: stored.type, data: upcast(steps.get(stored.type) ?? [], stored, data, value.recordedAt) },
    };
    if (!isEnveloped(raised)) throw new UnreadableEvent(`${stored.type} has no data after its upcasters`);
    return raised;
  };
  return {
    presentVersion,
    isReadable,
    checkReadable: (kinds) => {
      const unreadable = kinds.filter((kind) => !isReadable(kind));
      if (unreadable.length > 0) throw new UnreadableEvent(unreadableText(unreadable, product));
    },
    fromStore: (stored) => {
      const { revision, position, type, stream } = stored;
      const where = `${stream}@${revision}`;
      const value = storedValue(stored, where);
      if (!isEnveloped(value)) throw new UnreadableEvent(`event ${where} is no event: the chronicle is damaged there`);
      const { schemaVersion } = value;
      if (value.event.type !== type || schemaVersion !== stored.schemaVersion) {
        throw new UnreadableEvent(
          `event ${where} is stored as ${type} of version ${stored.schemaVersion}, which it is not: the chronicle is damaged there`,
        );
      }
      if (!isReadable(stored)) {
        throw new UnreadableEvent(
          `event ${where} is ${type} of version ${schemaVersion}, which this ${product} cannot read: install a newer one`,
          { isNewer: true },
        );
      }
      return Object.assign(present(value, stored), { revision, position });
    },
  };
}

/** Returns the data of a stored version in the present shape. */
export function upcast(
  steps: readonly Upcaster[],
  { schemaVersion }: Pick<EventKind, 'schemaVersion'>,
  data: StoredData,
  recordedAt: string,
): StoredData {
  return steps.slice(schemaVersion - 1).reduce((older, step) => step(older, recordedAt), data);
}

function unreadableText(unreadable: readonly StoredKind[], product: string): string {
  const names = unreadable.map(({ type, schemaVersion }) => `${type} of version ${schemaVersion}`).join(', ');
  const versions = unreadable.map(({ writtenBy }) => writtenBy).filter((version) => version !== '');
  const newest = versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  const wanted = newest === undefined ? `the ${product} that wrote them` : `${product} ${newest}`;
  return `the chronicle holds events that this ${product} cannot read (${names}): install ${wanted} or a later one; nothing was changed`;
}

/**
 * Matches a body that may contain unreadable characters: escape sequences, or control characters and non-characters.
 * Non-characters above U+FFFF end with the last two low surrogates. Other characters that end so match too, which only
 * takes longer.
 */
const MAYBE_UNREADABLE = /\\(?:u00[01]|u[dD][89a-fA-F]|[bf])|[\u007F-\u009F\uFDD0-\uFDEF\uFFFE\uFFFF\uDFFE\uDFFF]/;

/**
 * Parses a stored event. Earlier versions stored characters that no export format can represent: they are replaced
 * here.
 */
function storedValue({ body }: StoredEvent, where: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return MAYBE_UNREADABLE.test(body) ? readableValue(value) : value;
  } catch (error) {
    throw new UnreadableEvent(`event ${where} is not JSON: the chronicle is damaged there`, { cause: error });
  }
}
