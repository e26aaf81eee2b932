import { BEGINNING, follows, linked, saidBy } from './chain.js';
import { isSignedBy, type PublicKeys, parseCheckpoint, type SignedCheckpoint } from './checkpoint.js';
import { isObject } from './json.js';
import { isIncluded, leafHash } from './merkle.js';
import { cosignedAt, MalformedNote, type NoteVerifier, verifierFrom, witnessFrom } from './note.js';

/** Names the form of a bundle; another one needs another verifier. */
export const BUNDLE_FORMAT = 'letopis-proof/1';

/** The history of one stream, with what proves it: nothing of others is in it but hashes. */
export interface ProofBundle {
  readonly format: typeof BUNDLE_FORMAT;
  readonly stream: string;
  readonly keys: PublicKeys;
  /** A signed note: the log that the proofs are of. */
  readonly checkpoint: string;
  /** In the order of the stream. */
  readonly entries: readonly BundledEntry[];
}

/** An event as it was recorded, and the way from its leaf to the root. */
export interface BundledEntry {
  /** In the log, from 0. */
  readonly index: number;
  readonly entry: string;
  /** Hashes in base64. */
  readonly proof: readonly string[];
}

/** What is wrong with a bundle. */
export type BundleFinding =
  /** The checkpoint does not bear the signature of the key that was trusted. */
  | { readonly kind: 'unsigned' }
  /** Nor that of the witness who was trusted. */
  | { readonly kind: 'unwitnessed' }
  /** The event with this number (from 1) is not in the log as it stands here. */
  | { readonly kind: 'notIncluded'; readonly number: number }
  /** It is of another stream, or the event before it is not the one that it names. */
  | { readonly kind: 'unchained'; readonly number: number };

/** What the verification of a bundle came to. */
export interface BundleVerification {
  readonly stream: string;
  readonly events: number;
  readonly checkpoint: SignedCheckpoint;
  /** When the witness saw the checkpoint, in seconds since 1970; undefined when it did not sign. */
  readonly seenAt: number | undefined;
  readonly findings: readonly BundleFinding[];
}

/**
 * Verifies a bundle: the checkpoint by the key, each event by its proof, and the chain of the events.
 *
 * @param key whose signature counts; left out: the one in the bundle, which proves only that the bundle is whole.
 * @param witness who says when; left out: the one in the bundle, whose word is as good as the bundle.
 * @throws MalformedNote when the checkpoint or a key cannot be read.
 */
export function verifyBundle(
  bundle: ProofBundle,
  key: NoteVerifier = verifierFrom(bundle.keys.log),
  witness: NoteVerifier | undefined = undefined,
): BundleVerification {
  const checkpoint = parseCheckpoint(bundle.checkpoint);
  const { size, root, note } = checkpoint;
  const findings: BundleFinding[] = isSignedBy(checkpoint, key) ? [] : [{ kind: 'unsigned' }];
  const seenAt = cosignedAt(note, witness ?? witnessFrom(bundle.keys.witness));
  if (witness && seenAt === undefined) findings.push({ kind: 'unwitnessed' });
  let chain = BEGINNING;
  let before = -1;
  for (const [at, { index, entry, proof }] of bundle.entries.entries()) {
    const leaf = leafHash(entry);
    const hashes = proof.map((hash) => Buffer.from(hash, 'base64'));
    if (!isIncluded(leaf, index, size, hashes, root)) findings.push({ kind: 'notIncluded', number: at + 1 });
    const said = saidBy(entry);
    const isNext = follows(chain, said) && index > before && said.stream === bundle.stream;
    if (!isNext) findings.push({ kind: 'unchained', number: at + 1 });
    chain = linked(chain, said, leaf);
    before = index;
  }
  return { stream: bundle.stream, events: bundle.entries.length, checkpoint, seenAt, findings };
}

const BEGIN = '<script type="application/json" id="proof">';
const END = '</script>';

/** The bundle as it stands in a page, where no text of it can end the element. */
export function embedded(bundle: ProofBundle): string {
  return `${BEGIN}\n${JSON.stringify(bundle).replaceAll('<', '\\u003c')}\n${END}`;
}

/**
 * The bundle in a page, or in a file of its own.
 *
 * @throws MalformedNote when there is none.
 */
export function bundleIn(text: string): ProofBundle {
  const begin = text.indexOf(BEGIN);
  const json = begin < 0 ? text : text.slice(begin + BEGIN.length, text.indexOf(END, begin));
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new MalformedNote('this file holds no proof of Letopis');
  }
  if (!isBundle(value)) throw new MalformedNote(`this file holds no proof of the form ${BUNDLE_FORMAT}`);
  return value;
}

function isBundle(value: unknown): value is ProofBundle {
  if (!isObject(value) || value.format !== BUNDLE_FORMAT || !isObject(value.keys)) return false;
  const { stream, keys, checkpoint, entries } = value;
  const texts = [stream, checkpoint, keys.log, keys.witness];
  return texts.every((text) => typeof text === 'string') && Array.isArray(entries) && entries.every(isEntry);
}

function isEntry(value: unknown): value is BundledEntry {
  if (!isObject(value) || !Array.isArray(value.proof)) return false;
  const { index, entry, proof } = value;
  return Number.isSafeInteger(index) && typeof entry === 'string' && proof.every((hash) => typeof hash === 'string');
}
