import type { ExistingPlan } from '../domain/plan.js';
import type { CollectionSpec } from '../engine/readstore/port.js';

/** The indexed fields that decide who may see a row of a plan. */
export const VISIBILITY = { organisationId: 'text', published: 'boolean' } as const satisfies CollectionSpec['fields'];

/**
 * Returns the values of {@link VISIBILITY}: the organisation that keeps the plan (empty for none), and whether the plan
 * is approved or closed.
 */
export function visibilityOf({ details, status }: Pick<ExistingPlan, 'details' | 'status'>) {
  return { organisationId: details.organisationId ?? '', published: status === 'APPROVED' || status === 'CLOSED' };
}
