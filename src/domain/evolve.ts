import type { PlacedStamp, Stamp } from './approval.js';
import { asLocalDay } from './dates.js';
import { Entries } from './entries.js';
import type { PlanEvent, PlanEventData } from './events.js';
import { ImpossibleEvent } from './impossible.js';
import { type Activity, type ExistingPlan, NO_PLAN, type Plan, type Report, type RescheduleRequest } from './plan.js';

/**
 * The plan after an event. Accepts whatever `decide` produced; anything else is a fault.
 *
 * @throws ImpossibleEvent when the event does not fit the plan.
 */
export function evolve(plan: Plan, event: PlanEvent): ExistingPlan {
  if (plan.status === 'ABSENT') {
    if (event.type !== 'PlanDrafted') throw new ImpossibleEvent(`${event.type} before PlanDrafted`);
    return drafted(event.data);
  }
  const after =
    plan.presence === 'ABANDONED' && event.type === 'PlanDrafted'
      ? drafted(event.data)
      : noted(plan, applied(plan, event), event);
  return { ...after, eventCount: plan.eventCount + 1 };
}

/** The fold of a whole history. */
export function replay(events: Iterable<PlanEvent>, from: Plan = NO_PLAN): Plan {
  let plan = from;
  for (const event of events) plan = evolve(plan, event);
  return plan;
}

function drafted({ stamps, importing, settings, copiedFrom, ...details }: PlanEventData['PlanDrafted']): ExistingPlan {
  return {
    presence: importing === null ? 'WHOLE' : 'IMPORTING',
    importing,
    status: 'DRAFT',
    details,
    sections: new Map(),
    activities: Entries.of([]),
    lastSection: 0,
    lastActivity: 0,
    stamps: stamps.map((stamp) => placed(stamp, 'PRINTED')),
    route: [],
    agreedSteps: [],
    remarks: null,
    edition: 0,
    amendments: [],
    periodReports: [],
    copiedFrom,
    settings,
    underControlFrom: null,
    noticesFrom: null,
    imported: null,
    outcomes: {},
    eventCount: 1,
  };
}

