/** One line of a text document: its number from 1 and its text. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** A document that cannot be read as a plan: says where and why, and what would help. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument';

  /** `line` is the line of the file, null when the fault is not in one. */
  constructor(
    readonly line: number | null,
    readonly problem: string,
  ) {
    super(line === null ? problem : `line ${line}: ${problem}`);
  }
}

/** The largest text file that is read, in bytes. */
export const MAX_TEXT_BYTES = 5_000_000;

/**
 * The lines of a UTF-8 file.
 *
 * @throws UnreadableDocument for an empty, too large or binary file and for one in another encoding.
 */
export function linesOf(bytes: Uint8Array): Line[] {
  if (bytes.length === 0) throw new UnreadableDocument(null, 'the file is empty');
  if (bytes.length > MAX_TEXT_BYTES) {
    throw new UnreadableDocument(null, `the file has ${bytes.length} bytes; at most ${MAX_TEXT_BYTES} are read`);
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    throw new UnreadableDocument(
      lineAt(bytes, zero),
      'a zero byte: this is not a text file. Save the document as plain text (UTF-8) and import that',
    );
  }
  return decode(bytes)
    .split(/\r\n|\n|\r/)
    .map((text, index) => ({ number: index + 1, text }));
}

function lineAt(bytes: Uint8Array, offset: number): number {
  return bytes.subarray(0, offset).filter((byte) => byte === 10).length + 1;
}

function decode(bytes: Uint8Array): string {
  const strict = new TextDecoder('utf-8', { fatal: true });
  try {
    return strict.decode(bytes);
  } catch (error) {
    const text = new TextDecoder('utf-8').decode(bytes);
    const line = text.slice(0, text.indexOf('\uFFFD')).split('\n').length;
    if (!(error instanceof TypeError) && text.indexOf('\uFFFD') < 0) throw error;
    throw new UnreadableDocument(line, 'not UTF-8 text. Save the document as plain text in UTF-8 and import that');
  }
}
