import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { documentThreads, OPERATOR } from '../../src/documents/isolated.js';
import { previewOf } from '../../src/documents/printing/preview.js';
import { readDocument } from '../../src/documents/read.js';

const DIRECTORY = new URL('../fixtures/plans/', import.meta.url);
const fixture = (name: string) => readFileSync(new URL(name, DIRECTORY));
const threads = documentThreads(10_000_000);

/** Returns the plan that is read from a document, without what depends on the format: sources and irregularities. */
async function structure(name: string) {
  const { reader, plan } = await threads.read({ bytes: fixture(name), fileName: name }, OPERATOR);
  const { sections, documentIrregularities: _, ...head } = previewOf(plan);
  const rows = sections.map(({ activities, ...section }) => ({
    ...section,
    activities: activities.map(({ source: _, irregularities: __, ...activity }) => activity),
  }));
  return { reader, read: { ...head, sections: rows } };
}

/** Section titles and rows of a document that is made in a test. */
async function rowsOf(bytes: Uint8Array, fileName: string) {
  const { sections, documentIrregularities } = previewOf((await readDocument(bytes, fileName)).plan);
  const rows = sections.flatMap(({ title, activities }) => [
    ...(title === null ? [] : [`§ ${title}`]),
    ...activities.map((row) => [row.number, row.title, row.timeframeText, row.responsibleText].join(' | ')),
  ]);
  return { rows, noticed: documentIrregularities.map(({ code, text }) => `${code}: ${text}`) };
}

describe('the same document in another format is read the same', () => {
  it.each([
    ['formats/celinny-2015-09.odt', 'odt-1', 'celinny-2015-09.docx'],
    ['formats/celinny-2015-09.rtf', 'rtf-1', 'celinny-2015-09.docx'],
    ['formats/vno-2020-2021.ods', 'ods-1', 'vno-2020-2021.xlsx'],
    ['formats/vno-2020-2021.xls', 'xls-1', 'vno-2020-2021.xlsx'],
  ])('%s', async (name, reader, original) => {
    const other = await structure(name);
    expect(other.reader).toBe(reader);
    expect(other.read).toEqual((await structure(original)).read);
  });

  const hasOffice = spawnSync('soffice', ['--version']).status === 0;
  const reason = hasOffice ? '' : ' (skipped: LibreOffice is not installed here)';
  (hasOffice ? it : it.skip)(
    `formats/celinny-2015-09.doc, by LibreOffice${reason}`,
    async () => {
      const other = await structure('formats/celinny-2015-09.doc');
      expect(other.reader).toBe('doc-1');
      expect(other.read).toEqual((await structure('celinny-2015-09.docx')).read);
    },
    90_000,
  );
});

/** Text in the encoding of old Russian documents, as RTF writes it. */
function cp1251(text: string): string {
  return [...text]
    .map((character) => {
      const at = character.charCodeAt(0) - 0x410;
      return at >= 0 && at < 64 ? `\\'${(at + 0xc0).toString(16)}` : character;
    })
    .join('');
}

describe('an RTF document', () => {
  const head = (body: string) =>
    strToU8(
      `{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset204 Times New Roman;}}{\\*\\generator Word}\\f0 ${body}}`,
    );
  const shape = '\\trowd\\cellx1000\\cellx5000\\cellx7000\\cellx9000';
  const row = (...cells: readonly string[]) =>
    `${shape}\\pard\\intbl ${cells.map((cell) => `${cell}\\cell `).join('')}\\row `;
  const title = `${cp1251('План работы школы на')} 2023-2024 ${cp1251('учебный год')}\\par `;
  const names = row(
    ...['№', 'Мероприятие', 'Срок', 'Ответственные'].map((name) => cp1251(name).replace('№', '\\u8470?')),
  );

  it('has the character set of its font, signs in Unicode, and lines inside cells', async () => {
    const text = `${title}${names}${row('1.', `${cp1251('Линейка')}\\line ${cp1251('памяти')}`, "\\u1084\\'3f\\u1072?\\u1081?", cp1251('Завуч'))}`;
    expect((await rowsOf(head(text), 'план.rtf')).rows).toEqual(['1 | Линейка памяти | май | Завуч']);
  });

  it('has cells merged across and down, in rows with edges of their own', async () => {
    const merged = '\\trowd\\clmgf\\cellx1000\\clmrg\\cellx5000\\clmrg\\cellx7000\\clmrg\\cellx9010\\pard\\intbl ';
    const section = `${merged}${cp1251('Педсоветы')}\\cell \\cell \\cell \\cell \\row `;
    const spread = (down: string, time: string, number: string, name: string) =>
      `\\trowd\\cellx1000\\cellx5000${down}\\cellx7000\\cellx9000\\pard\\intbl ${number}\\cell ${cp1251(name)}\\cell ${cp1251(time)}\\cell ${cp1251('Завуч')}\\cell \\row `;
    const text = `${title}${names}${section}${spread('\\clvmgf', 'май', '1', 'Линейка')}${spread('\\clvmrg', '', '2', 'Поход')}`;
    expect((await rowsOf(head(text), 'план.rtf')).rows).toEqual([
      '§ Педсоветы',
      '1 | Линейка | май | Завуч',
      '2 | Поход | май | Завуч',
    ]);
  });

  it('is read without what is hidden, struck or in a footnote, and these are told', async () => {
    const struck = `{\\strike ${cp1251('апрель')}}`;
    const note = `{\\footnote\\pard ${cp1251('Кроме выходных')}\\par }`;
    const text = `${title}{\\header ${cp1251('Колонтитул')}\\par }${names}${row('1', cp1251('Линейка'), `${struck}${cp1251('май')}${note}`, cp1251('Завуч'))}\\pard `;
    const { rows, noticed } = await rowsOf(head(text), 'план.rtf');
    expect(rows).toEqual(['1 | Линейка | май | Завуч']);
    expect(noticed).toEqual(expect.arrayContaining(['STRUCK_LEFT_OUT: апрель', 'TEXT_LEFT_OUT: Кроме выходных']));
  });

  it.each([
    ['groups that never close', '{'.repeat(200_000)],
    ['groups that never open', '}'.repeat(200_000)],
    ['bytes that are said to follow', '\\bin2000000000 '.repeat(10)],
    ['words that are properties of every object', '\\constructor\\toString\\__proto__ '],
    ['a number without end', `\\u${'9'.repeat(100_000)}`],
  ])('of %s is refused', async (_, body) => {
    await expect(threads.read({ bytes: head(body), fileName: 'план.rtf' }, OPERATOR)).rejects.toThrow(
      /no table of a plan|cannot be printed/,
    );
  });
});

