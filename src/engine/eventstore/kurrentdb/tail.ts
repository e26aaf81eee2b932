import { END, type EventStoreDBClient } from '@eventstore/db-client';
import { type Supervised, supervise } from '../../workers/supervisor.js';
import { MAX_KNOWN_COUNT, type NativePosition, START } from '../port.js';
import { isOfServer, type Namespace } from './codec.js';
import { Listening } from './listening.js';
import { kurrentPosition } from './positions.js';
import type { ChronicleHead } from './reading.js';

/** Interval for comparing the head with the last event of the subscription, in milliseconds. */
const WATCH_MS = 2_000;

/** Dependencies of the tail. */
export interface TailParts {
  readonly client: EventStoreDBClient;
  readonly namespace: Namespace;
  /** Reads the head of the chronicle. */
  readonly head: () => Promise<NativePosition>;
  /** Called for each event. Earlier events may have been missed. */
  readonly onEvent: (head: ChronicleHead) => void;
  /** Called when there may be events that the subscription did not deliver. */
  readonly onDoubt: () => void;
  /** Called when the subscription was silent although there were events: other subscriptions may be silent too. */
  readonly onSilence: () => void;
}

/**
 * Listens for new events, to wake waiting subscriptions, which then read the events themselves. The tail subscribes
 * again after a failure, and when the head moves on without it.
 */
export class Tail {
  readonly #listening: Listening;
  readonly #watching: Supervised;
  #last: NativePosition = START;
  /** Positions of the last events, oldest first. */
  readonly #recent: NativePosition[] = [];
  /** The head when it was last ahead of the subscription. */
  #missed: NativePosition = START;

  constructor(private readonly parts: TailParts) {
    const { client, namespace, onDoubt, onEvent } = parts;
    this.#listening = new Listening('tail', {
      subscribe: (after) =>
        client.subscribeToAll({
          fromPosition: after ?? END,
          resolveLinkTos: false,
          filter: { filterOn: 'streamName', prefixes: [namespace.prefix], checkpointInterval: 1_000 },
        }),
      onEvent: (event) => {
        if (isOfServer(event)) return;
        this.#last = kurrentPosition(event);
        this.#recent.push(this.#last);
        if (this.#recent.length > MAX_KNOWN_COUNT) this.#recent.shift();
        onEvent({ position: this.#last, stream: event.streamId, type: event.type });
      },
      onConfirmed: onDoubt,
      onLost: onDoubt,
    });
    this.#watching = supervise({
      name: 'watch of the tail',
      every: WATCH_MS,
      retry: { first: WATCH_MS, longest: WATCH_MS },
      run: () => this.#watch(),
    });
  }

  /** Returns how many of the last {@link MAX_KNOWN_COUNT} events are after a position. */
  countAfter(position: NativePosition): number {
    return this.#recent.length - (this.#recent.findLastIndex((recent) => recent <= position) + 1);
  }

  /** Stops listening. */
  async close(): Promise<void> {
    await this.#listening.close();
    await this.#watching.stop();
  }

  /**
   * Detects a silent subscription: the head has advanced, but the subscription has delivered nothing for a whole
   * interval.
   */
  async #watch(): Promise<void> {
    const head = await this.parts.head();
    if (head <= this.#last) {
      this.#missed = START;
      return;
    }
    this.parts.onDoubt();
    if (this.#missed !== START && this.#missed > this.#last) {
      this.#listening.restart();
      this.parts.onSilence();
    }
    this.#missed = head;
    // No event has been delivered or missed yet.
    if (this.#last === START) this.#last = head;
  }
}
