import type { PlanEvent } from '../../domain/plan/catalogue.js';
import { changesActivity } from '../../domain/plan/scope.js';
import type { Activity, ExistingPlan } from '../../domain/plan.js';
import type { Recorded } from '../../domain/recorded.js';
import { activityBody } from '../../projections/activities.js';
import type { PlanBody } from '../../projections/plans.js';
import type { Context } from '../context.js';
import { ActivityType, reportType, requestType } from '../types/activity.js';
import { periodReportType } from '../types/periodReport.js';
import { PlanType, SectionType } from '../types/plan.js';
import type {
  MutationPayload,
  PeriodReportPayload,
  ReportPayload,
  RequestPayload,
  RowsPayload,
  SectionPayload,
} from './payloads.js';

/** The payload of a command on a plan, with the fields of every mutation of plans. */
export type PlanPayload = ReportPayload & RequestPayload & RowsPayload & SectionPayload & PeriodReportPayload;

/** The parts of a plan that a command has created or changed. */
type ChangedParts = Omit<PlanPayload, keyof MutationPayload>;

/** The result for a command that created and changed nothing in a plan. */
export const NO_CHANGED_PARTS: ChangedParts = {
  plan: null,
  section: null,
  activity: null,
  activities: [],
  report: null,
  request: null,
  periodReport: null,
};

/** The events of a command on a plan, and the plan after these events and the `later` ones. */
interface ExecutedOnPlan {
  readonly planId: string;
  readonly plan: ExistingPlan;
  readonly body: PlanBody;
  readonly events: readonly Recorded<PlanEvent>[];
  readonly later: readonly Recorded<PlanEvent>[];
}

/**
 * Returns the parts of a plan that the events of a command have created or changed, as they are in the state of the
 * plan.
 */
export function changedParts(context: Context, { planId, plan, body, events, later }: ExecutedOnPlan): ChangedParts {
  const all = events.map(({ event }) => event.data);
  const activityIds = all.flatMap((data) => ('activityId' in data ? [data.activityId] : []));
  const sectionId = all.flatMap((data) => ('sectionId' in data ? [data.sectionId] : [])).at(-1);
  const reportId = all.flatMap((data) => ('reportId' in data ? [data.reportId] : [])).at(-1);
  const requestId = all.flatMap((data) => ('requestId' in data ? [data.requestId] : [])).at(-1);
  const typeOf = (activity: Activity) => {
    const last = [...events, ...later].findLast(({ event }) => changesActivity(event, activity.id));
    return new ActivityType(context, activityBody(planId, plan, activity, last?.recordedAt ?? body.updatedAt));
  };
  const activity = plan.activities.get(activityIds.at(-1) ?? '');
  const section = body.sections.find(({ id }) => id === sectionId);
  const report = activity?.reports.find(({ id }) => id === reportId);
  const request = activity?.requests.find(({ id }) => id === requestId);
  const periodReport = plan.periodReports.find((each) => each.reportId === reportId);
  return {
    plan: new PlanType(context, body),
    section: section ? new SectionType(context, planId, section) : null,
    activity: activity ? typeOf(activity) : null,
    // A getter, because few mutations select them and an import has thousands.
    get activities() {
      return [...new Set(activityIds)].flatMap((id) => plan.activities.get(id) ?? []).map(typeOf);
    },
    report: report ? reportType(context, planId, report) : null,
    request: request ? requestType(context, planId, request) : null,
    periodReport: periodReport ? periodReportType(context, planId, periodReport) : null,
  };
}
