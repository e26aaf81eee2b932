import { expect, it } from '@jest/globals';
import type { Condition, Filter, ReadStore } from '../../src/engine/readstore/port.js';
import { type Abilities, del, ids, type OpenReadStore, put, TASKS, task, withStore } from './readstore.fixture.js';

const TASK_LIST = [
  task('a', 1, { title: 'Plan', dueOn: '2026-09-01', rank: 1, words: ['annual', 'plan'] }),
  task('b', 1, { title: 'plan', dueOn: '2026-09-02', rank: 2, done: true, words: ['plan'], order: ['7'] }),
  task('c', 1, { title: 'planning_', dueOn: '2026-10-01', rank: 2.5, words: ['planning', 'Annual'] }),
  task('d', 1, { title: '', dueOn: '', rank: -3, done: true }),
  task('e', 1, { title: 'plan%', dueOn: '2026-09-02', rank: 10, words: ['', 'пла́н'], order: ['7', '8'] }),
];

async function filled(store: ReadStore): Promise<ReadStore> {
  const buried = task('z', 1, { title: 'plan', words: ['plan', 'annual'], order: ['7'] });
  await store.write(TASKS, [...TASK_LIST.map((document) => put(document)), put(buried), del('z', 2, 1)]);
  return store;
}

async function found(store: ReadStore, filter: Filter): Promise<string> {
  const { documents, more } = await store.find(TASKS, { filter, order: [], limit: 100 });
  expect(more).toBe(false);
  expect(await store.count(TASKS, filter)).toBe(documents.length);
  return ids(documents).join('');
}

const CASES: readonly (readonly [string, Filter, string])[] = [
  ['nothing asked: all of the living', [], 'abcde'],
  ['eq of a text, by case', [{ field: 'title', op: 'eq', value: 'plan' }], 'b'],
  ['eq of the empty text', [{ field: 'dueOn', op: 'eq', value: '' }], 'd'],
  ['eq of a number', [{ field: 'rank', op: 'eq', value: 2.5 }], 'c'],
  ['eq of true', [{ field: 'done', op: 'eq', value: true }], 'bd'],
  ['eq of false', [{ field: 'done', op: 'eq', value: false }], 'ace'],
  ['in', [{ field: 'title', op: 'in', values: ['plan', 'Plan', 'none', 'plan'] }], 'ab'],
  ['in numbers', [{ field: 'rank', op: 'in', values: [10, 1, -3] }], 'ade'],
  ['in booleans', [{ field: 'done', op: 'in', values: [true, false] }], 'abcde'],
  ['in of nothing', [{ field: 'title', op: 'in', values: [] }], ''],
  ['in of nothing beside others', [{ anyOf: [[{ field: 'title', op: 'in', values: [] }]] }], ''],
  ['range with inclusive ends', [{ field: 'dueOn', op: 'range', from: '2026-09-01', to: '2026-09-02' }], 'abe'],
  ['range with exclusive ends', [{ field: 'dueOn', op: 'range', after: '2026-09-01', before: '2026-10-01' }], 'be'],
  ['range with one end', [{ field: 'dueOn', op: 'range', before: '2026-09-02' }], 'ad'],
  ['range of numbers, not of their digits', [{ field: 'rank', op: 'range', from: 2, after: 1 }], 'bce'],
  ['range without ends', [{ field: 'rank', op: 'range' }], 'abcde'],
  ['range that is empty', [{ field: 'rank', op: 'range', from: 3, to: 2 }], ''],
  ['prefix, by case', [{ field: 'title', op: 'prefix', value: 'plan' }], 'bce'],
  ['prefix with a sign of LIKE', [{ field: 'title', op: 'prefix', value: 'plan%' }], 'e'],
  ['prefix with another', [{ field: 'title', op: 'prefix', value: 'plan_' }], ''],
  ['empty prefix', [{ field: 'title', op: 'prefix', value: '' }], 'abcde'],
  ['has', [{ field: 'words', op: 'has', value: 'plan' }], 'ab'],
  ['has the empty text', [{ field: 'words', op: 'has', value: '' }], 'e'],
  ['hasPrefix, once for each document', [{ field: 'words', op: 'hasPrefix', value: 'plan' }], 'abc'],
  ['hasPrefix by case', [{ field: 'words', op: 'hasPrefix', value: 'An' }], 'c'],
  ['hasPrefix of nothing: any value at all', [{ field: 'words', op: 'hasPrefix', value: '' }], 'abce'],
  ['hasRange, both ends included', [{ field: 'words', op: 'hasRange', from: 'annual', to: 'plan' }], 'ab'],
  ['hasRange of one value, not of two beside it', [{ field: 'words', op: 'hasRange', from: 'b', to: 'c' }], ''],
  ['hasRange with one end', [{ field: 'words', op: 'hasRange', to: 'Z' }], 'ce'],
  ['hasRange without ends: any value at all', [{ field: 'words', op: 'hasRange' }], 'abce'],
  ['hasPrefix in another alphabet', [{ field: 'words', op: 'hasPrefix', value: 'пл' }], 'e'],
  [
    'conjunctions',
    [
      { field: 'dueOn', op: 'range', from: '2026-09-01' },
      { field: 'words', op: 'has', value: 'plan' },
      { field: 'words', op: 'has', value: 'annual' },
    ],
    'a',
  ],
  [
    'fields of the same kind apart',
    [
      { field: 'words', op: 'has', value: 'plan' },
      { field: 'order', op: 'has', value: '7' },
    ],
    'b',
  ],
  [
    'anyOf conjunctions, beside a condition',
    [
      { field: 'dueOn', op: 'prefix', value: '2026' },
      {
        anyOf: [
          [
            { field: 'done', op: 'eq', value: false },
            { field: 'words', op: 'hasPrefix', value: 'planning' },
          ],
          [{ field: 'order', op: 'has', value: '8' }],
          [{ field: 'rank', op: 'range', to: 1 }],
        ],
      },
    ],
    'ace',
  ],
  [
    'two anyOfs',
    [
      { anyOf: [[{ field: 'title', op: 'eq', value: 'plan' }], [{ field: 'title', op: 'eq', value: 'Plan' }]] },
      { anyOf: [[{ field: 'rank', op: 'eq', value: 1 }], [{ field: 'rank', op: 'eq', value: 10 }]] },
    ],
    'a',
  ],
  ['anyOf nothing', [{ anyOf: [] }], ''],
  ['anyOf with an empty conjunction: all', [{ anyOf: [[], [{ field: 'rank', op: 'eq', value: 1 }]] }], 'abcde'],
];

