/** Control characters except tab and line breaks, lone surrogates, and noncharacters. */
const UNREADABLE = /(?![\t\n\r])\p{Cc}|[\p{Cs}\p{Noncharacter_Code_Point}]/u;
const EVERY_UNREADABLE = new RegExp(UNREADABLE.source, 'gu');

/** A character that cannot be stored, with its place in the text, from 1. */
export interface UnreadableCharacter {
  /** The character as a code point, such as `U+0000`. */
  readonly character: string;
  readonly place: number;
}

/** Returns the first character of a text that some format or program cannot read; undefined for a readable text. */
export function unreadableCharacter(text: string): UnreadableCharacter | undefined {
  const found = UNREADABLE.exec(text);
  if (!found) return undefined;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return { character: `U+${code}`, place: found.index + 1 };
}

/** Returns the text with each unreadable character replaced by U+FFFD. */
export function readableText(text: string): string {
  return UNREADABLE.test(text) ? text.replace(EVERY_UNREADABLE, '\uFFFD') : text;
}

/** Returns at most the first `max` characters (UTF-16 code units) of a readable text, without half a surrogate pair. */
export function cutText(text: string, max: number): string {
  const cut = text.slice(0, max);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** An unreadable character within a value, with the path of its text (`stamp.post`, `subItems.2`). */
export interface UnreadableText extends UnreadableCharacter {
  readonly path: string;
}

/** Returns the first unreadable text within a value of plain objects and arrays. Checks field names as well. */
export function unreadableWithin(value: unknown): UnreadableText | undefined {
  if (typeof value === 'string') {
    const found = unreadableCharacter(value);
    return found && { ...found, path: '' };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, each] of Object.entries(value)) {
    const found = unreadableCharacter(name);
    if (found) return { ...found, path: '' };
    const below = unreadableWithin(each);
    if (below) return { ...below, path: below.path === '' ? name : `${name}.${below.path}` };
  }
  return undefined;
}

/** Returns a plain value with all its texts made readable, see {@link readableText}. */
export function readableValue(value: unknown): unknown {
  if (typeof value === 'string') return readableText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => readableValue(each));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [readableText(name), readableValue(each)]));
}
