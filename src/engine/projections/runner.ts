import { EventEmitter, once } from 'node:events';
import type { Logger } from 'pino';
import { pagesOf } from '../eventstore/batches.js';
import {
  ChronicleDamaged,
  type EventStore,
  type NativePosition,
  PositionBeyondHead,
  START,
  type StoredEvent,
} from '../eventstore/port.js';
import { type CollectionSpec, checkpointOf, type ReadStore } from '../readstore/port.js';
import { OneByOne } from '../workers/oneByOne.js';
import { type Supervised, supervise, type WorkerObserver, type WorkerTurn } from '../workers/supervisor.js';
import { ALL_MODELS, type ModelOutcome } from './batch.js';
import { fill } from './fill.js';
import { Progress } from './progress.js';
import { QUARANTINE, Quarantine } from './quarantine.js';
import type { Folder, ReadModels } from './readModels.js';
import { ALONE, type Share } from './share.js';

/** Delay before a failed batch is retried, in milliseconds. It doubles with each failure up to the maximum. */
const RETRY = { first: 250, longest: 10_000 };

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

/** The read models are ahead of the event store, which has lost its last events. */
export class ChronicleCut extends Error {
  override readonly name = 'ChronicleCut';
}

/** The event store contains events of a newer version of Letopis. Projecting stops before the first of them. */
export class NewerEvents extends Error {
  override readonly name = 'NewerEvents';
}

/** Another process holds the lease of the read model. */
export class NotOurs extends Error {
  override readonly name = 'NotOurs';
}

/** Projects events into the read models. Writes the rows, then moves the checkpoint, then wakes those who wait. */
export class ProjectionRunner {
  readonly #damage = new EventEmitter().setMaxListeners(0);
  readonly #folder: Folder;
  readonly #stop = new AbortController();
  readonly #progress: Progress;
  /** Rows that could not be computed or written. */
  readonly quarantine: Quarantine;
  readonly #turns = new OneByOne();
  #running: Supervised | undefined;
  #polling: Supervised | undefined;
  /** When this process reads the quarantine again, by its monotonic clock. */
  #quarantineDue = 0;
  #halted: string | undefined;

  constructor(
    readonly models: ReadModels,
    private readonly events: EventStore,
    private readonly store: ReadStore,
    private readonly log: Logger,
    private readonly observer?: RunnerObserver,
    private readonly share: Share = ALONE,
  ) {
    this.#folder = models.following(events);
    this.quarantine = new Quarantine(store);
    this.#progress = new Progress(models.specs, store, this.#stop.signal);
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

  /** Returns the live builds of all read models. */
  targets(): CollectionSpec[] {
    return this.#progress.targets();
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
    if (ahead !== undefined) throw cut(head, ahead);
    const { log, observer, share } = this;
    const lease = { isHeld: () => this.#mine().length > 0, term: () => share.term() };
    if (keeps) {
      this.#running = supervise(
        {
          name: 'projections',
          every: POLL_MS,
          retry: RETRY,
          lease,
          run: (signal, turn) => this.#follow(signal, turn),
          failed: (error) => this.#failed(error),
        },
        { log, observer },
      );
    }
    if (share.isShared) {
      this.#polling = supervise(
        { name: 'checkpoint poll', every: POLL_MS, retry: RETRY, run: () => this.#poll() },
        { log, observer },
      );
    }
  }

  /** Prepares the collections without projecting, for work on files that no server has open. */
  async open(): Promise<void> {
    await this.#progress.load();
    await this.store.prepare([...this.targets(), QUARANTINE]);
    await this.quarantine.load();
  }

  /**
   * Waits until the read models have reached a position. Returns false when the timeout (ms) or {@link stop} comes
   * first.
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
    const other = specs.find((spec) => !this.share.holds(spec));
    if (other)
      throw new NotOurs(
        `another process keeps the read model ${other.name}: run this beside that one, with its LETOPIS_DATA (its log tells that it took the lease)`,
      );
  }

  /**
   * Waits until this process holds the leases of some read models, as for work on them while no server runs.
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
    this.checkHeld(specs);
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
      this.checkHeld(this.targets());
      const before = this.quarantine.size;
      for (const stream of new Set(this.quarantine.entries.map((entry) => entry.stream)))
        await this.#retryStream(stream);
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
    await this.#polling?.stop();
    await this.#turns.settled();
  }

  /** Returns the read models whose leases this process holds. */
  #mine(): CollectionSpec[] {
    return this.targets().filter((spec) => this.share.holds(spec));
  }

