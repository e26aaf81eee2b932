import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { type ReceivedWebhook, verifyWebhook, WebhookError } from '../../clients/typescript/src/index.js';
import { newKey } from '../support/access.js';
import { CLIENT } from '../support/copies.js';
import { freePort } from '../support/ports.js';
import { sampleOf, startServer, type TestServer } from '../support/server.js';
import { until } from '../support/waiting.js';

const [OLD, NEW] = ['old', 'new'].map((text) => `whsec_${Buffer.from(text.repeat(10)).toString('base64')}`);
const BODY = '{"type":"org.letopis.ActivityCompleted","data":{"fields":["Отчёт"]}}';
const SECONDS = 1_600_000_000;

/** Returns a request that is signed by the library of Standard Webhooks, with these secrets. */
function signed(secrets: readonly (string | undefined)[], body = BODY) {
  const at = new Date(SECONDS * 1_000);
  return {
    body,
    headers: {
      'webhook-id': 'event-1',
      'webhook-timestamp': String(SECONDS),
      'webhook-signature': secrets.map((secret = '') => new Webhook(secret).sign('event-1', at, body)).join(' '),
    },
    now: SECONDS * 1_000,
  };
}

function problemOf(received: Omit<ReceivedWebhook, 'secrets'>, secrets: readonly (string | undefined)[]): unknown {
  try {
    return verifyWebhook({ ...received, secrets: secrets.flatMap((secret) => secret ?? []) });
  } catch (error) {
    return error instanceof WebhookError ? error.code : error;
  }
}

describe('verifyWebhook', () => {
  it('returns the event of a request that is signed by one of the secrets', () => {
    const event = JSON.parse(BODY);
    expect(problemOf(signed([OLD]), [OLD])).toEqual(event);
    expect(problemOf(signed([OLD]), [NEW, OLD])).toEqual(event);
    expect(problemOf(signed([NEW, OLD]), [OLD])).toEqual(event);
    const { body, headers, now } = signed([NEW]);
    expect(problemOf({ body: Buffer.from(body), headers: new Headers(headers), now }, [NEW])).toEqual(event);
    expect(
      problemOf({ body, now, headers: { ...headers, 'webhook-signature': [headers['webhook-signature']] } }, [NEW]),
    ).toEqual(event);
  });

  it.each<[string, (request: ReturnType<typeof signed>) => Omit<ReceivedWebhook, 'secrets'>, string]>([
    ['another body', (request) => ({ ...request, body: BODY.replace('Отчёт', 'отчёт') }), 'WRONG_SIGNATURE'],
    [
      'another id',
      ({ headers, ...rest }) => ({ ...rest, headers: { ...headers, 'webhook-id': 'event-2' } }),
      'WRONG_SIGNATURE',
    ],
    [
      'a signature that is cut',
      ({ headers, ...rest }) => ({ ...rest, headers: { ...headers, 'webhook-signature': 'v1,AAAA' } }),
      'WRONG_SIGNATURE',
    ],
    [
      'an empty signature',
      ({ headers, ...rest }) => ({ ...rest, headers: { ...headers, 'webhook-signature': 'v1,' } }),
      'WRONG_SIGNATURE',
    ],
    [
      'a signature of another version',
      ({ headers, ...rest }) => ({
        ...rest,
        headers: { ...headers, 'webhook-signature': headers['webhook-signature'].replace('v1', 'v2') },
      }),
      'WRONG_SIGNATURE',
    ],
    [
      'no signature',
      ({ headers: { 'webhook-signature': _, ...headers }, ...rest }) => ({ ...rest, headers }),
      'MISSING_HEADER',
    ],
    [
      'a time in words',
      ({ headers, ...rest }) => ({ ...rest, headers: { ...headers, 'webhook-timestamp': 'now' } }),
      'NOT_FRESH',
    ],
    ['an old time', (request) => ({ ...request, now: request.now + 301_000 }), 'NOT_FRESH'],
    ['a time to come', (request) => ({ ...request, now: request.now - 301_000 }), 'NOT_FRESH'],
    [
      'a time that is changed',
      ({ headers, ...rest }) => ({ ...rest, headers: { ...headers, 'webhook-timestamp': String(SECONDS + 1) } }),
      'WRONG_SIGNATURE',
    ],
  ])('refuses %s', (_, changed, problem) => {
    expect(problemOf(changed(signed([NEW])), [NEW])).toBe(problem);
  });

  it('refuses a request that is signed by another secret, and secrets that are none', () => {
    expect(problemOf(signed([OLD]), [NEW])).toBe('WRONG_SIGNATURE');
    expect(problemOf(signed([OLD]), [])).toBe('WRONG_SIGNATURE');
    for (const secret of ['', 'whsec_', 'secret']) expect(problemOf(signed([OLD]), [secret])).toBe('BAD_SECRET');
  });

  it('refuses a body that is signed but not JSON, and accepts the edges of the tolerance', () => {
    expect(problemOf(signed([NEW], 'no'), [NEW])).toBe('BAD_BODY');
    const request = signed([NEW]);
    expect(problemOf({ ...request, now: request.now + 300_000 }, [NEW])).toEqual(JSON.parse(BODY));
    expect(problemOf({ ...request, now: request.now + 2_000, toleranceSeconds: 1 }, [NEW])).toBe('NOT_FRESH');
  });
});

