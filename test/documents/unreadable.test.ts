import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { previewOf } from '../../src/documents/printing/preview.js';
import { readDocument } from '../../src/documents/read.js';
import { UnreadableDocument } from '../../src/documents/unreadable.js';
import { readSampleFile } from '../support/domain.js';
import { readTextPlan } from '../support/textPlan.js';

const HEAD = '№\tнаименование\tсроки\tответственные';
const ROW = '1.\tСеминар\tянварь\tМетодист';
const TITLE = 'План работы Центра на 2020-2021 учебный год';

function bytes(...lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(lines.join('\n'));
}

function faultOf(document: Uint8Array): UnreadableDocument {
  try {
    readTextPlan(document);
  } catch (error) {
    if (error instanceof UnreadableDocument) return error;
    throw error;
  }
  throw new Error('the document was read');
}

describe('a file that is no plan', () => {
  it('is refused when binary, by the line of the zero byte', () => {
    const fault = faultOf(bytes(TITLE, '', 'a\0b'));
    expect(fault).toMatchObject({ place: 'line 3', message: expect.stringMatching(/^line 3: .*plain text \(UTF-8\)/) });
  });

  it('is refused in another encoding, by the line where that begins', () => {
    const chinese = Uint8Array.from([...bytes('plan', ''), 0xbc, 0xc6, 0xbb, 0xae]);
    expect(faultOf(chinese)).toMatchObject({ place: 'line 2', problem: expect.stringContaining('UTF-8') });
  });

  it('is refused without a table, with what its head row should be', () => {
    expect(faultOf(bytes(TITLE, '', 'Семинар в январе')).problem).toMatch(
      /no table.*it holds no table.*«мероприятие».*«срок».*«ответственный».*may be missing/,
    );
    expect(faultOf(bytes(TITLE, 'раз\tдва')).place).toBe('line 2');
  });

  it('is refused with the headings that it has', async () => {
    const page = `<p>${TITLE}</p><table><tr><td>Класс</td><td>Учеников</td></tr><tr><td>5а</td><td>25</td></tr></table>`;
    await expect(readDocument(new TextEncoder().encode(page), 'a.html')).rejects.toMatchObject({
      place: 'table 1, row 1',
      problem: expect.stringMatching(/headings seen: «Класс», «Учеников»\. A table is a plan when/),
    });
  });
});

describe('a table that cannot be read', () => {
  it('names the line of a row with too few cells, and shows it', () => {
    const fault = faultOf(bytes(TITLE, '', HEAD, ROW, '2.\tСеминар\tмарт'));
    expect(fault.place).toBe('line 5');
    expect(fault.problem).toMatch(/title, timeframe and responsible.*«2\. \| Семинар \| март»/);
  });

  it('names the line of a row with more cells than the head has', () => {
    expect(faultOf(bytes(TITLE, '', HEAD, ROW, `${ROW}\tлишнее`))).toMatchObject({
      place: 'line 5',
      problem: expect.stringContaining('«лишнее»'),
    });
  });

  it('has rows', () => {
    expect(faultOf(bytes(TITLE, '', HEAD, '')).problem).toBe('the table has no rows');
    expect(faultOf(bytes(TITLE, '', HEAD, 'I. Раздел')).problem).toBe('the table has no rows');
  });
});

describe('a heading that cannot be read', () => {
  it('has a title', () => {
    expect(faultOf(bytes('Утверждаю', 'Директор', '', HEAD, ROW)).problem).toContain('no title of a plan');
  });
});

describe('any bytes', () => {
  const sample = readSampleFile();
  const lines = new TextDecoder().decode(sample).split('\n');
  const damaged = fc
    .array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
    .map((edits) => {
      const copy = Uint8Array.from(sample);
      for (const [at, byte] of edits) copy[at] = byte;
      return copy;
    });
  const shuffled = fc
    .array(fc.oneof(fc.constantFrom(...lines), fc.constantFrom('\t', '1.\t\t\t', 'I. ', '', HEAD, TITLE, ROW)), {
      maxLength: 30,
    })
    .map((some) => bytes(TITLE, '', HEAD, ...some));
  const documents = fc.oneof(
    fc.uint8Array(),
    fc.string({ unit: 'binary' }).map((text) => bytes(text)),
    damaged,
    shuffled,
  );

  it('are read as a plan or refused as unreadable, never a fault', () => {
    fc.assert(
      fc.property(documents, (document) => {
        try {
          expect(previewOf(readTextPlan(document)).sections.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableDocument);
        }
      }),
      { numRuns: 300 },
    );
  });
});
