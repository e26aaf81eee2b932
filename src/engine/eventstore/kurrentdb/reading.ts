import {
  BACKWARDS,
  END,
  type EventStoreDBClient,
  START as FIRST,
  FORWARDS,
  type Position,
} from '@eventstore/db-client';
import { type EventFilter, type NativePosition, START, type StoredEvent } from '../port.js';
import { type CallAttempt } from './calls.js';
import { isOfServer, type Namespace, type ReadEvent, stored } from './codec.js';
import { typeOf } from './errors.js';
import { fromNative, toNative } from './positions.js';

/**
 * A page of $all ends early when its bodies reach this many characters, so that large events do not fill the memory.
 */
const MAX_PAGE_CHARACTERS = 16_000_000;

/** A page ends after this many events were examined here, so that a filter with few matches does not take too long. */
const MAX_LOOKED_AT = 10_000;

/** Events of $all in the first read backwards for the head; each later read doubles it, up to the maximum. */
const LOOK_BACK = 4;
const MAX_LOOK_BACK = 256;

/** Runs a call, with repeats after transient failures. Each call has its own deadlines. */
export type CallWithRetries = <T>(call: (one: CallAttempt) => Promise<T>) => Promise<T>;

/** The last event of a chronicle, with the stream and type that a filter needs to include it. */
export interface ChronicleHead {
  readonly position: NativePosition;
  readonly stream: string;
  readonly type: string;
}

/** A page to read from $all, up to a known head. */
export interface EventPage {
  readonly after: NativePosition;
  readonly head: ChronicleHead;
  readonly filter: EventFilter;
  readonly limit: number;
}

/**
 * Reads one chronicle on a server. The methods throw the client's errors and stop when the signal of their attempt
 * aborts.
 */
export class KurrentReader {
  constructor(
    private readonly client: EventStoreDBClient,
    private readonly namespace: Namespace,
  ) {}

  /** Returns events of one stream by its name on the server; empty if there is no such stream. */
  async stream(
    name: string,
    options: { readonly from?: number; readonly backwards?: boolean; readonly limit: number },
    one: CallAttempt,
  ): Promise<readonly ReadEvent[]> {
    const { from, backwards = false, limit } = options;
    const first = from === undefined ? (backwards ? END : FIRST) : BigInt(from);
    const read = this.client.readStream(name, {
      direction: backwards ? BACKWARDS : FORWARDS,
      fromRevision: first,
      maxCount: limit,
      resolveLinkTos: false,
    });
    try {
      return await collected(read, one, () => 'more');
    } catch (error) {
      if (typeOf(error) === 'stream-not-found') return [];
      throw error;
    }
  }

  /**
   * Returns the event at exactly this position of $all, whichever chronicle it belongs to; undefined if there is none.
   */
  async at(position: NativePosition, one: CallAttempt): Promise<ReadEvent | undefined> {
    const fromPosition = fromNative(position);
    if (fromPosition === 'start') return undefined;
    const read = this.client.readAll({ direction: FORWARDS, fromPosition, maxCount: 1, resolveLinkTos: false });
    const [event] = await collected(read, one, () => 'more');
    return event?.position && toNative(event.position) === position ? event : undefined;
  }

  /**
   * Returns the last event of the chronicle after a position up to which its head is known; undefined if there is none.
   * Reads backwards from the end of $all, past events of other chronicles, in several short calls.
   */
  async last(
    examined: NativePosition,
    ask: CallWithRetries,
  ): Promise<{ readonly head: ChronicleHead | undefined; readonly end: NativePosition }> {
    let end: NativePosition | undefined;
    let from: Position | undefined;
    for (let maxCount = LOOK_BACK; ; maxCount = Math.min(maxCount * 2, MAX_LOOK_BACK)) {
      const fromPosition = from ?? END;
      const page = await ask((one) =>
        collected(
          this.client.readAll({ direction: BACKWARDS, fromPosition, maxCount, resolveLinkTos: false }),
          one,
          () => 'more',
        ),
      );
      for (const event of page) {
        if (!event.position) continue;
        const position = toNative(event.position);
        end ??= position;
        if (position <= examined) return { head: undefined, end };
        if (event.streamId.startsWith(this.namespace.prefix) && !isOfServer(event)) {
          return { head: { position, stream: event.streamId, type: event.type }, end };
        }
      }
      const oldest = page.at(-1)?.position;
      // The previous page may end with the event with which this page begins.
      const isStuck = from && oldest && toNative(oldest) === toNative(from);
      if (!oldest || isStuck || page.length < 2) return { head: undefined, end: end ?? examined };
      from = oldest;
    }
  }

