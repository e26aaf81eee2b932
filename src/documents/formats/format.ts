import type { DocumentContent } from '../model.js';
import { UnreadableDocument } from '../unreadable.js';
import { checkedContainer } from './container.js';
import { csvSeparator, readCsv } from './csv.js';
import { readDocx } from './docx.js';
import { readHtml } from './html.js';
import { wideEncodingOf } from './lines.js';
import { readText } from './text.js';
import { readXlsx } from './xlsx.js';

const ACCEPTED = 'Give a docx, xlsx, html, csv or text file';

/** Files that are known and are no plan documents, by how they begin. */
const OTHERS: readonly (readonly [readonly number[], string])[] = [
  [[0x25, 0x50, 0x44, 0x46], 'a PDF: its table cannot be taken from it surely. Give the document it was made from'],
  [
    [0xff, 0xd8, 0xff],
    'a picture (JPEG), whatever its name says. Type the plan, or give the document it was made from',
  ],
  [
    [0x89, 0x50, 0x4e, 0x47],
    'a picture (PNG), whatever its name says. Type the plan, or give the document it was made from',
  ],
  [
    [0x47, 0x49, 0x46, 0x38],
    'a picture (GIF), whatever its name says. Type the plan, or give the document it was made from',
  ],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], 'an RTF document: save it as docx and import that'],
  [[0x1f, 0x8b], 'an archive (gzip): unpack it and import the document'],
  [[0x52, 0x61, 0x72, 0x21], 'an archive (RAR): unpack it and import the document'],
];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OLD_OFFICE = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * What a file holds, told by its content and not by its name; only values parted by signs are told by either.
 *
 * @throws UnreadableDocument for a file that is no document of a plan, with what to give instead.
 */
export async function readContent(bytes: Uint8Array, fileName: string): Promise<DocumentContent> {
  if (bytes.length === 0) throw new UnreadableDocument(null, 'the file is empty');
  const other = OTHERS.find(([signature]) => beginsWith(bytes, signature));
  if (other) throw new UnreadableDocument(null, `this is ${other[1]}`);
  if (beginsWith(bytes, OLD_OFFICE)) throw new UnreadableDocument(null, oldOffice(bytes));
  if (beginsWith(bytes, ZIP)) return readOffice(bytes);
  const start = new TextDecoder(wideEncodingOf(bytes) ?? 'utf-8').decode(bytes.subarray(0, 4_000));
  if (isPage(start)) return readHtml(bytes);
  if (/\.(csv|tsv)$/i.test(fileName)) return readCsv(bytes);
  const lines = start.split('\n').slice(0, 30);
  const isParted = lines.filter((line) => line.split(';').length >= 3).length >= 2 && csvSeparator(start) === ';';
  return isParted ? readCsv(bytes) : readText(bytes);
}

/** True for a text that begins with an element of a page, behind a declaration of XML and comments. */
function isPage(start: string): boolean {
  let rest = start.replace(/^\uFEFF/, '').trimStart();
  if (/^<\?xml[^>]*\?>/i.test(rest)) rest = rest.slice(rest.indexOf('>') + 1).trimStart();
  while (rest.startsWith('<!--')) {
    const end = rest.indexOf('-->', 4);
    if (end < 0) return false;
    rest = rest.slice(end + 3).trimStart();
  }
  return /^<(!doctype\s+html|[a-z][a-z0-9]*[\s>])/i.test(rest);
}

async function readOffice(bytes: Uint8Array): Promise<DocumentContent> {
  const names = await checkedContainer(bytes);
  if (names.has('word/document.xml')) return readDocx(bytes);
  if (names.has('xl/workbook.xml')) return readXlsx(bytes);
  if (names.has('content.xml'))
    throw new UnreadableDocument(null, 'this is an OpenDocument file: save it as docx or xlsx and import that');
  throw new UnreadableDocument(null, `this is an archive and no document. ${ACCEPTED}`);
}

/** Word 97, Excel 97 and protected files share one container, whose parts are named in UTF-16. */
function oldOffice(bytes: Uint8Array): string {
  const named = (name: string) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(Buffer.from(name, 'utf16le'));
  if (named('EncryptedPackage'))
    return 'the document is protected by a password: remove the protection and import that';
  if (named('WordDocument')) return 'this is a document of Word 97–2003 (.doc): save it as docx and import that';
  if (named('Workbook') || named('Book'))
    return 'this is a workbook of Excel 97–2003 (.xls): save it as xlsx and import that';
  return `this is a file of an old office program. ${ACCEPTED}`;
}

function beginsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}
