import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { apiAt } from '../support/api.js';
import { emptyData, textAt, WITH_KEY } from '../support/keptData.js';
import { type StandIn, startStandIn } from '../support/kurrentdb/server.js';
import { describeStandIn, type MongoServer, startMongo } from '../support/mongodb/server.js';
import { letopis } from '../support/process.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

const Plans = z.object({
  plans: z.object({ nodes: z.array(z.object({ id: z.string(), title: z.string() })) }),
});
const Verified = z.object({ found: z.number(), events: z.number() });

describeStandIn('a cluster on new servers after a backup and a restore', () => {
  interface Engines {
    readonly events: StandIn;
    readonly mongo: MongoServer;
  }
  let [first, second]: Engines[] = [];
  const place = emptyData({ ...WITH_KEY, LETOPIS_MASTER_KEY: randomBytes(32).toString('base64') });
  const engines = async (): Promise<Engines> => ({ events: await startStandIn(), mongo: await startMongo() });

  beforeAll(async () => {
    [first, second] = await Promise.all([engines(), engines()]);
  }, 60_000);
  afterAll(async () => {
    for (const each of [first, second]) await Promise.all([each?.events.close(), each?.mongo.close()]);
  });

  const settingsOf = (on: Engines | undefined, data: string) => ({
    ...place.settings,
    LETOPIS_DATA: join(place.home, data),
    LETOPIS_EVENT_STORE: on?.events.url ?? '',
    LETOPIS_READ_STORE: on?.mongo.url ?? '',
  });

  it('has the same history, names and plans', async () => {
    const before = settingsOf(first, 'before');
    const server = await place.serve(before);
    const { plans } = await apiAt(server.address).read(Plans, '{ plans { nodes { id title } } }');
    await textAt(`${server.address}/checkpoint`);
    // The scripts call `letopis`, as in the container.
    const programs = join(place.home, 'programs');
    await mkdir(programs);
    const wrapper = `#!/bin/sh\nexec ${process.execPath} --disable-warning=ExperimentalWarning ${ROOT}/bin/letopis.js "$@"\n`;
    await writeFile(join(programs, 'letopis'), wrapper);
    await chmod(join(programs, 'letopis'), 0o700);
    const env = { PATH: [programs, process.env.PATH].join(delimiter), HOME: place.home };
    const backups = join(place.home, 'backups');
    await mkdir(backups);
    // The cluster continues to run meanwhile.
    await run('bash', [join(ROOT, 'scripts/cluster-backup'), backups], { env: { ...env, ...before } });
    await server.stop('SIGTERM');
    const files = (await readdir(backups)).sort();
    expect(files).toEqual([
      expect.stringMatching(/^letopis-\d{8}T\d{6}Z\.tar\.gz$/),
      expect.stringMatching(/^letopis-\d{8}T\d{6}Z\.verified\.json$/),
    ]);
    const verified = Verified.parse(JSON.parse(await readFile(join(backups, files[1] ?? ''), 'utf8')));
    expect(verified.found).toBe(0);

    const after = settingsOf(second, 'after');
    await run('bash', [join(ROOT, 'scripts/cluster-restore'), join(backups, files[0] ?? '')], {
      env: { ...env, ...after },
    });
    const restored = await place.serve(after);
    expect(await apiAt(restored.address).read(Plans, '{ plans { nodes { id title } } }')).toEqual({ plans });
    expect(await letopis(['log', 'accept', '--reason', 'восстановлено'], after)).toMatchObject({ code: 0 });
    await textAt(`${restored.address}/checkpoint`);
    const { code, stdout } = await letopis(['verify', '--json'], { ...after, XDG_STATE_HOME: join(place.home, 'new') });
    expect({ code, ...Verified.parse(JSON.parse(stdout)) }).toMatchObject({ code: 0, found: 0 });
    expect(await letopis(['verify', '--json'], after)).toMatchObject({ code: 0 });
  }, 240_000);
});
