import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { parseCheckpoint } from '../../src/engine/log/checkpoint.js';
import { isIncluded, leafHash } from '../../src/engine/log/merkle.js';
import { isInPart } from '../../src/engine/projections/parts.js';
import { COLLECTIONS } from '../../src/projections/readModels.js';
import { apiAt, type TestApi } from '../support/api.js';
import { compareReadModels, planIds } from '../support/load.js';
import { describeMongo } from '../support/mongodb/server.js';
import { letopis, type ServerProcess } from '../support/process.js';
import { importCopies } from '../support/watched.js';
import { type Cluster, startCluster } from './cluster.js';

const TITLES = z.object({ plans: z.object({ nodes: z.array(z.object({ title: z.string() })) }) });
const CHANGES = z.object({
  changes: z.object({
    changes: z.array(z.object({ eventType: z.string(), position: z.string() })),
    position: z.string(),
    hasMore: z.boolean(),
  }),
});

const PROOF_FIELDS = 'checkpoint index entry hashes';
const RECEIPTS = `receipts { ${PROOF_FIELDS} }`;
const INCLUSION = z.object({
  checkpoint: z.string(),
  index: z.number(),
  entry: z.string(),
  hashes: z.array(z.string()),
});
const PROOF = z.object({ proof: INCLUSION });
const RECEIPT = z.object({
  changePlanDetails: z.object({
    position: z.string(),
    entries: z.tuple([z.object({ id: z.string() })]),
    receipts: z.tuple([INCLUSION]),
  }),
});

let cluster: Cluster;

async function titlesAt(api: TestApi, at: string): Promise<string[]> {
  const { plans } = await api.read(TITLES, 'query($at: Position) { plans(atLeast: $at) { nodes { title } } }', {
    variables: { at },
  });
  return plans.nodes.map(({ title }) => title);
}

/** Waits until an external condition holds. */
async function eventually(what: string, condition: () => Promise<boolean>, milliseconds = 20_000): Promise<number> {
  const start = performance.now();
  while (!(await condition())) {
    if (performance.now() - start > milliseconds) throw new Error(`${what}: not in ${milliseconds} ms`);
    await pause(50);
  }
  return performance.now() - start;
}

async function readiness(server: ServerProcess): Promise<{ status: number; text: string }> {
  const response = await fetch(`${server.address}/health/ready`);
  return { status: response.status, text: await response.text() };
}

/** Returns true if the read models pass an event that is written now. */
async function projects(api: TestApi, planId: string): Promise<boolean> {
  const title = `План ${randomUUID()}`;
  const { position } = await api.done('changePlanDetails', { planId, title });
  const answer = await api.query('query($at: Position) { plans(atLeast: $at) { nodes { title } } }', {
    variables: { at: position },
  });
  return answer.errors.length === 0 && answer.text.includes(title);
}

/** Returns true if an event that is written now is in the signed log at once. */
async function signs(api: TestApi, planId: string): Promise<boolean> {
  const document = `mutation($input: ChangePlanDetailsInput!) { changePlanDetails(input: $input) { ${RECEIPTS} } }`;
  const input = { planId, title: `План ${randomUUID()}`, receipt: true };
  return (await api.query(document, { variables: { input } })).text.includes('"checkpoint":"letopis/');
}

const differing = () =>
  cluster.withStores((events, store) =>
    compareReadModels(events, store, join(cluster.directory, `${randomUUID()}.db`)),
  );

