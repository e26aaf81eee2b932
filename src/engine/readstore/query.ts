import { checkKeyUse, endsWithId, type Layout } from './layout.js';
import type { Condition, FieldKind, Keyset, PageRequest } from './port.js';
import { afterPrefix } from './values.js';

/** The notation of an engine for the names and values of a query. */
export interface QueryWords<Value> {
  /** Returns the column or path of a field. */
  readonly nameOf: (field: string) => string;
  /** The column or path of the id. */
  readonly id: string;
  /** Returns a value as the engine compares it. @throws TypeError for a value of another kind. */
  readonly comparable: (what: string, kind: FieldKind, value: unknown) => Value;
}

/** A term of an order. */
export interface Term {
  /** Column or path. */
  readonly name: string;
  readonly descending: boolean;
}

/** A term with the value of a keyset. */
export interface KeysetPlace<Value> extends Term {
  readonly value: Value;
}

/** The order of a page, in the direction of reading, and the keysets beyond which its records lie. */
export interface PageQuery<Value> {
  readonly order: readonly Term[];
  readonly bounds: readonly (readonly KeysetPlace<Value>[])[];
}

interface CheckedTerm extends Term {
  readonly what: string;
  readonly kind: FieldKind;
}

/**
 * Returns the order and bounds of a page.
 *
 * @throws TypeError for an unknown field or a value of another kind; RangeError for a limit that is not a whole number
 * or a keyset of another order.
 */
export function pageQuery<Value>(layout: Layout, page: PageRequest, words: QueryWords<Value>): PageQuery<Value> {
  if (!Number.isSafeInteger(page.limit) || page.limit < 0) {
    throw new RangeError(`${layout.table}: the limit must be a whole number, not ${page.limit}`);
  }
  if (page.groupedBy !== undefined && (page.after ?? page.before)) {
    throw new RangeError(`${layout.table}: a page grouped by ${page.groupedBy} has no places`);
  }
  const forwards = orderTerms(layout, page, words);
  const backwards = forwards.map((term) => ({ ...term, descending: !term.descending }));
  return {
    order: page.backwards ? backwards : forwards,
    bounds: [
      ...(page.after ? [keysetPlaces(layout, forwards, { ...page, place: page.after }, words)] : []),
      ...(page.before ? [keysetPlaces(layout, backwards, { ...page, place: page.before }, words)] : []),
    ],
  };
}

function orderTerms<Value>(layout: Layout, page: PageRequest, { nameOf, id }: QueryWords<Value>): CheckedTerm[] {
  const termOf = (field: string, descending: boolean): CheckedTerm => {
    const what = `${layout.table}, order by ${field}`;
    const kind = layout.kinds.get(field);
    if (kind === undefined) throw new TypeError(`${what}: the field is not declared`);
    if (kind === 'multiText') throw new TypeError(`${what}: it has many values`);
    return { what, name: nameOf(field), kind, descending };
  };
  const groups = page.groupedBy === undefined ? [] : [termOf(page.groupedBy, false)];
  const ordered = page.order.map(({ field, direction }) => {
    checkKeyUse(layout, field, 'order');
    return termOf(field, direction === 'desc');
  });
  const terms = [...groups, ...ordered];
  const fields = page.order.map(({ field }) => field);
  if (!endsWithId(layout, fields)) return terms;
  const descending = terms.at(-1)?.descending ?? false;
  return [...terms, { what: `${layout.table}, id`, name: id, kind: 'text', descending }];
}

function keysetPlaces<Value>(
  layout: Layout,
  terms: readonly CheckedTerm[],
  { place, order }: Pick<PageRequest, 'order'> & { readonly place: Keyset },
  { comparable }: QueryWords<Value>,
): KeysetPlace<Value>[] {
  const [given, fields] = [place.values.length, order.length];
  if (given !== fields) {
    throw new RangeError(`${layout.table}: the place has ${given} values and the order ${fields} fields`);
  }
  // An order that contains a unique field has no term for the id.
  const values: readonly unknown[] = [...place.values, place.id];
  return terms.map(({ what, name, kind, descending }, index) => ({
    name,
    descending,
    value: comparable(what, kind, values[index]),
  }));
}

/**
 * Returns the kind of a condition's field, and words for messages about it.
 *
 * @throws TypeError for an unknown field, or an operation that does not fit the field.
 */
export function checkedField(layout: Layout, { field, op }: Condition) {
  const kind = layout.kinds.get(field);
  const what = `${layout.table}, ${field} ${op}`;
  if (kind === undefined) throw new TypeError(`${what}: the field is not declared`);
  const isOfLists = op === 'has' || op === 'hasPrefix' || op === 'hasRange';
  if (isOfLists !== (kind === 'multiText') || (op === 'prefix' && kind !== 'text')) {
    throw new TypeError(`${what}: not for a ${kind} field`);
  }
  checkKeyUse(layout, field, op);
  return { what, kind };
}

/** The bounds of a range. */
export type RangeBounds = Omit<Extract<Condition, { readonly op: 'range' }>, 'field' | 'op'>;

/** Returns the bounds of a range that are given. */
export function rangeBounds({ from, to, after, before }: RangeBounds) {
  const bounds = [
    { is: 'from', value: from },
    { is: 'to', value: to },
    { is: 'after', value: after },
    { is: 'before', value: before },
  ] as const;
  return bounds.flatMap(({ is, value }) => (value === undefined ? [] : [{ is, value }]));
}

/**
 * Returns the range of texts that begin with a prefix; without `before` when it has no upper bound.
 *
 * @param stored returns a text as the engine stores it.
 * @throws TypeError for a prefix that is not a text.
 */
export function prefixRange(
  what: string,
  prefix: unknown,
  stored: (text: string) => string = (text) => text,
): { readonly from: string; readonly before?: string } {
  if (typeof prefix !== 'string') throw new TypeError(`${what}: ${String(prefix)} is not a text`);
  const from = stored(prefix);
  const before = afterPrefix(from);
  return before === undefined ? { from } : { from, before };
}
