import { EventEmitter, once } from 'node:events';
import type { Logger } from 'pino';
import { ChronicleDamaged, type EventStore, type NativePosition } from '../eventstore/port.js';
import { type CollectionSpec, checkpointOf, type ReadStore } from '../readstore/port.js';
import { OneByOne } from '../workers/oneByOne.js';
import { type Supervised, supervise, type WorkerObserver, type WorkerTurn } from '../workers/supervisor.js';
import { isInPart } from './parts.js';
import { Passing } from './passing.js';
import { Progress } from './progress.js';
import { QUARANTINE, Quarantine } from './quarantine.js';
import type { ReadModels } from './readModels.js';
import { retryStream } from './retry.js';
import { chronicleCut, NewerEvents } from './runnerFaults.js';
import { ALONE, type Share } from './share.js';

/**
 * Delay before a failed batch is retried, in milliseconds. It doubles with each failure up to the maximum. The maximum
 * is short, because a connection that is cut again and again may last no longer.
 */
const BATCH_RETRY = { first: 250, longest: 2_000 };

/** How often a process reads the checkpoints that other processes move, and the quarantine, in milliseconds. */
const POLL_MS = 100;
const QUARANTINE_MS = 2_000;

/** Callbacks on the progress of the runner, as for metrics. */
export interface RunnerObserver extends WorkerObserver {
  /** Called after a batch was projected, with its number of events and its duration. */
  passed(events: number, milliseconds: number): void;
  /** Called after a batch failed. */
  failed(): void;
}

/** Projects events into the read models. Writes the rows, then moves the checkpoint, then resolves waiting promises. */
export class ProjectionRunner {
  readonly #damage = new EventEmitter().setMaxListeners(0);
  readonly #stop = new AbortController();
  readonly #progress: Progress;
  readonly #passing: Passing;
  /** Rows that could not be computed or written. */
  readonly quarantine: Quarantine;
  readonly #turns = new OneByOne();
  #running: Supervised | undefined;
  #polling: readonly Supervised[] = [];
  #halted: string | undefined;

  constructor(
    readonly models: ReadModels,
    private readonly events: EventStore,
    private readonly store: ReadStore,
    private readonly log: Logger,
    private readonly observer?: RunnerObserver,
    private readonly share: Share = ALONE,
  ) {
    this.quarantine = new Quarantine(store);
    this.#progress = new Progress(models.specs, store, this.#stop.signal, share.parts);
    const { quarantine } = this;
    this.#passing = new Passing({ models, events, store, log, observer, share, quarantine, progress: this.#progress });
  }

  /** Returns the position up to which every read model is current. */
  get position(): NativePosition {
    return this.#progress.position;
  }

  /**
   * True while this process projects events. False before the start, for offline work, and where other processes
   * project.
   */
  get isFollowing(): boolean {
    return this.#running !== undefined && !this.#stop.signal.aborted;
  }

  /** Returns why projecting has halted; undefined while it continues. */
  get halted(): string | undefined {
    return this.#halted;
  }

  /** Returns the live build of a collection. */
  live(spec: CollectionSpec): CollectionSpec {
    return this.#progress.live(spec);
  }

  /** Returns the live builds of all read models, each once for every part of the streams. */
  targets(): readonly CollectionSpec[] {
    return this.#progress.targets();
  }

  /** Returns builds of read models, each once for every part of the streams. */
  targetsOf(builds: readonly CollectionSpec[]): readonly CollectionSpec[] {
    return this.#progress.targetsOf(builds);
  }

