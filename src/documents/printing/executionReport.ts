import { dayText } from '../../domain/dates.js';
import type { ExecutionReport, Outcome, ReportedFigures, ReportedWork } from '../../domain/executionReport.js';
import { OUTCOMES } from '../../domain/executionReport.js';
import type { PrintedText } from '../../domain/personal.js';
import { oneLine } from '../reading/wording.js';
import { documentText } from './dates.js';
import { cellLines, type PrintedDocument, type PrintedRow, type PrintedTable } from './printed.js';

/** An entry of the audit trail that a row is based on. */
export interface ReportEntry {
  /** Id of the entry in the API. */
  readonly id: string;
  /** Revision of the entry in the stream of the plan. */
  readonly revision: number;
  readonly recordedOn: string;
  readonly type: string;
}

/** Options of {@link executionDocument}. */
export interface ReportPrinting {
  readonly print: (text: PrintedText) => string;
  readonly entriesOf: (activityId: string) => readonly ReportEntry[];
}

const OUTCOME_NAMES: Readonly<Record<Outcome, string>> = {
  IN_TIME: 'В срок',
  LATE: 'С опозданием',
  NOT_DONE: 'Не выполнено',
  CARRIED_OVER: 'Перенесено на следующий период',
  RUNNING: 'Срок не наступил',
};
const LISTS: readonly Outcome[] = ['NOT_DONE', 'LATE', 'CARRIED_OVER', 'IN_TIME', 'RUNNING'];

/** Returns a report on execution to print: figures by section and party, then the work, with its audit entries. */
export function executionDocument(report: ExecutionReport, { print, entriesOf }: ReportPrinting): PrintedDocument {
  const { title, window, on, edition, work, moves, total, bySection, byParty } = report;
  const figures = (name: string, { points }: ReportedFigures): PrintedRow => ({
    kind: 'row',
    cells: [
      [name],
      [String(OUTCOMES.reduce((sum, outcome) => sum + points[outcome].length, 0))],
      ...OUTCOMES.map((outcome) => [String(points[outcome].length)]),
    ],
  });
  const entries = (activityId: string) =>
    entriesOf(activityId).map(({ revision, recordedOn }) => `№ ${revision} от ${dayText(recordedOn)}`);
  const row = (each: ReportedWork): PrintedRow => ({
    kind: 'row',
    cells: [
      [each.number ?? ''],
      [each.title],
      [oneLine(each.timeframeText), `(до ${dayText(each.dueOn)})`],
      [each.actualOn === null ? '—' : dayText(each.actualOn), ...(each.explanation === null ? [] : [each.explanation])],
      cellLines(print(each.accountable.name)),
      entries(each.activityId),
    ],
  });
  const lists = LISTS.flatMap((outcome): PrintedTable[] => {
    const rows = work.filter((each) => each.outcome === outcome);
    const caption = `${OUTCOME_NAMES[outcome]}: ${rows.length}`;
    return rows.length === 0 ? [] : [{ caption, columns: WORK, rows: rows.map(row) }];
  });
  const moved: PrintedTable[] =
    moves.length === 0
      ? []
      : [
          {
            caption: `Сроки перенесены: ${moves.length}`,
            columns: MOVES,
            rows: moves.map((move) => ({
              kind: 'row',
              cells: [
                [move.number ?? ''],
                [move.title],
                [`«${oneLine(move.from)}» → «${oneLine(move.to)}»`],
                [`${dayText(move.movedOn)}: ${move.reason}`, ...(move.document ? [documentText(move.document)] : [])],
                entries(move.activityId),
              ],
            })),
          },
        ];
  const shares: PrintedRow[] = [
    figures('Всего', total),
    { kind: 'section', text: 'По разделам' },
    ...bySection.map((each) => figures(print(each.name), each)),
    { kind: 'section', text: 'По ответственным' },
    ...byParty.map((each) => figures(print(each.name), each)),
  ];
  return {
    title: `Отчёт об исполнении. ${title}`,
    stamps: [],
    heading: ['Отчёт об исполнении', title],
    remarks: [
      `За период с ${dayText(window.start)} по ${dayText(window.end)}, по состоянию на ${dayText(on)}. Редакция ${edition}`,
    ],
    tables: [{ caption: '', columns: FIGURES, rows: shares }, ...lists, ...moved],
    notes: ['Записи журнала названы номером в истории плана и днём записи.'],
    landscape: true,
  };
}

const FIGURES = [
  { name: '', width: 36 },
  { name: 'Запланировано', width: 14 },
  ...OUTCOMES.map((outcome) => ({ name: OUTCOME_NAMES[outcome], width: 10 })),
];
const WORK = [
  { name: '№', width: 5 },
  { name: 'Мероприятие', width: 37 },
  { name: 'Срок', width: 15 },
  { name: 'Выполнено', width: 13 },
  { name: 'Отчитывается', width: 18 },
  { name: 'Записи журнала', width: 12 },
];
const MOVES = [
  { name: '№', width: 5 },
  { name: 'Мероприятие', width: 38 },
  { name: 'Перенос', width: 22 },
  { name: 'Причина и основание', width: 23 },
  { name: 'Записи журнала', width: 12 },
];

/** Returns the execution report as JSON: each figure with the points behind it, each row with its audit entries. */
export function executionJson(report: ExecutionReport, planId: string, { print, entriesOf }: ReportPrinting): string {
  const activity = (id: string) => `activity_${planId}.${id}`;
  const figures = ({ key, name, points }: ReportedFigures) => ({
    ...(key === '' ? {} : { name: print(name) }),
    figures: Object.fromEntries(
      OUTCOMES.map((outcome) => [
        outcome,
        { count: points[outcome].length, points: points[outcome].map((point) => `point_${planId}.${point}`) },
      ]),
    ),
  });
  const { work, moves, total, bySection, byParty, ...head } = report;
  const body = {
    planId: `plan_${planId}`,
    ...head,
    total: figures(total),
    bySection: bySection.map(figures),
    byParty: byParty.map(figures),
    work: work.map(({ activityId, pointId, accountable, sectionId: _, ...row }) => ({
      activityId: activity(activityId),
      pointId: `point_${planId}.${pointId}`,
      ...row,
      accountable: print(accountable.name),
      auditEntries: entriesOf(activityId),
    })),
    moves: moves.map(({ activityId, sectionId: _, ...move }) => ({
      activityId: activity(activityId),
      ...move,
      auditEntries: entriesOf(activityId),
    })),
  };
  return `${JSON.stringify(body, null, 1)}\n`;
}
