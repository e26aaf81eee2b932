import { isExact } from '../../storage/exactText.js';
import type { FieldKind, FieldValue } from '../port.js';
import { checkedValue } from '../values.js';
import type { Bound } from './connection.js';

/**
 * Returns a text for binding. The driver cuts texts at NUL and replaces lone surrogates, so both are replaced here, in
 * stored values and in queries alike. The exact text is stored in the JSON.
 */
export function boundText(text: string): string {
  return isExact(text) ? text : text.replaceAll('\0', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD');
}

/**
 * Returns a field's value for binding.
 *
 * @throws TypeError if it is not of the field's kind.
 */
export function boundValue(what: string, kind: FieldKind, value: unknown): Bound {
  const checked = checkedValue(what, kind, value);
  if (typeof checked === 'boolean') return checked ? 1 : 0;
  if (typeof checked === 'number') return checked;
  if (kind === 'position' || kind === 'instant') return numberOrMarked(kind, checked);
  return boundText(checked);
}

/**
 * Returns the value of a field from its column; undefined if the column contains no valid value. The inverse of
 * {@link boundValue}, except for texts that SQLite does not return unchanged.
 */
export function fieldValue(kind: FieldKind, column: unknown): FieldValue | undefined {
  if (kind === 'boolean') return column === 1;
  if (typeof column === 'number') return kind === 'number' ? column : textOfNumber(kind, column);
  if (typeof column !== 'string') return undefined;
  return kind === 'position' || kind === 'instant' ? column.slice(TEXT_MARK.length) : column;
}

/** Stored in place of the empty text: it sorts before all numbers of positions and instants. */
const EMPTY_TEXT = Number.MIN_SAFE_INTEGER;
/**
 * First character of positions and instants in other forms, so that SQLite does not convert them to numbers. They sort
 * last.
 */
const TEXT_MARK = ':';
/** Digits of the positions of the embedded event store. */
const POSITION_DIGITS = 16;

/** Returns a position or an instant as a number with the same order, which takes fewer bytes in each index. */
function numberOrMarked(kind: 'position' | 'instant', text: string): Bound {
  if (text === '') return EMPTY_TEXT;
  const number = kind === 'position' ? Number(text) : Date.parse(text);
  const isNumber = Number.isSafeInteger(number) && textOfNumber(kind, number) === text;
  return isNumber ? number : `${TEXT_MARK}${boundText(text)}`;
}

function textOfNumber(kind: FieldKind, number: number): string {
  if (number === EMPTY_TEXT) return '';
  if (kind === 'instant') return new Date(number).toISOString();
  return String(number).padStart(POSITION_DIGITS, '0');
}
