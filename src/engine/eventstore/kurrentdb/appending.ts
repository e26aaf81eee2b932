import { type EventData, type EventStoreDBClient, NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import {
  type Appended,
  AppendTooLarge,
  type EventKind,
  EventStoreUnavailable,
  type ExpectedRevision,
  InvalidAppend,
  type NativePosition,
  type NewEvent,
  type StoredEvent,
  WrongExpectedRevision,
} from '../port.js';
import { BytesInFlight } from './bytesInFlight.js';
import { type Call, unreachable } from './calls.js';
import { eventSize, type Namespace, proposed } from './codec.js';
import { typeOf } from './errors.js';
import type { HistoryWatch } from './historyWatch.js';
import type { OwnStreams } from './own.js';
import { toNative } from './positions.js';
import type { CheckedStreamReader } from './streamReading.js';

/** The server accepts 1,048,576 bytes per append, including metadata and names of all events. */
const SERVER_LIMIT = 1_048_576;

/** Maximum bytes of appends in flight. */
const IN_FLIGHT = 4_000_000;

/** Dependencies of {@link Appending}. */
export interface AppendingParts {
  readonly client: EventStoreDBClient;
  readonly namespace: Namespace;
  readonly own: OwnStreams;
  readonly streams: CheckedStreamReader;
  readonly watch: HistoryWatch;
  readonly call: Call;
  /** Returns the last known position of the head: the events of a new append come after it. */
  readonly known: () => NativePosition;
  readonly writtenBy: string;
}

/** An append of one event, or of several: the server may answer them differently. */
type CallForm = 'one' | 'several';

/** The server's answer to an append, if it can be used: the last event's revision and position. */
interface AppendAnswer {
  readonly lastRevision: number;
  readonly position: NativePosition;
}

/** Appends events with one call to the server. Reads them back if the answer may belong to an earlier attempt. */
export class Appending {
  readonly #room = new BytesInFlight(IN_FLIGHT);
  readonly #kinds = new Set<string>();
  readonly #inFlight = new Set<Promise<unknown>>();
  /**
   * True for a form of calls whose response contains the same position that the server later returns for the last
   * event.
   */
  readonly #namesPosition = new Map<CallForm, boolean>();

  constructor(private readonly parts: AppendingParts) {}

  /** See {@link EventStore.append}. */
  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    const sent = events.map(proposed);
    const bytes = sent.reduce((sum, event) => sum + eventSize(event), 0);
    if (bytes > SERVER_LIMIT) throw new AppendTooLarge(`an append of ${bytes} bytes with its metadata: split it`);
    const work = this.#room.with(bytes, () => this.#appended(stream, expected, events, sent));
    this.#inFlight.add(work);
    try {
      return await work;
    } finally {
      this.#inFlight.delete(work);
    }
  }

  /** Waits for the appends in flight. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#inFlight]);
  }

  async #appended(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
    sent: readonly EventData[],
  ): Promise<Appended> {
    const { watch, known } = this.parts;
    await this.#noteKinds(stream, expected, events);
    await watch.check(stream, expected === 'noStream');
    const firstRevision = expected === 'noStream' ? 0 : expected + 1;
    const lastRevision = firstRevision + events.length - 1;
    const before = known();
    const answer = await this.#sent(stream, expected, events, sent);
    const form = events.length === 1 ? 'one' : 'several';
    const isNew = answer?.lastRevision === lastRevision && answer.position > before;
    if (answer && isNew && this.#namesPosition.get(form)) {
      return { firstRevision, lastRevision, position: answer.position };
    }
    const there = await this.parts.streams.read(stream, { from: firstRevision, limit: events.length });
    const appended = confirmed(events, there, firstRevision);
    // Whether an answer has the stored position is checked once for each form: the protocol does not promise it.
    if (answer && isNew && !this.#namesPosition.has(form)) {
      this.#namesPosition.set(form, answer.position === appended.position);
    }
    return appended;
  }

  /**
   * Sends events. Returns undefined if the response may not be that of the first attempt, or the same events were
   * stored before. Then the events must be read back.
   */
  async #sent(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
    sent: readonly EventData[],
  ): Promise<AppendAnswer | undefined> {
    const { client, namespace, call, watch, streams } = this.parts;
    let attempts = 0;
    try {
      // Each attempt sends the same ids: events that were stored without an answer are not stored twice.
      const { nextExpectedRevision, position } = await call('store', () => {
        attempts += 1;
        return client.appendToStream(namespace.name(stream), [...sent], {
          expectedRevision: expected === 'noStream' ? NO_STREAM : BigInt(expected),
        });
      });
      return attempts === 1 && position
        ? { lastRevision: Number(nextExpectedRevision), position: toNative(position) }
        : undefined;
    } catch (error) {
      if (typeOf(error) === 'stream-deleted') throw await watch.meet(stream, 'it was deleted');
      const refused = refusal(error, stream, expected);
      if (!(refused instanceof WrongExpectedRevision)) throw refused;
      // An earlier version of this adapter stored its events under other ids, which the server does not recognise.
      const first = expected === 'noStream' ? 0 : expected + 1;
      const { actual } = refused;
      if (actual === 'noStream' || actual < first + sent.length - 1) throw refused;
      const there = await streams.read(stream, { from: first, limit: sent.length });
      if (there.some(({ id }, index) => id !== events[index]?.id)) throw refused;
      return undefined;
    }
  }

  /**
   * Records a new kind of event before its first event is stored, so that no reader finds a kind that it has not
   * checked.
   */
  async #noteKinds(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<void> {
    const fresh = events.filter((event) => !this.#kinds.has(kindKey(event)));
    if (fresh.length === 0) return;
    const { own, streams, call, writtenBy } = this.parts;
    const known = new Set((await call(KINDS, () => own.kinds())).map(kindKey));
    const missing = new Map(
      fresh.filter((event) => !known.has(kindKey(event))).map((event) => [kindKey(event), event]),
    );
    if (missing.size > 0) {
      const [last] = await streams.read(stream, { direction: 'backwards', limit: 1 });
      // The append will be refused: do not record its kinds.
      if ((last?.revision ?? 'noStream') !== expected) return;
      for (const event of missing.values()) await own.addKind(event, writtenBy);
    }
    for (const event of fresh) this.#kinds.add(kindKey(event));
  }
}

