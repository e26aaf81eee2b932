import { asLocalDay, type Instant, type LocalDate, localDay } from '../../dates.js';
import type { Activity, EvidenceLink, ReportedPoint } from '../../plan.js';
import type { ControlPoint } from '../../points.js';
import { accept, refuse } from '../../refusal.js';
import { EXECUTORS } from '../../roles.js';
import { MAX_LONG, MAX_TITLE } from '../../texts.js';
import type { PlanCapability } from '../capability.js';
import { type Check, fewEnough, firstOf, optionalLine, optionalText } from '../checks.js';
import { withActivity } from '../updates.js';
import { notExcluded, targetOf, validActualDate } from './targets.js';

/** Maximum number of links of evidence in one report. */
const MAX_EVIDENCE = 50;

interface SubmitReport {
  readonly activityId: string;
  /** May be empty if the activity has one point. */
  readonly pointIds: readonly string[];
  readonly text: string;
  readonly evidence: readonly EvidenceLink[];
  readonly actualOn: LocalDate;
  /** An interim report informs and never closes a point. */
  readonly interim: boolean;
}

interface ReportSubmitted {
  readonly activityId: string;
  readonly reportId: string;
  readonly points: readonly ReportedPoint[];
  readonly text: string;
  readonly evidence: readonly EvidenceLink[];
  readonly actualOn: LocalDate;
  readonly interim: boolean;
  /** True for a report on a plan that is closed already. */
  readonly late: boolean;
  /** Id of the actor. */
  readonly submittedBy: string;
  /** Local day of the report; in events of version 1 the instant when they were recorded. */
  readonly submittedOn: LocalDate | Instant;
}

/** Submits an execution report (отчёт об исполнении) on one or more control points of an activity. */
export const submitReport: PlanCapability<{ ReportSubmitted: ReportSubmitted }, { submitReport: SubmitReport }> = {
  events: {
    ReportSubmitted: {
      upcasters: [(data, recordedAt) => ({ ...data, submittedOn: recordedAt })],
      evolve(plan, { activityId, reportId, ...report }) {
        const submittedOn = asLocalDay(report.submittedOn, plan.details.timeZone);
        const submitted = { id: reportId, status: 'SUBMITTED', edition: plan.edition, ...report, submittedOn } as const;
        return withActivity(plan, activityId, (activity) => ({
          ...activity,
          reports: [...activity.reports, submitted],
        }));
      },
      sentence: (_, row) => [`Представлен отчёт: ${row}`, `Report submitted: ${row}`],
    },
  },
  commands: {
    submitReport: {
      givenBy: EXECUTORS,
      inStatus: ['APPROVED', 'CLOSED'],
      fitsActivity: ({ excluded, pointCount }) => !excluded && pointCount > 0,
      decide(plan, command, given) {
        const target = targetOf(plan, command.activityId, command.pointIds, 'pointIds');
        if ('kind' in target) return target;
        const { activity, points } = target;
        const { actualOn, evidence, interim } = command;
        const text = command.text.trim();
        const refused = firstOf(
          notExcluded(activity),
          text === '' && evidence.length === 0 ? refuse('EVIDENCE_REQUIRED', 'text') : undefined,
          optionalText('text', text, MAX_LONG),
          fewEnough('evidence', evidence, MAX_EVIDENCE),
          ...evidence.map((link, index) => validLink(`evidence.${index}`, link)),
          validActualDate(plan, points, actualOn, given),
          ...(interim ? [] : points.map((point) => withoutFinalReport(activity, point))),
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
      },
    },
  },
};

function validLink(field: string, link: EvidenceLink): Check {
  const protocol = URL.canParse(link.url) ? new URL(link.url).protocol : '';
  return firstOf(
    optionalLine(`${field}.title`, link.title),
    optionalLine(`${field}.url`, link.url, MAX_TITLE),
    ['http:', 'https:'].includes(protocol) ? undefined : refuse('INVALID_URL', `${field}.url`),
    link.sha256 === null || /^[0-9a-f]{64}$/.test(link.sha256) ? undefined : refuse('INVALID_URL', `${field}.sha256`),
  );
}

/** Refuses a final report on a point while another one waits for a decision, and after one was accepted. */
function withoutFinalReport(activity: Activity, point: ControlPoint): Check {
  const pending = activity.reports.find(
    (report) =>
      !report.interim && report.status === 'SUBMITTED' && report.points.some(({ pointId }) => pointId === point.id),
  );
  if (pending) return refuse('REPORT_PENDING', 'pointIds', { report: pending.id });
  return point.evidence === 'ACCEPTED' ? refuse('ALREADY_ACCEPTED', 'pointIds', { point: point.id }) : undefined;
}
