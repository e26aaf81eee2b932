import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readSampleFile } from '../support/domain.js';
import { keyOf } from '../support/keys.js';
import { registered } from '../support/organisations.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ sample: 'off' });
});
afterAll(() => server.close());

const METHODOLOGIST = { key: 'methodologist' } as const;
const SAMPLE = new TextDecoder().decode(readSampleFile());
const base64 = (text: string) => Buffer.from(text).toString('base64');

async function exported(planId: string, format: string): Promise<string> {
  const answer = await fetch(`${server.address}/plans/${planId}.${format}`, {
    headers: { authorization: `Bearer ${keyOf('methodologist')}` },
  });
  return Buffer.from(await answer.arrayBuffer()).toString('base64');
}

const Preview = z.object({
  importPreview: z.object({ exportedFrom: z.string().nullable(), differences: z.array(z.string()).nullable() }),
});
async function preview(fileName: string, content: string, planId?: string) {
  const query = `query($fileName: String!, $content: String!, $planId: ID) {
    importPreview(fileName: $fileName, content: $content, planId: $planId) { exportedFrom differences } }`;
  const variables = { fileName, content, planId };
  return (await server.read(Preview, query, { variables, ...METHODOLOGIST })).importPreview;
}

const organisation = (name: string) => registered(server, { name, timeZone: 'Asia/Yekaterinburg' });

describe('a file that was exported from a plan', () => {
  it.each(['docx', 'xlsx', 'html', 'csv'])(
    'is known again as %s: a revision is offered, a second plan on request',
    async (format) => {
      const title = `План работы ${format}`;
      const content = base64(SAMPLE.replace('План работы', title));
      const { plan } = await server.done('importPlan', { fileName: 'план.txt', content }, METHODOLOGIST);
      const file = { fileName: `план.${format}`, content: await exported(plan.id, format) };

      expect(await server.refused('importPlan', file, METHODOLOGIST)).toMatchObject({
        code: 'EXPORT_OF_PLAN',
        message: expect.stringContaining(plan.id),
      });
      expect(await preview(file.fileName, file.content, plan.id)).toEqual({ exportedFrom: plan.id, differences: [] });

      const input = { ...file, allowSecond: true, commandId: `second-${format}` };
      const second = await server.done('importPlan', input, METHODOLOGIST);
      expect(second.plan.id).not.toBe(plan.id);
      // A repeat of the command does not create a third plan.
      expect((await server.done('importPlan', input, METHODOLOGIST)).plan.id).toBe(second.plan.id);
    },
  );

  it('is another document to a server that has no such plan', async () => {
    const page = (planId: string) =>
      base64(`<!doctype html><html><head><meta name="letopis-plan" content="${planId}"></head><body><p>План работы школы на 2023-2024 учебный год</p>
        <table><tr><td>№</td><td>Мероприятие</td><td>Срок</td><td>Ответственные</td></tr><tr><td>1</td><td>Линейка</td><td>май</td><td>Завуч</td></tr></table></body></html>`);
    const content = page('0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20');
    expect(await preview('план.html', content)).toEqual({ exportedFrom: null, differences: null });
    await server.done('importPlan', { fileName: 'план.html', content }, METHODOLOGIST);
  });
});

describe('a second plan', () => {
  it('of the same file is made when that is confirmed', async () => {
    const input = { fileName: 'план.txt', content: base64(SAMPLE.replace('План работы', 'План дважды')) };
    const { plan } = await server.done('importPlan', input, METHODOLOGIST);
    expect(await server.refused('importPlan', input, METHODOLOGIST)).toMatchObject({
      code: 'ALREADY_IMPORTED',
      message: expect.stringContaining('allowSecond'),
    });
    const second = await server.done('importPlan', { ...input, allowSecond: true }, METHODOLOGIST);
    expect(second.plan.id).not.toBe(plan.id);
  });

  it('of the same title and period in an organisation is made when that is confirmed', async () => {
    const organisationId = await organisation('Школа № 1');
    const [first, other] = [SAMPLE, SAMPLE.replace('февраль 2021г.', 'март 2021 г.')].map((text) => ({
      ...{ fileName: 'план.txt', organisationId },
      content: base64(text.replace('План работы', 'План школы')),
    }));
    const { plan } = await server.done('importPlan', { ...first }, METHODOLOGIST);
    expect(await server.refused('importPlan', { ...other }, METHODOLOGIST)).toMatchObject({
      code: 'PLAN_OF_SAME_TITLE',
      message: expect.stringContaining(plan.id),
    });
    // The same document in another organisation, or for another year, is another plan.
    await server.done('importPlan', { ...other, organisationId: await organisation('Школа № 2') }, METHODOLOGIST);
    const nextYear = base64(SAMPLE.replace('План работы', 'План школы').replaceAll('2020-2021', '2021-2022'));
    await server.done('importPlan', { ...other, content: nextYear }, METHODOLOGIST);
    await server.done('importPlan', { ...other, allowSecond: true }, METHODOLOGIST);
  });
});

describe('columns that are stated', () => {
  const content = base64('План работы школы на 2023-2024 учебный год\n\nЧто\tКогда\nЛинейка\tмай\nПоход\tиюнь\n');
  const file = { fileName: 'план.txt', content };

  it('make a plan of a document that was refused', async () => {
    const query = `query($content: String!, $columns: ColumnsInput) {
      importPreview(fileName: "план.txt", content: $content, columns: $columns) { activityCount } }`;
    const columns = { activity: 1, time: 2 };
    const { errors } = await server.query(query, { variables: { content }, ...METHODOLOGIST });
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/«Что», «Когда».*columns in the API/),
        extensions: { reason: 'NO_PLAN', headings: ['Что', 'Когда'] },
      },
    ]);
    const seen = await server.data(query, { variables: { content, columns }, ...METHODOLOGIST });
    expect(seen).toEqual({ importPreview: { activityCount: 2 } });
    const { plan } = await server.done('importPlan', { ...file, columns }, METHODOLOGIST);
    const longer = base64(`${Buffer.from(content, 'base64').toString()}Сбор\tиюль\n`);
    const query2 = 'query($id: ID!) { plan(id: $id) { activityCount } }';
    expect(await server.data(query2, { variables: { id: plan.id } })).toEqual({ plan: { activityCount: 2 } });
    const shown = await server.query(
      `query($id: ID!, $content: String!, $columns: ColumnsInput) {
        importPreview(fileName: "план.txt", content: $content, planId: $id, columns: $columns) { differences } }`,
      { variables: { id: plan.id, content: longer, columns }, ...METHODOLOGIST },
    );
    expect(JSON.stringify(shown)).toContain('Сбор');
  });

  it('are refused when they cannot be those of a plan', async () => {
    const document = 'mutation($input: ImportPlanInput!) { importPlan(input: $input) { position } }';
    const input = { ...file, columns: { activity: 1 } };
    const { errors } = await server.query(document, { variables: { input }, ...METHODOLOGIST });
    expect(errors).toMatchObject([
      { message: expect.stringMatching(/activity=2,time=4/), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});