function applied(plan: ExistingPlan, event: PlanEvent): ExistingPlan {
  switch (event.type) {
    case 'PlanDrafted':
      throw new ImpossibleEvent('PlanDrafted on a plan that exists');
    case 'PlanImported': {
      const { fileName, sha256, reader, irregularities } = event.data;
      return {
        ...plan,
        presence: 'WHOLE',
        importing: null,
        imported: { fileName, sha256, reader, irregularities },
      };
    }
    case 'PlanImportAbandoned':
      return { ...plan, presence: 'ABANDONED', importing: null };
    case 'PlanDetailsChanged':
      return { ...plan, details: { ...plan.details, ...event.data } };
    case 'PlanAssigned': {
      const { settings, ...kept } = event.data;
      return { ...plan, settings, details: { ...plan.details, ...kept } };
    }

    case 'SectionAdded': {
      const { sectionId, ...section } = event.data;
      return {
        ...plan,
        sections: withEntry(plan.sections, sectionId, { id: sectionId, ...section }),
        lastSection: plan.lastSection + 1,
      };
    }
    case 'SectionChanged': {
      const { sectionId, ...changed } = event.data;
      const section = plan.sections.get(sectionId);
      if (!section) throw new ImpossibleEvent(`no section ${sectionId}`);
      return { ...plan, sections: withEntry(plan.sections, sectionId, { ...section, ...changed }) };
    }
    case 'SectionRemoved':
      return { ...plan, sections: withoutEntry(plan.sections, event.data.sectionId) };

    case 'ActivityPlanned':
      return planned(plan, event.data);
    case 'ActivityReworded': {
      const { activityId, ...wording } = event.data;
      return withActivity(plan, activityId, (activity) => ({
        ...activity,
        ...wording,
        irregularities: activity.irregularities.filter(({ field }) => field === 'responsible'),
      }));
    }
    case 'ActivityRescheduled': {
      const { activityId, timeframe, requestId } = event.data;
      const approved = plan.status === 'APPROVED';
      return withActivity(plan, activityId, (activity) => ({
        ...activity,
        timeframe,
        irregularities: activity.irregularities.filter(({ field }) => field !== 'timeframe'),
        requests: withRequestStatus(activity, requestId, 'GRANTED'),
        approvedSchedules: approved ? [...activity.approvedSchedules, timeframe.schedule] : activity.approvedSchedules,
      }));
    }
    case 'ActivityReassigned': {
      const { activityId, responsible } = event.data;
      return withActivity(plan, activityId, (activity) => ({
        ...activity,
        responsible,
        // Whoever was confirmed may be none of them any more.
        accountable: null,
        irregularities: activity.irregularities.filter(({ field }) => field !== 'responsible'),
      }));
    }
    case 'ActivityMoved': {
      const { activityId, ...place } = event.data;
      return withActivity(plan, activityId, (activity) => ({ ...activity, ...place }));
    }
    case 'ActivityRemoved':
      return { ...plan, activities: plan.activities.without(event.data.activityId) };
    case 'ActivityExcluded':
      return withActivity(plan, event.data.activityId, (activity) => ({ ...activity, excluded: true }));

    case 'PlanSubmitted':
      return { ...plan, status: 'ON_AGREEMENT', route: event.data.route, agreedSteps: [], remarks: null };
    case 'PlanAgreed': {
      const agreedSteps = [...plan.agreedSteps, event.data.step];
      return {
        ...plan,
        status: agreedSteps.length === plan.route.length ? 'AGREED' : 'ON_AGREEMENT',
        agreedSteps,
        stamps: [...plan.stamps, placed(event.data.stamp, 'GIVEN')],
      };
    }
    case 'PlanReturned':
      return {
        ...plan,
        status: 'DRAFT',
        agreedSteps: [],
        stamps: plan.stamps.filter(({ state }) => state !== 'GIVEN'),
        remarks: event.data.remarks,
      };
    case 'PlanApproved': {
      const { stamp, settings, underControlFrom, noticesFrom } = event.data;
      const stamps = [...plan.stamps, placed(stamp, 'GIVEN')];
      return { ...approved(plan), stamps, settings, underControlFrom, noticesFrom };
    }
    case 'PrintedApprovalConfirmed': {
      const { date, settings, underControlFrom, noticesFrom } = event.data;
      const stamps = plan.stamps.map((stamp) =>
        stamp.kind === 'approve'
          ? { ...stamp, state: 'CONFIRMED' as const, date: stamp.date ?? date }
          : { ...stamp, state: 'CONFIRMED' as const },
      );
      return { ...approved(plan), stamps, settings, underControlFrom, noticesFrom };
    }
    case 'PlanAmended': {
      const amendedOn = asLocalDay(event.data.amendedOn, plan.details.timeZone);
      return {
        ...plan,
        edition: event.data.edition,
        amendments: [...plan.amendments, { ...event.data, amendedOn, rows: [] }],
      };
    }
    case 'PlanClosed':
      return {
        ...plan,
        status: 'CLOSED',
        outcomes: Object.fromEntries(event.data.outcomes.map((outcome) => [outcome.pointId, outcome])),
      };

    case 'ActivityCompleted': {
      const { activityId, pointId, ...completion } = event.data;
      return withActivity(plan, activityId, (activity) => ({
        ...activity,
        completions: { ...activity.completions, [pointId]: completion },
      }));
    }
    case 'ProgressRecorded': {
      const { activityId, progressId, ...progress } = event.data;
      return withActivity(plan, activityId, (activity) => ({
        ...activity,
        progress: [...activity.progress, { id: progressId, ...progress }],
      }));
    }
    case 'CompletionWithdrawn': {
      const { activityId, pointId } = event.data;
      return withActivity(plan, activityId, (activity) => ({
        ...activity,
        completions: Object.fromEntries(Object.entries(activity.completions).filter(([id]) => id !== pointId)),
      }));
    }
    case 'ReportSubmitted': {
      const { activityId, reportId, ...report } = event.data;
      const submittedOn = asLocalDay(report.submittedOn, plan.details.timeZone);
      const own = { id: reportId, status: 'SUBMITTED', edition: plan.edition, ...report, submittedOn } as const;
      return withActivity(plan, activityId, (activity) => ({ ...activity, reports: [...activity.reports, own] }));
    }
    case 'WordingResolved': {
      const { activityId, schedule } = event.data;
      return withActivity(plan, activityId, (activity) => ({
        ...activity,
        timeframe: {
          ...activity.timeframe,
          schedule,
          confidence: 'certain',
          alternatives: [],
          flags: [],
          rules: 'stated',
        },
        irregularities: activity.irregularities.filter(({ field }) => field !== 'timeframe'),
      }));
    }
    case 'AccountableConfirmed': {
      const { activityId, accountable } = event.data;
      return withActivity(plan, activityId, (activity) => ({ ...activity, accountable }));
    }
    case 'PlanCopied':
      return plan;
    case 'PeriodReportIssued':
      return { ...plan, periodReports: [...plan.periodReports, event.data] };
    case 'PlanWithdrawn':
      return { ...plan, status: 'WITHDRAWN' };
    case 'PlanCancelled':
      return { ...plan, status: 'CANCELLED' };
    case 'RescheduleRequested': {
      const { activityId, requestId, ...request } = event.data;
      return withActivity(plan, activityId, (activity) => ({
        ...activity,
        requests: [...activity.requests, { id: requestId, status: 'OPEN', ...request }],
      }));
    }
    case 'RescheduleRefused': {
      const { activityId, requestId } = event.data;
      return withActivity(plan, activityId, (activity) => ({
        ...activity,
        requests: withRequestStatus(activity, requestId, 'REFUSED'),
      }));
    }
    case 'ReportWithdrawn':
      return withReportStatus(plan, event.data, 'WITHDRAWN');
    case 'ReportAccepted':
      return withReportStatus(plan, event.data, 'ACCEPTED');
    case 'ReportReturned':
      return withReportStatus(plan, event.data, 'RETURNED');
    case 'DeadlineMissed': {
      const { activityId, pointId, dueOn } = event.data;
      return withActivity(plan, activityId, (activity) => ({
        ...activity,
        missed: { ...activity.missed, [pointId]: [...(activity.missed[pointId] ?? []), dueOn] },
      }));
    }
  }
}

