import { scopeOf } from '../domain/events.js';
import type { Change } from './model.js';

/** The activities whose documents an event touches. */
export function touchedActivities({ after, recorded }: Change): string[] {
  const scope = scopeOf(recorded.event);
  if (scope === 'plan') return [];
  return scope === 'planAndActivities' ? [...after.activities.keys()] : [scope.activityId];
}