const NAMESPACES = ['office', 'text', 'table', 'style', 'fo']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ');

describe('an OpenDocument text', () => {
  const odt = (body: string, styles = '') =>
    zipSync({
      'content.xml': strToU8(
        `<?xml version="1.0"?><office:document-content ${NAMESPACES}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
      ),
    });
  const cells = (...texts: readonly string[]) =>
    texts.map((text) => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`).join('');
  const table = (...rows: readonly string[]) =>
    `<text:p>План работы школы на 2023-2024 учебный год</text:p><table:table>${rows.map((row) => `<table:table-row>${row}</table:table-row>`).join('')}</table:table>`;
  const HEAD = cells('№', 'Мероприятие', 'Срок', 'Ответственные');

  it('has merged cells, spaces, breaks and struck text as its program shows them', async () => {
    const styles =
      '<style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>';
    const down = '<table:table-cell table:number-rows-spanned="2"><text:p>май</text:p></table:table-cell>';
    const body = table(
      HEAD,
      '<table:table-cell table:number-columns-spanned="4"><text:p>Педсоветы</text:p></table:table-cell><table:covered-table-cell/><table:covered-table-cell/><table:covered-table-cell/>',
      `${cells('1', 'Линейка<text:s text:c="2"/>памяти<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Сноска</text:p></text:note-body></text:note>')}${down}${cells('Завуч')}`,
      `${cells('2', '<text:span text:style-name="T1">Сбор</text:span>Поход')}<table:covered-table-cell/>${cells('Завуч')}`,
    );
    const { rows, noticed } = await rowsOf(odt(body, styles), 'план.odt');
    expect(rows).toEqual(['§ Педсоветы', '1 | Линейка памяти | май | Завуч', '2 | Поход | май | Завуч']);
    expect(noticed).toEqual(expect.arrayContaining(['STRUCK_LEFT_OUT: Сбор', 'TEXT_LEFT_OUT: Сноска']));
  });

  it.each([
    [
      'a cell that stands for a million',
      table(
        '<table:table-cell table:number-columns-repeated="1000000"><text:p>a</text:p></table:table-cell>'.repeat(50),
      ),
      /more than 100 columns/,
    ],
    [
      'elements nested without end',
      `${'<text:section>'.repeat(20_000)}a${'</text:section>'.repeat(20_000)}`,
      /nested too deep|built too deep/,
    ],
    [
      'spaces without end',
      `<text:p>${'<text:s text:c="1000000000"/>'.repeat(1_000)}</text:p>`,
      /no table of a plan|at most 20000 are read/,
    ],
  ])('of %s is refused', async (_, body, problem) => {
    await expect(threads.read({ bytes: odt(body), fileName: 'план.odt' }, OPERATOR)).rejects.toThrow(problem);
  });

  it('that is protected by a password is refused with what to do', async () => {
    const parts = {
      'content.xml': strToU8('\u0001\u0002'),
      'META-INF/manifest.xml': strToU8('<manifest:manifest><manifest:encryption-data/></manifest:manifest>'),
    };
    await expect(threads.read({ bytes: zipSync(parts), fileName: 'план.odt' }, OPERATOR)).rejects.toThrow(/password/);
  });

  it('workbook with rows repeated without end is refused within the bounds of a thread', async () => {
    const row =
      '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>';
    const content = `<?xml version="1.0"?><office:document-content><office:body><office:spreadsheet><table:table table:name="План">${row}</table:table></office:spreadsheet></office:body></office:document-content>`;
    const bytes = zipSync({
      'content.xml': strToU8(content),
      mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'),
    });
    await expect(threads.read({ bytes, fileName: 'план.ods' }, OPERATOR)).rejects.toThrow(/rows|memory|within|damaged/);
  }, 90_000);
});
