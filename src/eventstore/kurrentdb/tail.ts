import { setTimeout as pause } from 'node:timers/promises';
import { END, type EventStoreDBClient } from '@eventstore/db-client';
import { type NativePosition, START } from '../port.js';
import type { Namespace } from './codec.js';
import { fromNative, toNative } from './positions.js';
import type { Head } from './reading.js';

/** How often the head is compared with what the subscription has told, in milliseconds. */
const WATCH_MS = 2_000;
/** After a failure it is subscribed again after this long, longer each time up to the second figure. */
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 5_000;

/** What the tail works with. */
export interface TailParts {
  readonly client: EventStoreDBClient;
  readonly namespace: Namespace;
  /** The head of the chronicle, asked for anew. */
  readonly head: () => Promise<NativePosition>;
  /** Told of each event; there may be ones before it that it was not told of. */
  readonly onEvent: (head: Head) => void;
  /** Told that there may be events that no subscription has told of. */
  readonly onDoubt: () => void;
  readonly watchMs?: number;
}

/**
 * Listens for new events, so that whoever waits is woken: what they are is read, never taken from here. A subscription of
 * this client ends with one `error` or silently; so it is made again after a failure, and when the head has gone on
 * without it.
 */
export class Tail {
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;
  #last: NativePosition = START;
  #reconnects = 0;

  constructor(private readonly parts: TailParts) {
    this.#done = Promise.all([this.#listen(), this.#watch()]).then(() => undefined);
  }

  /** How often the subscription had to be made again. */
  get reconnects(): number {
    return this.#reconnects;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }

  #restart: (() => void) | undefined;

  async #listen(): Promise<void> {
    const { signal } = this.#stop;
    for (let wait = FIRST_PAUSE_MS; !signal.aborted; wait = Math.min(wait * 2, MAX_PAUSE_MS)) {
      const heard = await this.#subscribed(signal);
      if (signal.aborted) return;
      if (heard) wait = FIRST_PAUSE_MS;
      this.#reconnects += 1;
      this.parts.onDoubt();
      await pause(wait / 2 + (Math.random() * wait) / 2, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Resolves when the subscription is over; true when it was ever confirmed. */
  #subscribed(signal: AbortSignal): Promise<boolean> {
    const { client, namespace } = this.parts;
    const from = fromNative(this.#last);
    const subscription = client.subscribeToAll({
      fromPosition: from === 'start' ? END : from,
      resolveLinkTos: false,
      filter: { filterOn: 'streamName', prefixes: [namespace.prefix], checkpointInterval: 1_000 },
    });
    return new Promise((resolve) => {
      let heard = false;
      const over = () => {
        signal.removeEventListener('abort', over);
        this.#restart = undefined;
        subscription.removeAllListeners('data');
        subscription.on('error', () => undefined);
        void subscription.unsubscribe().catch(() => undefined);
        subscription.resume();
        resolve(heard);
      };
      this.#restart = over;
      signal.addEventListener('abort', over);
      subscription.on('confirmation', () => {
        heard = true;
        // What was stored before it was confirmed is not told.
        this.parts.onDoubt();
      });
      subscription.on('data', ({ event }) => {
        if (!event) return;
        heard = true;
        this.#last = toNative(event.position);
        this.parts.onEvent({ position: this.#last, stream: event.streamId, type: event.type });
      });
      subscription.on('error', over);
      subscription.on('end', over);
    });
  }

  /** A subscription that has fallen silent is known by the head: it has gone on, and it was not told for a whole round. */
  async #watch(): Promise<void> {
    const { signal } = this.#stop;
    let missed: NativePosition = START;
    while (!signal.aborted) {
      await pause(this.parts.watchMs ?? WATCH_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const head = await this.parts.head().catch(() => undefined);
      if (head === undefined || head <= this.#last) {
        missed = START;
        continue;
      }
      this.parts.onDoubt();
      if (missed !== START && missed > this.#last) this.#restart?.();
      missed = head;
      // Before the first event nothing was told, and nothing was missed either.
      if (this.#last === START) this.#last = head;
    }
  }
}
