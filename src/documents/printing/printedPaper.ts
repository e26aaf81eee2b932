import { type PrintedText, printWith } from '../../domain/personal.js';
import { comparisonDocument, comparisonText } from './comparison.js';
import { printedDocx } from './docx.js';
import { executionDocument, executionJson } from './executionReport.js';
import { extractDocument, extractText } from './extract.js';
import { printedHtml } from './html.js';
import { calendarIcs } from './ics.js';
import { paperJson } from './json.js';
import type { ExportFormat, PaperToPrint } from './paperToPrint.js';
import { planDocument } from './plan.js';
import type { PrintedDocument } from './printed.js';
import { printedCsv } from './sheets.js';
import { printedXlsx } from './workbook.js';

/** Returns the bytes of a paper in its format. @throws Error for a format that the paper is not given in. */
export async function printedPaper(paper: PaperToPrint): Promise<Uint8Array> {
  const printed = await contentOf(paper);
  return typeof printed === 'string' ? new TextEncoder().encode(printed) : printed;
}

async function contentOf(paper: PaperToPrint): Promise<string | Uint8Array> {
  const { format } = paper;
  switch (paper.kind) {
    case 'plan':
      if (format === 'json') return paperJson(paper.paper, paper.planId, print);
      return formatted(planDocument(paper.paper, { print, execution: paper.execution, planId: paper.planId }), format);
    case 'calendar':
      return calendarIcs({ ...paper, print });
    case 'extract':
      if (format === 'text') return extractText(paper.extract, print);
      return formatted(extractDocument(paper.extract, print), format);
    case 'report': {
      const printing = { print, entriesOf: (activityId: string) => paper.entries.get(activityId) ?? [] };
      if (format === 'json') return executionJson(paper.report, paper.planId, printing);
      return formatted(executionDocument(paper.report, printing), format);
    }
    case 'comparison':
      if (format === 'text') return comparisonText(paper.comparison, print);
      return formatted(comparisonDocument(paper.comparison, print), format);
  }
}

/** Names are resolved: what is left of a text is plain. */
function print(text: PrintedText): string {
  return printWith(text, () => '');
}

async function formatted(document: PrintedDocument, format: ExportFormat): Promise<string | Uint8Array> {
  switch (format) {
    case 'docx':
      return printedDocx(document);
    case 'xlsx':
      return printedXlsx(document);
    case 'html':
      return printedHtml(document);
    case 'csv':
      return printedCsv(document);
    case 'json':
    case 'ics':
    case 'text':
      throw new Error(`${format} is no form of this paper`);
  }
}
