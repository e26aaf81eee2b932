import { MAX_TITLE } from '../../domain/texts.js';
import type { Row } from '../model.js';

/** Matches the number of an activity in a separate cell: «3», «2.1.». */
export const NUMBER = /^(?<number>\d{1,4}(?:\.\d{1,3})*)[.)]?$/u;

/** Matches a number before the title in the same cell. */
export const GLUED_NUMBER = /^(?<number>\d{1,4}(?:\.\d{1,3})*)\.\s*(?<title>\D[\s\S]*)$/u;

/** Matches the number of a section in a separate cell. */
export const ROMAN = /^[IVXІ]{1,5}[.)]?$/u;

/** A section's number and title in one cell. */
const SECTION =
  /^(?:(?:раздел|модуль|блок)\s+(?<named>\d{1,2}|[IVXІ]{1,5})[.):]?\s+|(?<number>(?:\d{1,2}(?:\.\d{1,2})*|[IVXІ]{1,5})[.)])\s*(?!\d))(?<title>\S[\s\S]*)$/iu;

/** Number and title of a section in one cell; undefined when it prints no number. */
export function sectionParts(text: string): { readonly number: string; readonly title: string } | undefined {
  if (text.length > MAX_TITLE) return undefined;
  const { number, named, title } = SECTION.exec(text)?.groups ?? {};
  return title === undefined ? undefined : { number: number ?? named ?? '', title };
}

/** Returns true for a row of column numbers: «1 | 2 | 3 | 4» under the head. */
export function isCounting({ cells }: Row): boolean {
  return cells.length >= 3 && cells.every(({ text }, index) => text.trim() === String(index + 1));
}
