import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { documentThreads } from '../../src/documents/isolated.js';
import { TurnAborted } from '../../src/documents/turns.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ sample: 'off', settings: { LETOPIS_PUBLIC: 'on', LETOPIS_QUERY_SECONDS: '600' } });
});
afterAll(() => server.close());

const DOCX = readFileSync(new URL('../fixtures/plans/celinny-2015-09.docx', import.meta.url));
const Answered = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }) }))
    .optional()
    .default([]),
});

const Differences = z.object({ importPreview: z.object({ differences: z.array(z.string()) }) });

/** Sends a request over HTTP without a key. */
async function asked(query: string, variables: Readonly<Record<string, unknown>>) {
  const response = await fetch(`${server.address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    body: JSON.stringify({ query, variables }),
  });
  return Answered.parse(await response.json());
}

function previews(count: number): string {
  const one = 'importPreview(fileName: "план.docx", content: $content) { activityCount }';
  const fields = Array.from({ length: count }, (_, index) => `p${index}: ${one}`);
  return `query($content: String!) { ${fields.join('\n')} }`;
}

describe('previews of callers without a key', () => {
  it('have so many places and no more: the others are refused at once, with what to do', async () => {
    const content = DOCX.toString('base64');
    const { errors } = await asked(previews(30), { content });
    expect(errors.length).toBeGreaterThan(0);
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['RATE_LIMITED']));
    expect(errors[0]?.message).toMatch(/8 documents here that are not done yet: wait for one of them/);
  });

  it('are answered again when there is place', async () => {
    const content = DOCX.toString('base64');
    for (;;) {
      const { data, errors } = await asked(previews(1), { content });
      if (errors.some(({ extensions }) => extensions.code === 'RATE_LIMITED')) continue;
      expect(errors).toEqual([]);
      expect(data).toEqual({ p0: { activityCount: 32 } });
      return;
    }
  });
});

describe('a caller who may not see names of persons', () => {
  it('does not find them out by comparing a draft with guesses', async () => {
    const plan = (name: string) =>
      Buffer.from(
        `План работы на 2020-2021 учебный год\n№;Мероприятие;Срок;Ответственные\n1;Педсовет;май;${name}, методист\n2;Семинар;июнь;Методист\n`,
      ).toString('base64');
    const input = { fileName: 'план.csv', content: plan('Орешкина Л.М.') };
    const imported = await server.done('importPlan', input, { key: 'methodologist' });
    const differences = async (name: string, key: 'dashboard' | 'methodologist') => {
      const query = `query($content: String!, $planId: ID) {
        importPreview(fileName: "план.csv", content: $content, planId: $planId) { differences } }`;
      const variables = { content: plan(name), planId: imported.plan.id };
      return server.read(Differences, query, { variables, key });
    };
    const none = { importPreview: { differences: [] } };
    expect(await differences('Орешкина Л.М.', 'dashboard')).toEqual(none);
    expect(await differences('Иванова А.А.', 'dashboard')).toEqual(none);
    expect((await differences('Иванова А.А.', 'methodologist')).importPreview.differences).toHaveLength(1);
  });
});

describe('a thread', () => {
  it('is ended when its caller leaves, and its place is free for the next one', async () => {
    const threads = documentThreads(10_000_000, { limits: { atOnce: 1, perCaller: 1, inAll: 1, bytes: 10_000_000 } });
    const leaving = new AbortController();
    const file = { bytes: DOCX, fileName: 'план.docx' };
    const left = threads.read(file, { caller: 'a', isKnown: true, signal: leaving.signal });
    leaving.abort();
    await expect(left).rejects.toThrow(TurnAborted);
    const { plan } = await threads.read(file, { caller: 'a', isKnown: true });
    expect(plan.sections.length).toBeGreaterThan(0);
  });
});
