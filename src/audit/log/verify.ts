import { type Anchor, Anchors } from './anchors.js';
import { BEGINNING, type Chain, follows, linked, saidBy } from './chain.js';
import type { Trust } from './checkpoint.js';
import type { EntryName, Finding } from './findings.js';
import { KeyRing } from './keyRing.js';
import { EMPTY_TREE, type Hash, leafHash, NO_HASH, rootOf, withLeaf } from './merkle.js';
import { RecordedTiles } from './recordedTiles.js';
import type { StoredEntry, StoredLog } from './stored.js';

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
  const streams = new Map<string, Stream>();
  const keys = new KeyRing(trust.log, log.rotations());
  const anchors = new Anchors(log, trust, keys, report);
  const tiles = new RecordedTiles(log, report);
  let tree = EMPTY_TREE;
  let [events, last] = [0, 0];

  const grow = (leaf: Hash) => {
    tree = withLeaf(tree, leaf);
    tiles.check(tree.size, leaf);
    anchors.check(tree);
  };
  anchors.check(tree);
  for (const entry of log.entries()) {
    events += 1;
    if (events % 10_000 === 0) onProgress(events);
    const { position, body, leaf: stored } = entry;
    last = position;
    const name = nameOf(entry);
    if (position > kept.size) {
      report({ kind: 'inserted', entry: name });
      continue;
    }
    if (position > tree.size + 1) {
      report({ kind: 'removed', from: tree.size + 1, to: position - 1 });
      // What the tiles know of them, so that what follows can still be verified.
      while (tree.size < position - 1) grow(tiles.recorded(tree.size) ?? NO_HASH);
    }
    const recorded = tiles.recorded(tree.size) ?? stored;
    const actual = leafHash(body);
    const from = actual.equals(recorded) ? undefined : tiles.placeOf(actual);
    if (from !== undefined) report({ kind: 'moved', entry: name, from: from + 1 });
    else if (!actual.equals(recorded) || !stored.equals(recorded)) report({ kind: 'edited', entry: name });
    const stream = streams.get(entry.stream) ?? { chain: BEGINNING, revision: -1 };
    // What was recorded here, so that an edited event is told once; of one from elsewhere, what it is.
    streams.set(entry.stream, next(entry, stream, from === undefined ? recorded : actual, report));
    grow(recorded);
  }
  onProgress(events);
  const isCut = anchors.end(tree);
  // Of an event that was put in or taken out the head says nothing new.
  if (!isCut && log.head !== last && log.head !== tree.size) report({ kind: 'wrongHead', head: log.head, last });
  if (!isCut && (kept.size !== tree.size || !rootOf(kept).equals(rootOf(tree)))) {
    report({ kind: 'wrongTree', size: kept.size });
  }
  return { events, findings, found, anchor: anchors.last, keys };
}

/** A stream up to one of its events. */
interface Stream {
  readonly chain: Chain;
  readonly revision: number;
}

function next(entry: StoredEntry, { chain, revision }: Stream, leaf: Hash, report: (finding: Finding) => void): Stream {
  const said = saidBy(entry.body);
  const name = nameOf(entry);
  const { stream, id, type, schemaVersion } = entry;
  if (said.stream !== stream || said.id !== id || said.type !== type || said.schemaVersion !== schemaVersion) {
    report({ kind: 'misplaced', entry: name });
  }
  if (!follows(chain, said) || entry.revision !== revision + 1) report({ kind: 'unchained', entry: name });
  return { chain: linked(chain, said, leaf), revision: entry.revision };
}

function nameOf({ position, stream, revision, type }: StoredEntry): EntryName {
  return { position, stream, revision, type };
}
