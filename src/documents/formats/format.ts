import type { DocumentContent } from '../model.js';
import type { StatedColumns } from '../statedColumns.js';
import { UnreadableDocument, type UnreadableReason } from '../unreadable.js';
import { checkedContainer, textOfPart } from './container.js';
import { csvSeparator, readCsv } from './csv.js';
import { wideEncodingOf } from './lines.js';
import { beginsWith, holdsStream, OLD_OFFICE, ZIP } from './signatures.js';

const ACCEPTED = 'Give a docx, xlsx, odt, ods, rtf, doc, xls, html, csv or text file';
const PROTECTED = 'the document is protected by a password: remove the protection and import that';

/** First bytes of known file formats that cannot contain a plan. */
const OTHERS: readonly (readonly [readonly number[], string, UnreadableReason])[] = [
  [
    [0x25, 0x50, 0x44, 0x46],
    'a PDF: its table cannot be taken from it surely. Give the document it was made from',
    'PDF',
  ],
  [
    [0xff, 0xd8, 0xff],
    'a picture (JPEG), whatever its name says. Type the plan, or give the document it was made from',
    'PICTURE',
  ],
  [
    [0x89, 0x50, 0x4e, 0x47],
    'a picture (PNG), whatever its name says. Type the plan, or give the document it was made from',
    'PICTURE',
  ],
  [
    [0x47, 0x49, 0x46, 0x38],
    'a picture (GIF), whatever its name says. Type the plan, or give the document it was made from',
    'PICTURE',
  ],
  [[0x1f, 0x8b], 'an archive (gzip): unpack it and import the document', 'ARCHIVE'],
  [[0x52, 0x61, 0x72, 0x21], 'an archive (RAR): unpack it and import the document', 'ARCHIVE'],
];
const RTF = [0x7b, 0x5c, 0x72, 0x74, 0x66];

/**
 * Reads a document. The format is recognised by the content. The name of the file is used only to recognise separated
 * values. Only the modules of this format are loaded, because a thread starts for every document.
 *
 * @throws UnreadableDocument for a file that is not a plan document; the message says which file to give instead.
 */
export async function readContent(
  bytes: Uint8Array,
  fileName: string,
  stated?: StatedColumns,
): Promise<DocumentContent> {
  if (bytes.length === 0) throw new UnreadableDocument(null, 'the file is empty', 'EMPTY');
  const other = OTHERS.find(([signature]) => beginsWith(bytes, signature));
  if (other) throw new UnreadableDocument(null, `this is ${other[1]}`, other[2]);
  if (beginsWith(bytes, OLD_OFFICE)) return readOldOffice(bytes);
  if (beginsWith(bytes, ZIP)) return readOffice(bytes);
  if (beginsWith(bytes, RTF)) return (await import('./rtf/read.js')).readRtf(bytes);
  const start = new TextDecoder(wideEncodingOf(bytes) ?? 'utf-8').decode(bytes.subarray(0, 4_000));
  if (isPage(start)) return (await import('./html.js')).readHtml(bytes);
  if (/\.(csv|tsv)$/i.test(fileName)) return readCsv(bytes);
  const lines = start.split('\n').slice(0, 30);
  const isParted = lines.filter((line) => line.split(';').length >= 3).length >= 2 && csvSeparator(start) === ';';
  if (isParted) return readCsv(bytes);
  return (await import('./text.js')).readText(bytes, stated);
}

/** Returns true if a text begins with an HTML element, after an XML declaration and comments. */
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
  if (names.has('word/document.xml')) return (await import('./docx.js')).readDocx(bytes);
  if (names.has('xl/workbook.xml')) return readWorkbook(bytes);
  const content = await textOfPart(bytes, 'content.xml');
  if (content === undefined)
    throw new UnreadableDocument(null, `this is an archive and no document. ${ACCEPTED}`, 'ARCHIVE');
  const manifest = await textOfPart(bytes, 'META-INF/manifest.xml');
  if (manifest?.includes('encryption-data')) throw new UnreadableDocument(null, PROTECTED, 'PROTECTED');
  if (content.includes('<office:spreadsheet')) return { ...(await readWorkbook(bytes)), reader: 'ods-1' };
  const { readOdt } = await import('./odt.js');
  return readOdt(content, await textOfPart(bytes, 'styles.xml'));
}

/** Reads a workbook of Excel 97. Word documents of that time and protected files share its container. */
async function readOldOffice(bytes: Uint8Array): Promise<DocumentContent> {
  if (holdsStream(bytes, 'EncryptedPackage')) {
    throw new UnreadableDocument(null, PROTECTED, 'PROTECTED');
  }
  if (holdsStream(bytes, 'Workbook') || holdsStream(bytes, 'Book')) {
    return { ...(await readWorkbook(bytes)), reader: 'xls-1' };
  }
  throw new UnreadableDocument(null, `this is a file of an old office program. ${ACCEPTED}`);
}

async function readWorkbook(bytes: Uint8Array): Promise<DocumentContent> {
  const { readXlsx } = await import('./xlsx.js');
  return readXlsx(bytes);
}
