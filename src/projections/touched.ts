import { scopeOf } from '../domain/plan/scope.js';
import type { AnyChange, Change } from './model.js';

/** Returns the plan, the activity and the organisation that an event is about; null for each that it is not about. */
export function subjectOf(change: AnyChange): {
  readonly planId: string | null;
  /** The organisation of the event, or of its plan. */
  readonly organisationId: string | null;
  readonly activityId: string | null;
} {
  if (change.of === 'plain' || change.of === 'holder') return { planId: null, organisationId: null, activityId: null };
  if (change.of === 'organisation') return { planId: null, organisationId: change.organisationId, activityId: null };
  const scope = scopeOf(change.recorded.event);
  return {
    planId: change.planId,
    organisationId: change.after.details.organisationId,
    activityId: typeof scope === 'string' ? null : scope.activityId,
  };
}

/** Returns the ids of the activities whose rows an event touches. */
export function touchedActivities({ after, recorded }: Change): string[] {
  const scope = scopeOf(recorded.event);
  if (scope === 'plan') return [];
  return scope === 'planAndActivities' ? [...after.activities.keys()] : [scope.activityId];
}
