import { checkedFields, checkFields, type Layout } from '../layout.js';
import type { Document, FieldKind, FieldValue, Loaded } from '../port.js';
import { checkKeys, checkSize, isTexts } from '../values.js';
import type { Bound, SqlRow, SqlTuple } from './connection.js';
import { columnOf, termTableOf } from './schema.js';
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

/** A scalar field of a {@link RowShape}. */
interface ScalarColumn {
  readonly field: string;
  readonly kind: FieldKind;
  /** The table of its texts, for a key field. */
  readonly terms: string | undefined;
}

/** A multi field of a {@link RowShape}. */
interface MultiColumn {
  readonly field: string;
  /** Its place in the column `lists`. */
  readonly place: number;
  readonly terms: string;
}

/** The part of the rows of a table that a query reads. */
export interface RowShape {
  readonly layout: Layout;
  readonly scalars: readonly ScalarColumn[];
  readonly multis: readonly MultiColumn[];
  /** The columns that {@link documentFromRow} and {@link loadedFromRow} read. */
  readonly columns: string;
}

/** The first columns of every shape. The scalars follow in their order, and then `lists` if there are multi fields. */
const FIXED_COLUMNS = ['id', 'pos', 'deleted', 'exact', 'body'];
const PLACES = { id: 0, position: 1, deleted: 2, exact: 3, body: 4 } as const;

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
    .map((field) => ({
      field,
      kind: layout.kinds.get(field) ?? 'text',
      terms: layout.keys.has(field) ? termTableOf(layout, field) : undefined,
    }));
  const multis = layout.multis
    .map((field, place) => ({ field, place, terms: termTableOf(layout, field) }))
    .filter(({ field }) => fields.includes(field));
  const lists = multis.length > 0 ? ['lists'] : [];
  const columns = [...FIXED_COLUMNS, ...scalars.map(({ field }) => columnOf(field)), ...lists].join(', ');
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
export function documentFromRow(shape: RowShape, row: SqlTuple, terms: Terms): Document {
  return {
    id: tupleText(row, PLACES.id),
    position: tupleText(row, PLACES.position),
    fields: rowFields(shape, row, terms),
    body: JSON.parse(tupleText(row, PLACES.body)),
  };
}

/** Returns the state of a row for writing. */
export function loadedFromRow(shape: RowShape, row: SqlTuple | undefined, terms: Terms): Loaded {
  if (row === undefined) return { state: 'absent' };
  if (row[PLACES.deleted] === 1) return { state: 'deleted', position: tupleText(row, PLACES.position) };
  return { state: 'present', document: documentFromRow(shape, row, terms) };
}

/**
 * Returns a text of a row.
 *
 * @throws TypeError if the column holds no text.
 */
export function tupleText(row: SqlTuple, place: number): string {
  const value = row[place];
  if (typeof value !== 'string') throw new TypeError(`read store: the column ${place} of a row holds no text`);
  return value;
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
  const parsed = parsedLists(layout, column);
  return layout.multis.map((field, place) => listAt(layout, parsed, { field, place }));
}

function parsedLists({ table }: Layout, column: string): readonly unknown[] | undefined {
  if (column === '') return undefined;
  const parsed: unknown = JSON.parse(column);
  if (!Array.isArray(parsed)) throw new TypeError(`${table}: the column lists is no list`);
  return parsed;
}

function listAt(
  { table }: Layout,
  parsed: readonly unknown[] | undefined,
  { field, place }: Pick<MultiColumn, 'field' | 'place'>,
): readonly number[] {
  if (parsed === undefined) return [];
  const list = parsed[place];
  if (Array.isArray(list) && list.every((term): term is number => typeof term === 'number')) return list;
  throw new TypeError(`${table}: ${field} is no list of terms`);
}

/** Returns true if SQLite returns the number unchanged, as it does not for negative zero and the smallest ones. */
function isExactNumber(number: number): boolean {
  return Object.is(number, 0) || Math.abs(number) > 1e-300;
}

function rowFields(shape: RowShape, row: SqlTuple, terms: Terms): Document['fields'] {
  const exact = tupleText(row, PLACES.exact);
  if (exact !== '') return exactFields(shape, exact);
  const { layout, scalars, multis } = shape;
  const fields: Record<string, FieldValue | readonly string[]> = {};
  let place = FIXED_COLUMNS.length;
  for (const scalar of scalars) {
    fields[scalar.field] = scalarOf(layout, scalar, row[place], terms);
    place += 1;
  }
  if (multis.length === 0) return fields;
  const lists = parsedLists(layout, tupleText(row, place));
  for (const multi of multis) {
    fields[multi.field] = listAt(layout, lists, multi).map((term) => terms.textOf(multi.terms, term));
  }
  return fields;
}

function scalarOf(
  { table }: Layout,
  { field, kind, terms: own }: ScalarColumn,
  value: unknown,
  terms: Terms,
): FieldValue {
  if (own !== undefined) return terms.textOf(own, Number(value));
  const found = fieldValue(kind, value);
  if (found !== undefined) return found;
  throw new TypeError(`${table}: ${field} holds no value`);
}

function exactFields({ layout, scalars, multis }: RowShape, exact: string): Document['fields'] {
  const wanted = [...scalars, ...multis].map(({ field }) => field);
  return checkedFields(layout, JSON.parse(exact), wanted);
}
