import { EventStoreDBClient, NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import { checkAppend } from '../checks.js';
import type { Damage } from '../damage.js';
import { Commits, subscription } from '../following.js';
import {
  type Appended,
  AppendTooLarge,
  type EventBatch,
  type EventStore,
  type EventStoreLimits,
  EventStoreUnavailable,
  type ExpectedRevision,
  InvalidAppend,
  type NativePosition,
  type NewEvent,
  START,
  type StoredEvent,
  type StoredKind,
  WrongExpectedRevision,
} from '../port.js';
import { BytesInFlight } from './bytesInFlight.js';
import { called, DEADLINES, type Deadlines, type Try, typeOf, unreachable } from './calls.js';
import { eventSize, type Namespace, namespaceOf, proposed, serverId, stored } from './codec.js';
import { type Begun, type Mark, OwnStreams } from './own.js';
import { isNative } from './positions.js';
import { type ChronicleHead, KurrentReader } from './reading.js';
import { Tail } from './tail.js';

/**
 * The server accepts 1,048,576 bytes per append, including metadata and names of all events. The limit for bodies
 * leaves room for the largest number of events with the longest names.
 */
const KURRENTDB_LIMITS: EventStoreLimits = { maxAppendBytes: 900_000, maxAppendEvents: 500 };
const SERVER_LIMIT = 1_048_576;

const DEFAULT_EVENTS = 1_000;
/** Number of events of a stream in one call: each call has its own deadline. */
const STREAM_PAGE = 500;

/** Maximum bytes of appends in flight. */
const IN_FLIGHT = 4_000_000;

/** Options of the store. */
export interface KurrentDbOptions {
  /** Prefix of the names of this chronicle's streams, on a server that may hold others; letters, digits and `-`. */
  readonly namespace?: string;
  /** Software version, recorded with each kind of event that it is the first to store. */
  readonly writtenBy?: string;
  /** The id of the chronicle that is copied to this server. Another chronicle under the namespace is refused. */
  readonly chronicleId?: string;
  readonly deadlines?: Deadlines;
}

/**
 * Opens a chronicle on a KurrentDB or EventStoreDB server, or begins it there.
 *
 * @param url a connection string, `esdb://host:port?tls=false`.
 * @throws EventStoreUnavailable if the server cannot be reached in time or holds another chronicle.
 */
export async function openKurrentDbEventStore(url: string, options: KurrentDbOptions = {}): Promise<EventStore> {
  const client = clientOf(url);
  const namespace = namespaceOf(options.namespace ?? 'letopis');
  const reading = new KurrentReader(client, namespace);
  const own = new OwnStreams(client, reading, namespace);
  try {
    const begun = await own.chronicle(options.chronicleId);
    if (options.chronicleId !== undefined && begun.id !== options.chronicleId) {
      throw new EventStoreUnavailable(
        `the server holds another chronicle (${begun.id}) under this namespace: give another one with LETOPIS_NAMESPACE`,
      );
    }
    return new KurrentDbEventStore({ client, namespace, reading, own, begun, options });
  } catch (error) {
    await client.dispose();
    throw unreachable('open', error);
  }
}

interface Parts {
  readonly client: EventStoreDBClient;
  readonly namespace: Namespace;
  readonly reading: KurrentReader;
  readonly own: OwnStreams;
  readonly begun: Begun;
  readonly options: KurrentDbOptions;
}

class KurrentDbEventStore implements EventStore {
  readonly engine = 'kurrentdb';
  readonly limits = KURRENTDB_LIMITS;
  readonly chronicleId: string;
  readonly #parts: Parts;
  readonly #deadlines: Deadlines;
  readonly #commits = new Commits();
  readonly #room = new BytesInFlight(IN_FLIGHT);
  readonly #kinds = new Set<string>();
  readonly #marks = new Map<string, Promise<readonly Mark[]>>();
  readonly #inFlight = new Set<Promise<unknown>>();
  readonly #tail: Tail;
  /** The known head of the chronicle, and the end of $all when the head was read. */
  #known: { readonly head: ChronicleHead | undefined; readonly examined: NativePosition };
  #closing: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.chronicleId = parts.begun.id;
    this.#known = { head: undefined, examined: parts.begun.at };
    this.#deadlines = parts.options.deadlines ?? DEADLINES;
    this.#tail = new Tail({
      client: parts.client,
      namespace: parts.namespace,
      head: () => this.head(),
      onEvent: (head) => {
        this.#learn(head, head.position);
        this.#commits.announce();
      },
      onDoubt: () => this.#commits.announce(),
    });
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    this.#checkOpen();
    checkAppend(stream, expected, events, this.limits);
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

  async readStream(
    stream: string,
    { from, direction = 'forwards', limit }: Parameters<EventStore['readStream']>[1] = {},
  ): Promise<readonly StoredEvent[]> {
    this.#checkOpen();
    if (limit !== undefined) checkLimit(limit);
    return this.#stream(stream, { from, backwards: direction === 'backwards', limit });
  }

  async #stream(
    stream: string,
    {
      from,
      backwards = false,
      limit,
    }: {
      readonly from?: number | undefined;
      readonly backwards?: boolean;
      readonly limit?: number | undefined;
    },
  ): Promise<readonly StoredEvent[]> {
    const { reading, namespace } = this.#parts;
    const found: StoredEvent[] = [];
    for (let next = from; ; ) {
      const size = Math.min(STREAM_PAGE, (limit ?? Number.POSITIVE_INFINITY) - found.length);
      const start = next;
      const page = await this.#called('read a stream', (one) =>
        reading.stream(
          namespace.name(stream),
          { backwards, limit: size, ...(start === undefined ? {} : { from: start }) },
          one,
        ),
      );
      found.push(...page.map((event) => stored(namespace, event)));
      const last = found.at(-1);
      if (page.length < size || found.length === limit || !last || (backwards && last.revision === 0)) return found;
      next = last.revision + (backwards ? -1 : 1);
    }
  }

  async readAll({
    after,
    filter = {},
    limit = DEFAULT_EVENTS,
  }: Parameters<EventStore['readAll']>[0]): Promise<EventBatch> {
    this.#checkOpen();
    checkLimit(limit);
    const head = await this.#head();
    const nothing = filter.types?.length === 0;
    if (!head || after >= head.position || nothing) {
      return { events: [], position: head?.position ?? START, caughtUp: true };
    }
    const { events, position } = await this.#called('read the chronicle', (one) =>
      this.#parts.reading.after({ after, head, filter, limit }, one),
    );
    return { events, position, caughtUp: position === head.position };
  }

  subscribeToAll(options: Parameters<EventStore['subscribeToAll']>[0]): AsyncIterable<EventBatch> {
    return subscription(
      { commits: this.#commits, head: () => this.head(), readAll: (page) => this.readAll(page) },
      options,
    );
  }

  async eventAt(position: NativePosition): Promise<StoredEvent | undefined> {
    this.#checkOpen();
    if (!isNative(position)) return undefined;
    const { reading, namespace } = this.#parts;
    const event = await this.#called('read an event', async (one) => {
      try {
        return await reading.at(position, one);
      } catch (error) {
        // The server answers like this for a position between two events, which it never returned.
        if (typeOf(error) === 'unknown' || typeOf(error) === 'invalid-argument') return undefined;
        throw error;
      }
    });
    return event?.streamId.startsWith(namespace.prefix) ? stored(namespace, event) : undefined;
  }

  async eventOf(id: string, before: { readonly engine: string; readonly position: NativePosition }) {
    this.#checkOpen();
    const marks = await this.#marksFrom(before.engine);
    if (marks.length === 0) return undefined;
    const nearest = marks.filter(({ from }) => from <= before.position).at(-1);
    const here = nearest?.from === before.position ? await this.eventAt(nearest.to) : undefined;
    if (here) return here.id === id ? here : undefined;
    const { events } = await this.readAll({ after: nearest?.to ?? START });
    return events.find((event) => event.id === id);
  }

  async markCopied(engine: string, from: NativePosition, to: NativePosition): Promise<void> {
    this.#marks.delete(engine);
    await this.#parts.own.addMark({ engine, from, to });
  }

  async kinds(): Promise<readonly StoredKind[]> {
    this.#checkOpen();
    return this.#called(READ_KINDS, () => this.#parts.own.kinds());
  }

  /** Returns none: the engine checks its own files. */
  damage(): readonly Damage[] {
    return [];
  }

  async head(): Promise<NativePosition> {
    this.#checkOpen();
    return (await this.#head())?.position ?? START;
  }

  close(): Promise<void> {
    this.#closing ??= this.#shut();
    return this.#closing;
  }

  async #appended(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
    sent: readonly ReturnType<typeof proposed>[],
  ): Promise<Appended> {
    const { client, namespace } = this.#parts;
    const name = namespace.name(stream);
    await this.#noteKinds(name, expected, events);
    const before = expected === 'noStream' ? -1 : expected;
    try {
      // Each attempt sends the same ids: events that were stored without an answer are not stored twice.
      await this.#called('store', () =>
        client.appendToStream(name, [...sent], {
          expectedRevision: expected === 'noStream' ? NO_STREAM : BigInt(expected),
        }),
      );
    } catch (error) {
      throw translatedRefusal(error, stream, expected);
    }
    const there = await this.#stream(stream, { from: before + 1, limit: events.length });
    return confirmed(events, there, before + 1);
  }

  /**
   * Records a new kind of event before its first event is stored, so that no reader meets a kind that it did not check.
   */
  async #noteKinds(name: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<void> {
    const fresh = events.filter((event) => !this.#kinds.has(kindKey(event)));
    if (fresh.length === 0) return;
    const { own, reading, options } = this.#parts;
    const known = new Set((await this.#called(READ_KINDS, () => own.kinds())).map(kindKey));
    const missing = new Map(
      fresh.filter((event) => !known.has(kindKey(event))).map((event) => [kindKey(event), event]),
    );
    if (missing.size > 0) {
      const [last] = await this.#called('read a stream', (one) =>
        reading.stream(name, { backwards: true, limit: 1 }, one),
      );
      const actual = last ? Number(last.revision) : 'noStream';
      // The append will be refused: do not record its kinds.
      if (actual !== expected) return;
      for (const event of missing.values()) await own.addKind(event, options.writtenBy ?? '');
    }
    for (const event of fresh) this.#kinds.add(kindKey(event));
  }

  async #head(): Promise<ChronicleHead | undefined> {
    const { examined } = this.#known;
    const { head, end } = await this.#parts.reading.last(examined, (call) => this.#called('return its head', call));
    this.#learn(head, end);
    return this.#known.head;
  }

  /** Raises what is known. Two concurrent reads of the head may end in another order than they began. */
  #learn(head: ChronicleHead | undefined, examined: NativePosition): void {
    const known = this.#known;
    this.#known = {
      head: head && (!known.head || head.position > known.head.position) ? head : known.head,
      examined: examined > known.examined ? examined : known.examined,
    };
  }

  #marksFrom(engine: string): Promise<readonly Mark[]> {
    const known = this.#marks.get(engine);
    if (known !== undefined) return known;
    const marks = this.#parts.own.marksFrom(engine);
    this.#marks.set(engine, marks);
    marks.catch(() => this.#marks.delete(engine));
    return marks;
  }

  /**
   * Calls the server.
   *
   * @throws EventStoreUnavailable for any unexpected failure.
   */
  async #called<T>(what: string, call: (one: Try) => Promise<T>): Promise<T> {
    try {
      return await called(what, call, this.#deadlines);
    } catch (error) {
      const type = typeOf(error);
      if (type !== undefined && REFUSALS.has(type)) throw error;
      throw isOurs(error) ? error : unreachable(what, error);
    }
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw new EventStoreUnavailable('the event store was closed');
  }

  async #shut(): Promise<void> {
    this.#commits.close();
    await Promise.allSettled([...this.#inFlight]);
    await this.#tail.close();
    await this.#parts.client.dispose();
  }
}

