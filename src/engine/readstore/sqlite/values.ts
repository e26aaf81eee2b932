import type { FieldKind } from '../port.js';
import { checkedValue } from '../values.js';
import type { Bound } from './connection.js';

/**
 * Returns a text for binding. The driver cuts texts at NUL and replaces lone surrogates, so both are replaced here, in
 * stored values and in queries alike. The exact text is stored in the JSON.
 */
export function boundText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD');
}

/**
 * Returns a field's value for binding.
 *
 * @throws TypeError if it is not of the field's kind.
 */
export function boundValue(what: string, kind: FieldKind, value: unknown): Bound {
  const checked = checkedValue(what, kind, value);
  if (typeof checked === 'boolean') return checked ? 1 : 0;
  return typeof checked === 'string' ? boundText(checked) : checked;
}
