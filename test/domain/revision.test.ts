import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mapPersons, type NamedPerson, type PrintedText, printOf, printWith } from '../../src/domain/personal.js';
import type { DraftChange } from '../../src/domain/plan/drafting/reviseDraft.js';
import type { ImportedPlan } from '../../src/domain/plan/importedPlan.js';
import { activitiesOf, type ExistingPlan, sectionsInOrder } from '../../src/domain/plan.js';
import { revisionOf } from '../../src/domain/revision/revision.js';
import { given, importOf, planAfter, readSampleFile, sealed } from '../support/domain.js';
import { importedPlans } from '../support/importedPlans.js';
import { readTextPlan } from '../support/textPlan.js';

const print = (text: PrintedText) => printWith(text, ({ sealed: name }) => name);
const seal = ({ person }: NamedPerson) => ({ subject: person, sealed: person });

function draftOf(document: ImportedPlan<NamedPerson>) {
  return given()
    .when(importOf(sealed(document)))
    .events();
}

/** The changes with names sealed, as the application does it. */
function sealedChanges(changes: readonly DraftChange<NamedPerson>[]): DraftChange[] {
  const parties = (
    responsible: ImportedPlan<NamedPerson>['sections'][number]['activities'][number]['responsible'],
  ) => ({
    text: mapPersons(responsible.text, seal),
    parties: responsible.parties.map((party) => ({ ...party, name: mapPersons(party.name, seal) })),
  });
  return changes.map((change) => {
    switch (change.type) {
      case 'addActivity':
        return { ...change, activity: { ...change.activity, responsible: parties(change.activity.responsible) } };
      case 'reassignActivity':
        return { ...change, responsible: parties(change.responsible) };
      default:
        return change;
    }
  });
}

function revised(from: ImportedPlan<NamedPerson>, to: ImportedPlan<NamedPerson>): ExistingPlan {
  const events = draftOf(from);
  const changes = sealedChanges(revisionOf(planAfter(events), to, print));
  if (changes.length === 0) return planAfter(events);
  return given(events).when({ type: 'reviseDraft', changes }).plan();
}

const folded = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The rows as they are printed, section by section; the order of sections does not count. */
function rowsOf(plan: ExistingPlan) {
  return sectionsInOrder(plan)
    .map(({ id, numberText, title }) => ({
      ...{ numberText, title },
      rows: activitiesOf(plan, id).map(({ number, title: head, subItems, timeframe, responsible }) => [
        ...[number, head, ...subItems],
        ...[folded(timeframe.text), folded(print(responsible.text))],
      ]),
    }))
    .map((section) => JSON.stringify(section))
    .sort();
}

function printedRows({ sections }: ImportedPlan<NamedPerson>) {
  return sections
    .map(({ numberText, title, activities }) => ({
      ...{ numberText, title },
      rows: activities.map(({ number, title: head, subItems, timeframeText, responsible }) => [
        ...[number, head, ...subItems],
        ...[folded(timeframeText), folded(printOf(responsible.text))],
      ]),
    }))
    .map((section) => JSON.stringify(section))
    .sort();
}

const sample = readTextPlan(readSampleFile());

/** The sample with its text changed before it is read. */
function corrected(change: (text: string) => string): ImportedPlan<NamedPerson> {
  return readTextPlan(new TextEncoder().encode(change(new TextDecoder().decode(readSampleFile()))));
}

describe('a corrected document', () => {
  it('that says the same changes nothing', () => {
    expect(revisionOf(planAfter(draftOf(sample)), sample, print)).toEqual([]);
  });

  it('with another time changes that alone', () => {
    const other = corrected((text) => text.replace('февраль 2021г.', 'март 2021 г.'));
    expect(revisionOf(planAfter(draftOf(sample)), other, print)).toEqual([
      { type: 'rescheduleActivity', activityId: 'a5', timeframe: { text: 'март 2021 г.', schedule: null } },
    ]);
  });

  it('without a row removes it, and renumbers those below', () => {
    const other = corrected((text) => {
      const lines = text.split('\n').filter((line) => !line.startsWith('2.\tМониторинг'));
      return lines.map((line) => line.replace(/^3\.\t/, '2.\t')).join('\n');
    });
    expect(revisionOf(planAfter(draftOf(sample)), other, print)).toEqual([
      { type: 'removeActivity', activityId: 'a2' },
      { type: 'rewordActivity', activityId: 'a3', number: '2' },
    ]);
  });

  it('keeps the ids of rows that it words anew, so that their history goes on', () => {
    const other = corrected((text) => text.replace('Самый классный классный', 'Самый лучший классный'));
    const [change, ...rest] = revisionOf(planAfter(draftOf(sample)), other, print);
    expect(rest).toEqual([]);
    expect(change).toMatchObject({ type: 'rewordActivity', activityId: 'a12' });
  });

  it('makes of any draft what it says, and says nothing more then', () => {
    fc.assert(
      fc.property(importedPlans, importedPlans, (from, to) => {
        // A row that is entered must name somebody.
        fc.pre(to.sections.every(({ activities }) => activities.every((row) => row.responsible.parties.length > 0)));
        // Sections with the same name and number cannot be distinguished.
        const names = to.sections.map(({ numberText, title }) => `${numberText} ${title}`);
        fc.pre(new Set(names).size === names.length);
        const plan = revised(from, to);
        expect(rowsOf(plan)).toEqual(printedRows(to));
        expect(revisionOf(plan, to, print)).toEqual([]);
      }),
      { numRuns: Number(process.env.LETOPIS_REVISIONS ?? 150) },
    );
  });
});
