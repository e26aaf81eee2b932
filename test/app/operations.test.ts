import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { actorGlobalId } from '../../src/graphql/ids.js';
import { apiAt } from '../support/api.js';
import { emptyData, WITH_KEY } from '../support/keptData.js';
import { type CommandServer, letopis, outputOf } from '../support/process.js';
import { sampleOf } from '../support/server.js';

const SAMPLE = new URL('../../sample/buzuluk-2020-2021.txt', import.meta.url);
const Status = z.object({
  running: z.boolean(),
  chronicleId: z.string(),
  head: z.string(),
  readModels: z.array(z.object({ name: z.string(), isComplete: z.boolean() })),
  quarantined: z.number(),
});

const place = emptyData({ ...WITH_KEY, LETOPIS_CLOCK: '2020-10-01T09:00:00Z' });
let home: string;
let settings: Readonly<Record<string, string>>;
let server: CommandServer<'SIGTERM'> | undefined;

beforeEach(() => {
  ({ home, settings } = place);
});

async function served(): Promise<CommandServer<'SIGTERM'>> {
  server = await place.serve(settings);
  return server;
}

async function stopped(): Promise<void> {
  await server?.stop('SIGTERM');
}

/** Imports a changed copy of the sample, which is a separate plan. */
async function otherPlan(copy: number): Promise<string> {
  const path = join(home, `plan-${copy}.txt`);
  const text = await readFile(SAMPLE, 'utf8');
  await writeFile(path, text.replace('План работы', `План работы ${copy}-го отделения`));
  return path;
}

const run = (...args: readonly string[]) => outputOf(args, settings);

async function status() {
  return Status.parse(JSON.parse(await run('status', '--json')));
}

