import { type NamedPerson, type PrintedText, printOf } from '../personal.js';
import { FIRST } from '../plan/drafting/addSection.js';
import type { DraftChange } from '../plan/drafting/reviseDraft.js';
import type { ImportedPlan } from '../plan/importedPlan.js';
import { activitiesOf, type Section, sectionsInOrder } from '../plan.js';
import { matchedRows, matchedSections, type RevisedRow } from './matching.js';
import { type RevisablePlan, type RevisableRow, withSingleSpaces } from './revisable.js';

/**
 * Returns the changes that turn a plan into a corrected document, in an order in which they can be applied one by one.
 * Rows are matched by their wording, or by their number and part of the wording. Rows and sections that are missing in
 * the document are removed. Sections of the plan keep their order. Stamps and columns in addition to the usual four do
 * not change.
 *
 * @param print returns the plain text of a printed text of the plan, with the names of persons.
 */
export function revisionOf(
  plan: RevisablePlan,
  document: ImportedPlan<NamedPerson>,
  print: (text: PrintedText) => string,
): DraftChange<NamedPerson>[] {
  return new Revision(plan, document, print).changes;
}

class Revision {
  readonly changes: DraftChange<NamedPerson>[] = [];
  /** The ids of rows by section id, after the changes so far. */
  readonly #rows = new Map<string, string[]>();
  #lastSection: number;
  #lastActivity: number;

  constructor(
    private readonly plan: RevisablePlan,
    private readonly document: ImportedPlan<NamedPerson>,
    private readonly print: (text: PrintedText) => string,
  ) {
    this.#lastSection = plan.lastSection;
    this.#lastActivity = plan.lastActivity;
    for (const { id } of sectionsInOrder(plan))
      this.#rows.set(
        id,
        activitiesOf(plan, id).map((row) => row.id),
      );
    this.#details();
    const sections = matchedSections(plan, document.sections);
    const known = matchedRows(plan, document.sections, sections, print);
    const kept = new Set(known.values());
    for (const { id } of plan.activities.values()) if (!kept.has(id)) this.#remove(id);
    const ids = this.#sections(sections);
    this.#freeNumbers(known);
    for (const [index, section] of document.sections.entries()) {
      for (const [place, row] of section.activities.entries())
        this.#place(row, ids[index] ?? '', place, known.get(row));
    }
    for (const { id } of sectionsInOrder(plan)) {
      if (!ids.includes(id)) this.changes.push({ type: 'removeSection', sectionId: id });
    }
  }

  #details(): void {
    const { title, period } = this.document;
    const present = this.plan.details;
    const samePeriod = period === null || (period.start === present.period?.start && period.end === present.period.end);
    if (title === present.title && samePeriod) return;
    this.changes.push({
      type: 'changePlanDetails',
      ...(title === present.title ? {} : { title }),
      ...(samePeriod || period === null ? {} : { period }),
    });
  }

  #remove(activityId: string): void {
    this.changes.push({ type: 'removeActivity', activityId });
    for (const rows of this.#rows.values()) if (rows.includes(activityId)) rows.splice(rows.indexOf(activityId), 1);
  }

  /** Returns the section ids of the document in order, including those of new sections. */
  #sections(matched: readonly (Section | undefined)[]): string[] {
    const ids: string[] = [];
    for (const [index, { numberText, title }] of this.document.sections.entries()) {
      const known = matched[index];
      // A section without a title cannot be added.
      const name = title === '' ? 'Мероприятия' : title;
      if (known) {
        ids.push(known.id);
        if (known.title === title && known.numberText === numberText) continue;
        if (title !== '') this.changes.push({ type: 'changeSection', sectionId: known.id, title, numberText });
        continue;
      }
      this.#lastSection += 1;
      const id = `s${this.#lastSection}`;
      this.changes.push({ type: 'addSection', title: name, numberText, after: ids.at(-1) ?? FIRST });
      this.#rows.set(id, []);
      ids.push(id);
    }
    return ids;
  }

  /** Removes the numbers of rows that change theirs, so that rows can exchange numbers. */
  #freeNumbers(known: ReadonlyMap<RevisedRow, string>): void {
    const renumbered = [...known].flatMap(([row, id]) => {
      const number = this.plan.activities.get(id)?.number ?? null;
      return number !== row.number && number !== null ? [{ id, number }] : [];
    });
    const wanted = new Set(this.document.sections.flatMap(({ activities }) => activities.map(({ number }) => number)));
    for (const { id, number } of renumbered) {
      if (wanted.has(number)) this.changes.push({ type: 'rewordActivity', activityId: id, number: null });
    }
  }

  #place(row: RevisedRow, sectionId: string, place: number, id: string | undefined): void {
    const rows = this.#rows.get(sectionId) ?? [];
    const after = rows[place - 1] ?? null;
    if (id === undefined) {
      this.#lastActivity += 1;
      const { number, title, subItems, timeframeText, responsible } = row;
      const timeframe = { text: timeframeText, schedule: null };
      const activity = { number, title, subItems, timeframe, responsible };
      this.changes.push({ type: 'addActivity', sectionId, after, activity });
      rows.splice(place, 0, `a${this.#lastActivity}`);
      return;
    }
    if (rows[place] !== id) {
      this.changes.push({ type: 'moveActivity', activityId: id, sectionId, after });
      for (const others of this.#rows.values()) if (others.includes(id)) others.splice(others.indexOf(id), 1);
      rows.splice(place, 0, id);
    }
    const present = this.plan.activities.get(id);
    if (present) this.#change(row, present);
  }

  #change(row: RevisedRow, present: RevisableRow): void {
    const { number, title, subItems, timeframeText, responsible } = row;
    const activityId = present.id;
    const isReworded = title !== present.title || subItems.join('\n') !== present.subItems.join('\n');
    if (isReworded || number !== present.number) {
      this.changes.push({
        type: 'rewordActivity',
        activityId,
        ...(number === present.number ? {} : { number }),
        ...(isReworded ? { title, subItems } : {}),
      });
    }
    if (withSingleSpaces(timeframeText) !== withSingleSpaces(present.timeframe.text)) {
      const timeframe = { text: timeframeText, schedule: null };
      this.changes.push({ type: 'rescheduleActivity', activityId, timeframe });
    }
    if (withSingleSpaces(printOf(responsible.text)) !== withSingleSpaces(this.print(present.responsible.text))) {
      this.changes.push({ type: 'reassignActivity', activityId, responsible });
    }
  }
}
