import type { ProofFile } from './bundle';
import { base64Of, memberOf, parsedOrUndefined, textHash } from './bytes';
import {
  cosignedAt,
  type NoteKey,
  parseCheckpoint,
  parseKey,
  parseNote,
  type SignatureState,
  signatureState,
} from './note';
import { leafHash, rootFrom } from './tree';

/**
 * State of sentences relative to the signature of the log. `UNSIGNED`: the list of all sentences has no valid
 * signature.
 */
export type WordsState = 'SIGNED' | 'CHANGED' | 'UNSIGNED';

/** The findings about one event. */
export interface EventCheck {
  /** Number in the plan, from 1. */
  readonly number: number;
  /** Index in the log, from 0. */
  readonly index: number;
  /** Leaf hash of its bytes, in base64. */
  readonly leaf: string;
  /** True if the tree of the checkpoint has it. */
  readonly isIncluded: boolean;
  /** True if it is of this plan and follows the event before it. */
  readonly isNext: boolean;
  /** Undefined when the file has no words. */
  readonly words: WordsState | undefined;
  /** True if author, time, reason and basis in the sentence are those in the bytes, or there is no sentence. */
  readonly hasOwnFacts: boolean;
  /** The line of the event in the file, a JSON text; undefined if there is none. */
  readonly line: string | undefined;
}

/** The findings of a check of a proof. */
export interface BundleCheck {
  readonly stream: string;
  /** The key by which signatures were checked, as text. */
  readonly key: string;
  /** Name of the log, and the number of its entries at the checkpoint. */
  readonly origin: string;
  readonly size: number;
  readonly signature: SignatureState;
  /** When the witness saw the checkpoint, in seconds since 1970; undefined when it did not sign. */
  readonly seenAt: number | undefined;
  readonly events: readonly EventCheck[];
  /** The findings about the sentences as a whole; undefined if the file has none. */
  readonly words: WordsCheck | undefined;
}

/** The findings about the sentences of a proof that do not belong to single events. */
interface WordsCheck {
  readonly note: 'SIGNED' | 'UNSIGNED';
  /** The program that wrote the words, with its version, as the note names it. */
  readonly writer: string;
  readonly names: WordsState;
  /** Undefined when the file has no page. */
  readonly page: WordsState | undefined;
  /** True if the file has as many lines as were signed, and as many as events. */
  readonly isComplete: boolean;
}

/** How long a check works before the browser gets a turn, in milliseconds. */
const CHECK_SLICE_MS = 25;

/**
 * Checks a proof: the signature of the checkpoint, that each event is in the log and follows the previous event, and
 * that the sentences are those that the log signed for these events.
 *
 * @param trusted the key that the user trusts; undefined: the key in the file, which shows only that the file is
 *   consistent.
 * @returns undefined if the checkpoint or the key in the file cannot be read.
 */
export async function checkBundle(file: ProofFile, trusted: NoteKey | undefined): Promise<BundleCheck | undefined> {
  const checkpoint = parseCheckpoint(file.checkpoint);
  const key = trusted ?? parseKey(file.keys.log);
  if (!checkpoint || !key) return undefined;
  const { origin, size, note } = checkpoint;
  const root = base64Of(checkpoint.root);
  const witness = parseKey(file.keys.witness);
  const signed = file.history && signedRows(file.history.note, file.stream, key);
  const rest = slices();
  const events: EventCheck[] = [];
  // 32 zero bytes are used as the hash of the event before the first. Events that are older than the log contain no
  // such hash.
  let chain = { leaf: base64Of(new Uint8Array(32)), isNamed: false, index: -1 };
  for (const [at, { index, entry, proof }] of file.entries.entries()) {
    await rest();
    const bytes = leafHash(entry);
    const leaf = base64Of(bytes);
    const reached = rootFrom(bytes, index, size, proof);
    const said = parsedOrUndefined(entry);
    const previous = memberOf(said, 'previous');
    const isAfter = previous === undefined ? !chain.isNamed : previous === chain.leaf;
    const line = file.history?.lines[at];
    events.push({
      number: at + 1,
      index,
      leaf,
      line,
      isIncluded: reached !== undefined && base64Of(reached) === root,
      isNext: isAfter && index > chain.index && memberOf(said, 'stream') === file.stream,
      words: signed && (line === undefined ? 'CHANGED' : stateOf(signed, signed.rows[at], `${leaf} ${textHash(line)}`)),
      hasOwnFacts: line === undefined || isSameJson(factsOf(parsedOrUndefined(line)), factsOf(said)),
    });
    chain = { leaf, isNamed: chain.isNamed || previous !== undefined, index };
  }
  return {
    stream: file.stream,
    key: key.text,
    origin,
    size,
    events,
    signature: origin === key.name ? signatureState(note, key) : 'OTHER_LOG',
    seenAt: witness && cosignedAt(note, witness),
    words: signed && wordsOf(file, signed),
  };
}

