import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from '@jest/globals';
import { previewOf } from '../../src/documents/printing/preview.js';
import { readDocument } from '../../src/documents/read.js';

const TITLE = 'План работы школы на 2023-2024 учебный год';

/** Returns a short form of a document: sections, and rows as their cells. */
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

  it.each([
    [['1-е полугодие', '2-ое полугодие'], '1 полугодие'],
    [['I пол.', 'II пол.'], 'I полугодие'],
    [['1 триместр', '2-й триместр', '3 трим.'], '1 триместр'],
    [['1 четв.', '2 четверть', '3-я четверть', 'IV четверть'], '1 четверть'],
  ] as const)('may be parts of the year %j with marks in them', async (parts, time) => {
    const row = cells('Линейка', '+', ...parts.slice(1).map(() => ''), 'Завуч');
    const page = `<p>${TITLE}</p>${table(cells('Мероприятие', ...parts, 'Ответственный'), row)}`;
    const { rows, noticed } = await outline(page);
    expect(rows).toEqual([` | Линейка | ${time} | Завуч`]);
    expect(noticed).not.toContain('COLUMN_MISSING');
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
    expect(noticed).toContain('SHEETS_LEFT_OUT: «Прочее»: Заметки');
  });
});

describe('what stands in a table beside its rows', () => {
  const last = (code: string, found: Awaited<ReturnType<typeof outline>>) =>
    found.noticed.filter((each) => each.startsWith(code));

  it('a column without a heading is kept by its place', async () => {
    const page = `<p>${TITLE}</p>${table(`${HEAD}<td></td>`, `${cells('1', 'Линейка', 'май', 'Завуч')}<td>на июнь</td>`)}`;
    expect((await outline(page)).rows).toEqual(['1 | Линейка | май | Завуч | Столбец 5=на июнь']);
  });

  it('signatures and totals below the rows are told, and are no sections', async () => {
    const found = await outline(
      `<p>${TITLE}</p>${table(HEAD, cells('1', 'Линейка', 'май', 'Завуч'), cells('', 'Итого: 1', '', ''), '<td colspan="4">Исполнитель: Петрова П.П.</td>')}`,
    );
    expect(found.rows).toEqual(['1 | Линейка | май | Завуч']);
    expect(last('TEXT_LEFT_OUT', found)).toEqual([
      'TEXT_LEFT_OUT: Итого: 1',
      'TEXT_LEFT_OUT: Исполнитель: Петрова П.П.',
    ]);
  });

  it('another head goes before other rows, with its own columns', async () => {
    const page = `<p>${TITLE}</p>${table(
      HEAD,
      cells('1', 'Линейка', 'май', 'Завуч'),
      '<td colspan="4">1.2. Контроль</td>',
      cells('№ п/п', 'Содержание контроля', 'Ответственный', 'Сроки'),
      cells('1', 'Журналы', 'Директор', 'июнь'),
    )}`;
    expect((await outline(page)).rows).toEqual([
      '1 | Линейка | май | Завуч',
      '§ 1.2. Контроль',
      '1 | Журналы | июнь | Директор',
    ]);
  });

  it('a title that the end of a page has cut goes on', async () => {
    const page = `<p>${TITLE}</p>${table(HEAD, cells('1', 'Педсовет «Качество', 'август', 'Директор'), cells('', 'образования»', '', ''), cells('2', 'Поход', 'июнь', 'Завуч'))}`;
    expect((await outline(page)).rows).toEqual([
      '1 | Педсовет «Качество образования» | август | Директор',
      '2 | Поход | июнь | Завуч',
    ]);
  });

  it('the rows of a table inside a cell are sub-items', async () => {
    const page = `<p>${TITLE}</p>${table(HEAD, `<td>1</td><td>Линейка<table><tr><td>5</td><td>Мир</td></tr></table></td>${cells('май', 'Завуч')}`)}`;
    const [section] = previewOf((await readDocument(new TextEncoder().encode(page), 'a.html')).plan).sections;
    expect(section?.activities).toMatchObject([{ title: 'Линейка', subItems: ['5 Мир'], timeframeText: 'май' }]);
  });

  it('a list in one cell is as many activities at one time, which is a question', async () => {
    const page = `<p>${TITLE}</p>${table(
      cells('Месяц', 'Содержание работы', 'Ответственный'),
      cells('Сентябрь', '1. Линейка.<br>2. Выборы актива.', 'Завуч<br>Психолог'),
      cells('Октябрь', 'День учителя<br>Осенний бал', 'Завуч'),
    )}`;
    const bytes = new TextEncoder().encode(page);
    const [section] = previewOf((await readDocument(bytes, 'a.html')).plan).sections;
    expect(section?.activities.map((row) => [row.number, row.title, row.timeframeText, row.responsibleText])).toEqual([
      ['1', 'Линейка.', 'Сентябрь', 'Завуч'],
      ['2', 'Выборы актива.', 'Сентябрь', 'Психолог'],
      [null, 'День учителя Осенний бал', 'Октябрь', 'Завуч'],
    ]);
    expect(section?.activities.map(({ irregularities }) => irregularities.map(({ code }) => code))).toEqual([
      ['PAIRED_BY_ORDER'],
      ['PAIRED_BY_ORDER'],
      ['SEVERAL_IN_ONE'],
    ]);
  });

  it('the names of the federal calendar plan are known', async () => {
    const head = cells('Дела', 'Классы', 'Ориентировочное время проведения', 'Ответственные');
    const page = `<p>${TITLE}</p>${table(head, cells('День знаний', '1-4', '01.09.2023', 'Завуч'))}`;
    expect((await outline(page)).rows).toEqual([' | День знаний | 01.09.2023 | Завуч | Классы=1-4']);
  });

  it('struck and hidden text is left out, and told; soft hyphens and parted words are mended', async () => {
    const found = await outline(
      `<p>${TITLE}</p>${table(HEAD, cells('1', 'Ли&shy;ней-<br>ка', '<del>май</del> июнь', 'Завуч'))}`,
    );
    expect(found.rows).toEqual(['1 | Линейка | июнь | Завуч']);
    expect(last('STRUCK_LEFT_OUT', found)).toEqual(['STRUCK_LEFT_OUT: май']);
  });

  it('what is struck out in a table that only lays out a page, and its caption, are told once', async () => {
    const plan = table(HEAD, cells('1', 'Линейка', '<del>май</del> июнь', 'Завуч'));
    const found = await outline(
      `<p>${TITLE}</p><table><caption>Новости школы</caption><tr><td>${plan}</td></tr></table>`,
    );
    expect(found.rows).toEqual(['1 | Линейка | июнь | Завуч']);
    const told = found.noticed.filter((said) => /STRUCK|Новости/.test(said));
    expect(told).toEqual(['STRUCK_LEFT_OUT: май', 'TEXT_LEFT_OUT: Новости школы']);
  });

  it('numbers that a word processor prints are counted through the table', async () => {
    const item = (text: string) => `<td><ul><li><ol><li>${text}</li></ol></li></ul></td>`;
    const page = `<p>${TITLE}</p>${table(
      HEAD,
      `${item('')}${cells('Линейка', 'май', 'Завуч')}`,
      '<td colspan="4">Отдых</td>',
      `${item('')}${cells('Поход', 'июнь', 'Завуч')}`,
      `<td></td><td><ol><li>Бал</li></ol></td>${cells('июнь', 'Завуч')}`,
    )}`;
    const { rows } = await outline(page);
    expect(rows).toEqual([
      '1 | Линейка | май | Завуч',
      '§  Отдых',
      '2 | Поход | июнь | Завуч',
      '3 | Бал | июнь | Завуч',
    ]);
  });

  it('an institution with its units is one party or two, which is a question', async () => {
    const page = `<p>${TITLE}</p>${table(HEAD, cells('1', 'Смотр', 'май', 'МБУДО «ЦВР», структурные подразделения'))}`;
    const [section] = previewOf((await readDocument(new TextEncoder().encode(page), 'a.html')).plan).sections;
    expect(section?.activities[0]).toMatchObject({
      uncertain: ['responsible'],
      irregularities: [{ code: 'PARTY_OR_ITS_UNITS', field: 'responsible' }],
    });
  });

  it('the first and the last day may have a column each', async () => {
    const head = cells('№', 'Мероприятие', 'Дата начала', 'Дата окончания', 'Ответственный');
    const page = `<p>${TITLE}</p>${table(head, cells('1', 'Смотр', '01.10.2023', '15.10.2023', 'Завуч'))}`;
    const [section] = previewOf((await readDocument(new TextEncoder().encode(page), 'a.html')).plan).sections;
    expect(section?.activities[0]).toMatchObject({
      timeframeText: 'с 01.10.2023 по 15.10.2023',
      timeframe: { interpretation: '2023-10-01/2023-10-15' },
    });
  });

  it('marks in columns of months are the time', async () => {
    const head =
      '<td rowspan="2">№</td><td rowspan="2">Мероприятие</td><td colspan="4">Сроки</td><td rowspan="2">Ответственный</td>';
    const page = `<p>${TITLE}</p>${table(
      head,
      cells('IX', 'X', 'XI', 'XII'),
      cells('1', 'Проверка журналов', '+', '', '+', '-', 'Завуч'),
      cells('2', 'Бал', '', '', '', '28.12', 'Завуч'),
    )}`;
    expect((await outline(page)).rows).toEqual([
      '1 | Проверка журналов | сентябрь, ноябрь | Завуч',
      '2 | Бал | 28.12 | Завуч',
    ]);
  });

  /** Returns the times of the rows of a table, as printed and as read. */
  async function timesOf(page: string) {
    const { sections } = previewOf((await readDocument(new TextEncoder().encode(page), 'a.html')).plan);
    const rows = sections.flatMap(({ activities }) => activities);
    return rows.map(({ timeframeText, timeframe }) => `${timeframeText} = ${timeframe.interpretation}`);
  }

  it('days in columns of months are days of these months', async () => {
    const page = `<p>${TITLE}</p>${table(
      cells('Мероприятие', 'сентябрь', 'октябрь', 'ноябрь', 'декабрь', 'Ответственный'),
      cells('Линейка', '', '12', '', '', 'Завуч'),
      cells('Рейд', '', '12, 15', '3', '', 'Завуч'),
      cells('Неделя', '', '12-15', '', '+', 'Завуч'),
      cells('Отчёт', '', 'до 12', '', '', 'Завуч'),
      cells('Смотр', '', '2 неделя', '', '', 'Завуч'),
      cells('Бал', '', '', '', '28.12', 'Завуч'),
      cells('Беседа', '1', '1', '1', '1', 'Завуч'),
      cells('Конкурс', '', 'финал', '', '', 'Завуч'),
      cells('Сбор', '', '10.11', '', '', 'Завуч'),
    )}`;
    expect(await timesOf(page)).toEqual([
      'октябрь: 12 = 2023-10-12/2023-10-12',
      'октябрь: 12, 15; ноябрь: 3 = 2023-10-12/2023-10-12;2023-10-15/2023-10-15;2023-11-03/2023-11-03',
      'октябрь: 12-15; декабрь = 2023-10-12/2023-10-15;2023-12-01/2023-12-31',
      'октябрь: до 12 = ../2023-10-12',
      'октябрь, 2 неделя = 2023-10-08/2023-10-14',
      '28.12 = 2023-12-28/2023-12-28',
      expect.stringMatching(/^сентябрь, октябрь, ноябрь, декабрь = /),
      'октябрь = 2023-10-01/2023-10-31',
      'октябрь = 2023-10-01/2023-10-31',
    ]);
  });

  it('deadlines in columns of quarters are in these quarters', async () => {
    const page = `<p>${TITLE}</p>${table(
      cells('Мероприятие', 'I квартал', 'II квартал', 'III квартал', 'IV квартал', 'Ответственный'),
      cells('Отчёт', 'до 20.03', '', '', '', 'Завуч'),
      cells('Смотр', '', 'май', '', '', 'Завуч'),
      cells('Рейд', '', '5', '', '', 'Завуч'),
    )}`;
    expect(await timesOf(page)).toEqual([
      'до 20.03 = ../2024-03-20',
      'май = 2024-05-01/2024-05-31',
      'II квартал = 2024-04-01/2024-06-30',
    ]);
  });

  it.each([
    [['Месяц', 'Число'], ['Октябрь', '12'], '12 = 2023-10-12/2023-10-12'],
    [['Месяц', 'Дата'], ['Октябрь', '12, 15'], '12, 15 = 2023-10-12/2023-10-12;2023-10-15/2023-10-15'],
    [['Месяц', 'Дни'], ['Октябрь', '12-15'], '12-15 = 2023-10-12/2023-10-15'],
    [['Число', 'Месяц'], ['12', 'Октябрь'], '12 = 2023-10-12/2023-10-12'],
    [['Месяц', 'Неделя'], ['Октябрь', '2'], '2 неделя = 2023-10-08/2023-10-14'],
    [['Месяц', 'Число'], ['Октябрь', ''], 'Октябрь = 2023-10-01/2023-10-31'],
    [['Месяц', 'Дата'], ['Октябрь', '-'], 'Октябрь = 2023-10-01/2023-10-31'],
  ])('columns %p with %p mean %s', async (heads, times, expected) => {
    const page = `<p>${TITLE}</p>${table(
      cells(...heads, 'Мероприятие', 'Ответственный'),
      cells(...times, 'Линейка', 'Завуч'),
    )}`;
    expect(await timesOf(page)).toEqual([expected]);
  });

  it('a month and a day below one heading are one time', async () => {
    const head =
      '<td rowspan="2">№</td><td rowspan="2">Мероприятие</td><td colspan="2">Сроки</td><td rowspan="2">Ответственный</td>';
    const page = `<p>${TITLE}</p>${table(head, cells('Месяц', 'Число'), cells('1', 'Бал', 'октябрь', '12', 'Завуч'))}`;
    expect(await timesOf(page)).toEqual(['12 = 2023-10-12/2023-10-12']);
  });

  it('a row of a month is the heading of the days below it', async () => {
    const page = `<p>${TITLE}</p>${table(
      cells('№', 'Мероприятие', 'Дата', 'Ответственный'),
      '<td colspan="4">Октябрь</td>',
      cells('1', 'Линейка', '12', 'Завуч'),
      cells('2', 'Рейд', '12, 15', 'Завуч'),
    )}`;
    expect(await timesOf(page)).toEqual([
      '12 = 2023-10-12/2023-10-12',
      '12, 15 = 2023-10-12/2023-10-12;2023-10-15/2023-10-15',
    ]);
  });

  it('a month in a column of its own says what the days are of', async () => {
    const head = cells('Месяц', 'Мероприятия', 'Дата проведения', 'Ответственный');
    const page = `<p>${TITLE}</p>${table(head, cells('Сентябрь', 'Линейка', '10-15', 'Завуч'), cells('', 'Поход', '20', 'Завуч'))}`;
    const [section] = previewOf((await readDocument(new TextEncoder().encode(page), 'a.html')).plan).sections;
    expect(section?.activities.map(({ timeframe }) => timeframe.interpretation)).toEqual([
      '2023-09-10/2023-09-15',
      '2023-09-20/2023-09-20',
    ]);
  });

  it('a hidden sheet is left out, and one before the plan is its title page', async () => {
    const rows = [
      ['№', 'Мероприятие', 'Срок', 'Ответственный'],
      [1, 'Линейка', 'май', 'Завуч'],
    ];
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([['УТВЕРЖДАЮ'], ['Директор'], ['И.И. Иванов'], [TITLE]]), 'Титул');
    utils.book_append_sheet(book, utils.aoa_to_sheet([['План работы на 2022 год'], ...rows]), 'Старый');
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'План');
    book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }, { Hidden: 0 }] };
    const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }));
    const { plan } = await readDocument(bytes, 'plan.xlsx');
    const read = previewOf(plan);
    expect(read).toMatchObject({ title: TITLE, approvals: [{ person: 'И.И. Иванов', position: 'Директор' }] });
    expect(read.sections.flatMap(({ activities }) => activities)).toHaveLength(1);
    expect(read.documentIrregularities).toContainEqual(
      expect.objectContaining({
        code: 'SHEETS_LEFT_OUT',
        text: expect.stringMatching(/^«Старый» \(скрыт\): .*Линейка/),
      }),
    );
  });
});
