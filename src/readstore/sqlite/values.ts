import type { FieldKind, FieldValue } from '../port.js';
import type { Bound } from './connection.js';

/**
 * A text as it is bound. The driver cuts texts at NUL and replaces lone surrogates, so both are replaced here, in what
 * is stored and in what is asked alike; the exact text is kept in JSON.
 */
export function boundText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** Whether a text is stored as it is; ids and positions must be. */
export function isExact(text: string): boolean {
  return boundText(text) === text;
}

/**
 * A field's value as it is bound.
 *
 * @throws TypeError when it is not of the field's kind, or a number that has no place in an order.
 */
export function boundValue(what: string, kind: FieldKind, value: unknown): Bound {
  switch (kind) {
    case 'text':
    case 'multiText':
      if (typeof value === 'string') return boundText(value);
      break;
    case 'number':
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      break;
    case 'boolean':
      if (typeof value === 'boolean') return value ? 1 : 0;
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
