import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { apiAt, type TestApi } from '../support/api.js';
import { keyOf } from '../support/keys.js';
import { onOrganisation, registered } from '../support/organisations.js';
import { letopis, type ServerProcess, serveProcess } from '../support/process.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';

const TIMES = ['как решит совет', 'август - сентябрь', '1 четверть', 'как получится у всех', 'октябрь'];
const document = (title: string) =>
  [
    `${title} на 2023-2024 учебный год\n\n№\tМероприятие\tСроки\tОтветственные`,
    ...TIMES.map((time, index) => `${index + 1}\tДело ${index + 1}\t${time}\tЗавуч`),
    '',
  ].join('\n');

const Row = z.object({ interpretation: z.string(), confidence: z.string() });
const Structure = z.object({ sections: z.array(z.object({ activities: z.array(z.object({ timeframe: Row })) })) });

let home: string;
let settings: Readonly<Record<string, string>>;
let server: ServerProcess;
let api: TestApi;
let organisationId: string;

beforeAll(async () => {
  home = await temporaryDirectory();
  settings = {
    LETOPIS_DATA: join(home, 'data'),
    LETOPIS_SAMPLE: 'off',
    LETOPIS_BOOTSTRAP_KEY: keyOf('administrator'),
  };
  server = await serveProcess(settings);
  api = apiAt(server.address);
  organisationId = await registered(api, { name: 'СОШ № 3' });
  await onOrganisation(api, 'changeSettings', {
    organisationId,
    reason: 'Календарь',
    settings: { terms: [{ kind: 'TERM', start: '2023-09-01', end: '2023-10-27' }] },
  });
  const readings = [
    { row: 1, schedule: { kind: 'DEADLINE', dates: ['2023-11-15'] } },
    { row: 2, reading: 1 },
  ];
  const content = Buffer.from(document('План прошлого совета')).toString('base64');
  await api.done('importPlan', { fileName: 'первый.txt', content, organisationId, readings });
});
afterAll(async () => {
  await server.stop('SIGKILL');
  await removeDirectory(home);
});

async function cli(...args: readonly string[]): Promise<string> {
  const ended = await letopis(args, settings);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  return ended.stdout;
}

function rowsOf(structure: unknown) {
  return Structure.parse(structure).sections.flatMap(({ activities }) => activities.map(({ timeframe }) => timeframe));
}

const Draft = z.object({
  plan: z.object({
    activities: z.object({
      nodes: z.array(
        z.object({
          timeframe: z.object({ confidence: z.string(), schedule: z.object({ interpretation: z.string() }) }),
        }),
      ),
    }),
  }),
});

async function draftRows(planId: string) {
  const { plan } = await api.read(
    Draft,
    `query($id: ID!) { plan(id: $id) { activities { nodes { timeframe { confidence schedule { interpretation } } } } } }`,
    { variables: { id: planId } },
  );
  return plan.activities.nodes.map(({ timeframe: { confidence, schedule } }) => ({
    interpretation: schedule.interpretation,
    confidence: confidence.toLowerCase(),
  }));
}

describe('the preview of a document in an organisation with own wordings and school terms', () => {
  it('agrees with the draft on every row: on the command line, in the API and in the report on a folder', async () => {
    const folder = join(home, 'планы');
    await mkdir(folder);
    const file = join(folder, 'второй.txt');
    await writeFile(file, document('План нового совета'));
    const own = ['--organisation', organisationId];

    const looked = rowsOf(JSON.parse(await cli('import', file, '--dry-run', '--json', ...own)));
    const asText = await cli('import', file, '--dry-run', ...own);
    const report = join(home, 'отчёт.html');
    await cli('import', folder, '--dry-run', '--report', report, ...own);
    const questions = (await readFile(report, 'utf8')).match(/<li>.*?<\/li>/g);
    const { importPreview } = await api.read(
      z.object({ importPreview: z.object({ structure: z.unknown() }) }),
      `query($content: String!, $organisationId: ID!) {
        importPreview(fileName: "второй.txt", content: $content, organisationId: $organisationId) { structure } }`,
      { variables: { content: Buffer.from(document('План нового совета')).toString('base64'), organisationId } },
    );
    const { planId } = z.object({ planId: z.string() }).parse(JSON.parse(await cli('import', file, '--json', ...own)));

    const drafted = await draftRows(planId);
    expect(drafted.map(({ confidence }) => confidence)).toEqual([
      'certain',
      'certain',
      'certain',
      'unknown',
      'certain',
    ]);
    expect(looked).toEqual(drafted);
    expect(rowsOf(importPreview.structure)).toEqual(drafted);
    expect(asText).toContain('как решит совет → до 15.11.2023');
    expect(questions).toEqual([expect.stringContaining('как получится у всех')]);
  });

  it('is refused for an organisation that does not exist', async () => {
    const file = join(home, 'третий.txt');
    await writeFile(file, document('План третьего совета'));
    const absent = 'organisation_0b9b0a5c-5d3e-4c44-9a5e-6f2f1f0f7d11';
    const ended = await letopis(['import', file, '--dry-run', '--organisation', absent], settings);
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(absent) });
  });
});
