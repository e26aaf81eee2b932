import type { NativePosition } from '../../engine/eventstore/port.js';
import { bodyOf } from '../../engine/projections/readModel.js';
import { documentPages } from '../../engine/readstore/pages.js';
import type { ReadStore } from '../../engine/readstore/port.js';
import { CHANGES_BY_POSITION, changes } from '../../projections/changes.js';
import type { ReadModelProgress } from '../services.js';

const CHANGES_PER_READ = 1_000;
/** Above this number of new changes or changed plans, all plans count as changed. */
const MAX_LOADED_CHANGES = 5_000;
const MAX_CHANGED_PLANS = 50_000;

/**
 * Stores when each plan last changed, up to the position that all read models have passed. Reads the `changes` read
 * model on demand, and never ahead of that position.
 */
export class PlanLastChanged {
  readonly #plans = new Map<string, NativePosition>();
  #upTo: NativePosition | undefined;
  #catching: Promise<void> | undefined;
  #epoch = 0;

  constructor(
    private readonly store: ReadStore,
    private readonly runner: Pick<ReadModelProgress, 'position' | 'live'>,
  ) {}

  /** Number of times that everything has changed, or may have changed. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Position that all read models have passed, if the changes up to it are loaded; otherwise undefined. */
  get known(): NativePosition | undefined {
    return this.#upTo === this.runner.position ? this.#upTo : undefined;
  }

  /**
   * Loads the changes up to the position that all read models have passed, and returns that position.
   *
   * @throws ReadStoreUnavailable
   */
  async current(): Promise<NativePosition> {
    const { position } = this.runner;
    for (;;) {
      // Read models that were reset are before the loaded position. Then all plans count as changed.
      if (this.#upTo === undefined || position < this.#upTo) this.#forget(position);
      const upTo = this.#upTo ?? position;
      if (upTo >= position) return upTo;
      this.#catching ??= this.#catchUp(upTo).finally(() => {
        this.#catching = undefined;
      });
      await this.#catching;
    }
  }

  /** Returns true when a plan has changed after a position, as of the last call of {@link current}. */
  hasChanged(planId: string, since: NativePosition): boolean {
    return (this.#plans.get(planId) ?? since) > since;
  }

  async #catchUp(from: NativePosition): Promise<void> {
    const to = this.runner.position;
    const filter = [{ field: 'at', op: 'range', after: from, to }] as const;
    let count = 0;
    const request = { filter, order: CHANGES_BY_POSITION, limit: CHANGES_PER_READ };
    for await (const { documents } of documentPages(this.store, this.runner.live(changes.spec), request)) {
      for (const document of documents) {
        const { planId, organisationId, position } = bodyOf(changes, document);
        if (planId !== null) this.#plans.set(planId, position);
        // Changes of persons and of access may affect every answer.
        else if (organisationId === null) this.#epoch += 1;
      }
      count += documents.length;
      if (count > MAX_LOADED_CHANGES || this.#plans.size > MAX_CHANGED_PLANS) {
        this.#forget(to);
        return;
      }
    }
    this.#upTo = to;
  }

  #forget(position: NativePosition): void {
    this.#epoch += 1;
    this.#plans.clear();
    this.#upTo = position;
  }
}