/** Description of a read of the kinds of events, for messages. */
export const KINDS = 'return its kinds of events';

function kindKey({ type, schemaVersion }: EventKind): string {
  return `${schemaVersion} ${type}`;
}

function refusal(error: unknown, stream: string, expected: ExpectedRevision): unknown {
  if (error instanceof WrongExpectedVersionError) {
    const { actualVersion } = error;
    const actual = typeof actualVersion === 'bigint' ? Number(actualVersion) : 'noStream';
    return new WrongExpectedRevision(stream, expected, actual);
  }
  return typeOf(error) === 'maximum-append-size-exceeded'
    ? new AppendTooLarge('the event store does not accept an append of this size: split it', { cause: error })
    : unreachable('store', error);
}

/** Returns the result of an append after comparing the stored events with those that were sent. */
function confirmed(events: readonly NewEvent[], there: readonly StoredEvent[], firstRevision: number): Appended {
  const last = there.at(-1);
  if (!last || there.length !== events.length) {
    throw new EventStoreUnavailable('the event store has lost stored events: check its disk, then try again');
  }
  const changed = events.find((event, index) => {
    const found = there[index];
    return (
      !found ||
      found.id !== event.id ||
      found.type !== event.type ||
      found.schemaVersion !== event.schemaVersion ||
      found.body !== event.body
    );
  });
  if (changed) {
    throw new InvalidAppend(`the event id ${changed.id} is already stored with another type or body: take a new id`);
  }
  return { firstRevision, lastRevision: last.revision, position: last.position };
}
