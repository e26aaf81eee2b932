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
export const MAX_NAME = 200;

const LINE_BREAKS = /[\n\r\u2028\u2029]/u;

/** True for a text of several lines, with any kind of line break. */
export function hasLineBreak(text: string): boolean {
  return LINE_BREAKS.test(text);
}
