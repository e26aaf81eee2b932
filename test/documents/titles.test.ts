import { describe, expect, it } from '@jest/globals';
import { previewOf } from '../../src/documents/printing/preview.js';
import { readDocument } from '../../src/documents/read.js';

const TABLE =
  '<table><tr><td>№<td>Мероприятие<td>Сроки<td>Ответственные</tr><tr><td>1<td>Линейка<td>май<td>Завуч</tr></table>';

async function read(above: string) {
  return previewOf((await readDocument(new TextEncoder().encode(`${above}${TABLE}`), 'plan.html')).plan);
}

describe('the period of a plan', () => {
  it.each([
    ['на 2023-2024 уч.г.', '2023-09-01', '2024-08-31'],
    ['на 2023/24 уч. год', '2023-09-01', '2024-08-31'],
    ['в 2023-2024 учебном году', '2023-09-01', '2024-08-31'],
    ['на 2023-2024 гг.', '2023-09-01', '2024-08-31'],
    ['на I полугодие 2023-2024 учебного года', '2023-09-01', '2023-12-31'],
    ['на второе полугодие 2023-2024 учебного года', '2024-01-01', '2024-08-31'],
    ['на 2024 год', '2024-01-01', '2024-12-31'],
    ['на 1 квартал 2024 года', '2024-01-01', '2024-03-31'],
    ['на сентябрь 2023 года', '2023-09-01', '2023-09-30'],
    ['на август-сентябрь 2023 года', '2023-08-01', '2023-09-30'],
    ['с 11 по 15 сентября 2023 года', '2023-09-11', '2023-09-15'],
    ['с 01.09.2023 по 31.05.2024', '2023-09-01', '2024-05-31'],
    ['с 21 декабря по 10 января 2024 г.', '2023-12-21', '2024-01-10'],
  ])('«%s» is %s … %s, and no part of who it is of', async (text, start, end) => {
    const { period, unit } = await read(`<p>План работы Центра поддержки ${text}</p>`);
    expect({ period, unit }).toMatchObject({ period: { start, end }, unit: 'Центр поддержки' });
  });

  it('is asked for where none is named', async () => {
    const { period, documentIrregularities } = await read('<p>План работы школы</p>');
    expect(period).toBeNull();
    expect(documentIrregularities.filter(({ code }) => code === 'NO_PERIOD')).toHaveLength(1);
  });
});

describe('the title', () => {
  it.each([
    [
      '<p>План работы библиотеки</p><p>на 2023-2024 учебный год</p><p>Пояснительная записка</p><p>Текст.</p>',
      'План работы библиотеки на 2023-2024 учебный год',
    ],
    [
      '<h1>План работы</h1><h2>План воспитательной работы школы на 2023-2024 учебный год</h2>',
      'План воспитательной работы школы на 2023-2024 учебный год',
    ],
    [
      '<p>ЦИКЛОГРАММА</p><p>работы заместителя директора на 2023-2024 учебный год</p>',
      'ЦИКЛОГРАММА работы заместителя директора на 2023-2024 учебный год',
    ],
    ['<p>П Л А Н</p><p>работы школы на 2023-2024 учебный год</p>', 'План работы школы на 2023-2024 учебный год'],
    ['<aside><h3>План питания</h3></aside><h2>План работы школы на 2024 год</h2>', 'План работы школы на 2024 год'],
  ])('of %s', async (above, title) => {
    expect((await read(above)).title).toBe(title);
  });

  it('may be the caption of the table, or the name of the file', async () => {
    const captioned = TABLE.replace('<table>', '<table><caption>План работы школы на 2024 год</caption>');
    const page = previewOf((await readDocument(new TextEncoder().encode(captioned), 'plan.html')).plan);
    expect(page.title).toBe('План работы школы на 2024 год');
    const csv = '№;Мероприятие;Срок;Ответственный\n1;Линейка;май;Завуч\n';
    const named = previewOf((await readDocument(new TextEncoder().encode(csv), 'План_на_год.csv')).plan);
    expect(named.title).toBe('План на год');
    expect(named.documentIrregularities).toContainEqual(expect.objectContaining({ code: 'TITLE_ASSUMED' }));
  });

  it('is followed by the section that the table belongs to', async () => {
    const { title, sections } = await read('<p>План работы школы на 2023-2024 учебный год</p><p>СЕНТЯБРЬ</p>');
    expect([title, sections[0]?.title]).toEqual(['План работы школы на 2023-2024 учебный год', 'СЕНТЯБРЬ']);
  });
});

describe('a stamp', () => {
  const TITLE = '<p></p><p>План работы школы на 2023-2024 учебный год</p>';

  it.each([
    [
      '<p>УТВЕРЖДЕНО</p><p>приказом директора МБОУ СОШ № 5</p><p>от 01.09.2023 № 45</p>',
      { document: 'Приказ №45 от 01.09.2023 г.', date: '2023-09-01', position: 'приказом директора МБОУ СОШ № 5' },
    ],
    [
      '<p>Принято</p><p>педагогическим советом</p><p>(протокол от 31.08.2023 № 1)</p>',
      { document: 'Протокол №1 от 31.08.2023 г.', date: '2023-08-31', position: 'педагогическим советом' },
    ],
    [
      '<p>Принят на заседании педсовета</p><p>31.08.2023, протокол №1</p>',
      { document: 'Протокол №1', date: '2023-08-31' },
    ],
    [
      '<p>УТВЕРЖДАЮ</p><p>Директор И. И. Иванова</p><p>«30» 08. 2023 г.</p>',
      { person: 'И. И. Иванова', date: '2023-08-30', position: 'Директор' },
    ],
    ['<p>УТВЕРЖДАЮ</p><p>Директор</p><p>_________/Петрова А.А./</p>', { person: 'Петрова А.А.', position: 'Директор' }],
    [
      '<p>«Утверждаю»</p><p></p><p>Директор МБОУ СОШ № 5</p><p></p><p>Иванова И.И.</p>',
      { person: 'Иванова И.И.', position: 'Директор МБОУ СОШ № 5' },
    ],
    [
      '<p>СОГЛАСОВАНО</p><p>Председатель ПК</p><p>___ И.И. Иванова</p>',
      { person: 'И.И. Иванова', position: 'Председатель ПК' },
    ],
    [
      '<p>УТВЕРЖДАЮ</p><p>Директор ____ И.И. Иванов</p><p>«___» ________ 20__ г.</p>',
      { person: 'И.И. Иванов', date: null, position: 'Директор' },
    ],
  ])('%s', async (printed, expected) => {
    const { approvals, title } = await read(`${printed}${TITLE}`);
    expect(title).toBe('План работы школы на 2023-2024 учебный год');
    expect(approvals).toEqual([expect.objectContaining(expected)]);
  });
});
