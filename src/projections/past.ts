import type { StoredEvent } from '../engine/eventstore/port.js';
import { Batch } from '../engine/projections/batch.js';
import { foldAlone } from '../engine/projections/folds.js';
import type { ReadStore } from '../engine/readstore/port.js';
import { activities } from './activities.js';
import { auditTrail } from './auditTrail.js';
import { controlPoints } from './controlPoints.js';
import { editions } from './editions.js';
import { monitoring } from './monitoring.js';
import { parties } from './parties.js';
import { plans } from './plans.js';
import { PROJECTIONS } from './readModels.js';

/** The read models that queries on one plan read. */
const OF_A_PLAN = [plans, activities, controlPoints, monitoring, editions, parties, auditTrail].map(({ spec }) => spec);

/**
 * Fills an empty store with the read models of one plan, from the plan's events up to a point in the past.
 *
 * @throws Error when a view fails: a past state has no quarantine.
 */
export async function fillWithPast(store: ReadStore, past: readonly StoredEvent[]): Promise<void> {
  await store.prepare(OF_A_PLAN);
  const targets = PROJECTIONS.filter(({ spec }) => OF_A_PLAN.includes(spec));
  const batch = new Batch(targets.map((projection) => ({ projection, spec: projection.spec })));
  await batch.fold(past, foldAlone(), () => false);
  for (const { failures } of await batch.write(store)) {
    for (const { model, message } of failures)
      throw new Error(`the past state of ${model} cannot be computed: ${message}`);
  }
}
