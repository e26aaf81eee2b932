import DataLoader from 'dataloader';
import { activities } from '../projections/activities.js';
import { auditTrail } from '../projections/auditTrail.js';
import { controlPointModel } from '../projections/controlPoints.js';
import { holders } from '../projections/holders.js';
import type { ReadModel } from '../projections/model.js';
import { organisations } from '../projections/organisations.js';
import { type PartyBody, parties } from '../projections/parties.js';
import { plans } from '../projections/plans.js';
import { ACTIVITIES_OF_SECTION, type ChildList, POINTS_OF_ACTIVITY, STEPS_OF_ACTIVITY } from './below.js';
import { find, get, lists, sums } from './scope/documents.js';
import { lastUses } from './scope/oversight.js';
import type { ScopedRequest } from './scope/request.js';

/**
 * The data loaders of a request. They batch reads and read each row once. Each loader is created on first use, because
 * most requests use few of them.
 */
export class Loaders {
  readonly #forgetting: (() => void)[] = [];
  readonly #plan = this.#byId(plans);
  readonly #activity = this.#byId(activities);
  readonly #point = this.#byId(controlPointModel);
  readonly #entry = this.#byId(auditTrail);
  readonly #holder = this.#byId(holders);
  readonly #organisation = this.#byId(organisations);
  readonly #partyInPlan = this.#byId(parties);
  readonly #party = this.#made<PartyBody | undefined>((ids) =>
    Promise.all(
      ids.map(async (value) => {
        const filter = [{ field: 'partyId', op: 'eq', value }] as const;
        const { bodies } = await find(this.context, parties, { filter, order: [], limit: 1 });
        return bodies[0] ?? this.#owner(value);
      }),
    ),
  );
  readonly #activityCount = this.#made<number>(async (values) => {
    const filter = [{ field: 'partyId', op: 'in', values }] as const;
    const counts = await sums(this.context, parties, { filter, by: 'partyId', of: 'activityCount' });
    return values.map((id) => counts.get(id) ?? 0);
  });
  readonly #lastUse = this.#made<string | null>(async (ids) => {
    const used = await lastUses(this.context, ids);
    return ids.map((id) => used.get(id) ?? null);
  });
  readonly #pointsOfActivity = this.#below(POINTS_OF_ACTIVITY);
  readonly #activitiesOfSection = this.#below(ACTIVITIES_OF_SECTION);
  readonly #stepsOfActivity = this.#below(STEPS_OF_ACTIVITY);

  constructor(private readonly context: ScopedRequest) {}

  get plan() {
    return this.#plan();
  }

  get activity() {
    return this.#activity();
  }

  get point() {
    return this.#point();
  }

  get entry() {
    return this.#entry();
  }

  get holder() {
    return this.#holder();
  }

  get organisation() {
    return this.#organisation();
  }

  /** The rows of parties in a plan, by `partyRowId`. */
  get partyInPlan() {
    return this.#partyInPlan();
  }

  /** Parties by their ids, each as its first plan names it. */
  get party() {
    return this.#party();
  }

  /** The number of activities that name a party. */
  get activityCount() {
    return this.#activityCount();
  }

  /** Times of the last use of access, by holder; null for never. */
  get lastUse() {
    return this.#lastUse();
  }

  get pointsOfActivity() {
    return this.#pointsOfActivity();
  }

  get activitiesOfSection() {
    return this.#activitiesOfSection();
  }

  /** Entries of the audit trail on reports and on requests for another term, by activity. */
  get stepsOfActivity() {
    return this.#stepsOfActivity();
  }

  /** Drops all loaded rows. */
  forget(): void {
    for (const forget of this.#forgetting) forget();
  }

  /** Returns a unit that is accountable because it owns a plan, although no activity names it. */
  async #owner(partyId: string): Promise<PartyBody | undefined> {
    const filter = [{ field: 'accountableId', op: 'eq', value: partyId }] as const;
    const { bodies } = await find(this.context, controlPointModel, { filter, order: [], limit: 1 });
    const [point] = bodies;
    if (!point) return undefined;
    const { key, name } = point.accountable;
    return { partyId, planId: point.planId, organisationId: null, key, name, kind: 'unit' };
  }

  #byId<Body>(model: ReadModel<Body>): () => DataLoader<string, Body | undefined> {
    return this.#made((ids) => get(this.context, model, ids));
  }

  #below<Body>(below: ChildList<Body>): () => DataLoader<string, Body[]> {
    return this.#made((keys) => lists(this.context, below, keys));
  }

  #made<Value>(batch: (keys: readonly string[]) => Promise<Value[]>): () => DataLoader<string, Value> {
    let made: DataLoader<string, Value> | undefined;
    return () => {
      if (made) return made;
      const loader = new DataLoader<string, Value>(batch);
      this.#forgetting.push(() => loader.clearAll());
      made = loader;
      return loader;
    };
  }
}
