import { setTimeout as pause } from 'node:timers/promises';
import { END, type EventStoreDBClient } from '@eventstore/db-client';
import { type NativePosition, START } from '../port.js';
import { isOfServer, type Namespace } from './codec.js';
import { Listening } from './listening.js';
import { positionOf } from './positions.js';
import type { Head } from './reading.js';

/** Interval for comparing the head with the last event of the subscription, in milliseconds. */
const WATCH_MS = 2_000;

/** Dependencies of the tail. */
export interface TailParts {
  readonly client: EventStoreDBClient;
  readonly namespace: Namespace;
  /** Reads the head of the chronicle. */
  readonly head: () => Promise<NativePosition>;
  /** Called for each event. Earlier events may have been missed. */
  readonly onEvent: (head: Head) => void;
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
  readonly #stop = new AbortController();
  readonly #listening: Listening;
  readonly #watching: Promise<void>;
  #last: NativePosition = START;

  constructor(private readonly parts: TailParts) {
    const { client, namespace, onDoubt, onEvent } = parts;
    this.#listening = new Listening({
      subscribe: (after) =>
        client.subscribeToAll({
          fromPosition: after ?? END,
          resolveLinkTos: false,
          filter: { filterOn: 'streamName', prefixes: [namespace.prefix], checkpointInterval: 1_000 },
        }),
      onEvent: (event) => {
        if (isOfServer(event)) return;
        this.#last = positionOf(event);
        onEvent({ position: this.#last, stream: event.streamId, type: event.type });
      },
      onConfirmed: onDoubt,
      onLost: onDoubt,
    });
    this.#watching = this.#watch();
  }

  /** Stops listening. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all([this.#listening.close(), this.#watching]);
  }

  /**
   * Detects a silent subscription: the head has moved on, and the subscription delivered nothing for a whole interval.
   */
  async #watch(): Promise<void> {
    const { signal } = this.#stop;
    let missed: NativePosition = START;
    while (!signal.aborted) {
      await pause(WATCH_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const head = await this.parts.head().catch(() => undefined);
      if (head === undefined || head <= this.#last) {
        missed = START;
        continue;
      }
      this.parts.onDoubt();
      if (missed !== START && missed > this.#last) {
        this.#listening.restart();
        this.parts.onSilence();
      }
      missed = head;
      // No event was delivered yet, and none was missed.
      if (this.#last === START) this.#last = head;
    }
  }
}
