import { type NativePosition, START } from '../eventstore/port.js';
import { bodyOf } from '../projections/model.js';
import { type MonitoringBody, monitoring } from '../projections/monitoring.js';
import type { ProjectionRunner } from '../projections/runner/runner.js';
import { checkpointOf, type Keyset, type ReadStore } from '../readstore/port.js';
import type { Vault } from '../vault/vault.js';

/** How many documents are read at once. */
const PAGE = 200;

/**
 * The contributions of all plans, kept in memory: figures over a whole district are sums of them, and only what changed
 * since the last time is read again. What it holds is what the read model holds, never more.
 */
export class DistrictFacts {
  readonly #bodies = new Map<string, MonitoringBody>();
  /** Everything up to here is in memory. */
  #seen: NativePosition = START;
  /** Which build was read and what of it was behind: another one is read from its beginning. */
  #basis = '';
  #refreshing: Promise<void> | undefined;

  constructor(
    private readonly store: ReadStore,
    private readonly runner: ProjectionRunner,
    private readonly vault: Vault,
  ) {}

  /** The contributions as of now, by plan. */
  async all(): Promise<ReadonlyMap<string, MonitoringBody>> {
    // A look under way may have begun before what the caller waits for: it is waited for, and then looked anew.
    await this.#refreshing;
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    await this.#refreshing;
    return this.#bodies;
  }

  async #refresh(): Promise<void> {
    const { runner } = this;
    const spec = runner.live(monitoring.spec);
    const passed = runner.position;
    const behind = runner.quarantine.staleness(new Set([spec.name]));
    const basis = JSON.stringify([checkpointOf(spec), behind]);
    if (basis !== this.#basis || passed < this.#seen) {
      this.#bodies.clear();
      this.#seen = START;
      this.#basis = basis;
    }
    for (let after: Keyset | undefined; ; ) {
      const page = await this.store.find(spec, {
        filter: [{ field: 'at', op: 'range', after: this.#seen }],
        order: [{ field: 'at', direction: 'asc' }],
        limit: PAGE,
        ...(after ? { after } : {}),
      });
      await this.vault.learn(page.documents);
      for (const document of page.documents) this.#bodies.set(document.id, bodyOf(monitoring, document));
      const last = page.documents.at(-1);
      if (!page.more || !last) break;
      after = { values: [String(last.fields.at)], id: last.id };
    }
    // Of a batch under way some documents may be written and others not yet: they are looked at again.
    this.#seen = passed;
  }
}
