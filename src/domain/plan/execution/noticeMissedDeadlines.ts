import { dayText, type LocalDate, localDay } from '../../dates.js';
import { pointsOf } from '../../points.js';
import { accept, refuse } from '../../refusal.js';
import type { PlanCapability } from '../capability.js';
import type { PlanEventOf } from '../catalogue.js';
import { withActivity } from '../updates.js';

interface DeadlineMissed {
  readonly activityId: string;
  readonly pointId: string;
  readonly dueOn: LocalDate;
}

/**
 * Records each due day on which the work was not done, once for each point and due day. DeadlineMissed is for people:
 * no timing or indicator is computed from it.
 */
export const noticeMissedDeadlines: PlanCapability<
  { DeadlineMissed: DeadlineMissed },
  { noticeMissedDeadlines: Readonly<Record<never, never>> }
> = {
  events: {
    DeadlineMissed: {
      evolve: (plan, { activityId, pointId, dueOn }) =>
        withActivity(plan, activityId, (activity) => ({
          ...activity,
          missed: { ...activity.missed, [pointId]: [...(activity.missed[pointId] ?? []), dueOn] },
        })),
      sentence: ({ dueOn }, row) => [`Срок ${dayText(dueOn)} пропущен: ${row}`, `Deadline ${dueOn} missed: ${row}`],
    },
  },
  commands: {
    noticeMissedDeadlines: {
      givenBy: ['system'],
      inStatus: ['APPROVED'],
      decide(plan, _command, given) {
        const today = localDay(given.now, plan.details.timeZone);
        const events = [...plan.activities.values()].flatMap((activity) =>
          pointsOf(plan, activity).flatMap(({ id, noticeOn }): PlanEventOf<'DeadlineMissed'>[] =>
            noticeOn !== null && noticeOn < today
              ? [{ type: 'DeadlineMissed', data: { activityId: activity.id, pointId: id, dueOn: noticeOn } }]
              : [],
          ),
        );
        return events.length === 0 ? refuse('NOTHING_CHANGES') : accept(...events);
      },
    },
  },
};
