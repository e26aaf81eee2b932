import type { Layout } from '../layout.js';
import type { Document, FieldValue, Loaded } from '../port.js';
import { checkKeys, checkSize, isFieldValue, isTexts } from '../values.js';
import type { Bound, SqlRow } from './connection.js';
import { boundText, boundValue } from './values.js';

/** A record in its stored form: scalars in the order of the layout; the exact fields and the body as JSON. */
export interface Encoded {
  readonly id: string;
  readonly position: string;
  readonly scalars: readonly Bound[];
  readonly multis: ReadonlyMap<string, ReadonlySet<string>>;
  readonly fields: string;
  readonly body: string;
}

/** Columns that `documentOf` and `loadedOf` read. */
export const ROW_COLUMNS = 'id, pos, deleted, fields, body';

/**
 * Checks a record against its collection and encodes it.
 *
 * @throws TypeError if a field is missing, unknown or of another kind, or if the body is not JSON; RecordTooLarge.
 */
export function encode(layout: Layout, document: Document): Encoded {
  const what = `${layout.table} ${document.id}`;
  checkKeys(what, document.id, document.position);
  for (const field of Object.keys(document.fields))
    if (!layout.kinds.has(field)) throw new TypeError(`${what}: the field ${field} is not declared`);
  // Despite its type, JSON.stringify returns undefined for a value without a JSON form.
  const body: unknown = JSON.stringify(document.body);
  if (typeof body !== 'string') throw new TypeError(`${what}: the body is not JSON`);
  const fields = JSON.stringify(document.fields);
  checkSize(what, Buffer.byteLength(fields) + Buffer.byteLength(body));
  return {
    id: document.id,
    position: document.position,
    scalars: layout.scalars.map((field) =>
      boundValue(`${what}, ${field}`, layout.kinds.get(field) ?? 'text', document.fields[field]),
    ),
    multis: new Map(layout.multis.map((field) => [field, multiValues(what, field, document.fields[field])])),
    fields,
    body,
  };
}

/** Returns the record in a live row. */
export function documentFromRow(layout: Layout, row: SqlRow): Document {
  const body: unknown = JSON.parse(textColumn(row, 'body'));
  let fields: Document['fields'] | undefined;
  return {
    id: textColumn(row, 'id'),
    position: textColumn(row, 'pos'),
    // Parsed on demand: most readers use only the body.
    get fields() {
      fields ??= rowFields(layout, row);
      return fields;
    },
    body,
  };
}

/** Returns the state of a row for writing. */
export function loadedFromRow(layout: Layout, row: SqlRow | undefined): Loaded {
  if (row === undefined) return { state: 'absent' };
  if (row.deleted === 1) return { state: 'deleted', position: textColumn(row, 'pos') };
  return { state: 'present', document: documentFromRow(layout, row) };
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

function rowFields(layout: Layout, row: SqlRow): Document['fields'] {
  const parsed: unknown = JSON.parse(textColumn(row, 'fields'));
  if (typeof parsed !== 'object' || parsed === null) throw new TypeError(`${layout.table}: fields are not an object`);
  const fields: Record<string, FieldValue | readonly string[]> = {};
  for (const [field, value] of Object.entries(parsed)) {
    if (!isFieldValue(value) && !isTexts(value)) throw new TypeError(`${layout.table}: ${field} holds no value`);
    fields[field] = value;
  }
  return fields;
}

function multiValues(what: string, field: string, value: unknown): ReadonlySet<string> {
  if (!isTexts(value)) throw new TypeError(`${what}, ${field}: not a list of texts`);
  return new Set(value.map(boundText));
}
