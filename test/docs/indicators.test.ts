import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { INDICATOR_WORDS } from '../../src/graphql/types/figureEnums.js';

it('docs/monitoring.md says what each indicator counts in the words of the schema', () => {
  const page = readFileSync(new URL('../../docs/monitoring.md', import.meta.url), 'utf8');
  const [, table = ''] = /\| code \| numerator \| denominator \|\n(.*?)\n\n/s.exec(page) ?? [];
  const rows = table.split('\n').flatMap((row) => {
    const [, codes = '', ...words] = row.split('|').map((cell) => cell.trim());
    return [...codes.matchAll(/`(\w+)`/g)].map(([, code]) => [code, words.slice(0, 2)]);
  });
  expect(Object.fromEntries(rows.filter(([code]) => code !== undefined))).toEqual(INDICATOR_WORDS);
});
