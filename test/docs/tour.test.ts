import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../support/ports.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';
import { statusOf, until } from '../support/waiting.js';
import { type Shell, startShell } from './shell.js';
import { shown, TOUR, type TourBlock, tourBlocks } from './tour.js';

/** Writes the answers into the page instead of comparing them. Use it after changing the tour. */
const WRITES = process.env.LETOPIS_WRITE_TOUR === '1';
const SAMPLE = fileURLToPath(new URL('../../sample', import.meta.url));

let directory: string;
let first: Shell;
let second: Shell;
let ready: string;
beforeAll(async () => {
  directory = await temporaryDirectory();
  await cp(SAMPLE, join(directory, 'sample'), { recursive: true });
  const port = await freePort();
  ready = `http://127.0.0.1:${port}/health/ready`;
  [first, second] = [await startShell(directory, port), await startShell(directory, port)];
});
afterAll(async () => {
  await Promise.all([first, second].map((shell) => shell.close()));
  await removeDirectory(directory);
});

/** Stops the server in the first terminal, gracefully as Ctrl-C does, and starts the next one. */
async function serve(command: string): Promise<void> {
  await first.type('if [ -n "$server" ]; then kill -TERM $server; wait $server || true; fi');
  await first.type(`${command.trim()} >> served 2>&1 & server=$!`);
  await until(async () => (await statusOf(ready).catch(() => 0)) === 200, 50);
}

const Answer = z.object({ data: z.unknown().optional(), errors: z.unknown().optional() });

it('docs/tour.md shows what a shell prints, from the draft to the report of the year', async () => {
  const blocks = await tourBlocks();
  expect(blocks.filter(({ answer }) => answer !== undefined).length).toBeGreaterThan(50);
  const answers: string[] = [];
  for (const { heading, typed, answer } of blocks) {
    if (typed.includes('npx letopis serve')) {
      await serve(typed);
      answers.push('');
      continue;
    }
    const text = await second.type(typed);
    const { data, errors } = Answer.parse(answer === undefined ? {} : JSON.parse(text));
    expect({ heading, typed, errors }).toEqual({ heading, typed, errors: undefined });
    const right = answer === undefined ? '' : shown(data);
    if (!WRITES) expect({ heading, typed, answer: right }).toEqual({ heading, typed, answer: answer ?? '' });
    answers.push(right);
  }
  if (WRITES) await written(blocks, answers);
}, 600_000);

async function written(blocks: readonly TourBlock[], answers: readonly string[]): Promise<void> {
  let page = await readFile(TOUR, 'utf8');
  for (const [index, { from, to, answer }] of [...blocks.entries()].reverse()) {
    if (answer !== undefined) page = page.slice(0, from) + (answers[index] ?? '') + page.slice(to);
  }
  await writeFile(TOUR, page);
}
