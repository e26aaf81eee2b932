import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { amendmentCommand } from '../../src/application/importing.js';
import type { Given } from '../../src/domain/actor.js';
import { type NamedPerson, type PrintedText, printWith } from '../../src/domain/personal.js';
import type { ExistingPlan } from '../../src/domain/plan.js';
import { type AmendmentChange, type Correction, correctionOf } from '../../src/domain/revision/amendment.js';
import { approved as approval, given, importOf, planAfter, readSampleFile, sealed } from '../support/domain.js';
import { importedPlans } from '../support/importedPlans.js';
import { runs } from '../support/runs.js';
import { readTextPlan } from '../support/textPlan.js';

const print = (text: PrintedText) => printWith(text, ({ sealed: name }) => name);
const sample = new TextDecoder().decode(readSampleFile());
const readText = (text: string) => readTextPlan(new TextEncoder().encode(text));

const imported = given()
  .when(importOf(sealed(readText(sample))))
  .events();
const confirmed = given(imported).when({ type: 'confirmPrintedApproval', date: null, underControlFrom: null }).events();
const approved = planAfter(imported, confirmed);

function amendmentBy(text: string, plan: ExistingPlan = approved) {
  const correction = correctionOf(plan, readText(text), print);
  if (correction.kind !== 'amendment') throw new Error('an approved plan is amended');
  return correction;
}

const linesWithout = (start: string) =>
  sample
    .split('\n')
    .filter((line) => !line.startsWith(start))
    .join('\n');
const NEW_ROW = '4.\tМесячник безопасности\tмай 2021 г.\tМетодист';
const inserted = sample.replace(/^4\.\t/m, `${NEW_ROW}\n5.\t`);

const BECAUSE: Pick<Given, 'reason' | 'basis'> = { reason: 'Приказ отдела', basis: { kind: 'withoutDocument' } };
const seal = ({ person }: NamedPerson) => ({ subject: person, sealed: person });
const command = (correction: Correction) => amendmentCommand(correction, [], seal);
const NOTHING: Correction = { kind: 'amendment', changes: [], notAmendable: [] };

