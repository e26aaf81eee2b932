import type { ReportEntry } from '../documents/printing/executionReport.js';
import { type ExportFormat, formatOf, formatsOf, type PaperKind } from '../documents/printing/formats.js';
import { type PaperToPrint, withResolvedNames } from '../documents/printing/paperToPrint.js';
import { calendarOf } from '../domain/calendar.js';
import { isOfPlan } from '../domain/chronicle.js';
import { type Instant, isLocalDate, type LocalDate, localDay } from '../domain/dates.js';
import { executionReport } from '../domain/executionReport.js';
import { extractOf, isMonth } from '../domain/extract.js';
import { PERIOD_REPORT_KINDS, type PeriodReportKind, reportedWindow } from '../domain/indicators/periodReport.js';
import { paperOf } from '../domain/paper.js';
import type { PrintedText } from '../domain/personal.js';
import type { PlanEvent } from '../domain/plan/catalogue.js';
import { scopeOf } from '../domain/plan/scope.js';
import type { ExistingPlan } from '../domain/plan.js';
import { fromStore } from '../domain/recorded.js';
import { narrowed } from '../engine/eventstore/envelope.js';
import type { EventStore } from '../engine/eventstore/port.js';
import { cutText } from '../engine/readable.js';
import { comparisonOf, looksBack, type Sides, sidesFrom } from './comparing.js';
import { ExportRefused } from './exportRefused.js';

/** Options of an export, from the command line or the query of an address; null if not given. */
export interface ExportOptions {
  readonly format: ExportFormat;
  /** True to include the column «Отметка о выполнении». */
  readonly execution: boolean;
  /** `YYYY-MM`: the extract with the activities of that month. */
  readonly month: string | null;
  /** Kind of period: the report on execution in the period that contains `day`. */
  readonly report: string | null;
  /** `YYYY-MM-DD`; null for today. */
  readonly day: string | null;
  /** The two sides of a comparison, in the format of {@link sidesFrom}: `1..2` for editions. */
  readonly compare: string | null;
  /** For a calendar: only points for which this party is responsible. */
  readonly party: string | null;
}

/** The plan and its history, with the functions that print them. */
export interface ExportSource {
  readonly planId: string;
  readonly plan: ExistingPlan;
  readonly events: Pick<EventStore, 'readStream'>;
  readonly now: Instant;
  /** Returns a printed text with the names that the caller may see. */
  readonly print: (text: PrintedText) => string;
  /** Prints a paper whose names are resolved. */
  readonly press: (paper: PaperToPrint) => Promise<Uint8Array>;
}

/** An exported file. */
export interface ExportedFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** The content of an export. */
type Wanted =
  | { readonly kind: 'plan'; readonly execution: boolean }
  | { readonly kind: 'calendar'; readonly party: string | null }
  | { readonly kind: 'extract'; readonly month: string }
  | { readonly kind: 'report'; readonly period: PeriodReportKind; readonly day: LocalDate | null }
  | { readonly kind: 'comparison'; readonly sides: Sides };

/**
 * Checks the options, before any plan is loaded. Returns whether the export shows a past state, which needs more
 * rights.
 *
 * @throws ExportRefused for an invalid combination, such as the calendar of a month.
 */
export function checkExport(options: ExportOptions): { readonly looksBack: boolean } {
  const wanted = wantedOf(options);
  return { looksBack: wanted.kind === 'comparison' && looksBack(wanted.sides) };
}

function wantedOf({ format, execution, month, report, day, compare, party }: ExportOptions): Wanted {
  const asked = [month, report, compare, party, execution ? 'execution' : null].filter((each) => each !== null);
  if (asked.length > 1) {
    throw new ExportRefused({
      ru: 'выберите что-то одно: month, report, compare, party или execution',
      en: 'choose only one of month, report, compare, party and execution',
    });
  }
  const only = (paper: PaperKind, ru: string, en: string) => {
    const formats = formatsOf(paper);
    if (formats.includes(format)) return;
    const all = formats.join(', ');
    throw new ExportRefused({ ru: `${ru} бывает в форматах ${all}`, en: `${en} is available as ${all}` });
  };
  if (month !== null) {
    if (!isMonth(month))
      throw new ExportRefused({
        ru: `«${cutText(month, 20)}» — не месяц: напишите его как 2020-10`,
        en: `«${cutText(month, 20)}» is not a month: write it as 2020-10`,
      });
    only('extract', 'выписка на месяц', 'the extract of a month');
    return { kind: 'extract', month };
  }
  if (report !== null) {
    const period = PERIOD_REPORT_KINDS.find((kind) => kind === report.toUpperCase().replace('-', '_'));
    if (!period)
      throw new ExportRefused({
        ru: `отчёт бывает за ${PERIOD_REPORT_KINDS.join(', ')}, а не за «${cutText(report, 20)}»`,
        en: `a report covers one of ${PERIOD_REPORT_KINDS.join(', ')}, not «${cutText(report, 20)}»`,
      });
    const isDay: boolean = day === null || isLocalDate(day);
    if (!isDay)
      throw new ExportRefused({
        ru: `«${cutText(String(day), 20)}» — не день: напишите его как 2020-10-31`,
        en: `«${cutText(String(day), 20)}» is not a day: write it as 2020-10-31`,
      });
    only('report', 'отчёт о выполнении', 'a report on execution');
    return { kind: 'report', period, day };
  }
  if (compare !== null) {
    const sides = sidesFrom(compare);
    only('comparison', 'сравнение', 'a comparison');
    return { kind: 'comparison', sides };
  }
  if (format === 'text')
    throw new ExportRefused({
      ru: 'простой текст бывает для месяца (month 2020-10) и для сравнения (compare 1..2): выберите одно из них или другой формат',
      en: 'plain text exists for a month (month 2020-10) and for a comparison (compare 1..2): choose one, or another format',
    });
  if (format === 'ics') return { kind: 'calendar', party };
  if (party !== null)
    throw new ExportRefused({
      ru: 'исполнителя можно выбрать только для календаря: возьмите формат ics',
      en: 'a party can be chosen only for a calendar: use the format ics',
    });
  return { kind: 'plan', execution };
}

