import { isSignedBy, type SignedCheckpoint, type Trust } from './checkpoint.js';
import { EMPTY_TREE, type Hash, hashesIn, rootOf, withLeaf } from './merkle.js';
import { cosignedAt } from './note.js';
import { TILE, tilePath, widthIn } from './tiles.js';

/** What is not as it must be with a log that is seen from outside. */
export type FollowFinding =
  /** The checkpoint is not signed by the key that is trusted. */
  | { readonly kind: 'unsigned' }
  /** The trusted witness has not signed it: when it was signed is not known. */
  | { readonly kind: 'unwitnessed' }
  /** The hashes that are served are not those over which the checkpoint was signed. */
  | { readonly kind: 'wrongTiles' }
  /** The log is shorter than it was. */
  | { readonly kind: 'rolledBack'; readonly remembered: number }
  /** The log does not begin with the one that was seen before. */
  | { readonly kind: 'forked'; readonly remembered: number };

/** What following a log came to. */
export interface Followed {
  /** When the witness saw the checkpoint, in seconds since 1970; undefined when it did not sign, or is not known. */
  readonly seenAt: number | undefined;
  readonly findings: readonly FollowFinding[];
}

/**
 * Verifies a log that somebody serves: its signature, that its hashes make the signed root, and that it begins with the
 * whole log that was seen before. What was recorded is not looked at: that the hashes are those of the events is verified
 * where the events are.
 *
 * @param checkpoint the last one.
 * @param tile gives the bytes at an address below `/tile/`.
 * @param onProgress told how many entries were looked at.
 * @throws whatever `tile` throws when the log cannot be reached.
 */
export async function followLog(
  checkpoint: SignedCheckpoint,
  tile: (path: string) => Promise<Buffer>,
  trust: Trust,
  onProgress: (entries: number) => void = () => undefined,
): Promise<Followed> {
  const { size, root } = checkpoint;
  const { remembered } = trust;
  const findings: FollowFinding[] = [];
  if (!isSignedBy(checkpoint, trust.log)) findings.push({ kind: 'unsigned' });
  const seenAt = trust.witness && cosignedAt(checkpoint.note, trust.witness);
  if (trust.witness && seenAt === undefined) findings.push({ kind: 'unwitnessed' });
  if (remembered && remembered.size > size) findings.push({ kind: 'rolledBack', remembered: remembered.size });
  let tree = EMPTY_TREE;
  let before: Hash | undefined = remembered?.size === 0 ? rootOf(tree) : undefined;
  for (let number = 0; number * TILE < size; number += 1) {
    const width = widthIn(size, { level: 0, number });
    for (const leaf of hashesIn(await tile(tilePath({ level: 0, number, width })))) {
      tree = withLeaf(tree, leaf);
      if (tree.size === remembered?.size) before = rootOf(tree);
    }
    onProgress(tree.size);
  }
  if (!rootOf(tree).equals(root)) findings.push({ kind: 'wrongTiles' });
  if (remembered && before && !before.equals(remembered.root)) {
    findings.push({ kind: 'forked', remembered: remembered.size });
  }
  return { seenAt, findings };
}
