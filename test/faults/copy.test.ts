import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { apiAt } from '../support/api.js';
import { keyOf } from '../support/keys.js';
import { planIds } from '../support/load.js';
import { type ServerProcess, serveProcess } from '../support/process.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';
import { importCopies } from '../support/watched.js';

const CLIENT = fileURLToPath(new URL('../../examples/integrator/copy.mjs', import.meta.url));
const ROUNDS = Number(process.env.LETOPIS_KILLS ?? 3);

let directory: string;
let server: ServerProcess;
let client: ChildProcess | undefined;

beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(async () => {
  client?.kill('SIGKILL');
  await server.stop('SIGKILL');
  await removeDirectory(directory);
});

async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return String(typeof address === 'object' && address ? address.port : 0);
}

const Copy = z.object({ position: z.string(), plans: z.record(z.string(), z.unknown()) });
const copyFile = () => join(directory, 'copy.json');

/** The plans of the copy once they are as they should be, or as they are when they have not become so in time. */
async function copiedOnce(wanted: unknown): Promise<unknown> {
  for (const start = performance.now(); ; await pause(50)) {
    const copy = Copy.safeParse(JSON.parse(await readFile(copyFile(), 'utf8').catch(() => 'null')));
    const plans = copy.data?.plans;
    if (isDeepStrictEqual(plans, wanted) || performance.now() - start > 30_000) return plans;
  }
}

it(
  `a client that keeps a copy has the whole of it, though server and client are killed ${ROUNDS} times each`,
  async () => {
    const settings = {
      LETOPIS_DATA: join(directory, 'data'),
      LETOPIS_PORT: await freePort(),
      LETOPIS_CLOCK: '2020-10-01T09:00:00Z',
      LETOPIS_BOOTSTRAP_KEY: keyOf('administrator'),
    };
    const startClient = (address: string) => {
      const env = { ...process.env, LETOPIS_KEY: keyOf('administrator') };
      client = spawn(process.execPath, [CLIENT, address, copyFile()], { env, stdio: 'ignore' });
    };
    server = await serveProcess(settings);
    await importCopies(apiAt(server.address), 2);
    startClient(server.address);
    for (let round = 0; round < ROUNDS; round += 1) {
      const api = apiAt(server.address);
      const plans = await planIds(api);
      for (const [index, planId] of plans.entries()) {
        const activityId = `${planId.replace('plan', 'activity')}.a${round + 3}`;
        await api.command('completeActivity', { activityId, actualOn: '2020-09-30' });
        await api.command('changePlanDetails', { planId, title: `План ${index}, изменение ${round}` });
        // In the middle of what the client reads, wherever that is.
        if (index === 1) client?.kill('SIGKILL');
      }
      await server.stop('SIGKILL');
      startClient(server.address);
      server = await serveProcess(settings);
    }
    const response = await fetch(`${server.address}/plans.jsonl`, {
      headers: { authorization: `Bearer ${keyOf('administrator')}` },
    });
    const lines = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const plans = lines.slice(1, -1);
    expect(plans.length).toBe(3);
    const wanted = Object.fromEntries(plans.map((plan) => [plan.id, plan]));
    expect(await copiedOnce(wanted)).toEqual(wanted);
    expect(JSON.stringify(plans)).toContain(`изменение ${ROUNDS - 1}`);
  },
  60_000 + ROUNDS * 20_000,
);
