import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { importDocument } from '../../src/app/operations/import.js';
import { caughtUp, pauseReadModels } from '../support/waiting.js';
import { startWatchedServer, type WatchedServer } from '../support/watched.js';

const DOCUMENT = [
  'План работы совета на 2020-2021 учебный год',
  '№\tМероприятие\tСрок\tОтветственный',
  '1\tСовет классных руководителей\t15 октября 2020\tМетодист',
].join('\n');

let server: WatchedServer;
beforeAll(async () => {
  server = await startWatchedServer();
});
afterAll(() => server.close());

it('an import ends when the read models show the plan, so that the next command of a script finds it', async () => {
  const { runner } = server.letopis.services;
  await caughtUp(server.letopis.services);
  const goOn = pauseReadModels(runner);
  const { waitFor } = runner;
  const waitsForPlan = new Promise<void>((resolve) => {
    runner.waitFor = (position, timeout) => {
      // The head before the import has been reached already.
      if (position > runner.position) resolve();
      return waitFor.call(runner, position, timeout);
    };
  });
  const imported = importDocument
    .run(server.letopis, {
      fileName: 'план.txt',
      content: Buffer.from(DOCUMENT).toString('base64'),
      abandon: false,
      organisation: null,
      columns: null,
      allowSecond: false,
    })
    .next();
  let hasEnded = false;
  void imported.then(() => {
    hasEnded = true;
  });
  await waitsForPlan;
  expect(hasEnded).toBe(false);
  await goOn();
  const { value } = await imported;
  if (!value) throw new Error('the import has no result');
  expect(await server.data(`{ plan(id: "${value.planId}") { activities { totalCount } } }`)).toEqual({
    plan: { activities: { totalCount: 1 } },
  });
});