  /**
   * Prepares the collections and starts to project events.
   *
   * @param keeps false when other processes project and this one only reads.
   * @throws ChronicleCut when the read models are ahead of the event store.
   */
  async start(keeps = true): Promise<void> {
    await this.open();
    const head = await this.events.head();
    const ahead = this.targets()
      .map((spec) => this.#progress.checkpointOf(spec))
      .find((checkpoint) => checkpoint !== undefined && checkpoint > head);
    if (ahead !== undefined) throw chronicleCut(head, ahead);
    const { log, observer, share } = this;
    const lease = { isHeld: () => this.#passing.mine().length > 0, term: () => share.term() };
    if (keeps) {
      this.#running = supervise(
        {
          name: 'projections',
          every: POLL_MS,
          retry: BATCH_RETRY,
          lease,
          run: (signal, turn) => this.#follow(signal, turn),
          failed: (error) => this.#failed(error),
        },
        { log, observer },
      );
    }
    if (share.isShared) {
      const polls = [
        { name: 'checkpoint poll', every: POLL_MS, retry: BATCH_RETRY, run: () => this.#pollCheckpoints() },
        { name: 'quarantine poll', every: QUARANTINE_MS, retry: BATCH_RETRY, run: () => this.#pollQuarantine() },
      ];
      this.#polling = polls.map((worker) => supervise(worker, { log, observer }));
    }
  }

  /** Prepares the collections without projecting, for work on files that no server has open. */
  async open(): Promise<void> {
    await this.#progress.load();
    await this.store.prepare([...this.models.specs.map((spec) => this.live(spec)), QUARANTINE]);
    await this.quarantine.load();
  }

  /**
   * Waits until the read models have reached a position. Returns false if the timeout (ms) or {@link stop} comes first.
   */
  async waitFor(position: NativePosition, timeout: number): Promise<boolean> {
    return this.#progress.waitUntil((reached) => reached >= position, AbortSignal.timeout(timeout));
  }

  /** Waits until the read models are past a position. Returns false when the signal aborts first. */
  async waitPast(position: NativePosition, signal: AbortSignal): Promise<boolean> {
    return this.#progress.waitUntil((reached) => reached > position, signal);
  }

  /** Runs work between two batches. No batch is written until it ends. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.run(work);
  }

  /**
   * Checks that this process holds the leases of some read models.
   *
   * @throws NotOurs
   */
  checkHeld(specs: readonly CollectionSpec[]): void {
    this.#passing.checkHeld(specs);
  }

  /**
   * Waits until this process holds the leases of some read models, as for operations while no server runs.
   *
   * @throws NotOurs when another process still holds one after the timeout (ms).
   */
  async held(specs: readonly CollectionSpec[], timeout: number): Promise<void> {
    const late = AbortSignal.timeout(timeout);
    while (this.share.takesPart && !late.aborted && specs.some((spec) => !this.share.holds(spec))) {
      await until(AbortSignal.any([late, this.share.term()]));
    }
    this.checkHeld(specs);
  }

  /** Makes builds that have caught up live. Call it only inside {@link exclusively}. */
  async switchTo(specs: readonly CollectionSpec[]): Promise<void> {
    this.checkHeld(this.targetsOf(specs));
    // Switch in this process first: both builds are complete, and the store drops the old one.
    const undo = this.#progress.switchTo(specs);
    try {
      await this.store.switchBuilds(specs);
    } catch (error) {
      undo();
      throw error;
    }
    await this.#progress.load();
  }

  /** Retries every quarantined row, stream by stream. Returns how many are current now and how many are left. */
  async retry(): Promise<{ readonly healed: number; readonly left: number }> {
    return this.exclusively(async () => {
      const { models, events, store, quarantine, log } = this;
      const streams = [...new Set(quarantine.entries.map((entry) => entry.stream))];
      const writtenFrom = (stream: string) => this.targets().filter(({ part }) => isInPart(part, stream));
      this.checkHeld(this.share.parts.length === 0 ? this.targets() : streams.flatMap(writtenFrom));
      const parts = { models, events, store, quarantine, log };
      const before = this.quarantine.size;
      for (const stream of streams) {
        const targets = writtenFrom(stream);
        // The rows of this part may be ahead of the slowest part.
        await retryStream(parts, targets, stream, this.#progress.leastOf(targets));
      }
      return { healed: before - this.quarantine.size, left: this.quarantine.size };
    });
  }

  /**
   * Waits as {@link waitFor} does, but stops waiting when the event store is found damaged.
   *
   * @throws ChronicleDamaged
   */
  async catchUp(position: NativePosition, timeout: number): Promise<boolean> {
    const done = new AbortController();
    const damaged = once(this.#damage, 'damage', { signal: done.signal }).then(([error]) => {
      throw error;
    });
    damaged.catch(() => undefined);
    try {
      return await Promise.race([this.waitFor(position, timeout), damaged]);
    } finally {
      done.abort();
    }
  }

  /** Stops projecting and waits for the batch in progress. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running?.stop();
    for (const polling of this.#polling) await polling.stop();
    await this.#turns.settled();
  }

  /** Projects the read models of this process, until the signal aborts. */
  async #follow(signal: AbortSignal, { progress }: WorkerTurn): Promise<void> {
    await this.#progress.load();
    const mine = this.#passing.mine();
    // The leases may have ended while the checkpoints were read.
    if (mine.length === 0) return;
    // Another process may have projected until now, and have changed the quarantine.
    if (this.share.isShared) {
      await this.quarantine.load();
      await this.#passing.resume();
    }
    await this.exclusively(() => this.#passing.fillEmpty(signal, progress));
    let after = this.#progress.leastOf(mine);
    for await (const batch of this.events.subscribeToAll({ after, filter: this.models.streams, signal })) {
      const from = after;
      await this.exclusively(() => this.#passing.pass(batch.events, from, batch.position, progress));
      after = batch.position;
    }
  }

  /** Rejects the promises of waiting callers with a failure. Returns true if the failure was reported before. */
  #failed(error: unknown): boolean {
    const isNewer = error instanceof NewerEvents;
    const isKnown = isNewer && this.#halted === error.message;
    this.#halted = isNewer ? error.message : undefined;
    this.#passing.failed();
    this.observer?.failed();
    if (error instanceof ChronicleDamaged) this.#damage.emit('damage', error);
    return isKnown;
  }

  /** Reads checkpoints that other processes move, and detects checkpoints that the store has lost. */
  async #pollCheckpoints(): Promise<void> {
    const fallen = (await this.#progress.load()).filter((target) => this.share.holds(target));
    if (fallen.length > 0) {
      this.log.warn({ readModels: fallen.map(checkpointOf) }, 'the read store fell back, it is caught up');
      this.#running?.restart();
    }
  }

  /** Reads the quarantine, unless this process writes all of it. */
  async #pollQuarantine(): Promise<void> {
    if (this.#passing.mine().length === this.targets().length) return;
    await this.exclusively(() => this.quarantine.load());
  }
}

function until(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
