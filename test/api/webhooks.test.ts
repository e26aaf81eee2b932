import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CloudEvent, HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { newKey, onAccess } from '../support/access.js';
import { FIELD_PATH } from '../support/api.js';
import { registered } from '../support/organisations.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import {
  removeDirectory,
  type Sample,
  sampleOf,
  startServer,
  type TestServer,
  temporaryDirectory,
} from '../support/server.js';
import { importCopies } from '../support/watched.js';

let directory: string;
let server: TestServer;
let sample: Sample;
let receiver: Receiver;

const start = () => startServer({ directory, settings: { LETOPIS_WEBHOOK_INTERNAL: '127.0.0.1' } });

beforeAll(async () => {
  directory = await temporaryDirectory();
  server = await start();
  sample = await sampleOf(server);
});
afterAll(async () => {
  await server.close();
  await removeDirectory(directory);
});
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

const OUTCOME = z.object({
  webhook: z.object({ id: z.string(), url: z.string(), generation: z.number() }).nullable(),
  secret: z.string().nullable(),
  entries: z.array(z.object({ sentence: z.string() })),
  userErrors: z.array(z.object({ code: z.string(), field: FIELD_PATH })),
});

async function onWebhook(
  name: 'addWebhook' | 'rotateWebhook' | 'removeWebhook',
  input: Readonly<Record<string, unknown>>,
) {
  const type = { addWebhook: 'AddWebhookInput', rotateWebhook: 'RotateWebhookInput', removeWebhook: 'WebhookInput' }[
    name
  ];
  const document = `mutation($input: ${type}!) { outcome: ${name}(input: $input) {
    webhook { id url generation } secret entries { sentence } userErrors { code field } } }`;
  const { outcome } = await server.read(z.object({ outcome: OUTCOME }), document, { variables: { input } });
  return outcome;
}

/** Creates a webhook for a new key. Returns its id and its secret. */
async function added(
  url: string,
  access: Readonly<Record<string, unknown>> = {},
  more: Readonly<Record<string, unknown>> = {},
) {
  const { id: accessId } = await newKey(server, access);
  const { webhook, secret } = await onWebhook('addWebhook', { accessId, url, ...more });
  if (!webhook || secret === null) throw new Error('the webhook was refused');
  return { accessId, webhookId: webhook.id, secret };
}

const Event = z.object({
  id: z.string(),
  type: z.string(),
  subject: z.string().optional(),
  data: z.object({ eventType: z.string(), kind: z.string(), entryId: z.string(), planId: z.string().nullable() }),
});
const event = ({ body }: { readonly body: string }) => Event.parse(JSON.parse(body));

let turn = 0;
async function somethingHappens() {
  turn += 1;
  const activityId = sample.activity(3);
  const { entries } = await (turn % 2 === 1
    ? server.done('completeActivity', { activityId, actualOn: '2020-09-28' })
    : server.done('withdrawCompletion', { activityId, reason: 'Проба' }));
  return entries.at(-1)?.id;
}

