import { type PublicKeys, parseCheckpoint, type SignedCheckpoint } from './checkpoint.js';
import { EMPTY_TREE, type Frontier, type Hash, leafHash, NO_HASH, rootOf, rootOver, withLeaf } from './merkle.js';
import { cosignedAt, isSigned, type NoteVerifier } from './note.js';
import { TILE } from './tiles.js';

/** An event as it lies in a chronicle, with the leaf that stands beside it. */
export interface StoredEntry {
  /** From 1, without gaps: entry `position - 1` of the log. */
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly body: string;
  readonly leaf: Hash;
}

/** A full tile: 256 hashes, and the root over them. */
export interface StoredTile {
  readonly hashes: readonly Hash[];
  readonly root: Hash;
}

/** A chronicle with its log, as it is stored. */
export interface StoredLog {
  readonly origin: string;
  readonly tree: Frontier;
  /** In the order of their positions. */
  entries(): Iterable<StoredEntry>;
  tile(level: number, number: number): StoredTile | undefined;
  /** What the chronicle says of its own keys. */
  publicKeys(): PublicKeys | undefined;
  /** Signed notes, in the order of their sizes. */
  checkpoints(): Iterable<{ readonly size: number; readonly note: string }>;
}

/** Whose signatures count, and what was trusted before. */
export interface Trust {
  readonly log: NoteVerifier;
  readonly witness: NoteVerifier;
  /** The last checkpoint that a verification here was satisfied with. */
  readonly remembered: SignedCheckpoint | undefined;
}

/** Where an event lies, for a person who looks for it. */
export interface EntryName {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
}

/** What is not as it was recorded. */
export type Finding =
  /** Its stored bytes are not those that were recorded. */
  | { readonly kind: 'edited'; readonly entry: EntryName }
  /** It is stored as another event than its own bytes say: of another stream, type or id. */
  | { readonly kind: 'misplaced'; readonly entry: EntryName }
  /** The event that it names before it in its stream is not the one that is there. */
  | { readonly kind: 'unchained'; readonly entry: EntryName }
  /** It was recorded at another position. */
  | { readonly kind: 'moved'; readonly entry: EntryName; readonly from: number }
  /** An event that the tree does not hold. */
  | { readonly kind: 'inserted'; readonly entry: EntryName }
  /** Events that were recorded and are not there, by their positions. */
  | { readonly kind: 'removed'; readonly from: number; readonly to: number }
  /** The log ends before a checkpoint that was signed. */
  | { readonly kind: 'cut'; readonly size: number; readonly checkpoint: number }
  /** The events up to a checkpoint are not those over which it was signed; up to the one before they are. */
  | { readonly kind: 'rewritten'; readonly after: number; readonly checkpoint: number }
  /** The log is not the one that was verified here before. */
  | { readonly kind: 'forked'; readonly remembered: number }
  /** A checkpoint that the key of the log did not sign, or that is of another log. */
  | { readonly kind: 'forged'; readonly checkpoint: number }
  /** A tile of hashes is not what the events make. */
  | { readonly kind: 'wrongTile'; readonly level: number; readonly number: number }
  /** The tree that is kept for appending is not that of the events. */
  | { readonly kind: 'wrongTree'; readonly size: number };

/** What a verification came to. */
export interface Verification {
  readonly events: number;
  readonly findings: readonly Finding[];
  /** Findings are told up to a limit, and all are counted. */
  readonly found: number;
  /** The last good checkpoint: what it anchors, and when its witness saw it, in seconds since 1970. */
  readonly anchor: { readonly checkpoint: SignedCheckpoint; readonly seenAt: number } | undefined;
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
  const chains = new Map<string, Chain>();
  const anchors = new Anchors(log, trust, report);
  const tiles = new Tiles(log, report);
  let tree = EMPTY_TREE;
  let events = 0;

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
    const chain = chains.get(entry.stream) ?? BEGINNING;
    // What was recorded here, so that an edited event is told once; of one from elsewhere, what it is.
    chains.set(entry.stream, next(entry, chain, from === undefined ? recorded : actual, report));
    grow(recorded);
  }
  onProgress(events);
  const isCut = anchors.end(tree);
  if (!isCut && (kept.size !== tree.size || !rootOf(kept).equals(rootOf(tree)))) {
    report({ kind: 'wrongTree', size: kept.size });
  }
  return { events, findings, found, anchor: anchors.last };
}

interface Chain {
  readonly leaf: Hash;
  readonly revision: number;
  /** Whether an event of the stream has named the one before it: then all later ones do. */
  readonly isNamed: boolean;
}

const BEGINNING: Chain = { leaf: NO_HASH, revision: -1, isNamed: false };

function next(entry: StoredEntry, chain: Chain, leaf: Hash, report: (finding: Finding) => void): Chain {
  const said = envelopeOf(entry.body);
  const name = nameOf(entry);
  if (said.stream !== entry.stream || said.id !== entry.id || said.type !== entry.type) {
    report({ kind: 'misplaced', entry: name });
  }
  const isNamed = said.previous !== undefined;
  const follows = isNamed ? said.previous === chain.leaf.toString('base64') : !chain.isNamed;
  if (!follows || entry.revision !== chain.revision + 1) report({ kind: 'unchained', entry: name });
  return { leaf, revision: entry.revision, isNamed: isNamed || chain.isNamed };
}

