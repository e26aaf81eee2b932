import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { previewOf } from '../../src/documents/printing/preview.js';
import { printOf } from '../../src/domain/personal.js';
import { readSampleFile } from '../support/domain.js';
import { readTextPlan } from '../support/textPlan.js';

const EXPECTED: unknown = JSON.parse(
  readFileSync(new URL('../fixtures/plans/buzuluk-2020-2021.expected.json', import.meta.url), 'utf8'),
);
const plan = readTextPlan(readSampleFile());
const rows = plan.sections.flatMap(({ activities }) => activities);

describe('the sample plan', () => {
  it('is read as its expected structure has it', () => {
    const { documentIrregularities: _, ...preview } = previewOf(plan);
    const sections = preview.sections.map(({ activities, ...section }) => ({
      ...section,
      activities: activities.map(({ uncertain, irregularities, source, timeframe, ...activity }) => ({
        ...activity,
        timeframe: { kind: timeframe.kind, interpretation: timeframe.interpretation },
      })),
    }));
    expect({ ...preview, sections }).toEqual(withoutRemarks(EXPECTED));
  });

  it('keeps the line of each row', () => {
    const lines = new TextDecoder().decode(readSampleFile()).split('\n');
    for (const { source, title } of rows) {
      const line = lines[Number(/^line (\d+)$/.exec(source ?? '')?.[1]) - 1];
      expect(line).toContain(title);
    }
  });
});

/** Remarks in the expected structure are prose; the reader has codes for them. */
function withoutRemarks(value: unknown): unknown {
  const remarks = ['irregularities', 'documentIrregularities', 'uncertain'];
  return JSON.parse(JSON.stringify(value), (key, part: unknown) => (remarks.includes(key) ? undefined : part));
}

/** Returns the words of the texts in alphabetical order with repetitions, separated only by spaces and tabs. */
function wordsOf(texts: readonly string[]): string[] {
  return texts
    .flatMap((text) => text.split(/\s+/))
    .filter((word) => word !== '')
    .sort();
}

describe('every word of the document stands in a named field exactly once', () => {
  const text = new TextDecoder().decode(readSampleFile());
  const head = text.indexOf('№\tнаименование');
  const afterHead = text.indexOf('\n', head);

  it('in the table', () => {
    const fields = plan.sections.flatMap(({ numberText, title, activities }) => [
      numberText,
      title,
      ...activities.flatMap((row) => [`${row.number}.`, row.text, row.timeframeText, printOf(row.responsible.text)]),
    ]);
    expect(wordsOf(fields)).toEqual(wordsOf([text.slice(afterHead)]));
  });

  it('in the heading, but for the marks of bold print', () => {
    const stamps = plan.stamps.flatMap(({ marker, post, person }) => [marker, post, person ? printOf(person) : '']);
    const heading = text.slice(0, head).replaceAll('**', '');
    expect(wordsOf([...stamps, plan.title])).toEqual(wordsOf([heading]));
    expect(plan.columns).toEqual(text.slice(head, afterHead).split('\t'));
  });

  it('and title and sub-items hold what the row says, but for its list marks', () => {
    for (const { title, subItems, text: whole } of rows) {
      const marks = /[:;-]$|^номинации$|^-$/;
      const words = (parts: readonly string[]) =>
        parts
          .flatMap((part) => part.split(/\s+/))
          .map((word) => word.replace(/[:;,]$/, ''))
          .filter((word) => !marks.test(word));
      expect(words([title, ...subItems])).toEqual(words([whole]));
    }
  });
});
