import type { Scope } from '../access/principal.js';
import type { CollectionSpec, Condition, Document, Filter } from '../readstore/port.js';

/** Fields that name one plan: what belongs to a plan is seen as the plan is. */
const OF_A_PLAN: readonly string[] = ['planId', 'sectionKey', 'activityKey'];
/** Fields that name plans beside others: who does not see the plan asks for nothing. */
const OF_PLANS = 'planIds';

/** Whether a plan, by its id, is seen. */
type PlanIsSeen = (planId: string) => Promise<boolean>;

/**
 * What of a filter's documents is seen within a scope, as a filter; undefined: nothing. A model that does not tell whose its
 * documents are is for those who see everything.
 */
export async function seenOf(
  spec: CollectionSpec,
  filter: Filter,
  scope: Scope,
  planIsSeen: PlanIsSeen,
): Promise<Filter | undefined> {
  if (scope === null) return filter;
  const [planId, ...others] = plansNamedIn(filter) ?? [];
  if (planId !== undefined && others.length === 0 && spec.name !== 'plans')
    return (await planIsSeen(planId)) ? filter : undefined;
  for (const condition of filter) {
    const named = 'field' in condition && condition.field === OF_PLANS && condition.op === 'has';
    if (named && !(await planIsSeen(condition.value))) return undefined;
  }
  const condition = conditionOf(spec, scope);
  return condition && [...filter, condition];
}

/** Whether a document is seen within a scope. */
export async function isSeen(
  spec: CollectionSpec,
  { fields }: Document,
  scope: Scope,
  planIsSeen: PlanIsSeen,
): Promise<boolean> {
  if (isOwn(fields, scope)) return true;
  // An event that came before the plan was moved here is seen as the plan is.
  const { planId } = fields;
  return spec.name !== 'plans' && typeof planId === 'string' && planId !== '' && planIsSeen(planId);
}

/** Whether something is within a scope by the fields that tell whose it is. */
export function isOwn(fields: Document['fields'], scope: Scope): boolean {
  if (scope === null) return true;
  if (scope === 'published') return fields.published === true;
  const { organisationId, organisationIds } = fields;
  if (typeof organisationId === 'string') return scope.has(organisationId);
  return Array.isArray(organisationIds) && organisationIds.some((id) => scope.has(id));
}

/** The plans that a filter is of; undefined: it is of any. */
export function plansNamedIn(filter: Filter): readonly string[] | undefined {
  for (const condition of filter) {
    if ('anyOf' in condition || !OF_A_PLAN.includes(condition.field)) continue;
    const values = condition.op === 'eq' ? [condition.value] : condition.op === 'in' ? condition.values : undefined;
    if (values) return [...new Set(values.map((value) => String(value).split('.')[0] ?? ''))];
  }
  return undefined;
}

function conditionOf(
  { fields }: CollectionSpec,
  scope: NonNullable<Scope>,
): Condition | { readonly anyOf: readonly (readonly Condition[])[] } | undefined {
  if (scope === 'published') return 'published' in fields ? { field: 'published', op: 'eq', value: true } : undefined;
  const ids = [...scope];
  if ('organisationId' in fields) return { field: 'organisationId', op: 'in', values: ids };
  if (!('organisationIds' in fields) || ids.length === 0) return undefined;
  return { anyOf: ids.map((value) => [{ field: 'organisationIds', op: 'has', value }]) };
}
