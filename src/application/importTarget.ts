import { isWithin, type Principal } from '../access/principal.js';
import { normalName } from '../domain/parties.js';
import type { NamedPerson } from '../domain/personal.js';
import type { ImportedPlan } from '../domain/plan/importedPlan.js';
import { type PlanStatus, visible } from '../domain/plan.js';
import { type Refusal, refuse } from '../domain/refusal.js';
import { bodyOf } from '../engine/projections/readModel.js';
import { documentPages } from '../engine/readstore/pages.js';
import { plans } from '../projections/plans.js';
import { newPlanId } from './commands.js';
import { keyedPlanId, PLANS_SHOWN_MS, type PlanSources, planBegunBy } from './externalKeys.js';
import { type ImportIdRequest, importIdFor } from './importing.js';

/** A document that is to be imported. */
export interface ImportTargetRequest extends ImportIdRequest {
  readonly plan: ImportedPlan<NamedPerson>;
  /** Id of the plan from which the document was exported, according to its file. */
  readonly exportedFrom: string | null;
  readonly principal: Principal;
  readonly commandId: string;
  /** True when the caller chose the id of the command, so that the command may be a repeat. */
  readonly isRepeatable: boolean;
  /** True to make a second plan expressly; otherwise a document is refused where there is a plan already. */
  readonly allowsSecond: boolean;
  /** Id of the plan in another system; null for none. */
  readonly externalId?: string | null;
}

/** The plan that a document becomes, or the plan that is there already and the refusal. */
export type ImportTarget =
  | { readonly kind: 'plan'; readonly planId: string }
  | { readonly kind: 'refused'; readonly planId: string; readonly refusal: Refusal };

/** Statuses of plans that are no longer in use: another plan with the same title may be created. */
const ENDED: readonly PlanStatus[] = ['WITHDRAWN', 'CANCELLED'];

/**
 * Returns the id of the plan that an import of a document creates. The rules in their order:
 *
 * - A repeated command gets the plan that it has begun, whatever the document. The command handler tells a repeat from
 *   another command with the same id.
 * - Refuses a document that was exported from a plan that the caller sees, and a document with the title and period of
 *   another plan of the organisation.
 * - An external id gives the plan that has it, whatever the document.
 * - A document that was imported before gives the id of its plan, so that the command is refused.
 */
export async function importTargetOf(sources: PlanSources, request: ImportTargetRequest): Promise<ImportTarget> {
  const { principal, commandId, isRepeatable, allowsSecond, exportedFrom, scope, organisationId } = request;
  const externalId = request.externalId ?? null;
  const keyed = externalId === null ? undefined : await keyedPlanId(organisationId, externalId, sources.load);
  if (keyed !== undefined && (await sources.load(keyed)).status !== 'ABSENT') return { kind: 'plan', planId: keyed };
  const begun = isRepeatable ? await planBegunBy(sources, principal, commandId) : undefined;
  if (begun !== undefined) return { kind: 'plan', planId: begun };
  if (allowsSecond) return { kind: 'plan', planId: keyed ?? newPlanId(principal, commandId) };
  const planId = await importIdFor(request, sources.load);
  if ((await sources.load(planId)).status !== 'ABSENT') return { kind: 'plan', planId };
  if (exportedFrom !== null) {
    const exported = visible(await sources.load(exportedFrom));
    if (exported && isWithin(scope, exported.details.organisationId)) {
      return { kind: 'refused', planId: exportedFrom, refusal: refuse('EXPORT_OF_PLAN').refusal };
    }
  }
  const same = await sameInOrganisation(sources, request);
  if (same === undefined) return { kind: 'plan', planId: keyed ?? planId };
  return { kind: 'refused', planId: same, refusal: refuse('PLAN_OF_SAME_TITLE').refusal };
}

async function sameInOrganisation(
  { events, store, runner }: PlanSources,
  { plan, organisationId, scope }: ImportTargetRequest,
): Promise<string | undefined> {
  if (organisationId === null || !isWithin(scope, organisationId)) return undefined;
  await runner.waitFor(await events.head(), PLANS_SHOWN_MS);
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
