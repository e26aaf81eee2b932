import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { previewOf } from '../../src/documents/printing/preview.js';
import { readDocument } from '../../src/documents/read.js';

const DIRECTORY = new URL('../fixtures/faults/', import.meta.url);

/** Returns the plan that is read from a document. */
async function read(name: string) {
  const { title, period, sections, documentIrregularities } = previewOf(
    (await readDocument(readFileSync(new URL(name, DIRECTORY)), name)).plan,
  );
  const rows = sections.flatMap(({ activities }) => activities);
  return {
    title,
    period,
    rows,
    told: documentIrregularities.map(({ code, text }) => (text === null ? code : `${code}: ${text}`)),
  };
}

/** Small documents, each with one kind of fault, with what a careful person reads in them. */
interface Expected {
  /** Columns of the rows by name, in their order. */
  readonly [column: string]: readonly unknown[];
}

const ROWS: Readonly<Record<string, Expected>> = {
  '04-footnote.docx': {
    timeframeText: ['до 15 мая'],
    times: ['../2024-05-15'],
    extras: [{ Сноска: 'Срок может быть перенесён приказом' }],
  },
  '04b-superscript.docx': {
    timeframeText: ['15 мая', '05.1²'],
    times: ['2024-05-15/2024-05-15', 'unknown'],
    confidence: ['certain', 'unknown'],
  },
  '06-autonum.docx': { number: ['1', '2', '5', '5.1'] },
  '06b-autonum-continue.docx': { number: ['1', '2', '3', '4'] },
  '07-hyphens.docx': {
    title: ['Проведение собрания', 'Учебно-воспитательная', 'Учебно-воспитательная работа'],
    times: ['2023-09-01/2023-09-01', '2023-09-01/2023-09-30', '2023-10-01/2023-11-30'],
    responsible: [['Зам. директора по ВР', 'педагог-психолог'], ['Директор'], ['Педагоги-организаторы']],
  },
  '08-nested.docx': {
    title: ['Заседания'],
    subItems: [['сентябрь Директор', 'май Завуч']],
    timeframeText: ['в течение года'],
  },
  '09-grid.docx': {
    number: ['1', '2', '3'],
    title: ['Первое', 'Второе', 'Третье'],
    timeframeText: ['сентябрь', 'октябрь', 'ноябрь'],
    responsible: [['Директор'], ['Завуч'], ['Методист']],
  },
  '10-hidden.docx': {
    title: ['Видно'],
    told: ['HIDDEN_LEFT_OUT: СКРЫТО', 'HIDDEN_LEFT_OUT: 2 Скрытая строка июнь Завуч'],
  },
  '21-1904.xlsx': { times: ['2023-12-15/2023-12-15'] },
  '22-formula.xlsx': {
    number: ['1', '2', '3'],
    timeframeText: ['15.12.2023', '', '#C5!'],
    responsible: [['Директор'], ['Завуч'], ['Завуч']],
    told: ['CELL_UNREADABLE: «План», C4: формула без значения', 'CELL_UNREADABLE: «План», C5: #C5!'],
  },
  '23-hidden.xlsx': {
    title: ['Видна', 'Видна 3', 'На втором листе'],
    told: ['HIDDEN_LEFT_OUT: «План», строка 4: 2 Скрытая строка июнь Завуч'],
  },
  '23b-hiddencol.xlsx': {
    responsible: [['Директор']],
    extras: [null],
    told: ['HIDDEN_LEFT_OUT: «План», графа D: Черновик секрет'],
  },
  '24-rich.xlsx': { title: ['Родительское собрание'], told: ['STRUCK_LEFT_OUT: отменено'] },
  '26-newlines.xlsx': {
    times: ['2023-09-01/2023-09-30;2023-10-01/2023-10-31', '2023-10-03/2023-10-03;2023-10-10/2023-10-10'],
    confidence: ['assumed', 'assumed'],
    timeframeText: ['сентябрь октябрь', '03.10 10.10'],
    responsible: [
      ['Директор', 'Завуч'],
      ['Директор', 'Завуч'],
    ],
  },
  '30-cp1251-meta.html': { title: ['Ёлка для первоклассников', 'Линейка'], told: ['ENCODING_ASSUMED: windows-1251'] },
  '33-koi8.html': { title: ['Ёлка для первоклассников', 'Линейка'], told: ['ENCODING_ASSUMED: koi8-r'] },
  '44-koi8.csv': {
    title: ['Ёлка; для первоклассников', 'Линейка "Здравствуй, школа"'],
    told: ['ENCODING_ASSUMED: koi8-r'],
  },
  '45-cp866.csv': {
    title: ['Ёлка; для первоклассников', 'Линейка "Здравствуй, школа"'],
    told: ['ENCODING_ASSUMED: ibm866'],
  },
  '52-np.docx': { number: ['1.1'] },
  '52j-head.docx': { number: ['1.1', '1.2'], extras: [null, null] },
  '57-numlist-own.docx': {
    number: ['1', '2'],
    subItems: [['Первое дело.', 'Второе дело.', 'Третье дело.'], []],
    timeframeText: ['октябрь', 'ноябрь'],
  },
  '58-quarters.docx': {
    timeframeText: ['I квартал, III квартал'],
    times: ['2024-01-01/2024-03-31;2023-07-01/2023-09-30'],
    extras: [null],
  },
  '58b-months.docx': { times: ['2023-09-01/2023-09-30;2023-11-01/2023-11-30'], extras: [null] },
  '61h-who.docx': { responsible: [['Директор']] },
  '95-names.csv': {
    responsible: [['Иванова И.И.'], ['Әхмәтов Р.Р.'], ['Т.И.Гераськина', 'Т.В.Лаврова'], ['Директор ОО'], ['Завуч']],
  },
};