/** After approval a change of content belongs to the amendment before it, with the row as it was and as it is. */
function noted(before: ExistingPlan, after: ExistingPlan, event: PlanEvent): ExistingPlan {
  const amendment = after.amendments.at(-1);
  if (after.status !== 'APPROVED' || !amendment) return after;
  switch (event.type) {
    case 'ActivityPlanned':
    case 'ActivityReworded':
    case 'ActivityRescheduled':
    case 'ActivityReassigned':
    case 'ActivityMoved':
    case 'ActivityExcluded': {
      const { activityId } = event.data;
      const row = after.activities.get(activityId);
      if (!row) return after;
      const rows = [
        ...amendment.rows,
        { event: event.type, before: before.activities.get(activityId) ?? null, after: row },
      ];
      return { ...after, amendments: [...after.amendments.slice(0, -1), { ...amendment, rows }] };
    }
    default:
      return after;
  }
}

function placed(stamp: Stamp, state: PlacedStamp['state']): PlacedStamp {
  return { ...stamp, state };
}

function planned(plan: ExistingPlan, data: PlanEventData['ActivityPlanned']): ExistingPlan {
  const { activityId, ...content } = data;
  const activity: Activity = {
    id: activityId,
    ...content,
    excluded: false,
    approvedSchedules: plan.status === 'APPROVED' ? [content.timeframe.schedule] : [],
    completions: {},
    missed: {},
    reports: [],
    requests: [],
    progress: [],
    accountable: null,
  };
  return {
    ...plan,
    activities: plan.activities.with(activityId, activity),
    lastActivity: plan.lastActivity + 1,
  };
}

function approved(plan: ExistingPlan): ExistingPlan {
  const activities = Entries.of(
    [...plan.activities].map(([id, activity]): [string, Activity] => [
      id,
      { ...activity, approvedSchedules: [activity.timeframe.schedule] },
    ]),
  );
  return { ...plan, status: 'APPROVED', edition: 1, activities };
}

function withReportStatus(
  plan: ExistingPlan,
  { activityId, reportId }: { readonly activityId: string; readonly reportId: string },
  status: Report['status'],
): ExistingPlan {
  return withActivity(plan, activityId, (activity) => ({
    ...activity,
    reports: activity.reports.map((report) => (report.id === reportId ? { ...report, status } : report)),
  }));
}

function withRequestStatus({ requests }: Activity, requestId: string | null, status: RescheduleRequest['status']) {
  if (requestId === null) return requests;
  return requests.map((request) => (request.id === requestId ? { ...request, status } : request));
}

function withActivity(plan: ExistingPlan, id: string, change: (activity: Activity) => Activity): ExistingPlan {
  const activity = plan.activities.get(id);
  if (!activity) throw new ImpossibleEvent(`no activity ${id}`);
  return { ...plan, activities: plan.activities.with(id, change(activity)) };
}

function withEntry<V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> {
  return new Map(map).set(key, value);
}

function withoutEntry<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
