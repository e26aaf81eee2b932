import type { LocalDate, Window } from '../../domain/dates.js';
import type { ExtractRow, PlanExtract } from '../../domain/extract.js';
import type { PrintedText } from '../../domain/personal.js';
import { MONTH_NAMES } from '../months.js';
import { oneLine } from '../reading/wording.js';
import { printedHtml } from './html.js';
import { editionLines } from './plan.js';
import { cellLines, type PrintedColumn, type PrintedDocument, type PrintedRow } from './printed.js';

type Print = (text: PrintedText) => string;

/** «октябрь 2020 г.» */
function printedMonthName(month: string): string {
  return `${MONTH_NAMES[Number(month.slice(5)) - 1] ?? month} ${month.slice(0, 4)} г.`;
}

/** Returns an extract as plain text, with tabs between the cells. */
export function extractText(extract: PlanExtract, print: Print): string {
  const line = (row: ExtractRow) =>
    [row.number ?? '', oneLine(row.text), windowDays(row), print(row.responsible)].join('\t');
  const undated = extract.undated.length > 0 ? ['', 'Без срока', ...extract.undated.map(line)] : [];
  return [
    `План на ${printedMonthName(extract.month)}`,
    ...extractHead(extract),
    '',
    ['№', 'Мероприятие', 'Срок', 'Ответственные'].join('\t'),
    ...extract.sections.flatMap(({ numberText, title, rows }) => [
      '',
      [numberText, title].filter((part) => part !== '').join(' '),
      ...rows.map(line),
    ]),
    ...undated,
    ...(extract.sections.length === 0 && extract.undated.length === 0 ? ['', 'В этом месяце мероприятий нет.'] : []),
    '',
  ].join('\n');
}

/** Returns an extract as a document to print. */
export function extractDocument(extract: PlanExtract, print: Print): PrintedDocument {
  const name = `План на ${printedMonthName(extract.month)}`;
  const row = (each: ExtractRow): PrintedRow => ({
    kind: 'row',
    cells: [each.number ?? '', each.text, windowDays(each), print(each.responsible)].map(cellLines),
  });
  const section = (text: string, rows: readonly ExtractRow[]): PrintedRow[] => [
    { kind: 'section', text },
    ...rows.map(row),
  ];
  const rows = [
    ...extract.sections.flatMap((each) => section(`${each.numberText} ${each.title}`.trim(), each.rows)),
    ...(extract.undated.length > 0 ? section('Без срока', extract.undated) : []),
  ];
  const none: PrintedRow = { kind: 'section', text: 'В этом месяце мероприятий нет.' };
  return {
    title: `${name}. ${extract.title}`,
    stamps: [],
    heading: [name],
    remarks: extractHead(extract),
    tables: [{ caption: '', columns: EXTRACT_COLUMNS, rows: rows.length > 0 ? rows : [none] }],
    notes: [],
    landscape: false,
  };
}

/** Returns an extract as an HTML page to print on A4. */
export function extractHtml(extract: PlanExtract, print: Print): string {
  return printedHtml(extractDocument(extract, print));
}

const EXTRACT_COLUMNS: readonly PrintedColumn[] = [
  { name: '№', width: 6 },
  { name: 'Мероприятие', width: 44 },
  { name: 'Срок', width: 22 },
  { name: 'Ответственные', width: 28 },
];

function extractHead({ title, institution, ownerUnit, edition, status }: PlanExtract): string[] {
  const owner = institution === null || institution === ownerUnit ? ownerUnit : `${ownerUnit}, ${institution}`;
  return [title, owner, ...editionLines({ edition, status })];
}

/** Returns the days of the month, then the wording, which may contain more information. */
function windowDays({ windows, timeframeText }: ExtractRow): string {
  const days = windows.map(windowText).join(', ');
  return days === '' ? timeframeText : `${days} (${oneLine(timeframeText)})`;
}

function windowText({ start, end }: Window): string {
  return start === end ? shortDay(start) : `${shortDay(start)}–${shortDay(end)}`;
}

/** «15.10» */
function shortDay(day: LocalDate): string {
  return `${day.slice(8)}.${day.slice(5, 7)}`;
}
