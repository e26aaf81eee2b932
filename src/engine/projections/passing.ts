import type { Logger } from 'pino';
import { type EventStore, type NativePosition, START, type StoredEvent } from '../eventstore/port.js';
import { type CollectionSpec, checkpointOf, type ReadStore } from '../readstore/port.js';
import type { ModelOutcome } from './batch.js';
import { fill } from './fill.js';
import type { Progress } from './progress.js';
import type { Quarantine } from './quarantine.js';
import type { Folder, ReadModels } from './readModels.js';
import type { RunnerObserver } from './runner.js';
import { NewerEvents, NotOurs } from './runnerFaults.js';
import type { Share } from './share.js';

/** What projecting works with. */
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

  constructor(private readonly parts: PassingParts) {
    this.#folder = parts.models.following(parts.events);
  }

  /** Drops the cached folds, as after a failure. */
  clear(): void {
    this.#folder.clear();
  }

  /** Returns the read models whose leases this process holds. */
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
    if (other)
      throw new NotOurs(
        `another process keeps the read model ${other.name}: run this beside that one, with its LETOPIS_DATA (its log tells that it took the lease)`,
      );
  }

  /** Fills read models without a checkpoint stream by stream, which is far quicker than event by event. */
  async fillEmpty(signal: AbortSignal): Promise<void> {
    const empty = this.mine().filter((spec) => this.parts.progress.checkpointOf(spec) === undefined);
    const head = await this.parts.events.head();
    if (empty.length === 0 || head === START) return;
    for await (const { events, outcomes } of fill(
      this.parts.models,
      this.parts.events,
      this.parts.store,
      empty,
      head,
    )) {
      this.checkHeld(empty);
      await this.#settle(outcomes);
      this.parts.log.info({ events }, 'filling empty read models');
      if (signal.aborted) return;
    }
    for (const spec of empty) await this.#moveCheckpoint(spec, undefined, head);
    this.parts.progress.told();
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
  async pass(stored: readonly StoredEvent[], after: NativePosition, position: NativePosition): Promise<void> {
    const newer = stored.findIndex((event) => !this.parts.models.isReadable(event));
    if (newer >= 0) {
      const readable = stored.slice(0, newer);
      const last = readable.at(-1);
      if (last) await this.pass(readable, after, last.position);
      const { type, schemaVersion } = stored[newer] ?? { type: '', schemaVersion: 0 };
      throw new NewerEvents(`a newer Letopis wrote ${type} of version ${schemaVersion}: install it here too`);
    }
    // A rebuild may have moved checkpoints further while the batch waited for its turn.
    const behind = this.mine()
      .map((spec) => ({ spec, checkpoint: this.parts.progress.checkpointOf(spec) }))
      .filter(({ checkpoint }) => (checkpoint ?? START) < position);
    if (behind.length === 0) return;
    // Otherwise the events in between would never be projected.
    const fallen = behind.find(({ checkpoint }) => (checkpoint ?? START) < after);
    if (fallen) throw new Error(`the read model ${fallen.spec.name} fell back: projecting resumes from its checkpoint`);
    const start = performance.now();
    const specs = behind.map(({ spec }) => spec);
    const batch = this.#folder.batch(specs);
    await batch.fold(stored, (stream) => this.parts.quarantine.isBroken(stream));
    this.checkHeld(specs);
    await this.#settle(await batch.write(this.parts.store));
    this.checkHeld(specs);
    // Move from the checkpoint before the batch, even if it was read again since: compare-and-set detects another
    // writer.
    for (const { spec, checkpoint } of behind) await this.#moveCheckpoint(spec, checkpoint, position);
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
