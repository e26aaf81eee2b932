import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { NamedPerson } from '../../src/domain/personal.js';
import type { ImportedActivity, ImportedPlan } from '../../src/domain/plan/importedPlan.js';
import { findPersons } from '../../src/domain/wording/persons.js';
import { readResponsible } from '../../src/domain/wording/responsible.js';
import { readSampleFile } from './domain.js';
import { readTextPlan } from './textPlan.js';

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

/** Plans as a careful person types them: sections, numbered rows, real wordings of timeframes and parties. */
export const importedPlans: fc.Arbitrary<ImportedPlan<NamedPerson>> = fc
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
