import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { signerOf, verifierKey } from '../../src/engine/log/note.js';
import { apiAt } from '../support/api.js';
import { emptyData, WITH_KEY } from '../support/keptData.js';
import { registered } from '../support/organisations.js';
import { boundPort, listener } from '../support/ports.js';
import { type CommandServer, letopis, letopisProcess, serveProcess } from '../support/process.js';
import { sampleOf } from '../support/server.js';

const SAMPLE = fileURLToPath(new URL('../../sample/buzuluk-2020-2021.txt', import.meta.url));

const place = emptyData({ ...WITH_KEY, LETOPIS_CLOCK: '2020-10-01T09:00:00Z' });
let home: string;
let data: string;
let settings: Readonly<Record<string, string>>;

beforeEach(() => {
  ({ home, settings } = place);
  data = join(home, 'data');
});

async function file(name: string, text: string): Promise<string> {
  const path = join(home, name);
  await writeFile(path, text);
  return path;
}

describe('a command whose output nobody reads to its end', () => {
  it.each([
    ['events'],
    ['audit'],
    ['plans'],
    ['status'],
    ['forget', 'Е.Н. Филатова'],
    ['rebuild'],
    ['projections', 'list'],
    ['log', '--help'],
    ['witness', '--help'],
    ['help'],
  ])('ends quietly: %s', async (...args) => {
    await (await place.serve()).stop('SIGTERM');
    const child = spawn(process.execPath, ['bin/letopis.js', ...args], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { ...process.env, ...settings },
    });
    child.stdout.destroy();
    let told = '';
    child.stderr.on('data', (text) => {
      told += text;
    });
    await once(child, 'close');
    expect({ code: child.exitCode, told }).toEqual({ code: 0, told: '' });
  });
});

describe('serve where it may not listen', () => {
  it.each([
    [
      'a port that is taken',
      async () => ({ LETOPIS_PORT: await taken() }),
      /^letopis: порт \d+ на 127\.0\.0\.1 занят другой программой: остановите её .+\n$/,
    ],
    [
      'a host of another machine',
      async () => ({ LETOPIS_HOST: '192.0.2.1' }),
      /^letopis: 192\.0\.2\.1 — не адрес этой машины: .+\n$/,
    ],
    [
      'a host that is none',
      async () => ({ LETOPIS_HOST: 'nowhere.invalid' }),
      /^letopis: nowhere\.invalid — не адрес .+\n$/,
    ],
  ])('%s says so in one sentence, and creates nothing', async (_, place, said) => {
    const { code, stdout, stderr } = await letopis(['serve'], { ...settings, LETOPIS_PORT: '0', ...(await place()) });
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(said) });
    expect(await readdir(home)).toEqual([]);
  });

  it('witness serve says so too', async () => {
    const state = join(home, 'witness');
    const logKey = verifierKey(signerOf('log.example/one', Buffer.alloc(32)));
    const args = ['witness', 'serve', '--name', 'witness.example/one', '--log', logKey, '--state', state];
    const { code, stdout, stderr } = await letopis([...args, '--port', await taken()], settings);
    const said = /^letopis: порт \d+ на 127\.0\.0\.1 занят другой программой: .+ \(--port\)\n$/;
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(said) });
    expect(await readdir(home)).toEqual([]);
  });

  const listeners: Server[] = [];
  afterEach(() => {
    for (const each of listeners.splice(0)) each.close();
  });
  async function taken(): Promise<string> {
    const taking = await listener('127.0.0.1');
    listeners.push(taking);
    return String(boundPort(taking));
  }
});

