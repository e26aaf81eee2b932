import { type EventLog, type EventStore, type NativePosition, START } from '../eventstore/port.js';
import { originOf } from '../log/checkpoint.js';
import { type Rotation, rotationIn } from '../log/keyRing.js';
import { hashesIn, leafHash, rootOver } from '../log/merkle.js';
import type { StoredEntry, StoredLog } from '../log/stored.js';
import { TILE, widthIn } from '../log/tiles.js';
import type { LogStore } from './follower.js';

/** The parts of an event store that are read to verify it. */
export type VerifiableEvents = Pick<EventStore, 'chronicleId' | 'readAll' | 'readStream'>;

/** A full tile: 256 hashes, one after the other. */
export interface FullTile {
  readonly level: number;
  readonly number: number;
  readonly hashes: Buffer;
}

/** The stored parts of a log beside its event store, read as a whole to verify it. */
export interface LogArchive {
  /** Returns all full tiles. */
  fullTiles(): Promise<readonly FullTile[]>;
  /** Returns all signed notes, ordered by size. */
  checkpoints(): Promise<readonly { readonly size: number; readonly note: string }[]>;
}

/** Thrown while a log is being built again: it has fewer entries than its last checkpoint or anchor covers. */
export class LogNotBuilt extends Error {
  override readonly name = 'LogNotBuilt';
}

/**
 * Returns a log beside its event store, with the events, in the form that `verifyLog` reads. It ends at the last event
 * that is in the log now; later events are not verified. Its tiles and checkpoints are read at once (32 bytes for each
 * event), the events while they are verified.
 *
 * @param anchored number of events that the anchor of the log covers, 0 without an anchor.
 * @throws LogNotBuilt
 */
export async function storedLogOf(
  events: VerifiableEvents,
  log: EventLog & LogArchive & Pick<LogStore, 'state'>,
  anchored: number,
): Promise<StoredLog> {
  // The order of the reads matters while a server runs: a checkpoint that is read later could be beyond the tree.
  const checkpoints = await log.checkpoints();
  const { tree, position: end } = await log.state();
  const tiles = (await log.fullTiles()).filter((tile) => widthIn(tree.size, tile) === TILE);
  if (Math.max(anchored, checkpoints.at(-1)?.size ?? 0) > tree.size) {
    const { events: later } = await events.readAll({ after: end, limit: 1 });
    if (later.length > 0) {
      throw new LogNotBuilt(
        `the log has ${tree.size} entries yet and is being built again: start the server if none runs, and verify again when it reports no problem of the log`,
      );
    }
  }
  const keys = await log.publicKeys();
  const rotations = await rotationsIn(events, log);
  const tileAt = new Map(tiles.map(({ level, number, hashes }) => [`${level}/${number}`, hashes]));
  // Positions at which batches of entries begin, so that a later read need not start at the first event.
  const begun: { readonly number: number; readonly position: NativePosition }[] = [{ number: 0, position: START }];
  async function* entries(after = 0): AsyncGenerator<StoredEntry> {
    let { number, position } = begun.findLast((each) => each.number <= after) ?? { number: 0, position: START };
    for (;;) {
      const batch = await events.readAll({ after: position });
      for (const event of batch.events) {
        if (event.position > end) return;
        number += 1;
        if (number > after) yield { ...event, position: number, leaf: leafHash(event.body) };
      }
      if (batch.caughtUp) return;
      position = batch.position;
      if ((begun.at(-1)?.number ?? 0) < number) begun.push({ number, position });
    }
  }
  return {
    origin: originOf(events.chronicleId),
    tree,
    head: tree.size,
    entries,
    tile(level, number) {
      const bytes = tileAt.get(`${level}/${number}`);
      if (!bytes) return undefined;
      const hashes = hashesIn(bytes);
      return { hashes, root: rootOver(hashes) };
    },
    tiles: () => tiles,
    rotations: () => rotations,
    publicKeys: () => keys,
    checkpoints: () => checkpoints,
    lastCheckpoint: () => checkpoints.at(-1)?.note,
  };
}

/** Returns the rotations of the key of the log that are recorded in the log. */
async function rotationsIn(events: Pick<VerifiableEvents, 'readStream'>, log: EventLog): Promise<Rotation[]> {
  const rotations: Rotation[] = [];
  for (const { position, body } of await events.readStream('log')) {
    const rotation = rotationIn(body);
    const index = rotation && (await log.indexOf(position));
    if (rotation && index !== undefined) rotations.push({ position: index + 1, ...rotation });
  }
  return rotations;
}
