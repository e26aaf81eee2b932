import { randomUUID } from 'node:crypto';
import type { Principal } from '../access/principal.js';
import type { Plan } from '../domain/plan.js';
import { derivedId } from '../engine/eventstore/envelope.js';
import type { EventStore } from '../engine/eventstore/port.js';
import { bodyOf } from '../engine/projections/readModel.js';
import type { ProjectionRunner } from '../engine/projections/runner.js';
import type { ReadStore } from '../engine/readstore/port.js';
import { begunByKey, plans } from '../projections/plans.js';
import { newPlanId } from './commands.js';

/** What is needed to find existing plans. */
export interface PlanSources {
  readonly load: (planId: string) => Promise<Plan>;
  readonly events: Pick<EventStore, 'head'>;
  readonly store: ReadStore;
  readonly runner: Pick<ProjectionRunner, 'live' | 'waitFor'>;
}

/** Time in which the read models may catch up with earlier commands, in milliseconds. */
export const PLANS_SHOWN_MS = 5_000;

/** A command that begins a plan, and may name an external id. */
export interface NewPlanRequest {
  readonly principal: Principal;
  /** The id that the caller has chosen; null for none. */
  readonly commandId: string | null;
  readonly externalId: string | null;
  readonly organisationId: string | null;
}

/** The plan and the commandId of a command that may name an external id. */
export interface KeyedTarget {
  readonly planId: string;
  readonly commandId: string;
  /** The external id of the command; null for none. */
  readonly externalId: string | null;
}

/** Returns the target of a command that begins a plan. A repeat of the command gets the same plan. */
export async function newPlanTarget(
  sources: PlanSources,
  { principal, commandId, externalId, organisationId }: NewPlanRequest,
): Promise<KeyedTarget> {
  if (externalId === null) {
    const chosen = commandId ?? randomUUID();
    return { planId: newPlanId(principal, chosen), commandId: chosen, externalId };
  }
  const planId = await keyedPlanId(organisationId, externalId, sources.load);
  if (commandId === null) return { planId, commandId: planCommandId(planId), externalId };
  // If the commandId began another plan, that plan is the target and refuses the command.
  const begun = await planBegunBy(sources, principal, commandId);
  return { planId: begun ?? planId, commandId, externalId };
}

/**
 * Returns the id of the plan that an organisation knows by an external id, whether it exists or is still to be begun.
 * All commands that begin a plan with this external id go to one stream, so only one of them can begin it. A plan that
 * was moved to another organisation has lost its external id and is skipped, as is an abandoned import.
 *
 * @param load loads a plan by its id.
 */
export async function keyedPlanId(
  organisationId: string | null,
  externalId: string,
  load: (planId: string) => Promise<Plan>,
): Promise<string> {
  for (let copy = 1; ; copy += 1) {
    const planId = derivedId(`external/${organisationId ?? ''}/${copy}/${externalId}`);
    const plan = await load(planId);
    if (plan.status === 'ABSENT') return planId;
    const { details, presence } = plan;
    const isKnown = details.organisationId === organisationId && details.externalId === externalId;
    if (isKnown && presence !== 'ABANDONED') return planId;
  }
}

/**
 * Returns the commandId for a command that begins a plan with an external id and has no commandId. A repeat gets the
 * same one.
 */
function planCommandId(planId: string): string {
  return `external:${derivedId(`external plan/${planId}`)}`;
}

/**
 * Returns the commandId for a command that adds an activity or section with an external id and has no commandId. A
 * repeat gets the same one.
 *
 * @param freed how often an activity or section with this external id was removed from the plan.
 */
export function partCommandId(kind: 'activity' | 'section', planId: string, externalId: string, freed: number): string {
  return `external:${derivedId(`external ${kind}/${planId}/${freed}/${externalId}`)}`;
}

/** Returns the id of the plan that a command of this principal began, undefined until the read models show the plan. */
export async function planBegunBy(
  { events, store, runner }: Omit<PlanSources, 'load'>,
  principal: Principal,
  commandId: string,
): Promise<string | undefined> {
  const value = begunByKey(principal.id, commandId);
  await runner.waitFor(await events.head(), PLANS_SHOWN_MS);
  const page = { filter: [{ field: 'begunBy', op: 'eq', value }], order: [], limit: 1 } as const;
  const { documents } = await store.find(runner.live(plans.spec), page);
  return documents.map((document) => bodyOf(plans, document).planId)[0];
}