describeMongo('api processes beside one that keeps the read models', () => {
  let a: TestApi;
  let b: TestApi;
  let addresses: readonly string[];
  beforeAll(async () => {
    cluster = await startCluster();
    const [one, two] = await Promise.all([
      cluster.serve('api'),
      cluster.serve('api'),
      cluster.serve('projections,deadlines'),
    ]);
    addresses = [one.address, two.address];
    [a, b] = [apiAt(one.address), apiAt(two.address)];
    await importCopies(a, 2);
  }, 60_000);
  afterAll(() => cluster?.close());

  it('use the engines they were given', async () => {
    const shape = z.object({ system: z.object({ eventStore: z.string(), readStore: z.string() }) });
    expect(await a.read(shape, '{ system { eventStore readStore } }')).toEqual({
      system: { eventStore: 'kurrentdb', readStore: 'mongodb' },
    });
  });

  it('answer at one what was done at the other, with names of persons that the other has sealed', async () => {
    const [planId] = await planIds(a);
    const title = 'План Ивана Петровича Незнакомцева';
    const person = 'Пелагея Никифоровна Безымянная';
    const done = await b.done('changePlanDetails', {
      planId,
      title,
      signatures: undefined,
    });
    expect(await titlesAt(a, done.position)).toContain(title);
    // The holder of the key at the other process has a name that this process has never sealed.
    const added = await letopis(['keys', 'add', '--name', person, '--role', 'methodologist'], cluster.settings());
    const key = added.stdout.trim();
    const mutation = `mutation { changePlanDetails(input: { planId: "${planId}", title: "Другое" }) { position } }`;
    const ask = () => b.post(JSON.stringify({ query: mutation }), { authorization: `Bearer ${key}` });
    let response = await ask();
    // A key that another process has issued is known here after a short time. Until then nothing is done with it.
    for (const start = performance.now(); response.status === 401 && performance.now() - start < 10_000; ) {
      await pause(50);
      response = await ask();
    }
    const { changePlanDetails } = z
      .object({ changePlanDetails: z.object({ position: z.string() }) })
      .parse(response.data);
    const trail = await a.data(
      'query($at: Position) { auditTrail(last: 1, atLeast: $at) { nodes { actor { name } } } }',
      {
        variables: { at: changePlanDetails.position },
      },
    );
    expect(trail).toEqual({ auditTrail: { nodes: [{ actor: { name: person } }] } });
  });

  it('forget a person for one another: who has just read the name reads it no more', async () => {
    const stamped = async (api: TestApi) => (await api.query('{ plans { nodes { stamps { person } } } }')).text;
    expect([await stamped(a), await stamped(b)]).toEqual(Array(2).fill(expect.stringContaining('Филатова')));
    const input = { name: 'Е.Н. Филатова', ground: 'UNLAWFUL', reason: 'Предписание', despiteRetention: true };
    const forget =
      'mutation($input: ForgetPersonInput!) { forgetPerson(input: $input) { userErrors { code } position } }';
    expect(await b.data(forget, { variables: { input } })).toMatchObject({ forgetPerson: { userErrors: [] } });
    expect(await stamped(b)).not.toContain('Филатова');
    await eventually('the other process reads it no more', async () => !(await stamped(a)).includes('Филатова'), 5_000);
    expect(await stamped(a)).toContain('удалено');
  });

  it('have one signed log over all that is done at any of them', async () => {
    const [planId] = await planIds(a);
    const document = `mutation($input: ChangePlanDetailsInput!) { changePlanDetails(input: $input) { position entries { id } ${RECEIPTS} } }`;
    const input = { planId, title: `С квитанцией ${randomUUID()}`, receipt: true };
    const start = performance.now();
    const { changePlanDetails } = await a.read(RECEIPT, document, { variables: { input } });
    expect(performance.now() - start).toBeLessThan(5_000);
    const [receipt] = changePlanDetails.receipts;
    // The log may be signed before the read models of the other process have reached this position.
    await titlesAt(b, changePlanDetails.position);
    const { proof } = await b.read(PROOF, `query($id: ID!) { proof(entryId: $id) { ${PROOF_FIELDS} } }`, {
      variables: { id: changePlanDetails.entries[0].id },
    });
    for (const { checkpoint, index, entry, hashes } of [receipt, proof]) {
      const { size, root } = parseCheckpoint(checkpoint);
      const path = hashes.map((text) => Buffer.from(text, 'base64'));
      expect(isIncluded(leafHash(entry), index, size, path, root)).toBe(true);
      expect(entry).toContain('С квитанцией');
    }
    const key = z.object({ system: z.object({ logKey: z.string() }) });
    const { system } = await b.read(key, '{ system { logKey } }');
    const verified = await letopis(['verify', '--url', addresses[1] ?? '', '--key', system.logKey], {
      ...cluster.settings(),
      XDG_STATE_HOME: cluster.directory,
    });
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining('Проверено') });
    // The rebuilt log is the same: the signed part is still the beginning of what is signed now.
    expect((await letopis(['rebuild', '--log'], cluster.settings())).code).toBe(0);
    const again = await a.read(RECEIPT, document, { variables: { input: { ...input, title: `Ещё ${randomUUID()}` } } });
    expect(parseCheckpoint(again.changePlanDetails.receipts[0].checkpoint).size).toBeGreaterThan(
      parseCheckpoint(receipt.checkpoint).size,
    );
    const once = await letopis(['verify', '--url', addresses[1] ?? ''], {
      ...cluster.settings(),
      XDG_STATE_HOME: cluster.directory,
    });
    expect(once).toMatchObject({ code: 0, stdout: expect.stringContaining('Проверено') });
    const files = await letopis(['verify'], cluster.settings());
    expect(files).toMatchObject({ code: 0, stdout: expect.stringContaining('Проверено') });
  });

  it('tell a subscriber at one what is done at both, once and in order', async () => {
    const [planId] = await planIds(a);
    const subscribed = a.subscribe('subscription { changes { position } }');
    // The subscription has begun when it delivers a later change.
    const seen: string[] = [];
    const told = z.object({ data: z.object({ changes: z.object({ position: z.string() }) }) });
    const wanted: string[] = [];
    const following = (async () => {
      for (let next = await subscribed.next(); next !== undefined; next = await subscribed.next()) {
        seen.push(told.parse(next).data.changes.position);
      }
    })();
    await eventually('the subscription begins', async () => {
      await a.done('changePlanDetails', { planId, title: `Начало ${randomUUID()}` });
      await pause(200);
      return seen.length > 0;
    });
    const before = seen.length;
    for (let turn = 0; turn < 10; turn += 1) {
      const api = turn % 2 === 0 ? b : a;
      const { position } = await api.done('changePlanDetails', { planId, title: `Правка ${turn} ${randomUUID()}` });
      wanted.push(position);
    }
    await eventually('all of it is told', async () => seen.at(-1) === wanted.at(-1));
    await subscribed.close();
    await following;
    expect(seen.slice(-10)).toEqual(wanted);
    expect(new Set(seen).size).toBe(seen.length);
    expect(before).toBeGreaterThan(0);
  });

  it('give the same change feed', async () => {
    const feed = async (api: TestApi) => {
      const { changes } = await api.read(
        CHANGES,
        '{ changes(first: 200) { changes { eventType position } position hasMore } }',
      );
      return changes.changes;
    };
    const position = (await feed(a)).at(-1)?.position;
    expect(position).toBeDefined();
    await titlesAt(b, position ?? '');
    expect(await feed(b)).toEqual(await feed(a));
  });

  it('has the commands of the cluster, and refuses those that work on files alone', async () => {
    const settings = cluster.settings();
    const status = await letopis(['status', '--json'], settings);
    expect(JSON.parse(status.stdout)).toMatchObject({ running: false, readModels: expect.any(Array) });
    expect(JSON.parse(status.stdout).readModels).toHaveLength(COLLECTIONS.length);
    const events = await letopis(['events', '--limit', '3'], settings);
    const lines = events.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ revision }) => revision)).toEqual([0, 1, 2]);
    const rest = await letopis(['events', '--after', lines[1].position, '--limit', '1'], settings);
    expect(JSON.parse(rest.stdout)).toEqual(lines[2]);
    const backup = await letopis(['backup', join(cluster.directory, 'b.tar.gz')], settings);
    expect(backup).toMatchObject({ code: 1, stderr: expect.stringContaining('letopis copy') });
  });

  it('rebuild beside the process that keeps the read models, while all answer', async () => {
    const settings = cluster.settings();
    const [planId] = await planIds(a);
    const where = await Promise.all(
      [1, 2, 3].map(async (number) =>
        letopis(['rebuild'], { ...settings, LETOPIS_DATA: join(cluster.directory, `process-${number}`) }),
      ),
    );
    const done = where.filter(({ code }) => code === 0);
    expect(done).toHaveLength(1);
    for (const { code, stderr } of where) if (code !== 0) expect(stderr).toContain('ведёт другой процесс');
    for (const api of [a, b]) expect(await projects(api, planId ?? '')).toBe(true);
    expect(await differing()).toMatchObject({ differing: 0 });
  });
});

