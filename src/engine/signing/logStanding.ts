import { type EventLog, type NativePosition, START } from '../eventstore/port.js';
import { isSignedBy, parseCheckpoint, type SignedCheckpoint } from '../log/checkpoint.js';
import { verifierOf } from '../log/keyRing.js';
import { type AnchorStore, type LogAnchor, readAnchor } from '../log/logAnchor.js';
import { type Frontier, rootAt, rootOf } from '../log/merkle.js';
import { MalformedNote, verifierKey } from '../log/note.js';
import { withTiles } from '../log/tiles.js';
import type { LogProblem } from './acceptance.js';
import type { LogKeyring } from './logKeys.js';

/** The result of comparing a log with its anchor and with its own checkpoints. */
export type LogStanding =
  /** The log may be signed. */
  | { readonly kind: 'whole'; readonly anchor: LogAnchor }
  /** The tree does not contain all events yet: it is being built, and cannot be compared. */
  | { readonly kind: 'building' }
  /** The log must not be signed. */
  | {
      readonly kind: 'refused';
      readonly problem: LogProblem;
      /** True when an operator may accept it: it agrees with its own checkpoints. */
      readonly isAcceptable: boolean;
      readonly anchor: LogAnchor | undefined;
      readonly tree: Frontier;
    };

/** A log that must not be signed. */
export type RefusedLog = Extract<LogStanding, { readonly kind: 'refused' }>;

/** A log, and the data with which it is compared. */
export interface StandingParts {
  readonly log: EventLog;
  readonly head: () => Promise<NativePosition>;
  readonly anchors: AnchorStore;
  readonly keys: LogKeyring;
  /** Secret that seals the anchor. */
  readonly secret: Buffer;
}

/**
 * Compares a log with its anchor and with its own last checkpoint.
 *
 * The anchor is written last and read first, the tree is written first and read last. So each is at least as new as the
 * one read before it, even if the log is signed meanwhile.
 */
export async function logStanding({ log, head, anchors, keys, secret }: StandingParts): Promise<LogStanding> {
  const origin = keys.signers.log.name;
  const known = [keys.signers.log, ...keys.earlier].map(verifierKey);
  const text = await anchors.read();
  const anchor = text === undefined ? undefined : ownAnchor(text, secret);
  const own = (await log.publicKeys())?.log;
  const note = await log.lastCheckpoint();
  const last = note === undefined ? undefined : readCheckpoint(note);
  const position = await head();
  const isBuilt = position === START || (await log.indexOf(position)) !== undefined;
  const tree = await log.tree();

  const refused = (problem: LogProblem, isAcceptable = false): LogStanding => ({
    kind: 'refused',
    problem,
    isAcceptable,
    tree,
    anchor: anchor === 'notOurs' ? undefined : anchor,
  });
  const anchored = anchor === 'notOurs' ? undefined : anchor;
  const signers = anchored ? [...known, anchored.key] : known;
  // Before the first signature no key is stored.
  const isKeyKept = own === undefined ? !anchored || anchored.checkpoint.size === 0 : signers.includes(own);
  if (!isKeyKept) return refused('OTHER_KEY');
  const isSigned = last && (isOfOneOf(last, signers) || (anchored && isSameNote(anchored.checkpoint, last)));
  if (note !== undefined && !isSigned) return refused('CHECKPOINT_NOT_OURS');
  const beside = await problemOf(log, tree, last, isBuilt);
  if (beside === 'building') return { kind: 'building' };
  if (beside) return refused(beside);
  // Without an anchor an operator must decide. The decision needs the whole log, not only the part that is built.
  const unanchored = (problem: LogProblem): LogStanding => (isBuilt ? refused(problem, true) : { kind: 'building' });
  if (anchor === undefined) return unanchored('NO_ANCHOR');
  if (anchor === 'notOurs') return unanchored('ANCHOR_NOT_OURS');
  if (anchor.checkpoint.origin !== origin) return unanchored('OTHER_CHRONICLE');
  const behind = await problemOf(log, tree, anchor.checkpoint, isBuilt);
  if (behind === 'building') return { kind: 'building' };
  return behind ? refused(behind, true) : { kind: 'whole', anchor };
}

/** Compares the first entries of a log with a checkpoint over them. Returns the problem; undefined if they match. */
async function problemOf(
  log: EventLog,
  tree: Frontier,
  checkpoint: SignedCheckpoint | undefined,
  isBuilt: boolean,
): Promise<'CUT' | 'REWRITTEN' | 'building' | undefined> {
  if (checkpoint && tree.size < checkpoint.size) return isBuilt ? 'CUT' : 'building';
  const signed = checkpoint?.size ?? 0;
  const [before, now] = await withTiles(
    tree.size,
    (address) => log.hashes(address),
    (subtree) => [rootAt(signed, subtree), rootAt(tree.size, subtree)] as const,
  );
  // The tree and the hashes below it are stored separately, so they may be of different events.
  const isSame = now.equals(rootOf(tree)) && (checkpoint === undefined || before.equals(checkpoint.root));
  return isSame ? undefined : 'REWRITTEN';
}

function ownAnchor(text: string, secret: Buffer): LogAnchor | 'notOurs' {
  try {
    return readAnchor(text, secret);
  } catch (error) {
    if (error instanceof MalformedNote) return 'notOurs';
    throw error;
  }
}

function readCheckpoint(note: string): SignedCheckpoint | undefined {
  try {
    return parseCheckpoint(note);
  } catch (error) {
    if (error instanceof MalformedNote) return undefined;
    throw error;
  }
}

/**
 * Returns true when both have the same text and the same signature of the log; cosignatures of witnesses come later.
 */
function isSameNote({ note: one }: SignedCheckpoint, { note: other }: SignedCheckpoint): boolean {
  const [ours, theirs] = [one.signatures[0], other.signatures[0]];
  return one.text === other.text && ours !== undefined && theirs !== undefined && ours.bytes.equals(theirs.bytes);
}

function isOfOneOf(checkpoint: SignedCheckpoint, keys: readonly string[]): boolean {
  return keys.some((key) => {
    const verifier = verifierOf(key);
    return verifier !== undefined && isSignedBy(checkpoint, verifier);
  });
}
