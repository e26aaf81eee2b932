import { setTimeout as pause } from 'node:timers/promises';
import { type Writing, writingWith } from '../engine/eventstore/damage.js';
import { checkReadable, UnreadableEvent } from '../engine/eventstore/envelope.js';
import type { EventStore, NativePosition } from '../engine/eventstore/port.js';
import type { ProjectionRunner } from '../engine/projections/runner.js';

/** Interval of the check for event types of a newer version, in milliseconds. */
const KINDS_MS = 5_000;

/** Whether this process is ready for requests. */
export class Readiness {
  readonly #stop = new AbortController();
  #newer: string | undefined;
  #watching: Promise<void> | undefined;

  /** @param head position of the last event at the start; the process is ready when the read models have reached it. */
  constructor(
    private readonly events: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly head: NativePosition,
  ) {}

  /** Why the process is not ready; undefined when it is. */
  get problem(): string | undefined {
    if (this.#newer !== undefined) return this.#newer;
    if (this.runner.halted !== undefined) return this.runner.halted;
    return this.runner.position >= this.head ? undefined : 'catching up';
  }

  /** Since when no command can be done, because the event store does not answer; undefined while it answers. */
  get awaySince(): string | undefined {
    return this.events.known().awaySince;
  }

  /** Which part of the event store accepts appends, given its damage. Queries work in any case. */
  get writing(): Writing {
    return writingWith(this.events.damage());
  }

  /** Starts checking for events of a newer version. Needed only when other processes write to the event store. */
  watch(): void {
    this.#watching = this.#watch();
  }

  /** Stops the check. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await pause(KINDS_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        checkReadable(await this.events.kinds());
        this.#newer = undefined;
      } catch (error) {
        // An event store that does not answer is shown by `awaySince`.
        if (error instanceof UnreadableEvent) this.#newer = error.message;
      }
    }
  }
}
