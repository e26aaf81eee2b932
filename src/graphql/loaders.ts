import DataLoader from 'dataloader';
import { activities } from '../projections/activities.js';
import { auditTrail } from '../projections/auditTrail.js';
import { controlPointModel } from '../projections/controlPoints.js';
import { holders } from '../projections/holders.js';
import type { ReadModel } from '../projections/model.js';
import { organisations } from '../projections/organisations.js';
import { type PartyBody, parties } from '../projections/parties.js';
import { plans } from '../projections/plans.js';
import { ACTIVITIES_OF_SECTION, type ChildList, POINTS_OF_ACTIVITY, STEPS_OF_ACTIVITY } from './childLists.js';
import type { Context } from './context.js';
import { find, get, lists, sums } from './scope/documents.js';
import { lastUses } from './scope/oversight.js';

/** Loads values by their keys. */
interface RowLoader<Value> {
  load(key: string): Promise<Value>;
}

/**
 * The data loaders of a request. They batch reads and read each row once. Each loader is created on first use, because
 * most requests use only a few.
 */
export class Loaders {
  readonly #begun: DataLoader<string, unknown>[] = [];
  readonly plan = this.#byId(plans);
  readonly activity = this.#byId(activities);
  readonly point = this.#byId(controlPointModel);
  readonly entry = this.#byId(auditTrail);
  readonly holder = this.#byId(holders);
  readonly organisation = this.#byId(organisations);
  /** The rows of parties in a plan, by `partyRowId`. */
  readonly partyInPlan = this.#byId(parties);
  /** Parties by their ids, each as its first plan names it. */
  readonly party = this.#made<PartyBody | undefined>((ids) =>
    Promise.all(
      ids.map(async (value) => {
        const filter = [{ field: 'partyId', op: 'eq', value }] as const;
        const { bodies } = await find(this.context, parties, { filter, order: [], limit: 1 });
        return bodies[0] ?? this.#owner(value);
      }),
    ),
  );
  /** The number of activities that name a party. */
  readonly activityCount = this.#made<number>(async (values) => {
    const filter = [{ field: 'partyId', op: 'in', values }] as const;
    const counts = await sums(this.context, parties, { filter, by: 'partyId', of: 'activityCount' });
    return values.map((id) => counts.get(id) ?? 0);
  });
  /** Times of the last use of access, by holder; null for never. */
  readonly lastUse = this.#made<string | null>(async (ids) => {
    const used = await lastUses(this.context, ids);
    return ids.map((id) => used.get(id) ?? null);
  });
  readonly pointsOfActivity = this.#below(POINTS_OF_ACTIVITY);
  readonly activitiesOfSection = this.#below(ACTIVITIES_OF_SECTION);
  /** Entries of the audit trail on reports and on requests for another term, by activity. */
  readonly stepsOfActivity = this.#below(STEPS_OF_ACTIVITY);

  constructor(private readonly context: Context) {}

  /** Drops all loaded rows. */
  forget(): void {
    for (const loader of this.#begun) loader.clearAll();
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

  #byId<Body>(model: ReadModel<Body>): RowLoader<Body | undefined> {
    return this.#made((ids) => get(this.context, model, ids));
  }

  #below<Body>(below: ChildList<Body>): RowLoader<Body[]> {
    return this.#made((keys) => lists(this.context, below, keys));
  }

  #made<Value>(batch: (keys: readonly string[]) => Promise<Value[]>): RowLoader<Value> {
    let made: DataLoader<string, Value> | undefined;
    const begin = () => {
      const loader = new DataLoader<string, Value>(batch);
      this.#begun.push(loader);
      return loader;
    };
    return {
      load(key) {
        made ??= begin();
        return made.load(key);
      },
    };
  }
}
