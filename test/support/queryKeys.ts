import type { CollectionSpec, Condition, Filter, OrderTerm } from '../../src/engine/readstore/port.js';

/** The use that a query makes of the indexes. */
export interface Shape {
  readonly collection: string;
  /** Fields that are compared with one or several values, including values of a list. */
  readonly equal: readonly string[];
  /** Fields with a condition on a range. */
  readonly ranges: readonly string[];
  readonly order: readonly string[];
}

/** The shapes of a filter and an order: one for each branch of a disjunction. */
export function shapesOf(spec: CollectionSpec, filter: Filter, order: readonly OrderTerm[]): Shape[] {
  const branches = filter.reduce<Condition[][]>(
    (known, part) => {
      const parts = 'anyOf' in part ? part.anyOf : [[part]];
      return known.flatMap((conditions) => parts.map((more) => [...conditions, ...more]));
    },
    [[]],
  );
  return branches.map((conditions) => {
    const fieldsOf = (ops: readonly string[]) => [
      ...new Set(conditions.filter(({ op }) => ops.includes(op)).map(({ field }) => field)),
    ];
    return {
      collection: spec.name,
      equal: fieldsOf(['eq', 'in', 'has']),
      ranges: fieldsOf(['range', 'prefix', 'hasPrefix', 'hasRange']),
      order: order.map(({ field }) => field),
    };
  });
}

/** The shape as the table has it. */
export function shapeText({ collection, equal, ranges, order }: Shape): string {
  const conditions = [...equal.toSorted().map((field) => `${field} =`), ...ranges.toSorted().map((f) => `${f} range`)];
  return `${collection} | ${conditions.join(', ') || '–'} | ${order.join(', ') || 'id'}`;
}

/**
 * Returns the key for a query by the rule «equality, sort, range»: it begins with compared fields, followed by the
 * whole order. Further conditions are checked on the resulting rows. Undefined if there is none.
 */
export function keyFor(spec: CollectionSpec, { equal, ranges, order }: Shape): readonly string[] | undefined {
  const rest = order.filter((field) => !equal.includes(field));
  const multi = Object.keys(spec.fields).filter((field) => spec.fields[field] === 'multiText');
  const keys = [[], ...multi.map((field) => [field]), ...spec.indexes];
  const fitting = keys.flatMap((key) => {
    const led = key.findIndex((field) => !equal.includes(field));
    const leading = led === -1 ? key.length : led;
    const isOrdered = rest.every((field, index) => key[leading + index] === field);
    const isById = rest.length > 0 || key.length === leading;
    const bounds = leading > 0 || (equal.length === 0 && ranges.every((field) => rest[0] === field));
    return isOrdered && isById && bounds ? [{ key, leading }] : [];
  });
  // Among equally good keys, one that does not only restrict to the scope of the caller.
  const isScope = (key: readonly string[]) => Number(['organisationId', 'published'].includes(key[0] ?? ''));
  return fitting.sort(
    (a, b) => isScope(a.key) - isScope(b.key) || b.leading - a.leading || a.key.length - b.key.length,
  )[0]?.key;
}
