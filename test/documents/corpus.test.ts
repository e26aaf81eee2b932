import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { previewOf } from '../../src/documents/printing/preview.js';
import { readDocument } from '../../src/documents/read.js';

const DIRECTORY = new URL('../fixtures/plans/', import.meta.url);

/** The documents, with what a careful person has read in each. */
const DOCUMENTS = [
  'buzuluk-2020-2021-word.docx',
  'celinny-2015-09.docx',
  'karshem-2022.txt',
  'popechitel-2021-2022.docx',
  'rosinka-health.html',
  'seredka-2017.txt',
  'vno-2020-2021.xlsx',
];

const FACULTY = '5 факультет Военно-космической академии имени А.Ф. Можайского';

interface Activity {
  readonly [field: string]: unknown;
  readonly uncertain?: readonly string[];
}
interface Expected {
  readonly [field: string]: unknown;
  readonly columns: readonly string[];
  readonly approvals: readonly { readonly [field: string]: unknown }[];
  readonly sections: readonly { readonly [field: string]: unknown; readonly activities: readonly Activity[] }[];
}

const FIELDS = ['number', 'title', 'text', 'subItems', 'timeframeText', 'responsibleText', 'responsible'] as const;

describe.each(DOCUMENTS)('%s', (name) => {
  const expected: Expected = JSON.parse(
    readFileSync(new URL(name.replace(/\.\w+$/, '.expected.json'), DIRECTORY), 'utf8'),
  );
  const read = async () => previewOf((await readDocument(readFileSync(new URL(name, DIRECTORY)), name)).plan);

  it('has the sections and rows that a careful person reads in it', async () => {
    const { sections } = await read();
    expect(sections.map(({ numberText, title }) => [numberText, title])).toEqual(
      expected.sections.map(({ numberText, title }) => [numberText, title]),
    );
    for (const [index, section] of expected.sections.entries()) {
      // A field marked as uncertain has other readings that are also right.
      const doubtful = section.activities.filter(({ uncertain }) => uncertain?.includes('responsible')).length;
      // If most parties of a section are uncertain, none of them can be known for certain.
      const hidden = doubtful > section.activities.length / 2 ? ['responsible'] : [];
      const sure = (uncertain: readonly string[] = []) =>
        FIELDS.filter((field) => ![...uncertain, ...hidden].some((name) => field.startsWith(name)));
      const found = sections[index]?.activities ?? [];
      expect(found.map((row, at) => pick(row, sure(section.activities[at]?.uncertain)))).toEqual(
        section.activities.map((row) => pick(row, sure(row.uncertain))),
      );
    }
  });

  it('has the title, the period and the stamps that stand above them', async () => {
    const { title, documentKind, organization, period, approvals, columns } = await read();
    // A list in prose has neither title nor period. They are assumed, and reported as questions.
    if (expected.columns.length === 0) {
      expect({ columns, approvals, period }).toEqual({ columns: [], approvals: [], period: null });
      return;
    }
    // The reader does not take a faculty for the institution of the plan.
    const institution = expected.organization === FACULTY ? null : expected.organization;
    expect({ title, documentKind, organization, period, columns }).toEqual({
      ...pick(expected, ['title', 'documentKind', 'period', 'columns']),
      organization: institution,
    });
    const fields = ['kind', 'marker', 'position', 'person', 'date', 'document'];
    // A blank form for a protocol is not a document.
    const byKind = (stamps: readonly object[]) =>
      stamps.map((stamp) => JSON.stringify(pick(stamp, fields)).replace(/"Протокол № \(пусто\)[^"]*"/, 'null')).sort();
    expect(byKind(approvals)).toEqual(byKind(expected.approvals));
  });
});

function pick(from: object, fields: readonly string[]): object {
  const entries = Object.entries(from);
  return Object.fromEntries(fields.map((field) => [field, entries.find(([name]) => name === field)?.[1] ?? null]));
}