describe('import --dry-run --json', () => {
  const FIXTURE = new URL('../fixtures/plans/buzuluk-2020-2021.expected.json', import.meta.url);
  /** Remarks are prose in the fixture, and codes in the printed form. */
  const REMARKS = [
    'irregularities',
    'documentIrregularities',
    'uncertain',
    'source',
    'confidence',
    'flags',
    'alternatives',
  ];
  const compared = (text: string): unknown =>
    JSON.parse(text, (key, part: unknown) => (REMARKS.includes(key) ? undefined : part));

  it('prints the structure of the sample plan, and creates nothing', async () => {
    const { code, stdout, stderr } = await letopis(['import', '--dry-run', '--json', SAMPLE], settings);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(compared(stdout)).toEqual(compared(await readFile(FIXTURE, 'utf8')));
    await expect(readdir(data)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('tells people what would be created', async () => {
    const { code, stdout } = await letopis(['import', '--dry-run', SAMPLE], settings);
    expect(code).toBe(0);
    for (const said of ['Утверждаю: Директор МБУДО «ЦВР»', 'срок: январь 2021 г. → 01.01.2021 – 31.01.2021']) {
      expect(stdout).toMatch(said);
    }
  });
});

describe('import', () => {
  it('imports a plan, and knows the same file again under any name', async () => {
    const first = await letopis(['import', '--json', SAMPLE], settings);
    expect({ ...first, stdout: JSON.parse(first.stdout) }).toMatchObject({
      code: 0,
      stdout: { planId: expect.stringMatching(/^plan_/), events: 20, activities: 13 },
    });
    const copy = await file('копия.txt', await readFile(SAMPLE, 'utf8'));
    const again = await letopis(['import', '--json', copy], settings);
    const { planId } = z.object({ planId: z.string() }).parse(JSON.parse(first.stdout));
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toMatch(`копия.txt: Этот файл уже загружен: план ${planId}.`);
  });

  it('corrects a draft by a corrected document: shows what differs first', async () => {
    const imported = await letopis(['import', '--json', SAMPLE], settings);
    const { planId } = JSON.parse(imported.stdout);
    const text = await readFile(SAMPLE, 'utf8');
    const path = join(home, 'исправлено.txt');
    await writeFile(path, text.replace('февраль 2021г.', 'март 2021 г.'));
    const line = /^~ 5\. «Обобщение.*: срок «февраль 2021г\.» → «март 2021 г\.»\n/;
    const shown = await letopis(['import', path, '--into', planId, '--dry-run'], settings);
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringMatching(line) });
    expect((await letopis(['import', path, '--into', planId], settings)).stdout).toMatch('Событий: 1');
    expect((await letopis(['import', path, '--into', planId], settings)).stdout).toMatch('Различий нет');
  });

  it('puts a plan under the organisation that is named, if it is there', async () => {
    const server = await place.serve({ LETOPIS_SAMPLE: 'off' });
    const organisation = await registered(apiAt(server.address), { name: 'МБУДО «ЦВР»' });
    const imported = await letopis(['import', '--json', '--organisation', organisation, SAMPLE], settings);
    expect(imported).toMatchObject({ code: 0, stderr: '' });
    const { planId } = z.object({ planId: z.string() }).parse(JSON.parse(imported.stdout));
    const found = await apiAt(server.address).data(`{ plan(id: "${planId}") { organisationId } }`);
    expect(found).toEqual({ plan: { organisationId: organisation } });
    const nobody = 'organisation_0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20';
    const copy = await file('другой.txt', (await readFile(SAMPLE, 'utf8')).replace('План работы', 'План'));
    const refused = await letopis(['import', '--organisation', nobody, copy], settings);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(`организации ${nobody} нет`) });
  });

  it.each([
    [
      'a letter',
      'Уважаемые коллеги!\nНаправляем план.\n',
      /таблица плана не найдена.*Ничего не загружено/,
      /no table of a plan found.*Nothing was imported/,
    ],
    [
      'a binary file',
      'План\nработы\n\0\u0001',
      /строка 3: нулевой байт: это не текст.*Ничего не загружено/,
      /line 3: a zero byte: this is not a text file.*Nothing was imported/,
    ],
    ['an empty file', '', /файл пуст.*Ничего не загружено/, /the file is empty.*Nothing was imported/],
  ])('refuses %s with the line and the cause, and imports nothing', async (_, text, said, inEnglish) => {
    const path = await file('письмо.txt', text);
    const { code, stdout, stderr } = await letopis(['import', path], settings);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(said);
    expect((await letopis(['import', '--lang', 'en', path], settings)).stderr).toMatch(inEnglish);
    expect(stderr).toMatch('письмо.txt');
    expect(stderr).not.toMatch(/\n\s+at /);
    await expect(readdir(data)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('names a file that is not there', async () => {
    const { code, stderr } = await letopis(['import', join(home, 'нет.txt')], settings);
    expect(code).toBe(1);
    expect(stderr).toMatch(/нет\.txt не читается: укажите путь/);
  });
});

describe('export', () => {
  it('prints the plan of a month, on the files or by the running server', async () => {
    const server = await place.serve();
    const { planId } = await sampleOf(apiAt(server.address));
    const byServer = await letopis(['export', planId, '--month', '2020-10'], settings);
    expect(byServer).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^План на октябрь 2020 г\.\n/),
    });
    await server.stop('SIGTERM');
    expect(await letopis(['export', planId, '--month', '2020-10'], settings)).toEqual(byServer);
    const page = join(home, 'октябрь.html');
    await letopis(['export', planId, '--month', '2020-10', '--format', 'html', '--output', page], settings);
    expect(await readFile(page, 'utf8')).toContain('<h1>План на октябрь 2020 г.</h1>');
    const paper = join(home, 'план.docx');
    await letopis(['export', planId, '--execution', '--output', paper], settings);
    const again = await letopis(['import', '--dry-run', '--json', paper], settings);
    expect(JSON.parse(again.stdout)).toMatchObject({ period: { start: '2020-09-01' }, sections: { length: 5 } });
  });

  it.each([
    [['plan_0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20', '--month', '2020-10'], /плана plan_0f4c\S+ нет: номера/],
    [
      ['plan_0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20', '--month', 'октябрь'],
      /«октябрь» — не месяц: напишите его как 2020-10/,
    ],
    [['3', '--month', '2020-10'], /плана «3» нет: номера, названия и id печатает npx letopis plans/],
    [['plan_3'], /«plan_3» здесь не подходит: нужен id вида plan_…/],
    [['activity_0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20.a1'], /«activity_.*» здесь не подходит: нужен id вида plan_…/],
    [['plan_0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20', '--format', 'text'], /month 2020-10/],
  ])('refuses %j', async (argv, said) => {
    await (await place.serve()).stop('SIGTERM');
    const { code, stdout, stderr } = await letopis(['export', ...argv], settings);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(said);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('wording', () => {
  const rows = (...lines: readonly string[]) => letopisProcess(['wording'], {}, { input: `${lines.join('\n')}\n` });

  it('prints what each timeframe means in its plan', async () => {
    const { code, stdout } = await rows(
      'a\tсентябрь⏎2020 г.\t2020-09-01\t2021-08-31\t',
      'b\tв теч. мес.\t2020-09-01\t2021-08-31\tОктябрь',
      'c\tноябрь 2020 г. апрель 2021 г.\t\t\t',
      'd\tкак получится\t2020-09-01\t2021-08-31\t',
      'e\tв октябре 2020 г. в актовом зале\t2020-09-01\t2021-08-31\t',
    );
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual([
      'a\tmonth\t2020-09-01/2020-09-30\tcertain\t\t\t',
      'b\tmonth\t2020-10-01/2020-10-31\tcertain\t\t\t',
      'c\tmonths\t2020-11-01/2020-11-30;2021-04-01/2021-04-30\tassumed\trange:2020-11-01/2021-04-30\tAMBIGUOUS\t',
      'd\tunknown\tunknown\tunknown\t\tNOT_UNDERSTOOD\t',
      'e\tmonth\t2020-10-01/2020-10-31\tassumed\t\tRESIDUE_LEFT\tв актовом зале',
    ]);
  });

  it('names the row whose period is none', async () => {
    const { code, stderr } = await rows('a\tянварь\t2020\t2021\t');
    expect(code).toBe(1);
    expect(stderr).toContain('строка a: «2020» и «2021» — не первый и последний день');
  });
});

describe('parties', () => {
  it('prints whom a cell names', async () => {
    const input = 'a\tДиректор ЗУВР⏎Общественные организации (по согласованию)\nb\t-\n';
    const { code, stdout } = await letopisProcess(['parties'], {}, { input });
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual([
      'a\t["Директор","ЗУВР","Общественные организации"]\t["role","role","group+agreement"]',
      'b\t[]\t[]',
    ]);
  });
});

describe('keys add', () => {
  const version = (server: CommandServer<'SIGTERM'>, token: string) =>
    apiAt(server.address).post('{"query":"{ system { version } }"}', { authorization: `Bearer ${token.trim()}` });

  it('makes a key that a running server knows at once', async () => {
    const server = await place.serve({ LETOPIS_SAMPLE: 'off' });
    const added = await letopis(['keys', 'add', '--name', 'Экран', '--role', 'dashboard', '--post', 'Фойе'], settings);
    expect(added).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^letopis_[\w-]{43}\n$/) });
    expect((await version(server, added.stdout)).status).toBe(200);
    expect((await version(server, `${added.stdout.trim()}x`)).status).toBe(401);
  });

  it('refuses a role that is none, and names those there are', async () => {
    const { code, stderr } = await letopis(['keys', 'add', '--name', 'Я', '--role', 'king'], settings);
    expect(code).toBe(1);
    expect(stderr).toMatch('methodologist, director, department');
  });
});

