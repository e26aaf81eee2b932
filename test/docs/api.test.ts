import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ERROR_KINDS } from '../../src/graphql/errors.js';
import { WEIGHTS } from '../../src/graphql/limits/cost.js';
import { sampleOf, startServer, type TestServer } from '../support/server.js';

const PAGE = new URL('../../docs/api.md', import.meta.url);
const RECIPE = /<!-- ask -->\n```graphql\n([\s\S]*?)\n```\n<!-- answer -->\n(?:```json\n[\s\S]*?\n```\n)?/g;
const WEIGHED = /(<!-- the weights -->\n)[\s\S]*?(<!-- end of the weights -->)/;

const ERRORS = /(<!-- the error codes -->\n)[\s\S]*?(<!-- end of the error codes -->)/;

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

it('docs/api.md shows seven recipes with the answers that the server gives (LETOPIS_WRITE_API=1 writes them)', async () => {
  const sample = await sampleOf(server);
  const head = async () =>
    (await server.read(z.object({ system: z.object({ head: z.string() }) }), '{ system { head } }')).system.head;
  const before = await head();
  const filled = (document: string, now: string) =>
    document
      .replace(/\{\{activity (\d+)\}\}/g, (_, number: string) => sample.activity(Number(number)))
      .replace('{{before recipe 3}}', before)
      .replace('{{position of recipe 6}}', now);
  const page = readFileSync(PAGE, 'utf8');
  const recipes = [...page.matchAll(RECIPE)];
  expect(recipes.length).toBe(7);
  let right = page;
  for (const [whole, document = ''] of recipes) {
    const { text, errors } = await server.query(filled(document, await head()));
    expect(errors).toEqual([]);
    const answer = JSON.stringify(JSON.parse(text));
    right = right.replace(
      whole,
      `<!-- ask -->\n\`\`\`graphql\n${document}\n\`\`\`\n<!-- answer -->\n\`\`\`json\n${answer}\n\`\`\`\n`,
    );
  }
  const weights = Object.entries(WEIGHTS).map(([field, weight]) => `| \`${field}\` | ${weight} |`);
  const table = ['| field | weight |', '| --- | --- |', ...weights].join('\n');
  right = right.replace(WEIGHED, (_, before: string, after: string) => `${before}${table}\n${after}`);
  const kinds = Object.entries(ERROR_KINDS).map(
    ([code, { status, advice }]) => `| \`${code}\` | ${status} | ${advice} |`,
  );
  const errorTable = ['| code | status | what to do |', '| --- | --- | --- |', ...kinds].join('\n');
  right = right.replace(ERRORS, (_, before: string, after: string) => `${before}${errorTable}\n${after}`);
  if (process.env.LETOPIS_WRITE_API === '1') writeFileSync(PAGE, right);
  else expect(page).toBe(right);
});
