import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { apiAt, type TestApi } from '../support/api.js';
import { keptData } from '../support/keptData.js';
import { keyOf } from '../support/keys.js';
import { type CommandServer, type Ended, letopis, letopisProcess } from '../support/process.js';

const NAME = 'Е.Н. Филатова';
const FORGET = [
  ...['forget', NAME, '--yes', '--ground', 'CONSENT_WITHDRAWN', '--reason', 'Заявление № 7', '--despite-retention'],
  '--json',
];

const kept = keptData();

async function serving(): Promise<TestApi & { readonly server: CommandServer<'SIGTERM'> }> {
  const server = await kept.serve({ LETOPIS_LOG_LEVEL: 'trace' });
  return { ...apiAt(server.address), server };
}

const Told = z.object({
  subject: z.string(),
  name: z.string().nullable(),
  plans: z.array(z.object({ planId: z.string() })),
  isForgotten: z.boolean(),
});
const told = ({ code, stdout, stderr }: Ended) => {
  if (code !== 0) throw new Error(stderr);
  return Told.parse(JSON.parse(stdout));
};

/** The persons on the stamps of the sample. */
async function stamps(api: TestApi): Promise<(string | null)[]> {
  const shape = z.object({
    plans: z.object({ nodes: z.array(z.object({ stamps: z.array(z.object({ person: z.string().nullable() })) })) }),
  });
  const { plans } = await api.read(shape, '{ plans { nodes { stamps { person } } } }');
  return plans.nodes.flatMap((plan) => plan.stamps.map(({ person }) => person));
}

/** The surname as bytes, in each letter case (an index of words has lower case) and each encoding of SQLite. */
const FORMS = ['Филатова', 'филатова', 'ФИЛАТОВА'].flatMap((text) => [
  Buffer.from(text),
  Buffer.from(text, 'utf16le'),
  Buffer.from(text, 'utf16le').swap16(),
]);

/** Returns the files of the directory that contain the surname. */
async function filesWithName(): Promise<string[]> {
  const directory = join(kept.home, 'data');
  const names = (await readdir(directory)).filter((name) => !name.endsWith('.sock'));
  const contents = await Promise.all(names.map((name) => readFile(join(directory, name)).catch(() => Buffer.of())));
  return names.filter((_, index) => FORMS.some((form) => contents[index]?.includes(form)));
}

