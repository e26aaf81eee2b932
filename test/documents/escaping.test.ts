import { type CellObject, read } from '@e965/xlsx';
import { describe, expect, it } from '@jest/globals';
import { parse as parseCsv } from 'csv-parse/sync';
import ICAL from 'ical.js';
import mammoth from 'mammoth';
import { parse as parseHtml } from 'parse5';
import { printedDocx } from '../../src/documents/printing/docx.js';
import { fromCsvText } from '../../src/documents/printing/escaping.js';
import { printedHtml } from '../../src/documents/printing/html.js';
import { calendarIcs } from '../../src/documents/printing/ics.js';
import type { PrintedDocument } from '../../src/documents/printing/printed.js';
import { csvLine, printedCsv } from '../../src/documents/printing/sheets.js';
import { printedXlsx } from '../../src/documents/printing/workbook.js';

/** Texts that some format would interpret, for example as a formula or as markup. */
const HOSTILE: readonly string[] = [
  ...[
    '=HYPERLINK("http://evil")',
    '+1',
    '-1+2',
    '- 1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '＝1',
    '＋1',
    '－1',
    '＠1',
  ],
  ...['а,=1+1', 'а;=1+1', '"=1"', "'=1", 'а"б', 'x\r\nX-INJECTED: 1', 'x\nEND:VCALENDAR\nBEGIN:VCALENDAR', 'x\rX: 1'],
  ...[
    'a\u2028b',
    '\\n\\;',
    'END:VEVENT',
    '<script>alert(1)</script>',
    '"><img src=x onerror=y>',
    '&lt;&#0;&amp;',
    ']]>',
  ],
  ...['_x0041_', '_x005F_x0041_', '_x0000_', '\u202Eabc', '\uFEFFab', 'e\u0301'.repeat(100), '👩‍👩‍👧'],
];

/** Returns a document with the text in each place where a text is allowed. */
function documentOf(text: string): PrintedDocument {
  return {
    title: text,
    stamps: [[text, text]],
    heading: [text],
    remarks: [text],
    tables: [
      {
        caption: text,
        columns: [
          { name: text, width: 50 },
          { name: 'Срок', width: 50 },
        ],
        rows: [
          { kind: 'section', text },
          { kind: 'row', id: text, cells: [[text], [[{ text, mark: 'added' }, { text: '!' }]]] },
        ],
      },
    ],
    notes: [text],
    landscape: false,
  };
}

/** A text with the line breaks of XML. */
const withPlainBreaks = (text: string) => text.replace(/\r\n?/g, '\n');

describe.each(HOSTILE.map((text) => [JSON.stringify(text), text] as const))('%s', (_, text) => {
  it('is no formula in separated values, and is read back as it was', () => {
    const csv = printedCsv(documentOf(text));
    const rows: string[][] = parseCsv(csv, { bom: true, delimiter: ';', relax_column_count: true });
    expect(rows.map((row) => row.map(fromCsvText))).toEqual([
      ...[[text], [text], [text], [text, 'Срок'], [text], [text, `${text}!`], [text]],
    ]);
    const [line] = parseCsv(csvLine([text, null, 'б']), { delimiter: ';' }) as string[][];
    for (const cell of [...rows.flat(), ...(line ?? [])]) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/);
  });

  it('is a string in every cell of a workbook', async () => {
    const book = read(await printedXlsx(documentOf(text)), { type: 'array', dense: true, cellFormula: true });
    const sheet = book.Sheets[book.SheetNames[0] ?? ''];
    const rows: readonly (readonly (CellObject | undefined)[] | undefined)[] = sheet?.['!data'] ?? [];
    const cells = rows.flatMap((row) => row ?? []).filter((cell) => cell?.v !== undefined);
    expect(cells.filter((cell) => cell?.t !== 's' || cell.f !== undefined)).toEqual([]);
    const texts = cells.map((cell) => withPlainBreaks(String(cell?.v)));
    expect(texts.filter((each) => each === withPlainBreaks(text)).length).toBeGreaterThanOrEqual(8);
  });

  it('is a text on a page', () => {
    const html = printedHtml(documentOf(text));
    const names = new Set<string>();
    let shown = '';
    const walk = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('tagName' in node) names.add(String(node.tagName));
      if ('attrs' in node && Array.isArray(node.attrs)) {
        for (const { name } of node.attrs as { name: string }[])
          expect(name).toMatch(/^(lang|charset|name|content|class|style|colspan|id)$/);
      }
      if ('nodeName' in node && node.nodeName === '#text' && 'value' in node) shown += `${String(node.value)}\n`;
      if ('childNodes' in node && Array.isArray(node.childNodes)) node.childNodes.forEach(walk);
    };
    walk(parseHtml(html));
    for (const name of ['script', 'img']) expect(names).not.toContain(name);
    expect(shown).toContain(withPlainBreaks(text));
  });

  it('is a text in a document', async () => {
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(await printedDocx(documentOf(text))) });
    // Word processors show a line break within a run as a space.
    const flat = (each: string) => each.replace(/\s+/g, ' ');
    expect(flat(value).split(flat(text)).length - 1).toBeGreaterThanOrEqual(8);
  });

  it('is the value of a property in a calendar, and no line of its own', () => {
    const entry = {
      id: 'a1.1',
      number: text,
      title: text,
      section: text,
      timeframeText: text,
      responsible: [text],
      window: { start: '2020-10-01', end: '2020-10-02' },
      recurs: null,
      sequence: 0,
      cancelled: false,
    };
    const print = (printed: readonly unknown[]) => printed.join('');
    const ics = calendarIcs({ planId: 'p', title: text, entries: [entry, entry], at: '2020-10-01T09:00:00Z', print });
    const calendar = new ICAL.Component(ICAL.parse(ics));
    const names = (component: InstanceType<typeof ICAL.Component>) =>
      component.getAllProperties().map(({ name }) => name);
    expect(names(calendar).sort()).toEqual(['method', 'name', 'prodid', 'version', 'x-wr-calname']);
    const events = calendar.getAllSubcomponents();
    expect(events).toHaveLength(2);
    for (const event of events) {
      expect(event.name).toBe('vevent');
      expect(names(event).filter((name) => name.startsWith('x-') && !name.startsWith('x-microsoft'))).toEqual([]);
      expect(event.getFirstPropertyValue('summary')).toBe(`${text}. ${text}`.replace(/\r\n?/g, '\n'));
    }
    // The parser does not know the property `name`, so it returns the value with its escapes.
    const named = String(calendar.getFirstPropertyValue('name')).replace(/\\([\\;,n])/g, (_pair, sign: string) =>
      sign === 'n' ? '\n' : sign,
    );
    expect(named).toBe(text.replace(/\r\n|[\r\n\u2028\u2029]/g, '\n'));
  });
});
