import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from '@jest/globals';
import { previewOf } from '../../src/documents/printing/preview.js';
import { readDocument } from '../../src/documents/read.js';

const TITLE = 'План работы школы на 2023-2024 учебный год';

/** What is read of a document, short: sections, and rows as their cells. */
async function outline(document: string | Uint8Array, name = 'plan.html') {
  const bytes = typeof document === 'string' ? new TextEncoder().encode(document) : document;
  const { sections, documentIrregularities, columns } = previewOf((await readDocument(bytes, name)).plan);
  return {
    columns,
    rows: sections.flatMap((section) => [
      ...(section.title === null ? [] : [`§ ${section.numberText ?? ''} ${section.title}`]),
      ...section.activities.map((row) =>
        [
          row.number,
          row.title,
          row.timeframeText,
          row.responsibleText,
          ...Object.entries(row.extras ?? {}).map((pair) => pair.join('=')),
        ].join(' | '),
      ),
    ]),
    noticed: documentIrregularities.map(({ code, text }) => (text === null ? code : `${code}: ${text}`)),
  };
}

function table(...rows: readonly string[]): string {
  return `<table>${rows.map((row) => `<tr>${row}</tr>`).join('')}</table>`;
}
const cells = (...texts: readonly string[]) => texts.map((text) => `<td>${text}</td>`).join('');
const HEAD = cells('№', 'Мероприятие', 'Сроки', 'Ответственные');

describe('columns', () => {
  it('are found by their headings, in any order, and the others are kept by name', async () => {
    const head = cells('Дата проведения', 'Место', 'Содержание работы', 'Исполнители', 'Отметка о выполнении', '№ п/п');
    const page = `<p>${TITLE}</p>${table(head, cells('сентябрь', 'Актовый зал', 'Линейка', 'Завуч', '', '1'))}`;
    expect((await outline(page)).rows).toEqual(['1 | Линейка | сентябрь | Завуч | Место=Актовый зал']);
  });

  it('may be named over two rows', async () => {
    const head =
      '<td rowspan="2">№</td><td rowspan="2">Мероприятие</td><td colspan="2">Срок</td><td rowspan="2">Ответственный</td>';
    const page = `<p>${TITLE}</p>${table(head, cells('план', 'факт'), cells('1', 'Линейка', 'май', 'июнь', 'Завуч'))}`;
    const { columns, rows } = await outline(page);
    expect(columns).toEqual(['№', 'Мероприятие', 'Срок план', 'Срок факт', 'Ответственный']);
    expect(rows).toEqual(['1 | Линейка | май | Завуч | Срок факт=июнь']);
  });

  it('may be without one for times or parties, which is a question', async () => {
    const page = `<p>${TITLE}</p>${table(cells('№', 'Мероприятие', 'Ответственный'), cells('1', 'Линейка', 'Завуч'))}`;
    const { rows, noticed } = await outline(page);
    expect(rows).toEqual(['1 | Линейка |  | Завуч']);
    expect(noticed).toContain('COLUMN_MISSING');
  });
});

describe('rows', () => {
  it('that are merged over all columns, or stand alone above others, are sections', async () => {
    const page = `<p>${TITLE}</p>${table(
      HEAD,
      '<td colspan="4">I. Педсоветы</td>',
      cells('1', 'Педсовет', 'август', 'Директор'),
      cells('II', 'Контроль', '', ''),
      cells('1', 'Проверка', 'май', 'Завуч'),
      cells('', 'Сентябрь', '', ''),
      cells('1', 'Поход', '', 'Завуч'),
    )}`;
    expect((await outline(page)).rows).toEqual([
      '§ I. Педсоветы',
      '1 | Педсовет | август | Директор',
      '§ II Контроль',
      '1 | Проверка | май | Завуч',
      '§  Сентябрь',
      '1 | Поход |  | Завуч',
    ]);
  });

  it('that share a merged cell each have its text, and one without a title goes on with the row above', async () => {
    const page = `<p>${TITLE}</p>${table(
      HEAD,
      '<td>1</td><td>Линейка</td><td rowspan="2">май</td><td>Завуч</td>',
      cells('2', 'Поход', 'Директор'),
      cells('', '', 'июнь', 'Психолог'),
    )}`;
    expect((await outline(page)).rows).toEqual([
      '1 | Линейка | май | Завуч',
      '2 | Поход | май июнь | Директор Психолог',
    ]);
  });

  it('that repeat the head, count the columns or are an empty form are left out, and told', async () => {
    const page = `<p>${TITLE}</p>${table(
      HEAD,
      cells('1', '2', '3', '4'),
      cells('1.', 'Линейка', 'май', 'Завуч'),
      HEAD,
      cells('2.', 'Поход', 'июнь', 'Завуч'),
      cells('3.', '', '', ''),
    )}`;
    const { rows, noticed } = await outline(page);
    expect(rows).toEqual(['1 | Линейка | май | Завуч', '2 | Поход | июнь | Завуч']);
    expect(noticed).toEqual(
      expect.arrayContaining([
        'COLUMNS_NUMBERED: table 1, row 2',
        'HEAD_ROW_REPEATED: table 1, row 4',
        'CELLS_MISSING: table 1, row 6',
      ]),
    );
  });

  it('hold lists: dashes, numbers after a colon, letters', async () => {
    const page = `<p>${TITLE}</p>${table(
      HEAD,
      cells('1', 'Конкурсы:<ul><li>чтецов</li><li>рисунков</li></ul>', 'май', 'Завуч'),
      cells('2', 'Педсовет: 1. Итоги. 2.План', 'май', 'Завуч'),
      cells('3', 'Пункт 2. 3-го раздела', 'май', 'Завуч'),
    )}`;
    const bytes = new TextEncoder().encode(page);
    const [section] = previewOf((await readDocument(bytes, 'a.html')).plan).sections;
    expect(section?.activities.map(({ title, subItems }) => [title, ...subItems])).toEqual([
      ['Конкурсы', 'чтецов', 'рисунков'],
      ['Педсовет', 'Итоги.', 'План'],
      ['Пункт 2. 3-го раздела'],
    ]);
  });
});