/** The stored tiles beside the events: of full tiles each hash is known twice. */
class Tiles {
  #first = -1;
  #tile: StoredTile | undefined;
  #hashes: Hash[] = [];

  constructor(
    private readonly log: StoredLog,
    private readonly report: (finding: Finding) => void,
  ) {}

  /** The leaf of an entry as the full tile over it knows it. */
  recorded(index: number): Hash | undefined {
    const number = Math.floor(index / TILE);
    if (number !== this.#first) [this.#first, this.#tile] = [number, this.log.tile(0, number)];
    return this.#tile?.hashes[index % TILE];
  }

  /** Where the tile that was looked at last has this leaf. */
  placeOf(leaf: Hash): number | undefined {
    const index = this.#tile?.hashes.findIndex((hash) => hash.equals(leaf)) ?? -1;
    return index < 0 ? undefined : this.#first * TILE + index;
  }

  /** Told each leaf; looks at the tiles that end with it. */
  check(size: number, leaf: Hash): void {
    this.#hashes.push(leaf);
    if (size % TILE !== 0) return;
    this.#compare(0, size / TILE - 1, this.#hashes);
    this.#hashes = [];
    for (let [level, count] = [1, size / TILE]; count % TILE === 0; [level, count] = [level + 1, count / TILE]) {
      const below = Array.from({ length: TILE }, (_, index) => this.log.tile(level - 1, count - TILE + index)?.root);
      this.#compare(
        level,
        count / TILE - 1,
        below.map((root) => root ?? NO_HASH),
      );
    }
  }

  #compare(level: number, number: number, hashes: readonly Hash[]): void {
    const tile = this.log.tile(level, number);
    const isSame =
      tile?.hashes.length === hashes.length &&
      hashes.every((hash, index) => tile.hashes[index]?.equals(hash)) &&
      tile.root.equals(rootOver(hashes));
    if (!isSame) this.report({ kind: 'wrongTile', level, number });
  }
}

/** The checkpoints on the way. */
class Anchors {
  readonly #waiting: Iterator<{ readonly size: number; readonly note: string }>;
  #next: { readonly size: number; readonly note: string } | undefined;
  #good = 0;
  #isRewritten = false;
  last: Verification['anchor'];

  constructor(
    log: StoredLog,
    private readonly trust: Trust,
    private readonly report: (finding: Finding) => void,
  ) {
    this.#waiting = log.checkpoints()[Symbol.iterator]();
    this.origin = log.origin;
    this.#advance();
  }

  private readonly origin: string;

  /** Told the tree after each entry. */
  check(tree: Frontier): void {
    const { remembered } = this.trust;
    if (remembered?.size === tree.size && !remembered.root.equals(rootOf(tree))) {
      this.report({ kind: 'forked', remembered: remembered.size });
    }
    while (this.#next && this.#next.size <= tree.size) {
      const { size, note } = this.#next;
      this.#advance();
      const signed = this.#signed(size, note);
      if (!signed) continue;
      if (signed.checkpoint.root.equals(rootOf(tree))) {
        [this.#good, this.last] = [size, this.#isRewritten ? this.last : signed];
      } else if (!this.#isRewritten) {
        // Every later root covers what was changed: it is told once, by the narrowest range.
        this.#isRewritten = true;
        this.report({ kind: 'rewritten', after: this.#good, checkpoint: size });
      }
    }
  }

  /** Told the whole tree: what was signed beyond it was cut off. True when some was. */
  end(tree: Frontier): boolean {
    let beyond = this.trust.remembered && this.trust.remembered.size > tree.size ? this.trust.remembered.size : 0;
    for (; this.#next; this.#advance()) {
      const { size, note } = this.#next;
      if (this.#signed(size, note)) beyond = Math.max(beyond, size);
    }
    if (beyond > 0) this.report({ kind: 'cut', size: tree.size, checkpoint: beyond });
    return beyond > 0;
  }

  #signed(size: number, note: string): Verification['anchor'] {
    try {
      const checkpoint = parseCheckpoint(note);
      const seenAt = cosignedAt(checkpoint.note, this.trust.witness);
      const isOurs = checkpoint.origin === this.origin && checkpoint.size === size;
      if (isOurs && seenAt !== undefined && isSigned(checkpoint.note, this.trust.log)) return { checkpoint, seenAt };
    } catch {
      // What cannot be read was not signed.
    }
    this.report({ kind: 'forged', checkpoint: size });
    return undefined;
  }

  #advance(): void {
    const { done, value } = this.#waiting.next();
    this.#next = done ? undefined : value;
  }
}

function nameOf({ position, stream, revision, type }: StoredEntry): EntryName {
  return { position, stream, revision, type };
}

interface Said {
  readonly stream?: unknown;
  readonly id?: unknown;
  readonly type?: unknown;
  readonly previous?: unknown;
}

function envelopeOf(body: string): Said {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null) return {};
    const { stream, id, event, previous } = { stream: null, id: null, event: null, ...value } as Said & {
      event: unknown;
    };
    const type = typeof event === 'object' && event !== null && 'type' in event ? event.type : null;
    return { stream, id, type, previous };
  } catch {
    return {};
  }
}
