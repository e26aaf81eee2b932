import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wordDifferences } from '../../src/documents/printing/words.js';

const marked = (before: string, after: string) =>
  wordDifferences(before, after)
    .map(({ text, change }) => (change === null ? text : change === 'removed' ? `[-${text}-]` : `{+${text}+}`))
    .join('');

describe('what became of a text', () => {
  it.each([
    ['план работы', 'план работы', 'план работы'],
    ['февраль 2021г.', 'март 2021 г.', '[-февраль 2021г-]{+март 2021 г+}.'],
    ['Отдел образования, школы', 'Иванова А.П., школы', '[-Отдел образования-]{+Иванова А.П.+}, школы'],
    ['издание памяток', 'издание памяток и листовок', 'издание памяток{+ и листовок+}'],
    ['издание памяток и листовок', 'издание листовок', 'издание [-памяток и -]листовок'],
    ['', 'новое', '{+новое+}'],
    ['старое', '', '[-старое-]'],
  ])('«%s» → «%s» is %s', (before, after, expected) => {
    expect(marked(before, after)).toBe(expected);
  });

  it('gives both texts again, each without what belongs to the other', () => {
    const words = fc.array(fc.constantFrom('а', 'б', 'в', ' ', '  ', ',', '.', 'год')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(words, words, (before, after) => {
        const parts = wordDifferences(before, after);
        const side = (other: string) =>
          parts
            .filter(({ change }) => change !== other)
            .map(({ text }) => text)
            .join('');
        expect([side('added'), side('removed')]).toEqual([before, after]);
      }),
    );
  });
});
