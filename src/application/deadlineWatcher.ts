import type { Logger } from 'pino';
import type { Principal } from '../access/principal.js';
import { localDay } from '../domain/dates.js';
import { ChronicleDamaged } from '../eventstore/port.js';
import { controlPoints } from '../projections/controlPoints.js';
import { bodyOf } from '../projections/model.js';
import type { ProjectionRunner } from '../projections/runner/runner.js';
import type { Keyset, ReadStore } from '../readstore/port.js';
import type { Clock } from './clock.js';
import type { CommandHandler } from './handler.js';

/** How often the watcher looks, in milliseconds: a notice comes at most so long after local midnight. */
const TICK_MS = 60_000;

const PAGE = 500;

/** The zone in which a day begins first: what is not past there is past nowhere. */
const FIRST_ZONE = 'Pacific/Kiritimati';

/** What the watcher works with. */
export interface WatcherParts {
  readonly handler: Pick<CommandHandler, 'handle'>;
  readonly store: ReadStore;
  readonly runner: ProjectionRunner;
  readonly clock: Clock;
  readonly log: Logger;
  /** As whom notices are given. */
  readonly principal: Principal;
  /** False while another process looks; left out: never. */
  readonly mayLook?: () => boolean;
}

/**
 * Gives a notice for each due day that passes without the work. Which are owed is decided inside the plan; here it is only
 * found out which plans to ask. Nothing is remembered between looks, so that a restart or a long sleep loses nothing.
 */
export class DeadlineWatcher {
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<number> | undefined;
  #stopped = false;
  #given = 0;

  constructor(private readonly parts: WatcherParts) {}

  /** Notices given since the start. */
  get given(): number {
    return this.#given;
  }

  /** Looks now and then every minute. */
  start(): void {
    this.#timer = setInterval(() => void this.look(), TICK_MS);
    this.#timer.unref();
    void this.look();
  }

  /** Gives the notices that are owed now and tells how many; a look under way is waited for instead. Never fails. */
  look(): Promise<number> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<number> {
    let notices = 0;
    if (this.parts.mayLook?.() === false) return 0;
    try {
      for (const planId of await this.#plansThatOwe()) {
        if (this.#stopped || this.parts.mayLook?.() === false) break;
        notices += await this.#askUnlessClosed(planId);
      }
    } catch (error) {
      this.parts.log.error({ err: error }, 'the look for missed deadlines failed, it will be repeated');
    }
    this.#given += notices;
    return notices;
  }

  async #plansThatOwe(): Promise<ReadonlySet<string>> {
    const { store, runner, clock } = this.parts;
    const now = clock();
    const filter = [{ field: 'noticeOn', op: 'range', before: localDay(now, FIRST_ZONE) }] as const;
    const order = [{ field: 'noticeOn', direction: 'asc' }] as const;
    const plans = new Set<string>();
    let after: Keyset | undefined;
    for (let more = true; more; ) {
      const page = await store.find(runner.live(controlPoints.spec), {
        filter,
        order,
        limit: PAGE,
        ...(after ? { after } : {}),
      });
      for (const document of page.documents) {
        const { planId, noticeOn, timeZone } = bodyOf(controlPoints, document);
        if (noticeOn !== null && noticeOn < localDay(now, timeZone)) plans.add(planId);
        after = { values: [noticeOn ?? ''], id: document.id };
      }
      more = page.more && !this.#stopped;
    }
    return plans;
  }

  /** A plan whose own record is damaged takes no notice, and must not keep the others from theirs. */
  async #askUnlessClosed(planId: string): Promise<number> {
    try {
      return await this.#ask(planId);
    } catch (error) {
      if (!(error instanceof ChronicleDamaged) || error.stream === undefined) throw error;
      this.parts.log.warn({ planId }, 'no notice was given: the record of this plan is damaged');
      return 0;
    }
  }

  async #ask(planId: string): Promise<number> {
    const { handler, principal, log } = this.parts;
    const result = await handler.handle({
      id: planId,
      principal,
      payload: null,
      command: () => ({ type: 'noticeMissedDeadlines' }),
      commandId: null,
      expectedRevision: null,
      reason: null,
      basis: null,
      effectiveOn: null,
    });
    if (result.kind === 'done') return result.events.length;
    // Nothing changes when the read models had not yet seen the last look's notices.
    if (result.refusal.code !== 'NOTHING_CHANGES') log.warn({ planId, refusal: result.refusal }, 'no notice was given');
    return 0;
  }
}
