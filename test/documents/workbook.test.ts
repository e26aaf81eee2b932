import { read } from '@e965/xlsx';
import { describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import type { PrintedDocument, PrintedTable } from '../../src/documents/printing/printed.js';
import { lineCount } from '../../src/documents/printing/textHeight.js';
import { printedXlsx } from '../../src/documents/printing/workbook.js';

const COLUMNS = [
  { name: '№', width: 6 },
  { name: 'Мероприятие', width: 60 },
  { name: 'Срок', width: 34 },
];

function tableOf(...texts: readonly string[]): PrintedTable {
  const rows = texts.map((text, index) => ({ kind: 'row' as const, cells: [[`${index + 1}.`], [text], ['май']] }));
  return { caption: '', columns: COLUMNS, rows };
}

function documentOf(more: Partial<PrintedDocument>): PrintedDocument {
  return {
    title: 'План',
    stamps: [['УТВЕРЖДАЮ']],
    heading: ['План'],
    remarks: [],
    tables: [],
    notes: [],
    landscape: false,
    ...more,
  };
}

async function partsOf(document: PrintedDocument) {
  const bytes = await printedXlsx(document);
  const files = unzipSync(bytes);
  const sheet = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  const heights = [...sheet.matchAll(/<row r="\d+" ht="([\d.]+)" customHeight="1"/g)].map(([, height]) =>
    Number(height),
  );
  return { bytes, sheet, heights, workbook: strFromU8(files['xl/workbook.xml'] ?? new Uint8Array()) };
}

describe('a workbook', () => {
  it.each([true, false])('prints on A4 as wide as the page, whole rows high (landscape: %s)', async (landscape) => {
    const { sheet, heights } = await partsOf(documentOf({ tables: [tableOf('Линейка')], landscape }));
    expect(sheet).toMatch(/<worksheet[^>]*><sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr>/);
    const orientation = landscape ? 'landscape' : 'portrait';
    expect(sheet).toMatch(
      new RegExp(
        `<pageMargins [^>]*/><pageSetup paperSize="9" orientation="${orientation}" fitToWidth="1" fitToHeight="0"/>`,
      ),
    );
    expect(heights).toHaveLength(5);
  });

  it('repeats the head of its table on each page; of several tables none', async () => {
    const one = await partsOf(documentOf({ tables: [tableOf('Линейка')] }));
    // A stamp, a line below it, the title, then the head.
    expect(one.workbook).toContain(
      `<definedName name="_xlnm.Print_Titles" localSheetId="0">'План'!$4:$4</definedName>`,
    );
    const captioned = await partsOf(documentOf({ tables: [{ ...tableOf('Линейка'), caption: 'Сводка' }] }));
    expect(captioned.workbook).toContain(`'План'!$5:$5`);
    const two = await partsOf(documentOf({ tables: [tableOf('Линейка'), tableOf('Поход')] }));
    expect(two.workbook).not.toContain('Print_Titles');
  });

  it('has rows that are higher the more lines their texts take', async () => {
    const texts = ['Линейка', 'Линейка\nСбор\nПоход', 'Подготовка мероприятий '.repeat(20)];
    const { heights } = await partsOf(documentOf({ tables: [tableOf(...texts)] }));
    const [one = 0, three = 0, many = 0] = heights.slice(-3);
    expect(three - one).toBe(30);
    expect(many).toBeGreaterThan(three * 2);
  });

  it('shows a text that no row is high enough for in merged rows, each of a height that Excel takes', async () => {
    const text = 'Подготовка и проведение мероприятий. '.repeat(250);
    const { bytes, heights } = await partsOf(documentOf({ tables: [tableOf(text, 'Поход')] }));
    expect(Math.max(...heights)).toBeLessThanOrEqual(409);
    const sheet = read(bytes, { type: 'array' }).Sheets.План;
    const merged = sheet?.['!merges']?.filter(({ s, e }) => s.c === 1 && e.c === 1) ?? [];
    expect(merged).toHaveLength(1);
    const [{ s, e } = { s: { r: 0 }, e: { r: 0 } }] = merged;
    const shown = heights.slice(s.r, e.r + 1).reduce((sum, height) => sum + height, 0);
    expect(shown).toBeGreaterThan(lineCount(text, 60 * 5.25, { size: 11, isBold: false }) * 12.7);
  });
});

describe('the lines of a text', () => {
  const font = { size: 10, isBold: false };
  it.each([
    ['', 100, 1],
    ['Поход', 100, 1],
    ['Поход\nСбор', 100, 2],
    // Each word takes 27 points, and a space 3.
    ['ннннн ннннн ннннн', 58, 2],
    ['ннннн ннннн ннннн', 30, 3],
    ['н'.repeat(50), 100, 3],
  ])('«%s» in %d points are %d', (text, width, lines) => {
    expect(lineCount(text, width, font)).toBe(lines);
  });

  it('are counted in time that grows with the text', () => {
    expect(lineCount('н'.repeat(32_767), 20, font)).toBeGreaterThan(5_000);
  });
});
