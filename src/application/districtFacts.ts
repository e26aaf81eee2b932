import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { FactPlace } from '../domain/indicators/facts.js';
import { FigureSums } from '../domain/indicators/sums.js';
import { type NativePosition, START } from '../engine/eventstore/port.js';
import { bodyOf } from '../engine/projections/readModel.js';
import type { ProjectionRunner } from '../engine/projections/runner.js';
import { documentPages } from '../engine/readstore/pages.js';
import { checkpointOf, type ReadStore } from '../engine/readstore/port.js';
import type { Vault } from '../engine/vault/vault.js';
import { OneByOne } from '../engine/workers/oneByOne.js';
import { type MonitoringBody, monitoring } from '../projections/monitoring.js';

/** Records read per page, and plans summed before the event loop gets its turn. */
const FACTS_PER_READ = 200;
const PLANS_PER_TURN = 10;
/**
 * Maximum total number of steps in the cached sums of circles; the least recently used are dropped. A step takes about
 * 200 bytes. The sums of all plans are cached separately.
 */
const MAX_CACHED_STEPS = 2_000_000;

/** Organisations whose plans are summed together; null: all plans, including those without an organisation. */
export type Circle = ReadonlySet<string> | null;

interface CircleSums {
  readonly circle: Circle;
  readonly sums: FigureSums;
}

/**
 * The monitoring facts of all plans with their sums, in memory. A refresh reads and sums only what changed since the
 * last one.
 */
export class DistrictFacts {
  readonly #bodies = new Map<string, MonitoringBody>();
  /** Last result of `all`, valid until something changes. */
  #told: ReadonlyMap<string, MonitoringBody> | undefined;
  #whole: FigureSums | undefined;
  readonly #summed = new LRUCache<string, CircleSums>({
    maxSize: MAX_CACHED_STEPS,
    sizeCalculation: ({ sums }) => sums.size + 1,
  });
  /** Position of the last event that the facts in memory include. */
  #seen: NativePosition = START;
  /** The build that was read, and its quarantined rows, as text. If either changes, everything is read again. */
  #basis = '';
  /** A refresh must not overlap with another one. */
  readonly #turns = new OneByOne();
  #stopped = false;

  constructor(
    private readonly store: ReadStore,
    private readonly runner: ProjectionRunner,
    private readonly vault: Vault,
  ) {}

  /** Returns the present facts by plan, in the order of plan ids. Later refreshes do not change the returned map. */
  async all(): Promise<ReadonlyMap<string, MonitoringBody>> {
    return this.#turns.run(async () => {
      await this.#refresh();
      this.#told ??= new Map([...this.#bodies].sort(([a], [b]) => (a < b ? -1 : 1)));
      return this.#told;
    });
  }

  /** Returns the present sums of a circle of organisations. */
  async sumsOf(circle: Circle): Promise<FigureSums> {
    return this.#turns.run(async () => {
      await this.#refresh();
      return this.#sumsOf(circle);
    });
  }

  /** Returns the present sums of each organisation, by its id. */
  async sumsByOrganisation(ids: readonly string[]): Promise<ReadonlyMap<string, FigureSums>> {
    return this.#turns.run(async () => {
      await this.#refresh();
      const found = new Map<string, FigureSums>();
      for (const [index, id] of ids.entries()) {
        found.set(id, await this.#sumsOf(new Set([id])));
        if (index % PLANS_PER_TURN === 0) await this.#others();
      }
      return found;
    });
  }

  /** Reads and sums all plans, so that the first request does not wait. */
  async warm(): Promise<void> {
    await this.sumsOf(null);
  }

  /** Stops a running computation and waits for its end. */
  async close(): Promise<void> {
    this.#stopped = true;
    await this.#turns.settled();
  }

  async #sumsOf(circle: Circle): Promise<FigureSums> {
    const key = circle === null ? '' : [...circle].sort().join(' ');
    const known = circle === null ? this.#whole : this.#summed.get(key)?.sums;
    if (known) return known;
    const sums = new FigureSums();
    let taken = 0;
    for (const body of this.#bodies.values()) {
      if (!isIn(circle, body)) continue;
      sums.add(body.facts);
      taken += 1;
      if (taken % PLANS_PER_TURN === 0) await this.#others();
    }
    if (circle === null) this.#whole = sums;
    else this.#summed.set(key, { circle, sums });
    return sums;
  }

  /** Lets the event loop run other work. */
  async #others(): Promise<void> {
    await nextTurn();
    if (this.#stopped) throw new Error('the server is stopping');
  }

  async #refresh(): Promise<void> {
    const { runner } = this;
    const spec = runner.live(monitoring.spec);
    const passed = runner.position;
    const behind = runner.quarantine.staleness(new Set([spec.name]));
    const basis = JSON.stringify([checkpointOf(spec), behind]);
    if (basis !== this.#basis || passed < this.#seen) {
      this.#bodies.clear();
      this.#summed.clear();
      this.#whole = undefined;
      this.#told = undefined;
      this.#seen = START;
      this.#basis = basis;
    }
    const pages = documentPages(this.store, spec, {
      filter: [{ field: 'at', op: 'range', after: this.#seen }],
      order: [{ field: 'at', direction: 'asc' }],
      limit: FACTS_PER_READ,
    });
    for await (const page of pages) {
      await this.vault.learn(page.documents);
      for (const document of page.documents) this.#take(document.id, compacted(bodyOf(monitoring, document)));
      if (page.more) await this.#others();
    }
    // Some records of a running batch may be written and others not: the next refresh reads from this position again.
    this.#seen = passed;
  }

  #take(planId: string, body: MonitoringBody): void {
    const known = this.#bodies.get(planId);
    this.#bodies.set(planId, body);
    this.#told = undefined;
    const whole: CircleSums[] = this.#whole ? [{ circle: null, sums: this.#whole }] : [];
    for (const { circle, sums } of [...whole, ...this.#summed.values()]) {
      if (known && isIn(circle, known)) sums.add(known.facts, -1);
      if (isIn(circle, body)) sums.add(body.facts);
    }
  }
}

function isIn(circle: Circle, { organisationId }: MonitoringBody): boolean {
  return circle === null || (organisationId !== null && circle.has(organisationId));
}

/** Returns the body with equal texts shared, to save memory: names are long and repeat in every control point. */
function compacted(body: MonitoringBody): MonitoringBody {
  const texts = new Map<string, string>();
  const one = (text: string): string => {
    const known = texts.get(text);
    if (known === undefined) texts.set(text, text);
    return known ?? text;
  };
  const placed = <F extends FactPlace>(fact: F): F => ({
    ...fact,
    activityId: one(fact.activityId),
    sectionId: one(fact.sectionId),
    accountable: one(fact.accountable),
  });
  const { points, activities, reports, moves, requests, ...rest } = body.facts;
  const facts = {
    ...rest,
    points: points.map(placed),
    activities: activities.map(placed),
    reports: reports.map(placed),
    moves: moves.map(placed),
    requests: requests.map(placed),
  };
  return { ...body, facts };
}
