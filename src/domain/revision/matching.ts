import { normalName } from '../parties.js';
import { type NamedPerson, type PrintedText, printOf } from '../personal.js';
import type { ImportedActivity, ImportedSection } from '../plan/importedPlan.js';
import { byOrder, type Section, sectionsInOrder } from '../plan.js';
import { type RevisablePlan, type RevisableRow, withSingleSpaces } from './revisable.js';

/** Share of common words that makes two rows with the same number the same row. */
const SAME_NUMBER = 0.3;
/** Share of common words that makes any two rows the same row. */
const SAME_WORDS = 0.6;

/** A row of a document that is compared with a plan. */
export type RevisedRow = ImportedActivity<NamedPerson>;

/**
 * Returns the section of the plan that matches each section of the document: by title and number, by title, by number.
 */
export function matchedSections(
  plan: RevisablePlan,
  sections: readonly ImportedSection<NamedPerson>[],
): readonly (Section | undefined)[] {
  const free = new Set(sectionsInOrder(plan));
  const take = (found: Section | undefined) => {
    if (found) free.delete(found);
    return found;
  };
  const found: (Section | undefined)[] = sections.map(() => undefined);
  const pass = (isSame: (section: Section, wanted: ImportedSection<NamedPerson>) => boolean) => {
    for (const [index, wanted] of sections.entries()) {
      found[index] ??= take([...free].find((section) => isSame(section, wanted)));
    }
  };
  const sameTitle = (section: Section, { title }: ImportedSection<NamedPerson>) =>
    normalName(section.title) === normalName(title);
  const sameNumber = (section: Section, { numberText }: ImportedSection<NamedPerson>) =>
    section.numberText === numberText;
  pass((section, wanted) => sameTitle(section, wanted) && sameNumber(section, wanted));
  pass(sameTitle);
  pass((section, wanted) => wanted.numberText !== '' && sameNumber(section, wanted));
  return found;
}

/**
 * Returns the id of the plan row that matches each row of the document. Rows without a match are missing.
 *
 * @param print returns the plain text of a printed text of the plan, with the names of persons.
 */
export function matchedRows(
  plan: RevisablePlan,
  sections: readonly ImportedSection<NamedPerson>[],
  matched: readonly (Section | undefined)[],
  print: (text: PrintedText) => string,
): Map<RevisedRow, string> {
  const free = new Set(plan.activities.values());
  const known = new Map<RevisedRow, RevisableRow>();
  const wanted = sections.flatMap(({ activities }, index) =>
    activities.map((row) => ({ row, sectionId: matched[index]?.id })),
  );
  const pass = (isSame: (present: RevisableRow, row: RevisedRow, isSameSection: boolean) => boolean) => {
    for (const { row, sectionId } of wanted) {
      if (known.has(row)) continue;
      const found = [...free].find((present) => isSame(present, row, present.sectionId === sectionId));
      if (!found) continue;
      known.set(row, found);
      free.delete(found);
    }
  };
  const contents = new Map<RevisableRow | RevisedRow, string>([
    ...[...free].map((row) => [row, contentOf(row, row.timeframe.text, print(row.responsible.text))] as const),
    ...wanted.map(({ row }) => [row, contentOf(row, row.timeframeText, printOf(row.responsible.text))] as const),
  ]);
  const isSameNumber = (present: RevisableRow, row: RevisedRow) => present.number === row.number;
  const isSameContent = (present: RevisableRow, row: RevisedRow) => contents.get(present) === contents.get(row);
  pass((present, row, isSameSection) => isSameSection && isSameNumber(present, row) && isSameContent(present, row));
  pass((present, row, isSameSection) => isSameSection && isSameContent(present, row));
  pairInOrder(
    wanted.filter(({ row }) => known.has(row)),
    known,
    (row, sectionId) => `${sectionId} ${contents.get(row)}`,
  );
  pass((present, row, isSameSection) => isSameSection && isSameNumber(present, row) && isSameWording(present, row));
  pass((present, row, isSameSection) => isSameSection && isSameWording(present, row));
  pass(isSameWording);
  pass(
    (present, row, isSameSection) =>
      isSameSection && present.number !== null && isSameNumber(present, row) && alike(present, row) >= SAME_NUMBER,
  );
  pass((present, row) => alike(present, row) >= SAME_WORDS);
  return new Map([...known].map(([row, { id }]) => [row, id]));
}

/** Returns the content of a row without its number, as text to compare. */
function contentOf({ title, subItems }: RevisableRow | RevisedRow, timeframe: string, responsible: string): string {
  return JSON.stringify([title, subItems, withSingleSpaces(timeframe), withSingleSpaces(responsible)]);
}

/**
 * Pairs rows with the same content in the order of the plan and of the document. If an amendment gave such rows other
 * numbers than the document has, pairs by number would cross, and the document would seem to move the rows.
 */
function pairInOrder(
  paired: readonly { readonly row: RevisedRow; readonly sectionId: string | undefined }[],
  known: Map<RevisedRow, RevisableRow>,
  sayingOf: (row: RevisableRow | RevisedRow, sectionId: string | undefined) => string,
): void {
  const present = new Map<string, RevisableRow[]>();
  for (const row of [...known.values()].sort(byOrder)) {
    const saying = sayingOf(row, row.sectionId);
    present.set(saying, [...(present.get(saying) ?? []), row]);
  }
  for (const { row, sectionId } of paired) {
    const next = present.get(sayingOf(row, sectionId))?.shift();
    if (next) known.set(row, next);
  }
}

const wordingOf = ({ title, subItems }: Pick<RevisableRow, 'title' | 'subItems'>) =>
  normalName([title, ...subItems].join(' '));

function isSameWording(present: RevisableRow, row: RevisedRow): boolean {
  return wordingOf(present) === wordingOf(row);
}

/** Returns the share of words that two rows have in common, from 0 to 1. */
function alike(present: RevisableRow, row: RevisedRow): number {
  const [a, b] = [wordsOfRow(present.text), wordsOfRow(row.text)];
  const common = [...a].filter((word) => b.has(word)).length;
  return common / Math.max(1, a.size + b.size - common);
}

function wordsOfRow(text: string): ReadonlySet<string> {
  return new Set(normalName(text).match(/[\p{L}\p{N}]+/gu));
}
