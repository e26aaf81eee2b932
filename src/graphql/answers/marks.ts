import type { NativePosition } from '../../eventstore/port.js';
import { changes } from '../../projections/changes.js';
import { bodyOf } from '../../projections/model.js';
import { documentPages } from '../../readstore/pages.js';
import type { ReadStore } from '../../readstore/port.js';
import type { Followed } from '../services.js';

const PAGE = 1_000;
/** More changes than this at once, or more plans that have changed, and everything counts as changed. */
const MAX_CHANGES = 5_000;
const MAX_PLANS = 50_000;
const BY_POSITION = [{ field: 'at', direction: 'asc' }] as const;

/** When each plan last changed, as far as all read models have passed: read from the feed when somebody asks, and never ahead of it. */
export class Marks {
  readonly #plans = new Map<string, NativePosition>();
  #upTo: NativePosition | undefined;
  #catching: Promise<void> | undefined;
  #epoch = 0;

  constructor(
    private readonly store: ReadStore,
    private readonly runner: Pick<Followed, 'position' | 'live'>,
  ) {}

  /** Counts the times that everything has changed, or may have. */
  get epoch(): number {
    return this.#epoch;
  }

  /** The last position that all read models have passed, if it is known here already what has changed up to it. */
  get known(): NativePosition | undefined {
    return this.#upTo === this.runner.position ? this.#upTo : undefined;
  }

  /** The same, once it is known here what has changed up to it. @throws ReadStoreUnavailable */
  async current(): Promise<NativePosition> {
    const { position } = this.runner;
    for (;;) {
      // Read models that have lost what they had stand before what is known: everything is to be read anew.
      if (this.#upTo === undefined || position < this.#upTo) this.#forget(position);
      const upTo = this.#upTo ?? position;
      if (upTo >= position) return upTo;
      this.#catching ??= this.#catchUp(upTo).finally(() => {
        this.#catching = undefined;
      });
      await this.#catching;
    }
  }

  /** Whether a plan has changed after a position, as of what {@link current} told last. */
  hasChanged(planId: string, since: NativePosition): boolean {
    return (this.#plans.get(planId) ?? since) > since;
  }

  async #catchUp(from: NativePosition): Promise<void> {
    const to = this.runner.position;
    const filter = [{ field: 'at', op: 'range', after: from, to }] as const;
    let count = 0;
    const request = { filter, order: BY_POSITION, limit: PAGE };
    for await (const { documents } of documentPages(this.store, this.runner.live(changes.spec), request)) {
      for (const document of documents) {
        const { planId, organisationId, position } = bodyOf(changes, document);
        if (planId !== null) this.#plans.set(planId, position);
        // What is about a person, or about access, is told in no document of its own.
        else if (organisationId === null) this.#epoch += 1;
      }
      count += documents.length;
      if (count > MAX_CHANGES || this.#plans.size > MAX_PLANS) {
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
