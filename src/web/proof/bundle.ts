import { memberOf, parsedOrUndefined } from './bytes';

/** The history of one plan with its proofs, as `letopis export-proof` writes it (PROTOCOL.md). */
export interface ProofFile {
  /** `plan-<id>`. */
  readonly stream: string;
  /** Public keys as `name+id+key`, as the author of the file has written them. */
  readonly keys: { readonly log: string; readonly witness: string };
  /** A signed note. */
  readonly checkpoint: string;
  readonly entries: readonly ProvedEntry[];
  /** The events in words; undefined in files of earlier versions. */
  readonly history: WordedHistory | undefined;
  /** The page around the proof; undefined for a file of JSON. */
  readonly page: string | undefined;
}

/** An entry, byte for byte, with its index in the log from 0 and the hashes of its inclusion proof in base64. */
interface ProvedEntry {
  readonly index: number;
  readonly entry: string;
  readonly proof: readonly string[];
}

/** A signed note, one JSON text for each event, and a JSON text with the names that the lines refer to. */
interface WordedHistory {
  readonly note: string;
  readonly lines: readonly string[];
  readonly names: string;
}

const BEGIN = '<script type="application/json" id="proof">';
const END = '</script>';

/** Returns the proof in the bytes of a page or of a JSON file; undefined if there is none. */
export function proofIn(file: Uint8Array): ProofFile | undefined {
  const text = utf8Text(file);
  if (text === undefined) return undefined;
  const begin = text.indexOf(BEGIN);
  const start = begin + BEGIN.length;
  const end = text.indexOf(END, start);
  const isPage = begin >= 0 && end >= 0;
  const element = isPage ? text.slice(start, end) : text;
  const around = isPage ? text.slice(0, begin) + text.slice(end + END.length) : undefined;
  // If the element contains a «<», a browser could display content in it, so the whole file is treated as the page.
  return proofOf(parsedOrUndefined(element), element.includes('<') ? text : around);
}

function utf8Text(file: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file);
  } catch {
    return undefined;
  }
}

function proofOf(value: unknown, page: string | undefined): ProofFile | undefined {
  const [stream, checkpoint, entries] = ['stream', 'checkpoint', 'entries'].map((name) => memberOf(value, name));
  const [log, witness] = ['log', 'witness'].map((name) => memberOf(memberOf(value, 'keys'), name));
  const format = memberOf(value, 'format');
  const given = memberOf(value, 'history');
  const history = historyInBundle(given);
  if (format !== (given === undefined ? 'letopis-proof/1' : 'letopis-proof/2')) return undefined;
  if (given !== undefined && !history) return undefined;
  if (typeof stream !== 'string' || typeof checkpoint !== 'string') return undefined;
  if (typeof log !== 'string' || typeof witness !== 'string') return undefined;
  if (!Array.isArray(entries) || !entries.every(isEntry)) return undefined;
  return { stream, keys: { log, witness }, checkpoint, entries, history, page };
}

function historyInBundle(value: unknown): WordedHistory | undefined {
  const [note, names, lines] = ['note', 'names', 'lines'].map((name) => memberOf(value, name));
  return typeof note === 'string' && typeof names === 'string' && isTextList(lines)
    ? { note, names, lines }
    : undefined;
}

function isEntry(value: unknown): value is ProvedEntry {
  return (
    Number.isSafeInteger(memberOf(value, 'index')) &&
    typeof memberOf(value, 'entry') === 'string' &&
    isTextList(memberOf(value, 'proof'))
  );
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
