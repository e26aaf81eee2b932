import { type Given, isSamePerson } from '../actor.js';
import type { PlanCommandOf } from '../commands.js';
import { earlier, type LocalDate, localDay } from '../dates.js';
import { type ConfirmedAccountable, partyKey } from '../parties.js';
import { type Activity, activityIdOf, type EvidenceLink, type ExistingPlan, type Report } from '../plan.js';
import { type ControlPoint, pointsOf } from '../points.js';
import { accept, type Decision, type Refused, refuse } from '../refusal.js';
import { MAX_QUOTA } from '../schedule.js';
import { DEFAULT_SETTINGS } from '../settings.js';
import { type Check, fewEnough, firstOf, MAX_LONG, optionalText, reasonGiven, validDate } from './checks.js';

/** Most parts of one activity that are recorded one by one. */
const MAX_PROGRESS = 1_000;

type Target = { readonly activity: Activity; readonly points: readonly ControlPoint[] };

export function completeActivity(
  plan: ExistingPlan,
  command: PlanCommandOf<'completeActivity'>,
  given: Given,
): Decision {
  const target = onePoint(plan, command);
  if ('kind' in target) return target;
  const { activity, point } = target;
  const { actualOn, count, note } = command;
  const { schedule } = activity.timeframe;
  const refused = firstOf(
    activity.excluded
      ? refuse('ACTIVITY_EXCLUDED', 'activityId', { number: activity.number ?? activity.id })
      : undefined,
    point.evidence === 'RETURNED' ? refuse('REPORT_RETURNED', 'pointId') : undefined,
    activity.completions[point.id] || point.evidence === 'ACCEPTED'
      ? refuse('ALREADY_COMPLETED', 'pointId')
      : undefined,
    actualDate(plan, [point], actualOn, given),
    optionalText('note', note, MAX_LONG),
    schedule.kind === 'quota' && count === null
      ? refuse('COUNT_REQUIRED', 'count', { target: point.target })
      : undefined,
    count !== null && !(Number.isInteger(count) && count >= point.target)
      ? refuse('COUNT_BELOW_TARGET', 'count', { target: point.target })
      : undefined,
  );
  const data = { activityId: activity.id, pointId: point.id, actualOn, count, note, dueOn: point.dueOn };
  return refused ?? accept({ type: 'ActivityCompleted', data });
}

/** A part of the work, as it is done. What is not counted and no sub-item needs a word. */
export function recordProgress(plan: ExistingPlan, command: PlanCommandOf<'recordProgress'>, given: Given): Decision {
  const target = onePoint(plan, command);
  if ('kind' in target) return target;
  const { activity, point } = target;
  const { actualOn, count, subItem, expectedOn } = command;
  const note = command.note?.trim() || null;
  const isQuota = activity.timeframe.schedule.kind === 'quota';
  const refused = firstOf(
    activity.excluded
      ? refuse('ACTIVITY_EXCLUDED', 'activityId', { number: activity.number ?? activity.id })
      : undefined,
    point.evidence === 'ACCEPTED' ? refuse('ALREADY_ACCEPTED', 'pointId', { point: point.id }) : undefined,
    actualDate(plan, [point], actualOn, given),
    optionalText('note', note, MAX_LONG),
    isQuota && count === null ? refuse('COUNT_REQUIRED', 'count', { target: point.target }) : undefined,
    count !== null && !(Number.isInteger(count) && count >= 1 && count <= MAX_QUOTA)
      ? refuse('OUT_OF_BOUNDS', 'count', { min: 1, max: MAX_QUOTA })
      : undefined,
    subItem !== null && activity.subItems[subItem - 1] === undefined
      ? refuse('SUB_ITEM_NOT_FOUND', 'subItem', { count: activity.subItems.length })
      : undefined,
    validDate('expectedOn', expectedOn),
    expectedOn !== null && expectedOn < localDay(given.now, plan.details.timeZone)
      ? refuse('EXPECTED_DATE_PAST', 'expectedOn', { date: expectedOn })
      : undefined,
    count === null && subItem === null && note === null && expectedOn === null ? refuse('REQUIRED', 'note') : undefined,
    fewEnough('progress', activity.progress, MAX_PROGRESS),
  );
  if (refused) return refused;
  const progressId = `${activity.id}.p${activity.progress.length + 1}`;
  const data = { activityId: activity.id, progressId, pointId: point.id, actualOn, count, subItem, expectedOn, note };
  return accept({ type: 'ProgressRecorded', data });
}

