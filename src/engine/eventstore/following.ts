import { type EventBatch, type EventFilter, type NativePosition, PositionBeyondHead } from './port.js';

/** Wakes waiting subscriptions when something was committed, or may have been. */
export class Commits {
  #count = 0;
  #closed = false;
  readonly #waiting = new Set<() => void>();

  /** Number of commits so far. Read it before a read from the store, to detect a commit after that read. */
  get count(): number {
    return this.#count;
  }

  /** True once the store is closing. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Wakes all waiting subscriptions after a commit. */
  announce(): void {
    this.#count += 1;
    this.#wakeAll();
  }

  /** Wakes all waiting subscriptions for the last time. */
  close(): void {
    this.#closed = true;
    this.#wakeAll();
  }

  /** Resolves when there is a commit after `count`, when one of the signals aborts, or when the store closes. */
  async after(count: number, signals: readonly AbortSignal[]): Promise<void> {
    if (this.#count !== count || this.#closed || signals.some(({ aborted }) => aborted)) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        for (const signal of signals) signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      for (const signal of signals) signal.addEventListener('abort', wake);
    });
  }

  #wakeAll(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}

/** The part of an event store that a subscription reads. */
export interface SubscriptionSource {
  readonly commits: Commits;
  head(): Promise<NativePosition>;
  readAll(options: { readonly after: NativePosition; readonly filter: EventFilter }): Promise<EventBatch>;
}

interface SubscriptionOptions {
  readonly after: NativePosition;
  readonly filter?: EventFilter;
  readonly signal: AbortSignal;
}

/**
 * Returns the batches of a subscription: first the existing events, then new ones as they are committed. Events are
 * read only when the consumer requests them.
 *
 * @throws PositionBeyondHead at the first batch, if `after` is beyond the head.
 */
export function subscription(source: SubscriptionSource, options: SubscriptionOptions): AsyncIterable<EventBatch> {
  return { [Symbol.asyncIterator]: () => iterator(source, options) };
}

function iterator(source: SubscriptionSource, options: SubscriptionOptions): AsyncIterator<EventBatch> {
  const left = new AbortController();
  const pulled = batches(source, options, [options.signal, left.signal]);
  return {
    next: () => pulled.next(),
    // The return() of a generator waits for its pending next(), which may wait for a commit that never comes.
    return: () => {
      left.abort();
      return pulled.return(undefined);
    },
  };
}

async function* batches(
  source: SubscriptionSource,
  { after, filter = {} }: SubscriptionOptions,
  signals: readonly AbortSignal[],
): AsyncGenerator<EventBatch, undefined> {
  const { commits } = source;
  const hasEnded = () => commits.closed || signals.some(({ aborted }) => aborted);
  if (signals.some(({ aborted }) => aborted)) return;
  const head = await source.head();
  if (after > head) throw new PositionBeyondHead(`position ${after} is beyond the head of the chronicle, ${head}`);
  let position = after;
  let isLive = false;
  while (!hasEnded()) {
    const { count } = commits;
    const batch = await source.readAll({ after: position, filter });
    if (hasEnded()) return;
    // A live batch that moves no position follows a group of appends that were all refused: do not wake the consumer.
    if (!isLive || batch.position !== position) yield batch;
    ({ position } = batch);
    isLive ||= batch.caughtUp;
    if (batch.caughtUp) await commits.after(count, signals);
  }
}