describe('a webhook', () => {
  it('is told what changes from when it was added, signed, as CloudEvents, in order', async () => {
    await somethingHappens();
    const { webhookId, secret, accessId } = await added(receiver.url);
    const ids: unknown[] = [];
    for (let count = 0; count < 5; count += 1) ids.push(await somethingHappens());
    await receiver.took(5);
    const events = receiver.taken.map(event);
    expect(events.map(({ data }) => data.entryId).filter((id) => ids.includes(id))).toEqual(ids);
    expect(events.map(({ type }) => type)).toContain('org.letopis.ActivityCompleted');
    for (const { headers, body } of receiver.taken) {
      const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
      // These libraries are independent: Standard Webhooks, and CloudEvents, which validates what it reads.
      expect(new Webhook(secret).verify(body, sent)).toEqual(JSON.parse(body));
      const read = HTTP.toEvent({ headers: sent, body });
      expect(read instanceof CloudEvent && read.validate()).toBe(true);
      expect(headers['webhook-id']).toBe(event({ body }).id);
    }
    await onWebhook('removeWebhook', { webhookId, reason: 'Переезд' });
    const taken = receiver.taken.length;
    await somethingHappens();
    await server.data('{ viewer { name } }');
    expect(receiver.taken.length).toBe(taken);
    const shape = z.object({ accessHolder: z.object({ webhooks: z.array(z.unknown()) }) });
    const document = 'query($id: ID!) { accessHolder(id: $id) { webhooks { id } } }';
    expect((await server.read(shape, document, { variables: { id: accessId } })).accessHolder.webhooks).toEqual([]);
  });

  it('is told of some types alone, and of what its holder sees', async () => {
    const school = await registered(server, { name: 'Школа' });
    const { accessId } = await added(
      receiver.url,
      { organisationIds: [school] },
      { eventTypes: ['PlanAssigned', 'ActivityCompleted'] },
    );
    await importCopies(server, 1);
    await server.done('assignPlan', { planId: sample.planId, organisationId: school, reason: 'По уставу' });
    while (turn % 2 === 1) await somethingHappens();
    await somethingHappens();
    await receiver.took(2);
    expect(receiver.taken.map((each) => event(each).data.eventType)).toEqual(['PlanAssigned', 'ActivityCompleted']);
    await onAccess(server, 'revokeAccess', { accessId, reason: 'Больше не нужно' });
    await somethingHappens();
    await server.done('assignPlan', { planId: sample.planId, organisationId: null, reason: 'По уставу' });
    expect(receiver.calls.length).toBe(2);
  });

  it('is told again what it did not take, and a restart loses nothing', async () => {
    await receiver.close();
    let isAway = true;
    receiver = await startReceiver(() => (isAway ? 503 : 200));
    await added(receiver.url, {}, { eventTypes: ['ActivityCompleted', 'CompletionWithdrawn'] });
    const ids = [await somethingHappens(), await somethingHappens(), await somethingHappens()];
    await receiver.called(1);
    await server.close();
    server = await start();
    isAway = false;
    ids.push(await somethingHappens());
    await receiver.took(ids.length);
    const told = receiver.taken.map((each) => event(each).data.entryId);
    expect([...new Set(told)]).toEqual(ids);
  });

  it('gets a test, which is signed by the new secret and for a while by the one before', async () => {
    const { webhookId, secret } = await added(receiver.url);
    const rotated = await onWebhook('rotateWebhook', { webhookId });
    expect(rotated.webhook).toMatchObject({ generation: 2 });
    const document = `mutation($id: ID!) { outcome: testWebhook(input: { webhookId: $id }) { delivered status error } }`;
    const answer = await server.data(document, { variables: { id: webhookId } });
    expect(answer).toEqual({ outcome: { delivered: true, status: 204, error: null } });
    const test = receiver.taken.find(({ body }) => body.includes('org.letopis.WebhookTested'));
    if (!test) throw new Error('no test came');
    const headers = Object.fromEntries(Object.entries(test.headers).map(([name, value]) => [name, String(value)]));
    for (const each of [secret, rotated.secret ?? '']) {
      expect(new Webhook(each).verify(test.body, headers)).toMatchObject({ type: 'org.letopis.WebhookTested' });
    }
  });

  it('tells what is still to be sent and why it was not', async () => {
    await receiver.close();
    receiver = await startReceiver(() => 500);
    const { accessId, webhookId } = await added(
      receiver.url,
      {},
      { eventTypes: ['ActivityCompleted', 'CompletionWithdrawn'] },
    );
    const id = await somethingHappens();
    const shape = z.object({
      accessHolder: z.object({
        webhooks: z.array(z.object({ pending: z.number(), dead: z.number(), lastError: z.string().nullable() })),
      }),
      webhookDeliveries: z.object({
        nodes: z.array(z.object({ eventId: z.string(), attempts: z.number(), error: z.string().nullable() })),
      }),
    });
    const document = `query($access: ID!, $id: ID!) { accessHolder(id: $access) { webhooks { pending dead lastError } }
      webhookDeliveries(webhookId: $id, status: PENDING) { nodes { eventId attempts error } } }`;
    const look = () => server.read(shape, document, { variables: { access: accessId, id: webhookId } });
    let found = await look();
    while (found.webhookDeliveries.nodes[0]?.attempts !== 1) found = await look();
    expect(found).toEqual({
      accessHolder: { webhooks: [{ pending: 1, dead: 0, lastError: 'HTTP 500: no' }] },
      webhookDeliveries: { nodes: [{ eventId: id?.replace('entry_', ''), attempts: 1, error: 'HTTP 500: no' }] },
    });
    const replay =
      'mutation($id: ID!) { outcome: replayWebhook(input: { webhookId: $id }) { replayed userErrors { code } } }';
    expect(await server.data(replay, { variables: { id: webhookId } })).toEqual({
      outcome: { replayed: 0, userErrors: [] },
    });
  });

  it.each(['ftp://portal.example/', 'https://user:secret@portal.example/', 'https://portal.example/#hook', 'portal'])(
    'is not added for %s',
    async (url) => {
      const { id: accessId } = await newKey(server);
      const outcome = await onWebhook('addWebhook', { accessId, url });
      expect(outcome).toMatchObject({
        webhook: null,
        secret: null,
        userErrors: [{ code: 'WEBHOOK_URL_REFUSED', field: 'url' }],
      });
    },
  );

  it('is the one of its command, also where a repeat comes after another was added, which tells no secret', async () => {
    const { id: accessId } = await newKey(server);
    const input = { accessId, url: 'https://portal.example/a', commandId: 'webhook-1' };
    const first = await onWebhook('addWebhook', input);
    await onWebhook('addWebhook', { accessId, url: 'https://portal.example/b' });
    expect(await onWebhook('addWebhook', input)).toMatchObject({ webhook: { id: first.webhook?.id }, secret: null });
    expect(first.secret).toMatch(/^whsec_/);
  });

  it('that is not there is refused by every command on it', async () => {
    const { id } = await newKey(server);
    const webhookId = `${id.replace('access', 'webhook')}.0`;
    const codes = [
      (await onWebhook('rotateWebhook', { webhookId })).userErrors,
      (await onWebhook('removeWebhook', { webhookId, reason: 'x' })).userErrors,
    ];
    expect(codes.flat().map(({ code }) => code)).toEqual(['WEBHOOK_NOT_FOUND', 'WEBHOOK_NOT_FOUND']);
  });
});
