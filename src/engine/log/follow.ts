import { isSignedBy, type SignedCheckpoint, type Trust } from './checkpoint.js';
import { EMPTY_TREE, type Hash, hashesIn, rootOf, withLeaf } from './merkle.js';
import { cosignedAt } from './note.js';
import { TILE, tilePath, widthIn } from './tiles.js';

/** A fault in a log that is verified from outside. */
export type FollowFinding =
  /** The checkpoint is not signed with the trusted key. */
  | { readonly kind: 'unsigned' }
  /** The trusted witness has not cosigned it: the time of signing is unknown. */
  | { readonly kind: 'unwitnessed' }
  /** The served hashes do not match the signed root. */
  | { readonly kind: 'wrongTiles' }
  /** The log is shorter than before. */
  | { readonly kind: 'rolledBack'; readonly remembered: number }
  /** The log does not begin with the log that was verified before. */
  | { readonly kind: 'forked'; readonly remembered: number };

/** The result of following a log. */
export interface Followed {
  /** When the witness cosigned the checkpoint, in seconds since 1970; undefined if it did not or is unknown. */
  readonly seenAt: number | undefined;
  readonly findings: readonly FollowFinding[];
}

/**
 * Verifies a served log: its signature, that its hashes match the signed root, and that it begins with the whole log
 * that was verified before. The events themselves are not read, so it is not verified that the hashes are those of the
 * events.
 *
 * @param checkpoint the last checkpoint.
 * @param tile returns the bytes at a path below `/tile/`.
 * @param onProgress called with the number of verified entries.
 * @throws the errors of `tile` if the log cannot be reached.
 */
export async function verifyServedLog(
  checkpoint: SignedCheckpoint,
  tile: (path: string) => Promise<Buffer>,
  trust: Trust,
  onProgress: (entries: number) => void,
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
