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

/** The result of a verification. */
export interface Verification {
  readonly events: number;
  readonly findings: readonly Finding[];
  /** Number of all findings; `findings` holds them up to a limit. */
  readonly found: number;
  /** The last valid checkpoint. */
  readonly anchor: Anchor | undefined;
  /** The keys that may sign, derived from the trusted key. */
  readonly keys: KeyRing;
}

/** Maximum number of findings in the result. */
const TOLD = 1_000;

/**
 * Verifies a whole chronicle against its log: each event against its leaf, stream and tile; the tree against every
 * checkpoint; and the checkpoints against the keys. Memory grows with the number of streams, not of events.
 *
 * @param onProgress called regularly with the number of verified events.
 */
export async function verifyLog(
  log: StoredLog,
  trust: Trust,
  onProgress: (events: number) => void = () => undefined,
): Promise<Verification> {
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
  /**
   * `shift`: number of present events before the next one, minus the number recorded before it. `inserted`: inserted
   * events that are still to come.
   */
  let [shift, inserted] = [0, 0];
  let isAsRecorded = true;

  const grow = (leaf: Hash) => {
    tree = withLeaf(tree, leaf);
    tiles.check(tree.size, leaf);
    anchors.check(tree);
  };
  const lose = (to: number) => {
    report({ kind: 'removed', from: tree.size + 1, to });
    // Continue with the leaves in the tiles, so that later events can still be verified.
    while (tree.size < to) {
      const leaf = tiles.recorded(tree.size);
      if (leaf) streams.lose(leaf);
      grow(leaf ?? NO_HASH);
    }
  };
  anchors.check(tree);
  for await (const entry of log.entries()) {
    events += 1;
    if (events % 10_000 === 0) onProgress(events);
    const { position, body, leaf: stored } = entry;
    last = position;
    const name = entryName(entry);
    const place = position - shift;
    if (place > kept.size) {
      // If other events differ from the tree, it is not known which events were inserted.
      if (rootOf(kept).equals(rootOf(tree))) report({ kind: 'inserted', entry: name });
      continue;
    }
    if (place > tree.size + 1) lose(place - 1);
    const actual = leafHash(body);
    // Search only at the first differing event, not after each event of an entirely different chronicle.
    if (inserted === 0 && isAsRecorded && found < TOLD && tiles.recorded(tree.size)?.equals(actual) === false) {
      const more = shiftBetween(await leavesFrom(log, position), tiles.recordedFrom(tree.size));
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
    // Continue with the recorded leaf, so that an edited event is reported once; for a moved event, with its actual
    // leaf.
    streams.check(entry, from === undefined ? recorded : actual);
    grow(recorded);
  }
  onProgress(events);
  tiles.end(Math.max(tree.size, kept.size));
  const isCut = anchors.end(tree);
  // If events were inserted or removed, the head may be either number. Then it is no further finding.
  if (!isCut && log.head !== last && log.head !== tree.size) report({ kind: 'wrongHead', head: log.head, last });
  if (!isCut && (kept.size !== tree.size || !rootOf(kept).equals(rootOf(tree)))) {
    report({ kind: 'wrongTree', size: kept.size });
  }
  return { events, findings, found, anchor: anchors.last, keys };
}

/** Returns the leaf hashes of the events from a position on, at most a tile. */
async function leavesFrom(log: StoredLog, position: number): Promise<Hash[]> {
  const leaves: Hash[] = [];
  for await (const { body } of log.entries(position - 1)) {
    leaves.push(leafHash(body));
    if (leaves.length === TILE) break;
  }
  return leaves;
}