  /** Projects what this process keeps, until the signal aborts. */
  async #follow(signal: AbortSignal, { progress }: WorkerTurn): Promise<void> {
    await this.#begun();
    const mine = this.#mine();
    // Another process may have projected until now, and have changed the quarantine.
    if (this.share.isShared) await this.quarantine.load();
    await this.exclusively(() => this.#fillEmpty(signal));
    let after = this.#progress.leastOf(mine);
    for await (const batch of this.events.subscribeToAll({ after, filter: this.models.streams, signal })) {
      const from = after;
      await this.exclusively(() => this.#pass(batch.events, from, batch.position));
      after = batch.position;
      progress();
    }
  }

  /** Tells a failure to those who wait. Returns true when it was told before. */
  #failed(error: unknown): boolean {
    const isNewer = error instanceof NewerEvents;
    const isKnown = isNewer && this.#halted === error.message;
    this.#halted = isNewer ? error.message : undefined;
    this.observer?.failed();
    if (error instanceof ChronicleDamaged) this.#damage.emit('damage', error);
    return isKnown;
  }

  /** Drops the cached folds and reads the checkpoints again. */
  async #begun(): Promise<void> {
    this.#folder.clear();
    await this.#progress.load();
  }

  /** Reads checkpoints that other processes move, and detects checkpoints that the store has lost. */
  async #poll(): Promise<void> {
    const fallen = (await this.#progress.load()).filter((spec) => this.share.holds(spec));
    if (fallen.length > 0) {
      this.log.warn({ readModels: fallen.map(({ name }) => name) }, 'the read store fell back, it is caught up');
      this.#running?.restart();
    }
    if (performance.now() < this.#quarantineDue) return;
    this.#quarantineDue = performance.now() + QUARANTINE_MS;
    if (this.#mine().length === 0) await this.quarantine.load();
  }

  /** Fills read models without a checkpoint stream by stream, which is far quicker than event by event. */
  async #fillEmpty(signal: AbortSignal): Promise<void> {
    const empty = this.#mine().filter((spec) => this.#progress.checkpointOf(spec) === undefined);
    const head = await this.events.head();
    if (empty.length === 0 || head === START) return;
    for await (const { events, outcomes } of fill(this.models, this.events, this.store, empty, head)) {
      this.checkHeld(empty);
      await this.#settle(outcomes);
      this.log.info({ events }, 'filling empty read models');
      if (signal.aborted) return;
    }
    for (const spec of empty) await this.#moveCheckpoint(spec, undefined, head);
    this.#progress.told();
  }

  async #settle(outcomes: readonly ModelOutcome[]): Promise<void> {
    await this.quarantine.settle(outcomes);
    for (const { failures } of outcomes) {
      for (const failure of failures) this.log.error(failure, 'a document of a read model is quarantined');
    }
  }

  /**
   * Projects the events after one position up to another.
   *
   * @throws NewerEvents at the first event that this version cannot read, after the events before it are projected.
   */
  async #pass(stored: readonly StoredEvent[], after: NativePosition, position: NativePosition): Promise<void> {
    const newer = stored.findIndex((event) => !this.models.isReadable(event));
    if (newer >= 0) {
      const readable = stored.slice(0, newer);
      const last = readable.at(-1);
      if (last) await this.#pass(readable, after, last.position);
      const { type, schemaVersion } = stored[newer] ?? { type: '', schemaVersion: 0 };
      throw new NewerEvents(`a newer Letopis wrote ${type} of version ${schemaVersion}: install it here too`);
    }
    // A rebuild may have moved checkpoints further while the batch waited for its turn.
    const behind = this.#mine()
      .map((spec) => ({ spec, checkpoint: this.#progress.checkpointOf(spec) }))
      .filter(({ checkpoint }) => (checkpoint ?? START) < position);
    if (behind.length === 0) return;
    // Otherwise the events in between would never be projected.
    const fallen = behind.find(({ checkpoint }) => (checkpoint ?? START) < after);
    if (fallen) throw new Error(`the read model ${fallen.spec.name} fell back: projecting resumes from its checkpoint`);
    const start = performance.now();
    const specs = behind.map(({ spec }) => spec);
    const batch = this.#folder.batch(specs);
    await batch.fold(stored, (stream) => this.quarantine.isBroken(stream));
    this.checkHeld(specs);
    await this.#settle(await batch.write(this.store));
    this.checkHeld(specs);
    // Move from the checkpoint before the batch, even if it was read again since: compare-and-set detects another
    // writer.
    for (const { spec, checkpoint } of behind) await this.#moveCheckpoint(spec, checkpoint, position);
    this.#progress.told();
    this.observer?.passed(stored.length, performance.now() - start);
  }

  async #moveCheckpoint(
    spec: CollectionSpec,
    from: NativePosition | undefined,
    position: NativePosition,
  ): Promise<void> {
    if (!(await this.store.moveCheckpoint(checkpointOf(spec), from, position))) {
      throw new Error(`the checkpoint of ${spec.name} was moved by another runner`);
    }
    this.#progress.moved(spec, position);
  }

  /** Folds a whole stream up to the present position and writes its quarantined rows. */
  async #retryStream(stream: string): Promise<void> {
    const entries = this.quarantine.entries.filter((entry) => entry.stream === stream);
    const isAll = entries.some(({ model }) => model === ALL_MODELS);
    const wanted = (model: string, documentId: string) =>
      isAll || entries.some((entry) => entry.model === model && (entry.documentId ?? documentId) === documentId);
    const batch = this.models.fromBeginning().batch(this.targets(), wanted);
    try {
      for await (const page of pagesOf(this.events, stream)) {
        await batch.fold(page.filter(({ position }) => position <= this.position));
      }
    } catch (error) {
      this.log.error({ err: error, stream }, 'the events of a quarantined stream cannot be read');
      return;
    }
    const [unfolded] = batch.broken;
    if (unfolded) {
      this.log.error(unfolded, 'a quarantined stream still cannot be folded');
      return;
    }
    const outcomes = await batch.write(this.store, true);
    const again = new Set(
      outcomes.flatMap(({ failures }) => failures.map(({ model, documentId }) => `${model} ${documentId}`)),
    );
    await this.quarantine.settle(outcomes);
    await this.quarantine.release(
      (entry) => entry.stream === stream && entry.documentId === null && !again.has(`${entry.model} null`),
    );
  }
}

function cut(head: NativePosition, ahead: NativePosition): ChronicleCut {
  const cause = new PositionBeyondHead(`position ${ahead} is beyond the head of the chronicle, ${head}`);
  return new ChronicleCut(
    `the chronicle ends after ${placeText(head)}, but the read models have seen ${placeText(ahead)}: its end was lost (a cut write-ahead log, or an older copy of the file). Restore the latest backup with \`letopis restore\`; to go on without what was lost, make the read models anew with \`letopis rebuild\`. Nothing was changed`,
    { cause },
  );
}

/** Returns a readable position. An embedded event store numbers its events; the positions of a server have gaps. */
function placeText(position: NativePosition): string {
  return position.length <= 16 ? `event ${Number(position)}` : `position ${position}`;
}

function until(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
