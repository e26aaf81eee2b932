import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { COMMON_EXIT_CODES, type ExitCode, OWN_EXIT_CODES } from '../../src/app/exitCodes.js';
import { commandsOf, commandTreeHere } from '../support/commandTree.js';

const ROOT = new URL('../../', import.meta.url);
const OPERATIONS = new URL('docs/operations.md', ROOT);
const MARKED = /(<!-- exit codes -->\n)[\s\S]*?(<!-- end of exit codes -->)/;

const pages = [
  'README.md',
  ...readdirSync(new URL('docs/', ROOT)).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
].map((path) => [path, readFileSync(new URL(path, ROOT), 'utf8')] as const);

function exitCodeTable(): string {
  const rows = (command: string, codes: readonly ExitCode[]) =>
    codes.map(({ code, meaning }) => `| ${command} | ${code} | ${meaning.en} |`);
  return [
    '| command | code | meaning |',
    '| --- | --- | --- |',
    ...Object.entries(OWN_EXIT_CODES).flatMap(([name, codes]) => rows(`\`${name}\``, codes)),
    ...rows('every other one', COMMON_EXIT_CODES),
    '',
  ].join('\n');
}

it('docs/operations.md shows the exit codes as they are (LETOPIS_WRITE_EXIT_CODES=1 writes them)', () => {
  const page = readFileSync(OPERATIONS, 'utf8');
  const right = page.replace(MARKED, (_, before: string, after: string) => `${before}${exitCodeTable()}${after}`);
  if (process.env.LETOPIS_WRITE_EXIT_CODES === '1') writeFileSync(OPERATIONS, right);
  else expect(page).toBe(right);
  expect(page).toMatch(MARKED);
});

it('docs/operations.md has a row for every command, and the docs name every flag', async () => {
  const all = pages.map(([, text]) => text).join('\n');
  const rows = readFileSync(OPERATIONS, 'utf8').replaceAll('\\|', '|').split('\n');
  for (const [words, command] of commandsOf(await commandTreeHere())) {
    const name = words.at(-1);
    if (name === undefined || command.commands.length > 0) continue;
    const [group = '', sub] = words;
    const named = (row: string) =>
      row.startsWith('| `npx letopis ') &&
      row.includes(`\`npx letopis ${group}${sub === undefined ? '' : ' '}`) &&
      (sub === undefined || new RegExp(`\`npx letopis ${group} [a-z|-]*\\b${sub}\\b`).test(row));
    expect([words, rows.some(named)]).toEqual([words, true]);
    for (const { long } of command.options) {
      if (long !== undefined)
        expect([words, long, new RegExp(`${long.replace('--no-', '--(?:no-)?')}\\b`).test(all)]).toEqual([
          words,
          long,
          true,
        ]);
    }
  }
});

it('every command that the docs name exists', async () => {
  const known = new Set(commandsOf(await commandTreeHere()).map(([words]) => words.join(' ')));
  const unknown = pages.flatMap(([path, text]) =>
    [...text.matchAll(/`(?:npx )?letopis ([a-z-]+)(?: ([a-z][a-z-]*)\b)?/g)]
      .filter(
        ([, group = '', sub = '']) =>
          !known.has(group) || (groups(known).has(group) && sub !== '' && !known.has(`${group} ${sub}`)),
      )
      .map(([found]) => `${path}: ${found}`),
  );
  expect(unknown).toEqual([]);
});

/** Returns the commands with subcommands. */
function groups(known: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...known].flatMap((words) => (words.includes(' ') ? [words.split(' ')[0] ?? ''] : [])));
}
