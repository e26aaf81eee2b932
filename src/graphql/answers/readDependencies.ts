import type { LocalDate } from '../../domain/dates.js';
import type { CollectionSpec, Filter } from '../../readstore/port.js';
import { plansNamedIn } from '../sight.js';

/** Models whose documents follow one plan each, which their ids begin with. */
const OF_ONE_PLAN: readonly string[] = ['plans', 'activities', 'controlPoints'];

/** What an answer was read from: as long as nothing of it has changed, the same question has the same answer. */
export class ReadDependencies {
  /** Plans, by their ids. */
  readonly plans = new Set<string>();
  /** Something was read that any change may change, such as a list over all plans. */
  anything = false;
  #isCacheable = true;
  /** The local day that it was made on, by time zone. */
  readonly days = new Map<string, LocalDate>();
  /** The builds of the read models that answered. */
  readonly builds = new Map<CollectionSpec, CollectionSpec>();

  /** False when something was read whose changes are not followed: such an answer is not kept. */
  get isCacheable(): boolean {
    return this.#isCacheable;
  }

  /** Notes that something was read whose changes are not followed. */
  uncacheable(): void {
    this.#isCacheable = false;
  }

  /** For a request without an end, whose answers are not kept. */
  forget(): void {
    this.plans.clear();
    this.days.clear();
  }

  documents(spec: CollectionSpec, ids: readonly string[]): void {
    if (!OF_ONE_PLAN.includes(spec.name)) this.anything = true;
    else for (const id of ids) this.plans.add(id.split('.')[0] ?? id);
  }

  list(filter: Filter): void {
    const plans = plansNamedIn(filter);
    if (!plans) this.anything = true;
    else for (const plan of plans) this.plans.add(plan);
  }

  build(spec: CollectionSpec, live: CollectionSpec): void {
    this.builds.set(spec, live);
  }
}
