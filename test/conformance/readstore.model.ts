import type { Condition, FieldValue, Filter, Keyset, OrderTerm } from '../../src/engine/readstore/port.js';
import type { Task, TaskFields } from './readstore.fixture.js';

/** The scalar fields of TASKS. */
export type Scalar = 'title' | 'dueOn' | 'rank' | 'done';

/** Compares two values as a read store must: texts by code point, which is the order of their UTF-8 bytes. */
function compare(left: FieldValue, right: FieldValue): number {
  if (typeof left === 'string' && typeof right === 'string')
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  return Number(left) - Number(right);
}

/** Returns true when a document matches a filter. */
export function matches(document: Task, filter: Filter): boolean {
  return filter.every((part) =>
    'anyOf' in part
      ? part.anyOf.some((conjunction) => conjunction.every((condition) => holds(document, condition)))
      : holds(document, part),
  );
}

/** Compares two documents in an order, by id last. */
export function inOrder(order: readonly OrderTerm[]): (left: Task, right: Task) => number {
  return (left, right) => compareKeysets(order, keysetOf(left, order), keysetOf(right, order));
}

/** Returns the place of a document in an order. */
export function keysetOf(document: Task, order: readonly OrderTerm[]): Keyset {
  return { values: order.map(({ field }) => scalar(document, field)), id: document.id };
}

/** Compares two places of an order. */
export function compareKeysets(order: readonly OrderTerm[], left: Keyset, right: Keyset): number {
  const last = order.at(-1)?.direction ?? 'asc';
  const lefts = [...left.values, left.id];
  const rights = [...right.values, right.id];
  const directions = [...order.map(({ direction }) => direction), last];
  for (const [index, direction] of directions.entries()) {
    const difference = compare(lefts[index] ?? '', rights[index] ?? '');
    if (difference !== 0) return direction === 'asc' ? difference : -difference;
  }
  return 0;
}

function holds(document: Task, condition: Condition): boolean {
  if (condition.op === 'has') return multi(document, condition.field).includes(condition.value);
  if (condition.op === 'hasPrefix')
    return multi(document, condition.field).some((value) => value.startsWith(condition.value));
  if (condition.op === 'hasRange') {
    const { from, to } = condition;
    return multi(document, condition.field).some(
      (value) => (from === undefined || compare(value, from) >= 0) && (to === undefined || compare(value, to) <= 0),
    );
  }
  const value = scalar(document, condition.field);
  switch (condition.op) {
    case 'eq':
      return value === condition.value;
    case 'in':
      return condition.values.includes(value);
    case 'prefix':
      return String(value).startsWith(condition.value);
    case 'range': {
      const { from, to, after, before } = condition;
      return (
        (from === undefined || compare(value, from) >= 0) &&
        (to === undefined || compare(value, to) <= 0) &&
        (after === undefined || compare(value, after) > 0) &&
        (before === undefined || compare(value, before) < 0)
      );
    }
  }
}

function scalar(document: Task, field: string): FieldValue {
  const fields: TaskFields = document.fields;
  if (field === 'title' || field === 'dueOn' || field === 'rank' || field === 'done') return fields[field];
  throw new Error(`${field} is not a scalar field`);
}

function multi(document: Task, field: string): readonly string[] {
  if (field === 'words' || field === 'order') return document.fields[field];
  throw new Error(`${field} is not a multi field`);
}
