import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { newKey } from '../support/access.js';
import { apiAt } from '../support/api.js';
import { keyOf } from '../support/keys.js';
import { randomFrom } from '../support/load.js';
import { type ServerProcess, serveProcess } from '../support/process.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { removeDirectory, sampleOf, temporaryDirectory } from '../support/server.js';

const ROUNDS = Number(process.env.LETOPIS_KILLS ?? 3);
const COMMANDS = 12;

let directory: string;
let server: ServerProcess;
let receiver: Receiver;

beforeEach(async () => {
  directory = await temporaryDirectory();
  const random = randomFrom(20_201_001);
  // One call in ten fails, so that some deliveries wait for a repeat while the server is killed.
  receiver = await startReceiver(() => (random() < 0.1 ? 503 : 200));
});
afterEach(async () => {
  await server.stop('SIGKILL');
  await receiver.close();
  await removeDirectory(directory);
});

const Event = z.object({ data: z.object({ entryId: z.string(), eventType: z.string() }) });

it(
  `a webhook is told every change at least once and in order, though the server is killed ${ROUNDS} times`,
  async () => {
    const settings = {
      LETOPIS_DATA: directory,
      LETOPIS_BOOTSTRAP_KEY: keyOf('administrator'),
      LETOPIS_WEBHOOK_INTERNAL: '127.0.0.1',
      LETOPIS_CLOCK: '2020-10-01T09:00:00Z',
    };
    server = await serveProcess(settings);
    let api = apiAt(server.address);
    const { id: accessId } = await newKey(api);
    const input = { accessId, url: receiver.url, eventTypes: ['ActivityCompleted', 'CompletionWithdrawn'] };
    await api.data('mutation($input: AddWebhookInput!) { addWebhook(input: $input) { userErrors { code } } }', {
      variables: { input },
    });
    const activityId = (await sampleOf(api)).activity(3);
    const expected: string[] = [];
    for (let turn = 0; turn < ROUNDS * COMMANDS; turn += 1) {
      const { entries } = await (turn % 2 === 0
        ? api.done('completeActivity', { activityId, actualOn: '2020-09-28' })
        : api.done('withdrawCompletion', { activityId, reason: 'Проба' }));
      expected.push(...entries.map(({ id }) => id));
      if (turn % COMMANDS !== COMMANDS - 1) continue;
      await server.stop('SIGKILL');
      server = await serveProcess(settings);
      api = apiAt(server.address);
    }
    const told = () => [...new Set(receiver.taken.map(({ body }) => Event.parse(JSON.parse(body)).data.entryId))];
    while (told().length < expected.length) await receiver.took(receiver.taken.length + 1);
    expect(told()).toEqual(expected);
  },
  60_000 + ROUNDS * 30_000,
);
