import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { type EventStore, type NativePosition, START, type StoredEvent } from '../eventstore/port.js';
import { operatorTerms } from '../operatorTerms.js';
import { type CollectionSpec, checkpointOf, type ReadStore } from '../readstore/port.js';
import type { ModelOutcome } from './batch.js';
import { fill } from './fill.js';
import { passedStandings } from './parts.js';
import type { Progress } from './progress.js';
import type { Quarantine } from './quarantine.js';
import type { Folder, ReadModels } from './readModels.js';
import type { RunnerObserver } from './runner.js';
import { NewerEvents, NotOurs } from './runnerFaults.js';
import type { Share } from './share.js';

/**
 * Number of events that are projected before the checkpoints move. After a failure it is half of the events that failed;
 * it doubles with each success, so that progress between two failures is not lost again and again.
 */
const MAX_PIECE = 1_000;
const MIN_PIECE = 25;

/** A filling of empty read models, which resumes after a failure. */
interface PassFilling {
  readonly models: string;
  readonly head: NativePosition;
  /** The mark in the store after the last piece. */
  mark: string | undefined;
  /** The streams whose rows are already written. */
  readonly done: Set<string>;
}

/** Dependencies of {@link Passing}. */
export interface PassingParts {
  readonly models: ReadModels;
  readonly events: EventStore;
  readonly store: ReadStore;
  readonly log: Logger;
  readonly observer: Pick<RunnerObserver, 'passed'> | undefined;
  readonly share: Share;
  readonly quarantine: Quarantine;
  readonly progress: Progress;
}

/** Projects events into the read models whose leases this process holds, and moves their checkpoints past them. */
export class Passing {
  readonly #folder: Folder;
  #piece = MAX_PIECE;
  /** Number of events that are projected now, or were when it failed. */
  #size = MAX_PIECE;
  #filling: PassFilling | undefined;

  constructor(private readonly parts: PassingParts) {
    this.#folder = parts.models.following(parts.events);
  }

  /** Makes the next pieces smaller, after a failure. */
  failed(): void {
    this.#piece = Math.max(MIN_PIECE, Math.floor(Math.min(this.#piece, this.#size) / 2));
    this.#size = this.#piece;
  }

  /** Returns the targets whose leases this process holds. */
  mine(): CollectionSpec[] {
    return this.parts.progress.targets().filter((spec) => this.parts.share.holds(spec));
  }

  /**
   * Checks that this process holds the leases of some read models.
   *
   * @throws NotOurs
   */
  checkHeld(specs: readonly CollectionSpec[]): void {
    const other = specs.find((spec) => !this.parts.share.holds(spec));
    if (!other) return;
    const { name, part } = other;
    throw new NotOurs(
      part
        ? `another process keeps part ${part.number} of ${part.of} of the read model ${name}: stop the processes that keep its parts, and run this in one that takes all of them`
        : `another process keeps the read model ${name}: run this beside that one, with its ${operatorTerms().dataDirectory} (its log tells that it took the lease)`,
    );
  }

  /**
   * Moves the checkpoints of this process to the position that another division of the streams has passed, so that a
   * change of the number of parts repeats no work.
   */
  async resume(): Promise<void> {
    const { models, store, progress } = this.parts;
    const standings = await passedStandings(store, models.specs);
    const passedBy = new Map(models.specs.map(({ name }, index) => [name, standings[index]?.position]));
    for (const spec of this.mine()) {
      const [own, passed] = [progress.checkpointOf(spec), passedBy.get(spec.name)];
      if (passed !== undefined && (own ?? START) < passed) await this.#moveCheckpoint(spec, own, passed);
    }
    progress.told();
  }

  /** Fills read models without a checkpoint stream by stream, which is far quicker than event by event. */
  async fillEmpty(signal: AbortSignal, progress: () => void): Promise<void> {
    const empty = this.mine().filter((spec) => this.parts.progress.checkpointOf(spec) === undefined);
    const head = await this.parts.events.head();
    if (empty.length === 0 || head === START) return;
    const models = empty.map(checkpointOf).join();
    const filling = await this.#filled(models, head);
    const filled = fill(this.parts.models, this.parts.events, this.parts.store, empty, filling.head, filling);
    for await (const { events, outcomes } of filled) {
      this.checkHeld(empty);
      await this.#settle(outcomes);
      await this.#mark(filling);
      progress();
      this.parts.log.info({ events }, 'filling empty read models');
      if (signal.aborted) return;
    }
    for (const spec of empty) await this.#moveCheckpoint(spec, undefined, filling.head);
    this.#filling = undefined;
    this.parts.progress.told();
  }

