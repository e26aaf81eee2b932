import { parseCheckpoint, type SignedCheckpoint } from './checkpoint.js';
import { EMPTY_TREE, type Hash, rootOf, withLeaf } from './merkle.js';
import { cosignedAt, isSigned, type NoteVerifier } from './note.js';
import { TILE, tilePath, widthIn } from './tiles.js';

/** A log that is seen from outside: its last checkpoint, and its hashes by their addresses. */
export interface ServedLog {
  checkpoint(): Promise<string>;
  /** The bytes at an address below `/tile/`. */
  tile(path: string): Promise<Buffer>;
}

/** What is not as it must be with a log that is seen from outside. */
export type FollowFinding =
  /** The checkpoint is not signed by the key that is trusted. */
  | { readonly kind: 'unsigned' }
  /** The hashes that are served are not those over which the checkpoint was signed. */
  | { readonly kind: 'wrongTiles' }
  /** The log is shorter than it was. */
  | { readonly kind: 'rolledBack'; readonly remembered: number }
  /** The log does not begin with the one that was seen before. */
  | { readonly kind: 'forked'; readonly remembered: number };

/** What following a log came to. */
export interface Followed {
  readonly checkpoint: SignedCheckpoint;
  readonly note: string;
  /** When the witness saw it, in seconds since 1970; undefined when it did not sign. */
  readonly seenAt: number | undefined;
  readonly findings: readonly FollowFinding[];
}

const HASH_BYTES = 32;

/**
 * Verifies a log that somebody serves: its signature, that its hashes make the signed root, and that it begins with the
 * whole log that was seen before. What was recorded is not looked at: that the hashes are those of the events is verified
 * where the events are.
 *
 * @param onProgress told how many entries were looked at.
 * @throws MalformedNote, and whatever the log throws when it cannot be reached.
 */
export async function followLog(
  log: ServedLog,
  trust: {
    readonly log: NoteVerifier;
    readonly witness: NoteVerifier;
    readonly remembered: SignedCheckpoint | undefined;
  },
  onProgress: (entries: number) => void = () => undefined,
): Promise<Followed> {
  const note = await log.checkpoint();
  const checkpoint = parseCheckpoint(note);
  const { size, root, origin } = checkpoint;
  const { remembered } = trust;
  const findings: FollowFinding[] = [];
  if (origin !== trust.log.name || !isSigned(checkpoint.note, trust.log)) findings.push({ kind: 'unsigned' });
  if (remembered && remembered.size > size) findings.push({ kind: 'rolledBack', remembered: remembered.size });
  let tree = EMPTY_TREE;
  let before: Hash | undefined = remembered?.size === 0 ? rootOf(tree) : undefined;
  for (let number = 0; number * TILE < size; number += 1) {
    const width = widthIn(size, { level: 0, number });
    const bytes = await log.tile(tilePath({ level: 0, number, width }));
    for (let at = 0; at < width; at += 1) {
      tree = withLeaf(tree, bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
      if (tree.size === remembered?.size) before = rootOf(tree);
    }
    onProgress(tree.size);
  }
  if (!rootOf(tree).equals(root)) findings.push({ kind: 'wrongTiles' });
  if (remembered && before && !before.equals(remembered.root))
    findings.push({ kind: 'forked', remembered: remembered.size });
  return { checkpoint, note, seenAt: cosignedAt(checkpoint.note, trust.witness), findings };
}
