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

  /** Returns both texts, each joined from its parts. */
  const joined = (parts: ReturnType<typeof wordDifferences>) =>
    ['added', 'removed'].map((other) =>
      parts
        .filter(({ change }) => change !== other)
        .map(({ text }) => text)
        .join(''),
    );

  it('gives both texts again, each without what belongs to the other', () => {
    const words = fc.array(fc.constantFrom('а', 'б', 'в', ' ', '  ', ',', '.', 'год')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(words, words, (before, after) => {
        expect(joined(wordDifferences(before, after))).toEqual([before, after]);
      }),
    );
  });

  it('is one change between the common beginning and end where very many words differ', () => {
    const other = (sign: string) => `План на год: ${sign.repeat(10_000)} и отчёт.`;
    expect(wordDifferences(other('('), other(')'))).toEqual([
      { text: 'План на год: ', change: null },
      { text: '('.repeat(10_000), change: 'removed' },
      { text: ')'.repeat(10_000), change: 'added' },
      { text: ' и отчёт.', change: null },
    ]);
    const numbered = (word: string) => Array.from({ length: 300 }, (_, index) => `${word}${index} и `).join('');
    expect(wordDifferences(`${numbered('было')}всё`, `${numbered('стало')}всё`)).toEqual([
      { text: numbered('было').slice(0, -' и '.length), change: 'removed' },
      { text: numbered('стало').slice(0, -' и '.length), change: 'added' },
      { text: ' и всё', change: null },
    ]);
    expect(wordDifferences('('.repeat(10_000), '')).toEqual([{ text: '('.repeat(10_000), change: 'removed' }]);
  });

  it('gives both texts again where very many words differ', () => {
    const [ends, long] = [fc.constantFrom('', 'а', 'а б ', ' ', ', в'), { minLength: 150, maxLength: 400 }];
    const middle = (words: readonly string[]) => fc.array(fc.constantFrom(...words), long).map((all) => all.join(''));
    const signs = fc.tuple(middle(['(', '«', ' ', '-', 'а']), middle([')', '»', ' ', '-', 'б']));
    fc.assert(
      fc.property(ends, signs, ends, (start, [removed, added], end) => {
        const [before, after] = [`${start}${removed}${end}`, `${start}${added}${end}`];
        expect(joined(wordDifferences(before, after))).toEqual([before, after]);
      }),
      { numRuns: 50 },
    );
  });

  it('marks small changes in a long text word by word', () => {
    const long = Array.from({ length: 1_000 }, (_, index) => `слово${index}`).join(' ');
    const changed = long.replace('слово100 ', 'иное ').replace('слово900 ', '');
    expect(wordDifferences(long, changed).filter(({ change }) => change !== null)).toEqual([
      { text: 'слово100', change: 'removed' },
      { text: 'иное', change: 'added' },
      { text: 'слово900 ', change: 'removed' },
    ]);
  });
});
