import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readSampleFile } from '../support/domain.js';
import { keyOf } from '../support/keys.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ sample: 'off' });
});
afterAll(() => server.close());

const METHODOLOGIST = { key: 'methodologist' } as const;

function document(name: string): string {
  return readFileSync(new URL(`../fixtures/plans/${name}`, import.meta.url)).toString('base64');
}

const Preview = z.object({
  importPreview: z.object({
    activityCount: z.number(),
    questionCount: z.number(),
    structure: z.object({ title: z.string() }),
    asHtml: z.string(),
    differences: z.array(z.string()).nullable(),
  }),
});
const PREVIEW = `query($fileName: String!, $content: String!, $planId: ID) {
  importPreview(fileName: $fileName, content: $content, planId: $planId) {
    activityCount questionCount structure asHtml differences } }`;

async function preview(fileName: string, content: string, planId?: string) {
  const answer = await server.read(Preview, PREVIEW, { variables: { fileName, content, planId }, ...METHODOLOGIST });
  return answer.importPreview;
}

/** The sample with another time and without one of its rows. */
function corrected(): string {
  const text = new TextDecoder().decode(readSampleFile()).replace('февраль 2021г.', 'март 2021 г.');
  const lines = text.split('\n').filter((line) => !line.startsWith('2.\tМониторинг'));
  return Buffer.from(lines.join('\n')).toString('base64');
}

describe('a Word document', () => {
  it('is looked at before it is imported, with what is not sure', async () => {
    const seen = await preview('план.docx', document('celinny-2015-09.docx'));
    expect(seen).toMatchObject({ activityCount: 32, differences: null });
    expect(seen.questionCount).toBeGreaterThan(0);
    expect(seen.structure.title).toBe('План работы МОБУ СОШ с. Целинный на 2015/2016 учебный год');
    expect(seen.asHtml).toContain('Педсовет');
    const { plans } = await server.read(
      z.object({ plans: z.object({ totalCount: z.number() }) }),
      '{ plans { totalCount } }',
    );
    expect(plans.totalCount).toBe(0);
  });

  it('is imported with its further columns, readings and questions', async () => {
    const input = { fileName: 'план.html', content: document('rosinka-health.html') };
    const { plan } = await server.done('importPlan', input, METHODOLOGIST);
    const page = await fetch(`${server.address}/plans/${plan.id}.csv`, {
      headers: { authorization: `Bearer ${keyOf('methodologist')}` },
    });
    expect(await page.text()).toMatch(/Группа ДОУ[\s\S]*Утренняя гимнастика;Ежедневно;Воспитатели групп;Все группы/);
  });
});

describe('a command that is given again', () => {
  const content = (mark: string) =>
    Buffer.from(new TextDecoder().decode(readSampleFile()).replace('План работы', `План ${mark}`)).toString('base64');
  const countOf = async (position: string) => {
    const document = 'query($at: Position) { plans(atLeast: $at) { totalCount } }';
    const shape = z.object({ plans: z.object({ totalCount: z.number() }) });
    return (await server.read(shape, document, { variables: { at: position } })).plans.totalCount;
  };

  it.each([true, false])(
    'imports once, also with another document or another wish (allowSecond %j)',
    async (allowSecond) => {
      const commandId = `import-${allowSecond}`;
      const input = { fileName: 'план.txt', content: content(commandId), commandId, allowSecond };
      const first = await server.done('importPlan', input, METHODOLOGIST);
      const count = await countOf(first.position);
      const again = await server.done('importPlan', input, METHODOLOGIST);
      expect([again.plan.id, again.position]).toEqual([first.plan.id, first.position]);
      for (const other of [{ content: content('другой') }, { allowSecond: !allowSecond }]) {
        expect(await server.refused('importPlan', { ...input, ...other }, METHODOLOGIST)).toMatchObject({
          code: 'COMMAND_ID_REUSED',
        });
      }
      expect(await countOf(first.position)).toBe(count);
    },
  );

  it('begins nothing twice, whatever it begins', async () => {
    const { plan } = await server.done('draftPlan', { title: 'Исходный', ownerUnit: 'Кабинет' });
    await server.done('changePlanDetails', { planId: plan.id, period: { start: '2020-09-01', end: '2021-08-31' } });
    const begun: readonly (readonly [string, object, object])[] = [
      ['draftPlan', { title: 'План', ownerUnit: 'Кабинет' }, { title: 'Иной' }],
      ['copyPlan', { fromPlanId: plan.id, title: 'Копия' }, { title: 'Иная копия' }],
      ['addSection', { planId: plan.id, title: 'Раздел' }, { title: 'Иной раздел' }],
    ];
    for (const [name, input, other] of begun) {
      const first = await server.done(name, { ...input, commandId: `twice-${name}` });
      const again = await server.done(name, { ...input, commandId: `twice-${name}` });
      expect([name, again.position, again.plan.id]).toEqual([name, first.position, first.plan.id]);
      expect(await server.refused(name, { ...input, ...other, commandId: `twice-${name}` })).toMatchObject({
        code: 'COMMAND_ID_REUSED',
      });
    }
  });
});

describe('a corrected document', () => {
  it('shows what it changes in a draft, and changes just that', async () => {
    const input = { fileName: 'план.txt', content: Buffer.from(readSampleFile()).toString('base64') };
    const { plan } = await server.done('importPlan', input, METHODOLOGIST);
    const { differences } = await preview('план.txt', corrected(), plan.id);
    expect(differences).toEqual([
      expect.stringMatching(/^- 2\. «Мониторинг исполнения/),
      '~ 5. «Обобщение и презентация эффективных педагогических практик муниципальной системы воспитания»: срок «февраль 2021г.» → «март 2021 г.»',
    ]);
    const revision = { planId: plan.id, fileName: 'план.txt', content: corrected() };
    const done = await server.done('reviseDraft', revision, METHODOLOGIST);
    expect(done.entries.map(({ eventType }) => eventType)).toEqual(['ActivityRemoved', 'ActivityRescheduled']);
    expect((await preview('план.txt', corrected(), plan.id)).differences).toEqual([]);
    expect(await server.refused('reviseDraft', revision, METHODOLOGIST)).toMatchObject({ code: 'NOTHING_CHANGES' });
  });

  it('is refused when it is none', async () => {
    const content = Buffer.from([0xff, 0xd8, 0xff, 0xe0]).toString('base64');
    const { errors } = await server.query(PREVIEW, { variables: { fileName: 'a.docx', content }, ...METHODOLOGIST });
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/a\.docx: .*JPEG/),
        extensions: { code: 'BAD_USER_INPUT', reason: 'PICTURE', place: null, headings: [] },
      },
    ]);
  });
});
