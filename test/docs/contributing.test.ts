import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const PAGE = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');

/** Returns the paths that a text with braces means: `a/{b,c}.ts` means `a/b.ts` and `a/c.ts`. */
function expanded(path: string): string[] {
  const [, before, list, after] = /^(.*)\{(.*)\}(.*)$/.exec(path) ?? [];
  return list === undefined ? [path] : list.split(',').map((each) => `${before}${each}${after}`);
}

it('CONTRIBUTING.md names files that exist', () => {
  const paths = [...PAGE.matchAll(/`((?:src|test|scripts|docs|bench)\/[^`\s]+)`/g)].flatMap(([, path = '']) =>
    expanded(path),
  );
  // Names in capitals are placeholders that the reader replaces.
  const named = paths.filter((path) => !/[A-Z]{4}|vN/.test(path));
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});
