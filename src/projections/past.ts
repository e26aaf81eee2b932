import type { StoredEvent } from '../engine/eventstore/port.js';
import type { ReadStore } from '../engine/readstore/port.js';
import { activities } from './activities.js';
import { auditTrail } from './auditTrail.js';
import { controlPointModel } from './controlPoints.js';
import { editions } from './editions.js';
import { monitoring } from './monitoring.js';
import { parties } from './parties.js';
import { plans } from './plans.js';
import { READ_MODELS } from './readModels.js';

/** The read models that queries on one plan read. */
const PLAN_READ_MODELS = [plans, activities, controlPointModel, monitoring, editions, parties, auditTrail].map(
  ({ spec }) => spec,
);

/**
 * Fills an empty store with the read models of one plan, from the plan's events up to a point in the past.
 *
 * @throws Error when a view fails: a past state has no quarantine.
 */
export async function fillWithPast(store: ReadStore, past: readonly StoredEvent[]): Promise<void> {
  await store.prepare(PLAN_READ_MODELS);
  const batch = READ_MODELS.fromBeginning().batch(PLAN_READ_MODELS);
  await batch.fold(past);
  for (const { failures } of await batch.write(store)) {
    for (const { model, message } of failures)
      throw new Error(`the past state of ${model} cannot be computed: ${message}`);
  }
}