describe('several tables', () => {
  it('go on as sections under the paragraphs between them; what is no plan is left out, and told', async () => {
    const page = `<p>${TITLE}</p><p>Цель: учить.</p><p>1. Учёба</p>${table(HEAD, cells('1', 'Линейка', 'май', 'Завуч'))}
      <p>2. Отдых</p>${table(cells('2', 'Поход', 'июнь', 'Завуч'))}
      ${table(cells('Класс', 'Учеников'), cells('5а', '25'))}<p>Исполнитель: Петрова</p>`;
    const { rows, noticed } = await outline(page);
    expect(rows).toEqual(['§ 1. Учёба', '1 | Линейка | май | Завуч', '§ 2. Отдых', '2 | Поход | июнь | Завуч']);
    expect(noticed).toEqual(
      expect.arrayContaining([
        'TEXT_LEFT_OUT: Цель: учить.',
        expect.stringMatching(/^TABLE_LEFT_OUT: .*Класс.*25/),
        'TEXT_LEFT_OUT: Исполнитель: Петрова',
      ]),
    );
  });
});

describe('separated values', () => {
  const lines = [
    TITLE,
    '№;Мероприятие;Срок;Ответственный',
    '1;"Линейка; День знаний";01.09.2023;Завуч',
    ';"Поход";май;"Завуч, психолог"',
  ];

  it('are read with semicolons and quotation marks, also as old programs encode them', async () => {
    const rows = ['1 | Линейка; День знаний | 01.09.2023 | Завуч', ' | Поход | май | Завуч, психолог'];
    expect((await outline(lines.join('\r\n'), 'plan.csv')).rows).toEqual(rows);
    const cyrillic = Uint8Array.from(lines.join('\r\n'), (sign) => {
      const code = sign.charCodeAt(0);
      if (code < 128) return code;
      return sign === '№' ? 0xb9 : code - 0x350;
    });
    const old = await outline(cyrillic, 'plan.csv');
    expect(old.rows).toEqual(rows);
    expect(old.noticed).toContain('ENCODING_ASSUMED: windows-1251');
  });
});

describe('a workbook', () => {
  it('shows dates as their format does, and its merged cells', async () => {
    const sheet = utils.aoa_to_sheet([
      [TITLE],
      ['№', 'Мероприятие', 'Срок', 'Ответственный'],
      ['Осень'],
      [1, 'Линейка', 45170, 'Завуч'],
      [2, 'Поход', 45170, 'Завуч'],
    ]);
    sheet.C4.z = 'dd.mm.yyyy';
    sheet.C5.z = 'mmm yy';
    sheet['!merges'] = [utils.decode_range('A1:D1'), utils.decode_range('A3:D3'), utils.decode_range('D4:D5')];
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, 'План');
    utils.book_append_sheet(book, utils.aoa_to_sheet([['Заметки']]), 'Прочее');
    const { rows, noticed } = await outline(
      new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' })),
      'plan.xlsx',
    );
    expect(rows).toEqual(['§  Осень', '1 | Линейка | 01.09.2023 | Завуч', '2 | Поход | сентябрь 2023 г. | Завуч']);
    expect(noticed).toContain('SHEETS_LEFT_OUT: Прочее');
  });
});
