import { read } from '@e965/xlsx';
import { DOMParser } from '@xmldom/xmldom';
import { parse as parseCsv } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import ICAL from 'ical.js';
import mammoth from 'mammoth';
import { parse as parseHtml } from 'parse5';

/**
 * Matches characters that a receiver of a format cannot read. Written independently of the rule of the server, so that
 * both must be right.
 */
const UNREADABLE = /(?![\t\n\r])\p{Cc}|[\uFDD0-\uFDEF\uFFFE\uFFFF]/u;

/** Returns the unreadable texts within a value, with their paths. */
export function unreadableIn(value: unknown, path = ''): string[] {
  if (typeof value === 'string') {
    return value.isWellFormed() && !UNREADABLE.test(value) ? [] : [`${path}: ${JSON.stringify(value).slice(0, 300)}`];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => [
    ...unreadableIn(name, `${path} (name)`),
    ...unreadableIn(each, `${path}.${name}`),
  ]);
}

/** Reads a file with an independent reader of its format. Returns the problems of the file. */
export async function problemsOf(format: string, bytes: Uint8Array): Promise<string[]> {
  const text = () => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  switch (format) {
    case 'json':
      return unreadableIn(JSON.parse(text()));
    case 'jsonl':
      return text()
        .split('\n')
        .filter((line) => line !== '')
        .flatMap((line) => unreadableIn(JSON.parse(line)));
    case 'csv':
      return ofCsv(text());
    case 'html':
      return ofHtml(text());
    case 'ics':
      return ofCalendar(text());
    case 'docx':
      return [...ofZip(bytes), ...unreadableIn((await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value)];
    case 'xlsx':
      return [...ofZip(bytes), ...ofWorkbook(bytes)];
    default:
      return unreadableIn(text());
  }
}

function ofCsv(text: string): string[] {
  const rows: string[][] = parseCsv(text, { bom: true, delimiter: ';', relax_column_count: true });
  const formulas = rows.flat().filter((cell) => /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(cell));
  return [...unreadableIn(rows), ...formulas.map((cell) => `a formula: ${JSON.stringify(cell)}`)];
}

function ofHtml(text: string): string[] {
  const found = unreadableIn(text);
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const name = 'tagName' in node ? String(node.tagName) : '';
    if (['script', 'img', 'iframe', 'b'].includes(name)) found.push(`an element <${name}> from a text`);
    if ('childNodes' in node && Array.isArray(node.childNodes)) node.childNodes.forEach(walk);
  };
  walk(parseHtml(text));
  return found;
}

/** The properties of a calendar and its events. Any other property comes from a text. */
const OF_CALENDAR: readonly string[] = ['method', 'name', 'prodid', 'version', 'x-wr-calname'];

function ofCalendar(text: string): string[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const found = unreadableIn(text);
  for (const { name } of calendar.getAllProperties()) if (!OF_CALENDAR.includes(name)) found.push(`a property ${name}`);
  for (const event of calendar.getAllSubcomponents()) {
    if (event.name !== 'vevent' || event.getAllSubcomponents().length > 0) found.push(`a component ${event.name}`);
    for (const { name } of event.getAllProperties()) {
      if (name.startsWith('x-') && !name.startsWith('x-microsoft')) found.push(`a property ${name}`);
    }
  }
  return found;
}

/**
 * U+FFFD is a valid character in XML, and texts may contain it: programs put it in place of a lost character. xmldom
 * warns wherever it occurs.
 */
const IS_REPLACEMENT = /^Unicode replacement character detected/;

function ofZip(bytes: Uint8Array): string[] {
  return Object.entries(unzipSync(bytes)).flatMap(([name, content]) => {
    if (!/\.(xml|rels)$/.test(name)) return [];
    const xml = strFromU8(content);
    const found = unreadableIn(xml, name);
    const onError = (level: string, message: string) => {
      if (!IS_REPLACEMENT.test(message)) found.push(`${name}: ${level} ${message}`);
    };
    new DOMParser({ onError }).parseFromString(xml, 'text/xml');
    return found;
  });
}

function ofWorkbook(bytes: Uint8Array): string[] {
  const book = read(bytes, { type: 'array', dense: true, cellFormula: true });
  return book.SheetNames.flatMap((name) =>
    (book.Sheets[name]?.['!data'] ?? []).flatMap((row) =>
      (row ?? []).flatMap((cell) => [
        ...unreadableIn(cell?.v),
        ...(cell?.f === undefined ? [] : [`a formula ${cell.f}`]),
      ]),
    ),
  );
}
