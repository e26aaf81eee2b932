import type { Filter as MongoFilter, Sort } from 'mongodb';
import { checkFields, type Layout } from '../layout.js';
import type { Condition, FieldKind, FieldValue, Filter, PageRequest } from '../port.js';
import {
  checkedField,
  type KeysetPlace,
  pageQuery,
  prefixRange,
  type QueryWords,
  type RangeBounds,
  rangeBounds,
} from '../query.js';
import { checkedValue } from '../values.js';
import type { StoredRecord } from './documents.js';

type Query = MongoFilter<StoredRecord>;

const QUERY_WORDS: QueryWords<FieldValue> = { nameOf: fieldPath, id: '_id', comparable: checkedValue };
const RANGE_OPERATORS = { from: '$gte', to: '$lte', after: '$gt', before: '$lt' } as const;

const MATCH_NONE: Query = { _id: { $in: [] } };

/** A query with its order. */
export interface OrderedQuery {
  readonly filter: Query;
  readonly sort: Sort;
}

/**
 * Returns the query of a page.
 *
 * @throws TypeError for an unknown field, an operation that does not fit it, or a value of another kind; RangeError for
 * a limit that is not a whole number or a keyset of another order.
 */
export function orderedQuery(layout: Layout, page: PageRequest): OrderedQuery {
  const { order, bounds } = pageQuery(layout, page, QUERY_WORDS);
  return {
    filter: live([...filterParts(layout, page.filter), ...bounds.map(beyond)]),
    sort: order.map(({ name, descending }): [string, 1 | -1] => [name, descending ? -1 : 1]),
  };
}

/** Returns the query of a count. Throws as {@link orderedQuery} does. */
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
  const { what, kind } = checkedField(layout, condition);
  const path = fieldPath(condition.field);
  switch (condition.op) {
    case 'eq':
    case 'has':
      return { [path]: { $eq: checkedValue(what, kind, condition.value) } };
    case 'in':
      return { [path]: { $in: condition.values.map((value) => checkedValue(what, kind, value)) } };
    case 'range':
      return rangeQuery(what, kind, path, condition);
    case 'prefix':
      return { [path]: prefixQuery(what, condition.value) };
    case 'hasPrefix':
      // Both bounds must hold for the same value of the list.
      return { [path]: { $elemMatch: prefixQuery(what, condition.value) } };
    case 'hasRange':
      // Every text is at or after the empty text, so a range without bounds matches any value.
      return { [path]: { $elemMatch: { $gte: '', ...boundsQuery(what, 'text', condition) } } };
    default:
      throw new TypeError(`${what}: there is no such condition`);
  }
}

function rangeQuery(what: string, kind: FieldKind, path: string, range: RangeBounds): Query {
  const bounds = boundsQuery(what, kind, range);
  return Object.keys(bounds).length === 0 ? {} : { [path]: bounds };
}

function boundsQuery(what: string, kind: FieldKind, range: RangeBounds): Record<string, FieldValue> {
  return Object.fromEntries(
    rangeBounds(range).map(({ is, value }) => [RANGE_OPERATORS[is], checkedValue(what, kind, value)] as const),
  );
}

function prefixQuery(what: string, prefix: unknown): Record<string, string> {
  const { from, before } = prefixRange(what, prefix);
  return before === undefined ? { $gte: from } : { $gte: from, $lt: before };
}

/**
 * Returns the condition «strictly after the keyset», nested from the last term outwards. The index can seek by the
 * bound on the outer term.
 */
function beyond(places: readonly KeysetPlace<FieldValue>[]): Query {
  return places.reduceRight<Query>((inner, { name, descending, value }) => {
    const further = { [name]: { [descending ? '$lt' : '$gt']: value } };
    if (inner === MATCH_NONE) return further;
    const bound = { [name]: { [descending ? '$lte' : '$gte']: value } };
    return { $and: [bound, { $or: [further, { $and: [{ [name]: { $eq: value } }, inner] }] }] };
  }, MATCH_NONE);
}

/**
 * Returns the projection of a query that reads only some fields of the records.
 *
 * @throws TypeError for a field that is not declared.
 */
export function projectionOf(layout: Layout, fields: readonly string[]): Readonly<Record<string, 1>> {
  checkFields(layout, fields);
  const paths = fields.map((field) => [fieldPath(field), 1] as const);
  return { _pos: 1, _by: 1, live: 1, body: 1, exact: 1, ...Object.fromEntries(paths) };
}

/** Returns the path of a field in a stored document. */
export function fieldPath(field: string): string {
  return `f.${field}`;
}
