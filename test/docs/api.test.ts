import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ERROR_KINDS } from '../../src/graphql/errors.js';
import { WEIGHTS } from '../../src/graphql/limits/cost.js';
import { freePort } from '../support/ports.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';
import { statusOf, until } from '../support/waiting.js';
import { type Shell, startShell } from './shell.js';

const PAGE = new URL('../../docs/api.md', import.meta.url);
const SECTION = /^## Seven recipes\n[\s\S]*?(?=^## )/m;
const BLOCK = /```sh\n([\s\S]*?)\n```\n(?:<!-- answer -->\n(?:```json\n([\s\S]*?)\n```\n)?)?/g;
const WEIGHED = /(<!-- the weights -->\n)[\s\S]*?(<!-- end of the weights -->)/;

const ERRORS = /(<!-- the error codes -->\n)[\s\S]*?(<!-- end of the error codes -->)/;

const WRITES = process.env.LETOPIS_WRITE_API === '1';

let directory: string;
let shell: Shell | undefined;
beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(async () => {
  await shell?.close();
  await removeDirectory(directory);
});

it('docs/api.md shows seven recipes with the answers that a shell prints (LETOPIS_WRITE_API=1 writes them)', async () => {
  const page = readFileSync(PAGE, 'utf8');
  const [section = ''] = SECTION.exec(page) ?? [];
  const [[, serve = ''] = [], ...blocks] = [...section.matchAll(BLOCK)];
  const port = await freePort();
  shell = await startShell(directory, port);
  // The first terminal, in the background.
  await shell.type(`${serve} > served 2>&1 &`);
  await until(async () => (await statusOf(`http://127.0.0.1:${port}/health/ready`).catch(() => 0)) === 200, 50);
  let right = page;
  let count = 0;
  for (const [whole, block = ''] of blocks) {
    const answer = await shell.type(block);
    if (!whole.includes('<!-- answer -->')) continue;
    count += 1;
    expect(JSON.parse(answer)).not.toHaveProperty('errors');
    right = right.replace(whole, () => `\`\`\`sh\n${block}\n\`\`\`\n<!-- answer -->\n\`\`\`json\n${answer}\n\`\`\`\n`);
  }
  expect(count).toBe(7);
  if (WRITES) writeFileSync(PAGE, right);
  else expect(page).toBe(right);
});

it('docs/api.md lists the weights of fields and the codes of errors (LETOPIS_WRITE_API=1 writes them)', () => {
  const page = readFileSync(PAGE, 'utf8');
  const weights = Object.entries(WEIGHTS).map(([field, weight]) => `| \`${field}\` | ${weight} |`);
  const table = ['| field | weight |', '| --- | --- |', ...weights].join('\n');
  let right = page.replace(WEIGHED, (_, before: string, after: string) => `${before}${table}\n${after}`);
  const kinds = Object.entries(ERROR_KINDS).map(
    ([code, { status, advice }]) => `| \`${code}\` | ${status} | ${advice} |`,
  );
  const errorTable = ['| code | status | what to do |', '| --- | --- | --- |', ...kinds].join('\n');
  right = right.replace(ERRORS, (_, before: string, after: string) => `${before}${errorTable}\n${after}`);
  if (WRITES) writeFileSync(PAGE, right);
  else expect(page).toBe(right);
});
