import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_TEXT_BYTES, UnreadableDocument } from '../../src/documents/lines.js';
import { previewOf } from '../../src/documents/preview.js';
import { readTextPlan } from '../../src/documents/text.js';
import { readSampleFile } from '../support/domain.js';

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
  it('is refused when empty', () => {
    expect(faultOf(new Uint8Array())).toMatchObject({ line: null, problem: 'the file is empty' });
  });

  it('is refused when too large', () => {
    expect(faultOf(new Uint8Array(MAX_TEXT_BYTES + 1)).problem).toContain(`${MAX_TEXT_BYTES}`);
  });

  it('is refused when binary, by the line of the zero byte', () => {
    const fault = faultOf(bytes(TITLE, '', 'a\0b'));
    expect(fault).toMatchObject({ line: 3, message: expect.stringMatching(/^line 3: .*plain text \(UTF-8\)/) });
  });

  it('is refused in another encoding, by the line where that begins', () => {
    const windows1251 = Uint8Array.from([...bytes('plan', ''), 0xcf, 0xeb, 0xe0, 0xed]);
    expect(faultOf(windows1251)).toMatchObject({ line: 2, problem: expect.stringContaining('UTF-8') });
  });

  it('is refused without a table, with what its head row should be', () => {
    expect(faultOf(bytes(TITLE, '', 'Семинар в январе')).problem).toMatch(/no table.*«№».*«ответственные»/);
    expect(faultOf(bytes(TITLE, 'раз\tдва')).line).toBe(2);
  });

  it('is refused when its columns stand in another order, instead of being misread', () => {
    expect(faultOf(bytes(TITLE, '', '№\tсроки\tнаименование\tответственные', ROW)).problem).toContain('no table');
  });
});

describe('a table that cannot be read', () => {
  it('names the line of a row with too few cells, and shows it', () => {
    const fault = faultOf(bytes(TITLE, '', HEAD, ROW, '2.\tСеминар\tмарт'));
    expect(fault.line).toBe(5);
    expect(fault.problem).toMatch(/title, timeframe and responsible.*«2\. \| Семинар \| март»/);
  });

  it('names the line of a row with more cells than the head has', () => {
    expect(faultOf(bytes(TITLE, '', HEAD, ROW, `${ROW}\tлишнее`))).toMatchObject({
      line: 5,
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

  it('has nothing beside stamps and title: stray text would be lost', () => {
    const fault = faultOf(bytes(TITLE, '', 'Приложение 1', 'к приказу', '', HEAD, ROW));
    expect(fault).toMatchObject({ line: 3, problem: expect.stringContaining('«Приложение 1 к приказу»') });
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
