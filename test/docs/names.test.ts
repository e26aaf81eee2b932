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

/**
 * Exported names that the page declares too, with the reason. The page imports nothing of the server, and the client
 * library has none of these functions.
 */
const SHARED_WITH_PAGE: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'the page checks proofs by a second implementation of PROTOCOL.md, so that an error in the first one is detected',
    [
      ...['Checkpoint', 'HASH_BYTES', 'SignedNote', 'cosignedAt', 'leafHash', 'nodeHash'],
      ...['parseCheckpoint', 'parseNote', 'parsedOrUndefined'],
    ],
  ],
  ['the same arithmetic of days', ['daysBetween', 'isMonth']],
]);

const isOfPage = (path: string) => path.startsWith('web/');

/** Returns the repeated names that no file exports. */
function privateNames(isCounted: (path: string) => boolean): string[] {
  const repeated = [...repeatedNames('src', isCounted)];
  return repeated.filter(([, { exportedFrom }]) => exportedFrom.length === 0).map(([name]) => name);
}

describe('top-level names of the server and the page', () => {
  it('are exported from one file each, and such a name is declared in no other file', () => {
    const exported = [...repeatedNames('src')].filter(([, { exportedFrom }]) => exportedFrom.length > 0);
    const shared = [...SHARED_WITH_PAGE.values()].flat();
    expect(Object.fromEntries(exported.filter(([name]) => !shared.includes(name)))).toEqual({});
    expect(exported.map(([name]) => name).toSorted()).toEqual(shared.toSorted());
  });

  it('are private to one file of the server each, except those that are allowed', () => {
    const found = privateNames((path) => !isOfPage(path));
    expect(found.toSorted()).toEqual([...ALLOWED.values()].flat().toSorted());
  });

  it('are private to one file of the page each', () => {
    expect(privateNames(isOfPage)).toEqual([]);
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
      "const Eight = lazy(() => import('./Eight'));",
      '  const inner = 3;',
    ].join('\n');
    expect(namesIn(source).map(({ name, isExported }) => `${name}${isExported ? ' exported' : ''}`)).toEqual([
      ...['one exported', 'two', 'Three exported', 'Four exported', 'Five', 'six exported', 'seven'],
    ]);
  });
});
