import type { AllStreamSubscription, Position } from '@eventstore/db-client';
import { type Supervised, supervise } from '../../workers/supervisor.js';
import type { ReadEvent } from './codec.js';

/** Pause before subscribing again after a failure; it doubles up to the maximum. */
const FIRST_RECONNECT_MS = 100;
const MAX_RECONNECT_MS = 5_000;

/** The functions that a {@link Listening} calls. */
export interface ListeningParts {
  /** Opens a subscription after a position; undefined: at its start position. */
  readonly subscribe: (
    after: Position | undefined,
    searched: (subscription: AllStreamSubscription, upTo: Position) => Promise<void>,
  ) => AllStreamSubscription;
  readonly onEvent: (event: ReadEvent) => void;
  /** Called when the server has confirmed a subscription. Events before the confirmation may not be delivered. */
  readonly onConfirmed?: () => void;
  /** Called when every event up to the end of the store was delivered. */
  readonly onCaughtUp?: () => void;
  /** Called when a subscription is over, before it is opened again. */
  readonly onLost?: () => void;
}

/**
 * Keeps a subscription open. A subscription of this client ends with one `error` or silently; it is opened again after
 * the last event.
 */
export class Listening {
  readonly #worker: Supervised;
  #after: Position | undefined;
  #restart: (() => void) | undefined;

  /** @param name names the subscription in messages. */
  constructor(
    name: string,
    private readonly parts: ListeningParts,
  ) {
    const retry = { first: FIRST_RECONNECT_MS, longest: MAX_RECONNECT_MS };
    this.#worker = supervise({ name, every: FIRST_RECONNECT_MS, retry, run: (signal) => this.#listen(signal) });
  }

  /** Opens the subscription again, because it may be silent. */
  restart(): void {
    this.#restart?.();
  }

  /** Ends the subscription. */
  async close(): Promise<void> {
    await this.#worker.stop();
  }

  async #listen(signal: AbortSignal): Promise<void> {
    const heard = await this.#subscribed(signal);
    if (signal.aborted) return;
    this.parts.onLost?.();
    if (!heard) throw new Error('the server confirmed no subscription');
  }

  /** Resolves when the subscription is over, with true if the server ever confirmed it. */
  #subscribed(signal: AbortSignal): Promise<boolean> {
    const { subscribe, onEvent, onConfirmed, onCaughtUp } = this.parts;
    // The client can report a checkpoint before it has delivered the events before it.
    const subscription = subscribe(this.#after, async ({ readableLength }, upTo) => {
      if (readableLength === 0) this.#after = upTo;
    });
    return new Promise((resolve) => {
      let heard = false;
      let isOver = false;
      const over = () => {
        isOver = true;
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
        onConfirmed?.();
      });
      subscription.on('data', ({ event }) => {
        if (!event) return;
        heard = true;
        this.#after = event.position;
        onEvent(event);
      });
      if (onCaughtUp) {
        // The client can report `caughtUp` before it has delivered all events: wait until its buffer is empty.
        const delivered = () => {
          if (subscription.readableLength > 0 && !isOver) setImmediate(delivered);
          else if (!isOver) onCaughtUp();
        };
        subscription.on('caughtUp', delivered);
      }
      subscription.on('error', over);
      subscription.on('end', over);
    });
  }
}
