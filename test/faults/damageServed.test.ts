import { copyFile, open, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { openSqlite } from '../../src/engine/storage/sqlite.js';
import { apiAt, type TestApi } from '../support/api.js';
import { hideByPage } from '../support/damage.js';
import { keptData } from '../support/keptData.js';
import { keyOf } from '../support/keys.js';
import { type CommandServer, letopis } from '../support/process.js';
import { sampleOf } from '../support/server.js';
import { streamOf } from '../support/sse.js';
import { until } from '../support/waiting.js';

const kept = keptData();
const at = (name: string) => join(kept.home, 'data', name);

async function tamper(sql: string): Promise<void> {
  const database = await openSqlite(at('chronicle.db'), 'writer');
  database.exec(sql);
  database.close();
}

const SYSTEM = '{ system { writing damagedPlans } }';
const Marked = z.object({
  data: z.object({ system: z.object({ writing: z.string(), damagedPlans: z.array(z.string()) }) }),
  extensions: z.object({ damage: z.object({ code: z.string(), writing: z.string() }) }).optional(),
});

/** The body of an answer, as it was sent. */
async function bodyOf(api: TestApi, document: string): Promise<unknown> {
  return JSON.parse((await api.query(document)).text);
}

async function writingOf(api: TestApi): Promise<string> {
  return Marked.parse(await bodyOf(api, SYSTEM)).data.system.writing;
}

async function untilWriting(api: TestApi, wanted: string): Promise<void> {
  for (;;) if ((await writingOf(api)) === wanted) return;
}

/** Checks what every answer, `system`, health, status and the log contain about damage. */
async function expectMarks(
  server: CommandServer<'SIGTERM'>,
  writing: 'PARTLY_CLOSED' | 'CLOSED',
  plans: string[],
): Promise<void> {
  const api = apiAt(server.address);
  const mark = { damage: { code: 'CHRONICLE_DAMAGED', writing } };
  // Often enough to get answers from every cache.
  for (let turn = 0; turn < 4; turn += 1) {
    expect(await bodyOf(api, '{ plans { totalCount } }')).toEqual({
      data: { plans: { totalCount: 1 } },
      extensions: mark,
    });
  }
  const { planId } = await sampleOf(api);
  const file = await fetch(`${server.address}/plans/${planId}.html`, {
    headers: { authorization: `Bearer ${keyOf('administrator')}` },
  });
  await file.text();
  expect([file.status, file.headers.get('letopis-damage')]).toEqual([200, `CHRONICLE_DAMAGED; writing=${writing}`]);
  const stream = await streamOf(server.address, 'subscription { monitoringChanged { plans } }');
  expect(JSON.parse((await stream.next())?.data ?? '')).toEqual({
    data: { monitoringChanged: { plans: 1 } },
    extensions: mark,
  });
  await stream.close();
  expect(await bodyOf(api, SYSTEM)).toEqual({ data: { system: { writing, damagedPlans: plans } }, extensions: mark });
  const health = await fetch(`${server.address}/health/ready`);
  expect([health.status, await health.json()]).toEqual([200, { status: 'ready', ...mark }]);
  const told = await letopis(['status'], kept.settings);
  expect(told.stdout).toMatch(/ПОВРЕЖДЕНО, не записывается/);
}

const command = (planId: string) =>
  `mutation { addSection(input: { planId: "${planId}", title: "Ещё", reason: "Проба" }) { plan { id } userErrors { code } } }`;

const cancelling = (planId: string) =>
  `mutation { cancelPlan(input: { planId: "${planId}", reason: "Проба", basis: { withoutDocument: true } }) { plan { id } userErrors { code } } }`;

describe('a server whose index hides an event', () => {
  it('writes nothing and says so with every answer, and reads go on', async () => {
    await hideByPage(at('chronicle.db'), 'events_by_stream');
    const server = await kept.serve();
    const api = apiAt(server.address);
    const { planId } = await sampleOf(api);
    await expectMarks(server, 'CLOSED', []);
    expect(await api.query(command(planId))).toMatchObject({
      errors: [
        {
          message: expect.stringMatching(/^The chronicle is damaged.*letopis restore/),
          extensions: { code: 'UNAVAILABLE', problem: 'CHRONICLE_DAMAGED' },
        },
      ],
    });
    await until(() => server.logged().includes('events_by_stream'));
  });
});

describe('a server with an edited event', () => {
  it('checks the whole after a kill, closes its plan alone, and names it', async () => {
    await tamper(`UPDATE events SET body = replace(body, '"reason":null', '"reason":"П"') WHERE position = 7`);
    const before = await kept.serveProcess();
    // An event that is stored only in the write-ahead log.
    expect((await letopis(['keys', 'add', '--name', 'Экран', '--role', 'dashboard'], kept.settings)).code).toBe(0);
    await before.stop('SIGKILL');
    const server = await kept.serve();
    const api = apiAt(server.address);
    const { planId } = await sampleOf(api);
    await untilWriting(api, 'PARTLY_CLOSED');
    await expectMarks(server, 'PARTLY_CLOSED', [planId]);
    const stream = planId.replace('plan_', 'plan-');
    expect(await api.query(cancelling(planId))).toMatchObject({
      errors: [
        {
          message: expect.stringMatching(new RegExp(`The record of ${stream} is damaged.*letopis restore`)),
          extensions: { code: 'UNAVAILABLE', problem: 'CHRONICLE_DAMAGED' },
        },
      ],
    });
    // Other streams still accept appends.
    expect((await letopis(['keys', 'add', '--name', 'Второй', '--role', 'dashboard'], kept.settings)).code).toBe(0);
  }, 300_000);
});

describe('a server with an event that cannot be read', () => {
  it.each([
    [
      'is no JSON',
      `UPDATE events SET body = '{' WHERE stream LIKE 'plan-%' AND revision = 3`,
      /event plan-\S+@3 is not JSON/,
    ],
    [
      'cannot follow on those before it',
      `DELETE FROM events WHERE stream LIKE 'plan-%' AND revision = 0`,
      /the events of plan-\S+ from 1 on do not follow on each other/,
    ],
  ])('names the damage to whoever gives a command: the event %s', async (_, sql, problem) => {
    await tamper(sql);
    const server = await kept.serve();
    const api = apiAt(server.address);
    const { planId } = await sampleOf(api);
    expect(await api.query(cancelling(planId))).toMatchObject({
      errors: [
        {
          message: expect.stringMatching(new RegExp(`^The chronicle is damaged.*${problem.source}.*letopis restore`)),
          extensions: { code: 'UNAVAILABLE', problem: 'CHRONICLE_DAMAGED' },
        },
      ],
    });
    expect(server.logged()).toContain('a stored event cannot be read');
  });
});

describe('damaged read models', () => {
  const aside = async () => (await readdir(join(kept.home, 'data'))).filter((name) => name.includes('.damaged-'));

  it.each([
    ['a file that is something else', () => writeFile(at('readmodels.db'), 'something else '.repeat(100))],
    ['a file that was cut', () => truncate(at('readmodels.db'), 9_000)],
    [
      'pages that were overwritten',
      async () => {
        const { size } = await stat(at('readmodels.db'));
        const handle = await open(at('readmodels.db'), 'r+');
        await handle.write(Buffer.alloc(size - 8_192, 0xff), 0, size - 8_192, 8_192);
        await handle.close();
      },
    ],
  ])('are moved aside and made anew: %s', async (_, damage) => {
    await damage();
    const server = await kept.serve();
    const api = apiAt(server.address);
    expect(await bodyOf(api, '{ plans { totalCount } }')).toEqual({ data: { plans: { totalCount: 1 } } });
    expect((await aside()).length).toBeGreaterThan(0);
    await until(() => server.logged().includes('was moved to'));
  });
});

describe('a file that is missing', () => {
  const start = () => letopis(['serve'], { LETOPIS_PORT: '0', ...kept.settings });

  it('keys.db: the start says what that means, and makes no other one', async () => {
    await copyFile(at('keys.db'), join(kept.home, 'keys.db'));
    await rm(at('keys.db'));
    const refused = {
      code: 1,
      stderr: expect.stringMatching(
        /keys\.db нет: .*не прочесть ни одного имени в летописи.*последней резервной копии/,
      ),
    };
    expect(await start()).toMatchObject(refused);
    await rm(at('master.key'));
    expect(await start()).toMatchObject(refused);
    for (const name of ['keys.db', 'master.key']) {
      await expect(stat(at(name))).rejects.toMatchObject({ code: 'ENOENT' });
    }
  });

  it('access.db: it is made anew, and the log says what is not known any more', async () => {
    await rm(at('access.db'));
    const server = await kept.serve();
    await until(() => /access\.db is missing and is made anew: .*who read names/.test(server.logged()));
    expect(await bodyOf(apiAt(server.address), '{ plans { totalCount } }')).toEqual({
      data: { plans: { totalCount: 1 } },
    });
  });

  it('none of a new directory is missed', async () => {
    await rm(join(kept.home, 'data'), { recursive: true });
    const server = await kept.serve();
    expect(server.logged()).toBe('');
  });
});
