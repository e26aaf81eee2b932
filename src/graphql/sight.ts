import type { Scope } from '../access/principal.js';
import type { CollectionSpec, Condition, Document, Filter } from '../engine/readstore/port.js';

/** Fields that identify one plan: rows of a plan are visible when the plan is. */
const PLAN_ID_FIELDS: readonly string[] = ['planId', 'sectionKey', 'activityKey'];
/** Field with several plans. A filter for a plan that the caller does not see matches nothing. */
const OF_PLANS = 'planIds';

/** Returns true when a plan is visible. */
type PlanIsSeen = (planId: string) => Promise<boolean>;

/**
 * Restricts a filter to a scope; undefined when nothing is visible. Rows of a read model without organisation fields
 * are visible with full access only.
 */
export async function restrictToScope(
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

/** Returns true when a row is visible within a scope. */
export async function isSeen(
  spec: CollectionSpec,
  { fields }: Document,
  scope: Scope,
  planIsSeen: PlanIsSeen,
): Promise<boolean> {
  if (isOwn(fields, scope)) return true;
  // Events from before the plan was moved to its organisation are visible when the plan is.
  const { planId } = fields;
  return spec.name !== 'plans' && typeof planId === 'string' && planId !== '' && planIsSeen(planId);
}

/** Returns true when a row is within a scope by its own fields. */
export function isOwn(fields: Document['fields'], scope: Scope): boolean {
  if (scope === null) return true;
  if (scope === 'published') return fields.published === true;
  const { organisationId, organisationIds } = fields;
  if (typeof organisationId === 'string') return scope.has(organisationId);
  return Array.isArray(organisationIds) && organisationIds.some((id) => scope.has(id));
}

/** Returns the plans that a filter is restricted to; undefined when it is not. */
export function plansNamedIn(filter: Filter): readonly string[] | undefined {
  for (const condition of filter) {
    if ('anyOf' in condition || !PLAN_ID_FIELDS.includes(condition.field)) continue;
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
