import type { Repair } from '../model.js';
import { UnreadableDocument } from '../unreadable.js';

/** One line of a text document: its number from 1 and its text. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** A text document as text: what its bytes say, whatever the encoding. */
export interface Decoded {
  readonly text: string;
  readonly repairs: readonly Repair[];
}

/**
 * The text of a file: UTF-8, UTF-16 with its mark, or Windows-1251 as old office programs save it.
 *
 * @throws UnreadableDocument for a binary file and for one in another encoding.
 */
export function decoded(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return told('utf-16le', bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return told('utf-16be', bytes);
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    throw new UnreadableDocument(
      `line ${lineAt(bytes, zero)}`,
      'a zero byte: this is not a text file. Give an office document, html, csv or plain text (UTF-8) file',
    );
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), repairs: [] };
  } catch {
    const cyrillic = new TextDecoder('windows-1251').decode(bytes);
    if (isRussian(cyrillic)) {
      return { text: cyrillic, repairs: [{ code: 'ENCODING_ASSUMED', text: 'windows-1251' }] };
    }
    const text = new TextDecoder('utf-8').decode(bytes);
    const line = text.slice(0, text.indexOf('\uFFFD')).split('\n').length;
    throw new UnreadableDocument(
      `line ${line}`,
      'not UTF-8 text. Save the document as docx, or as plain text in UTF-8, and import that',
    );
  }
}

/** The lines of a text, numbered. */
export function linesOf(text: string): Line[] {
  return text.split(/\r\n|\n|\r/).map((line, index) => ({ number: index + 1, text: line }));
}

function told(encoding: string, bytes: Uint8Array): Decoded {
  const text = new TextDecoder(encoding).decode(bytes);
  if (/[\p{Cn}\uFFFD]/u.test(text)) throw new UnreadableDocument(null, `not ${encoding} text, though it begins so`);
  return { text, repairs: [{ code: 'ENCODING_ASSUMED', text: encoding }] };
}

/** Words of small Russian letters are most of it, and no control characters: other encodings give capitals or signs. */
function isRussian(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const small = text.match(/[а-яё]/gu)?.length ?? 0;
  return small > 0 && small >= letters / 2 && !/(?![\t\n\r])\p{Cc}/u.test(text);
}

function lineAt(bytes: Uint8Array, offset: number): number {
  return bytes.subarray(0, offset).filter((byte) => byte === 10).length + 1;
}
