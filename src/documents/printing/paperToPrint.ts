import type { CalendarEntry } from '../../domain/calendar.js';
import type { Instant } from '../../domain/dates.js';
import type { ExecutionReport } from '../../domain/executionReport.js';
import type { PlanExtract } from '../../domain/extract.js';
import type { PlanPaper } from '../../domain/paper.js';
import { isPersonal, type PrintedText } from '../../domain/personal.js';
import type { Comparison } from './comparison.js';
import type { ReportEntry } from './executionReport.js';
import type { ExportFormat } from './formats.js';

/** A paper and the format to print it in. Its names are resolved: a thread that prints it has no keys. */
export type PaperToPrint = { readonly format: ExportFormat } & (
  | { readonly kind: 'plan'; readonly planId: string; readonly paper: PlanPaper; readonly execution: boolean }
  | {
      readonly kind: 'calendar';
      readonly planId: string;
      readonly title: string;
      readonly entries: readonly CalendarEntry[];
      readonly at: Instant;
    }
  | { readonly kind: 'extract'; readonly extract: PlanExtract }
  | {
      readonly kind: 'report';
      readonly planId: string;
      readonly report: ExecutionReport;
      /** Audit entries by activity id. */
      readonly entries: ReadonlyMap<string, readonly ReportEntry[]>;
    }
  | { readonly kind: 'comparison'; readonly comparison: Comparison }
);

/** Returns an estimate of the number of rows of a paper. */
export function rowCount(paper: PaperToPrint): number {
  switch (paper.kind) {
    case 'plan':
      return paper.paper.sections.reduce((sum, { rows }) => sum + rows.length, 0);
    case 'calendar':
      return paper.entries.length;
    case 'extract':
      return paper.extract.undated.length + paper.extract.sections.reduce((sum, { rows }) => sum + rows.length, 0);
    case 'report':
      return paper.report.work.length + paper.report.moves.length;
    case 'comparison':
      return paper.comparison.differences.length;
  }
}

/** Returns a copy of plain data in which each sealed name is replaced by the text that `print` returns for it. */
export function withResolvedNames<T>(value: T, print: (text: PrintedText) => string): T;
export function withResolvedNames(value: unknown, print: (text: PrintedText) => string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isPersonal(value)) return print([value]);
  if (Array.isArray(value)) return value.map((item) => withResolvedNames(item, print));
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, withResolvedNames(item, print)]));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withResolvedNames(item, print)]));
}
