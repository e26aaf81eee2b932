import { BEGINNING, continuesChain, linked, valuesInEvent } from './chain.js';
import { isSignedBy, type PublicKeys, parseCheckpoint, type SignedCheckpoint } from './checkpoint.js';
import { FORMAT_NAME } from './formatName.js';
import { isObject } from './json.js';
import { isIncluded, leafHash } from './merkle.js';
import { cosignedAt, MalformedNote, type NoteVerifier, verifierFrom, witnessFrom } from './note.js';
import type { ReadableHistory } from './readableHistory.js';

/** Format of a bundle that contains only events. Another format needs another verifier. */
export const EVENTS_FORMAT = `${FORMAT_NAME}-proof/1`;
/** Format of a bundle that also contains the history as sentences. */
export const READABLE_FORMAT = `${FORMAT_NAME}-proof/2`;

/** The history of one stream with its proofs. Of other streams it contains only hashes. */
export type ProofBundle = EventsBundle | ReadableBundle;

/** A bundle of events. */
export interface EventsBundle extends BundleParts {
  readonly format: typeof EVENTS_FORMAT;
}

/** A bundle of events with their history in words. */
export interface ReadableBundle extends BundleParts {
  readonly format: typeof READABLE_FORMAT;
  readonly history: ReadableHistory;
}

/** The parts of every bundle. */
interface BundleParts {
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
 * Verifies the events of a bundle: the signature of the checkpoint, the inclusion proof of each event, and the chain of
 * the events. {@link historyFindings} verifies its sentences.
 *
 * @param key the trusted key; default: the key in the bundle, which proves only that the bundle is consistent.
 * @param witness the trusted witness; default: the witness in the bundle, whose time is no more reliable than the
 *   bundle.
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
    const values = valuesInEvent(entry);
    const isNext = continuesChain(chain, values) && index > before && values.stream === bundle.stream;
    if (!isNext) findings.push({ kind: 'unchained', number: at + 1 });
    chain = linked(chain, values, leaf);
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
  let value: unknown;
  try {
    value = JSON.parse(bundleParts(text).element);
  } catch {
    throw new MalformedNote(NO_BUNDLE);
  }
  if (!isBundle(value)) throw new MalformedNote(NO_BUNDLE);
  return value;
}

const NO_BUNDLE = `this file contains no proof in the format ${EVENTS_FORMAT} or ${READABLE_FORMAT}`;

/**
 * Returns the page around a bundle; undefined for a JSON file. If the element contains a `<`, a browser could display
 * content in it, so the whole file is treated as the page.
 */
export function pageAround(text: string): string | undefined {
  const { before, element, after } = bundleParts(text);
  if (element.includes('<')) return text;
  return before === undefined ? undefined : before + after;
}

function bundleParts(text: string) {
  const begin = text.indexOf(BEGIN);
  const start = begin + BEGIN.length;
  const end = text.indexOf(END, start);
  if (begin < 0 || end < 0) return { before: undefined, element: text, after: '' };
  return { before: text.slice(0, begin), element: text.slice(start, end), after: text.slice(end + END.length) };
}

function isBundle(value: unknown): value is ProofBundle {
  if (!isObject(value) || !isObject(value.keys)) return false;
  const { format, stream, keys, checkpoint, entries, history } = value;
  const isKnown = history === undefined ? format === EVENTS_FORMAT : format === READABLE_FORMAT && isHistory(history);
  const texts = [stream, checkpoint, keys.log, keys.witness];
  return isKnown && texts.every((text) => typeof text === 'string') && Array.isArray(entries) && entries.every(isEntry);
}

function isHistory(value: unknown): value is ReadableHistory {
  if (!isObject(value) || !Array.isArray(value.lines)) return false;
  return [value.note, value.names, ...value.lines].every((text) => typeof text === 'string');
}

function isEntry(value: unknown): value is BundledEntry {
  if (!isObject(value) || !Array.isArray(value.proof)) return false;
  const { index, entry, proof } = value;
  return Number.isSafeInteger(index) && typeof entry === 'string' && proof.every((hash) => typeof hash === 'string');
}