describe('beside a running server the command line', () => {
  it('imports a plan by the server, which knows it at once', async () => {
    const { address } = await served();
    const { planId } = z
      .object({ planId: z.string() })
      .parse(JSON.parse(await run('import', '--json', await otherPlan(1))));
    const { plan } = z
      .object({ plan: z.object({ title: z.string() }) })
      .parse(await apiAt(address).data('query($id: ID!) { plan(id: $id) { title } }', { variables: { id: planId } }));
    expect(plan.title).toMatch('1-го отделения');
  });

  it('records names in a document that it takes, like other readings of names', async () => {
    const { address } = await served();
    const api = apiAt(address);
    const { planId } = await sampleOf(api);
    const shape = z.object({
      nameReadings: z.object({ nodes: z.array(z.object({ actorId: z.string(), way: z.string() })) }),
    });
    const readings = async () =>
      (await api.read(shape, '{ nameReadings { nodes { actorId way } } }')).nameReadings.nodes;
    await run('export', planId, '--month', '2020-10');
    expect(await readings()).toEqual([]);
    expect(await run('export', planId, '--format', 'json')).toContain('Филатова');
    expect(new Set((await readings()).map((reading) => JSON.stringify(reading)))).toEqual(
      new Set([JSON.stringify({ actorId: actorGlobalId('system'), way: 'DOCUMENT' })]),
    );
  });

  it('tells what the server refuses', async () => {
    await served();
    const file = await otherPlan(1);
    await run('import', file);
    const again = await letopis(['import', file], settings);
    expect(again).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/Этот файл уже загружен: план plan_/),
    });
  });

  it('rebuilds all read models or one, while the server answers', async () => {
    const { address } = await served();
    expect(await run('rebuild')).toMatch(/^Построено заново: событий \d+/);
    expect(await run('rebuild', 'activities')).toMatch('21');
    const unknown = await letopis(['rebuild', 'plan'], settings);
    expect(unknown).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/представления «plan» нет; есть: plans, /),
    });
    const { activities } = z
      .object({ activities: z.object({ totalCount: z.number() }) })
      .parse(await apiAt(address).data('{ activities { totalCount } }'));
    expect(activities.totalCount).toBe(13);
  });

  it('tells how it stands, lists events and the quarantine', async () => {
    await served();
    expect(await status()).toMatchObject({ running: true, head: '0000000000000021', quarantined: 0 });
    expect(await run('projections', 'list')).toMatch('Карантин пуст');
    expect(await run('projections', 'retry')).toMatch('Исправлено: 0');
    const lines = (await run('events', '--after', '1', '--type', 'SectionAdded', '--limit', '2')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { position: 2, type: 'SectionAdded', body: { event: { data: { sectionId: 's1' } } } },
      { type: 'SectionAdded', body: { event: { data: { sectionId: 's2' } } } },
    ]);
  });

  it('lists the keys without anything that opens a door', async () => {
    await served();
    const token = (await run('keys', 'add', '--name', 'Экран', '--role', 'dashboard')).trim();
    const listed = await run('keys', 'list', '--json');
    expect(JSON.parse(listed)).toMatchObject([
      { role: 'dashboard', name: 'Экран', status: 'ACTIVE', key: token.slice(0, 14), lastUsedAt: null },
    ]);
    expect(listed).not.toMatch(token.slice(8));
  });

  it('reaches it by a socket that is its owner alone, gone after the end', async () => {
    await served();
    const socket = join(settings.LETOPIS_DATA ?? '', 'admin.sock');
    expect((await stat(socket)).mode & 0o777).toBe(0o600);
    await stopped();
    await expect(stat(socket)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('without a server the command line', () => {
  it('works on the files', async () => {
    await served();
    await stopped();
    await run('import', await otherPlan(2));
    expect(await run('rebuild', 'plans')).toMatch('41');
    expect(await run('projections', 'retry')).toMatch('Исправлено: 0');
    const found = await status();
    expect(found).toMatchObject({ running: false, head: '0000000000000041' });
    expect(found.readModels.filter(({ isComplete }) => !isComplete)).toEqual([]);
  });

  it('finds a socket that a killed server left, and works on the files', async () => {
    await (await place.serveProcess()).stop('SIGKILL');
    expect(await status()).toMatchObject({ running: false, head: '0000000000000021' });
    await run('import', await otherPlan(3));
  });

  it('makes nothing when it only looks', async () => {
    for (const command of ['status', 'events']) {
      const ended = await letopis([command], settings);
      expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching('в этой папке нет летописи') });
    }
    await expect(readdir(settings.LETOPIS_DATA ?? '')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('backup and restore', () => {
  const archive = () => join(home, 'backup.tar.gz');
  const restored = () => join(home, 'restored');

  it('copy a chronicle of one moment while commands come in, and give it back whole', async () => {
    const { address } = await served();
    const api = apiAt(address);
    const sample = await sampleOf(api);
    let isWriting = true;
    const writing = (async () => {
      for (let turn = 0; isWriting; turn += 1) {
        const input = { activityId: sample.activity(3) };
        if (turn % 2 === 0) await api.done('completeActivity', { ...input, actualOn: '2020-09-30' });
        else await api.done('withdrawCompletion', { ...input, reason: 'Проба' });
      }
    })();
    const said = await run('backup', archive());
    isWriting = false;
    await writing;
    expect(said).toMatch(/^Проверено: .*событий \d+, потоков 1,/m);
    expect(said).toMatch('Главный ключ подходит');
    const master = await readFile(join(settings.LETOPIS_DATA ?? '', 'master.key'), 'utf8');
    await stopped();

    settings = { ...settings, LETOPIS_DATA: restored(), LETOPIS_MASTER_KEY: master.trim() };
    expect(await run('restore', archive())).toMatch('Восстановлено');
    const events = Number(/событий (\d+)/.exec(said)?.[1]);
    expect(Number((await status()).head)).toBe(events);
    const again = apiAt((await served()).address);
    const shape = z.object({
      plans: z.object({ totalCount: z.number() }),
      auditTrail: z.object({
        totalCount: z.number(),
        nodes: z.array(z.object({ actor: z.object({ name: z.string() }) })),
      }),
    });
    const answer = shape.parse(
      await again.data('{ plans { totalCount } auditTrail(last: 1) { totalCount nodes { actor { name } } } }'),
    );
    expect([answer.plans.totalCount, answer.auditTrail.totalCount]).toEqual([1, events]);
    expect(answer.auditTrail.nodes[0]?.actor.name).not.toBe('…');
  });

  it('overwrite nothing', async () => {
    await served();
    await run('backup', archive());
    const before = await readFile(archive());
    expect(await letopis(['backup', archive()], settings)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching('уже есть'),
    });
    expect((await readFile(archive())).equals(before)).toBe(true);
    await stopped();
    const chronicle = join(settings.LETOPIS_DATA ?? '', 'chronicle.db');
    const own = await readFile(chronicle);
    expect(await letopis(['restore', archive()], settings)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/chronicle\.db уже есть, а перезаписывать ничего нельзя/),
    });
    expect((await readFile(chronicle)).equals(own)).toBe(true);
    expect((await readdir(home)).toSorted()).toEqual(['backup.tar.gz', 'data']);
  });

  it('refuse another master key, a damaged archive and a file that is none, and leave nothing behind', async () => {
    await served();
    await run('backup', archive());
    const bytes = await readFile(archive());
    const cut = join(home, 'cut.tar.gz');
    await writeFile(cut, bytes.subarray(0, bytes.length / 2));
    const elsewhere = { ...settings, LETOPIS_DATA: restored() };
    const other = { ...elsewhere, LETOPIS_MASTER_KEY: Buffer.alloc(32, 9).toString('base64') };
    const refused = async (file: string, given: Readonly<Record<string, string>>, said: RegExp) =>
      expect(await letopis(['restore', file], given)).toMatchObject({ code: 1, stderr: expect.stringMatching(said) });
    await refused(archive(), other, /главный ключ не подходит к этой копии/);
    await refused(cut, elsewhere, /не резервная копия Летописи, или она повреждена/);
    await refused(await otherPlan(1), elsewhere, /не резервная копия Летописи/);
    await refused(join(home, 'none.tar.gz'), elsewhere, /none\.tar\.gz нет/);
    expect((await readdir(restored())).filter((name) => !name.startsWith('lock.db'))).toEqual([]);
  });

  it('say so when the master key is not at hand; a server without it does not start', async () => {
    await served();
    await run('backup', archive());
    await stopped();
    settings = { ...settings, LETOPIS_DATA: restored() };
    expect(await run('restore', archive())).toMatch('Главный ключ не проверен');
    expect(await letopis(['serve'], settings)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/master\.key нет, а /),
    });
  });
});
