import type { Document } from '../readstore/port.js';

/** A row without its position and body. */
export type RowFrame = Pick<Document, 'id' | 'fields'>;

/** The stored form of a body, without values that follow from the other parts of its row. */
export interface BodyForm<Body> {
  /** Fields of the row that {@link restore} needs. */
  readonly fields: readonly string[];
  /** Returns the stored form of a body. */
  readonly shrink: (row: RowFrame, body: Body) => unknown;
  /** Returns the body of a stored row. */
  readonly restore: (row: RowFrame, stored: Readonly<Record<string, unknown>>) => unknown;
}

/**
 * Returns a form that stores a property of a body only if it differs from the result of `derive`. So the body is always
 * restored unchanged, whatever `derive` returns.
 *
 * @param fields the fields of the row that `derive` reads.
 * @param derive returns properties from the row and from stored properties, never from one that it returns itself, in a
 *   new object each time.
 */
export function derivedForm<Body extends object>(
  fields: readonly string[],
  derive: (row: RowFrame, stored: Partial<Body>) => Partial<Record<keyof Body, unknown>>,
): BodyForm<Body> {
  return {
    fields,
    // Fields that are not declared are hidden from `derive`, because they are also missing when the row is read.
    shrink: ({ id, fields: all }, body) => differences(body, derive({ id, fields: namedFields(all, fields) }, body)),
    // A spread of two objects takes a hundred times as long on Node 20, and this runs for each row that is read.
    restore: (row, stored) => (isPartOf<Body>(stored) ? Object.assign(derive(row, stored), stored) : stored),
  };
}

/** Returns the properties of an object that differ from those of another one as JSON. */
export function differences(of: object, from: object): Record<string, unknown> {
  const others: Readonly<Record<string, unknown>> = { ...from };
  const differing: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(of)) {
    if (!Object.hasOwn(others, name) || !isSame(value, others[name])) differing[name] = value;
  }
  return differing;
}

/** Returns the text of a field; null for an empty text, which stands for none. */
export function textField({ fields }: RowFrame, field: string): string | null {
  const value = fields[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

function namedFields(all: RowFrame['fields'], names: readonly string[]): RowFrame['fields'] {
  const named: Record<string, RowFrame['fields'][string]> = {};
  for (const name of names) {
    const value = all[name];
    if (value !== undefined) named[name] = value;
  }
  return named;
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) return false;
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Checks nothing, because only `shrink` writes the stored form. */
function isPartOf<Body>(_: unknown): _ is Partial<Body> {
  return true;
}
