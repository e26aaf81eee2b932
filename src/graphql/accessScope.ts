import type { Scope } from '../access/principal.js';
import type { CollectionSpec, Condition, Document, Filter } from '../engine/readstore/port.js';

/** Fields that identify one plan: rows of a plan are visible when the plan is. */
const PLAN_ID_FIELDS: readonly string[] = ['planId', 'sectionKey', 'activityKey'];

/** Returns true when a plan is visible. */
type PlanIsSeen = (planId: string) => Promise<boolean>;

/**
 * Returns a filter restricted to a scope; undefined if nothing is visible. Rows of a read model without organisation
 * fields are visible only with an unrestricted scope.
 */
export async function restrictToScope(
  spec: CollectionSpec,
  filter: Filter,
  scope: Scope,
  planIsSeen: PlanIsSeen,
): Promise<Filter | undefined> {
  if (scope === null) return filter;
  if (isHiddenFrom(spec, scope)) return undefined;
  const [planId, ...others] = plansNamedIn(filter) ?? [];
  if (planId !== undefined && others.length === 0 && spec.name !== 'plans')
    return (await planIsSeen(planId)) ? filter : undefined;
  const condition = conditionOf(spec, scope);
  return condition && [...filter, condition];
}

/** Fields of a row that {@link isInScope} reads. */
const SIGHT_FIELDS: readonly string[] = ['planId', 'organisationId', 'published'];

/** Returns the fields that the rows of a read model need for {@link isInScope}. */
export function scopeFields({ fields }: CollectionSpec): readonly string[] {
  return SIGHT_FIELDS.filter((field) => field in fields);
}

/** Returns true when a row is visible within a scope. */
export async function isInScope(
  spec: CollectionSpec,
  { fields }: Document,
  scope: Scope,
  planIsSeen: PlanIsSeen,
): Promise<boolean> {
  if (isOwn(fields, scope)) return true;
  if (isHiddenFrom(spec, scope)) return false;
  // Events from before the plan was moved to its organisation are visible when the plan is.
  const { planId } = fields;
  return spec.name !== 'plans' && typeof planId === 'string' && planId !== '' && planIsSeen(planId);
}

/** Returns true when a row is within a scope by its own fields. */
export function isOwn(fields: Document['fields'], scope: Scope): boolean {
  if (scope === null) return true;
  if (scope === 'published') return fields.published === true;
  const { organisationId } = fields;
  return typeof organisationId === 'string' && scope.has(organisationId);
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

/**
 * Returns true for the scope of the public and a read model without the field `published`. None of its rows is visible
 * to the public.
 */
function isHiddenFrom({ fields }: CollectionSpec, scope: Scope): boolean {
  return scope === 'published' && !('published' in fields);
}

function conditionOf({ fields }: CollectionSpec, scope: NonNullable<Scope>): Condition | undefined {
  if (scope === 'published') return { field: 'published', op: 'eq', value: true };
  return 'organisationId' in fields ? { field: 'organisationId', op: 'in', values: [...scope] } : undefined;
}
