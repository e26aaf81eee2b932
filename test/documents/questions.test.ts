import { describe, expect, it } from '@jest/globals';
import { previewOf } from '../../src/documents/printing/preview.js';
import { needsReview } from '../../src/domain/plan.js';
import { importedSample, planAfter, readSampleFile } from '../support/domain.js';
import { readTextPlan } from '../support/textPlan.js';

const preview = previewOf(readTextPlan(readSampleFile()));
const rows = new Map(
  preview.sections.flatMap(({ activities }) => activities).map((activity) => [activity.number ?? '', activity]),
);

function codesOf(number: string): string[] {
  return (rows.get(number)?.irregularities ?? []).map(({ code }) => code);
}

describe('the questions that the sample leaves to a human', () => {
  it('are about these activities and no others', () => {
    const asked = [...planAfter(importedSample()).activities.values()].filter(needsReview);
    expect(asked.map(({ number }) => number)).toEqual(['3', '5', '6', '7', '8', '9', '10', '13']);
  });

  it('have a reason each', () => {
    expect(Object.fromEntries([...rows.keys()].map((number) => [number, codesOf(number)]))).toEqual({
      1: [],
      2: [],
      3: ['UNCLOSED_PARENTHESIS'],
      4: [],
      5: ['SINGLE_SUB_ITEM'],
      6: [],
      7: ['SIMILAR_PARTY'],
      8: ['NUMBER_GLUED_TO_TITLE', 'FOREIGN_FRAGMENT'],
      9: ['NUMBER_GLUED_TO_TITLE'],
      10: ['NUMBER_GLUED_TO_TITLE', 'ON_DEMAND_IN_TITLE'],
      11: ['NUMBER_GLUED_TO_TITLE'],
      12: ['NUMBER_GLUED_TO_TITLE', 'TRAILING_COMMA'],
      13: ['NUMBER_GLUED_TO_TITLE', 'LIST_AFTER_COLON', 'UNBALANCED_QUOTES'],
    });
  });

  it.each([
    ['5', 'SINGLE_SUB_ITEM', [/воспитания: - МОБУ «Елшанская Первая СОШ»$/]],
    ['7', 'SIMILAR_PARTY', [/^Центр поддержки .* классного руководителя$/]],
    ['8', 'FOREIGN_FRAGMENT', [/в т\.ч\. классных руководителей$/]],
    ['13', 'LIST_AFTER_COLON', [/«Воспитатель человека»: номинации «Самый классный/]],
  ] as const)('of activity %s (%s) comes with the other reading', (number, code, readings) => {
    const found = rows.get(number)?.irregularities.find((each) => each.code === code);
    expect(found?.alternatives).toEqual(readings.map((reading) => expect.stringMatching(reading)));
  });

  it('name the words that they are about', () => {
    const wordsOf = (number: string) => rows.get(number)?.irregularities.at(-1)?.text;
    expect(wordsOf('3')).toMatch(/\(размещение обобщенного опыта работы$/);
    expect(wordsOf('7')).toMatch(/Оренбургской области$/);
    expect(wordsOf('8')).toBe(
      'Общественные организации (по согласованию) «Реализация программы воспитания и социализации»',
    );
    expect(wordsOf('10')).toBe('по запросам министерства образования');
    expect(wordsOf('13')).toBe('«Самый классный «Классный»');
  });

  it('name the fields that can be read in two ways', () => {
    const uncertain = [...rows].flatMap(([number, row]) => row.uncertain.map((field) => `${number} ${field}`));
    expect(uncertain).toEqual(['5 subItems', '7 responsible', '8 title', '13 subItems']);
  });

  it.each([
    ['6', ['2020-09-01/2021-05-31']],
    ['8', ['2020-09-01/2020-09-30', '2020-09-01/2020-09-30;2021-08-01/2021-08-31']],
    ['9', ['2020-11-01/2021-04-30']],
  ] as const)('of the timeframe of activity %s come with the other readings', (number, readings) => {
    const timeframe = rows.get(number)?.timeframe;
    expect(timeframe?.flags).toContain('AMBIGUOUS');
    expect(timeframe?.alternatives.map(({ interpretation }) => interpretation)).toEqual(readings);
  });
});

describe('the repairs of the sample', () => {
  it('are told, with the line or words where that helps', () => {
    expect(preview.documentIrregularities.map(({ code, text }) => (text === null ? code : `${code} ${text}`))).toEqual([
      'TITLE_OVER_LINES',
      'MARKDOWN_MARKS **',
      'PERIOD_DERIVED',
      'NO_STAMP_DATE',
      'INITIALS_WITHOUT_DOTS',
      'BLANK_LINE_IN_TABLE 28',
      'BLANK_LINE_IN_TABLE 34',
      'SECTION_WITHOUT_CELLS IV.',
      'BLANK_LINE_IN_TABLE 36',
      'SECTION_WITHOUT_CELLS V.',
      'SECTION_NUMBERS_MIXED',
      'ACTIVITY_NUMBERS_RUN_THROUGH',
    ]);
  });
});
