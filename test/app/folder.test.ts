import { copyFile, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { apiAt } from '../support/api.js';
import { keyOf } from '../support/keys.js';
import { registered } from '../support/organisations.js';
import { letopis, type ServerProcess, serveProcess } from '../support/process.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';

const FIXTURES = new URL('../fixtures/plans/', import.meta.url);

let home: string;
let folder: string;
let settings: Readonly<Record<string, string>>;
let server: ServerProcess | undefined;

beforeEach(async () => {
  home = await temporaryDirectory();
  folder = join(home, 'планы');
  settings = {
    LETOPIS_DATA: join(home, 'data'),
    LETOPIS_SAMPLE: 'off',
    LETOPIS_BOOTSTRAP_KEY: keyOf('administrator'),
  };
});
afterEach(async () => {
  await server?.stop('SIGKILL');
  server = undefined;
  await removeDirectory(home);
});

async function put(name: string, text: string): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const plan = (school: string, time: string) =>
  `План работы ${school} на 2023-2024 учебный год\n\n№\tМероприятие\tСроки\tОтветственные\n1\tЛинейка\t${time}\tЗавуч\n`;

const Items = z.array(
  z.object({ file: z.string(), kind: z.string(), planId: z.string().optional(), message: z.string().optional() }),
);

async function imported(...args: readonly string[]) {
  const ended = await letopis(['import', folder, '--json', '--report', join(home, 'отчёт.html'), ...args], settings);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  return Items.parse(JSON.parse(ended.stdout));
}

describe('a folder of plans', () => {
  it('becomes drafts in the organisations of a mapping and of headings, with a report; run again it adds nothing', async () => {
    server = await serveProcess(settings);
    const api = apiAt(server.address);
    const first = await registered(api, { name: 'МБОУ «СОШ № 1»' });
    const second = await registered(api, { name: 'Школа посёлка Искра' });
    await put('1.txt', plan('МБОУ «СОШ № 1»', 'сентябрь'));
    await put('Искра/план.txt', plan('МБОУ «СОШ п. Искра»', 'по отдельному плану комиссии'));
    await put('Искра/второй.txt', plan('МБОУ «СОШ п. Искра»', 'как получится'));
    await put('3.txt', plan('МБОУ «СОШ № 3»', 'май'));
    await put('письмо.txt', 'Уважаемые коллеги!\n');
    await put('~$1.txt', 'lock');
    await symlink(home, join(folder, 'кольцо'));
    const mapping = join(home, 'кому.csv');
    await writeFile(mapping, `Искра;${second}\n`);

    const items = await imported('--organisations', mapping);
    expect(items.map(({ file, kind }) => [file, kind])).toEqual([
      ['1.txt', 'drafted'],
      ['3.txt', 'refused'],
      ['Искра/второй.txt', 'drafted'],
      ['Искра/план.txt', 'refused'],
      ['письмо.txt', 'refused'],
    ]);
    expect(items[1]?.message).toMatch(/организации «МБОУ «СОШ № 3»» нет/);
    expect(items[3]?.message).toMatch(/план с этим названием/);
    const found = await api.data('{ plans { nodes { id organisationId } } }');
    expect(found).toEqual({
      plans: {
        nodes: expect.arrayContaining([
          { id: items[0]?.planId, organisationId: first },
          { id: items[2]?.planId, organisationId: second },
        ]),
      },
    });
    const report = join(home, 'отчёт.html');
    expect(await readFile(report, 'utf8')).toMatch(
      /<b>1<\/b> прочитано полностью[\s\S]*<b>1<\/b> прочитано, есть вопросы[\s\S]*<b>3<\/b> отказано[\s\S]*срок «как получится»/,
    );
    expect((await stat(report)).mode & 0o077).toBe(0);

    const unasked = await letopis(['import', folder, '--report', join(home, 'отчёт.html')], settings);
    expect(unasked).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('--overwrite') });
    const again = await imported('--organisations', mapping, '--overwrite');
    expect(again.map(({ kind }) => kind)).toEqual(['present', 'refused', 'present', 'refused', 'refused']);
    expect(again[0]?.planId).toBe(items[0]?.planId);
    expect(await api.data('{ plans { totalCount } }')).toEqual({ plans: { totalCount: 2 } });
  });

  it('is looked at without importing anything, on files without a server', async () => {
    server = await serveProcess(settings);
    const organisation = await registered(apiAt(server.address), { name: 'Отдел образования' });
    await server.stop('SIGTERM');
    await mkdir(folder);
    await copyFile(new URL('celinny-2015-09.docx', FIXTURES), join(folder, 'план.docx'));
    const seen = await imported('--dry-run', '--organisation', organisation);
    expect(seen).toEqual([{ file: 'план.docx', kind: 'ready' }]);
    const report = await readFile(join(home, 'отчёт.html'), 'utf8');
    expect(report).toMatch(/<b>1<\/b> прочитано, есть вопросы[\s\S]*Отдел образования[\s\S]*Будет загружен/);
    expect(report).toMatch(/<h2>план\.docx: вопросов \d+<\/h2>/);
    expect(report).toMatch(/\d\d\.\d\d\.\d{4}, \d\d:\d\d \(Asia\/Yekaterinburg\)[\s\S]*01\.09\.2015 – 31\.08\.2016/);
    expect(report).not.toMatch(/\d{4}-\d\d-\d\d/);
    expect((await imported('--organisation', organisation, '--overwrite')).map(({ kind }) => kind)).toEqual([
      'drafted',
    ]);
  });

  it('begins no chronicle when it is only looked at', async () => {
    await put('1.txt', plan('Школы', 'май'));
    const looked = await letopis(['import', folder, '--dry-run', '--report', join(home, 'отчёт.html')], settings);
    expect(looked).toMatchObject({ code: 1, stdout: '' });
    await expect(stat(join(home, 'data'))).rejects.toThrow('ENOENT');
  });

  it('is refused with what to do for a mapping that is none, and for flags of one document', async () => {
    await put('1.txt', plan('Школы', 'май'));
    const mapping = join(home, 'кому.csv');
    await writeFile(mapping, 'Искра\n');
    const bad = await letopis(['import', folder, '--organisations', mapping], settings);
    expect(bad).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/строка 1 таблицы соответствий: нужны два значения/),
    });
    const into = await letopis(['import', folder, '--columns', 'activity=1,time=2'], settings);
    expect(into).toMatchObject({ code: 1, stderr: expect.stringMatching(/--columns — для одного документа/) });
  });
});
