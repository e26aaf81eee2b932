import { checkedFields, checkFields, type Layout } from '../layout.js';
import type { Document, FieldValue, Loaded } from '../port.js';
import { checkKeys, checkSize, isTexts } from '../values.js';
import type { Bound, SqlRow } from './connection.js';
import { columnOf } from './schema.js';
import type { Terms } from './terms.js';
import { boundText, boundValue, fieldValue } from './values.js';

/** A record before it is stored: scalars and lists in the order of the layout, the body as JSON. */
export interface Encoded {
  readonly id: string;
  readonly position: string;
  readonly scalars: readonly Bound[];
  readonly lists: readonly (readonly string[])[];
  /** The fields as JSON, if the columns would not return them unchanged; otherwise empty. */
  readonly exact: string;
  readonly body: string;
}

/** The part of the rows of a table that a query reads. */
export interface RowShape {
  readonly layout: Layout;
  readonly scalars: readonly (readonly [field: string, column: string])[];
  /** Multi fields with their places in the column `lists`. */
  readonly multis: readonly (readonly [field: string, place: number])[];
  /** The columns that {@link documentFromRow} and {@link loadedFromRow} read. */
  readonly columns: string;
}

/** Shapes by the names of their fields; `undefined` means all fields. */
const shapes = new WeakMap<Layout, Map<string | undefined, RowShape>>();

/**
 * Returns the part of the rows that holds some fields, or all. Memoized, because each query in the source has a fixed
 * list of fields.
 *
 * @throws TypeError for a field that is not declared.
 */
export function shapeOf(layout: Layout, fields?: readonly string[]): RowShape {
  const known = shapes.get(layout) ?? new Map<string | undefined, RowShape>();
  shapes.set(layout, known);
  const key = fields?.join();
  const shape = known.get(key) ?? rowShape(layout, fields);
  known.set(key, shape);
  return shape;
}

function rowShape(layout: Layout, fields: readonly string[] = [...layout.kinds.keys()]): RowShape {
  checkFields(layout, fields);
  const scalars = layout.scalars
    .filter((field) => fields.includes(field))
    .map((field) => [field, columnOf(field)] as const);
  const multis = [...layout.multis.entries()].flatMap(([place, field]) =>
    fields.includes(field) ? [[field, place] as const] : [],
  );
  const lists = multis.length > 0 ? ['lists'] : [];
  const columns = ['id', 'pos', 'deleted', ...scalars.map(([, column]) => column), ...lists, 'exact', 'body'].join(
    ', ',
  );
  return { layout, scalars, multis, columns };
}

/**
 * Checks a record against its collection and encodes it.
 *
 * @throws TypeError if a field is missing, unknown or of another kind, or if the body is not JSON; RecordTooLarge.
 */
export function encode(layout: Layout, document: Document): Encoded {
  const { id, position, fields } = document;
  const what = `${layout.table} ${id}`;
  checkKeys(what, id, position);
  for (const field of Object.keys(fields))
    if (!layout.kinds.has(field)) throw new TypeError(`${what}: the field ${field} is not declared`);
  // Despite its type, JSON.stringify returns undefined for a value without a JSON form.
  const body: unknown = JSON.stringify(document.body);
  if (typeof body !== 'string') throw new TypeError(`${what}: the body is not JSON`);
  let isExact = true;
  const scalars = layout.scalars.map((field) => {
    const kind = layout.kinds.get(field) ?? 'text';
    const bound = boundValue(`${what}, ${field}`, kind, fields[field]);
    isExact &&= typeof bound === 'string' ? fieldValue(kind, bound) === fields[field] : isExactNumber(bound);
    return bound;
  });
  const lists = layout.multis.map((field) => {
    const texts = fields[field];
    if (!isTexts(texts)) throw new TypeError(`${what}, ${field}: not a list of texts`);
    const bound = texts.map(boundText);
    isExact &&= bound.every((text, index) => text === texts[index]);
    return bound;
  });
  const exact = isExact ? '' : JSON.stringify(fields);
  checkSize(what, Buffer.byteLength(lists.flat().join('')) + Buffer.byteLength(exact) + Buffer.byteLength(body));
  return { id, position, scalars, lists, exact, body };
}

/** Returns the record in a live row. */
export function documentFromRow(shape: RowShape, row: SqlRow, terms: Terms): Document {
  return {
    id: textColumn(row, 'id'),
    position: textColumn(row, 'pos'),
    fields: rowFields(shape, row, terms),
    body: JSON.parse(textColumn(row, 'body')),
  };
}

/** Returns the state of a row for writing. */
export function loadedFromRow(shape: RowShape, row: SqlRow | undefined, terms: Terms): Loaded {
  if (row === undefined) return { state: 'absent' };
  if (row.deleted === 1) return { state: 'deleted', position: textColumn(row, 'pos') };
  return { state: 'present', document: documentFromRow(shape, row, terms) };
}

/**
 * Returns a text column of a row.
 *
 * @throws TypeError if it holds no text.
 */
export function textColumn(row: SqlRow, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`read store: the column ${column} holds no text`);
  return value;
}

/**
 * Returns the numbers of terms in the column `lists`: one list for each multi field, in the order of the layout.
 *
 * @throws TypeError if it contains anything else.
 */
export function termLists(layout: Layout, column: string): readonly (readonly number[])[] {
  if (column === '') return layout.multis.map(() => []);
  const parsed: unknown = JSON.parse(column);
  if (!Array.isArray(parsed)) throw new TypeError(`${layout.table}: the column lists is no list`);
  return layout.multis.map((field, index) => {
    const list: unknown = parsed[index];
    if (Array.isArray(list) && list.every((term): term is number => typeof term === 'number')) return list;
    throw new TypeError(`${layout.table}: ${field} is no list of terms`);
  });
}

/** Returns true if SQLite returns the number unchanged, as it does not for negative zero and the smallest ones. */
function isExactNumber(number: number): boolean {
  return Object.is(number, 0) || Math.abs(number) > 1e-300;
}

function rowFields(shape: RowShape, row: SqlRow, terms: Terms): Document['fields'] {
  const exact = textColumn(row, 'exact');
  if (exact !== '') return exactFields(shape, exact);
  const { layout, scalars, multis } = shape;
  const fields: Record<string, FieldValue | readonly string[]> = {};
  for (const [field, column] of scalars) fields[field] = scalarOf(layout, field, row[column], terms);
  if (multis.length === 0) return fields;
  const lists = termLists(layout, textColumn(row, 'lists'));
  for (const [field, place] of multis) {
    fields[field] = (lists[place] ?? []).map((term) => terms.textOf(layout, field, term));
  }
  return fields;
}

function scalarOf(layout: Layout, field: string, value: unknown, terms: Terms): FieldValue {
  if (layout.keys.has(field)) return terms.textOf(layout, field, Number(value));
  const found = fieldValue(layout.kinds.get(field) ?? 'text', value);
  if (found !== undefined) return found;
  throw new TypeError(`${layout.table}: ${field} holds no value`);
}

function exactFields({ layout, scalars, multis }: RowShape, exact: string): Document['fields'] {
  const wanted = [...scalars, ...multis].map(([field]) => field);
  return checkedFields(layout, JSON.parse(exact), wanted);
}
