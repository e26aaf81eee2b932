import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { writeOutput } from '../../src/app/commands/outputFile.js';
import { emptyData, textAt, WITH_KEY } from '../support/keptData.js';
import { letopis, outputOf } from '../support/process.js';

const SAMPLE = new URL('../../sample/buzuluk-2020-2021.txt', import.meta.url);

const place = emptyData({ ...WITH_KEY, LETOPIS_CLOCK: '2020-10-01T09:00:00Z' });
let home: string;
let settings: Readonly<Record<string, string>>;
beforeEach(() => {
  ({ home, settings } = place);
});

const run = (...args: readonly string[]) => outputOf(args, settings);

async function refused(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await letopis(args, settings);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  return stderr;
}

/** Imports a copy of the sample for another institution. Returns its id. */
async function importFor(institution: string): Promise<string> {
  const path = join(home, `${institution}.txt`);
  const text = await readFile(SAMPLE, 'utf8');
  await writeFile(path, text.replace('План работы', `План работы «${institution}»`));
  return z.object({ planId: z.string() }).parse(JSON.parse(await run('import', '--json', path))).planId;
}

const rowsOf = (printed: string) =>
  printed
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));

describe('letopis plans', () => {
  it('lists plans in the order of creation and finds them by words, beside a server and on the files', async () => {
    const server = await place.serve({ LETOPIS_SAMPLE: 'off' });
    const [second, first] = [await importFor('Ёлочка'), await importFor('Берёзка')];
    const served = await run('plans');
    expect(rowsOf(served)).toEqual([
      ['1', 'проект', '01.09.2020–31.08.2021', expect.stringContaining('«Ёлочка»'), second],
      ['2', 'проект', '01.09.2020–31.08.2021', expect.stringContaining('«Берёзка»'), first],
    ]);
    // Plans are found by beginnings of words, with «е» for «ё», in any order. The number is that in the whole list.
    expect(rowsOf(await run('plans', 'берез', 'план')).map(([number, , , , id]) => [number, id])).toEqual([
      ['2', first],
    ]);
    expect(await run('plans', 'планета')).toBe('Таких планов нет\n');
    expect(JSON.parse(await run('plans', '--json', 'елочка'))).toMatchObject([
      { number: 1, id: second, status: 'DRAFT' },
    ]);
    await server.stop('SIGTERM');
    expect(await run('plans')).toBe(served);
  });
});

describe('a plan of a command', () => {
  it('is named by number, title, words of it or id, and nothing is guessed between several', async () => {
    const server = await place.serve({ LETOPIS_SAMPLE: 'off' });
    const [first, second] = [await importFor('Ёлочка'), await importFor('Ёлочка вторая')];
    const json = async (named: string) =>
      z.looseObject({ planId: z.string() }).parse(JSON.parse(await run('export', named, '--format', 'json'))).planId;
    expect([await json('1'), await json('2'), await json(second)]).toEqual([first, second, second]);
    expect(await json('вторая елочка')).toBe(second);
    const [, , , title = ''] = rowsOf(await run('plans'))[0] ?? [];
    // The whole title of one plan is also the beginning of the words of the other plan.
    expect(await json(title)).toBe(first);
    const several = await refused('export', 'елочка', '--format', 'json');
    expect(several).toContain('подходит к нескольким планам (2)');
    expect(several).toContain(`1. ${title} (${first})`);
    expect(several).toContain(second);
    expect(await refused('export', 'берёзка')).toContain('плана «берёзка» нет');
    expect(await refused('export', '3')).toContain('плана «3» нет');
    // Other commands take the same names.
    expect(await refused('audit', '--plan', 'елочка')).toContain('подходит к нескольким планам');
    expect(await refused('export-proof', 'елочка')).toContain('подходит к нескольким планам');
    const corrected = join(home, 'исправлено.txt');
    await writeFile(
      corrected,
      (await readFile(join(home, 'Ёлочка вторая.txt'), 'utf8')).replace('февраль 2021г.', 'март 2021 г.'),
    );
    expect(await run('import', corrected, '--into', '2', '--dry-run')).toMatch(
      /срок «февраль 2021г\.» → «март 2021 г\.»/,
    );
    await server.stop('SIGTERM');
    expect(await json('вторая елочка')).toBe(second);
  });
});

describe('a file that a command writes', () => {
  it.each([
    ['export', (file: string) => ['export', '1', '--output', file]],
    ['export-proof', (file: string) => ['export-proof', '1', '--output', file]],
    ['audit', (file: string) => ['audit', '--output', file]],
    ['import of a folder', (file: string) => ['import', join(home, 'папка'), '--report', file]],
  ])('%s: is not replaced unless --overwrite is given', async (_, command) => {
    const server = await place.serve();
    // A proof needs a signed log.
    await textAt(`${server.address}/checkpoint`);
    await server.stop('SIGTERM');
    await mkdir(join(home, 'папка'));
    const args = command(join(home, 'есть.html'));
    await writeFile(join(home, 'есть.html'), 'чужое');
    expect(await refused(...args)).toBe(
      `letopis: файл ${join(home, 'есть.html')} уже есть: назовите другой или добавьте --overwrite, чтобы заменить его\n`,
    );
    expect(await readFile(join(home, 'есть.html'), 'utf8')).toBe('чужое');
    await run(...args, '--overwrite');
    expect(await readFile(join(home, 'есть.html'), 'utf8')).not.toContain('чужое');
    // No unfinished file is left beside it.
    expect((await readdir(home)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('has the whole title of the plan in its name, and says where it cannot be written', async () => {
    const server = await place.serve({ LETOPIS_SAMPLE: 'off' });
    const long = 'Центр внешкольной работы имени первого учителя города и всех его учеников';
    await importFor(long);
    expect((await run('import', fileURLToPath(SAMPLE))).length).toBeGreaterThan(0);
    const before = process.cwd();
    process.chdir(home);
    try {
      const name = (await run('export', '1')).trimEnd();
      expect(name).toMatch(new RegExp(`^План работы ${long} .*\\.docx$`));
      expect(await readdir(home)).toContain(name);
      // The name with its ending is three bytes shorter than the longest name of a file.
      expect(await run('export', '2')).toBe(
        'План работы Центра поддержки и научно-методического сопровождения деятельности классного руководителя МБУДО ЦВР на 2020-2021 учебный год.docx\n',
      );
    } finally {
      process.chdir(before);
    }
    expect(await refused('export', '1', '--output', join(home, 'нет', 'план.docx'))).toMatch(
      /план\.docx нельзя записать \(ENOENT\): проверьте папку и права/,
    );
    await server.stop('SIGTERM');
  });

  it('is left out when its content fails, and the file before stays', async () => {
    const path = join(home, 'файл.txt');
    const failing = (overwrite: boolean) =>
      writeOutput({ path, overwrite }, async (put) => {
        await put('часть');
        throw new Error('оборвалось');
      });
    await expect(failing(false)).rejects.toThrow('оборвалось');
    expect(await readdir(home)).toEqual([]);
    await writeFile(path, 'прежнее');
    await expect(failing(true)).rejects.toThrow('оборвалось');
    expect([await readdir(home), await readFile(path, 'utf8')]).toEqual([['файл.txt'], 'прежнее']);
  });
});
