import { END, type EventStoreDBClient } from '@eventstore/db-client';
import { type Supervised, supervise } from '../../workers/supervisor.js';
import { type NativePosition, START } from '../port.js';
import type { Namespace } from './codec.js';
import { fromNative, toNative } from './positions.js';
import type { ChronicleHead } from './reading.js';

/** Interval for comparing the head with the last event of the subscription, in milliseconds. */
const WATCH_MS = 2_000;
/** Pause before subscribing again after a failure; it doubles up to the maximum. */
const FIRST_RESUBSCRIBE_MS = 100;
const MAX_RESUBSCRIBE_MS = 5_000;

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
  readonly watchMs?: number;
}

/**
 * Listens for new events, to wake waiting subscriptions, which then read the events themselves. A subscription of this
 * client ends with one `error` or silently. So the tail subscribes again after a failure, and when the head moves on
 * without it.
 */
export class Tail {
  readonly #workers: readonly Supervised[];
  #last: NativePosition = START;
  /** The head when it was last ahead of the subscription. */
  #missed: NativePosition = START;
  #reconnects = 0;

  constructor(private readonly parts: TailParts) {
    const retry = { first: FIRST_RESUBSCRIBE_MS, longest: MAX_RESUBSCRIBE_MS };
    const every = parts.watchMs ?? WATCH_MS;
    this.#workers = [
      supervise({ name: 'tail', every: FIRST_RESUBSCRIBE_MS, retry, run: (signal) => this.#listen(signal) }),
      supervise({
        name: 'watch of the tail',
        every,
        retry: { first: every, longest: every },
        run: () => this.#watch(),
      }),
    ];
  }

  /** Number of times the subscription was made again. */
  get reconnects(): number {
    return this.#reconnects;
  }

  /** Stops listening. */
  async close(): Promise<void> {
    for (const worker of this.#workers) await worker.stop();
  }

  #restart: (() => void) | undefined;

  async #listen(signal: AbortSignal): Promise<void> {
    const extendDeadline = await this.#subscribed(signal);
    if (signal.aborted) return;
    this.#reconnects += 1;
    this.parts.onDoubt();
    if (!extendDeadline) throw new Error('the server confirmed no subscription');
  }

  /** Resolves when the subscription is over, with true if the server ever confirmed it. */
  #subscribed(signal: AbortSignal): Promise<boolean> {
    const { client, namespace } = this.parts;
    const from = fromNative(this.#last);
    const subscription = client.subscribeToAll({
      fromPosition: from === 'start' ? END : from,
      resolveLinkTos: false,
      filter: { filterOn: 'streamName', prefixes: [namespace.prefix], checkpointInterval: 1_000 },
    });
    return new Promise((resolve) => {
      let extendDeadline = false;
      const over = () => {
        signal.removeEventListener('abort', over);
        this.#restart = undefined;
        subscription.removeAllListeners('data');
        subscription.on('error', () => undefined);
        void subscription.unsubscribe().catch(() => undefined);
        subscription.resume();
        resolve(extendDeadline);
      };
      this.#restart = over;
      signal.addEventListener('abort', over);
      subscription.on('confirmation', () => {
        extendDeadline = true;
        // Events stored before the confirmation are not delivered.
        this.parts.onDoubt();
      });
      subscription.on('data', ({ event }) => {
        if (!event) return;
        extendDeadline = true;
        this.#last = toNative(event.position);
        this.parts.onEvent({ position: this.#last, stream: event.streamId, type: event.type });
      });
      subscription.on('error', over);
      subscription.on('end', over);
    });
  }

  /**
   * Detects a silent subscription: the head has moved on, and the subscription delivered nothing for a whole interval.
   */
  async #watch(): Promise<void> {
    const head = await this.parts.head();
    if (head <= this.#last) {
      this.#missed = START;
      return;
    }
    this.parts.onDoubt();
    if (this.#missed !== START && this.#missed > this.#last) this.#restart?.();
    this.#missed = head;
    // No event was delivered yet, and none was missed.
    if (this.#last === START) this.#last = head;
  }
}
