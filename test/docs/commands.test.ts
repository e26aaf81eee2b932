import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { commandsOf, commandTreeHere } from '../support/commandTree.js';

const ROOT = new URL('../../', import.meta.url);
const PAGES = [
  ...['README.md', 'PROTOCOL.md', 'CONTRIBUTING.md'],
  ...['docs/', 'docs/ru/', 'docs/decisions/', 'clients/typescript/'].flatMap((folder) =>
    readdirSync(new URL(folder, ROOT)).flatMap((name) => (/\.md$/.test(name) ? `${folder}${name}` : [])),
  ),
];

/** Returns the lines of shell blocks and inline code of a page, with the number of each. */
function codeIn(page: string): { readonly at: string; readonly code: string }[] {
  let isBlock = false;
  return readFileSync(new URL(page, ROOT), 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      const at = `${page}:${index + 1}`;
      const fence = /^\s*```(\w*)/.exec(line);
      if (fence) {
        isBlock = fence[1] === 'sh';
        return [];
      }
      if (isBlock) return [{ at, code: line }];
      return [...line.matchAll(/`([^`]+)`/g)].map(([, code = '']) => ({ at, code }));
    });
}

/** An address with a query that has a character beyond ASCII, which has to be encoded. */
const UNENCODED = /(?:localhost|https?:)[^\s'"?]*\?[^\s'"]*[^\s\x21-\x7e]/;

describe('commands in the docs', () => {
  const code = PAGES.flatMap(codeIn);

  it('begin with npx letopis, which works in the folder of Letopis without an installation', () => {
    const bare = code.filter(({ code }) => /(?<!npx )(?<![\w./=-])letopis [a-z]/.test(code));
    expect(bare.filter(({ code }) => !/docker|kubectl|anchor\/1/.test(code))).toEqual([]);
  });

  it('are those that messages show too, in the sources and in the alerts', async () => {
    const names = commandsOf(await commandTreeHere()).flatMap(([words]) => (words.length === 1 ? words : []));
    const bare = new RegExp(`(?<!npx )(?<![\\w./=-])letopis (?:${names.join('|')})\\b`);
    const sources = readdirSync(new URL('src/', ROOT), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.includes('node_modules'))
      .map((name) => `src/${name}`);
    const shown = [...sources, 'deploy/monitoring/alerts.yml'].flatMap((file) =>
      readFileSync(new URL(file, ROOT), 'utf8')
        .split('\n')
        .filter((line) => bare.test(line) && !/^\s*(?:\/\/|\/?\*)/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(shown).toEqual([]);
    expect('выполните letopis status').toMatch(bare);
  });

  it('of curl encode what they put into an address', () => {
    expect(code.filter(({ code }) => /curl\b/.test(code) && UNENCODED.test(code))).toEqual([]);
    // The findings of the check.
    for (const query of ['text=форум', 'planId=plan_…'])
      expect(`curl 'localhost:4000/audit.csv?${query}'`).toMatch(UNENCODED);
  });
});
