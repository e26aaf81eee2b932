import DataLoader from 'dataloader';
import type { PageRequest, SumRequest } from '../engine/readstore/port.js';
import { activities } from '../projections/activities.js';
import { auditTrail } from '../projections/auditTrail.js';
import { controlPointModel } from '../projections/controlPoints.js';
import { holders } from '../projections/holders.js';
import type { ReadModel } from '../projections/model.js';
import { organisations } from '../projections/organisations.js';
import { type PartyBody, parties } from '../projections/parties.js';
import { plans } from '../projections/plans.js';
import { ACTIVITIES_OF_SECTION, type ChildList, POINTS_OF_ACTIVITY, STEPS_OF_ACTIVITY } from './below.js';

/** The reads of a request context that loaders use. */
interface LoaderReads {
  get<Body>(model: ReadModel<Body>, ids: readonly string[]): Promise<(Body | undefined)[]>;
  find<Body>(model: ReadModel<Body>, page: PageRequest): Promise<{ readonly bodies: readonly Body[] }>;
  sums<Body>(model: ReadModel<Body>, request: SumRequest): Promise<ReadonlyMap<string, number>>;
  lists<Body>(below: ChildList<Body>, keys: readonly string[]): Promise<Body[][]>;
  lastUses(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

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
        const { bodies } = await this.reading.find(parties, { filter, order: [], limit: 1 });
        return bodies[0] ?? this.#owner(value);
      }),
    ),
  );
  readonly #activityCount = this.#made<number>(async (values) => {
    const filter = [{ field: 'partyId', op: 'in', values }] as const;
    const counts = await this.reading.sums(parties, { filter, by: 'partyId', of: 'activityCount' });
    return values.map((id) => counts.get(id) ?? 0);
  });
  readonly #lastUse = this.#made<string | null>(async (ids) => {
    const used = await this.reading.lastUses(ids);
    return ids.map((id) => used.get(id) ?? null);
  });
  readonly #pointsOfActivity = this.#below(POINTS_OF_ACTIVITY);
  readonly #activitiesOfSection = this.#below(ACTIVITIES_OF_SECTION);
  readonly #stepsOfActivity = this.#below(STEPS_OF_ACTIVITY);

  constructor(private readonly reading: LoaderReads) {}

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
    const { bodies } = await this.reading.find(controlPointModel, { filter, order: [], limit: 1 });
    const [point] = bodies;
    if (!point) return undefined;
    const { key, name } = point.accountable;
    return { partyId, planId: point.planId, organisationId: null, key, name, kind: 'unit' };
  }

  #byId<Body>(model: ReadModel<Body>): () => DataLoader<string, Body | undefined> {
    return this.#made((ids) => this.reading.get(model, ids));
  }

  #below<Body>(below: ChildList<Body>): () => DataLoader<string, Body[]> {
    return this.#made((keys) => this.reading.lists(below, keys));
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
