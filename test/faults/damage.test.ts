import { execFile } from 'node:child_process';
import { chmod, mkdir, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { openSqlite } from '../../src/engine/storage/sqlite.js';
import { apiAt, type TestApi } from '../support/api.js';
import { emptyData, WITH_KEY } from '../support/keptData.js';
import { letopis, letopisProcess } from '../support/process.js';
import { sampleOf } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { until } from '../support/waiting.js';
import { importCopies } from '../support/watched.js';

const PAGE = 4_096;
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const mount = promisify(execFile);

const place = emptyData({ ...WITH_KEY, LETOPIS_CLOCK: '2020-10-01T09:00:00Z' });
let home: string;
let data: string;
let settings: Readonly<Record<string, string>>;

beforeEach(() => {
  ({ home, settings } = place);
  data = join(home, 'data');
});

/** Starts a server that must fail. Returns its messages. */
async function refused(given = settings): Promise<string> {
  const { code, stdout, stderr } = await letopis(['serve'], { LETOPIS_PORT: '0', ...given });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  // A sentence for people, not a stack.
  expect(stderr).not.toMatch(/\n\s+at /);
  return stderr;
}

const COUNT = z.object({ auditTrail: z.object({ totalCount: z.number() }) });

async function entries(api: TestApi): Promise<number> {
  return (await api.read(COUNT, '{ auditTrail { totalCount } }')).auditTrail.totalCount;
}

/** Overwrites the head of the page that contains a text. */
async function damagePageOf(file: string, text: string): Promise<void> {
  const at = (await readFile(file)).indexOf(text);
  expect(at).toBeGreaterThan(PAGE);
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(64, 0xff), 0, 64, Math.floor(at / PAGE) * PAGE);
  await handle.close();
}

describe('a second server on the same directory', () => {
  it('does not start, and the first one goes on', async () => {
    const first = await place.serveProcess();
    expect(await refused()).toMatch(
      /с .* работает другая Летопись: остановите её или дайте этой другую папку в LETOPIS_DATA/,
    );
    expect(await entries(apiAt(first.address))).toBe(21);
  });
});

describe('a directory that may not be written to', () => {
  it('is named, with what to do, and stays as it is', async () => {
    await mkdir(data, { mode: 0o555 });
    await chmod(data, 0o555);
    await chmod(home, 0o755);
    // The rights of a directory do not restrict root, so another user must try.
    const { code, stderr } = await letopisProcess(['serve'], settings, isRoot ? { uid: NOBODY, gid: NOBODY } : {});
    expect(code).toBe(1);
    expect(stderr).toMatch(/data нельзя писать \(EACCES\): .*LETOPIS_DATA.*Ничего не изменено/);
  });
});

describeIf(isRoot, 'only root can mount one')('a full disk', () => {
  it('refuses commands by name, loses none that was acknowledged, and takes them again once there is space', async () => {
    await mkdir(data);
    await mount('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', data]);
    try {
      const server = await place.serveProcess();
      const api = apiAt(server.address);
      const sample = await sampleOf(api);
      // So that the name of the actor is sealed already.
      await api.done('completeActivity', { activityId: sample.activity(5), actualOn: '2020-09-30' });
      const before = await entries(api);
      const filler = join(data, 'filler');
      await writeFile(filler, Buffer.alloc(32_000_000)).catch(() => undefined);
      const command = (turn: number) => {
        const [name, extra] =
          turn % 2 === 0 ? ['completeActivity', 'actualOn: "2020-09-30"'] : ['withdrawCompletion', 'reason: "Проба"'];
        return `mutation { it: ${name}(input: { activityId: "${sample.activity(3)}", commandId: "c${turn}", ${extra} }) { position } }`;
      };
      const Answer = z.object({
        data: z.object({ it: z.object({ position: z.string().nullable() }).nullable() }).nullish(),
        errors: z.array(z.object({ extensions: z.object({ code: z.string() }) })).optional(),
      });
      let acknowledged = 0;
      let code: string | undefined;
      for (; code === undefined && acknowledged < 20_000; ) {
        const { data: done, errors } = Answer.parse(await api.query(command(acknowledged)));
        code = errors?.[0]?.extensions.code;
        if (done?.it?.position) acknowledged += 1;
      }
      expect(code).toBe('UNAVAILABLE');
      // The log comes through another stream than the answer, so it may arrive later.
      await until(() => server.logged().includes('the disk is full: free space on it'));
      await rm(filler);
      const again = Answer.parse(await api.query(command(acknowledged)));
      expect(again.errors ?? []).toEqual([]);
      const position = again.data?.it?.position;
      const found = await api.read(COUNT, 'query($at: Position) { auditTrail(atLeast: $at) { totalCount } }', {
        variables: { at: position },
      });
      expect(found.auditTrail.totalCount).toBe(before + acknowledged + 1);
    } finally {
      await place.stop('SIGKILL');
      await mount('umount', [data]);
    }
  }, 60_000);
});

