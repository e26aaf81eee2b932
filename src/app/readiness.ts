import { setTimeout as pause } from 'node:timers/promises';
import { type Writing, writingWith } from '../eventstore/damage.js';
import { checkReadable, UnreadableEvent } from '../eventstore/envelope.js';
import type { EventStore, NativePosition } from '../eventstore/port.js';
import type { ProjectionRunner } from '../projections/runner/runner.js';

/** How often the chronicle is asked for kinds of events that a newer Letopis may have brought, in milliseconds. */
const KINDS_MS = 5_000;

/** Whether requests should come here, and why not. */
export class Readiness {
  readonly #stop = new AbortController();
  #newer: string | undefined;
  #watching: Promise<void> | undefined;

  /** @param head where the chronicle ended at the start: the read models must have come as far. */
  constructor(
    private readonly events: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly head: NativePosition,
  ) {}

  /** Undefined when it is ready. */
  get problem(): string | undefined {
    if (this.#newer !== undefined) return this.#newer;
    if (this.runner.halted !== undefined) return this.runner.halted;
    return this.runner.position >= this.head ? undefined : 'catching up';
  }

  /** How much of the chronicle takes commands; reading goes on in any case. */
  get writing(): Writing {
    return writingWith(this.events.damage());
  }

  /** Watches for events of a newer version, where other processes write too. */
  watch(): void {
    this.#watching = this.#watch();
  }

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
        // A store that does not answer is told of by each request that needs it.
        if (error instanceof UnreadableEvent) this.#newer = error.message;
      }
    }
  }
}
