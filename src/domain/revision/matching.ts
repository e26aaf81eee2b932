import { normalName } from '../parties.js';
import type { NamedPerson } from '../personal.js';
import type { ImportedActivity, ImportedSection } from '../plan/importedPlan.js';
import { type Section, sectionsInOrder } from '../plan.js';
import type { RevisablePlan, RevisableRow } from './revisable.js';

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

/** Returns the id of the plan row that matches each row of the document. Rows without a match are missing. */
export function matchedRows(
  plan: RevisablePlan,
  sections: readonly ImportedSection<NamedPerson>[],
  matched: readonly (Section | undefined)[],
): Map<RevisedRow, string> {
  const free = new Set(plan.activities.values());
  const known = new Map<RevisedRow, string>();
  const wanted = sections.flatMap(({ activities }, index) =>
    activities.map((row) => ({ row, sectionId: matched[index]?.id })),
  );
  const pass = (isSame: (present: RevisableRow, row: RevisedRow, sectionId: string | undefined) => boolean) => {
    for (const { row, sectionId } of wanted) {
      if (known.has(row)) continue;
      const found = [...free].find((present) => isSame(present, row, sectionId));
      if (!found) continue;
      known.set(row, found.id);
      free.delete(found);
    }
  };
  const same = ({ title, subItems }: RevisableRow, row: RevisedRow) =>
    normalName([title, ...subItems].join(' ')) === normalName([row.title, ...row.subItems].join(' '));
  pass(
    (present, row, sectionId) => present.sectionId === sectionId && present.number === row.number && same(present, row),
  );
  pass((present, row, sectionId) => present.sectionId === sectionId && same(present, row));
  pass((present, row) => same(present, row));
  pass(
    (present, row, sectionId) =>
      present.sectionId === sectionId &&
      present.number !== null &&
      present.number === row.number &&
      alike(present, row) >= SAME_NUMBER,
  );
  pass((present, row) => alike(present, row) >= SAME_WORDS);
  return known;
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