const PERIODS: Readonly<Record<string, string>> = {
  '53a-period.docx': '2021-01-01/2024-12-31',
  '53b-period.docx': '2013-01-01/2015-12-31',
  '53d-period.docx': '2010-01-01/2013-12-31',
  '53e-period.docx': '2021-01-25/2021-02-06',
  '53g-period.docx': '2009-08-01/2010-05-31',
  '53h-period.docx': '2022-09-01/2024-05-31',
  '53p-period.docx': '2024-01-01/2026-12-31',
  '53q-period.docx': '2004-12-01/2004-12-31',
  '56c-stamp-tipovoy.docx': '2021-01-01/2024-12-31',
  '56g-stamp-meropr.docx': '2023-09-01/2024-08-31',
  '90-copy.csv': '2023-09-01/2024-08-31',
};

describe('a document with a fault', () => {
  it.each(Object.entries(ROWS))('%s is read as a careful person does', async (name, { told = [], ...columns }) => {
    const { rows, told: found } = await read(name);
    const shown = rows.map((row) => ({
      ...row,
      extras: row.extras ?? null,
      times: row.timeframe.interpretation,
      confidence: row.timeframe.confidence,
    }));
    const values = Object.keys(columns).map((column) => [
      column,
      shown.map((row) => Object.entries(row).find(([key]) => key === column)?.[1]),
    ]);
    expect(Object.fromEntries(values)).toEqual(columns);
    expect(found).toEqual(expect.arrayContaining([...told]));
  });

  it.each(Object.entries(PERIODS))('%s is of its period', async (name, period) => {
    const { period: found } = await read(name);
    expect(`${found?.start}/${found?.end}`).toBe(period);
  });

  it('is asked about when its period is one year and more years ahead', async () => {
    expect((await read('53p-period.docx')).told).toContain(
      'PERIOD_ASSUMED: на 2024 г. и плановый период 2025-2026 гг.',
    );
  });

  it('has the title below its stamps', async () => {
    expect((await read('56c-stamp-tipovoy.docx')).title).toBe(
      'Типовой план противодействия коррупции на 2021-2024 годы',
    );
    expect((await read('56g-stamp-meropr.docx')).title).toBe('Комплекс мер по профилактике на 2023-2024 учебный год');
  });

  it('is among these', () => {
    expect(Object.keys({ ...ROWS, ...PERIODS }).sort()).toEqual(readdirSync(DIRECTORY).sort());
  });
});