// Some filters come from callers, so an invalid filter must fail instead of finding too much.
const WRONG: readonly (readonly [string, Condition])[] = [
  ['an unknown field', { field: 'nothing', op: 'eq', value: 1 }],
  ['SQL for a field', { field: 'title = 1 OR 1', op: 'eq', value: '' }],
  ['a name every object has', { field: 'constructor', op: 'eq', value: '' }],
  ['eq on a multi field', { field: 'words', op: 'eq', value: 'plan' }],
  ['range on a multi field', { field: 'words', op: 'range', from: 'plan' }],
  ['prefix on a multi field', { field: 'words', op: 'prefix', value: 'plan' }],
  ['prefix on a number', { field: 'rank', op: 'prefix', value: '1' }],
  ['prefix on a boolean', { field: 'done', op: 'prefix', value: 't' }],
  ['has on a single text', { field: 'title', op: 'has', value: 'plan' }],
  ['hasPrefix on a number', { field: 'rank', op: 'hasPrefix', value: '1' }],
  ['hasRange on a number', { field: 'rank', op: 'hasRange', from: '1' }],
  ['a text for a number', { field: 'rank', op: 'eq', value: '1' }],
  ['a number for a text', { field: 'title', op: 'range', from: 1 }],
  ['a number for a boolean', { field: 'done', op: 'in', values: [true, 1] }],
  ['no number at all', { field: 'rank', op: 'eq', value: Number.NaN }],
];

