import { localDay } from '../../domain/dates.js';
import type { NativePosition } from '../../engine/eventstore/port.js';
import type { ReadStore } from '../../engine/readstore/port.js';
import type { ReadModelProgress } from '../services.js';
import { PlanLastChanged } from './planLastChanged.js';
import type { ReadDependencies } from './readDependencies.js';

/** The state of the read models at one moment. */
export interface ReadModelsState {
  readonly position: NativePosition;
  readonly epoch: number;
  readonly quarantine: number;
}

/** A computed value: its dependencies and the state from which it was computed. */
export interface ValueOrigin {
  readonly reads: ReadDependencies;
  /** State of the read models before the first read: everything read is at least as new. */
  readonly moment: ReadModelsState;
}

/** Decides whether a cached value is still valid. */
export class Validity {
  readonly #plans: PlanLastChanged;

  constructor(
    private readonly store: ReadStore,
    private readonly runner: ReadModelProgress,
    private readonly clock: () => string,
  ) {
    this.#plans = new PlanLastChanged(store, runner);
  }

  /**
   * Returns the present state of the read models. While the read store is away, returns what {@link now} does: nobody
   * waits for a read that will fail, and earlier values can still be found.
   *
   * @throws ReadStoreUnavailable
   */
  async begin(): Promise<ReadModelsState | undefined> {
    if (this.store.known().awaySince !== undefined) return this.now();
    return this.#momentAt(await this.#plans.current());
  }

  /** Returns the last known state if it is known without waiting; otherwise undefined. */
  now(): ReadModelsState | undefined {
    const position = this.#plans.known;
    return position === undefined ? undefined : this.#momentAt(position);
  }

  /** Returns true when no dependency of a value has changed up to `now`. */
  isSame({ reads, moment }: ValueOrigin, now: ReadModelsState): boolean {
    if (moment.epoch !== now.epoch || moment.quarantine !== now.quarantine) return false;
    if (reads.anything && moment.position !== now.position) return false;
    for (const [zone, day] of reads.days) if (localDay(this.clock(), zone) !== day) return false;
    for (const [spec, live] of reads.builds) if (this.runner.live(spec) !== live) return false;
    if (moment.position !== now.position) {
      for (const plan of reads.plans) if (this.#plans.hasChanged(plan, moment.position)) return false;
    }
    return true;
  }

  #momentAt(position: NativePosition): ReadModelsState {
    return { position, epoch: this.#plans.epoch, quarantine: this.runner.quarantine.version };
  }
}
