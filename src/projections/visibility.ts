import type { ExistingPlan } from '../domain/plan.js';
import type { CollectionSpec } from '../readstore/port.js';

/** The fields by which it is decided who sees a document of a plan. */
export const VISIBILITY = { organisationId: 'text', published: 'boolean' } as const satisfies CollectionSpec['fields'];

/** Their values: the organisation that keeps the plan (empty: none), and whether the plan is in force, or was to its end. */
export function visibilityOf({ details, status }: Pick<ExistingPlan, 'details' | 'status'>) {
  return { organisationId: details.organisationId ?? '', published: status === 'APPROVED' || status === 'CLOSED' };
}
