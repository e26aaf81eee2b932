import { accountableOf } from './accountable.js';
import { type LocalDate, type Window, within } from './dates.js';
import type { DocumentReference } from './documents.js';
import type { PrintedText } from './personal.js';
import { type Activity, activitiesOf, type ExistingPlan, sectionsInOrder } from './plan.js';
import { type ControlPoint, pointsOf } from './points.js';
import { type Timing, timingOn } from './timing.js';

/** How a control point of a period came out. */
export const OUTCOMES = ['IN_TIME', 'LATE', 'NOT_DONE', 'CARRIED_OVER', 'RUNNING'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A control point due in the period. */
export interface ReportedWork {
  readonly activityId: string;
  readonly pointId: string;
  readonly number: string | null;
  readonly title: string;
  readonly timeframeText: string;
  readonly dueOn: LocalDate;
  readonly actualOn: LocalDate | null;
  readonly outcome: Outcome;
  /** What the closing of the plan says of it; null for nothing. */
  readonly explanation: string | null;
  readonly sectionId: string;
  readonly accountable: { readonly key: string; readonly name: PrintedText };
}

/** A term that was moved in the period. */
export interface ReportedMove {
  readonly activityId: string;
  readonly number: string | null;
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly movedOn: LocalDate;
  readonly reason: string;
  readonly document: DocumentReference | null;
  readonly sectionId: string;
}

/** Who or what figures are of, and the ids of the points behind each. */
export interface ReportedFigures {
  readonly key: string;
  readonly name: PrintedText;
  readonly points: Readonly<Record<Outcome, readonly string[]>>;
}

/** A report on the execution of a plan in a period (отчёт об исполнении), as it is known on a day. */
export interface ExecutionReport {
  readonly title: string;
  readonly window: Window;
  readonly on: LocalDate;
  readonly edition: number;
  readonly work: readonly ReportedWork[];
  readonly moves: readonly ReportedMove[];
  readonly total: ReportedFigures;
  readonly bySection: readonly ReportedFigures[];
  readonly byParty: readonly ReportedFigures[];
}

/**
 * What of the work due in a period was done, and how. Undated and soft points are due on no day; excluded rows and points
 * that are not tracked do not count.
 */
export function executionReport(plan: ExistingPlan, window: Window, on: LocalDate): ExecutionReport {
  const sections = sectionsInOrder(plan);
  const work = sections.flatMap(({ id }) =>
    activitiesOf(plan, id).flatMap((activity) =>
      pointsOf(plan, activity).flatMap((point) => workOf(plan, activity, point, window, on) ?? []),
    ),
  );
  const grouped = (key: (row: ReportedWork) => string, name: (row: ReportedWork) => PrintedText) => {
    const groups = new Map<string, ReportedWork[]>();
    for (const row of work) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
    return [...groups].map(([of, rows]) => figuresOf(of, rows[0] ? name(rows[0]) : [], rows));
  };
  const titles = new Map(sections.map(({ id, numberText, title }) => [id, `${numberText} ${title}`.trim()]));
  return {
    title: plan.details.title,
    window,
    on,
    edition: plan.edition,
    work,
    moves: movesIn(plan, window),
    total: figuresOf('', [], work),
    bySection: grouped(
      ({ sectionId }) => sectionId,
      ({ sectionId }) => [titles.get(sectionId) ?? ''],
    ),
    byParty: grouped(
      ({ accountable }) => accountable.key,
      ({ accountable }) => accountable.name,
    ),
  };
}

function workOf(
  plan: ExistingPlan,
  activity: Activity,
  point: ControlPoint,
  window: Window,
  on: LocalDate,
): ReportedWork | undefined {
  const { countedDueOn: dueOn, firm } = point;
  if (dueOn === null || !firm || !within(dueOn, window)) return undefined;
  const outcome = outcomeOf(timingOn(point.timing, on));
  if (!outcome) return undefined;
  const { key, party } = accountableOf(plan, activity);
  return {
    activityId: activity.id,
    pointId: point.id,
    number: activity.number,
    title: activity.title,
    timeframeText: activity.timeframe.text,
    dueOn,
    actualOn: point.actualOn,
    outcome,
    explanation: plan.outcomes[point.id]?.explanation ?? null,
    sectionId: activity.sectionId,
    accountable: { key, name: party.name },
  };
}

function outcomeOf(timing: Timing): Outcome | undefined {
  switch (timing) {
    case 'DONE_ON_TIME':
      return 'IN_TIME';
    case 'DONE_LATE':
      return 'LATE';
    case 'OVERDUE':
    case 'NOT_DONE':
      return 'NOT_DONE';
    case 'CARRIED_OVER':
      return 'CARRIED_OVER';
    case 'PLANNED':
    case 'IN_WINDOW':
    case 'DUE_SOON':
    case 'DUE_TODAY':
      return 'RUNNING';
    case 'NOT_DATED':
    case 'NOT_TRACKED':
    case 'EXCLUDED':
      return undefined;
  }
}

function movesIn({ amendments }: ExistingPlan, window: Window): ReportedMove[] {
  return amendments
    .filter(({ amendedOn }) => within(amendedOn, window))
    .flatMap(({ amendedOn, reason, basis, rows }) =>
      rows.flatMap(({ kind, before, after }) =>
        kind === 'RESCHEDULE' && before
          ? [
              {
                activityId: after.id,
                number: after.number,
                title: after.title,
                from: before.timeframe.text,
                to: after.timeframe.text,
                movedOn: amendedOn,
                reason,
                document: basis?.kind === 'document' ? basis.document : null,
                sectionId: after.sectionId,
              },
            ]
          : [],
      ),
    );
}

function figuresOf(key: string, name: PrintedText, rows: readonly ReportedWork[]): ReportedFigures {
  const of = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome).map(({ pointId }) => pointId);
  const points = {
    IN_TIME: of('IN_TIME'),
    LATE: of('LATE'),
    NOT_DONE: of('NOT_DONE'),
    CARRIED_OVER: of('CARRIED_OVER'),
    RUNNING: of('RUNNING'),
  };
  return { key, name, points };
}
