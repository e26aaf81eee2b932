import type { Activity, ExistingPlan } from '../plan.js';
import { type Refused, refuse } from '../refusal.js';

/** Returns an activity that can be changed: it exists and is not excluded. Otherwise returns a refusal. */
export function changeableActivity(plan: ExistingPlan, activityId: string): Activity | Refused {
  const activity = plan.activities.get(activityId);
  if (!activity) return refuse('ACTIVITY_NOT_FOUND', 'activityId');
  return activity.excluded
    ? refuse('ACTIVITY_EXCLUDED', 'activityId', { number: activity.number ?? activity.id })
    : activity;
}

/** Returns true for an activity that can be changed. */
export function isChangeable({ excluded }: Pick<Activity, 'excluded'>): boolean {
  return !excluded;
}
