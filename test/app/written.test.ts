import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OPERATIONS } from '../../src/app/operations/table.js';
import { registered } from '../support/organisations.js';
import { caughtUp, pauseReadModels } from '../support/waiting.js';
import { startWatchedServer, type WatchedServer } from '../support/watched.js';

let server: WatchedServer;
let organisation: string;
let planId: string;

const CELL = 'Архив';
const WORDING = 'август - сентябрь';

/** A plan with one activity, in base64. */
const documentOf = (title: string, time = '15 октября 2020') =>
  Buffer.from(
    [
      `План работы ${title} на 2020-2021 учебный год`,
      '№\tМероприятие\tСрок\tОтветственный',
      `1\tСовет\t${time}\tИванова И. И.`,
    ].join('\n'),
  ).toString('base64');

const file = (title: string) => ({ fileName: `${title}.txt`, content: documentOf(title), columns: null });

/** An input for each operation that appends events which read models contain. `null`: it appends no such event. */
const INPUTS: Readonly<Record<string, (() => unknown) | null>> = {
  import: () => ({ ...file('совета'), abandon: false, organisation: null, allowSecond: false }),
  'import-from-folder': () => ({ ...file('кабинета'), organisation, names: [], dryRun: false }),
  revise: () => ({
    ...{ planId, fileName: 'план.txt', content: documentOf('отдела', '16 октября 2020'), columns: null },
    ...{ dryRun: false, language: 'ru' },
  }),
  'own wordings': () => ({ organisationId: organisation, withdraw: WORDING }),
  'own party cells': () => ({ organisationId: organisation, withdraw: CELL }),
  access: () => ({
    ...{ do: 'issue', name: 'Петрова П. П.', role: 'auditor', post: null, organisation: null },
    ...{ organisationIds: null, expiresAt: null, identity: null },
  }),
  forget: () => ({
    person: 'Иванова И. И.',
    forget: { ground: 'DEMAND_OF_PERSON', reason: 'Заявление', requestedOn: null, despiteRetention: true },
  }),
  export: null,
  exportProof: null,
  'list plans': null,
  'find plan': null,
  audit: null,
  'compare wordings': null,
  'organisation readings': null,
  listAccess: null,
  'bootstrap key': null,
  signIn: null,
  rebuild: null,
  'rebuild log': null,
  listQuarantined: null,
  retryQuarantined: null,
  dropOlderModels: null,
  // An event of the log is in no read model.
  'log accept': null,
  status: null,
  'verify projections': null,
};

beforeAll(async () => {
  server = await startWatchedServer();
  organisation = await registered(server, { name: 'СОШ № 3' });
  planId = (await server.done('importPlan', { fileName: 'план.txt', content: documentOf('отдела') })).plan.id;
  const period = { start: '2020-09-01', end: '2021-08-31' };
  const head = { title: 'План', ownerUnit: 'Кабинет', organisationId: organisation, period };
  const { plan } = await server.done('draftPlan', head);
  const local = (type: string, id: string) => `${plan.id.replace('plan', type)}.${id}`;
  await server.done('addSection', { planId: plan.id, title: 'Раздел' });
  const place = { sectionId: local('section', 's1'), title: 'Семинар', responsible: 'Кабинет' };
  await server.done('addActivity', { activity: { ...place, timeframe: { text: WORDING } } });
  const activityId = local('activity', 'a1');
  await server.done('resolveWording', { activityId, reading: 1 });
  await server.done('reassignActivity', { activityId, responsible: CELL, parties: [{ name: 'Районный архив' }] });
});
afterAll(() => server.close());

describe('an operation of the command line', () => {
  it('writes what read models show, or is known not to', () => {
    expect(Object.keys(INPUTS).toSorted()).toEqual(OPERATIONS.map(({ name }) => name).toSorted());
  });

  const writing = Object.entries(INPUTS).flatMap(([name, input]) => (input ? [{ name, input }] : []));
  it.each(writing)('that writes ends when the read models show it: $name', async ({ name, input }) => {
    const { runner } = server.letopis.services;
    await caughtUp(server.letopis.services);
    const resume = pauseReadModels(runner);
    const { waitFor } = runner;
    const waitsForItsEvents = new Promise<void>((resolve) => {
      runner.waitFor = (position, timeout) => {
        // The head before the operation has been reached already.
        if (position > runner.position) resolve();
        return waitFor.call(runner, position, timeout);
      };
    });
    const running = OPERATIONS.find((operation) => operation.name === name)?.runParsed(server.letopis, input());
    let hasEnded = false;
    const ended = running?.next().then(({ done }) => {
      hasEnded = done === true;
    });
    try {
      await Promise.race([waitsForItsEvents, ended]);
      expect({ hasEnded }).toEqual({ hasEnded: false });
    } finally {
      await resume();
    }
    await ended;
    expect(runner.position).toBe(await server.letopis.services.events.head());
    runner.waitFor = waitFor;
  });
});
