import type { Layout } from '../layout.js';
import type { Document, FieldValue, Loaded } from '../port.js';
import { checkedValue, checkKeys, isExact, isFieldValue, isTexts } from '../values.js';

/** Deeper than this MongoDB takes no document. */
const MAX_DEPTH = 90;

/** A document as MongoDB keeps it; a tombstone has no more than its first fields. */
export interface Kept {
  readonly _id: string;
  readonly _pos: string;
  /** By which writing it wrote: told apart from what another runner wrote at the same position. */
  readonly _by: string;
  readonly live: boolean;
  readonly f?: Readonly<Record<string, FieldValue | readonly string[]>>;
  readonly body?: unknown;
  /** Fields and body as JSON, where MongoDB would give them back otherwise than they were. */
  readonly exact?: string;
}

/**
 * Checks a document against its collection and makes it what MongoDB keeps.
 *
 * @throws TypeError when a field is missing, unknown or of another kind, or the body is not JSON.
 */
export function kept(layout: Layout, document: Document, by: string): Kept {
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
  return isPlain ? { ...first, f: fields, body } : { ...first, f: fields, exact: JSON.stringify({ fields, body }) };
}

/** What is left of a deleted document. */
export function tombstone(layout: Layout, id: string, position: string, by: string): Kept {
  checkKeys(`${layout.table} ${id}`, id, position);
  return { _id: id, _pos: position, _by: by, live: false };
}

/** The document in what MongoDB keeps. */
export function documentOf(layout: Layout, { _id, _pos, f, body, exact }: Kept): Document {
  if (exact === undefined) return { id: _id, position: _pos, fields: checkedFields(layout, f ?? {}), body };
  const parsed: unknown = JSON.parse(exact);
  if (typeof parsed !== 'object' || parsed === null || !('fields' in parsed) || !('body' in parsed)) {
    throw new TypeError(`${layout.table} ${_id}: its exact form is damaged; rebuild the read model`);
  }
  return { id: _id, position: _pos, fields: checkedFields(layout, parsed.fields), body: parsed.body };
}

/** What a kept document means for writing. */
export function loadedOf(layout: Layout, found: Kept | undefined): Loaded {
  if (found === undefined) return { state: 'absent' };
  return found.live
    ? { state: 'present', document: documentOf(layout, found) }
    : { state: 'deleted', position: found._pos };
}

function checkedFields(layout: Layout, given: unknown): Document['fields'] {
  if (typeof given !== 'object' || given === null) throw new TypeError(`${layout.table}: fields are not an object`);
  const fields: Record<string, FieldValue | readonly string[]> = {};
  for (const [field, value] of Object.entries(given)) {
    if (!isFieldValue(value) && !isTexts(value)) throw new TypeError(`${layout.table}: ${field} holds no value`);
    fields[field] = value;
  }
  return fields;
}

/** Whether a value comes back from MongoDB as it was: texts with lone surrogates do not, nor do some names of keys. */
function isKeptAsIs(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return isExact(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth > MAX_DEPTH) return false;
  if (Array.isArray(value)) return value.every((item) => isKeptAsIs(item, depth + 1));
  return Object.entries(value).every(
    ([key, item]) => isExact(key) && !/^\$|\.|^$|^_id$|^__proto__$/.test(key) && isKeptAsIs(item, depth + 1),
  );
}
