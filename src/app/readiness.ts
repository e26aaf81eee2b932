import { checkReadable } from '../domain/recorded.js';
import { type Writing, writingWith } from '../engine/eventstore/damage.js';
import { UnreadableEvent } from '../engine/eventstore/envelope.js';
import type { EventStore, NativePosition } from '../engine/eventstore/port.js';
import type { ProjectionRunner } from '../engine/projections/runner.js';
import { type Supervised, supervise } from '../engine/workers/supervisor.js';
import type { ServerReadiness } from '../graphql/http/health.js';

/** Interval of the check for event types of a newer version, in milliseconds. */
const KINDS_MS = 5_000;

/** Tells whether this process is ready for requests. */
export class Readiness implements ServerReadiness {
  #newer: string | undefined;
  #watching: Supervised | undefined;

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

  /** The part of the event store that accepts appends, given its damage. Queries work in any case. */
  get writing(): Writing {
    return writingWith(this.events.damage());
  }

  /** Starts checking for events of a newer version. Needed only when other processes write to the event store. */
  watch(): void {
    const worker = { name: 'readiness', every: KINDS_MS, run: () => this.#look(), failed: () => true };
    this.#watching = supervise(worker);
  }

  /** Stops the check. */
  async close(): Promise<void> {
    await this.#watching?.stop();
  }

  /** The addresses below /health show an event store that does not answer without this check. */
  async #look(): Promise<void> {
    const kinds = await this.events.kinds();
    try {
      checkReadable(kinds);
      this.#newer = undefined;
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      this.#newer = error.message;
    }
  }
}
