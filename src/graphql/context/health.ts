import { type Writing, writingWith } from '../../engine/eventstore/damage.js';
import type { Staleness } from '../../engine/projections/quarantine.js';
import type { ReadModel } from '../../projections/model.js';
import type { ContextServices } from '../services.js';

/** A store that does not answer. */
export interface AwayStore {
  readonly code: 'EVENT_STORE_AWAY' | 'READ_STORE_AWAY';
  /** Since when it does not answer (RFC 3339). */
  readonly since: string;
}

/** The stores of the events and of the read models. */
type Stores = Pick<ContextServices, 'events' | 'store'>;

/** Returns the stores that do not answer, from what the process knows. */
export function awayStores({ events, store }: Stores): readonly AwayStore[] {
  const { awaySince: eventsSince } = events.known();
  const { awaySince: modelsSince } = store.known();
  if (eventsSince === undefined && modelsSince === undefined) return NO_STORES;
  return [
    ...(eventsSince === undefined ? [] : [{ code: 'EVENT_STORE_AWAY', since: eventsSince } as const]),
    ...(modelsSince === undefined ? [] : [{ code: 'READ_STORE_AWAY', since: modelsSince } as const]),
  ];
}

const NO_STORES: readonly AwayStore[] = [];

/** Returns true if answers must carry a warning: a store is damaged, or the age of its data is unknown. */
export function isWarned({ events, store }: Stores): boolean {
  return events.damage().length > 0 || awayStores({ events, store }).length > 0;
}

/** State of the stores that a request reads: stale read models, damage, and unavailability. */
export class StoreHealth {
  /** Names of the read models that the request has read. */
  readonly #models = new Set<string>();

  constructor(private readonly services: Stores & Pick<ContextServices, 'runner'>) {}

  /** Records that the request reads a read model. */
  noteRead<Body>({ spec }: ReadModel<Body>): void {
    this.#models.add(spec.name);
  }

  /** The stale parts of the read models that the request has read. */
  get staleness(): readonly Staleness[] {
    return this.services.runner.quarantine.staleness(this.#models);
  }

  /** The stores that do not answer, if the request has read read models; otherwise none. */
  get away(): readonly AwayStore[] {
    return this.#models.size === 0 ? NO_STORES : awayStores(this.services);
  }

  /** True if answers must carry a warning, whatever they are read from. */
  get isWarned(): boolean {
    return isWarned(this.services);
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
