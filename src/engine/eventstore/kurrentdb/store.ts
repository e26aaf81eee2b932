import type { EventStoreDBClient } from '@eventstore/db-client';
import type { Logger } from 'pino';
import { FORMAT_NAME } from '../../log/formatName.js';
import { operatorTerms } from '../../operatorTerms.js';
import { checkAppend } from '../checks.js';
import type { Damage } from '../damage.js';
import { Commits, subscription } from '../following.js';
import {
  type Appended,
  type EventBatch,
  type EventStore,
  type EventStoreLimits,
  EventStoreUnavailable,
  type ExpectedRevision,
  type KnownOfStore,
  type NativePosition,
  type NewEvent,
  START,
  type StoredEvent,
  type StoredKind,
} from '../port.js';
import { Appending, KINDS } from './appending.js';
import { DEADLINES, type Deadlines, unreachable } from './calls.js';
import { clientOf } from './client.js';
import { isOfServer, type Namespace, namespaceOf, stored } from './codec.js';
import { CopyMarks } from './copyMarks.js';
import { typeOf } from './errors.js';
import { HistoryWatch } from './historyWatch.js';
import { type BegunChronicle, OwnStreams } from './own.js';
import { isNative } from './positions.js';
import { type ChronicleHead, KurrentReader } from './reading.js';
import { ServerCalls } from './serverCalls.js';
import { CheckedStreamReader } from './streamReading.js';
import { Tail } from './tail.js';

/**
 * The server accepts 1,048,576 bytes per append, including metadata and names of all events. The limit for bodies
 * leaves room for the largest number of events with the longest names.
 */
const KURRENTDB_LIMITS: EventStoreLimits = { maxAppendBytes: 900_000, maxAppendEvents: 500 };

const DEFAULT_EVENTS = 1_000;
/**
 * How long opening waits for the metadata of all streams, in milliseconds. On a large server the remaining metadata is
 * read later. Until then each new stream is checked separately.
 */
const METADATA_MS = 2_000;

/** Options of the store. */
export interface KurrentDbOptions {
  /**
   * Prefix of the names of this chronicle's streams, on a server that may hold other chronicles; letters, digits and
   * `-`.
   */
  readonly namespace?: string;
  /** Software version, recorded with each kind of event that it is the first to store. */
  readonly writtenBy?: string;
  /** The id of the chronicle that is copied to this server. Another chronicle under the namespace is refused. */
  readonly chronicleId?: string;
  /** True: throws if the server has no chronicle, instead of creating one. */
  readonly mustExist?: boolean;
  readonly deadlines?: Deadlines;
  /** Receives reports of streams whose history was cut on the server. */
  readonly log?: Pick<Logger, 'error' | 'info'>;
}

/**
 * Opens a chronicle on a KurrentDB or EventStoreDB server, or begins it there.
 *
 * @param url a connection string, `esdb://host:port?tls=false`.
 * @throws EventStoreUnavailable if the server cannot be reached in time or holds another chronicle.
 */
