import { BSON } from 'mongodb';
import { isExact } from '../../storage/exactText.js';
import { checkedFields, type Layout } from '../layout.js';
import type { Document, FieldValue, Loaded } from '../port.js';
import { checkedValue, checkKeys, checkSize, isTexts } from '../values.js';

/** Maximum depth of a document that MongoDB accepts, with a margin. */
const MAX_DOCUMENT_DEPTH = 90;

/** A record as MongoDB stores it. A tombstone has only the first four properties. */
export interface StoredRecord {
  readonly _id: string;
  readonly _pos: string;
  /** Id of the `write` call that wrote it, to distinguish it from a write of another process at the same position. */
  readonly _by: string;
  readonly live: boolean;
  readonly f?: Readonly<Record<string, FieldValue | readonly string[]>>;
  readonly body?: unknown;
  /** Fields and body as JSON, if MongoDB would not return them unchanged. */
  readonly exact?: string;
}

/**
 * Checks a record against its collection and returns its stored form.
 *
 * @throws TypeError if a field is missing, unknown or of another kind, or if the body is not JSON; RecordTooLarge.
 */
export function recordFromDocument(layout: Layout, document: Document, by: string): StoredRecord {
  const { id, position, fields, body } = document;
  const what = `${layout.table} ${id}`;
  checkKeys(what, id, position);
  for (const field of Object.keys(fields)) {
    if (!layout.kinds.has(field)) throw new TypeError(`${what}: the field ${field} is not declared`);
  }
  for (const [field, kind] of layout.kinds) {
    const value = fields[field];
    if (kind !== 'multiText') checkedValue(`${what}, ${field}`, kind, value);
    else if (!isTexts(value)) throw new TypeError(`${what}, ${field}: not a list of texts`);
  }
  const text: unknown = JSON.stringify(body);
  if (typeof text !== 'string') throw new TypeError(`${what}: the body is not JSON`);
  const first = { _id: id, _pos: position, _by: by, live: true };
  const isPlain = isKeptAsIs(fields, 0) && isKeptAsIs(body, 0);
  const stored = isPlain
    ? { ...first, f: fields, body }
    : { ...first, f: fields, exact: JSON.stringify({ fields, body }) };
  checkSize(what, BSON.calculateObjectSize(stored));
  return stored;
}

/** Returns the tombstone of a deleted record. */
export function tombstone(layout: Layout, id: string, position: string, by: string): StoredRecord {
  checkKeys(`${layout.table} ${id}`, id, position);
  return { _id: id, _pos: position, _by: by, live: false };
}

/** Returns the record of a stored document, with only some of its fields if they are named. */
export function documentFromRecord(layout: Layout, stored: StoredRecord, fields?: readonly string[]): Document {
  const { _id, _pos, f, body, exact } = stored;
  if (exact === undefined) return { id: _id, position: _pos, fields: checkedFields(layout, f ?? {}, fields), body };
  const parsed: unknown = JSON.parse(exact);
  if (typeof parsed !== 'object' || parsed === null || !('fields' in parsed) || !('body' in parsed)) {
    throw new TypeError(`${layout.table} ${_id}: its exact form is damaged; rebuild the read model`);
  }
  return { id: _id, position: _pos, fields: checkedFields(layout, parsed.fields, fields), body: parsed.body };
}

/** Returns the state of a stored document for writing. */
export function loadedFromRecord(layout: Layout, found: StoredRecord | undefined): Loaded {
  if (found === undefined) return { state: 'absent' };
  return found.live
    ? { state: 'present', document: documentFromRecord(layout, found) }
    : { state: 'deleted', position: found._pos };
}

/** Returns true if MongoDB returns the value unchanged. It changes texts with lone surrogates and rejects some keys. */
function isKeptAsIs(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return isExact(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth > MAX_DOCUMENT_DEPTH) return false;
  if (Array.isArray(value)) return value.every((item) => isKeptAsIs(item, depth + 1));
  return Object.entries(value).every(
    ([key, item]) => isExact(key) && !/^\$|\.|^$|^_id$|^__proto__$/.test(key) && isKeptAsIs(item, depth + 1),
  );
}
