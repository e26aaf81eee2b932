/** Longest short text, in characters (UTF-16 code units). */
export const MAX_SHORT = 500;
/** Longest long text. The cells of real plans are far shorter. */
export const MAX_LONG = 10_000;
/** Longest title of a plan or section, and longest URL. */
export const MAX_TITLE = 2_000;
/** Longest number of a row, a section or a document. */
export const MAX_NUMBER = 50;
/** Longest reason of a command. */
export const MAX_REASON = 2_000;
/** Longest name of a holder of access, and of a file. */
export const MAX_HOLDER_NAME = 200;
/** Longest title in a sentence of the audit trail, in characters. */
const MAX_QUOTED = 90;

/** Control characters except tab and line breaks, lone surrogates, and noncharacters. */
const UNREADABLE = /(?![\t\n\r])\p{Cc}|[\p{Cs}\p{Noncharacter_Code_Point}]/u;
const EVERY_UNREADABLE = new RegExp(UNREADABLE.source, 'gu');
const LINE_BREAKS = /[\n\r\u2028\u2029]/u;

/** A character that cannot be stored, with its place in the text, from 1. */
export interface UnreadableCharacter {
  /** Such as `U+0000`. */
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

/** True for a text of several lines, with any kind of line break. */
export function hasLineBreak(text: string): boolean {
  return LINE_BREAKS.test(text);
}

/** An unreadable character within a value, with the path of its text (`stamp.post`, `subItems.2`). */
export interface UnreadableText extends UnreadableCharacter {
  readonly path: string;
}

/** Returns the first unreadable text within a value of plain objects and arrays. Checks field names as well. */
export function unreadableWithin(value: unknown, path: readonly string[] = []): UnreadableText | undefined {
  if (typeof value === 'string') {
    const found = unreadableCharacter(value);
    return found && { ...found, path: path.join('.') };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, each] of Object.entries(value)) {
    const found = unreadableCharacter(name);
    if (found) return { ...found, path: path.join('.') };
    const below = unreadableWithin(each, [...path, name]);
    if (below) return below;
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

/** Returns a text for quotation in a sentence. A text that is too long is cut off with an ellipsis. */
export function quotable(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED).trimEnd()}…` : text;
}
