import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { documentThreads, OPERATOR } from '../../src/documents/isolated.js';
import { UnreadableDocument } from '../../src/documents/unreadable.js';

const LIMIT = 10_000_000;
const DOCX = fixture('buzuluk-2020-2021-word.docx');
const XLSX = fixture('vno-2020-2021.xlsx');
const threads = documentThreads(LIMIT, { soffice: '/nowhere/soffice' });
const read = (bytes: Uint8Array, fileName: string) => threads.read({ bytes, fileName }, OPERATOR);

function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../fixtures/plans/${name}`, import.meta.url));
}

async function problemOf(bytes: Uint8Array, name = 'план.docx'): Promise<string> {
  try {
    await read(bytes, name);
  } catch (error) {
    if (error instanceof UnreadableDocument) return error.message;
    throw error;
  }
  throw new Error('the file was read');
}

/** The document with one part changed. */
function withPart(name: string, change: (text: string) => string): Uint8Array {
  const parts = unzipSync(DOCX);
  const text = new TextDecoder().decode(parts[name]);
  return zipSync({ ...parts, [name]: strToU8(change(text)) });
}

function csvOf(rows: number): Uint8Array {
  const head = 'План работы на 2020-2021 учебный год\n№;Мероприятие;Срок;Ответственные\n';
  return strToU8(
    head + Array.from({ length: rows }, (_, index) => `${index + 1};Семинар ${index};май;Методист\n`).join(''),
  );
}

function utf16(text: string): Uint8Array {
  return Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.from(text, 'utf16le')]);
}

describe('a file that is no plan document is refused with what to do', () => {
  it.each([
    ['an empty file', new Uint8Array(), /^the file is empty/],
    ['a picture under another name', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]), /picture \(JPEG\)/],
    ['a PDF', strToU8('%PDF-1.7\n%...'), /PDF.*document it was made from/],
    ['an RTF document without a table', strToU8('{\\rtf1\\ansi}'), /no table of a plan/],
    ['a document of Word 97', utf16('Root Entry WordDocument'), /\.doc\).*LibreOffice.*save the document as docx/],
    ['a workbook of Excel 97', utf16('Root Entry Workbook'), /workbook is damaged.*save it anew as xlsx/],
    ['a protected document', utf16('EncryptionInfo EncryptedPackage'), /protected by a password/],
    ['an archive of something else', zipSync({ 'a.txt': strToU8('a') }), /an archive and no document/],
    ['an OpenDocument', zipSync({ 'content.xml': strToU8('<a/>') }), /OpenDocument.*give an odt or ods file/],
    ['a document cut short', DOCX.subarray(0, DOCX.length / 2), /damaged or cut short.*save it anew/],
    [
      'a document with damaged styles',
      withPart('word/styles.xml', (text) => text.replace('<w:style ', '</w:style>')),
      /its part word\/styles\.xml is no XML/,
    ],
    ['a workbook cut short', XLSX.subarray(0, XLSX.length - 200), /damaged or cut short/],
    ['bytes of nothing', Uint8Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 251), /zero byte/],
  ])('%s', async (_, bytes, problem) => {
    expect(await problemOf(bytes)).toMatch(problem);
  });

  it('a file over the limit, unread', async () => {
    expect(await problemOf(new Uint8Array(LIMIT + 1))).toMatch(/10000001 bytes; at most 10000000.*LETOPIS_MAX_UPLOAD/);
  });

  it('an empty table', async () => {
    const emptied = (xml: string) => {
      const start = xml.indexOf('<w:tr', xml.indexOf('ответственные'));
      return xml.slice(0, start) + xml.slice(xml.lastIndexOf('</w:tr>') + '</w:tr>'.length);
    };
    expect(await problemOf(withPart('word/document.xml', emptied))).toBe('the table has no rows');
  });

  it('a document without a table', async () => {
    const bare = (xml: string) => xml.replace(/<w:tbl>[\s\S]*<\/w:tbl>/, '');
    expect(await problemOf(withPart('word/document.xml', bare))).toMatch(/no table of a plan/);
  });
});

describe('a file that is made to harm', () => {
  it('may not unpack without end', async () => {
    const bomb = zipSync({ 'word/document.xml': new Uint8Array(100_000_000) }, { level: 9 });
    expect(bomb.length).toBeLessThan(LIMIT);
    expect(await problemOf(bomb)).toMatch(/unpacks to far more/);
  });

  it('may not hide how much it unpacks to', async () => {
    const bomb = Buffer.from(zipSync({ 'word/document.xml': new Uint8Array(50_000_000) }, { level: 9 }));
    const central = bomb.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bomb.writeUInt32LE(1_000, central + 24);
    expect(await problemOf(bomb)).toMatch(/damaged|unpacks/);
  });

  it('may not declare entities, in any part', async () => {
    const declared = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>';
    for (const part of ['word/document.xml', '[Content_Types].xml']) {
      expect(await problemOf(withPart(part, (xml) => xml.replace('?>', `?>${declared}`)))).toMatch(/XML entities/);
    }
  });

  it('may not hold files without number', async () => {
    const names = Array.from({ length: 4_000 }, (_, index) => [`word/${index}.xml`, strToU8('<a/>')]);
    expect(await problemOf(zipSync(Object.fromEntries(names)))).toMatch(/4000 files/);
  });

  it('may not nest without end', async () => {
    const page = `<html><body>${'<div>'.repeat(100_000)}План</body></html>`;
    expect(await problemOf(strToU8(page), 'plan.html')).toMatch(/too deep/);
  });

  it('may not span without end', async () => {
    const cell = '<td colspan="1000" rowspan="60000">срок</td>'.repeat(50);
    expect(await problemOf(strToU8(`<table><tr>${cell}</tr></table>`), 'plan.html')).toMatch(/columns/);
  });

  it('may not have more rows than any plan', async () => {
    expect(await problemOf(csvOf(5_001), 'plan.csv')).toMatch(/^the document has 5001 activities; .*at most 5000/);
    expect(await problemOf(csvOf(25_000), 'plan.csv')).toMatch(
      /^the document has more than 20000 rows; .*at most 5000/,
    );
  });

  it.each([
    ['a row of cells without number', `План работы\n${';'.repeat(2_000_000)}`, 'a.csv', /more than 1000000 cells/],
    ['rows of many cells', `План работы\n${`${';'.repeat(3_000)}\n`.repeat(400)}`, 'a.csv', /more than 1000000 cells/],
    ['a line of tabs', `План работы\n${'\t'.repeat(2_000_000)}`, 'a.txt', /more than 1000000 cells/],
    ['blank lines', `План работы\n${'\n'.repeat(200_000)}`, 'a.txt', /more than 100000 lines; a plan/],
    ['lines of a letter', `План работы\n${'a\n'.repeat(150_000)}`, 'a.txt', /more than 100000 lines; a plan/],
  ])('may not have %s', async (_, text, name, problem) => {
    expect(await problemOf(strToU8(text), name)).toMatch(problem);
  });

  it('may not take longer than it is given', async () => {
    const hasty = documentThreads(LIMIT, { timeoutMs: 1 });
    await expect(hasty.read({ bytes: DOCX, fileName: 'план.docx' }, OPERATOR)).rejects.toThrow(
      /could not be done within/,
    );
  });
});

describe('several files at once', () => {
  it('are each read, or refused, by themselves', async () => {
    const bad = new Uint8Array([0xff, 0xd8, 0xff]);
    const all = await Promise.allSettled([DOCX, bad, XLSX, DOCX, bad].map((bytes) => read(bytes, 'a')));
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'rejected']);
  });
});
