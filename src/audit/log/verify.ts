import { type Anchor, Anchors } from './anchors.js';
import type { Trust } from './checkpoint.js';
import { entryName, type Finding } from './findings.js';
import { KeyRing } from './keyRing.js';
import { EMPTY_TREE, type Hash, leafHash, NO_HASH, rootOf, withLeaf } from './merkle.js';
import { RecordedTiles } from './recordedTiles.js';
import { shiftBetween } from './shift.js';
import type { StoredLog } from './stored.js';
import { Streams } from './streams.js';
import { TILE } from './tiles.js';

/** What a verification came to. */
export interface Verification {
  readonly events: number;
  readonly findings: readonly Finding[];
  /** Findings are told up to a limit, and all are counted. */
  readonly found: number;
  /** The last good checkpoint. */
  readonly anchor: Anchor | undefined;
  /** The keys that may sign it, by the one that was trusted. */
  readonly keys: KeyRing;
}

/** Findings that are told. */
const TOLD = 1_000;

/**
 * Verifies a whole chronicle against its log: each event against its leaf, its stream and its tile, the tree against every
 * checkpoint, and the checkpoints against the keys. Memory grows with the number of streams, not of events.
 *
 * @param onProgress told now and then how many events were looked at.
 */
export function verifyLog(
  log: StoredLog,
  trust: Trust,
  onProgress: (events: number) => void = () => undefined,
): Verification {
  const findings: Finding[] = [];
  let found = 0;
  const report = (finding: Finding) => {
    found += 1;
    if (findings.length < TOLD) findings.push(finding);
  };
  const kept = log.tree;
  const streams = new Streams(report);
  const keys = new KeyRing(trust.log, log.rotations());
  const anchors = new Anchors(log, trust, keys, report);
  const tiles = new RecordedTiles(log, kept.size, report);
  let tree = EMPTY_TREE;
  let [events, last] = [0, 0];
  /** How many more events lie before the next one than were recorded before it, and how many of them are still to come. */
  let [shift, inserted] = [0, 0];
  let isAsRecorded = true;

  const grow = (leaf: Hash) => {
    tree = withLeaf(tree, leaf);
    tiles.check(tree.size, leaf);
    anchors.check(tree);
  };
  const lose = (to: number) => {
    report({ kind: 'removed', from: tree.size + 1, to });
    // What the tiles know of them, so that what follows can still be verified.
    while (tree.size < to) {
      const leaf = tiles.recorded(tree.size);
      if (leaf) streams.lose(leaf);
      grow(leaf ?? NO_HASH);
    }
  };
  anchors.check(tree);
  for (const entry of log.entries()) {
    events += 1;
    if (events % 10_000 === 0) onProgress(events);
    const { position, body, leaf: stored } = entry;
    last = position;
    const name = entryName(entry);
    const place = position - shift;
    if (place > kept.size) {
      // Over other events than the tree is it says nothing of which ones are too many.
      if (rootOf(kept).equals(rootOf(tree))) report({ kind: 'inserted', entry: name });
      continue;
    }
    if (place > tree.size + 1) lose(place - 1);
    const actual = leafHash(body);
    // Looked for where it may begin, not behind each event of a chronicle that is another one altogether.
    if (inserted === 0 && isAsRecorded && found < TOLD && tiles.recorded(tree.size)?.equals(actual) === false) {
      const more = shiftBetween(leavesFrom(log, position), tiles.recordedFrom(tree.size));
      [shift, inserted] = [shift + more, Math.max(0, more)];
      if (more < 0) lose(tree.size - more);
    }
    if (inserted > 0) {
      inserted -= 1;
      report({ kind: 'inserted', entry: name });
      streams.putIn(entry);
      continue;
    }
    const recorded = tiles.recorded(tree.size) ?? stored;
    isAsRecorded = actual.equals(recorded);
    const from = actual.equals(recorded) ? undefined : tiles.placeOf(actual);
    if (from !== undefined) report({ kind: 'moved', entry: name, from: from + 1 });
    else if (!actual.equals(recorded) || !stored.equals(recorded)) report({ kind: 'edited', entry: name });
    // What was recorded here, so that an edited event is told once; of one from elsewhere, what it is.
    streams.check(entry, from === undefined ? recorded : actual);
    grow(recorded);
  }
  onProgress(events);
  tiles.end(Math.max(tree.size, kept.size));
  const isCut = anchors.end(tree);
  // Of an event that was put in or taken out the head says nothing new.
  if (!isCut && log.head !== last && log.head !== tree.size) report({ kind: 'wrongHead', head: log.head, last });
  if (!isCut && (kept.size !== tree.size || !rootOf(kept).equals(rootOf(tree)))) {
    report({ kind: 'wrongTree', size: kept.size });
  }
  return { events, findings, found, anchor: anchors.last, keys };
}

/** The leaves that the events from a position on make, of as many as a tile holds. */
function leavesFrom(log: StoredLog, position: number): Hash[] {
  const leaves: Hash[] = [];
  for (const { body } of log.entries(position - 1)) {
    leaves.push(leafHash(body));
    if (leaves.length === TILE) break;
  }
  return leaves;
}
