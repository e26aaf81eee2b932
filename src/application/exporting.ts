import { printedDocx } from '../documents/printing/docx.js';
import { extractDocument, extractText } from '../documents/printing/extract.js';
import { printedHtml } from '../documents/printing/html.js';
import { calendarIcs } from '../documents/printing/ics.js';
import { paperJson } from '../documents/printing/json.js';
import { planDocument } from '../documents/printing/plan.js';
import type { PrintedDocument } from '../documents/printing/printed.js';
import { printedCsv, printedXlsx } from '../documents/printing/sheets.js';
import { calendarOf } from '../domain/calendar.js';
import { type Instant, localDay } from '../domain/dates.js';
import { extractOf, isMonth } from '../domain/extract.js';
import { paperOf } from '../domain/paper.js';
import type { PrintedText } from '../domain/personal.js';
import type { ExistingPlan } from '../domain/plan.js';

/** Formats in which a plan is given back; `text` only for the extract of a month. */
export const EXPORT_FORMATS = ['docx', 'xlsx', 'html', 'csv', 'json', 'ics', 'text'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What is asked for beside the plan. */
export interface ExportRequest {
  readonly planId: string;
  readonly format: ExportFormat;
  /** With the column «Отметка о выполнении». */
  readonly execution: boolean;
  /** `YYYY-MM` for what there is to do in that month alone; null for the plan. */
  readonly month: string | null;
  /** For a calendar: what this party is responsible for alone; null for all. */
  readonly party: string | null;
}

/** A file, as it goes to a browser or a disk. */
export interface ExportedFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** An export that cannot be made; the message says what to ask for instead. */
export class ExportRefused extends Error {
  override readonly name = 'ExportRefused';
}

const TYPES: Readonly<Record<ExportFormat, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  ics: 'text/calendar; charset=utf-8',
  text: 'text/plain; charset=utf-8',
};

/** True for a format that there is. */
export function isExportFormat(format: string): format is ExportFormat {
  return EXPORT_FORMATS.some((each) => each === format);
}

/** @throws ExportRefused for what there is not, such as the calendar of a month. */
export function checkExport({ format, execution, month, party }: Omit<ExportRequest, 'planId'>): void {
  if (month !== null && !isMonth(month)) {
    throw new ExportRefused(`«${month.slice(0, 20)}» is no month: write it as 2020-10`);
  }
  if (month === null && format === 'text') {
    throw new ExportRefused('plain text is printed of a month: give one (--month 2020-10), or ask for another format');
  }
  if (party !== null && format !== 'ics') {
    throw new ExportRefused('a party is chosen for a calendar alone: ask for ics');
  }
  if (month !== null && (execution || format === 'ics' || format === 'json')) {
    throw new ExportRefused('an extract of a month is printed as docx, xlsx, html, csv or text, without execution');
  }
}

/**
 * A plan, or its extract for a month, as a file.
 *
 * @param now the moment: what is executed is told of its local day.
 * @param print what a printed text says to who asks.
 * @throws ExportRefused as {@link checkExport}.
 */
export async function exportedPlan(
  plan: ExistingPlan,
  request: ExportRequest,
  now: Instant,
  print: (text: PrintedText) => string,
): Promise<ExportedFile> {
  checkExport(request);
  const { planId, format, execution, month, party } = request;
  const today = localDay(now, plan.details.timeZone);
  const paper = paperOf(plan, today);
  const file = (content: string | Uint8Array): ExportedFile => ({
    name: fileName(month === null ? paper.title : `${month} ${paper.title}`, format),
    contentType: TYPES[format],
    content: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  });
  const document = (): PrintedDocument =>
    month === null ? planDocument(paper, { print, execution }) : extractDocument(extractOf(plan, month), print);
  switch (format) {
    case 'docx':
      return file(await printedDocx(document()));
    case 'xlsx':
      return file(await printedXlsx(document()));
    case 'html':
      return file(printedHtml(document()));
    case 'csv':
      return file(printedCsv(document()));
    case 'json':
      return file(paperJson(paper, planId, print));
    case 'text':
      return file(month === null ? '' : extractText(extractOf(plan, month), print));
    case 'ics': {
      const entries = calendarOf(plan, party ?? undefined, print);
      return file(calendarIcs({ planId, title: paper.title, entries, at: now, print }));
    }
  }
}

/** A name that every file system takes. */
function fileName(title: string, format: ExportFormat): string {
  const safe = title
    .replace(/[^\p{L}\p{N} .-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `${safe.slice(0, 80).trim() || 'plan'}.${format === 'text' ? 'txt' : format}`;
}
