import { cutText } from '../engine/readable.js';

/** Longest short text, in characters (UTF-16 code units). */
export const MAX_SHORT = 500;
/** Longest long text. The cells of real plans are far shorter. */
export const MAX_LONG = 10_000;
/** Longest title of a plan or section, and longest URL. */
export const MAX_TITLE = 2_000;
/** Longest number of a row, a section or a document. */
export const MAX_NUMBER = 50;
/** Longest id of a plan or activity in another system. */
export const MAX_EXTERNAL_ID = 200;
/** Longest reason of a command. */
export const MAX_REASON = 2_000;
/** Longest name of a holder of access, and of a file. */
export const MAX_HOLDER_NAME = 200;
/** Longest title in a sentence of the audit trail, in characters. */
const MAX_QUOTED = 90;

const LINE_BREAKS = /[\n\r\u2028\u2029]/u;

/** Returns true for a text of several lines, with any kind of line break. */
export function hasLineBreak(text: string): boolean {
  return LINE_BREAKS.test(text);
}

/** Returns a text for quotation in a sentence. A text that is too long is cut off with an ellipsis. */
export function quotable(text: string): string {
  return text.length > MAX_QUOTED ? `${cutText(text, MAX_QUOTED).trimEnd()}…` : text;
}