const READ_KINDS = 'return its kinds of events';

/** Error types that the caller of an append handles. */
const REFUSALS = new Set(['wrong-expected-version', 'maximum-append-size-exceeded', 'stream-deleted']);

function isOurs(error: unknown): boolean {
  return error instanceof InvalidAppend || error instanceof RangeError || error instanceof EventStoreUnavailable;
}

function translatedRefusal(error: unknown, stream: string, expected: ExpectedRevision): unknown {
  if (error instanceof WrongExpectedVersionError) {
    const { actualVersion } = error;
    const actual = typeof actualVersion === 'bigint' ? Number(actualVersion) : 'noStream';
    return new WrongExpectedRevision(stream, expected, actual);
  }
  switch (typeOf(error)) {
    case 'maximum-append-size-exceeded':
      return new AppendTooLarge('the event store does not accept an append of this size: split it', { cause: error });
    case 'stream-deleted':
      return new InvalidAppend(`the stream ${stream} was deleted on the server: the chronicle is incomplete`);
    default:
      return unreachable('store', error);
  }
}

/**
 * Returns the result of an append after comparing the stored events. The server recognises a repeat by its ids alone,
 * so types, versions and bodies are compared here.
 */
function confirmed(events: readonly NewEvent[], there: readonly StoredEvent[], firstRevision: number): Appended {
  const last = there.at(-1);
  if (!last || there.length !== events.length) {
    throw new EventStoreUnavailable('the event store has lost stored events: check its disk, then try again');
  }
  const changed = events.find((event, index) => {
    const found = there[index];
    return (
      !found ||
      serverId(found.id) !== serverId(event.id) ||
      found.type !== event.type ||
      found.schemaVersion !== event.schemaVersion ||
      found.body !== event.body
    );
  });
  if (changed) {
    throw new InvalidAppend(`the event id ${changed.id} is already stored with another type or body: take a new id`);
  }
  const positions = there.map(({ position }) => position);
  return { firstRevision, lastRevision: last.revision, position: last.position, positions };
}

function checkLimit(limit: number): void {
  if (Number.isSafeInteger(limit) && limit > 0) return;
  throw new RangeError(`a limit of ${limit}: it must be a whole number above 0`);
}

function kindKey({ type, schemaVersion }: { readonly type: string; readonly schemaVersion: number }): string {
  return `${schemaVersion} ${type}`;
}

function clientOf(url: string): EventStoreDBClient {
  try {
    // With this option a refused append would look like a stored one.
    if (/throwOnAppendFailure=false/i.test(url)) throw new Error('throwOnAppendFailure must not be switched off');
    return EventStoreDBClient.connectionString(url);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EventStoreUnavailable(`the connection string of the event store cannot be read: ${reason}`);
  }
}