describeMongo('keepers that divide the plans', () => {
  const PARTS = { LETOPIS_PARTS: '2' };
  let api: TestApi;
  let plans: readonly string[];
  let second: ServerProcess;
  const ofPart = (number: number) => plans.find((id) => isInPart({ number, of: 2 }, `plan-${id}`)) ?? '';
  beforeAll(async () => {
    cluster = await startCluster();
    const [server] = await Promise.all([
      cluster.serve('api', PARTS),
      cluster.serve('projections', { ...PARTS, LETOPIS_PART: '1' }),
    ]);
    second = await cluster.serve('projections', { ...PARTS, LETOPIS_PART: '2' });
    api = apiAt(server.address);
    plans = await planIds(api, await importCopies(api, 6));
  }, 60_000);
  afterAll(() => cluster?.close());

  it('each take the leases of their part, and together build what one would', async () => {
    expect(second.logged()).toContain('projection plans@');
    expect(second.logged()).not.toMatch(/"lease":"projection \w+@\d+ 1\/2"/);
    for (const planId of plans) expect(await projects(api, planId)).toBe(true);
    expect(await differing()).toMatchObject({ differing: 0 });
  });

  it('go on with their plans when another one is killed, and one without a part takes its place', async () => {
    await second.stop('SIGKILL');
    await api.done('changePlanDetails', { planId: ofPart(1), title: `План ${randomUUID()}` });
    const first = COLLECTIONS.map((spec) => ({ ...spec, part: { number: 1, of: 2 } }));
    await cluster.withStores(async (events, store) => {
      const [last] = await events.readStream(`plan-${ofPart(1)}`, { direction: 'backwards', limit: 1 });
      await eventually('the plan of the first part', async () =>
        (await store.standing(first)).every(({ position = '' }) => position >= (last?.position ?? '')),
      );
    });
    expect(await projects(api, ofPart(2))).toBe(false);
    const spare = await cluster.serve('projections', PARTS);
    await eventually('the takeover', () => projects(api, ofPart(2)));
    expect(spare.logged()).not.toMatch(/"lease":"projection \w+@\d+ 1\/2"/);
    for (const planId of plans) expect(await projects(api, planId)).toBe(true);
    expect(await differing()).toMatchObject({ differing: 0 });
  }, 90_000);
});

