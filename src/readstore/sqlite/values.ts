import type { FieldKind } from '../port.js';
import { checkedValue } from '../values.js';
import type { Bound } from './connection.js';

/**
 * A text as it is bound. The driver cuts texts at NUL and replaces lone surrogates, so both are replaced here, in what
 * is stored and in what is asked alike; the exact text is kept in JSON.
 */
export function boundText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD');
}

/**
 * A field's value as it is bound.
 *
 * @throws TypeError when it is not of the field's kind.
 */
export function boundValue(what: string, kind: FieldKind, value: unknown): Bound {
  const checked = checkedValue(what, kind, value);
  if (typeof checked === 'boolean') return checked ? 1 : 0;
  return typeof checked === 'string' ? boundText(checked) : checked;
}
