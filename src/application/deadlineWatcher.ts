import type { Logger } from 'pino';
import type { Principal } from '../access/principal.js';
import { localDay } from '../domain/dates.js';
import type { Clock } from '../engine/clock.js';
import { ChronicleDamaged } from '../engine/eventstore/port.js';
import { bodyOf } from '../engine/projections/readModel.js';
import type { ProjectionRunner } from '../engine/projections/runner.js';
import type { Keyset, ReadStore } from '../engine/readstore/port.js';
import { type Supervised, supervise, type WorkerLease, type WorkerObserver } from '../engine/workers/supervisor.js';
import { controlPointModel } from '../projections/controlPoints.js';
import type { CommandHandler } from './commands.js';

/** Interval of the checks, in milliseconds: a notice is recorded at most this long after local midnight. */
const TICK_MS = 60_000;

const POINTS_PER_READ = 500;

const NO_ABORT = new AbortController().signal;

/** The first time zone in which a day begins. A day that is not over there is not over in any time zone. */
const FIRST_ZONE = 'Pacific/Kiritimati';

/** Dependencies of the watcher. */
export interface WatcherParts {
  readonly handler: Pick<CommandHandler, 'handle'>;
  readonly store: ReadStore;
  readonly runner: ProjectionRunner;
  readonly clock: Clock;
  readonly log: Logger;
  readonly observer?: WorkerObserver;
  /** The principal that gives the commands. */
  readonly principal: Principal;
  readonly lease: WorkerLease;
}

/**
 * Records a notice for each due day that passes without the work. The plan decides which notices are due; the watcher
 * only finds the plans. It keeps no state between checks, so that a restart or a long pause loses nothing.
 */
export class DeadlineWatcher {
  #worker: Supervised | undefined;
  #looking: Promise<number> | undefined;
  #given = 0;

  constructor(private readonly parts: WatcherParts) {}

  /** Number of notices recorded since the start. */
  get given(): number {
    return this.#given;
  }

  /** Checks now and then every minute. */
  start(): void {
    const run = async (signal: AbortSignal) => {
      await this.look(signal);
    };
    this.#worker = supervise({ name: 'deadline watcher', every: TICK_MS, lease: this.parts.lease, run }, this.parts);
  }

  /**
   * Records the notices that are due and returns their number. Waits for a running check instead of starting another.
   */
  look(signal: AbortSignal = NO_ABORT): Promise<number> {
    this.#looking ??= this.#look(signal).finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Stops checking and waits for a running check. */
  async stop(): Promise<void> {
    await this.#worker?.stop();
    await this.#looking?.catch(() => undefined);
  }

  async #look(signal: AbortSignal): Promise<number> {
    let notices = 0;
    for (const planId of await this.#plansThatOwe(signal)) {
      if (signal.aborted || !this.parts.lease.isHeld()) break;
      const given = await this.#askUnlessClosed(planId);
      notices += given;
      this.#given += given;
    }
    return notices;
  }

  async #plansThatOwe(signal: AbortSignal): Promise<ReadonlySet<string>> {
    const { store, runner, clock } = this.parts;
    const now = clock();
    const filter = [{ field: 'noticeOn', op: 'range', before: localDay(now, FIRST_ZONE) }] as const;
    const order = [{ field: 'noticeOn', direction: 'asc' }] as const;
    const plans = new Set<string>();
    let after: Keyset | undefined;
    for (let more = true; more; ) {
      const page = await store.find(runner.live(controlPointModel.spec), {
        filter,
        order,
        limit: POINTS_PER_READ,
        ...(after ? { after } : {}),
      });
      for (const document of page.documents) {
        const { planId, noticeOn, timeZone } = bodyOf(controlPointModel, document);
        if (noticeOn !== null && noticeOn < localDay(now, timeZone)) plans.add(planId);
        after = { values: [noticeOn ?? ''], id: document.id };
      }
      more = page.more && !signal.aborted;
    }
    return plans;
  }

  /** Gives the command to one plan. A damaged stream gets no notice, and does not prevent notices to other plans. */
  async #askUnlessClosed(planId: string): Promise<number> {
    try {
      return await this.#ask(planId);
    } catch (error) {
      if (!(error instanceof ChronicleDamaged) || error.stream === undefined) throw error;
      this.parts.log.warn({ planId }, 'no notice was given: the stream of this plan is damaged');
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
    // NOTHING_CHANGES means that the read models did not yet contain the notices of the last check.
    if (result.refusal.code !== 'NOTHING_CHANGES') log.warn({ planId, refusal: result.refusal }, 'no notice was given');
    return 0;
  }
}
