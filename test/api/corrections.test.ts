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
const DIRECTOR = { key: 'director' } as const;
const BECAUSE = { reason: 'Приказ отдела', basis: { withoutDocument: true } };
const SAMPLE = new TextDecoder().decode(readSampleFile());
const base64 = (text: string) => Buffer.from(text).toString('base64');

const Preview = z.object({
  importPreview: z.object({
    differences: z.array(z.string()).nullable(),
    notAmendable: z.array(z.string()).nullable(),
    plan: z.object({
      title: z.string(),
      stamps: z.array(z.object({ post: z.string(), person: z.string().nullable() })),
      sections: z.array(
        z.object({
          title: z.string(),
          activities: z.array(
            z.object({
              row: z.number(),
              needsReview: z.boolean(),
              timeframe: z.object({
                text: z.string(),
                confidence: z.string(),
                schedule: z.object({ kind: z.string(), meaning: z.string() }),
                alternatives: z.array(z.object({ meaning: z.string() })),
              }),
            }),
          ),
        }),
      ),
    }),
  }),
});

async function preview(file: { fileName: string; content: string }, more: object = {}) {
  const query = `query($fileName: String!, $content: String!, $planId: ID, $organisationId: ID) {
    importPreview(fileName: $fileName, content: $content, planId: $planId, organisationId: $organisationId) {
      differences notAmendable plan { title stamps { post person } sections { title activities { row needsReview
        timeframe { text confidence schedule { kind meaning } alternatives { meaning } } } } } } }`;
  return (await server.read(Preview, query, { variables: { ...file, ...more }, ...METHODOLOGIST })).importPreview;
}

async function exported(planId: string, format: string): Promise<string> {
  const answer = await fetch(`${server.address}/plans/${planId}.${format}`, {
    headers: { authorization: `Bearer ${keyOf('methodologist')}` },
  });
  return Buffer.from(await answer.arrayBuffer()).toString('base64');
}

/** Returns a plan of the sample with another title, approved as printed. */
async function approvedPlan(title: string) {
  const text = SAMPLE.replace('План работы', title);
  const { plan } = await server.done('importPlan', { fileName: 'план.txt', content: base64(text) }, METHODOLOGIST);
  await server.done('confirmPrintedApproval', { planId: plan.id }, DIRECTOR);
  return { planId: plan.id, text };
}

const without = (text: string, start: string) =>
  text
    .split('\n')
    .filter((line) => !line.startsWith(start))
    .join('\n');

describe('a corrected document of an approved plan', () => {
  it('is looked at, and becomes one amendment with its reason and basis', async () => {
    const { planId, text } = await approvedPlan('План поправок');
    const other = without(text, '2.\tМониторинг').replace('февраль 2021г.', 'март 2021 г.');
    const file = { fileName: 'план.txt', content: base64(other) };
    expect(await preview(file, { planId })).toMatchObject({
      differences: [
        expect.stringMatching(/^- 2\. «Мониторинг исполнения.*: исключить$/),
        expect.stringContaining('срок «февраль 2021г.» → «март 2021 г.»'),
      ],
      notAmendable: [],
    });
    const input = { ...file, planId };
    expect(await server.refused('amendFromDocument', { ...input, ...BECAUSE }, METHODOLOGIST)).toMatchObject({
      code: 'NOT_AUTHORISED',
    });
    expect(await server.refused('amendFromDocument', input, DIRECTOR)).toMatchObject({
      ...{ code: 'REASON_REQUIRED', field: 'reason' },
    });
    expect(await server.refused('amendFromDocument', { ...input, reason: 'Приказ' }, DIRECTOR)).toMatchObject({
      code: 'BASIS_REQUIRED',
    });
    const command = { ...input, ...BECAUSE, commandId: 'amend-once' };
    const done = await server.done('amendFromDocument', command, DIRECTOR);
    expect(done.entries.map(({ eventType }) => eventType)).toEqual([
      ...['PlanAmended', 'ActivityExcluded', 'ActivityRescheduled'],
    ]);
    expect((await server.done('amendFromDocument', command, DIRECTOR)).position).toBe(done.position);
    expect((await preview(file, { planId })).differences).toEqual([]);
  });

  describe('that is an export of the amended plan', () => {
    let planId: string;
    beforeAll(async () => {
      const plan = await approvedPlan('План выгрузки');
      const other = without(plan.text, '2.\tМониторинг').replace('февраль 2021г.', 'март 2021 г.');
      planId = plan.planId;
      const file = { fileName: 'план.txt', content: base64(other) };
      await server.done('amendFromDocument', { ...file, planId, ...BECAUSE }, DIRECTOR);
    });

    it.each(['docx', 'xlsx', 'html', 'csv'])('says nothing as %s', async (format) => {
      const content = await exported(planId, format);
      expect(await preview({ fileName: `план.${format}`, content }, { planId })).toMatchObject({
        ...{ differences: [], notAmendable: [] },
      });
    });
  });

  it('is refused whole, at the change or the heading that cannot come into force', async () => {
    const { planId, text } = await approvedPlan('План отказов');
    const amending = (content: string) =>
      server.refused(
        'amendFromDocument',
        { planId, fileName: 'план.txt', content: base64(content), ...BECAUSE },
        DIRECTOR,
      );
    expect(await amending(text.replace('февраль 2021г.', 'когда-нибудь'))).toMatchObject({
      ...{ code: 'UNREAD_WORDING', field: 'changes.0.timeframe.text' },
    });
    expect(await amending(text.replace('Мониторинговые процедуры', 'Контроль'))).toMatchObject({
      code: 'NOT_AMENDABLE',
      message: expect.stringContaining('Контроль'),
    });
    expect(await amending(text)).toMatchObject({ code: 'NOTHING_CHANGES' });
  });

  it('revises no approved plan, and amends no draft', async () => {
    const { planId, text } = await approvedPlan('План порядка');
    const file = { fileName: 'план.txt', content: base64(text.replace('февраль 2021г.', 'март 2021 г.')) };
    expect(await server.refused('reviseDraft', { ...file, planId }, METHODOLOGIST)).toMatchObject({
      code: 'WRONG_STATUS',
    });
    const draft = { fileName: 'план.txt', content: base64(SAMPLE.replace('План работы', 'План черновой')) };
    const { plan } = await server.done('importPlan', draft, METHODOLOGIST);
    expect(await server.refused('amendFromDocument', { ...file, planId: plan.id, ...BECAUSE }, DIRECTOR)).toMatchObject(
      { code: 'WRONG_STATUS' },
    );
  });
});

