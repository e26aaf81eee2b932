import {
  AlignmentType,
  BorderStyle,
  Document,
  type IParagraphOptions,
  Packer,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { xmlText } from './escaping.js';
import { stampRows } from './html.js';
import { PLAN_PROPERTY } from './planMark.js';
import { type PrintedCell, type PrintedDocument, type PrintedRun, type PrintedTable, runsOf } from './printed.js';

const DOCX_FONT = 'Times New Roman';
/** Font size in half points. */
const SIZE = 24;
const SMALL = 18;
/** A4 with margins of 15 mm, in twentieths of a point. */
const A4 = { width: 11_906, height: 16_838, margin: 850 };
const NO_BORDER = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const NO_BORDERS = {
  top: NO_BORDER,
  bottom: NO_BORDER,
  left: NO_BORDER,
  right: NO_BORDER,
  insideHorizontal: NO_BORDER,
  insideVertical: NO_BORDER,
};

/** Returns a document as the bytes of a docx file. */
export async function printedDocx(document: PrintedDocument): Promise<Uint8Array> {
  const { title, stamps, heading, remarks, tables, notes, landscape, planId } = document;
  const inner = (landscape ? A4.height : A4.width) - 2 * A4.margin;
  const centred = (text: string, bold: boolean) => line([{ text }], { alignment: AlignmentType.CENTER }, bold);
  const children = [
    ...(stamps.length > 0 ? [stampsTable(stamps, inner), line([], {})] : []),
    ...heading.map((text) => centred(text, true)),
    ...(remarks.length > 0 ? [line([], {})] : []),
    ...remarks.map((text) => centred(text, false)),
    ...tables.flatMap((table) => [
      line([], {}),
      ...(table.caption === '' ? [] : [centred(table.caption, true)]),
      docxTable(table, inner),
    ]),
    line([], {}),
    ...notes.map((text) => line([{ text }], {})),
  ];
  const file = new Document({
    title: xmlText(title),
    creator: 'Letopis',
    ...(planId === undefined ? {} : { customProperties: [{ name: PLAN_PROPERTY, value: planId }] }),
    styles: { default: { document: { run: { font: DOCX_FONT, size: SIZE } } } },
    sections: [
      {
        properties: {
          page: {
            size: {
              width: A4.width,
              height: A4.height,
              orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: { top: A4.margin, bottom: A4.margin, left: A4.margin, right: A4.margin },
          },
        },
        children,
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(file));
}

function stampsTable(stamps: readonly (readonly string[])[], width: number): Table {
  const cell = (lines: readonly string[] | undefined) =>
    new TableCell({
      width: { size: width / 2, type: WidthType.DXA },
      borders: NO_BORDERS,
      children: (lines ?? ['']).map((text) => line([{ text }], {})),
    });
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: [width / 2, width / 2],
    borders: NO_BORDERS,
    rows: stampRows(stamps).map((pair) => new TableRow({ children: pair.map(cell) })),
  });
}

function docxTable({ columns, rows }: PrintedTable, width: number): Table {
  const total = columns.reduce((sum, column) => sum + column.width, 0);
  const widths = columns.map((column) => Math.round((width * column.width) / total));
  const cell = (content: PrintedCell, index: number, bold: boolean) =>
    new TableCell({
      width: { size: widths[index] ?? 0, type: WidthType.DXA },
      margins: { left: 80, right: 80 },
      children: (content.length > 0 ? content : ['']).map((each) => line(runsOf(each), {}, bold)),
    });
  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: columns.map(({ name }, index) => cell([name], index, true)),
  });
  const body = rows.map((row) =>
    row.kind === 'section'
      ? new TableRow({
          cantSplit: true,
          children: [
            new TableCell({
              columnSpan: columns.length,
              children: [line([{ text: row.text }], { alignment: AlignmentType.CENTER, keepNext: true }, true)],
            }),
          ],
        })
      : new TableRow({ cantSplit: true, children: row.cells.map((each, index) => cell(each, index, false)) }),
  );
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    rows: [head, ...body],
  });
}

function line(runs: readonly PrintedRun[], options: IParagraphOptions, bold = false): Paragraph {
  return new Paragraph({
    ...options,
    children: runs.map(
      ({ text, mark }) =>
        new TextRun({
          text: xmlText(text),
          bold: bold || mark === 'added',
          strike: mark === 'removed',
          ...(mark === 'note' ? { size: SMALL } : {}),
        }),
    ),
  });
}
