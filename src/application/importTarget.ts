import { isWithin, type Principal } from '../access/principal.js';
import { normalName } from '../domain/parties.js';
import type { NamedPerson } from '../domain/personal.js';
import type { ImportedPlan } from '../domain/plan/importedPlan.js';
import { type Plan, type PlanStatus, visible } from '../domain/plan.js';
import { type Refusal, refuse } from '../domain/refusal.js';
import type { EventStore } from '../engine/eventstore/port.js';
import { bodyOf } from '../engine/projections/readModel.js';
import type { ProjectionRunner } from '../engine/projections/runner.js';
import { documentPages } from '../engine/readstore/pages.js';
import type { ReadStore } from '../engine/readstore/port.js';
import { plans } from '../projections/plans.js';
import { newPlanId } from './commands.js';
import { type ImportIdRequest, importIdFor } from './importing.js';

/** A document that is to be imported. */
export interface ImportTargetRequest extends ImportIdRequest {
  readonly plan: ImportedPlan<NamedPerson>;
  /** Id of the plan whose export the document is, as its file says. */
  readonly exportedFrom: string | null;
  /** The command that expressly makes a second plan; null to refuse where there is one already. */
  readonly second: { readonly principal: Principal; readonly commandId: string } | null;
}

/** The plan that a document becomes, or the plan that is there already and the refusal. */
export type ImportTarget =
  | { readonly kind: 'plan'; readonly planId: string }
  | { readonly kind: 'refused'; readonly planId: string; readonly refusal: Refusal };

/** What is needed to find existing plans. */
export interface ImportSources {
  readonly load: (planId: string) => Promise<Plan>;
  readonly events: Pick<EventStore, 'head'>;
  readonly store: ReadStore;
  readonly runner: Pick<ProjectionRunner, 'live' | 'waitFor'>;
}

/** Time in which the read models may catch up with earlier imports, in milliseconds. */
const IMPORTS_SHOWN_MS = 5_000;
/** Plans that nobody follows any more: another one of that title may take their place. */
const ENDED: readonly PlanStatus[] = ['WITHDRAWN', 'CANCELLED'];

/**
 * Returns the id of the plan that an import of a document creates. Refuses a document that was exported from a plan
 * that the caller sees, and one whose title and period another plan of the organisation has. For a document that was
 * imported before, returns the id of its plan, so that the command is refused.
 */
export async function importTargetOf(sources: ImportSources, request: ImportTargetRequest): Promise<ImportTarget> {
  const { second, exportedFrom, scope } = request;
  if (second) return { kind: 'plan', planId: newPlanId(second.principal, second.commandId) };
  const planId = await importIdFor(request, sources.load);
  if ((await sources.load(planId)).status !== 'ABSENT') return { kind: 'plan', planId };
  if (exportedFrom !== null) {
    const exported = visible(await sources.load(exportedFrom));
    if (exported && isWithin(scope, exported.details.organisationId)) {
      return { kind: 'refused', planId: exportedFrom, refusal: refuse('EXPORT_OF_PLAN').refusal };
    }
  }
  const same = await sameInOrganisation(sources, request);
  if (same === undefined) return { kind: 'plan', planId };
  return { kind: 'refused', planId: same, refusal: refuse('PLAN_OF_SAME_TITLE').refusal };
}

async function sameInOrganisation(
  { events, store, runner }: ImportSources,
  { plan, organisationId, scope }: ImportTargetRequest,
): Promise<string | undefined> {
  if (organisationId === null || !isWithin(scope, organisationId)) return undefined;
  await runner.waitFor(await events.head(), IMPORTS_SHOWN_MS);
  const title = normalName(plan.title);
  const page = {
    filter: [
      { field: 'organisationId', op: 'eq', value: organisationId },
      { field: 'periodStart', op: 'eq', value: plan.period?.start ?? '' },
      { field: 'periodEnd', op: 'eq', value: plan.period?.end ?? '' },
    ],
    order: [{ field: 'title', direction: 'asc' }],
    limit: 200,
  } as const;
  for await (const { documents } of documentPages(store, runner.live(plans.spec), page)) {
    for (const document of documents) {
      const found = bodyOf(plans, document);
      if (!ENDED.includes(found.status) && normalName(found.title) === title) return found.planId;
    }
  }
  return undefined;
}
