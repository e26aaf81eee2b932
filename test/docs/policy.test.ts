import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { policyTables } from './policy.js';

const PAGE = new URL('../../docs/access.md', import.meta.url);
const MARKED = /(<!-- the policy -->\n)[\s\S]*?\n?(<!-- end of the policy -->)/;

it('docs/access.md shows the policy as it is (LETOPIS_WRITE_POLICY=1 writes it)', () => {
  const page = readFileSync(PAGE, 'utf8');
  const right = page.replace(MARKED, (_, before: string, after: string) => `${before}${policyTables()}\n${after}`);
  if (process.env.LETOPIS_WRITE_POLICY === '1') writeFileSync(PAGE, right);
  else expect(page).toBe(right);
  expect(page).toMatch(MARKED);
});
