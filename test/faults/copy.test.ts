import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { apiAt } from '../support/api.js';
import { copiedOnce, plansAt, startCopying } from '../support/copies.js';
import { keyOf } from '../support/keys.js';
import { planIds } from '../support/load.js';
import { freePort } from '../support/ports.js';
import { type ServerProcess, serveProcess } from '../support/process.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';
import { importCopies } from '../support/watched.js';

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

it(
  `the client that keeps a copy has the whole of it, though server and client are killed ${ROUNDS} times each`,
  async () => {
    const key = keyOf('administrator');
    const copied = join(directory, 'copy');
    const settings = {
      LETOPIS_DATA: join(directory, 'data'),
      LETOPIS_PORT: String(await freePort()),
      LETOPIS_CLOCK: '2020-10-01T09:00:00Z',
      LETOPIS_BOOTSTRAP_KEY: key,
    };
    const startClient = (address: string) => {
      client = startCopying({ address, directory: copied, key });
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
        // The client is killed at an arbitrary point of its reading.
        if (index === 1) client?.kill('SIGKILL');
      }
      await server.stop('SIGKILL');
      startClient(server.address);
      server = await serveProcess(settings);
    }
    const wanted = await plansAt(server.address, key);
    expect(Object.keys(wanted).length).toBe(3);
    expect(await copiedOnce(copied, wanted)).toEqual(wanted);
    expect(JSON.stringify(wanted)).toContain(`изменение ${ROUNDS - 1}`);
  },
  60_000 + ROUNDS * 20_000,
);
