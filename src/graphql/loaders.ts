import DataLoader from 'dataloader';
import { type ActivityBody, activities } from '../projections/activities.js';
import { auditTrail } from '../projections/auditTrail.js';
import { type ControlPointBody, controlPoints } from '../projections/controlPoints.js';
import type { ReadModel } from '../projections/model.js';
import { organisations } from '../projections/organisations.js';
import { parties } from '../projections/parties.js';
import { plans } from '../projections/plans.js';
import type { PageRequest } from '../readstore/port.js';

/** Most rows that one batched read of nested lists takes before it reads list by list. */
const MAX_BATCH = 10_000;

/** What of a request loaders read by. */
interface Reading {
  get<Body>(model: ReadModel<Body>, ids: readonly string[]): Promise<(Body | undefined)[]>;
  find<Body>(model: ReadModel<Body>, page: PageRequest): Promise<{ readonly bodies: Body[]; readonly more: boolean }>;
  lastUses(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** What was loaded for a request: what is asked for at several places is read once, and together. Each is made when it is first asked for: most requests want few of them. */
export class Loaders {
  readonly #forgetting: (() => void)[] = [];
  readonly #plan = this.#byId(plans);
  readonly #activity = this.#byId(activities);
  readonly #point = this.#byId(controlPoints);
  readonly #entry = this.#byId(auditTrail);
  readonly #organisation = this.#byId(organisations);
  readonly #party = this.#byId(parties);
  readonly #lastUse = this.#made<string | null>(async (ids) => {
    const used = await this.reading.lastUses(ids);
    return ids.map((id) => used.get(id) ?? null);
  });
  readonly #pointsOfActivity = this.#made<ControlPointBody[]>((keys) =>
    this.#lists(controlPoints, 'activityKey', keys, 'ordinal', ({ planId, activityId }) => `${planId}.${activityId}`),
  );
  readonly #activitiesOfSection = this.#made<ActivityBody[]>((keys) =>
    this.#lists(activities, 'sectionKey', keys, 'planOrder', ({ planId, sectionId }) => `${planId}.${sectionId}`),
  );

  constructor(private readonly reading: Reading) {}

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

  get organisation() {
    return this.#organisation();
  }

  get party() {
    return this.#party();
  }

  /** When access was last used, by holder; null: never. */
  get lastUse() {
    return this.#lastUse();
  }

  get pointsOfActivity() {
    return this.#pointsOfActivity();
  }

  get activitiesOfSection() {
    return this.#activitiesOfSection();
  }

  /** Forgets all that was loaded. */
  forget(): void {
    for (const forget of this.#forgetting) forget();
  }

  #byId<Body>(model: ReadModel<Body>): () => DataLoader<string, Body | undefined> {
    return this.#made((ids) => this.reading.get(model, ids));
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

  /** Lists of several parents by one query; list by list when together they are too long. */
  async #lists<Body>(
    model: ReadModel<Body>,
    field: string,
    keys: readonly string[],
    order: string,
    keyOf: (body: Body) => string,
  ): Promise<Body[][]> {
    const terms = [{ field: order, direction: 'asc' }] as const;
    const { find } = this.reading;
    const all = await find(model, { filter: [{ field, op: 'in', values: keys }], order: terms, limit: MAX_BATCH });
    if (!all.more) {
      const byKey = new Map<string, Body[]>(keys.map((key) => [key, []]));
      for (const body of all.bodies) byKey.get(keyOf(body))?.push(body);
      return keys.map((key) => byKey.get(key) ?? []);
    }
    const pages = keys.map((value) =>
      find(model, { filter: [{ field, op: 'eq', value }], order: terms, limit: MAX_BATCH }),
    );
    return (await Promise.all(pages)).map(({ bodies }) => bodies);
  }
}