export function withdrawCompletion(
  plan: ExistingPlan,
  command: PlanCommandOf<'withdrawCompletion'>,
  given: Given,
): Decision {
  const target = onePoint(plan, command);
  if ('kind' in target) return target;
  const { activity, point } = target;
  if (!activity.completions[point.id]) return refuse('NOT_COMPLETED', 'pointId');
  return (
    reasonGiven(given) ?? accept({ type: 'CompletionWithdrawn', data: { activityId: activity.id, pointId: point.id } })
  );
}

export function submitReport(plan: ExistingPlan, command: PlanCommandOf<'submitReport'>, given: Given): Decision {
  const target = targetOf(plan, command.activityId, command.pointIds, 'pointIds');
  if ('kind' in target) return target;
  const { activity, points } = target;
  const { actualOn, evidence, interim } = command;
  const text = command.text.trim();
  const refused = firstOf(
    activity.excluded
      ? refuse('ACTIVITY_EXCLUDED', 'activityId', { number: activity.number ?? activity.id })
      : undefined,
    text === '' && evidence.length === 0 ? refuse('EVIDENCE_REQUIRED', 'text') : undefined,
    optionalText('text', text, MAX_LONG),
    fewEnough('evidence', evidence, 50),
    ...evidence.map((link, index) => validLink(`evidence.${index}`, link)),
    actualDate(plan, points, actualOn, given),
    ...(interim ? [] : points.map((point) => reportable(activity, point))),
  );
  if (refused) return refused;
  return accept({
    type: 'ReportSubmitted',
    data: {
      activityId: activity.id,
      reportId: `${activity.id}.r${activity.reports.length + 1}`,
      points: points.map(({ id, dueOn }) => ({ pointId: id, dueOn })),
      text,
      evidence,
      actualOn,
      interim,
      late: plan.status === 'CLOSED',
      submittedBy: given.actor.id,
      submittedOn: localDay(given.now, plan.details.timeZone),
    },
  });
}

function validLink(field: string, link: EvidenceLink): Check {
  const address = URL.canParse(link.url) ? new URL(link.url).protocol : '';
  return firstOf(
    optionalText(`${field}.title`, link.title),
    optionalText(`${field}.url`, link.url, 2_000),
    ['http:', 'https:'].includes(address) ? undefined : refuse('INVALID_URL', `${field}.url`),
    link.sha256 === null || /^[0-9a-f]{64}$/.test(link.sha256) ? undefined : refuse('INVALID_URL', `${field}.sha256`),
  );
}

/** One final report at a time stands on a point, and none after it was accepted. */
function reportable(activity: Activity, point: ControlPoint): Check {
  const pending = activity.reports.find(
    (report) =>
      !report.interim && report.status === 'SUBMITTED' && report.points.some(({ pointId }) => pointId === point.id),
  );
  if (pending) return refuse('REPORT_PENDING', 'pointIds', { report: pending.id });
  return point.evidence === 'ACCEPTED' ? refuse('ALREADY_ACCEPTED', 'pointIds', { point: point.id }) : undefined;
}

/** Who reports is said by custom of the first named, until somebody confirms it. */
export function confirmAccountable(
  plan: ExistingPlan,
  { activityId, place }: PlanCommandOf<'confirmAccountable'>,
): Decision {
  const activity = plan.activities.get(activityId);
  if (!activity) return refuse('ACTIVITY_NOT_FOUND', 'activityId');
  const party = place === null ? undefined : activity.responsible.parties[place - 1];
  if (place !== null && !party) {
    return refuse('PARTY_NOT_FOUND', 'place', { count: activity.responsible.parties.length });
  }
  const accountable: ConfirmedAccountable = party ? { by: 'party', key: partyKey(party) } : { by: 'owner' };
  return JSON.stringify(accountable) === JSON.stringify(activity.accountable)
    ? refuse('NOTHING_CHANGES')
    : accept({ type: 'AccountableConfirmed', data: { activityId, accountable } });
}