describe('a damaged page', () => {
  async function damaged(): Promise<void> {
    const server = await place.serve();
    await importCopies(apiAt(server.address), 3);
    await server.stop('SIGTERM');
    await damagePageOf(join(data, 'chronicle.db'), 'План работы 2-го отделения');
  }

  it('that the start meets ends it with what to do', async () => {
    await damaged();
    for (const suffix of ['', '-wal', '-shm']) await rm(join(data, `readmodels.db${suffix}`), { force: true });
    expect(await refused()).toMatch(
      /chronicle\.db: .*повреждён: остановите сервер и восстановите файл из резервной копии/,
    );
  });

  it('that a verification meets is a finding, and no wrong call', async () => {
    await damaged();
    const { code, stdout, stderr } = await letopis(['verify'], settings);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/chronicle\.db: содержимое файла повреждено.*\nНЕ ПРОЙДЕНО: повреждён сам файл/);
    const told = await letopis(['verify', '--json'], settings);
    expect(told.code).toBe(1);
    expect(JSON.parse(told.stdout)).toMatchObject({ found: 1, findings: [{ kind: 'damagedFile' }] });
  });

  it('that a command meets stops all writing: reads go on, and the file stays as it is', async () => {
    await damaged();
    const server = await place.serve();
    const api = apiAt(server.address);
    const before = await readFile(join(data, 'chronicle.db'));
    const { plans } = await api.read(
      z.object({ plans: z.object({ nodes: z.array(z.object({ id: z.string(), title: z.string() })) }) }),
      '{ plans { nodes { id title } } }',
    );
    const planOf = (copy: number) => plans.nodes.find(({ title }) => title.includes(`${copy}-го отделения`))?.id;
    const command = (id: string | undefined) =>
      `mutation { addSection(input: { planId: "${id}", title: "Ещё" }) { plan { id } } }`;
    for (const copy of [2, 1, 3]) {
      expect(await api.query(command(planOf(copy)))).toMatchObject({
        errors: [{ extensions: { code: 'UNAVAILABLE' } }],
      });
    }
    await until(() => server.logged().includes('restore it from a backup'));
    expect(plans.nodes).toHaveLength(4);
    expect((await stat(join(data, 'chronicle.db-wal'))).size).toBe(0);
    expect((await readFile(join(data, 'chronicle.db'))).equals(before)).toBe(true);
  });
});

describe('a write-ahead log that lost its end', () => {
  it('is noticed by what the read models have seen; a rebuild goes on without it, and old positions are refused', async () => {
    const server = await place.serveProcess();
    const api = apiAt(server.address);
    const sample = await sampleOf(api);
    const head = async (at: TestApi) =>
      (await at.read(z.object({ system: z.object({ readModels: z.string() }) }), '{ system { readModels } }')).system
        .readModels;
    const log = join(data, 'chronicle.db-wal');
    // The log of the chronicle is signed soon after a command, so that the last bytes need not be the command's.
    const { size } = await stat(log);
    await api.done('completeActivity', { activityId: sample.activity(3), actualOn: '2020-09-30' });
    await entries(api);
    const lost = await head(api);
    await server.stop('SIGKILL');
    await truncate(log, size);
    expect(await refused()).toMatch(
      /летопись кончается \(событие 21\), а представления видели больше \(событие 22\): её конец потерян .*letopis restore.*letopis rebuild/,
    );
    expect((await letopis(['rebuild'], settings)).code).toBe(0);
    const again = apiAt((await place.serve()).address);
    expect(await entries(again)).toBe(21);
    const others = await again.done('completeActivity', { activityId: sample.activity(5), actualOn: '2020-09-30' });
    expect(others.position).not.toBe(lost);
    const asked = await again.query('query($at: Position) { changes(after: $at) { position } }', {
      variables: { at: lost },
    });
    expect(asked).toMatchObject({
      errors: [
        { message: expect.stringMatching('restored from an older copy'), extensions: { problem: 'OTHER_CHRONICLE' } },
      ],
    });
  });
});

describe('a wrong master key', () => {
  it('is refused before anything is written', async () => {
    await (await place.serve()).stop('SIGTERM');
    const other = { ...settings, LETOPIS_MASTER_KEY: Buffer.alloc(32, 3).toString('base64') };
    expect(await refused(other)).toMatch(/главный ключ не открывает ключей лиц \(файл keys\.db\).*Ничего не изменено/);
    expect(await entries(apiAt((await place.serve()).address))).toBe(21);
  });

  it('is missing: no new one is made in its place', async () => {
    await (await place.serve()).stop('SIGTERM');
    await rm(join(data, 'master.key'));
    expect(await refused()).toMatch(/master\.key нет.*верните ключ/);
    await expect(stat(join(data, 'master.key'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('a clock that goes back', () => {
  it('is told in the log; events keep their order of time', async () => {
    await (await place.serve({ LETOPIS_CLOCK: '2020-10-09T09:00:00Z' })).stop('SIGTERM');
    const server = await place.serve({ LETOPIS_CLOCK: '2020-10-02T09:00:00Z' });
    const api = apiAt(server.address);
    const sample = await sampleOf(api);
    await api.done('completeActivity', { activityId: sample.activity(3), actualOn: '2020-09-30' });
    await until(() => server.logged().includes('the clock is behind the last event or went back: set it right'));
    const { auditTrail } = await api.read(
      z.object({ auditTrail: z.object({ nodes: z.array(z.object({ recordedAt: z.string() })) }) }),
      '{ auditTrail(last: 2) { nodes { recordedAt } } }',
    );
    expect(auditTrail.nodes.map(({ recordedAt }) => recordedAt)).toEqual([
      '2020-10-09T09:00:00.000Z',
      '2020-10-09T09:00:00.000Z',
    ]);
  });
});

describe('events of a newer Letopis', () => {
  it('stop the start with what to install', async () => {
    await (await place.serve()).stop('SIGTERM');
    const database = await openSqlite(join(data, 'chronicle.db'), 'writer');
    database.exec("INSERT INTO kinds VALUES ('PlanReopened', 1, '0.9.0')");
    database.close();
    expect(await refused()).toMatch(/не читает \(PlanReopened версии 1\): установите Letopis 0\.9\.0 или новее/);
  });
});