describe('the example that receives webhooks', () => {
  let server: TestServer | undefined;
  let receiver: ChildProcess | undefined;
  afterEach(async () => {
    receiver?.kill();
    await server?.close();
  });

  it('prints what a real server sends, by the old and by the new secret', async () => {
    server = await startServer({ settings: { LETOPIS_WEBHOOK_INTERNAL: '127.0.0.1' } });
    const sample = await sampleOf(server);
    const { id: accessId } = await newKey(server);
    const port = await freePort();
    const Added = z.object({
      outcome: z.object({ webhook: z.object({ id: z.string() }), secret: z.string() }),
    });
    const given = async (name: string, type: string, input: object) => {
      const document = `mutation($input: ${type}!) { outcome: ${name}(input: $input) { webhook { id } secret } }`;
      return (await server?.read(Added, document, { variables: { input } }))?.outcome;
    };
    const added = await given('addWebhook', 'AddWebhookInput', { accessId, url: `http://127.0.0.1:${port}/` });
    const env = { ...process.env, WEBHOOK_SECRETS: added?.secret ?? '' };
    receiver = spawn(process.execPath, ['examples/webhook.mjs', String(port)], {
      ...{ cwd: CLIENT, env, stdio: ['ignore', 'pipe', 'inherit'] },
    });
    if (!receiver.stdout) throw new Error('the output is not a pipe');
    const lines = createInterface({ input: receiver.stdout });
    const printed = async () => JSON.parse(String(await once(lines, 'line').then(([line]) => line)));

    const answers = () =>
      fetch(`http://127.0.0.1:${port}/`).then(
        ({ status }) => status,
        () => 0,
      );
    await until(async () => (await answers()) === 400, 50);

    const first = printed();
    await server.done('completeActivity', { activityId: sample.activity(3), actualOn: '2020-09-28' });
    expect(await first).toMatchObject({
      type: 'org.letopis.ActivityCompleted',
      data: { kind: 'ACTIVITY', activityIds: [sample.activity(3)] },
    });
    const rotated = printed();
    await given('rotateWebhook', 'RotateWebhookInput', { webhookId: added?.webhook.id });
    expect(await rotated).toMatchObject({ type: 'org.letopis.WebhookRotated', data: { kind: 'ACCESS' } });
    const second = printed();
    await server.done('withdrawCompletion', { activityId: sample.activity(3), reason: 'Ошибка' });
    // The receiver still has only the old secret.
    expect(await second).toMatchObject({ type: 'org.letopis.CompletionWithdrawn' });
  });
});