/** By who submitted it, or an administrator for them. */
export function withdrawReport(plan: ExistingPlan, command: PlanCommandOf<'withdrawReport'>, given: Given): Decision {
  const report = openReport(plan, command.reportId);
  if ('kind' in report) return report;
  const mayStandFor = given.actor.role === 'administrator' || given.actor.role === 'system';
  if (!isSamePerson(report.submittedBy, given.actor) && !mayStandFor) return refuse('REPORT_OF_ANOTHER', 'reportId');
  return (
    reasonGiven(given) ??
    accept({ type: 'ReportWithdrawn', data: { activityId: activityIdOf(report.id), reportId: report.id } })
  );
}

export function acceptReport(plan: ExistingPlan, command: PlanCommandOf<'acceptReport'>, given: Given): Decision {
  const report = openReport(plan, command.reportId);
  if ('kind' in report) return report;
  const { accepterMayBeReporter } = plan.settings ?? DEFAULT_SETTINGS;
  if (isSamePerson(report.submittedBy, given.actor) && !accepterMayBeReporter) return refuse('ACCEPTER_IS_REPORTER');
  return accept({ type: 'ReportAccepted', data: { activityId: activityIdOf(report.id), reportId: report.id } });
}

export function returnReport(plan: ExistingPlan, command: PlanCommandOf<'returnReport'>, given: Given): Decision {
  const report = openReport(plan, command.reportId);
  if ('kind' in report) return report;
  return (
    reasonGiven(given) ??
    accept({ type: 'ReportReturned', data: { activityId: activityIdOf(report.id), reportId: report.id } })
  );
}

function openReport(plan: ExistingPlan, reportId: string): Report | Refused {
  const activity = plan.activities.get(activityIdOf(reportId));
  const report = activity?.reports.find(({ id }) => id === reportId);
  if (!report) return refuse('REPORT_NOT_FOUND', 'reportId');
  return report.status === 'SUBMITTED' ? report : refuse('REPORT_DECIDED', 'reportId', { status: report.status });
}

/** The one point a command is about. */
function onePoint(
  plan: ExistingPlan,
  { activityId, pointId }: { readonly activityId: string; readonly pointId: string | null },
): { readonly activity: Activity; readonly point: ControlPoint } | Refused {
  const target = targetOf(plan, activityId, pointId === null ? [] : [pointId], 'pointId');
  if ('kind' in target) return target;
  const [point] = target.points;
  return point ? { activity: target.activity, point } : refuse('POINT_NOT_FOUND', 'pointId');
}

/** The activity and the points a command is about; an activity with one point needs no name for it. */
function targetOf(
  plan: ExistingPlan,
  activityId: string,
  pointIds: readonly string[],
  field: string,
): Target | Refused {
  const activity = plan.activities.get(activityId);
  if (!activity) return refuse('ACTIVITY_NOT_FOUND', 'activityId');
  const all = pointsOf(plan, activity);
  if (pointIds.length === 0) {
    return all.length === 1
      ? { activity, points: all }
      : refuse('POINT_REQUIRED', field, {
          points: all
            .slice(0, 50)
            .map(({ id }) => id)
            .join(', '),
        });
  }
  const points = all.filter(({ id }) => pointIds.includes(id));
  return points.length === new Set(pointIds).size ? { activity, points } : refuse('POINT_NOT_FOUND', field);
}

/** Not after the local today, and not before the earlier of the plan's start and the point's window. */
function actualDate(plan: ExistingPlan, points: readonly ControlPoint[], actualOn: LocalDate, given: Given): Check {
  const { period, timeZone } = plan.details;
  const starts = points.map(({ window }) => window?.start).filter((start) => start !== undefined);
  const from = starts.reduce(earlier, period?.start ?? actualOn);
  return (
    validDate('actualOn', actualOn) ??
    (actualOn > localDay(given.now, timeZone)
      ? refuse('ACTUAL_DATE_IN_FUTURE', 'actualOn', { date: actualOn })
      : undefined) ??
    (actualOn < from ? refuse('ACTUAL_DATE_TOO_EARLY', 'actualOn', { date: actualOn, from }) : undefined)
  );
}
