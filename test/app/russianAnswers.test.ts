import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { keptData } from '../support/keptData.js';
import { letopis } from '../support/process.js';

const place = keptData();
const SAMPLE = 'sample/buzuluk-2020-2021.txt';

/** Matches days and words in the notation of programs. Commands to type and settings are the same in every language. */
const MACHINE =
  /\d{4}-\d\d-\d\d(?!\d)|\b[A-Z]{2,}_[A-Z_]+|\b(?:ACTIVE|EXPIRED|REVOKED|DRAFT|APPROVED|methodologist)\b/g;
const SAME = /LETOPIS_\w+|letopis-\S+/g;

it('answers of commands have Russian days and words in Russian', async () => {
  const answer = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await letopis([...args, '--lang', 'ru'], place.settings);
    expect([args, code, stderr]).toEqual([args, 0, expect.any(String)]);
    return stdout;
  };
  await answer('keys', 'add', '--name', 'Орлова', '--role', 'methodologist', '--expires', '2031-01-01T00:00:00Z');
  const backup = join(place.home, 'copy.tar.gz');
  const elsewhere = join(place.home, 'elsewhere');
  const commands = [
    ['keys', 'list'],
    ['plans'],
    ['audit'],
    ['status'],
    ['verify'],
    ['forget', 'Е.Н. Филатова'],
    ['forget', 'Орлова'],
    ['projections', 'list'],
    ['import', '--dry-run', SAMPLE],
    ['backup', backup],
    ['restore', backup, '--data', elsewhere],
  ];
  const found: unknown[] = [];
  for (const args of commands) {
    const words = (await answer(...args)).replace(SAME, '').match(MACHINE);
    if (words) found.push([args, words]);
  }
  const folder = join(place.home, 'plans');
  await mkdir(folder);
  await copyFile(SAMPLE, join(folder, 'план.txt'));
  const report = join(place.home, 'report.html');
  await answer('import', folder, '--report', report);
  found.push(...((await readFile(report, 'utf8')).replace(/<style[\s\S]*?<\/style>/, '').match(MACHINE) ?? []));
  expect(found).toEqual([]);
  expect(await answer('keys', 'list')).toMatch(/\tдействует\tметодист\tОрлова\t.*\t01\.01\.2031 00:00:00 UTC\t/);
}, 60_000);
