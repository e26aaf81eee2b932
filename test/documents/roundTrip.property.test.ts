import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ExportFormat, exportedPlan } from '../../src/application/exporting.js';
import { previewOf } from '../../src/documents/printing/preview.js';
import { readDocument, readTextPlan } from '../../src/documents/read.js';
import type { ImportedActivity, ImportedPlan } from '../../src/domain/commands.js';
import { type NamedPerson, type PrintedText, printWith } from '../../src/domain/personal.js';
import { findPersons } from '../../src/domain/wording/persons.js';
import { readResponsible } from '../../src/domain/wording/responsible.js';
import { given, importOf, planAfter, readSampleFile, sealed } from '../support/domain.js';

/** Formats that hold a plan whole; csv has no stamps. */
const FORMATS: readonly ExportFormat[] = ['docx', 'html', 'xlsx', 'csv'];

function column(file: string, index: number): string[] {
  const text = readFileSync(new URL(`../fixtures/wordings/${file}`, import.meta.url), 'utf8');
  const cells = text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t')[index] ?? '');
  return cells.map((cell) => cell.replaceAll('⏎', '\n')).filter((cell) => cell.trim() === cell && cell !== '');
}
const TIMES = column('timeframes.tsv', 1);
const PARTIES = column('responsible.tsv', 1);

const words = fc.constantFrom(
  ...['Семинар', 'Смотр', 'Конкурс «Учитель года»', 'Проверка журналов', 'Педсовет', 'Сдача ГИА-9', 'Отчёт (ОШ-1)'],
  ...[
    'по итогам года',
    'для 5-х классов',
    'в 2020 году',
    'с участием родителей',
    'и его итоги',
    '№ 232',
    'с. Целинный',
  ],
);
const wording = fc.array(words, { minLength: 1, maxLength: 5 }).map((some) => some.join(' '));
const NONE: string[] = [];
const items: fc.Arbitrary<string[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(NONE) },
  { weight: 1, arbitrary: fc.array(wording, { minLength: 2, maxLength: 4 }) },
);

const activity: fc.Arbitrary<ImportedActivity<NamedPerson>> = fc
  .record({
    title: wording,
    subItems: items,
    timeframeText: fc.constantFrom(...TIMES),
    responsibleText: fc.constantFrom(...PARTIES),
    extra: fc.option(wording, { nil: undefined }),
  })
  .map(({ title, subItems, timeframeText, responsibleText, extra }) => {
    const parties = readResponsible(responsibleText).parties;
    return {
      number: null,
      title,
      text: subItems.length === 0 ? title : `${title}: ${subItems.map((item) => `- ${item}`).join('; ')}`,
      subItems,
      timeframeText: timeframeText
        .split('\n')
        .map((line) => line.trim())
        .join('\n'),
      responsible: { text: findPersons(responsibleText.replace(/\s+/g, ' ').trim()), parties },
      references: [],
      extras: extra === undefined ? {} : { Место: extra },
      irregularities: [],
      source: null,
    };
  });

const plan: fc.Arbitrary<ImportedPlan<NamedPerson>> = fc
  .array(
    fc.record({
      numberText: fc.constantFrom('1.', 'II.', '3.', ''),
      title: wording,
      activities: fc.array(activity, { minLength: 1, maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((sections) => {
    let row = 0;
    const numbered = sections.map((section) => ({
      ...section,
      activities: section.activities.map((each) => {
        row += 1;
        return { ...each, number: String(row) };
      }),
    }));
    return { ...readTextPlan(readSampleFile()), sections: numbered, irregularities: [] };
  });

const print = (text: PrintedText) => printWith(text, ({ sealed: name }) => name);

/** What must come back: all that is printed, with white space folded. */
function structure(of: ImportedPlan<NamedPerson>, withStamps: boolean) {
  const { title, period, organization, unit, approvals, sections } = previewOf(of);
  return {
    ...{ title, period, organization, unit },
    // The approving stamp is printed last, at the right, wherever it stood.
    approvals: withStamps ? [...approvals].sort((a, b) => (a.kind < b.kind ? -1 : 1)) : [],
    sections: sections.map(({ numberText, title: name, activities }) => ({
      ...{ numberText, name },
      rows: activities.map(({ number, title: head, text, subItems, timeframeText, responsible, extras = {} }) => ({
        ...{ number, head, text, subItems, timeframeText, responsible, extras },
      })),
    })),
  };
}

async function exported(of: ImportedPlan<NamedPerson>, format: ExportFormat) {
  const fold = planAfter(
    given()
      .when(importOf(sealed(of)))
      .events(),
  );
  const none = { month: null, report: null, day: null, compare: null, party: null };
  const events = { readStream: async () => [] };
  const source = { planId: 'p', plan: fold, events, now: '2020-10-15T07:00:00Z', print };
  return exportedPlan(source, { format, execution: false, ...none });
}

describe.each(FORMATS)('a plan exported as %s and imported again', (format) => {
  it('is the sample plan again', async () => {
    const sample = readTextPlan(readSampleFile());
    const file = await exported(sample, format);
    const again = await readDocument(file.content, file.name);
    expect(structure(again.plan, format !== 'csv')).toEqual(structure(sample, format !== 'csv'));
  });

  it('has the structure that it had', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (original) => {
        const file = await exported(original, format);
        const again = await readDocument(file.content, file.name);
        expect(structure(again.plan, format !== 'csv')).toEqual(structure(original, format !== 'csv'));
      }),
      { numRuns: format === 'docx' ? 60 : 30 },
    );
  });
});
