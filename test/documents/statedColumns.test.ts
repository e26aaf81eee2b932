import { describe, expect, it } from '@jest/globals';
import { previewOf } from '../../src/documents/printing/preview.js';
import { readDocument } from '../../src/documents/read.js';
import { statedColumnsFrom } from '../../src/documents/statedColumns.js';

const TITLE = 'План работы школы на 2023-2024 учебный год';

async function read(document: string, columns: string, name = 'plan.html') {
  const { plan } = await readDocument(new TextEncoder().encode(document), name, statedColumnsFrom(columns));
  const preview = previewOf(plan);
  const rows = preview.sections.flatMap(({ title, activities }) => [
    ...(title === null ? [] : [`§ ${title}`]),
    ...activities.map(({ number, title: name, timeframeText, responsibleText, extras = {} }) =>
      [number, name, timeframeText, responsibleText, ...Object.entries(extras).map((pair) => pair.join('='))].join(
        ' | ',
      ),
    ),
  ]);
  return { title: preview.title, columns: preview.columns, rows, noticed: preview.documentIrregularities };
}

const table = (...rows: readonly string[]) =>
  `<p>${TITLE}</p><table>${rows.map((row) => `<tr>${row}</tr>`).join('')}</table>`;
const cells = (...texts: readonly string[]) => texts.map((text) => `<td>${text}</td>`).join('');
const UNUSUAL = cells('', 'Что затеваем', 'Где', 'К какому дню', 'Чьими силами');

describe('a document whose headings are not those of a plan', () => {
  it('is refused with the headings that it has, those that are looked for, and how to state columns', async () => {
    const bytes = new TextEncoder().encode(table(UNUSUAL, cells('1', 'Линейка', 'Двор', 'май', 'Завуч')));
    await expect(readDocument(bytes, 'plan.html')).rejects.toThrow(
      /table 1, row 1: .*headings seen: «Что затеваем», «Где», «К какому дню», «Чьими силами».*«мероприятие».*«срок».*--columns/,
    );
  });

  it('is read by the columns that a person states; other columns are kept by their names', async () => {
    const page = table(
      UNUSUAL,
      cells('1', '2', '3', '4', '5'),
      '<td colspan="5">Педсоветы</td>',
      cells('1', 'Линейка', 'Двор', 'май', 'Завуч'),
      cells('2', 'Поход', '', 'июнь 2024 г.', 'Директор'),
    );
    const { title, columns, rows, noticed } = await read(page, 'activity=2,time=4,responsible=5,number=1');
    expect(title).toBe(TITLE);
    expect(columns).toEqual(['Столбец 1', 'Что затеваем', 'Где', 'К какому дню', 'Чьими силами']);
    expect(rows).toEqual([
      '§ Педсоветы',
      '1 | Линейка | май | Завуч | Где=Двор',
      '2 | Поход | июнь 2024 г. | Директор',
    ]);
    expect(noticed).toContainEqual(expect.objectContaining({ code: 'COLUMNS_STATED' }));
  });

  it('may have no headings at all: its first row is then a row of the plan', async () => {
    const page = table(cells('1', 'Линейка', 'май', 'Завуч'), cells('2', 'Поход', 'июнь', 'Директор'));
    expect((await read(page, 'мероприятие=2, срок=3, ответственные=4, номер=1')).rows).toEqual([
      '1 | Линейка | май | Завуч',
      '2 | Поход | июнь | Директор',
    ]);
  });

  it('goes on in further tables, and may be a text', async () => {
    const page = `${table(UNUSUAL, cells('1', 'Линейка', '', 'май', 'Завуч'))}<p>Второе полугодие</p>${table(cells('2', 'Поход', '', 'июнь', 'Завуч'))}`;
    expect((await read(page, 'activity=2,time=4')).rows).toEqual(
      expect.arrayContaining([expect.stringContaining('Линейка | май'), expect.stringContaining('Поход | июнь')]),
    );
    const text = `${TITLE}\n\nЧто\tКогда\nЛинейка\tмай\nПоход\tиюнь\n`;
    expect((await read(text, 'activity=1,time=2', 'план.txt')).rows).toEqual([
      ' | Линейка | май | ',
      ' | Поход | июнь | ',
    ]);
  });

  it('is refused when no table has the columns that are stated', async () => {
    const page = table(UNUSUAL, cells('1', 'Линейка', 'Двор', 'май', 'Завуч'));
    await expect(read(page, 'activity=2,time=9')).rejects.toThrow(/No table has texts in the columns that were stated/);
  });
});

describe('columns', () => {
  it.each([
    '',
    'activity',
    'activity=2',
    'activity=2,time=2',
    'activity=0,time=1',
    'activity=2,time=101',
    'activity=2,activity=3',
    'date=2',
  ])('stated as «%s» are refused with how to write them', (text) => {
    expect(() => statedColumnsFrom(text)).toThrow(/columns.*activity=2,time=4/);
  });
});
