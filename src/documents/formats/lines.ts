import { TextDecoder } from 'node:util';
import { detect } from 'jschardet';
import type { Repair } from '../model.js';
import { UnreadableDocument } from '../unreadable.js';

/** One line of a text document: its number from 1 and its text. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** The text of a document, and how it was decoded. */
export interface Decoded {
  readonly text: string;
  readonly repairs: readonly Repair[];
}

/**
 * Encodings of Russian texts, in the order in which they are tried when neither the declared nor the detected encoding
 * fits.
 */
const CYRILLIC = ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic'];
/** Number of bytes from which the encoding is detected. */
const DETECTED = 64_000;

/**
 * Returns the text of a file in UTF-8, UTF-16, or an old Russian encoding. Uses the declared encoding if the text is
 * readable in it, else the detected encoding.
 *
 * @param declared the encoding that the file itself names, such as an HTML page in its head.
 * @throws UnreadableDocument for a binary file and for a file that is readable in no encoding.
 */
export function decoded(bytes: Uint8Array, declared?: string): Decoded {
  const wide = wideEncodingOf(bytes);
  if (wide) return told(wide, bytes);
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
    return inOldEncoding(bytes, declared);
  }
}

function inOldEncoding(bytes: Uint8Array, declared: string | undefined): Decoded {
  const start = bytes.subarray(0, DETECTED);
  const found = detect(Buffer.from(start)).encoding;
  for (const encoding of [declared, found, ...CYRILLIC]) {
    const decoder = decoderOf(encoding);
    if (!decoder || !isRussian(decoder.decode(start))) continue;
    return { text: decoder.decode(bytes), repairs: [{ code: 'ENCODING_ASSUMED', text: decoder.encoding }] };
  }
  const text = new TextDecoder('utf-8').decode(bytes);
  const line = text.slice(0, text.indexOf('\uFFFD')).split('\n').length;
  throw new UnreadableDocument(
    `line ${line}`,
    'not UTF-8 text. Save the document as docx, or as plain text in UTF-8, and import that',
  );
}

/** Decodes with the named encoding; undefined for an unknown name, and for UTF-8, which was tried. */
function decoderOf(encoding: string | null | undefined): TextDecoder | undefined {
  try {
    const decoder = new TextDecoder(encoding ?? 'utf-8');
    return decoder.encoding === 'utf-8' ? undefined : decoder;
  } catch {
    return undefined;
  }
}

/**
 * Returns the UTF-16 encoding of a file; undefined for another encoding. It is recognised by its byte order mark, or by
 * zeros in every other byte, as spaces, digits and signs have them.
 */
export function wideEncodingOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, DETECTED);
  const zeros = [0, 0];
  for (const [index, byte] of start.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) < start.length / 20 || Math.min(even, odd) > 0) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
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

/** Characters that are rare in Russian texts. They appear when a text is decoded with a wrong encoding. */
const STRANGE =
  /[\u0080-\u009F\u00A1-\u00AA\u00AC-\u00AF\u00B1-\u00BA\u00BC-\u00BF\u0402-\u040F\u0452-\u045F\u2500-\u259F]/gu;

/** Returns true if most Cyrillic letters are small and there are no control characters, unlike in a wrong encoding. */
function isRussian(text: string): boolean {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const letters = count(/\p{Script=Cyrillic}/gu);
  const small = count(/[а-яё]/gu);
  return small > 0 && small >= letters / 2 && count(STRANGE) <= letters / 20 && !/(?![\t\n\r])\p{Cc}/u.test(text);
}

function lineAt(bytes: Uint8Array, offset: number): number {
  return bytes.subarray(0, offset).filter((byte) => byte === 10).length + 1;
}
