import { hash } from 'node:crypto';
import { leafHash } from './merkle.js';
import { isSigned, MalformedNote, type NoteSigner, type NoteVerifier, noteOf, parseNote, signature } from './note.js';

/** The history of a stream as sentences. A note that the log signed binds each line to its event. */
export interface ReadableHistory {
  /** A signed note: the program that created the lines, and the hash of each line with the leaf of its event. */
  readonly note: string;
  /** One JSON text for each event, in the order of the stream. */
  readonly lines: readonly string[];
  /** A JSON text: the names of persons that the lines refer to, or why they are not shown. */
  readonly names: string;
}

/** A history in words before it is signed. */
export interface UnsignedHistory extends Omit<ReadableHistory, 'note'> {
  /** The program that wrote the lines, with its version. */
  readonly writer: string;
  /** The page around the element with the proof. */
  readonly page: string;
}

/** A fault in a readable history. */
export type HistoryFinding =
  /** The note is not signed by the trusted key, or is about another stream. */
  | { readonly kind: 'unsignedHistory' }
  /** The line with this number (from 1) is not the signed one, or not about this event; or there are more or fewer. */
  | { readonly kind: 'changedLine'; readonly number: number }
  /** The names are not the signed ones. */
  | { readonly kind: 'changedNames' }
  /** The displayed page differs from the signed page. */
  | { readonly kind: 'changedPage' };

/** The parts of a proof that a readable history is bound to. */
export interface HistoryEvents {
  readonly stream: string;
  readonly entries: readonly { readonly entry: string }[];
}

/** Returns a history with a note signed by the key of the log. */
export function signedHistory(events: HistoryEvents, history: UnsignedHistory, log: NoteSigner): ReadableHistory {
  const { lines, names } = history;
  const text = `${noteLines(events, history, log.name).join('\n')}\n`;
  return { note: noteOf(text, [signature(text, log)]), lines, names };
}

/**
 * Returns what is wrong with a readable history: with the signature of its note, with its lines, its names or the page
 * around it. It does not verify that the sentences follow from the events, only that the log signed them for these
 * events.
 *
 * @param page the page around the proof; undefined when there is none.
 */
export function historyFindings(
  events: HistoryEvents,
  { note, lines, names }: ReadableHistory,
  page: string | undefined,
  log: NoteVerifier,
): HistoryFinding[] {
  const [origin, stream, writer = '', pageLine, namesLine, ...rows] = signedLines(note, log);
  const expected = noteLines(events, { lines, names, writer, page: page ?? '' }, log.name);
  const [ownOrigin, ownStream, , ownPage, ownNames, ...ownRows] = expected;
  if (origin !== ownOrigin || stream !== ownStream) return [{ kind: 'unsignedHistory' }];
  const findings: HistoryFinding[] = [];
  for (let at = 0; at < Math.max(rows.length, ownRows.length, lines.length); at += 1) {
    const isThere = at < ownRows.length && at < lines.length;
    if (!isThere || rows[at] !== ownRows[at]) findings.push({ kind: 'changedLine', number: at + 1 });
  }
  if (namesLine !== ownNames) findings.push({ kind: 'changedNames' });
  if (page !== undefined && pageLine !== ownPage) findings.push({ kind: 'changedPage' });
  return findings;
}

/** Returns the program that wrote a history, as its note names it; an empty text when the note cannot be read. */
export function writerOf({ note }: ReadableHistory): string {
  return note.split('\n')[2] ?? '';
}

/** Returns the lines of a note; an empty list if the log has not signed it. */
function signedLines(note: string, log: NoteVerifier): readonly string[] {
  try {
    const parsed = parseNote(note);
    return isSigned(parsed, log) ? parsed.text.slice(0, -1).split('\n') : [];
  } catch (error) {
    if (error instanceof MalformedNote) return [];
    throw error;
  }
}

/**
 * Returns the lines of the note. Its first line is not a name of a log and its second line is not a number, so the note
 * cannot be mistaken for a checkpoint, which the same key signs.
 */
function noteLines(
  { stream, entries }: HistoryEvents,
  { lines, names, writer, page }: UnsignedHistory,
  origin: string,
): string[] {
  return [
    `${origin}/history`,
    stream,
    writer,
    `page ${hashOf(page)}`,
    `names ${hashOf(names)}`,
    ...entries.map(({ entry }, at) => `${leafHash(entry).toString('base64')} ${hashOf(lines[at] ?? '')}`),
  ];
}

/** Returns the SHA-256 of a text in base64. */
function hashOf(text: string): string {
  return hash('sha256', text, 'base64');
}
