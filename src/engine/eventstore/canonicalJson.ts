import { isObject } from '../log/json.js';

/**
 * Matches control characters, quotation marks, backslashes and surrogates. JSON escapes them, except surrogates in pairs;
 * all other characters are written unchanged.
 */
const MAY_BE_ESCAPED = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/**
 * Returns the canonical JSON of a value (RFC 8785). Members that are undefined are left out, as in JSON.stringify.
 *
 * @throws TypeError if the value has no JSON form.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return jsonString(value);
  // ECMAScript writes numbers in the form that RFC 8785 requires.
  if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return String(value);
  if (!isObject(value)) throw new TypeError('a value without a JSON form');
  if (typeof value.toJSON === 'function') return canonicalJson(value.toJSON());
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += `${text === '' ? '' : ','}${canonicalJson(item ?? null)}`;
    return `[${text}]`;
  }
  // Array.sort compares by UTF-16 code units, as RFC 8785 requires.
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (member !== undefined) text += `${text === '' ? '' : ','}${jsonString(name)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

function jsonString(text: string): string {
  return MAY_BE_ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}
