import type { PlacedStamp, Stamp } from './approval.js';
import type { PlanEvent, PlanEventData } from './events.js';
import { type Activity, type ExistingPlan, NO_PLAN, type Plan, type Report, type RescheduleRequest } from './plan.js';

/** An event that cannot follow what came before it: the chronicle is damaged or the code is wrong. */
export class ImpossibleEvent extends Error {
  override readonly name = 'ImpossibleEvent';
}

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
    plan.presence === 'ABANDONED' && event.type === 'PlanDrafted' ? drafted(event.data) : applied(plan, event);
  return { ...after, eventCount: plan.eventCount + 1 };
}

/** The fold of a whole history. */
export function replay(events: Iterable<PlanEvent>, from: Plan = NO_PLAN): Plan {
  let plan = from;
  for (const event of events) plan = evolve(plan, event);
  return plan;
}

function drafted({ stamps, importing, ...details }: PlanEventData['PlanDrafted']): ExistingPlan {
  return {
    presence: importing === null ? 'WHOLE' : 'IMPORTING',
    importing,
    status: 'DRAFT',
    details,
    sections: new Map(),
    activities: new Map(),
    lastSection: 0,
    lastActivity: 0,
    stamps: stamps.map((stamp) => placed(stamp, 'PRINTED')),
    route: [],
    agreedSteps: 0,
    remarks: null,
    edition: 0,
    settings: null,
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
        requests: withRequestStatus(activity, requestId, 'GRANTED'),
        approvedSchedules: approved ? [...activity.approvedSchedules, timeframe.schedule] : activity.approvedSchedules,
      }));
    }
    case 'ActivityReassigned': {
      const { activityId, responsible } = event.data;
      return withActivity(plan, activityId, (activity) => ({
        ...activity,
        responsible,
        irregularities: activity.irregularities.filter(({ field }) => field !== 'responsible'),
      }));
    }
    case 'ActivityMoved': {
      const { activityId, ...place } = event.data;
      return withActivity(plan, activityId, (activity) => ({ ...activity, ...place }));
    }
    case 'ActivityRemoved':
      return { ...plan, activities: withoutEntry(plan.activities, event.data.activityId) };
    case 'ActivityExcluded':
      return withActivity(plan, event.data.activityId, (activity) => ({ ...activity, excluded: true }));

    case 'PlanSubmitted':
      return { ...plan, status: 'ON_AGREEMENT', route: event.data.route, agreedSteps: 0, remarks: null };
    case 'PlanAgreed': {
      const agreedSteps = event.data.step;
      return {
        ...plan,
        status: agreedSteps === plan.route.length ? 'AGREED' : 'ON_AGREEMENT',
        agreedSteps,
        stamps: [...plan.stamps, placed(event.data.stamp, 'GIVEN')],
      };
    }
    case 'PlanReturned':
      return {
        ...plan,
        status: 'DRAFT',
        agreedSteps: 0,
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
    case 'PlanAmended':
      return { ...plan, edition: event.data.edition };
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
      return withActivity(plan, activityId, (activity) => ({
        ...activity,
        reports: [...activity.reports, { id: reportId, status: 'SUBMITTED', ...report }],
      }));
    }
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
  };
  return {
    ...plan,
    activities: withEntry(plan.activities, activityId, activity),
    lastActivity: plan.lastActivity + 1,
  };
}

function approved(plan: ExistingPlan): ExistingPlan {
  const activities = new Map(
    [...plan.activities].map(([id, activity]) => [
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
  return { ...plan, activities: withEntry(plan.activities, id, change(activity)) };
}

function withEntry<V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> {
  return new Map(map).set(key, value);
}

function withoutEntry<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
