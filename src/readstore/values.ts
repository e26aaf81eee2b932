import type { FieldKind, FieldValue } from './port.js';

/** Texts that not every store gives back as they are: those with NUL or a lone surrogate. */
const INEXACT = /[\0\p{Surrogate}]/u;

/** Whether a text is stored as it is everywhere; ids and positions must be. */
export function isExact(text: string): boolean {
  return !INEXACT.test(text);
}

/**
 * Checks that id and position are stored as they are.
 *
 * @throws TypeError for an empty one or one with NUL or a lone surrogate in it.
 */
export function checkKeys(what: string, id: string, position: string): void {
  if (id === '' || !isExact(id)) throw new TypeError(`${what}: not an id`);
  if (position === '' || !isExact(position)) throw new TypeError(`${what}: not a position`);
}

/**
 * A value of a field, or one value of a multi field.
 *
 * @throws TypeError when it is not of the field's kind, or a number that has no place in an order.
 */
export function checkedValue(what: string, kind: FieldKind, value: unknown): FieldValue {
  switch (kind) {
    case 'text':
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

/**
 * The least text above all that start with the prefix, by code point; undefined when there is none.
 */
export function afterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  while (points.length > 0) {
    const last = points.pop() ?? 0;
    if (last === 0x10ffff) continue;
    // Surrogates are no code points of a text.
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    return String.fromCodePoint(...points, next);
  }
  return undefined;
}

/** Whether a value read from JSON is a value of a scalar field. */
export function isFieldValue(value: unknown): value is FieldValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Whether a value is the list of texts of a multi field. */
export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function describe(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
