import { BEGINNING, continuesChain, linked, saidBy } from './chain.js';
import { isSignedBy, type PublicKeys, parseCheckpoint, type SignedCheckpoint } from './checkpoint.js';
import { FORMAT_NAME } from './formatName.js';
import { isObject } from './json.js';
import { isIncluded, leafHash } from './merkle.js';
import { cosignedAt, MalformedNote, type NoteVerifier, verifierFrom, witnessFrom } from './note.js';

/** Version of the bundle format; another version needs another verifier. */
export const BUNDLE_FORMAT = `${FORMAT_NAME}-proof/1`;

/** The history of one stream with its proofs. Of other streams it contains only hashes. */
export interface ProofBundle {
  readonly format: typeof BUNDLE_FORMAT;
  readonly stream: string;
  readonly keys: PublicKeys;
  /** A signed note: the checkpoint of the log that the proofs refer to. */
  readonly checkpoint: string;
  /** The entries in the order of the stream. */
  readonly entries: readonly BundledEntry[];
}

/** A recorded event with its inclusion proof. */
export interface BundledEntry {
  /** Index in the log, from 0. */
  readonly index: number;
  readonly entry: string;
  /** Hashes of the inclusion proof in base64. */
  readonly proof: readonly string[];
}

/** A fault in a bundle. */
export type BundleFinding =
  /** The checkpoint is not signed by the trusted key. */
  | { readonly kind: 'unsigned' }
  /** The checkpoint is not signed by the trusted witness. */
  | { readonly kind: 'unwitnessed' }
  /** The event with this number (from 1) is not in the log of the checkpoint. */
  | { readonly kind: 'notIncluded'; readonly number: number }
  /** The event is of another stream, or does not name the event before it. */
  | { readonly kind: 'unchained'; readonly number: number };

/** The result of verifying a bundle. */
export interface BundleVerification {
  readonly stream: string;
  readonly events: number;
  readonly checkpoint: SignedCheckpoint;
  /** When the witness saw the checkpoint, in seconds since 1970; undefined when it did not sign. */
  readonly seenAt: number | undefined;
  readonly findings: readonly BundleFinding[];
}

/**
 * Verifies a bundle: the signature of the checkpoint, the inclusion proof of each event, and the chain of the events.
 *
 * @param key the trusted key; default: the key in the bundle, which proves only that the bundle is consistent.
 * @param witness the trusted witness; default: the witness in the bundle, whose time is no more reliable than the
 * bundle.
 * @throws MalformedNote if the checkpoint or a key cannot be read.
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
    const isNext = continuesChain(chain, said) && index > before && said.stream === bundle.stream;
    if (!isNext) findings.push({ kind: 'unchained', number: at + 1 });
    chain = linked(chain, said, leaf);
    before = index;
  }
  return { stream: bundle.stream, events: bundle.entries.length, checkpoint, seenAt, findings };
}

const BEGIN = '<script type="application/json" id="proof">';
const END = '</script>';

/** Returns a bundle as an HTML element. Its texts cannot close the element. */
export function embedded(bundle: ProofBundle): string {
  return `${BEGIN}\n${JSON.stringify(bundle).replaceAll('<', '\\u003c')}\n${END}`;
}

/**
 * Returns the bundle in an HTML page or a JSON file.
 *
 * @throws MalformedNote if there is none.
 */
export function bundleIn(text: string): ProofBundle {
  const begin = text.indexOf(BEGIN);
  const json = begin < 0 ? text : text.slice(begin + BEGIN.length, text.indexOf(END, begin));
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new MalformedNote(`this file contains no proof in the format ${BUNDLE_FORMAT}`);
  }
  if (!isBundle(value)) throw new MalformedNote(`this file contains no proof in the format ${BUNDLE_FORMAT}`);
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
