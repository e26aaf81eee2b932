import { PLAN_EVENTS, type PlanEvent } from './catalogue.js';

/**
 * The part of a plan that an event changes: one activity, the plan without activities, or the plan with all activities.
 */
export type EventScope = { readonly activityId: string } | 'plan' | 'planAndActivities';

/** Returns true if an event changes an activity that the plan has after it. */
export function changesActivity(event: PlanEvent, activityId: string): boolean {
  const scope = scopeOf(event);
  return typeof scope === 'string' ? scope === 'planAndActivities' : scope.activityId === activityId;
}

/** Returns the part of the plan that the event changes. Read models recompute only this part. */
export function scopeOf(event: PlanEvent): EventScope {
  if ('activityId' in event.data) return { activityId: event.data.activityId };
  return PLAN_EVENTS[event.type].changesActivities ? 'planAndActivities' : 'plan';
}