describe('a corrected document of an approved plan', () => {
  it('that says the same changes nothing', () => {
    expect(amendmentBy(sample)).toEqual(NOTHING);
    given(imported, confirmed).when(command(NOTHING), BECAUSE).thenRefused('NOTHING_CHANGES');
  });

  it('excludes the rows that it lacks, and leaves the numbers of the others', () => {
    const { changes } = amendmentBy(linesWithout('2.\tМониторинг').replace(/^3\.\t/m, '2.\t'));
    expect(changes).toEqual([{ type: 'excludeActivity', activityId: 'a2' }]);
  });

  it('gives a new row the number of the document if it is free, otherwise the next one', () => {
    const numberOf = ([change]: readonly AmendmentChange<NamedPerson>[]) =>
      change?.type === 'addActivity' ? change.activity.number : undefined;
    expect(numberOf(amendmentBy(inserted).changes)).toBe('14');
    expect(numberOf(amendmentBy(sample.replace(/^4\.\t/m, `${NEW_ROW.replace('4.', '21.')}\n4.\t`)).changes)).toBe(
      '21',
    );
  });

  it('gives a new row the next number where another row comes into its section with the wanted one', () => {
    const plan = (first: string, second: string) =>
      readText(
        [
          'План работы школы на 2020-2021 учебный год',
          ...['№\tМероприятие\tСрок\tОтветственные', 'I. Первый', first, 'II. Второй', second],
        ].join('\n'),
      );
    const row = (number: number, title: string) => `${number}.\t${title}\tмай 2021 г.\tЗавуч`;
    const before = plan(`${row(1, 'Линейка')}\n${row(2, 'Поход')}`, row(1, 'Субботник'));
    const after = plan(row(1, 'Линейка'), `${row(1, 'Субботник')}\n${row(2, 'Поход')}\n${row(2, 'Сбор отряда')}`);
    const events = given()
      .when(importOf(sealed(before)))
      .events();
    const inForce = [...events, approval()];
    const correction = correctionOf(planAfter(inForce), after, print);
    const amended = given(inForce).when(command(correction), BECAUSE).plan();
    const second = [...amended.activities.values()].filter(({ sectionId }) => sectionId === 's2');
    expect(second.map(({ number, title }) => `${number} ${title}`).toSorted()).toEqual([
      '1 Субботник',
      '2 Поход',
      '3 Сбор отряда',
    ]);
  });

  it('that has the same row twice adds both, and then has nothing more to say', () => {
    const twice = sample.replace(/^4\.\t/m, `${NEW_ROW}\n${NEW_ROW.replace('4.', '5.')}\n6.\t`);
    const correction = amendmentBy(twice);
    const numbers = correction.changes.map((change) => (change.type === 'addActivity' ? change.activity.number : null));
    expect(numbers).toEqual(['14', '15']);
    const numberedBefore = twice.replace(/^4\.\t/m, '15.\t').replace(/^5\.\t/m, '14.\t');
    const amended = given(imported, confirmed).when(command(correction), BECAUSE).plan();
    for (const text of [twice, numberedBefore]) expect(amendmentBy(text, amended)).toEqual(NOTHING);
  });

  it('becomes one amendment with its reason, and then has nothing more to say', () => {
    const other = inserted.replace('февраль 2021г.', 'март 2021 г.');
    const correction = amendmentBy(other);
    expect(correction.changes.map(({ type }) => type)).toEqual(['addActivity', 'rescheduleActivity']);
    const amendment = given(imported, confirmed).when(command(correction), BECAUSE);
    const [first, ...rest] = amendment.events();
    expect(first).toMatchObject({ type: 'PlanAmended', data: { edition: 2, reason: 'Приказ отдела' } });
    expect(rest.map(({ type }) => type)).toEqual(['ActivityPlanned', 'ActivityRescheduled']);
    expect(amendmentBy(other, amendment.plan()).changes).toEqual([]);
  });

  it('says nothing of a row that is excluded, whether it lacks the row or prints «Исключено»', () => {
    const exclusion = given(imported, confirmed).when({ type: 'excludeActivity', activityId: 'a2' }, BECAUSE);
    const printed = sample.replace(/^2\.\tМониторинг.*$/m, '2.\tИсключено\t\t');
    for (const text of [linesWithout('2.\tМониторинг'), printed]) {
      expect(amendmentBy(text, exclusion.plan())).toMatchObject({ changes: [], notAmendable: [] });
    }
  });

  it('is refused at the change that cannot come into force', () => {
    const correction = amendmentBy(sample.replace('февраль 2021г.', 'когда-нибудь'));
    const amending = given(imported, confirmed);
    amending.when(command(correction), BECAUSE).thenRefused('UNREAD_WORDING', 'changes.0.timeframe.text');
    amending.when(command(correction)).thenRefused('REASON_REQUIRED', 'reason');
  });

  it('is refused whole when it has another title or other sections', () => {
    const renamed = sample.replace('Мониторинговые процедуры', 'Контроль').replace('учебный год', 'учебный  год');
    const { notAmendable } = amendmentBy(renamed);
    expect(notAmendable).toMatchObject([{ type: 'changeSection', sectionId: 's4', title: 'Контроль' }]);
    given(imported, confirmed)
      .when({ type: 'amendFromDocument', changes: [], notAmendable: ['~ раздел «Контроль»'] }, BECAUSE)
      .thenRefused('NOT_AMENDABLE', 'content');
  });

  it('amends any plan to what it says, and says nothing more then', () => {
    fc.assert(
      fc.property(importedPlans, importedPlans, (from, to) => {
        // An entered row must have a responsible party, and an amended row a timeframe that is understood.
        fc.pre(to.sections.every(({ activities }) => activities.every((row) => row.responsible.parties.length > 0)));
        const names = from.sections.map(({ numberText, title }) => `${numberText} ${title}`);
        fc.pre(new Set(names).size === names.length);
        const sections = from.sections.map((section, index) => ({
          ...section,
          activities: (to.sections[index]?.activities ?? []).map((row) => ({ ...row, timeframeText: 'май 2021 г.' })),
        }));
        const document = { ...from, sections };
        const events = [
          ...given()
            .when(importOf(sealed(from)))
            .events(),
          approval(),
        ];
        const correction = correctionOf(planAfter(events), document, print);
        if (correction.kind !== 'amendment' || correction.changes.length === 0) return;
        expect(correction.notAmendable).toEqual([]);
        const amended = given(events).when(command(correction), BECAUSE).plan();
        expect(correctionOf(amended, document, print)).toEqual(NOTHING);
        const live = [...amended.activities.values()].filter(({ excluded }) => !excluded);
        expect(live.length).toBe(sections.reduce((sum, { activities }) => sum + activities.length, 0));
        // A number is never used twice, not even that of an excluded row.
        expect(repeatedNumbers(amended)).toEqual(repeatedNumbers(planAfter(events)));
      }),
      { numRuns: Number(process.env.LETOPIS_REVISIONS ?? runs(150, 40)) },
    );
  });
});

/** The numbers that several rows of one section have. */
function repeatedNumbers({ activities }: ExistingPlan): string[] {
  const keys = [...activities.values()].flatMap(({ number, sectionId }) => (number ? [`${sectionId} ${number}`] : []));
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}
