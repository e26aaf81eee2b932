import { EventEmitter, once } from 'node:events';
import { type NativePosition, START } from '../eventstore/port.js';
import { type CollectionSpec, type ReadStore, type StreamPart, wholeOf } from '../readstore/port.js';
import { inParts } from './parts.js';

/** The checkpoints and live builds of the read models, as this process last read or wrote them. */
export class Progress {
  readonly #passed = new EventEmitter().setMaxListeners(0);
  readonly #checkpoints = new Map<string, NativePosition | undefined>();
  readonly #live = new Map<string, CollectionSpec>();
  /** Builds by part. Memoized, because the layout of a collection is memoized by its object. */
  readonly #byPart = new WeakMap<CollectionSpec, readonly CollectionSpec[]>();
  #position: NativePosition = START;
  /** Counts changes by this process, so that {@link load} can discard values that it read before such a change. */
  #changes = 0;

  constructor(
    private readonly specs: readonly CollectionSpec[],
    private readonly store: ReadStore,
    private readonly stopped: AbortSignal,
    /** The parts into which the streams are divided; empty if they are not. */
    private readonly parts: readonly StreamPart[] = [],
  ) {}

  /** Returns the position up to which every read model is current. */
  get position(): NativePosition {
    return this.#position;
  }

  /** Returns the live build of a collection. */
  live(spec: CollectionSpec): CollectionSpec {
    return this.#live.get(spec.name) ?? spec;
  }

  /** Returns the live builds of all read models, each once for every part of the streams. */
  targets(): readonly CollectionSpec[] {
    return this.targetsOf(this.specs.map((spec) => this.live(spec)));
  }

  /** Returns builds of read models, each once for every part of the streams. */
  targetsOf(builds: readonly CollectionSpec[]): readonly CollectionSpec[] {
    return builds.flatMap((spec) => this.#partsOf(spec));
  }

  /** Returns the last known checkpoint of a target; undefined when it has none yet. */
  checkpointOf(target: CollectionSpec): NativePosition | undefined {
    return this.#checkpoints.get(targetKey(target));
  }

  /** Returns the lowest checkpoint of some targets; {@link START} when one has none yet. */
  leastOf(targets: readonly CollectionSpec[]): NativePosition {
    return leastPosition(targets.map((target) => this.checkpointOf(target)));
  }

  /**
   * Reads checkpoints and live builds from the store.
   *
   * @returns the targets whose checkpoint is lower than before: the store has lost acknowledged writes.
   */
  async load(): Promise<readonly CollectionSpec[]> {
    const changes = this.#changes;
    const targets = this.targets();
    const standing = await this.store.standing(targets);
    // A write by this process in the meantime is newer than the values that were read.
    if (changes !== this.#changes) return [];
    const fallen: CollectionSpec[] = [];
    for (const [index, target] of targets.entries()) {
      const { build, position } = standing[index] ?? { build: 0, position: undefined };
      const known = this.checkpointOf(target);
      if (known !== undefined && (position ?? START) < known) fallen.push(target);
      this.#checkpoints.set(targetKey(target), position);
      if ((this.live(target).build ?? 0) !== build) this.#live.set(target.name, { ...wholeOf(target), build });
    }
    this.#told();
    return fallen;
  }

  /** Records that this process moved a checkpoint. */
  moved(target: CollectionSpec, position: NativePosition): void {
    this.#changes += 1;
    this.#checkpoints.set(targetKey(target), position);
  }

  /** Updates the position and resolves the promises that wait for it. */
  told(): void {
    this.#told();
  }

  /** Makes other builds live in this process. Returns a function that reverts it. */
  switchTo(specs: readonly CollectionSpec[]): () => void {
    this.#changes += 1;
    const before = new Map(this.#live);
    for (const spec of specs) this.#live.set(spec.name, spec);
    return () => {
      this.#changes += 1;
      this.#live.clear();
      for (const [name, spec] of before) this.#live.set(name, spec);
    };
  }

  /** Waits until the position meets a condition. Returns false when the signal aborts first. */
  async waitUntil(reached: (position: NativePosition) => boolean, signal: AbortSignal): Promise<boolean> {
    const either = AbortSignal.any([signal, this.stopped]);
    while (!reached(this.#position)) {
      if (either.aborted) return false;
      try {
        await once(this.#passed, 'position', { signal: either });
      } catch {
        return reached(this.#position);
      }
    }
    return true;
  }

  #partsOf(spec: CollectionSpec): readonly CollectionSpec[] {
    const targets = this.#byPart.get(spec) ?? inParts(spec, this.parts);
    this.#byPart.set(spec, targets);
    return targets;
  }

  #told(): void {
    const position = this.leastOf(this.targets());
    const isNew = position !== this.#position;
    this.#position = position;
    if (isNew) this.#passed.emit('position');
  }
}

function leastPosition(checkpoints: readonly (NativePosition | undefined)[]): NativePosition {
  return checkpoints.map((checkpoint) => checkpoint ?? START).reduce((a, b) => (a < b ? a : b), '9'.repeat(64));
}

function targetKey({ name, part }: CollectionSpec): string {
  return `${name} ${part?.number ?? ''}`;
}