describeMongo('the process that keeps the read models', () => {
  let api: TestApi;
  let planId: string;
  beforeAll(async () => {
    cluster = await startCluster();
    api = apiAt((await cluster.serve('api')).address);
  }, 60_000);
  afterAll(() => cluster?.close());

  const TAKEOVERS = Number(process.env.LETOPIS_TAKEOVERS ?? 1);

  it(
    `is replaced within ten seconds when it is killed (${TAKEOVERS} times), and at once when it ends`,
    async () => {
      let keeper = await cluster.serve('projections,deadlines');
      planId = (await planIds(api, await importCopies(api, 1)))[0] ?? '';
      const times: number[] = [];
      for (let turn = 0; turn < TAKEOVERS; turn += 1) {
        const next = await cluster.serve('projections,deadlines');
        expect(await projects(api, planId)).toBe(true);
        await keeper.stop('SIGKILL');
        times.push(await eventually('the takeover', () => projects(api, planId)));
        await eventually('the log is signed again', () => signs(api, planId));
        keeper = next;
      }
      if (process.env.LETOPIS_TAKEOVERS) process.stdout.write(`takeovers, ms: ${times.map(Math.round).join(' ')}\n`);
      expect(Math.max(...times)).toBeLessThan(10_000);
      const next = await cluster.serve('projections,deadlines');
      const left = performance.now();
      await keeper.stop('SIGTERM');
      await eventually('the takeover', () => projects(api, planId));
      expect(performance.now() - left).toBeLessThan(5_000);
      await next.stop('SIGTERM');
    },
    60_000 + TAKEOVERS * 20_000,
  );

  it('can change nothing once it was replaced while it stood still', async () => {
    const former = await cluster.serve('projections,deadlines');
    expect(await eventually('it begins', () => projects(api, planId))).toBeGreaterThanOrEqual(0);
    const next = await cluster.serve('projections,deadlines');
    // In the middle of its work, if possible.
    const working = Promise.all(
      Array.from({ length: 20 }, (_, turn) =>
        api.done('changePlanDetails', { planId, title: `Под нагрузкой ${turn}` }),
      ),
    );
    await pause(30);
    former.signal('SIGSTOP');
    await working;
    await eventually('the takeover', () => projects(api, planId));
    const before = await standing();
    former.signal('SIGCONT');
    await eventually('it knows', async () => former.logged().includes('lost a lease'));
    for (let turn = 0; turn < 5; turn += 1) expect(await projects(api, planId)).toBe(true);
    const after = await standing();
    for (const [index, position] of before.entries()) expect((after[index] ?? '') >= position).toBe(true);
    expect(await differing()).toMatchObject({ differing: 0 });
    await former.stop('SIGKILL');
    await next.stop('SIGTERM');
  }, 60_000);

  it('stops before an event of a newer Letopis, is not ready, and goes no further', async () => {
    const keeper = await cluster.serve('projections,deadlines');
    await eventually('it begins', () => projects(api, planId));
    await cluster.withStores(async (events) => {
      const own = (await events.eventAt(await events.head()))?.stream ?? '';
      const [last] = await events.readStream(own, { direction: 'backwards', limit: 1 });
      await api.done('changePlanDetails', { planId, title: 'Последнее понятное' });
      const [now] = await events.readStream(own, { direction: 'backwards', limit: 1 });
      expect(now?.revision).toBeGreaterThan(last?.revision ?? 0);
      const newer = { id: randomUUID(), type: 'PlanFoldedIntoASwan', schemaVersion: 1, body: now?.body ?? '{}' };
      await events.append(own, now?.revision ?? 0, [newer]);
      await eventually('it is not ready', async () => (await readiness(keeper)).status === 503);
      expect((await readiness(keeper)).text).toContain('PlanFoldedIntoASwan');
      const standing_ = await standing();
      expect(new Set(standing_)).toEqual(new Set([now?.position]));
    });
  }, 60_000);

  async function standing(): Promise<string[]> {
    return cluster.withStores(async (_, store) =>
      (await store.standing(COLLECTIONS)).map(({ position }) => position ?? ''),
    );
  }
});
