import { isObject } from '../log/json.js';

/**
 * Matches control characters, quotation marks, backslashes and surrogates. JSON escapes them, except surrogates in pairs;
 * all other characters are written unchanged.
 */
const MAY_BE_ESCAPED = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** Up to this number of names, sorting by insertion is faster than Array.sort, which copies them. */
const FEW_NAMES = 32;

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
  for (const name of sortNames(Object.keys(value))) {
    const member = value[name];
    if (member !== undefined) text += `${text === '' ? '' : ','}${jsonString(name)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

function jsonString(text: string): string {
  return MAY_BE_ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** Sorts names in place by their UTF-16 code units, as RFC 8785 requires. */
function sortNames(names: string[]): string[] {
  if (names.length > FEW_NAMES) return names.sort();
  for (let next = 1; next < names.length; next += 1) {
    const name = names[next] ?? '';
    let place = next;
    for (; place > 0; place -= 1) {
      const before = names[place - 1] ?? '';
      if (before <= name) break;
      names[place] = before;
    }
    names[place] = name;
  }
  return names;
}
