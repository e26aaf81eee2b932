import { normalName } from '../parties.js';
import { type NamedPerson, type PrintedText, printOf } from '../personal.js';
import type { ImportedActivity, ImportedSection } from '../plan/importedPlan.js';
import { activitiesOf, type Section, sectionsInOrder } from '../plan.js';
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

/** A row of the plan or of the document, with the values by which it is compared. */
interface Comparable<Row> {
  readonly row: Row;
  /** Index of the row in the whole plan or document. */
  readonly at: number;
  readonly sectionId: string | undefined;
  readonly number: string | null;
  /** The whole content of the row without its number, and its wording without other content, as texts to compare. */
  readonly content: string;
  readonly wording: string;
  readonly words: ReadonlySet<string>;
}
type PresentRow = Comparable<RevisableRow>;
type WantedRow = Comparable<RevisedRow>;

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
  const rows = sectionsInOrder(plan).flatMap(({ id }) => activitiesOf(plan, id));
  const free = new Set<PresentRow>(
    rows.map((row, at) => {
      const { sectionId, timeframe, responsible } = row;
      return comparable(row, at, sectionId, timeframe.text, print(responsible.text));
    }),
  );
  const wantedRows = sections.flatMap(({ activities }, index) =>
    activities.map((row) => ({ row, sectionId: matched[index]?.id })),
  );
  const waiting = new Set<WantedRow>(
    wantedRows.map(({ row, sectionId }, at) => {
      const { timeframeText, responsible } = row;
      return comparable(row, at, sectionId, timeframeText, printOf(responsible.text));
    }),
  );
  const known = new Map<RevisedRow, string>();
  const take = (wanted: WantedRow, present: PresentRow | undefined) => {
    if (!present) return;
    known.set(wanted.row, present.row.id);
    free.delete(present);
    waiting.delete(wanted);
  };
  const takeSame = (keyOf: (row: Comparable<unknown>) => string) => {
    const byKey = grouped(free, keyOf);
    for (const wanted of waiting) take(wanted, byKey.get(keyOf(wanted))?.shift());
  };
  const takeAlike = (least: number, isPossible: (present: PresentRow, wanted: WantedRow) => boolean) => {
    const byWord = withWords(free);
    for (const wanted of waiting) {
      const found = alike(wanted, byWord, least).find((present) => free.has(present) && isPossible(present, wanted));
      take(wanted, found);
    }
  };
  const bySection = grouped(free, contentInSection);
  for (const [content, same] of grouped(waiting, contentInSection)) {
    const present = bySection.get(content) ?? [];
    const kept = chosen(present, same);
    for (const [index, wanted] of chosen(same, present).entries()) take(wanted, kept[index]);
  }
  takeSame(({ sectionId, number, wording }) => JSON.stringify([sectionId, number, wording]));
  takeSame(({ sectionId, wording }) => JSON.stringify([sectionId, wording]));
  takeSame(({ wording }) => wording);
  takeAlike(
    SAME_NUMBER,
    (present, { sectionId, number }) => number !== null && present.number === number && present.sectionId === sectionId,
  );
  takeAlike(SAME_WORDS, () => true);
  return known;
}

function comparable<Row extends RevisableRow | RevisedRow>(
  row: Row,
  at: number,
  sectionId: string | undefined,
  timeframe: string,
  responsible: string,
): Comparable<Row> {
  const { number, title, subItems, text } = row;
  const content = JSON.stringify([title, subItems, withSingleSpaces(timeframe), withSingleSpaces(responsible)]);
  const wording = normalName([title, ...subItems].join(' '));
  const words = new Set(normalName(text).match(/[\p{L}\p{N}]+/gu));
  return { row, at, sectionId, number, content, wording, words };
}

function contentInSection({ sectionId, content }: Comparable<unknown>): string {
  return JSON.stringify([sectionId, content]);
}

function grouped<Row>(rows: Iterable<Row>, keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/**
 * Returns rows with the same content, as many as there are partners in the other list, in their order. Rows whose
 * number occurs in the other list are chosen first. The rows are paired in this order, not by their numbers: if an
 * amendment gave such rows other numbers than the document has, pairs by number would cross, and the document would
 * seem to move the rows.
 */
function chosen<Row extends Comparable<unknown>>(rows: readonly Row[], others: readonly Comparable<unknown>[]): Row[] {
  const numbers = new Set(others.map(({ number }) => number));
  const [numbered, rest] = [true, false].map((has) => rows.filter(({ number }) => numbers.has(number) === has));
  const some = new Set([...(numbered ?? []), ...(rest ?? [])].slice(0, others.length));
  return rows.filter((row) => some.has(row));
}

function withWords(rows: Iterable<PresentRow>): Map<string, PresentRow[]> {
  const byWord = new Map<string, PresentRow[]>();
  for (const row of rows) {
    for (const word of row.words) {
      const same = byWord.get(word);
      if (same) same.push(row);
      else byWord.set(word, [row]);
    }
  }
  return byWord;
}

/** Returns the rows that share at least this part of their words, from 0 to 1, with a wanted row, in their order. */
function alike({ words }: WantedRow, byWord: ReadonlyMap<string, readonly PresentRow[]>, least: number): PresentRow[] {
  const common = new Map<PresentRow, number>();
  for (const word of words) {
    for (const row of byWord.get(word) ?? []) common.set(row, (common.get(row) ?? 0) + 1);
  }
  return [...common]
    .filter(([row, count]) => count / Math.max(1, words.size + row.words.size - count) >= least)
    .map(([row]) => row)
    .sort((a, b) => a.at - b.at);
}