/**
 * Returns a plan, or a paper about it, as a file.
 *
 * @throws ExportRefused as {@link checkExport} does, and for an edition or a period that the plan does not have.
 */
export async function exportedPlan(source: ExportSource, options: ExportOptions): Promise<ExportedFile> {
  const { name, paper } = await paperToPrint(source, options);
  const content = await source.press(withResolvedNames(paper, source.print));
  return exportedFile(name, options.format, content);
}

async function paperToPrint(
  source: ExportSource,
  options: ExportOptions,
): Promise<{ readonly name: string; readonly paper: PaperToPrint }> {
  const wanted = wantedOf(options);
  const { format } = options;
  const { planId, plan, now, print } = source;
  const today = localDay(now, plan.details.timeZone);
  const { title } = plan.details;
  switch (wanted.kind) {
    case 'plan': {
      const { execution } = wanted;
      return { name: title, paper: { kind: 'plan', format, planId, paper: paperOf(plan, today), execution } };
    }
    case 'calendar': {
      const entries = calendarOf(plan, wanted.party ?? undefined, print);
      return { name: title, paper: { kind: 'calendar', format, planId, title, entries, at: now } };
    }
    case 'extract': {
      const extract = extractOf(plan, wanted.month);
      return { name: `${wanted.month} ${title}`, paper: { kind: 'extract', format, extract } };
    }
    case 'report': {
      const day = wanted.day ?? today;
      const window = plan.details.period && reportedWindow(wanted.period, day, plan.details.period);
      if (!window)
        throw new ExportRefused({
          ru: `${day} не входит в период плана: выберите день внутри него`,
          en: `${day} is outside the period of the plan: choose a day within it`,
        });
      const report = executionReport(plan, window, today);
      const entries = await workEntries(source);
      const name = `Отчёт ${window.start} ${window.end} ${title}`;
      return { name, paper: { kind: 'report', format, planId, report, entries } };
    }
    case 'comparison': {
      const { comparison } = await comparisonOf(source, wanted.sides);
      return { name: `Было стало ${title}`, paper: { kind: 'comparison', format, comparison } };
    }
  }
}

function exportedFile(name: string, format: ExportFormat, content: Uint8Array): ExportedFile {
  const { contentType, ending = format } = formatOf(format);
  return { name: exportedFileName(name, ending), contentType, content };
}

/** Returns the name of a file for people: its name with its ending, as every file system accepts it. */
export function exportedFileName(name: string, ending: string): string {
  return `${fileName(name, MAX_FILE_NAME - ending.length - 1) || 'plan'}.${ending}`;
}

/** Longest file name that file systems take, in bytes of UTF-8. */
const MAX_FILE_NAME = 255;

/**
 * Returns a title as a file name: only characters that every file system accepts, and whole words if it is too long.
 */
function fileName(title: string, maxBytes: number): string {
  const words = title.replace(/[^\p{L}\p{N} .-]+/gu, ' ').split(/\s+/);
  let name = '';
  for (const word of words) {
    const longer = name === '' ? word : `${name} ${word}`;
    if (Buffer.byteLength(longer) > maxBytes) return name === '' ? cutText(word, Math.floor(maxBytes / 4)) : name;
    name = longer;
  }
  return name;
}

/** Types of events that a report on execution cites. */
const WORK_EVENTS: readonly PlanEvent['type'][] = [
  ...(['ActivityCompleted', 'CompletionWithdrawn', 'ProgressRecorded', 'ActivityRescheduled'] as const),
  ...(['ReportSubmitted', 'ReportWithdrawn', 'ReportAccepted', 'ReportReturned'] as const),
];
const EXPORTED_EVENTS_PER_READ = 500;

/** Returns the audit entries about the work on each activity, oldest first. */
async function workEntries({
  planId,
  plan,
  events,
}: ExportSource): Promise<ReadonlyMap<string, readonly ReportEntry[]>> {
  const found = new Map<string, ReportEntry[]>();
  for (let from = 0; ; from += EXPORTED_EVENTS_PER_READ) {
    const page = await events.readStream(`plan-${planId}`, { from, limit: EXPORTED_EVENTS_PER_READ });
    for (const stored of page) {
      const { id, event, recordedAt } = narrowed(fromStore(stored), isOfPlan);
      const scope = scopeOf(event);
      if (!WORK_EVENTS.includes(event.type) || typeof scope === 'string') continue;
      const recordedOn = localDay(recordedAt, plan.details.timeZone);
      const entry = { id: `entry_${id}`, revision: stored.revision, recordedOn, type: event.type };
      found.set(scope.activityId, [...(found.get(scope.activityId) ?? []), entry]);
    }
    if (page.length < EXPORTED_EVENTS_PER_READ) return found;
  }
}
