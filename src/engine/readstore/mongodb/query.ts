import type { Filter as MongoFilter, Sort } from 'mongodb';
import { checkKeyUse, endsWithId, keysetValues, type Layout } from '../layout.js';
import type { Condition, FieldKind, FieldValue, Filter, Keyset, PageRequest } from '../port.js';
import { afterPrefix, checkedValue } from '../values.js';
import type { StoredRecord } from './documents.js';

type Query = MongoFilter<StoredRecord>;

interface Term {
  readonly what: string;
  readonly path: string;
  readonly kind: FieldKind;
  readonly descending: boolean;
}

const MATCH_NONE: Query = { _id: { $in: [] } };

/** A query with its order. */
export interface PageQuery {
  readonly filter: Query;
  readonly sort: Sort;
}

/**
 * Returns the query of a page.
 *
 * @throws TypeError for an unknown field, an operation that does not fit it, or a value of another kind; RangeError for
 * a limit that is not a whole number or a keyset of another order.
 */
export function pageQuery(layout: Layout, page: PageRequest): PageQuery {
  if (!Number.isSafeInteger(page.limit) || page.limit < 0) {
    throw new RangeError(`${layout.table}: the limit must be a whole number, not ${page.limit}`);
  }
  const terms = orderTerms(layout, page);
  const parts = filterParts(layout, page.filter);
  if (page.after) parts.push(beyond(layout, terms, page.after, page));
  if (page.before) parts.push(beyond(layout, terms.map(reversed), page.before, page));
  const order = page.backwards ? terms.map(reversed) : terms;
  return {
    filter: live(parts),
    sort: order.map(({ path, descending }): [string, 1 | -1] => [path, descending ? -1 : 1]),
  };
}

/** Returns the query of a count. Throws as {@link pageQuery} does. */
export function countQuery(layout: Layout, filter: Filter): Query {
  return live(filterParts(layout, filter));
}

function live(parts: readonly Query[]): Query {
  return parts.length === 0 ? { live: true } : { $and: [{ live: true }, ...parts] };
}

function filterParts(layout: Layout, filter: Filter): Query[] {
  return filter.map((part) => {
    if (!('anyOf' in part)) return conditionQuery(layout, part);
    const some = part.anyOf.map((conjunction) => conjunction.map((condition) => conditionQuery(layout, condition)));
    if (some.length === 0) return MATCH_NONE;
    // The planner examines each branch separately, so each must contain the condition of the partial indexes.
    return { $or: some.map((conditions) => live(conditions)) };
  });
}

function conditionQuery(layout: Layout, condition: Condition): Query {
  const { field, op } = condition;
  const kind = layout.kinds.get(field);
  const what = `${layout.table}, ${field} ${op}`;
  if (kind === undefined) throw new TypeError(`${what}: the field is not declared`);
  const isMultiOp = op === 'has' || op === 'hasPrefix';
  if (isMultiOp !== (kind === 'multiText')) throw new TypeError(`${what}: not for a ${kind} field`);
  checkKeyUse(layout, field, op);
  const path = fieldPath(field);
  switch (op) {
    case 'eq':
      return { [path]: { $eq: checkedValue(what, kind, condition.value) } };
    case 'in':
      return { [path]: { $in: condition.values.map((value) => checkedValue(what, kind, value)) } };
    case 'range':
      return rangeQuery(what, kind, path, condition);
    case 'prefix':
      if (kind !== 'text') throw new TypeError(`${what}: not for a ${kind} field`);
      return { [path]: prefixRange(what, condition.value) };
    case 'has':
      return { [path]: { $eq: checkedValue(what, kind, condition.value) } };
    case 'hasPrefix':
      // Both bounds must hold for the same value of the list.
      return { [path]: { $elemMatch: prefixRange(what, condition.value) } };
    default:
      throw new TypeError(`${what}: there is no such condition`);
  }
}

function rangeQuery(what: string, kind: FieldKind, path: string, range: Condition & { op: 'range' }): Query {
  const ends: readonly (readonly [string, FieldValue | undefined])[] = [
    ['$gte', range.from],
    ['$lte', range.to],
    ['$gt', range.after],
    ['$lt', range.before],
  ];
  const given = ends.flatMap(([operator, value]) =>
    value === undefined ? [] : [[operator, checkedValue(what, kind, value)] as const],
  );
  return given.length === 0 ? {} : { [path]: Object.fromEntries(given) };
}

function prefixRange(what: string, prefix: unknown): Record<string, string> {
  if (typeof prefix !== 'string') throw new TypeError(`${what}: ${String(prefix)} is not a text`);
  const to = afterPrefix(prefix);
  return to === undefined ? { $gte: prefix } : { $gte: prefix, $lt: to };
}

function orderTerms(layout: Layout, page: PageRequest): readonly Term[] {
  const terms = page.order.map(({ field, direction }): Term => {
    const what = `${layout.table}, order by ${field}`;
    const kind = layout.kinds.get(field);
    if (kind === undefined) throw new TypeError(`${what}: the field is not declared`);
    if (kind === 'multiText') throw new TypeError(`${what}: it has many values`);
    checkKeyUse(layout, field, 'order');
    return { what, path: fieldPath(field), kind, descending: direction === 'desc' };
  });
  if (
    !endsWithId(
      layout,
      page.order.map(({ field }) => field),
    )
  )
    return terms;
  const descending = terms.at(-1)?.descending ?? false;
  return [...terms, { what: `${layout.table}, id`, path: '_id', kind: 'text', descending }];
}

function reversed(term: Term): Term {
  return { ...term, descending: !term.descending };
}

/**
 * Returns the condition «strictly after the keyset», nested from the last term outwards. The index can seek by the
 * bound on the outer term.
 */
function beyond(layout: Layout, terms: readonly Term[], keyset: Keyset, { order }: PageRequest): Query {
  const given = keysetValues(layout, keyset, order);
  return terms
    .map((term, index) => ({ term, value: checkedValue(term.what, term.kind, given[index]) }))
    .reduceRight<Query>((inner, { term: { path, descending }, value }) => {
      const further = { [path]: { [descending ? '$lt' : '$gt']: value } };
      if (inner === MATCH_NONE) return further;
      const bound = { [path]: { [descending ? '$lte' : '$gte']: value } };
      return { $and: [bound, { $or: [further, { $and: [{ [path]: { $eq: value } }, inner] }] }] };
    }, MATCH_NONE);
}

/** Returns the path of a field in a stored document. */
export function fieldPath(field: string): string {
  return `f.${field}`;
}
