import { PLAN_EVENTS, type PlanEvent } from './catalogue.js';

/** What an event is about: one activity, or the plan and so possibly every activity of it. */
export type EventScope = { readonly activityId: string } | 'plan' | 'planAndActivities';

/** Returns the part of the plan that the event changes. Read models recompute only this part. */
export function scopeOf(event: PlanEvent): EventScope {
  if ('activityId' in event.data) return { activityId: event.data.activityId };
  return PLAN_EVENTS[event.type].changesActivities ? 'planAndActivities' : 'plan';
}
