import { zipSync } from 'fflate';

const TITLE = 'План работы на 2020-2021 учебный год';
const HEAD = ['№', 'Мероприятие', 'Срок', 'Ответственные'];
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** Returns the texts of as many rows, each made from its cells. */
const rows = (count, rowOf) =>
  Array.from({ length: count }, (_, row) => rowOf([`${row + 1}`, 'Семинар', 'май', 'Методист'], row + 1));

/** Returns an office document with a main part and those by which readers find it. */
function office(main, type, content, more = {}) {
  const parts = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/${main}" ContentType="${OFFICE}.${type}.main+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="${main}"/></Relationships>`,
    [main]: content,
    ...more,
  };
  const bytes = Object.entries(parts).map(([name, text]) => [name, new TextEncoder().encode(text)]);
  return zipSync(Object.fromEntries(bytes), { level: 1 });
}

function word(count) {
  const paragraph = (text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
  const rowOf = (cells) => `<w:tr>${cells.map((text) => `<w:tc>${paragraph(text)}</w:tc>`).join('')}</w:tr>`;
  const table = `<w:tbl>${rowOf(HEAD)}${rows(count, rowOf).join('')}</w:tbl>`;
  const body = `<w:document ${W}><w:body>${paragraph(TITLE)}${table}</w:body></w:document>`;
  return office('word/document.xml', 'wordprocessingml.document', body);
}

function workbook(count) {
  const rowOf = (cells, row) =>
    `<row r="${row}">${cells.map((text, column) => `<c r="${'ABCD'[column]}${row}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
  const sheet = `<worksheet ${S}><sheetData>${rows(count, rowOf).join('')}</sheetData></worksheet>`;
  const book = `<workbook ${S} xmlns:r="${RELATIONS}"><sheets><sheet name="План" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  return office('xl/workbook.xml', 'spreadsheetml.sheet', book, {
    'xl/worksheets/sheet1.xml': sheet,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  });
}

function page(count) {
  const table = rows(count, (cells) => `<tr>${cells.map((text) => `<td>${text}`).join('')}`).join('');
  return `<html><head><meta charset="utf-8"></head><body><p>${TITLE}</p><table><tr>${HEAD.map((text) => `<td>${text}`).join('')}${table}</table></body></html>`;
}

function values(count) {
  return `${TITLE}\n${HEAD.join(';')}\n${rows(count, (cells) => cells.join(';')).join('\n')}`;
}

/** Documents that take as much memory to read as their size allows, in base64, by the kind of work. */
export const LARGE_DOCUMENTS = () =>
  Object.entries({
    'lines.csv': values(150_000),
    'cells.csv': `${TITLE}\n${HEAD.join(';')}\n${';'.repeat(9_000_000)}`,
    'rows.html': page(140_000),
    'paragraphs.html': `<p>${TITLE}${'<p>a'.repeat(2_000_000)}`,
    'rows.docx': word(90_000),
    'rows.xlsx': workbook(140_000),
    'longest.docx': word(5_000),
    'longest.xlsx': workbook(5_000),
  }).map(([fileName, content]) => ({ fileName, content: Buffer.from(content).toString('base64') }));