describe('serve', () => {
  it('prints its address, where the key is that works, and that the clock is not the real one', async () => {
    const { LETOPIS_BOOTSTRAP_KEY: _, ...own } = settings;
    const server = await serveProcess(own);
    const printed = server.printed();
    expect(printed).toMatch('LETOPIS_CLOCK=2020-10-01T09:00:00Z');
    // The key itself is printed to a terminal only.
    expect(printed).not.toMatch(/letopis_[\w-]{43}/);
    expect(printed).toMatch('administrator.key');
    const key = (await readFile(join(data, 'administrator.key'), 'utf8')).trim();
    const answer = await apiAt(server.address).post('{"query":"{ plans { totalCount } }"}', {
      authorization: `Bearer ${key}`,
    });
    expect(answer.data).toEqual({ plans: { totalCount: 1 } });
    await server.stop('SIGTERM');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('stops on %s with exit code 0', async (signal) => {
    const server = await place.serveProcess();
    const { code, stderr, stdout } = await server.stop(signal);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch('Останавливаюсь');
  });

  it('has lost nothing that was acknowledged when it is killed right after', async () => {
    const first = await place.serveProcess();
    const api = apiAt(first.address);
    const sample = await sampleOf(api);
    const done = await api.done('completeActivity', { activityId: sample.activity(3), actualOn: '2020-09-30' });
    await first.stop('SIGKILL');
    const again = apiAt((await place.serve()).address);
    const document = `query($id: ID!, $at: Position) {
      activity(id: $id, atLeast: $at) { evidence } auditTrail(last: 1, atLeast: $at) { nodes { id eventType position } } }`;
    const variables = { id: sample.activity(3), at: done.position };
    expect(await again.data(document, { variables })).toEqual({
      activity: { evidence: 'COMPLETION_MARKED' },
      auditTrail: { nodes: done.entries },
    });
  });

  it('names each wrong setting and ends with exit code 1', async () => {
    const wrong = { ...settings, LETOPIS_PORT: 'four', LETOPIS_TIMEZONE: 'Mars/Olympus', LETOPIS_COLOUR: 'red' };
    const { code, stdout, stderr } = await letopis(['serve'], wrong);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const name of ['LETOPIS_PORT', 'LETOPIS_TIMEZONE', 'LETOPIS_COLOUR']) expect(stderr).toMatch(name);
  });
});