/** Registers the conformance tests of filters: each condition, alone and together, by find and by count. */
export function findingConforms(open: OpenReadStore, { ordersByCodePoint }: Abilities): void {
  it('sums a number by a text, over the living that match', () =>
    withStore(open, async (store) => {
      await filled(store);
      const sums = (filter: Filter) => store.sums(TASKS, { filter, by: 'dueOn', of: 'rank' });
      expect(await sums([])).toEqual(
        new Map([
          ['2026-09-01', 1],
          ['2026-09-02', 12],
          ['2026-10-01', 2.5],
          ['', -3],
        ]),
      );
      expect(await sums([{ field: 'words', op: 'hasPrefix', value: 'plan' }])).toEqual(
        new Map([
          ['2026-09-01', 1],
          ['2026-09-02', 2],
          ['2026-10-01', 2.5],
        ]),
      );
      expect(await sums([{ field: 'title', op: 'eq', value: 'none' }])).toEqual(new Map());
      await expect(store.sums(TASKS, { filter: [], by: 'rank', of: 'rank' })).rejects.toThrow(TypeError);
      await expect(store.sums(TASKS, { filter: [], by: 'title', of: 'title' })).rejects.toThrow(TypeError);
    }));

  it.each(CASES)('%s', (_, filter, expected) =>
    withStore(open, async (store) => {
      expect(await found(await filled(store), filter)).toBe(expected);
    }),
  );

  it.each(WRONG)('refuses %s', (_, condition) =>
    withStore(open, async (store) => {
      await filled(store);
      for (const filter of [[condition], [{ anyOf: [[], [condition]] }]]) {
        await expect(store.find(TASKS, { filter, order: [], limit: 1 })).rejects.toThrow(TypeError);
        await expect(store.count(TASKS, filter)).rejects.toThrow(TypeError);
      }
    }),
  );

  it('finds among a thousand values', () =>
    withStore(open, async (store) => {
      const values = ['Plan', ...Array.from({ length: 1000 }, (_, index) => `other ${index}`), 'planning_'];
      expect(await found(await filled(store), [{ field: 'title', op: 'in', values }])).toBe('ac');
    }));

  it('returns only the fields that are asked for, with the whole body', () =>
    withStore(open, async (store) => {
      const hard = task('h', 1, { title: 'a\0', dueOn: '2027-01-01', words: ['x\uD800'] }, { note: 'kept' });
      await store.write(TASKS, [put(task('g', 1, { rank: 3, words: ['w'], order: ['7'] })), put(hard)]);
      const read = async (fields: readonly string[]) => {
        const { documents } = await store.find(TASKS, { filter: [], order: [], limit: 9, fields });
        expect(await store.get(TASKS, ['g', 'h'], fields)).toEqual(documents);
        return documents.map((document) => [document.fields, document.body]);
      };
      expect(await read(['rank', 'order'])).toEqual([
        [{ rank: 3, order: ['7'] }, { id: 'g' }],
        [{ rank: 0, order: [] }, { note: 'kept' }],
      ]);
      expect(await read(['words', 'title'])).toEqual([
        [{ title: 'title g', words: ['w'] }, { id: 'g' }],
        [{ title: 'a\0', words: ['x\uD800'] }, { note: 'kept' }],
      ]);
      expect(await read([])).toEqual([
        [{}, { id: 'g' }],
        [{}, { note: 'kept' }],
      ]);
      await expect(read(['weight'])).rejects.toThrow(TypeError);
      await expect(store.get(TASKS, ['g'], ['weight'])).rejects.toThrow(TypeError);
    }));

  it('finds exact texts with characters that are hard to store', () =>
    withStore(open, async (store) => {
      const titles = ['a', 'a\0', 'a\0b', '\u{10FFFF}', '\u{10FFFF}x', '\uD7FFx', '\uE000'];
      await store.write(
        TASKS,
        titles.map((title, index) => put(task(String(index), 1, { title }))),
      );
      for (const [index, title] of titles.entries()) {
        expect(await found(store, [{ field: 'title', op: 'eq', value: title }])).toBe(String(index));
      }
      expect(await found(store, [{ field: 'title', op: 'prefix', value: 'a\0' }])).toBe('12');
      if (!ordersByCodePoint) return;
      expect(await found(store, [{ field: 'title', op: 'prefix', value: '\u{10FFFF}' }])).toBe('34');
      expect(await found(store, [{ field: 'title', op: 'prefix', value: '\uD7FF' }])).toBe('5');
    }));
}
