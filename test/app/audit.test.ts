import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { SYSTEM } from '../../src/access/principals.js';
import { actorGlobalId } from '../../src/graphql/ids.js';
import { apiAt } from '../support/api.js';
import { emptyData, WITH_KEY } from '../support/keptData.js';
import { keyOf } from '../support/keys.js';
import { letopis, outputOf } from '../support/process.js';
import { sampleOf } from '../support/server.js';
import { importCopies } from '../support/watched.js';

// It is 00:30 of the next day in Moscow.
const place = emptyData({ ...WITH_KEY, LETOPIS_CLOCK: '2020-10-01T21:30:00Z', LETOPIS_TIMEZONE: 'Europe/Moscow' });
let home: string;
let settings: Readonly<Record<string, string>>;
beforeEach(() => {
  ({ home, settings } = place);
});

const run = (...args: readonly string[]) => outputOf(args, settings);

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');

describe('letopis audit', () => {
  it('writes the files of /audit.csv and /audit.jsonl, beside a server and on the files', async () => {
    const server = await place.serve();
    await importCopies(apiAt(server.address), 11);
    const headers = { authorization: `Bearer ${keyOf('administrator')}`, 'accept-language': 'ru' };
    const served = async (format: string) =>
      Buffer.from(await (await fetch(`${server.address}/audit.${format}`, { headers })).arrayBuffer()).toString();
    const [csv, jsonl] = [await served('csv'), await served('jsonl')];
    // More than one page of entries.
    expect(linesOf(jsonl).length).toBeGreaterThan(220);
    const files = async () => {
      for (const format of ['csv', 'jsonl']) {
        await run('audit', '--format', format, '--output', join(home, `журнал.${format}`), '--overwrite');
      }
      return Promise.all(['csv', 'jsonl'].map(async (format) => readFile(join(home, `журнал.${format}`))));
    };
    expect((await files()).map(String)).toEqual([csv, jsonl]);
    await server.stop('SIGTERM');
    expect((await files()).map(String)).toEqual([csv, jsonl]);
    expect(await run('audit', '--format', 'jsonl')).toBe(jsonl);
  });

  it('prints a line for each entry in one language, with Russian or international days', async () => {
    const server = await place.serve();
    const sample = await sampleOf(apiAt(server.address));
    await apiAt(server.address).done('completeActivity', { activityId: sample.activity(3), actualOn: '2020-09-30' });
    const russian = linesOf(await run('audit'));
    expect(russian).toHaveLength(22);
    expect(russian[0]).toMatch(/^02\.10\.2020 00:30 {2}\S.* {2}\S/);
    const english = linesOf(await run('audit', '--lang', 'en'));
    expect(english[0]).toMatch(/^2020-10-02 00:30 {2}/);
    expect(english.at(-1)).toMatch(/Completed on 2020-09-30: 3\. «/);
    expect(await letopis(['audit'], { ...settings, LANG: 'en_GB.UTF-8' })).toMatchObject({
      stdout: `${english.join('\n')}\n`,
    });
  });

  it('prints the entries of a plan, an actor and local days alone', async () => {
    const server = await place.serve();
    const api = apiAt(server.address);
    const sample = await sampleOf(api);
    await importCopies(api, 1);
    await api.done('completeActivity', { activityId: sample.activity(3), actualOn: '2020-09-30' });
    const all = linesOf(await run('audit', '--format', 'jsonl')).map((line) =>
      z
        .looseObject({
          planId: z.string().nullable(),
          position: z.string(),
          actor: z.looseObject({ holder: z.object({ id: z.string() }) }),
        })
        .parse(JSON.parse(line)),
    );
    const count = async (...args: string[]) => linesOf(await run('audit', ...args)).length;
    const [first] = all;
    const ofPlan = all.filter(({ planId }) => planId === first?.planId).length;
    expect(ofPlan).toBeLessThan(all.length);
    expect([await count('--plan', '1'), await count('--plan', String(first?.planId))]).toEqual([ofPlan, ofPlan]);
    const system = actorGlobalId(SYSTEM.id);
    const ofSystem = all.filter(({ actor }) => actor.holder.id === system).length;
    expect([0, all.length]).not.toContain(ofSystem);
    expect(await count('--actor', system)).toBe(ofSystem);
    expect(await count('--from', '2020-10-02', '--to', '2020-10-02')).toBe(all.length);
    expect([await count('--to', '2020-10-01'), await count('--from', '2020-10-03')]).toEqual([0, 0]);
    expect(await count('--after', String(all.at(-2)?.position))).toBe(1);
  });

  it('records the names that it prints as read, and refuses what matches nothing by mistake', async () => {
    const server = await place.serve();
    const readings = () => apiAt(server.address).data('{ nameReadings { nodes { actorId way } } }');
    const nothing = { nameReadings: { nodes: [] } };
    expect(await readings()).toEqual(nothing);
    for (const [args, said] of [
      [['--actor', 'plan_0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20'], /нужен id вида access_…/],
      [['--from', 'вчера'], /«вчера» — не день: напишите его как 2020-10-31/],
      [['--from', '2020-10-03', '--to', '2020-10-01'], /--from позже, чем --to/],
      [['--text', '%'], /в «%» нет слов/],
      [['--after', 'nonsense'], /«nonsense» — не место в журнале/],
      [['--plan', 'нет такого'], /плана «нет такого» нет/],
    ] as const) {
      const file = join(home, 'журнал.csv');
      const { code, stdout, stderr } = await letopis(['audit', ...args, '--output', file], settings);
      expect([args, code, stdout, stderr]).toEqual([args, 1, '', expect.stringMatching(said)]);
      // No empty file is left, which could be mistaken for a result.
      expect(await readdir(home)).not.toContain('журнал.csv');
    }
    expect(await readings()).toEqual(nothing);
    await run('audit');
    expect(await readings()).toEqual({
      nameReadings: { nodes: expect.arrayContaining([{ actorId: actorGlobalId(SYSTEM.id), way: 'AUDIT_FILE' }]) },
    });
  });
});
