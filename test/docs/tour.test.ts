import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readSampleFile } from '../support/domain.js';
import { removeDirectory, startServer, type TestServer, temporaryDirectory } from '../support/server.js';
import { at, filledIn, shown, TOUR, type TourStep, tourSteps } from './tour.js';

/** Writes the answers into the page instead of comparing them: for whoever changes the tour. */
const WRITES = process.env.LETOPIS_WRITE_TOUR === '1';

let directory: string;
let server: TestServer | undefined;
beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(async () => {
  await server?.close();
  await removeDirectory(directory);
});

/** A server on the same files whose clock stands at the step's day. */
async function serverAt({ clock }: TourStep, before: TourStep | undefined): Promise<TestServer> {
  if (server && before?.clock === clock) return server;
  await server?.close();
  server = await startServer({ directory, clock, sample: 'off' });
  return server;
}

it('docs/tour.md tells what the API really answers, from the draft to the report of the year', async () => {
  const steps = await tourSteps();
  expect(steps.length).toBeGreaterThan(20);
  const known: Record<string, unknown> = { file: Buffer.from(readSampleFile()).toString('base64') };
  const answers: string[] = [];
  for (const [index, step] of steps.entries()) {
    const served = await serverAt(step, steps[index - 1]);
    const { data, errors } = await served.query(filledIn(step.query, known), { key: step.key, language: 'ru' });
    expect({ heading: step.heading, query: step.query, errors }).toMatchObject({ errors: [] });
    for (const [name, path] of Object.entries(step.kept)) known[name] = at(data, path);
    for (const value of Object.values(typeof data === 'object' && data !== null ? data : {})) {
      known.at = at(value, ['position']) ?? known.at;
    }
    const answer = shown(data);
    if (!WRITES) {
      const { heading, query } = step;
      expect({ heading, query, answer }).toEqual({ heading, query, answer: step.answer });
    }
    answers.push(answer);
  }
  if (WRITES) await written(steps, answers);
}, 120_000);

async function written(steps: readonly TourStep[], answers: readonly string[]): Promise<void> {
  let page = await readFile(TOUR, 'utf8');
  for (const [index, { from, to }] of [...steps.entries()].reverse()) {
    page = page.slice(0, from) + (answers[index] ?? '') + page.slice(to);
  }
  await writeFile(TOUR, page);
}
