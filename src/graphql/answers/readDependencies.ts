import type { LocalDate } from '../../domain/dates.js';
import type { CollectionSpec, Filter } from '../../engine/readstore/port.js';
import { plansNamedIn } from '../accessScope.js';

/** Read models in which each row belongs to one plan. The row id begins with the plan id. */
const OF_ONE_PLAN: readonly string[] = ['plans', 'activities', 'controlPoints'];

/** The dependencies of an answer. A cached answer is valid until one of them changes. */
export class ReadDependencies {
  /** Ids of the plans that were read. */
  readonly plans = new Set<string>();
  /** True when the answer depends on every change, such as a list over all plans. */
  anything = false;
  #isCacheable = true;
  /** The local day that the answer used, by time zone. */
  readonly days = new Map<string, LocalDate>();
  /** The builds of the read models that were read. */
  readonly builds = new Map<CollectionSpec, CollectionSpec>();

  /** False when the answer depends on data whose changes do not invalidate the cache. */
  get isCacheable(): boolean {
    return this.#isCacheable;
  }

  /** Records a dependency on data whose changes do not invalidate the cache, so that the answer is not cached. */
  uncacheable(): void {
    this.#isCacheable = false;
  }

  /**
   * Drops the recorded plans and days. Used by subscriptions: their results are not cached, and the records would grow
   * without limit.
   */
  forget(): void {
    this.plans.clear();
    this.days.clear();
  }

  /** Records that rows were read by their ids. */
  documents(spec: CollectionSpec, ids: readonly string[]): void {
    if (!OF_ONE_PLAN.includes(spec.name)) this.anything = true;
    else for (const id of ids) this.plans.add(id.split('.')[0] ?? id);
  }

  /** Records that a list was read with a filter. */
  list(filter: Filter): void {
    const plans = plansNamedIn(filter);
    if (!plans) this.anything = true;
    else for (const plan of plans) this.plans.add(plan);
  }

  /** Records the build that answered for a read model. */
  build(spec: CollectionSpec, live: CollectionSpec): void {
    this.builds.set(spec, live);
  }
}
