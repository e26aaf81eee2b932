import type { Collection, Db } from 'mongodb';
import { FORMAT_NAME } from '../../log/formatName.js';
import { isDuplicate } from '../../storage/mongodb.js';
import { tableOf } from '../layout.js';
import { type CollectionSpec, checkpointNames, checkpointOf, type Standing } from '../port.js';

/** A checkpoint, stored beside the records. */
interface CheckpointRecord {
  readonly _id: string;
  readonly pos: string;
}

interface Builds {
  readonly _id: 'live';
  readonly builds: Readonly<Record<string, number>>;
}

/** The checkpoints of read models in MongoDB, and which build of each collection is in use. */
export class MongoBookkeeping {
  constructor(private readonly db: Db) {}

  /** Returns the checkpoint of a read model; undefined when it has none. */
  async checkpoint(model: string): Promise<string | undefined> {
    return (await this.#checkpoints.findOne({ _id: model }))?.pos;
  }

  /** Returns the checkpoints of a build and of its parts by their names. */
  async checkpoints(spec: CollectionSpec): Promise<ReadonlyMap<string, string>> {
    return positionsByName(await this.#checkpoints.find(ofBuild(spec)).toArray());
  }

  /** Moves a checkpoint. Returns false when it was not at `from`. */
  async moveCheckpoint(model: string, from: string | undefined, to: string): Promise<boolean> {
    if (from !== undefined) {
      const moved = await this.#checkpoints.updateOne({ _id: model, pos: from }, { $set: { pos: to } });
      return moved.matchedCount === 1;
    }
    try {
      await this.#checkpoints.insertOne({ _id: model, pos: to });
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** Deletes the checkpoints of a build and of its parts. */
  async deleteCheckpoints(spec: CollectionSpec): Promise<void> {
    await this.#checkpoints.deleteMany(ofBuild(spec));
  }

  /** Records that these builds are in use from now on. */
  async useBuilds(specs: readonly CollectionSpec[]): Promise<void> {
    const live = specs.map((spec) => [`builds.${firstTable(spec)}`, spec.build ?? 0]);
    await this.#builds.updateOne({ _id: 'live' }, { $set: Object.fromEntries(live) }, { upsert: true });
  }

  /** Returns the build in use of each collection and its checkpoint. */
  async standing(specs: readonly CollectionSpec[]): Promise<readonly Standing[]> {
    const builds = (await this.#builds.findOne({ _id: 'live' }))?.builds ?? {};
    const live = specs.map((spec) => ({ ...spec, build: builds[firstTable(spec)] ?? 0 }));
    const positions = positionsByName(await this.#checkpoints.find({ _id: { $in: live.map(checkpointOf) } }).toArray());
    return live.map((spec) => ({ build: spec.build, position: positions.get(checkpointOf(spec)) }));
  }

  get #checkpoints(): Collection<CheckpointRecord> {
    return this.db.collection(`${FORMAT_NAME}_checkpoints`);
  }

  get #builds(): Collection<Builds> {
    return this.db.collection(`${FORMAT_NAME}_builds`);
  }
}

/** Returns the table of the first build of a collection. */
export function firstTable(spec: CollectionSpec): string {
  return tableOf({ ...spec, build: 0 });
}

function positionsByName(checkpoints: readonly CheckpointRecord[]): ReadonlyMap<string, string> {
  return new Map(checkpoints.map(({ _id, pos }) => [_id, pos]));
}

/** Returns the filter for the checkpoints of a build and of its parts. */
function ofBuild(spec: CollectionSpec) {
  const [own, from, to] = checkpointNames(spec);
  return { $or: [{ _id: own }, { _id: { $gte: from, $lt: to } }] };
}
