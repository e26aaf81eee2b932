import { type PrintedText, printWith } from '../../domain/personal.js';
import { comparisonDocument, comparisonText } from './comparison.js';
import { executionDocument, executionJson } from './executionReport.js';
import { extractDocument, extractText } from './extract.js';
import { type ExportFormat, formatOf } from './formats.js';
import { calendarIcs } from './ics.js';
import { paperJson } from './json.js';
import type { PaperToPrint } from './paperToPrint.js';
import { planDocument } from './plan.js';
import type { PrintedDocument } from './printed.js';

/** Returns the bytes of a paper in its format. @throws Error for a format that is not available for the paper. */
export async function printedPaper(paper: PaperToPrint): Promise<Uint8Array> {
  const printed = await contentOf(paper);
  return typeof printed === 'string' ? new TextEncoder().encode(printed) : printed;
}

async function contentOf(paper: PaperToPrint): Promise<string | Uint8Array> {
  const { format } = paper;
  switch (paper.kind) {
    case 'plan':
      if (format === 'json') return paperJson(paper.paper, paper.planId, plainText);
      return formatted(
        planDocument(paper.paper, { print: plainText, execution: paper.execution, planId: paper.planId }),
        format,
      );
    case 'calendar':
      return calendarIcs({ ...paper, print: plainText });
    case 'extract':
      if (format === 'text') return extractText(paper.extract, plainText);
      return formatted(extractDocument(paper.extract, plainText), format);
    case 'report': {
      const printing = { print: plainText, entriesOf: (activityId: string) => paper.entries.get(activityId) ?? [] };
      if (format === 'json') return executionJson(paper.report, paper.planId, printing);
      return formatted(executionDocument(paper.report, printing), format);
    }
    case 'comparison':
      if (format === 'text') return comparisonText(paper.comparison, plainText, async () => undefined);
      return formatted(comparisonDocument(paper.comparison, plainText), format);
  }
}

/** Returns a text without sealed names: they were resolved before. */
function plainText(text: PrintedText): string {
  return printWith(text, () => '');
}

async function formatted(document: PrintedDocument, format: ExportFormat): Promise<string | Uint8Array> {
  const { print } = formatOf(format);
  if (!print) throw new Error(`${format} is not a format of this paper`);
  return print(document);
}