describe('wordings that are settled with an import', () => {
  const document = (title: string) =>
    base64(`${title} на 2023-2024 учебный год\n\n№\tМероприятие\tСрок\tОтветственные
1\tЛинейка\tпо субботам\tЗавуч\n2\tПоход\tкогда позволит погода\tЗавуч\n3\tСбор\tмай\tЗавуч\n`);

  it('are those of the preview, and are known to the organisation from then on', async () => {
    const organisationId = await registered(server, { name: 'Школа', timeZone: 'Asia/Yekaterinburg' });
    const file = { fileName: 'план.txt', content: document('План работы школы') };
    const rows = async (of: typeof file) =>
      (await preview(of, { organisationId })).plan.sections.flatMap(({ activities }) => activities);
    expect((await rows(file)).map(({ row, timeframe }) => [row, timeframe.schedule.kind])).toEqual([
      ...[
        [1, 'RECURRING'],
        [2, 'UNKNOWN'],
        [3, 'DATES'],
      ],
    ]);
    const schedule = { kind: 'DEADLINE', dates: ['2024-05-31'] };
    const input = { ...file, organisationId, readings: [{ row: 2, schedule }] };
    const { plan } = await server.done('importPlan', input, METHODOLOGIST);
    const query =
      'query($id: ID!) { plan(id: $id) { reviewCount activities { nodes { timeframe { rules schedule { interpretation } } } } } }';
    expect(await server.data(query, { variables: { id: plan.id } })).toMatchObject({
      plan: {
        reviewCount: 0,
        activities: {
          nodes: [{}, { timeframe: { rules: 'stated', schedule: { interpretation: '../2024-05-31' } } }, {}],
        },
      },
    });
    const other = { fileName: 'другой.txt', content: document('План работы кружка') };
    expect((await rows(other))[1]).toMatchObject({ needsReview: false, timeframe: { confidence: 'CERTAIN' } });
  });

  it('are refused at their places', async () => {
    const file = { fileName: 'план.txt', content: document('План с ошибками') };
    const importing = (reading: object) =>
      server.refused('importPlan', { ...file, readings: [{ row: 1, reading: 0 }, reading] }, METHODOLOGIST);
    expect(await importing({ row: 9, reading: 0 })).toMatchObject({ field: 'readings.1.row' });
    expect(await importing({ row: 2, reading: 7 })).toMatchObject({
      ...{ code: 'READING_NOT_FOUND', field: 'readings.1.reading' },
    });
    expect(await importing({ row: 2, reading: 0 })).toMatchObject({ code: 'UNREAD_WORDING' });
  });
});
