import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { EventStoreDBClient } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type StandIn, startStandIn } from '../support/kurrentdb/server.js';
import {
  removeDirectory,
  type Sample,
  sampleOf,
  startServer,
  type TestServer,
  temporaryDirectory,
} from '../support/server.js';

let directory: string;
let standIn: StandIn;
let client: EventStoreDBClient;
let server: TestServer;
let sample: Sample;
const namespace = `h${randomBytes(6).toString('hex')}`;

const started = () =>
  startServer({ directory, settings: { LETOPIS_EVENT_STORE: standIn.url, LETOPIS_NAMESPACE: namespace } });

beforeAll(async () => {
  directory = await temporaryDirectory();
  standIn = await startStandIn();
  client = EventStoreDBClient.connectionString(standIn.url);
  server = await started();
  sample = await sampleOf(server);
}, 120_000);
afterAll(async () => {
  await server?.close();
  await client?.dispose();
  await standIn?.close();
  await removeDirectory(directory);
}, 60_000);

const complete = (number: number) =>
  server.done('completeActivity', { activityId: sample.activity(number), actualOn: '2020-09-30' });

async function health(path: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(`${server.address}/health/${path}`);
  return { status: response.status, body: await response.json() };
}

/** Resolves once an address of health answers as expected. */
async function healthy(path: string, isExpected: (body: string) => boolean): Promise<void> {
  while (!isExpected(JSON.stringify((await health(path)).body))) await nextTurn();
}

const streamOfPlan = () => `${namespace}.plan-${sample.planId.replace('plan_', '')}`;
const TOTAL = { plans: { totalCount: 1 } };

describe('a command on KurrentDB', () => {
  it('costs one call', async () => {
    // The first append records its kind of event, and checks the meaning of positions in responses of the server.
    await complete(3);
    await standIn.calls();
    await complete(8);
    expect(await standIn.calls()).toMatchObject({ append: 1, readStream: 0 });
  });
});

describe('the signed log of a chronicle on KurrentDB with files', () => {
  it('is served, proves each event of a command at once, and is the same after a restart', async () => {
    const Receipts = z.object({
      completeActivity: z.object({ receipts: z.array(z.object({ index: z.number() })).length(1) }),
    });
    const mutation = `mutation { completeActivity(input: { activityId: "${sample.activity(2)}", actualOn: "2020-09-30", receipt: true }) { receipts { index } } }`;
    await server.read(Receipts, mutation);
    const checkpoint = async () => (await fetch(`${server.address}/checkpoint`)).text();
    const before = (await checkpoint()).split('\n').slice(0, 3);
    expect(Number(before[1])).toBeGreaterThan(20);
    await server.close();
    server = await started();
    expect((await checkpoint()).split('\n').slice(0, 3)).toEqual(before);
  }, 60_000);
});

describe('a plan whose stream was deleted on the server', () => {
  const refused = {
    errors: [
      {
        message: expect.stringMatching(/The record of plan-.* is damaged.*brings the record back on the event store/),
        extensions: { code: 'UNAVAILABLE', problem: 'CHRONICLE_DAMAGED' },
      },
    ],
  };
  const command = () =>
    server.query(
      `mutation { completeActivity(input: { activityId: "${sample.activity(5)}", actualOn: "2020-09-30" }) { position } }`,
    );

  it('is named, refuses commands, and stays on its pages, also after a restart', async () => {
    await client.deleteStream(streamOfPlan());
    await healthy('ready', (body) => body.includes('CHRONICLE_DAMAGED'));
    for (const when of ['while it runs', 'after a restart']) {
      expect({ when, ...(await command()) }).toMatchObject({ when, ...refused });
      expect(await health('ready')).toEqual({
        status: 200,
        body: { status: 'ready', damage: { code: 'CHRONICLE_DAMAGED', writing: 'PARTLY_CLOSED' } },
      });
      expect(await server.data('{ plans { totalCount } system { writing damagedPlans } }')).toEqual({
        ...TOTAL,
        system: { writing: 'PARTLY_CLOSED', damagedPlans: [sample.planId] },
      });
      await server.close();
      server = await started();
    }
  }, 120_000);

  it('goes on as if nothing had been when the deletion is undone', async () => {
    await client.setStreamMetadata(streamOfPlan(), {});
    await healthy('ready', (body) => !body.includes('CHRONICLE_DAMAGED'));
    expect((await complete(5)).entries).toHaveLength(1);
  }, 60_000);
});

describe('a server whose event store is away', () => {
  const System = z.object({ system: z.object({ head: z.string(), lag: z.number() }) });
  const Extensions = z.object({ extensions: z.unknown().optional() });

  it('says since when, answers from what it knows, and recovers by itself', async () => {
    const { position } = await complete(6);
    expect(await health('commands')).toEqual({ status: 200, body: { status: 'ready' } });
    await server.data(`query { plans(atLeast: "${position}") { totalCount } }`);
    await standIn.kill();
    await healthy('commands', (body) => body.includes('EVENT_STORE_AWAY'));
    const away = { code: 'EVENT_STORE_AWAY', since: expect.stringMatching(/^20\d\d-/) };
    expect(await health('ready')).toEqual({ status: 200, body: { status: 'ready', commands: away } });
    expect(await health('commands')).toEqual({
      status: 503,
      body: { status: 'the event store does not answer', commands: away },
    });
    const { text } = await server.query('{ plans { totalCount } }');
    expect(JSON.parse(text)).toMatchObject({ data: TOTAL });
    expect(Extensions.parse(JSON.parse(text)).extensions).toEqual({
      stale: [{ code: 'EVENT_STORE_AWAY', staleSince: away.since }],
    });
    // A position that the read models have passed needs no event store.
    const variables = { at: position };
    expect(await server.data('query($at: Position) { plans(atLeast: $at) { totalCount } }', { variables })).toEqual(
      TOTAL,
    );
    expect(await server.read(System, '{ system { head lag } }')).toMatchObject({ system: { lag: 0 } });
    await standIn.restart();
    await healthy('commands', (body) => !body.includes('EVENT_STORE_AWAY'));
    await server.done('withdrawCompletion', { activityId: sample.activity(8), reason: 'Ошибка' });
    expect(
      Extensions.parse(JSON.parse((await server.query('{ plans { totalCount } }')).text)).extensions,
    ).toBeUndefined();
  }, 120_000);
});
