import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebhookClient } from '../../src/webhooks/call.js';
import { EmbeddedAddresses } from '../../src/webhooks/embedded.js';
import { type Receiver, startReceiver } from '../support/receiver.js';

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver((_, { body }) => Number(body));
});
afterAll(() => receiver.close());

const allowed = new WebhookClient(['127.0.0.1/32']);

describe('a call', () => {
  it('is delivered by a status from 200 to 299', async () => {
    expect(await allowed.post(receiver.url, {}, '204')).toEqual({ kind: 'delivered', status: 204 });
  });

  it.each([
    ['410', { kind: 'failed', status: 410, error: 'HTTP 410: no' }],
    ['500', { kind: 'failed', status: 500, error: 'HTTP 500: no' }],
    ['302', { kind: 'failed', status: 302, error: 'HTTP 302: no' }],
  ])('that is answered by %s has failed, and nothing is followed', async (body, called) => {
    const before = receiver.calls.length;
    expect(await allowed.post(receiver.url, {}, body)).toEqual(called);
    expect(receiver.calls.length).toBe(before + 1);
  });

  it.each([
    'http://127.0.0.1:4000/',
    'https://127.0.0.1:4000/',
    'https://localhost:4000/',
    'https://[::1]:4000/',
    'https://10.0.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://0.0.0.0:4000/',
    'https://2130706433/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::127.0.0.1]/',
    'https://[::a00:1]/',
    'https://[64:ff9b::10.0.0.1]/',
    'https://[64:ff9b:1::7f00:1]/',
    'https://[::ffff:0:127.0.0.1]/',
    'https://[2002:7f00:1::]/',
    'https://[2001:0:7f00:1::]/',
    'https://[fec0::1]/',
    'https://[fd00::1]/',
  ])('to %s goes nowhere unless that is allowed', async (url) => {
    const called = await new WebhookClient([]).post(url, {}, '204');
    expect(called).toMatchObject({
      kind: 'failed',
      status: null,
      error: expect.stringMatching(/not allowed|http:\/\/ is for/),
    });
  });

  it('to an address that holds another is for whom that address is named', () => {
    expect(new EmbeddedAddresses([]).refusal('2001:db8::1', '::127.0.0.1')?.message).toContain('::127.0.0.1');
    expect(
      new EmbeddedAddresses(['64:ff9b::/96']).refusal('64:ff9b::a00:1', '10.0.0.1', '2a00:1450::1'),
    ).toBeUndefined();
  });

  it('that is not encrypted goes to allowed addresses alone', async () => {
    expect(await allowed.post('http://203.0.113.7/', {}, '204')).toMatchObject({
      kind: 'failed',
      error: expect.stringMatching(/not allowed/),
    });
    expect(new WebhookClient([]).mayCall('http://portal.example/')).toBe(false);
    expect(new WebhookClient([]).mayCall('https://portal.example/')).toBe(true);
  });
});
