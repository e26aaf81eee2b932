import { type EventStore, type NativePosition, START } from '../eventstore/port.js';
import { type CollectionSpec, checkpointOf, type ReadStore } from '../readstore/port.js';
import { ALL_MODELS, type ModelOutcome } from './batch.js';
import { EVENTS_PER_TURN, fill } from './fill.js';
import { keyOf } from './quarantine.js';
import type { Folder, ReadModels } from './readModels.js';
import type { ProjectionRunner } from './runner.js';

/**
 * How long a rebuild waits for the leases of its read models, in milliseconds: longer than the lease of an ended
 * process lasts.
 */
const LEASE_HELD_MS = 10_000;

/** The progress of a rebuild. */
export interface RebuildProgress {
  /** Number of events read so far. */
  readonly events: number;
  /** Events a second since its start. */
  readonly rate: number;
  readonly done: boolean;
  /** Number of rows that could not be computed. */
  readonly quarantined: number;
}

/** No read model has the given name. */
export class UnknownReadModel extends Error {
  override readonly name = 'UnknownReadModel';
}

/**
 * Rebuilds read models from the event store beside the live builds, and makes the new builds live in one step when they
 * have caught up.
 * An interrupted rebuild leaves the live builds in place. The next run starts from the beginning.
 *
 * @param names of the read models; empty for all.
 * @param piece approximate number of events in a batch.
 * @throws UnknownReadModel, NotOurs
 */
export async function* rebuild(
  events: EventStore,
  store: ReadStore,
  runner: ProjectionRunner,
  names: readonly string[],
  piece: number = EVENTS_PER_TURN,
): AsyncGenerator<RebuildProgress> {
  const builds = nextBuilds(runner, names);
  const targets = runner.targetsOf(builds);
  await runner.held(targets, LEASE_HELD_MS);
  for (const spec of builds) await store.clear(spec, false);
  const work = new Rebuilding(runner.models, events, store, targets);
  try {
    for await (const _ of work.fill(piece)) yield work.progress(false);
    await store.prepare(builds);
    while (!(await work.step(null))) yield work.progress(false);
    await runner.exclusively(async () => {
      const upTo = runner.isFollowing ? runner.position : await events.head();
      while (!(await work.step(upTo)));
      await work.finish(runner, builds);
    });
    yield work.progress(true);
  } finally {
    // Drop the new builds that did not become live. The store knows which builds are live, whatever has failed.
    for (const spec of builds) if ((await store.liveBuild(spec)) !== spec.build) await store.drop(spec);
  }
}

function nextBuilds(runner: ProjectionRunner, names: readonly string[]): CollectionSpec[] {
  const known = runner.models.specs.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UnknownReadModel(`there is no read model «${unknown}»; there are: ${known.join(', ')}`);
  }
  const wanted = runner.models.specs.filter(({ name }) => names.length === 0 || names.includes(name));
  return wanted.map((spec) => ({ ...spec, build: (runner.live(spec).build ?? 0) + 1 }));
}

class Rebuilding {
  readonly #folder: Folder;
  readonly #start = performance.now();
  readonly #broken = new Set<string>();
  readonly #outcomes: ModelOutcome[] = [];
  #position: NativePosition = START;
  #events = 0;

  constructor(
    private readonly models: ReadModels,
    private readonly events: EventStore,
    private readonly store: ReadStore,
    private readonly targets: readonly CollectionSpec[],
  ) {
    this.#folder = models.following(events);
  }

  /** Projects all events that the event store holds now, stream by stream. */
  async *fill(piece: number): AsyncGenerator<void> {
    const upTo = await this.events.head();
    for await (const { events, outcomes } of fill(this.models, this.events, this.store, this.targets, upTo, {
      piece,
    })) {
      this.#take(outcomes);
      this.#events += events;
      yield;
    }
    this.#position = upTo;
  }

  /** Projects the next events up to `upTo`. Returns true when nothing is left. */
  async step(upTo: NativePosition | null): Promise<boolean> {
    if (upTo !== null && this.#position >= upTo) return true;
    const read = await this.events.readAll({ after: this.#position, filter: this.models.streams });
    const stored = upTo === null ? read.events : read.events.filter(({ position }) => position <= upTo);
    const batch = this.#folder.batch(this.targets);
    await batch.fold(stored, (stream) => this.#broken.has(stream));
    this.#take(await batch.write(this.store));
    this.#events += stored.length;
    this.#position = upTo !== null && read.position > upTo ? upTo : read.position;
    return upTo === null ? read.caughtUp : this.#position >= upTo;
  }

  /** Records failures, and removes failures of rows that were written since. */
  #take(outcomes: readonly ModelOutcome[]): void {
    for (const { model, failures, written } of outcomes) {
      if (failures.length > 0) this.#outcomes.push({ model, failures, written: [] });
      const healed = new Set(written.map(({ documentId, stream }) => `${stream} ${documentId}`));
      if (this.#outcomes.length > 0) this.#forget(model, healed);
      for (const { model: of, stream } of failures) if (of === ALL_MODELS) this.#broken.add(stream);
    }
  }

  /** Makes the new builds live, and replaces the quarantine entries of the old builds by those of the new ones. */
  async finish(runner: ProjectionRunner, builds: readonly CollectionSpec[]): Promise<void> {
    for (const spec of this.targets) await this.store.moveCheckpoint(checkpointOf(spec), undefined, this.#position);
    // The quarantine must be durable before incomplete rows become live.
    await runner.quarantine.settle(this.#outcomes);
    await runner.switchTo(builds);
    const names = new Set(builds.map(({ name }) => name));
    const isWhole = names.size === this.models.specs.length;
    const failed = this.#failed();
    await runner.quarantine.release(
      (entry) => !failed.has(keyOf(entry)) && (names.has(entry.model) || (entry.model === ALL_MODELS && isWhole)),
    );
  }

  /** Returns the progress so far. */
  progress(done: boolean): RebuildProgress {
    const seconds = (performance.now() - this.#start) / 1_000;
    const quarantined = this.#failed().size;
    return { events: this.#events, rate: Math.round(this.#events / Math.max(seconds, 0.001)), done, quarantined };
  }

  #failed(): ReadonlySet<string> {
    return new Set(this.#outcomes.flatMap(({ failures }) => failures.map(keyOf)));
  }

  #forget(of: string, healed: ReadonlySet<string>): void {
    for (const [index, outcome] of this.#outcomes.entries()) {
      if (outcome.model !== of) continue;
      const failures = outcome.failures.filter(({ stream, documentId }) => !healed.has(`${stream} ${documentId}`));
      this.#outcomes[index] = { ...outcome, failures };
    }
  }
}
