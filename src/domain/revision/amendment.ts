import { normalName } from '../parties.js';
import type { NamedPerson, PersonalText, PrintedText } from '../personal.js';
import type { ContentChange } from '../plan/catalogue.js';
import { freeNumber, type NumberedRow, nextNumber } from '../plan/content/numbers.js';
import type { DraftChange } from '../plan/drafting/reviseDraft.js';
import type { ImportedPlan, ImportedSection } from '../plan/importedPlan.js';
import type { RevisablePlan } from './revisable.js';
import { revisionOf } from './revision.js';

/** One change that a corrected document makes to an approved plan. */
export type AmendmentChange<Person = PersonalText> =
  | Extract<DraftChange<Person>, { readonly type: ContentChange['type'] }>
  | Extract<ContentChange, { readonly type: 'excludeActivity' }>;

/** The changes that a corrected document would make in a plan. */
export type Correction = (
  | { readonly kind: 'revision'; readonly changes: readonly DraftChange<NamedPerson>[] }
  | { readonly kind: 'amendment'; readonly changes: readonly AmendmentChange<NamedPerson>[] }
) & {
  /**
   * Differences that an amendment cannot make: it does not change title, period and sections of an approved plan. Empty
   * for a draft.
   */
  readonly notAmendable: readonly DraftChange<NamedPerson>[];
};

/**
 * Returns the changes that a corrected document would make in a plan. A draft becomes equal to the document; an
 * approved plan is amended.
 *
 * @param print returns the plain text of a printed text of the plan, with the names of persons.
 */
export function correctionOf(
  plan: RevisablePlan,
  document: ImportedPlan<NamedPerson>,
  print: (text: PrintedText) => string,
): Correction {
  return plan.status === 'APPROVED'
    ? { kind: 'amendment', ...amendmentOf(plan, document, print) }
    : { kind: 'revision', changes: revisionOf(plan, document, print), notAmendable: [] };
}

/**
 * Returns the changes of an amendment. A row that is missing in the document is excluded. Rows keep their numbers,
 * because orders refer to them. A new row whose number is in use gets the next number.
 */
function amendmentOf(plan: RevisablePlan, document: ImportedPlan<NamedPerson>, print: (text: PrintedText) => string) {
  const live = new Map([...plan.activities].filter(([, { excluded }]) => !excluded));
  const sections = document.sections.map((section) => withoutExcluded(plan, section));
  const numbers = new Map<string, NumberedRow>(plan.activities);
  const changes: AmendmentChange<NamedPerson>[] = [];
  const notAmendable: DraftChange<NamedPerson>[] = [];
  const revised = revisionOf({ ...plan, activities: live }, { ...document, sections }, print);
  // If numbers are counted by section, a moved row keeps its number.
  for (const change of revised) {
    const row = change.type === 'moveActivity' ? numbers.get(change.activityId) : undefined;
    if (change.type === 'moveActivity' && row) numbers.set(row.id, { ...row, sectionId: change.sectionId });
  }
  for (const change of revised) {
    switch (change.type) {
      case 'changePlanDetails':
      case 'addSection':
      case 'changeSection':
        notAmendable.push(change);
        break;
      case 'removeSection':
        // The section is not removed: its excluded rows are printed in it.
        break;
      case 'removeActivity':
        changes.push({ type: 'excludeActivity', activityId: change.activityId });
        break;
      case 'rewordActivity': {
        const { number: _, ...reworded } = change;
        if (reworded.title !== undefined) changes.push(reworded);
        break;
      }
      case 'addActivity': {
        const { sectionId, activity } = change;
        const wanted = activity.number ?? null;
        const isTaken = freeNumber({ activities: numbers }, sectionId, wanted, null) !== undefined;
        const number = isTaken ? nextNumber({ activities: numbers }, sectionId) : wanted;
        const id = `new ${numbers.size}`;
        numbers.set(id, { id, sectionId, number });
        changes.push({ ...change, activity: { ...activity, number } });
        break;
      }
      default:
        changes.push(change);
    }
  }
  return { changes, notAmendable };
}

/** Leaves out the rows that an export prints as «Исключено» under the number of an excluded activity. */
function withoutExcluded(plan: RevisablePlan, section: ImportedSection<NamedPerson>): ImportedSection<NamedPerson> {
  const excluded = new Set([...plan.activities.values()].flatMap((row) => (row.excluded ? [row.number] : [])));
  const activities = section.activities.filter(
    ({ title, number }) => !(normalName(title) === 'исключено' && excluded.has(number)),
  );
  return { ...section, activities };
}
