import { EventEmitter, once } from 'node:events';
import { type NativePosition, START } from '../eventstore/port.js';
import type { CollectionSpec, ReadStore } from '../readstore/port.js';

/** The checkpoints and live builds of the read models, as this process last read or wrote them. */
export class Progress {
  readonly #passed = new EventEmitter().setMaxListeners(0);
  readonly #checkpoints = new Map<string, NativePosition | undefined>();
  readonly #live = new Map<string, CollectionSpec>();
  #position: NativePosition = START;
  /** Counts changes by this process, so that {@link load} can discard values that it read before such a change. */
  #changes = 0;

  constructor(
    private readonly specs: readonly CollectionSpec[],
    private readonly store: ReadStore,
    private readonly stopped: AbortSignal,
  ) {}

  /** Returns the position up to which every read model is current. */
  get position(): NativePosition {
    return this.#position;
  }

  /** Returns the live build of a collection. */
  live(spec: CollectionSpec): CollectionSpec {
    return this.#live.get(spec.name) ?? spec;
  }

  /** Returns the live builds of all read models. */
  targets(): CollectionSpec[] {
    return this.specs.map((spec) => this.live(spec));
  }

  /** Returns the last known checkpoint of a read model; undefined when it has none yet. */
  checkpointOf(spec: CollectionSpec): NativePosition | undefined {
    return this.#checkpoints.get(spec.name);
  }

  /** Returns the lowest checkpoint of some read models; {@link START} when one has none yet. */
  leastOf(specs: readonly CollectionSpec[]): NativePosition {
    return leastPosition(specs.map(({ name }) => this.#checkpoints.get(name)));
  }

  /**
   * Reads checkpoints and live builds from the store.
   *
   * @returns the read models whose checkpoint is lower than before: the store has lost acknowledged writes.
   */
  async load(): Promise<readonly CollectionSpec[]> {
    const changes = this.#changes;
    const standing = await this.store.standing(this.specs);
    // A write by this process in the meantime is newer than the values that were read.
    if (changes !== this.#changes) return [];
    const fallen: CollectionSpec[] = [];
    for (const [index, spec] of this.specs.entries()) {
      const { build, position } = standing[index] ?? { build: 0, position: undefined };
      const known = this.#checkpoints.get(spec.name);
      if (known !== undefined && (position ?? START) < known) fallen.push(spec);
      this.#checkpoints.set(spec.name, position);
      if ((this.live(spec).build ?? 0) !== build || !this.#live.has(spec.name)) {
        this.#live.set(spec.name, build === 0 ? spec : { ...spec, build });
      }
    }
    this.#told();
    return fallen;
  }

  /** Records that this process moved a checkpoint. */
  moved(spec: CollectionSpec, position: NativePosition): void {
    this.#changes += 1;
    this.#checkpoints.set(spec.name, position);
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

  #told(): void {
    const position = leastPosition([...this.#checkpoints.values()]);
    const isNew = position !== this.#position;
    this.#position = position;
    if (isNew) this.#passed.emit('position');
  }
}

function leastPosition(checkpoints: readonly (NativePosition | undefined)[]): NativePosition {
  return checkpoints.map((checkpoint) => checkpoint ?? START).reduce((a, b) => (a < b ? a : b), '9'.repeat(64));
}
