import { isExact } from '../storage/exactText.js';
import { type FieldKind, type FieldValue, RecordTooLarge } from './port.js';

/**
 * Largest record in bytes: MongoDB stores documents of 16 MiB. Both engines have the limit, so that one can replace the
 * other.
 */
const MAX_RECORD = 16 * 1024 * 1024 - 64 * 1024;

/** Checks the size of a record in bytes. @throws RecordTooLarge */
export function checkSize(what: string, bytes: number): void {
  if (bytes <= MAX_RECORD) return;
  throw new RecordTooLarge(`${what}: a record of ${bytes} bytes is too large to be stored; ${MAX_RECORD} at most`);
}

/**
 * Checks that an id and a position are stored unchanged.
 *
 * @throws TypeError for an empty text, or one with NUL or a lone surrogate.
 */
export function checkKeys(what: string, id: string, position: string): void {
  if (id === '' || !isExact(id)) throw new TypeError(`${what}: not an id`);
  if (position === '' || !isExact(position)) throw new TypeError(`${what}: not a position`);
}

/**
 * Returns a value of a field, or one value of a multi field.
 *
 * @throws TypeError if it is not of the field's kind, or is a number without an order (NaN, infinity).
 */
export function checkedValue(what: string, kind: FieldKind, value: unknown): FieldValue {
  switch (kind) {
    case 'text':
    case 'position':
    case 'instant':
    case 'multiText':
      if (typeof value === 'string') return value;
      break;
    case 'number':
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      break;
    case 'boolean':
      if (typeof value === 'boolean') return value;
      break;
  }
  throw new TypeError(`${what}: ${describe(value)} is not a ${kind}`);
}

/** Returns the smallest text greater than all texts with the prefix, by code point; undefined if there is none. */
export function afterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  while (points.length > 0) {
    const last = points.pop() ?? 0;
    if (last === 0x10ffff) continue;
    // Skip the surrogates, which are not code points of a text.
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    return String.fromCodePoint(...points, next);
  }
  return undefined;
}

/** Returns true if a value parsed from JSON is a value of a scalar field. */
export function isFieldValue(value: unknown): value is FieldValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Returns true if a value is a list of texts, as in a multi field. */
export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function describe(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