/** Returns true if there is no finding about a proof. The user must still trust the key. */
export function isBundleProved({ signature, events, words }: BundleCheck): boolean {
  return signature === 'SIGNED' && events.every(isEventProved) && (words === undefined || isWhole(words));
}

/** Returns true if there is no finding about an event and its sentence. */
function isEventProved({ isIncluded, isNext, words, hasOwnFacts }: EventCheck): boolean {
  return isIncluded && isNext && hasOwnFacts && (words === undefined || words === 'SIGNED');
}

function isWhole({ note, names, page, isComplete }: WordsCheck): boolean {
  return note === 'SIGNED' && names === 'SIGNED' && (page === undefined || page === 'SIGNED') && isComplete;
}

interface SignedRows {
  readonly isSigned: boolean;
  readonly writer: string;
  readonly page: string | undefined;
  readonly names: string | undefined;
  /** For each event its leaf and the hash of its line. */
  readonly rows: readonly string[];
}

/** Reads the note that binds words to events. */
function signedRows(text: string, stream: string, key: NoteKey): SignedRows {
  const note = parseNote(text);
  const [origin, of, writer = '', page, names, ...rows] = note?.text.slice(0, -1).split('\n') ?? [];
  const isOurs = origin === `${key.name}/history` && of === stream;
  return {
    isSigned: note !== undefined && isOurs && signatureState(note, key) === 'SIGNED',
    writer,
    page,
    names,
    rows,
  };
}

function stateOf({ isSigned }: SignedRows, signed: string | undefined, own: string): WordsState {
  if (!isSigned) return 'UNSIGNED';
  return signed === own ? 'SIGNED' : 'CHANGED';
}

function wordsOf({ history, page, entries }: ProofFile, signed: SignedRows): WordsCheck {
  const lines = history?.lines.length;
  return {
    note: signed.isSigned ? 'SIGNED' : 'UNSIGNED',
    writer: signed.writer,
    names: stateOf(signed, signed.names, `names ${textHash(history?.names ?? '')}`),
    page: page === undefined ? undefined : stateOf(signed, signed.page, `page ${textHash(page)}`),
    isComplete: lines === entries.length && signed.rows.length === entries.length,
  };
}

/** Returns the facts that words repeat of their event unchanged. */
function factsOf(said: unknown): readonly unknown[] {
  const actor = memberOf(said, 'actor');
  return [
    ...['recordedAt', 'effectiveOn', 'onBehalfOf', 'reason', 'basis'].map((name) => memberOf(said, name) ?? null),
    ...['role', 'post', 'organisation'].map((name) => memberOf(actor, name) ?? null),
  ];
}

/** Returns true if two values that were parsed from JSON are equal, regardless of the order of their members. */
function isSameJson(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const names = Object.keys(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    names.length === Object.keys(other).length &&
    names.every((name) => isSameJson(memberOf(one, name), memberOf(other, name)))
  );
}

/** Returns a function that gives the browser a turn after the work has taken long enough. */
function slices(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < CHECK_SLICE_MS) return;
    await new Promise((resolve) => setTimeout(resolve));
    began = performance.now();
  };
}