  /**
   * Returns the events after a position, in order, and the position that was reached. Uses a filtered subscription,
   * because this client cannot filter a read of $all, and ends it at the limit or at the given head. The filter always
   * includes the head, so that its arrival ends the read. A checkpoint of the server cannot end the read, because it
   * may arrive before earlier events. If the connection is lost, returns the events that arrived before.
   */
  async after(
    { after, head, filter, limit }: EventPage,
    one: CallAttempt,
  ): Promise<{ readonly events: readonly StoredEvent[]; readonly position: NativePosition }> {
    const { prefix } = this.namespace;
    const { streamPrefixes = [''], types } = filter;
    const prefixes = streamPrefixes.map((each) => prefix + each);
    // While a server finds no matching events, it still reports how far it has searched.
    const looking = { checkpointInterval: 1_000, checkpointReached: async () => one.extendDeadline() };
    const byType = types && types.length > 0 && filter.streamPrefixes === undefined;
    const subscription = this.client.subscribeToAll({
      fromPosition: fromNative(after),
      resolveLinkTos: false,
      filter: byType
        ? { filterOn: 'eventType', prefixes: [...types, head.type], ...looking }
        : { filterOn: 'streamName', prefixes: [...prefixes, head.stream], ...looking },
    });
    const events: StoredEvent[] = [];
    let characters = 0;
    let lookedAt = 0;
    let reached = after;
    const page = collected(subscription, one, (event) => {
      const position = event.position ? toNative(event.position) : START;
      if (position <= after) return 'more';
      if (position > head.position) {
        reached = head.position;
        return 'enough';
      }
      lookedAt += 1;
      const name = event.streamId;
      const isOurs = prefixes.some((each) => name.startsWith(each)) && !isOfServer(event);
      if (isOurs && (types === undefined || types.includes(event.type))) {
        const found = stored(this.namespace, event);
        events.push(found);
        characters += found.body.length;
      }
      // Set after the event was read, so that the next read begins at an event that could not be read.
      reached = position;
      const isFull = events.length >= limit || characters >= MAX_PAGE_CHARACTERS || lookedAt >= MAX_LOOKED_AT;
      return isFull || position === head.position ? 'enough' : 'more';
    });
    await page.catch((error: unknown) => {
      if (reached === after) throw error;
    });
    return { events, position: reached };
  }
}

/** A stream of events of the client. Reads end by themselves, subscriptions never do. */
interface ClientStream {
  on(event: 'data', listener: (resolved: { readonly event?: ReadEvent }) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  removeAllListeners(event: 'data'): unknown;
  resume(): unknown;
  cancel?(): Promise<void>;
  unsubscribe?(): Promise<void>;
}

/**
 * Collects events until `take` returns «enough» or the source ends. Call `cancel` or `unsubscribe` to end a source;
 * otherwise its call stays open on the server.
 */
function collected(
  source: ClientStream,
  { signal, extendDeadline }: CallAttempt,
  take: (event: ReadEvent) => 'more' | 'enough',
): Promise<readonly ReadEvent[]> {
  return new Promise((resolve, reject) => {
    const events: ReadEvent[] = [];
    let isOver = false;
    const leave = () => {
      isOver = true;
      signal.removeEventListener('abort', aborted);
      // Ignore later data, but keep the error listener: an unhandled error would end the process.
      source.removeAllListeners('data');
      void (source.unsubscribe?.() ?? source.cancel?.())?.catch(() => undefined);
      source.resume();
    };
    const aborted = () => {
      leave();
      reject(new Error('aborted'));
    };
    const onData = (resolved: { readonly event?: ReadEvent }) => {
      const { event } = resolved;
      if (isOver || !event) return;
      extendDeadline();
      try {
        events.push(event);
        if (take(event) === 'more') return;
        leave();
        resolve(events);
      } catch (error) {
        leave();
        reject(error);
      }
    };
    if (signal.aborted) {
      aborted();
      return;
    }
    signal.addEventListener('abort', aborted);
    source.on('data', onData);
    source.on('error', (error) => {
      if (isOver) return;
      leave();
      reject(error);
    });
    source.on('end', () => {
      if (isOver) return;
      isOver = true;
      signal.removeEventListener('abort', aborted);
      resolve(events);
    });
  });
}
