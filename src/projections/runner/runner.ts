import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import {
  ChronicleDamaged,
  type EventStore,
  type NativePosition,
  PositionBeyondHead,
  START,
  type StoredEvent,
} from '../../eventstore/port.js';
import { type CollectionSpec, checkpointOf, type ReadStore } from '../../readstore/port.js';
import { ALL_MODELS, Batch, type ModelOutcome, type Target } from './batch.js';
import { fill, PLAN_STREAMS } from './fill.js';
import { Folds, foldAlone, pagesOf } from './folds.js';
import { QUARANTINE, Quarantine } from './quarantine.js';
import { COLLECTIONS, PROJECTIONS } from './readModels.js';

/** A batch that failed is done again after this long, longer each time up to the second figure; in milliseconds. */
const RETRY_MS = 250;
const MAX_RETRY_MS = 10_000;

/** Told of what the runner does, as for metrics. */
export interface RunnerObserver {
  passed(events: number, milliseconds: number): void;
  failed(): void;
}

/** The read models have seen what the chronicle no longer has. */
export class ChronicleCut extends Error {
  override readonly name = 'ChronicleCut';
}

/** Folds the chronicle into the read models: documents first, then the checkpoint, then whoever waits is told. */
export class ProjectionRunner {
  readonly #passed = new EventEmitter().setMaxListeners(0);
  readonly #folds: Folds;
  readonly #stop = new AbortController();
  readonly #checkpoints = new Map<string, NativePosition | undefined>();
  readonly #live = new Map<string, CollectionSpec>();
  readonly quarantine: Quarantine;
  #position: NativePosition = START;
  #running: Promise<void> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly events: EventStore,
    private readonly store: ReadStore,
    private readonly log: Logger,
    private readonly observer?: RunnerObserver,
  ) {
    this.#folds = new Folds(events);
    this.quarantine = new Quarantine(store);
  }

  /** Everything up to here is in every read model. */
  get position(): NativePosition {
    return this.#position;
  }

  /** False before the start and for work on files. */
  get isFollowing(): boolean {
    return this.#running !== undefined && !this.#stop.signal.aborted;
  }

  /** The build of a collection that answers. */
  live(spec: CollectionSpec): CollectionSpec {
    return this.#live.get(spec.name) ?? spec;
  }

  /**
   * Prepares the collections and begins to follow the chronicle.
   *
   * @throws ChronicleCut when the read models are ahead of the chronicle.
   */
  async start(): Promise<void> {
    await this.open();
    const head = await this.events.head();
    const ahead = [...this.#checkpoints.values()].find((checkpoint) => checkpoint !== undefined && checkpoint > head);
    if (ahead !== undefined) throw cut(head, ahead);
    this.#running = this.#follow();
  }

  /** Prepares the collections without following: for work on files that no server has open. */
  async open(): Promise<void> {
    for (const spec of COLLECTIONS) {
      const build = await this.store.liveBuild(spec);
      this.#live.set(spec.name, build === 0 ? spec : { ...spec, build });
    }
    await this.store.prepare([...this.#live.values(), QUARANTINE]);
    await this.quarantine.load();
    await this.#loadCheckpoints();
  }

  /** Waits until the read models have passed a position; false when the time (ms) or the server ends before. */
  async waitFor(position: NativePosition, timeout: number): Promise<boolean> {
    const signal = AbortSignal.any([AbortSignal.timeout(timeout), this.#stop.signal]);
    return this.#waitUntil(() => this.#position >= position, signal);
  }

  /** Waits until the read models are past a position; false when the signal aborts before. */
  async waitPast(position: NativePosition, signal: AbortSignal): Promise<boolean> {
    return this.#waitUntil(() => this.#position > position, AbortSignal.any([signal, this.#stop.signal]));
  }

  /** Does work between two batches: nothing is written meanwhile but by the work. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Makes builds that have come as far as the live ones answer in their place. Only inside of {@link exclusively}. */
  async switchTo(specs: readonly CollectionSpec[]): Promise<void> {
    const before = new Map(this.#live);
    // Both builds are whole here: whoever asks meanwhile must not meet the one that goes.
    for (const spec of specs) this.#live.set(spec.name, spec);
    try {
      await this.store.switchBuilds(specs);
    } catch (error) {
      for (const [name, spec] of before) this.#live.set(name, spec);
      throw error;
    }
    await this.#loadCheckpoints();
    this.#passed.emit('position');
  }

  /** The projections with the builds that answer. */
  targets(): Target[] {
    return PROJECTIONS.map((projection) => ({ projection, spec: this.live(projection.spec) }));
  }

  /** Tries every quarantined document again, plan by plan, and tells how many are whole again and how many are left. */
  async retry(): Promise<{ readonly healed: number; readonly left: number }> {
    return this.exclusively(async () => {
      const before = this.quarantine.size;
      for (const planId of new Set(this.quarantine.entries.map((entry) => entry.planId))) await this.#retryPlan(planId);
      return { healed: before - this.quarantine.size, left: this.quarantine.size };
    });
  }

  /**
   * Waits as {@link waitFor}, but not on a chronicle that is damaged.
   *
   * @throws ChronicleDamaged
   */
  async catchUp(position: NativePosition, timeout: number): Promise<boolean> {
    const done = new AbortController();
    const damaged = once(this.#passed, 'damage', { signal: done.signal }).then(([error]) => {
      throw error;
    });
    damaged.catch(() => undefined);
    try {
      return await Promise.race([this.waitFor(position, timeout), damaged]);
    } finally {
      done.abort();
    }
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await this.#turn;
  }

  async #waitUntil(reached: () => boolean, signal: AbortSignal): Promise<boolean> {
    while (!reached()) {
      if (signal.aborted) return false;
      try {
        await once(this.#passed, 'position', { signal });
      } catch {
        return reached();
      }
    }
    return true;
  }

  /** Follows until it is stopped; a fault is logged and the batch done again, from the last checkpoint. */
  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    for (let wait = RETRY_MS; !signal.aborted; wait = Math.min(wait * 2, MAX_RETRY_MS)) {
      try {
        await this.exclusively(() => this.#fillEmpty());
        for await (const batch of this.events.subscribeToAll({ after: this.#position, filter: PLAN_STREAMS, signal })) {
          if (batch.position > this.#position) await this.exclusively(() => this.#pass(batch.events, batch.position));
          wait = RETRY_MS;
        }
      } catch (error) {
        if (signal.aborted) return;
        this.log.error({ err: error, after: this.#position }, 'projection failed, it will be tried again');
        this.observer?.failed();
        if (error instanceof ChronicleDamaged) this.#passed.emit('damage', error);
        this.#folds.clear();
        await pause(wait, undefined, { signal }).catch(() => undefined);
        await this.#loadCheckpoints().catch(() => undefined);
      }
    }
  }

  /** Read models that have seen nothing yet are made plan by plan, which is far quicker than event by event. */
  async #fillEmpty(): Promise<void> {
    const empty = this.targets().filter(({ spec }) => this.#checkpoints.get(spec.name) === undefined);
    const head = await this.events.head();
    if (empty.length === 0 || head === START) return;
    for await (const { events, outcomes } of fill(this.events, this.store, empty, head)) {
      await this.#settle(outcomes);
      this.log.info({ events }, 'filling empty read models');
      if (this.#stop.signal.aborted) return;
    }
    for (const { spec } of empty) await this.#moveCheckpoint(spec, head);
    await this.#loadCheckpoints();
    this.#passed.emit('position');
  }

  async #settle(outcomes: readonly ModelOutcome[]): Promise<void> {
    await this.quarantine.settle(outcomes);
    for (const { failures } of outcomes) {
      for (const failure of failures) this.log.error(failure, 'a document of a read model is quarantined');
    }
  }

  async #pass(stored: readonly StoredEvent[], position: NativePosition): Promise<void> {
    // A rebuild may have gone further while the batch waited for its turn.
    if (position <= this.#position) return;
    const start = performance.now();
    const behind = this.targets().filter(({ spec }) => (this.#checkpoints.get(spec.name) ?? START) < position);
    const batch = new Batch(behind);
    await batch.fold(
      stored,
      (event) => this.#folds.changes(event),
      (planId) => this.quarantine.isBroken(planId),
    );
    await this.#settle(await batch.write(this.store));
    for (const { spec } of behind) await this.#moveCheckpoint(spec, position);
    this.#position = position;
    this.#passed.emit('position');
    this.observer?.passed(stored.length, performance.now() - start);
  }

  async #moveCheckpoint(spec: CollectionSpec, position: NativePosition): Promise<void> {
    const from = this.#checkpoints.get(spec.name);
    if (!(await this.store.moveCheckpoint(checkpointOf(spec), from, position))) {
      throw new Error(`the checkpoint of ${spec.name} was moved by another runner`);
    }
    this.#checkpoints.set(spec.name, position);
  }

  async #loadCheckpoints(): Promise<void> {
    for (const { spec } of this.targets()) {
      this.#checkpoints.set(spec.name, await this.store.checkpoint(checkpointOf(spec)));
    }
    const known = [...this.#checkpoints.values()].map((checkpoint) => checkpoint ?? START);
    this.#position = known.reduce((a, b) => (a < b ? a : b));
  }

  /** Folds the whole plan and writes what was quarantined of it, up to where the read models are. */
  async #retryPlan(planId: string): Promise<void> {
    const entries = this.quarantine.entries.filter((entry) => entry.planId === planId);
    const isAll = entries.some(({ model }) => model === ALL_MODELS);
    const wanted = (model: string, documentId: string) =>
      isAll || entries.some((entry) => entry.model === model && (entry.documentId ?? documentId) === documentId);
    const batch = new Batch(this.targets(), wanted);
    try {
      const changes = foldAlone();
      for await (const page of pagesOf(this.events, `plan-${planId}`)) {
        for (const stored of page)
          if (stored.position <= this.#position) for (const folded of changes(stored)) batch.take(folded);
      }
    } catch (error) {
      this.log.error({ err: error, planId }, 'a quarantined plan still cannot be folded');
      return;
    }
    const outcomes = await batch.write(this.store, true);
    const again = new Set(
      outcomes.flatMap(({ failures }) => failures.map(({ model, documentId }) => `${model} ${documentId}`)),
    );
    await this.quarantine.settle(outcomes);
    await this.quarantine.release(
      (entry) => entry.planId === planId && entry.documentId === null && !again.has(`${entry.model} null`),
    );
  }
}

function cut(head: NativePosition, ahead: NativePosition): ChronicleCut {
  const cause = new PositionBeyondHead(`position ${ahead} is beyond the head of the chronicle, ${head}`);
  return new ChronicleCut(
    `the chronicle ends after event ${Number(head)}, but the read models have seen event ${Number(ahead)}: its end was lost (a cut write-ahead log, or an older copy of the file). Restore the latest backup with \`letopis restore\`; to go on without what was lost, make the read models anew with \`letopis rebuild\`. Nothing was changed`,
    { cause },
  );
}
