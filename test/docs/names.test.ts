import { describe, expect, it } from '@jest/globals';
import { namesIn, repeatedNames } from './names.js';

/** Private names that several files may declare, with the reason. */
const ALLOWED: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'the two adapters of a port define the same thing, each for its engine',
    ['QUERY_WORDS', 'RANGE_OPERATORS', 'Store', 'beyond', 'kindKey', 'live'],
  ],
  [
    'the same word of the field or the same shape, read or printed in two ways',
    ['ListFlags', 'Print', 'nthWeekday', 'partOfYear', 'places'],
  ],
]);

describe('top-level names of the sources', () => {
  const repeated = repeatedNames('src');

  it('are exported from one file each, and such a name is declared in no other file', () => {
    expect(Object.fromEntries([...repeated].filter(([, { exportedFrom }]) => exportedFrom.length > 0))).toEqual({});
  });

  it('are private to one file each, except those that are allowed', () => {
    const found = [...repeated].filter(([, { exportedFrom }]) => exportedFrom.length === 0).map(([name]) => name);
    expect(found.toSorted()).toEqual([...ALLOWED.values()].flat().toSorted());
  });

  it('are found in every kind of declaration', () => {
    const source = [
      'export async function one() {}',
      'function* two() {}',
      'export abstract class Three {}',
      "export type Four = 'a';",
      'interface Five {}',
      'export const six = 1;',
      'let seven = 2;',
      '  const inner = 3;',
    ].join('\n');
    expect(namesIn(source).map(({ name, isExported }) => `${name}${isExported ? ' exported' : ''}`)).toEqual([
      ...['one exported', 'two', 'Three exported', 'Four exported', 'Five', 'six exported', 'seven'],
    ]);
  });
});