describe('letopis forget', () => {
  it('tells where a person is named, and changes nothing without --yes', async () => {
    expect(told(await letopis(['forget', NAME, '--json'], kept.settings))).toMatchObject({
      name: NAME,
      plans: [{}],
      isForgotten: false,
    });
    const unsaid = await letopis(['forget', NAME, '--yes'], kept.settings);
    expect([unsaid.code, unsaid.stderr]).toEqual([
      1,
      expect.stringContaining('укажите правовое основание через --ground'),
    ]);
    const nobody = await letopis(['forget', 'Никто Н.Н.'], kept.settings);
    expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringContaining('Такого человека в летописи нет')]);
    expect(told(await letopis(['forget', NAME, '--json'], kept.settings)).name).toBe(NAME);
  });

  it('erases a name of a running server: no answer, file or log holds it, and the history verifies', async () => {
    const api = await serving();
    expect(await stamps(api)).toEqual([NAME, 'СВ Стапинов']);
    // Addresses of requests are not written to the log.
    const authorization = `Bearer ${keyOf('administrator')}`;
    await fetch(`${api.server.address}/audit.csv?text=${encodeURIComponent('Филатова')}`, {
      headers: { authorization },
    });
    const { isForgotten } = told(await letopis(FORGET, kept.settings));
    expect(isForgotten).toBe(true);
    expect(await stamps(api)).toEqual(['удалено', 'СВ Стапинов']);
    expect(await filesWithName()).toEqual([]);
    const { stderr } = await api.server.stop('SIGTERM');
    const logged = api.server.printed() + stderr;
    expect(logged).toContain('/audit.csv');
    expect(decodeURIComponent(logged.replaceAll(/%(?![0-9A-F]{2})/g, ' '))).not.toContain('Филатова');
    expect(await filesWithName()).toEqual([]);
    const verified = await letopis(['verify', '--json'], kept.settings);
    expect([verified.code, JSON.parse(verified.stdout)]).toEqual([
      0,
      expect.objectContaining({ found: 0, erased: 1, findings: [] }),
    ]);
    expect((await letopis(['verify'], kept.settings)).stdout).toContain('Удалено имён: 1; это не повреждение');
  });

  it('would be found by these tests, however it is written', async () => {
    const directory = join(kept.home, 'data');
    for (const [index, form] of FORMS.entries()) {
      const file = join(directory, `trace-${index}`);
      await writeFile(file, Buffer.concat([Buffer.of(1, 2, 3), form, Buffer.of(4)]));
    }
    expect((await filesWithName()).toSorted()).toEqual(FORMS.map((_, index) => `trace-${index}`));
  });

  it('erases on the files as well, once and for all', async () => {
    told(await letopis(FORGET, kept.settings));
    expect(told(await letopis([...FORGET.with(1, await subjectOf())], kept.settings)).isForgotten).toBe(true);
    expect(await stamps(await serving())).toEqual(['удалено', 'СВ Стапинов']);
  });

  it('holds when the keys are put back from an older copy, as after a death in the middle', async () => {
    const before = join(kept.home, 'keys.db');
    await cp(join(kept.home, 'data', 'keys.db'), before);
    told(await letopisProcess(FORGET, kept.settings));
    await rm(join(kept.home, 'data', 'keys.db-wal'), { force: true });
    await cp(before, join(kept.home, 'data', 'keys.db'));
    const api = await serving();
    expect(await stamps(api)).toEqual(['удалено', 'СВ Стапинов']);
    expect(api.server.logged()).toContain('the key of a forgotten person was there again and is destroyed');
  });

  it('holds when a backup from before is put back, with the list of whom was forgotten', async () => {
    const archive = join(kept.home, 'backup.tar.gz');
    const done = async (args: readonly string[], settings: Readonly<Record<string, string>>) => {
      const { code, stderr } = await letopis(args, settings);
      if (code !== 0) throw new Error(stderr);
    };
    await done(['backup', archive], kept.settings);
    told(await letopis(FORGET, kept.settings));
    const restored = { ...kept.settings, LETOPIS_DATA: join(kept.home, 'restored') };
    await done(['restore', archive], restored);
    for (const name of ['master.key', 'forgotten.list']) {
      await cp(join(kept.home, 'data', name), join(restored.LETOPIS_DATA, name));
    }
    const server = await kept.serve(restored);
    expect(await stamps(apiAt(server.address))).toEqual([expect.not.stringContaining('Филатова'), 'СВ Стапинов']);
    expect(server.logged()).toContain('the key of a forgotten person was there again and is destroyed');
    expect(await readFile(join(restored.LETOPIS_DATA, 'forgotten.list'), 'utf8')).toMatch(/^[0-9a-f-]{36}\n$/);
  });

  it.each([0, 4, 12])(
    'is done wholly or not at all by a server that is killed %i ms after it was asked',
    async (ms) => {
      const server = await kept.serveProcess();
      const api = apiAt(server.address);
      const commandId = 'forget-1';
      const input = {
        name: NAME,
        ground: 'CONSENT_WITHDRAWN',
        reason: 'Заявление № 7',
        despiteRetention: true,
        commandId,
      };
      const document = 'mutation($input: ForgetPersonInput!) { forgetPerson(input: $input) { userErrors { code } } }';
      const asked = api.query(document, { variables: { input } }).then(
        () => true,
        () => false,
      );
      await pause(ms);
      await server.stop('SIGKILL');
      const acknowledged = await asked;
      const again = await serving();
      const trail = z.object({ auditTrail: z.object({ totalCount: z.number() }) });
      const { auditTrail } = await again.read(
        trail,
        '{ auditTrail(filter: { eventType: [PersonForgotten] }) { totalCount } }',
      );
      if (acknowledged) expect(auditTrail.totalCount).toBe(1);
      expect(await stamps(again)).toEqual([auditTrail.totalCount === 1 ? 'удалено' : NAME, 'СВ Стапинов']);
      expect((await again.query(document, { variables: { input } })).errors).toEqual([]);
      expect(await stamps(again)).toEqual(['удалено', 'СВ Стапинов']);
    },
  );

  it('is refused under another master key, and nothing is lost', async () => {
    const wrong = { ...kept.settings, LETOPIS_MASTER_KEY: Buffer.alloc(32, 7).toString('base64') };
    const refused = await letopis(FORGET, wrong);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('главный ключ не открывает')]);
    expect(await stamps(await serving())).toEqual([NAME, 'СВ Стапинов']);
  });
});

async function subjectOf(): Promise<string> {
  const { stdout } = await letopis(['events', '--type', 'PersonForgotten'], kept.settings);
  const uuid = /subject-([0-9a-f-]{36})/.exec(stdout)?.[1];
  return `person_${uuid ?? ''}`;
}
