import { type Writing, writingWith } from '../../engine/eventstore/damage.js';
import type { Staleness } from '../../engine/projections/quarantine.js';
import type { ReadModel } from '../../projections/model.js';
import type { ContextServices } from '../services.js';

/** State of the stores that a request reads: stale read models, damage, and unavailability. */
export class StoreHealth {
  /** Names of the read models that the request has read. */
  readonly #models = new Set<string>();

  constructor(private readonly services: Pick<ContextServices, 'events' | 'runner'>) {}

  /** Records that the request reads a read model. */
  noteRead<Body>({ spec }: ReadModel<Body>): void {
    this.#models.add(spec.name);
  }

  /** The stale parts of the read models that the request has read. */
  get staleness(): readonly Staleness[] {
    return this.services.runner.quarantine.staleness(this.#models);
  }

  /** Since when the event store does not answer, if the request has read read models; otherwise undefined. */
  get awaySince(): string | undefined {
    return this.#models.size === 0 ? undefined : this.services.events.known().awaySince;
  }

  /** The parts of a damaged event store that still accept commands. */
  get writing(): Writing {
    return writingWith(this.services.events.damage());
  }

  /** Returns since when a row of a plan is stale; null when it is not. */
  staleSince<Body>(model: ReadModel<Body>, planId: string, documentId: string): string | null {
    return this.services.runner.quarantine.staleSince(model.spec.name, `plan-${planId}`, documentId);
  }
}
