import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Place } from '../domain/indicators/facts.js';
import { FigureSums } from '../domain/indicators/sums.js';
import { type NativePosition, START } from '../eventstore/port.js';
import { bodyOf } from '../projections/model.js';
import { type MonitoringBody, monitoring } from '../projections/monitoring.js';
import type { ProjectionRunner } from '../projections/runner/runner.js';
import { documentPages } from '../readstore/pages.js';
import { checkpointOf, type ReadStore } from '../readstore/port.js';
import type { Vault } from '../vault/vault.js';

/** How many documents are read, and how many plans summed, before others get their turn. */
const PAGE = 200;
const TURN = 10;
/**
 * How many steps the sums of circles have together before the one that was not asked for longest is let go; a step takes
 * about 200 bytes. The sums of all plans are kept beside them.
 */
const MAX_STEPS = 2_000_000;

/** Organisations whose plans are summed together; null: all plans, those of no organisation too. */
export type Circle = ReadonlySet<string> | null;

interface Summed {
  readonly circle: Circle;
  readonly sums: FigureSums;
}

/**
 * The contributions of all plans, kept in memory with their sums: only what changed since the last time is read and
 * summed again.
 */
export class DistrictFacts {
  readonly #bodies = new Map<string, MonitoringBody>();
  /** What was told last, as long as nothing has changed. */
  #told: ReadonlyMap<string, MonitoringBody> | undefined;
  #whole: FigureSums | undefined;
  readonly #summed = new LRUCache<string, Summed>({ maxSize: MAX_STEPS, sizeCalculation: ({ sums }) => sums.size + 1 });
  /** Everything up to here is in memory. */
  #seen: NativePosition = START;
  /** Which build was read and what of it was behind: another one is read from its beginning. */
  #basis = '';
  #turn: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly store: ReadStore,
    private readonly runner: ProjectionRunner,
    private readonly vault: Vault,
  ) {}

  /** The contributions as of now, by plan, in the order of ids; whatever is read later does not change the answer. */
  async all(): Promise<ReadonlyMap<string, MonitoringBody>> {
    return this.#inTurn(async () => {
      await this.#refresh();
      this.#told ??= new Map([...this.#bodies].sort(([a], [b]) => (a < b ? -1 : 1)));
      return this.#told;
    });
  }

  /** The figures of a circle of organisations as of now, summed in advance. */
  async sumsOf(circle: Circle): Promise<FigureSums> {
    return this.#inTurn(async () => {
      await this.#refresh();
      return this.#sumsOf(circle);
    });
  }

  /** The same of organisations, each by itself, by their ids. */
  async sumsByOrganisation(ids: readonly string[]): Promise<ReadonlyMap<string, FigureSums>> {
    return this.#inTurn(async () => {
      await this.#refresh();
      const found = new Map<string, FigureSums>();
      for (const id of ids) found.set(id, await this.#sumsOf(new Set([id])));
      return found;
    });
  }

  /** Reads and sums all plans, so that the first who asks need not wait. */
  async warm(): Promise<void> {
    await this.sumsOf(null);
  }

  /** Lets go of the store: a summing under way ends. */
  async close(): Promise<void> {
    this.#stopped = true;
    await this.#turn;
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
      if (taken % TURN === 0) await this.#others();
    }
    if (circle === null) this.#whole = sums;
    else this.#summed.set(key, { circle, sums });
    return sums;
  }

  /** One after another: what one of them makes of what it found must not be overtaken by the next. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Others get their turn. */
  async #others(): Promise<void> {
    await nextTurn();
    if (this.#stopped) throw new Error('the server ends');
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
      limit: PAGE,
    });
    for await (const page of pages) {
      await this.vault.learn(page.documents);
      for (const document of page.documents) this.#take(document.id, compacted(bodyOf(monitoring, document)));
      if (page.more) await this.#others();
    }
    // Of a batch under way some documents may be written and others not yet: they are looked at again.
    this.#seen = passed;
  }

  #take(planId: string, body: MonitoringBody): void {
    const known = this.#bodies.get(planId);
    this.#bodies.set(planId, body);
    this.#told = undefined;
    const whole: Summed[] = this.#whole ? [{ circle: null, sums: this.#whole }] : [];
    for (const { circle, sums } of [...whole, ...this.#summed.values()]) {
      if (known && isIn(circle, known)) sums.add(known.facts, -1);
      if (isIn(circle, body)) sums.add(body.facts);
    }
  }
}

function isIn(circle: Circle, { organisationId }: MonitoringBody): boolean {
  return circle === null || (organisationId !== null && circle.has(organisationId));
}

/** The same with one text in the place of many that are alike: names are long, and every point has one. */
function compacted(body: MonitoringBody): MonitoringBody {
  const texts = new Map<string, string>();
  const one = (text: string): string => {
    const known = texts.get(text);
    if (known === undefined) texts.set(text, text);
    return known ?? text;
  };
  const placed = <F extends Place>(fact: F): F => ({
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
