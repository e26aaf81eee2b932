import { accountableOf } from './accountable.js';
import { type LocalDate, type Window, within } from './dates.js';
import type { DocumentReference } from './documents.js';
import type { PrintedText } from './personal.js';
import { type Activity, activitiesOf, type ExistingPlan, sectionsInOrder } from './plan.js';
import { type ControlPoint, pointsOf } from './points.js';
import { type Timing, timingOn } from './timing.js';

/** Outcomes of a control point in a period. */
export const OUTCOMES = ['IN_TIME', 'LATE', 'NOT_DONE', 'CARRIED_OVER', 'RUNNING'] as const;
/** An outcome of a control point. */
export type Outcome = (typeof OUTCOMES)[number];

/** A control point that is due in the period. */
export interface ReportedWork {
  readonly activityId: string;
  readonly pointId: string;
  readonly number: string | null;
  readonly title: string;
  readonly timeframeText: string;
  readonly dueOn: LocalDate;
  readonly actualOn: LocalDate | null;
  readonly outcome: Outcome;
  /** Explanation from the closing of the plan; null for none. */
  readonly explanation: string | null;
  readonly sectionId: string;
  readonly accountable: { readonly key: string; readonly name: PrintedText };
}

/** A timeframe that was rescheduled in the period. */
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

/** The ids of control points by outcome, for the plan, a section or a party. `name` is empty for the plan. */
export interface ReportedFigures {
  readonly key: string;
  readonly name: PrintedText;
  readonly points: Readonly<Record<Outcome, readonly string[]>>;
}

/** A report on the execution of a plan in a period (отчёт об исполнении), as of the day `on`. */
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
 * Returns the execution report of a plan: the firm points due in a period with their outcomes on a day. Undated and
 * soft points have no due day in the period. Excluded activities and untracked points are left out.
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
    return [...groups].map(([of, rows]) => reportedFigures(of, rows[0] ? name(rows[0]) : [], rows));
  };
  const titles = new Map(sections.map(({ id, numberText, title }) => [id, `${numberText} ${title}`.trim()]));
  return {
    title: plan.details.title,
    window,
    on,
    edition: plan.edition,
    work,
    moves: movesIn(plan, window),
    total: reportedFigures('', [], work),
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

function reportedFigures(key: string, name: PrintedText, rows: readonly ReportedWork[]): ReportedFigures {
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
