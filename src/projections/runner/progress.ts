import { EventEmitter, once } from 'node:events';
import { type NativePosition, START } from '../../eventstore/port.js';
import type { CollectionSpec, ReadStore } from '../../readstore/port.js';
import type { Target } from './batch.js';
import { COLLECTIONS, PROJECTIONS } from './readModels.js';

/** How far the read models have come and which builds answer, as it was last read or written here. */
export class Progress {
  readonly #passed = new EventEmitter().setMaxListeners(0);
  readonly #checkpoints = new Map<string, NativePosition | undefined>();
  readonly #live = new Map<string, CollectionSpec>();
  #position: NativePosition = START;
  /** Counts what was changed here, so that what was read before is known to be old. */
  #changes = 0;

  constructor(
    private readonly store: ReadStore,
    private readonly stopped: AbortSignal,
  ) {}

  /** Everything up to here is in every read model. */
  get position(): NativePosition {
    return this.#position;
  }

  /** The build of a collection that answers. */
  live(spec: CollectionSpec): CollectionSpec {
    return this.#live.get(spec.name) ?? spec;
  }

  /** The projections with the builds that answer. */
  targets(): Target[] {
    return PROJECTIONS.map((projection) => ({ projection, spec: this.live(projection.spec) }));
  }

  checkpointOf(spec: CollectionSpec): NativePosition | undefined {
    return this.#checkpoints.get(spec.name);
  }

  /** The first position of some read models; {@link START} when one has seen nothing yet. */
  leastOf(specs: readonly CollectionSpec[]): NativePosition {
    return least(specs.map(({ name }) => this.#checkpoints.get(name)));
  }

  /**
   * Reads where the read models stand.
   *
   * @returns those that stand before where they were known to be: the store has lost what it had.
   */
  async load(): Promise<readonly CollectionSpec[]> {
    const changes = this.#changes;
    const standing = await this.store.standing(COLLECTIONS);
    // What was written here meanwhile is newer than what was read.
    if (changes !== this.#changes) return [];
    const fallen: CollectionSpec[] = [];
    for (const [index, spec] of COLLECTIONS.entries()) {
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

  /** A checkpoint was moved here. */
  moved(spec: CollectionSpec, position: NativePosition): void {
    this.#changes += 1;
    this.#checkpoints.set(spec.name, position);
  }

  /** Tells whoever waits how far it has come. */
  told(): void {
    this.#told();
  }

  /** Other builds answer from now on; the result undoes it. */
  switchTo(specs: readonly CollectionSpec[]): () => void {
    this.#changes += 1;
    const before = new Map(this.#live);
    for (const spec of specs) this.#live.set(spec.name, spec);
    return () => {
      this.#changes += 1;
      for (const [name, spec] of before) this.#live.set(name, spec);
    };
  }

  /** Waits until the position fulfils a condition; false when the signal aborts before. */
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
    const position = least([...this.#checkpoints.values()]);
    const isNew = position !== this.#position;
    this.#position = position;
    if (isNew) this.#passed.emit('position');
  }
}

function least(checkpoints: readonly (NativePosition | undefined)[]): NativePosition {
  return checkpoints.map((checkpoint) => checkpoint ?? START).reduce((a, b) => (a < b ? a : b), '9'.repeat(64));
}
