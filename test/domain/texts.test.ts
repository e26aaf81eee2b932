import { describe, expect, it } from '@jest/globals';
import { bounded } from '../../src/documents/bounds.js';
import { cellOf, type DocumentContent } from '../../src/documents/model.js';
import { fromStore } from '../../src/domain/recorded.js';
import { MAX_LONG, quotable } from '../../src/domain/texts.js';
import { canonicalJson } from '../../src/engine/eventstore/canonicalJson.js';
import {
  cutText,
  readableText,
  readableValue,
  unreadableCharacter,
  unreadableWithin,
} from '../../src/engine/readable.js';
import { drafted, given } from '../support/domain.js';

const UNREADABLE = [
  '\uD800',
  '\uDFFF',
  '\u0000',
  '\u000B',
  '\u001F',
  '\u007F',
  '\u0085',
  '\uFFFE',
  '\uFDD0',
  '\u{1FFFF}',
];
const READABLE = ['а\tб\r\nв', '👩‍👩‍👧', '\u202E', '\uFEFF', '\u2028', 'e\u0301', '\uFFFD', '\uE000'];

describe('a character that cannot be read everywhere', () => {
  it.each(UNREADABLE.map((text) => [JSON.stringify(text), text]))('%s is found by its place, and healed', (_, text) => {
    expect(unreadableCharacter(`аб${text}в`)).toMatchObject({ place: 3 });
    expect(readableText(`аб${text}в`)).toBe('аб\uFFFDв');
  });

  it.each(READABLE.map((text) => [JSON.stringify(text), text]))('%s is none', (_, text) => {
    expect(unreadableCharacter(text)).toBeUndefined();
    expect(readableText(text)).toBe(text);
  });

  it('is found in values, lists and names of fields, and healed there', () => {
    expect(unreadableWithin({ a: ['б', { в: '\u0000' }] })).toMatchObject({ path: 'a.1.в' });
    expect(unreadableWithin({ extras: { 'Гр\uD800афа': 'да' } })).toMatchObject({
      path: 'extras',
      character: 'U+D800',
    });
    expect(readableValue({ extras: { 'Гр\uD800афа': ['\u0000', 1, null] } })).toEqual({
      extras: { 'Гр\uFFFDафа': ['\uFFFD', 1, null] },
    });
  });
});

describe('a title on two lines', () => {
  it.each(['Раз\nдел', 'Раз\r\nдел', 'Раз\u2028дел'])('%j is refused', (title) => {
    given(drafted())
      .when({ type: 'addSection', title, numberText: 'I.', after: null })
      .thenRefused('LINE_BREAK', 'title');
  });
});

describe('an event that was stored with one', () => {
  const event = { type: 'PlanReturned', data: { remarks: 'а\uD800б\u0000', 'ключ\u0007': ['\u0085'] } };
  const body = JSON.stringify({
    ...{ id: 'i', schemaVersion: 1, stream: 'plan-1', recordedAt: '2020-10-01T00:00:00.000Z', actor: {}, event },
    reason: 'п\uDC00',
  });
  const stored = {
    stream: 'plan-1',
    revision: 0,
    position: '1',
    id: 'i',
    type: 'PlanReturned',
    schemaVersion: 1,
    body,
  };

  it('is read healed, and its bytes stay as they are', () => {
    const recorded = fromStore(stored);
    expect(recorded).toMatchObject({
      reason: 'п\uFFFD',
      event: { data: { remarks: 'а\uFFFDб\uFFFD', 'ключ\uFFFD': ['\uFFFD'] } },
    });
    expect(unreadableWithin(recorded.event)).toBeUndefined();
    expect(canonicalJson(recorded.event).isWellFormed()).toBe(true);
    expect(stored.body).toContain('\\ud800');
  });
});

describe('a document', () => {
  const contentOf = (text: string): DocumentContent => ({
    reader: 'csv-1',
    blocks: [{ kind: 'table', ragged: false, rows: [{ source: 'row 7', cells: [cellOf(text)], blankBefore: null }] }],
    repairs: [],
  });

  it('with a cell that is too long is refused by its place', () => {
    expect(() => bounded(contentOf('п'.repeat(MAX_LONG + 1)))).toThrow(
      /row 7: a text of 10001 characters; at most 10000/,
    );
    expect(bounded(contentOf('п'.repeat(MAX_LONG)))).toEqual(contentOf('п'.repeat(MAX_LONG)));
  });

  it('with a character that nothing can print is refused by its place', () => {
    expect(() => bounded(contentOf('а\u0001'))).toThrow(
      /row 7: a character that cannot be printed \(U\+0001, at place 2\)/,
    );
  });

  it('has plain line breaks in place of those of word processors', () => {
    expect(bounded(contentOf('а\vб\fв\u2028г'))).toEqual(contentOf('а\nб\nв\nг'));
  });
});

describe('a text that is cut', () => {
  it('never ends in half a character', () => {
    const signs = '😀'.repeat(100);
    for (const text of [signs, `а${signs}`]) {
      expect(quotable(text).isWellFormed()).toBe(true);
      for (const max of [0, 1, 2, 89, 90]) {
        const cut = cutText(text, max);
        expect([cut.isWellFormed(), text.startsWith(cut), max - cut.length <= 1]).toEqual([true, true, true]);
      }
    }
    expect([cutText('аб', 2), cutText('абв', 2)]).toEqual(['аб', 'аб']);
  });
});