export async function openKurrentDbEventStore(url: string, options: KurrentDbOptions = {}): Promise<EventStore> {
  const client = clientOf(url);
  const namespace = namespaceOf(options.namespace ?? FORMAT_NAME);
  const reading = new KurrentReader(client, namespace);
  const own = new OwnStreams(client, reading, namespace, options.deadlines ?? DEADLINES);
  try {
    const begun = options.mustExist ? await own.existing() : await own.chronicle(options.chronicleId);
    if (options.chronicleId !== undefined && begun.id !== options.chronicleId) {
      throw new EventStoreUnavailable(
        `the server holds another chronicle (${begun.id}) under this namespace: set another one (${operatorTerms().namespace})`,
      );
    }
    const store = new KurrentDbEventStore({ client, namespace, reading, own, begun, options });
    await store.settled(METADATA_MS);
    return store;
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
  readonly begun: BegunChronicle;
  readonly options: KurrentDbOptions;
}

class KurrentDbEventStore implements EventStore {
  readonly engine = 'kurrentdb';
  readonly limits = KURRENTDB_LIMITS;
  readonly chronicleId: string;
  readonly #parts: Parts;
  readonly #calls: ServerCalls;
  readonly #commits = new Commits();
  readonly #watch: HistoryWatch;
  readonly #streams: CheckedStreamReader;
  readonly #appending: Appending;
  readonly #marks: CopyMarks;
  readonly #tail: Tail;
  /** The known head of the chronicle, and the end of $all when the head was read. */
  #known: { readonly head: ChronicleHead | undefined; readonly examined: NativePosition };
  #closing: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.chronicleId = parts.begun.id;
    this.#known = { head: undefined, examined: parts.begun.at };
    const deadlines = parts.options.deadlines ?? DEADLINES;
    this.#calls = new ServerCalls(deadlines);
    const { client, namespace, reading, own, begun, options } = parts;
    const { call } = this.#calls;
    const watch = new HistoryWatch({
      client,
      reading,
      namespace,
      from: begun.at,
      deadlines,
      log: options.log,
    });
    this.#watch = watch;
    this.#marks = new CopyMarks(own, this);
    const streams = new CheckedStreamReader({ reading, namespace, watch, call });
    this.#streams = streams;
    this.#appending = new Appending({
      client,
      namespace,
      own,
      streams,
      watch,
      call,
      writtenBy: options.writtenBy ?? '',
      known: () => this.#known.head?.position ?? START,
    });
    this.#tail = new Tail({
      client,
      namespace,
      head: () => this.head(),
      onEvent: (head) => {
        this.#learn(head, head.position);
        this.#commits.announce();
      },
      onDoubt: () => this.#commits.announce(),
      onSilence: () => watch.restart(),
    });
  }

  /** Waits until the metadata of all streams is known, at most this long (ms). */
  settled(milliseconds: number): Promise<void> {
    return this.#watch.settled(milliseconds);
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    this.#checkOpen();
    checkAppend(stream, expected, events, this.limits);
    return this.#appending.append(stream, expected, events);
  }

  async readStream(
    stream: string,
    options: Parameters<EventStore['readStream']>[1] = {},
  ): Promise<readonly StoredEvent[]> {
    this.#checkOpen();
    if (options.limit !== undefined) checkLimit(options.limit);
    return this.#streams.read(stream, options);
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
    const { events, position } = await this.#calls.call('read the chronicle', (one) =>
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
    const event = await this.#calls.call('read an event', async (one) => {
      try {
        return await reading.at(position, one);
      } catch (error) {
        // The server answers like this for a position between two events, which it never returned.
        if (typeOf(error) === 'unknown' || typeOf(error) === 'invalid-argument') return undefined;
        throw error;
      }
    });
    if (!event || isOfServer(event) || !event.streamId.startsWith(namespace.prefix)) return undefined;
    return stored(namespace, event);
  }

  async eventOf(id: string, before: { readonly engine: string; readonly position: NativePosition }) {
    this.#checkOpen();
    return this.#marks.find(id, before);
  }

  async markCopied(engine: string, from: NativePosition, to: NativePosition): Promise<void> {
    await this.#marks.add({ engine, from, to });
  }

  async kinds(): Promise<readonly StoredKind[]> {
    this.#checkOpen();
    return this.#calls.call(KINDS, () => this.#parts.own.kinds());
  }

  known(): KnownOfStore {
    const head = this.#known.head?.position ?? START;
    return {
      awaySince: this.#calls.awaySince,
      head,
      countAfter: (position) => (position >= head ? 0 : Math.max(1, this.#tail.countAfter(position))),
    };
  }

  /** Returns the streams whose history was cut. Damage of files is detected by the server itself. */
  damage(): readonly Damage[] {
    return this.#watch.all;
  }

  async head(): Promise<NativePosition> {
    this.#checkOpen();
    return (await this.#head())?.position ?? START;
  }

  close(): Promise<void> {
    this.#closing ??= this.#shut();
    return this.#closing;
  }

  async #head(): Promise<ChronicleHead | undefined> {
    const { examined } = this.#known;
    const { head, end } = await this.#parts.reading.last(examined, (call) => this.#calls.call('return its head', call));
    this.#learn(head, end);
    return this.#known.head;
  }

  /**
   * Updates the known head, never backwards. Two concurrent reads of the head may end in another order than they began.
   */
  #learn(head: ChronicleHead | undefined, examined: NativePosition): void {
    const known = this.#known;
    this.#known = {
      head: head && (!known.head || head.position > known.head.position) ? head : known.head,
      examined: examined > known.examined ? examined : known.examined,
    };
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw new EventStoreUnavailable('the event store was closed');
  }

  async #shut(): Promise<void> {
    this.#commits.close();
    await this.#appending.settled();
    await this.#tail.close();
    await this.#watch.close();
    await this.#parts.client.dispose();
  }
}

function checkLimit(limit: number): void {
  if (Number.isSafeInteger(limit) && limit > 0) return;
  throw new RangeError(`a limit of ${limit}: it must be a whole number above 0`);
}
