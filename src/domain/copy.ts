import { movedYears, withoutLeapDay } from './copiedYears.js';
import { addMonths, yearMonthOf } from './dates.js';
import type { Irregularity, IrregularityCode } from './irregularities.js';
import { addMonthsKeepingEnd, movedSchedule } from './movedSchedule.js';
import type { ActivityContent } from './plan/entries.js';
import { type Activity, activitiesOf, type ExistingPlan, type Section, sectionsInOrder } from './plan.js';
import { pointsOf } from './points.js';
import { citedDocuments } from './references.js';
import { notation, type PlanPeriod, type Schedule, sameSchedule, type Timeframe, withHeading } from './schedule.js';
import type { ControlSettings } from './settings.js';
import { readTimeframe } from './wording/read.js';
import { isWorkingDay } from './workingDays.js';

/** A row that was copied into the next period. */
export interface CopiedRow {
  readonly content: ActivityContent;
  /** True when a firm point of the source row is open, or was closed without being done. */
  readonly unfinished: boolean;
}

/** A section with its copied rows, without excluded ones. */
export interface CopiedSection {
  readonly numberText: string;
  readonly title: string;
  readonly rows: readonly CopiedRow[];
}

/** Returns the next period of a plan: its period moved by its length, rounded to whole years and at least one. */
export function nextPeriod({ start, end }: PlanPeriod): PlanPeriod {
  const years = Math.max(1, Math.round((Date.parse(end) - Date.parse(start)) / 31_556_952_000));
  return { start: addMonths(start, 12 * years), end: addMonthsKeepingEnd(end, 12 * years) };
}

/**
 * Returns the content of a plan, moved into another period. Years are moved in timeframes and in the titles of the plan
 * and its sections. The text of a row does not change, and a year in it is reported as an irregularity. A moved
 * timeframe is read again. If its schedule is not the old schedule moved by the same years, that is reported as an
 * irregularity.
 */
export function copiedContent(
  source: ExistingPlan,
  period: PlanPeriod,
  settings: ControlSettings,
): { readonly title: string; readonly sections: readonly CopiedSection[] } {
  const old = source.details.period ?? period;
  const years = yearMonthOf(period.start).year - yearMonthOf(old.start).year;
  const move = (text: string) => movedYears(text, years, old);
  const rowIn = (heading: string) => (activity: Activity) =>
    copiedRow(source, activity, { old, period, years, settings, heading });
  return {
    title: move(source.details.title),
    sections: sectionsInOrder(source).map(({ id, numberText, title }: Section) => ({
      numberText,
      title: move(title),
      rows: activitiesOf(source, id)
        .filter(({ excluded }) => !excluded)
        .map(rowIn(title)),
    })),
  };
}

interface Move {
  readonly old: PlanPeriod;
  readonly period: PlanPeriod;
  readonly years: number;
  readonly settings: ControlSettings;
  /** Title of the section. */
  readonly heading: string;
}

function copiedRow(source: ExistingPlan, activity: Activity, move: Move): CopiedRow {
  const { text } = activity;
  const open = pointsOf(source, activity).filter(({ firm, timing: { settled } }) => firm && isUnfinished(settled));
  const { timeframe, questions } = movedTimeframe(activity.timeframe, move);
  const reworded = movedYears(text, move.years, move.old);
  const irregularities: Irregularity[] = [
    ...activity.irregularities.filter(({ field }) => field !== 'timeframe'),
    ...questions,
    ...(reworded === text ? [] : [irregularity('COPIED_YEAR', 'title', null, [reworded])]),
    ...(open.length > 0
      ? [irregularity('COPIED_UNFINISHED', 'execution', open.map(({ dueOn }) => dueOn ?? '').join(', '))]
      : []),
  ];
  const content = {
    ...activityContent(activity),
    timeframe,
    irregularities,
    references: citedDocuments(text),
    source: activity.id,
    // The external id belongs to the row of the old plan.
    externalId: null,
  };
  return { content, unfinished: open.length > 0 };
}

/** Returns the content of an activity, without its place in the plan and its history. */
function activityContent({
  id: _id,
  sectionId: _sectionId,
  order: _order,
  excluded: _excluded,
  approvedSchedules: _approvedSchedules,
  completions: _completions,
  missed: _missed,
  reports: _reports,
  requests: _requests,
  progress: _progress,
  accountable: _accountable,
  ...content
}: Activity): ActivityContent {
  return content;
}

/** Returns true for an open point, and for a point that was closed without being done. */
function isUnfinished(settled: string | null): boolean {
  return settled === null || settled === 'NOT_DONE' || settled === 'CARRIED_OVER';
}

function irregularity(
  code: IrregularityCode,
  field: string,
  text: string | null,
  alternatives: readonly string[] = [],
): Irregularity {
  return { code, field, text, alternatives };
}

function movedTimeframe(
  present: Timeframe,
  { old, period, years, settings, heading }: Move,
): { readonly timeframe: Timeframe; readonly questions: readonly Irregularity[] } {
  const own = present.heading === undefined ? undefined : movedYears(present.heading, years, old);
  const readBelow = (wording: string) =>
    withHeading(readTimeframe(wording, period, own ?? heading, settings.terms, settings.calendar), own);
  const moved = movedYears(present.text, years, old);
  const text = withoutLeapDay(moved, period);
  const shifted = movedSchedule(present.schedule, 12 * years);
  if (present.rules === 'stated') {
    const timeframe = withHeading({ ...present, text, schedule: shifted }, own);
    return { timeframe, questions: dayOffQuestions(shifted, settings) };
  }
  // A timeframe that was not understood needs review anyway. Its year is not moved, because it may belong to something
  // other than the plan, such as an order.
  if (present.confidence === 'unknown') return { timeframe: readBelow(present.text), questions: [] };
  const timeframe = readBelow(text);
  if (timeframe.confidence === 'unknown') return { timeframe, questions: [] };
  const leavesPlan = timeframe.flags.includes('OUTSIDE_PERIOD') && !present.flags.includes('OUTSIDE_PERIOD');
  const unsure =
    sameSchedule(timeframe.schedule, shifted) && !leavesPlan && text === moved
      ? []
      : [irregularity('COPIED_TERM', 'timeframe', present.text, [notation(shifted).interpretation])];
  return { timeframe, questions: [...unsure, ...dayOffQuestions(timeframe.schedule, settings)] };
}

/**
 * A date may fall on a day off in another year. Deadlines need no question, because `paperDue` moves them to a working
 * day.
 */
function dayOffQuestions(schedule: Schedule, { calendar }: ControlSettings): Irregularity[] {
  if (schedule.kind !== 'dates' || schedule.form !== 'date') return [];
  const off = schedule.windows.map(({ start }) => start).filter((day) => !isWorkingDay(day, calendar));
  return off.length > 0 ? [irregularity('COPIED_DAY_OFF', 'timeframe', off.join(', '))] : [];
}
