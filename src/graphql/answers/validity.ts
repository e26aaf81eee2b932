import { localDay } from '../../domain/dates.js';
import type { NativePosition } from '../../eventstore/port.js';
import type { ReadStore } from '../../readstore/port.js';
import type { Followed } from '../services.js';
import { Marks } from './marks.js';
import type { ReadDependencies } from './readDependencies.js';

/** What there is to be known of the read models when something is begun to be read. */
export interface Moment {
  readonly position: NativePosition;
  readonly epoch: number;
  readonly quarantine: number;
}

/** Something with what it was made from. */
export interface Made {
  readonly reads: ReadDependencies;
  /** What everything that was read was at least as new as. */
  readonly moment: Moment;
}

/** Tells whether what was read before would be read so again. */
export class Validity {
  readonly #marks: Marks;

  constructor(
    store: ReadStore,
    private readonly runner: Followed,
    private readonly clock: () => string,
    /** Whether answers carry a mark of the moment, so that no earlier one is given again as it was. */
    private readonly isMarked: () => boolean = () => false,
  ) {
    this.#marks = new Marks(store, runner);
  }

  /** From when on something is read. @throws ReadStoreUnavailable */
  async begin(): Promise<Moment> {
    return this.#momentAt(await this.#marks.current());
  }

  /** The same, if it can be told without waiting. */
  now(): Moment | undefined {
    const position = this.isMarked() ? undefined : this.#marks.known;
    return position === undefined ? undefined : this.#momentAt(position);
  }

  /** Whether nothing that was read has changed up to now. */
  isSame({ reads, moment }: Made, now: Moment): boolean {
    if (moment.epoch !== now.epoch || moment.quarantine !== now.quarantine) return false;
    if (reads.anything && moment.position !== now.position) return false;
    for (const [zone, day] of reads.days) if (localDay(this.clock(), zone) !== day) return false;
    for (const [spec, live] of reads.builds) if (this.runner.live(spec) !== live) return false;
    if (moment.position !== now.position) {
      for (const plan of reads.plans) if (this.#marks.hasChanged(plan, moment.position)) return false;
    }
    return true;
  }

  #momentAt(position: NativePosition): Moment {
    return { position, epoch: this.#marks.epoch, quarantine: this.runner.quarantine.version };
  }
}