  /**
   * Returns the interrupted filling to resume. Returns a new filling if there is none, or the store has lost rows of
   * it.
   */
  async #filled(models: string, head: NativePosition): Promise<PassFilling> {
    const known = this.#filling;
    const mark = await this.parts.store.checkpoint(modelsMark(models));
    if (known?.models === models && known.mark === mark) return known;
    this.#filling = { models, head, mark, done: new Set() };
    return this.#filling;
  }

  /** Marks the store, so that a loss of the rows written so far can be detected. */
  async #mark(filling: PassFilling): Promise<void> {
    const mark = randomUUID();
    if (!(await this.parts.store.moveCheckpoint(modelsMark(filling.models), filling.mark, mark))) filling.done.clear();
    filling.mark = mark;
  }

  async #settle(outcomes: readonly ModelOutcome[]): Promise<void> {
    await this.parts.quarantine.settle(outcomes);
    for (const { failures } of outcomes) {
      for (const failure of failures) this.parts.log.error(failure, 'a document of a read model is quarantined');
    }
  }

  /**
   * Projects the events after one position up to another.
   *
   * @throws NewerEvents at the first event that this version cannot read, after the events before it are projected.
   */
  async pass(
    stored: readonly StoredEvent[],
    after: NativePosition,
    position: NativePosition,
    progress: () => void,
  ): Promise<void> {
    const newer = stored.findIndex((event) => !this.parts.models.isReadable(event));
    if (newer >= 0) {
      const readable = stored.slice(0, newer);
      const last = readable.at(-1);
      if (last) await this.pass(readable, after, last.position, progress);
      const { type, schemaVersion } = stored[newer] ?? { type: '', schemaVersion: 0 };
      throw new NewerEvents(
        `a newer version of this program wrote ${type} of version ${schemaVersion}: install it here too`,
      );
    }
    for (let at = 0, from = after; ; ) {
      const piece = stored.slice(at, at + this.#piece);
      at += piece.length;
      const isLast = at >= stored.length;
      const to = isLast ? position : (piece.at(-1)?.position ?? position);
      await this.#passPiece(piece, from, to, progress);
      if (isLast) return;
      from = to;
    }
  }

  /** Projects some events. The checkpoint of each read model moves as soon as its rows are written. */
  async #passPiece(
    stored: readonly StoredEvent[],
    after: NativePosition,
    position: NativePosition,
    progress: () => void,
  ): Promise<void> {
    // A rebuild may have moved checkpoints further while the batch waited for its turn.
    const behind = this.mine()
      .map((spec) => ({ spec, checkpoint: this.parts.progress.checkpointOf(spec) }))
      .filter(({ checkpoint }) => (checkpoint ?? START) < position);
    if (behind.length === 0) return;
    // Otherwise the events in between would never be projected.
    const fallen = behind.find(({ checkpoint }) => (checkpoint ?? START) < after);
    if (fallen) throw new Error(`the read model ${fallen.spec.name} fell back: projecting resumes from its checkpoint`);
    this.#size = stored.length;
    const start = performance.now();
    const batch = this.#folder.batch(behind.map(({ spec }) => spec));
    await batch.fold(stored, (stream) => this.parts.quarantine.isBroken(stream));
    this.checkHeld(behind.map(({ spec }) => spec));
    for await (const outcome of batch.writing(this.parts.store)) {
      await this.#settle([outcome]);
      const written = behind.find(({ spec }) => spec.name === outcome.model && spec.part === outcome.part);
      if (!written) continue;
      this.checkHeld([written.spec]);
      // Move from the checkpoint before the batch, even if it was read again since: compare-and-set detects another
      // writer.
      await this.#moveCheckpoint(written.spec, written.checkpoint, position);
      progress();
    }
    this.#piece = Math.min(MAX_PIECE, this.#piece * 2);
    this.parts.progress.told();
    this.parts.observer?.passed(stored.length, performance.now() - start);
  }

  async #moveCheckpoint(
    spec: CollectionSpec,
    from: NativePosition | undefined,
    position: NativePosition,
  ): Promise<void> {
    if (!(await this.parts.store.moveCheckpoint(checkpointOf(spec), from, position))) {
      throw new Error(`the checkpoint of ${spec.name} was moved by another runner`);
    }
    this.parts.progress.moved(spec, position);
  }
}

/** Returns the name of the mark of a filling among the checkpoints. */
function modelsMark(models: string): string {
  return `filling ${models}`;
}
