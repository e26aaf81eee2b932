import type { PrintedDocument } from './printed.js';

/** A paper about a plan. */
export type PaperKind = 'plan' | 'calendar' | 'extract' | 'report' | 'comparison';

interface FormatDefinition {
  readonly name: string;
  readonly contentType: string;
  /** Ending of a file; default: the name. */
  readonly ending?: string;
  /** True for a format that the command line writes to a file, never to the terminal. */
  readonly isBinary?: true;
  /** The papers that exist in this format. */
  readonly papers: readonly PaperKind[];
  /** Prints a document. The printer is loaded when it is needed. Absent for formats that papers print by themselves. */
  readonly print?: (document: PrintedDocument) => Promise<string | Uint8Array>;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** All formats of exports. */
const EXPORTABLE = [
  {
    name: 'docx',
    contentType: `${OFFICE}.wordprocessingml.document`,
    isBinary: true,
    papers: ['plan', 'extract', 'report', 'comparison'],
    print: async (document) => (await import('./docx.js')).printedDocx(document),
  },
  {
    name: 'xlsx',
    contentType: `${OFFICE}.spreadsheetml.sheet`,
    isBinary: true,
    papers: ['plan', 'extract', 'report'],
    print: async (document) => (await import('./workbook.js')).printedXlsx(document),
  },
  {
    name: 'html',
    contentType: 'text/html; charset=utf-8',
    papers: ['plan', 'extract', 'report', 'comparison'],
    print: async (document) => (await import('./html.js')).printedHtml(document),
  },
  {
    name: 'csv',
    contentType: 'text/csv; charset=utf-8',
    papers: ['plan', 'extract', 'report'],
    print: async (document) => (await import('./sheets.js')).printedCsv(document),
  },
  { name: 'json', contentType: 'application/json; charset=utf-8', papers: ['plan', 'report'] },
  { name: 'ics', contentType: 'text/calendar; charset=utf-8', papers: ['calendar'] },
  { name: 'text', contentType: 'text/plain; charset=utf-8', ending: 'txt', papers: ['extract', 'comparison'] },
] as const satisfies readonly FormatDefinition[];

/** Name of a format of exports. */
export type ExportFormat = (typeof EXPORTABLE)[number]['name'];

const BY_NAME: ReadonlyMap<string, FormatDefinition> = new Map(EXPORTABLE.map((format) => [format.name, format]));

/** Names of all formats of exports. */
export const EXPORT_FORMATS: readonly ExportFormat[] = EXPORTABLE.map(({ name }) => name);

/** Returns the definition of a format. */
export function formatOf(name: ExportFormat): FormatDefinition {
  const format = BY_NAME.get(name);
  if (!format) throw new Error(`there is no format ${name}`);
  return format;
}

/** Returns true for an existing format. */
export function isExportFormat(name: string): name is ExportFormat {
  return BY_NAME.has(name);
}

/** Returns the formats of a paper. */
export function formatsOf(paper: PaperKind): readonly ExportFormat[] {
  return EXPORT_FORMATS.filter((name) => formatOf(name).papers.includes(paper));
}
