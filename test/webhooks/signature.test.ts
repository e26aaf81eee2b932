import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { secretsAt, signedHeaders, webhookSecret } from '../../src/webhooks/signature.js';

const vault = { secretFor: (purpose: string) => Buffer.alloc(32, purpose.length) };
const webhook = {
  id: 'w',
  url: 'https://a.example/',
  eventTypes: null,
  generation: 2,
  previousUntil: '2020-10-02T09:00:00.000Z',
};
const BODY = '{"text":"план"}';

describe('a signature', () => {
  it('is that of the specification of Standard Webhooks', () => {
    // https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, the example of a
    // symmetric signature.
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const headers = signedHeaders([secret], 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, '{"test": 2432232314}');
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('is accepted by their own library, and not of another body, id or secret', () => {
    const secret = webhookSecret(vault, 'w', 1);
    const headers = signedHeaders([secret], 'm1', Math.floor(Date.now() / 1_000), BODY);
    expect(new Webhook(secret).verify(BODY, headers)).toEqual({ text: 'план' });
    expect(() => new Webhook(secret).verify(`${BODY} `, headers)).toThrow('No matching signature');
    expect(() => new Webhook(secret).verify(BODY, { ...headers, 'webhook-id': 'm2' })).toThrow('No matching signature');
    expect(() => new Webhook(webhookSecret(vault, 'w', 2)).verify(BODY, headers)).toThrow('No matching signature');
  });

  it('is by the secret before too while that holds, and each webhook has secrets of its own', () => {
    expect(secretsAt(vault, webhook, '2020-10-01T09:00:00.000Z')).toEqual([
      webhookSecret(vault, 'w', 2),
      webhookSecret(vault, 'w', 1),
    ]);
    expect(secretsAt(vault, webhook, '2020-10-02T09:00:00.000Z')).toEqual([webhookSecret(vault, 'w', 2)]);
    expect(webhookSecret(vault, 'v', 2)).not.toBe(webhookSecret(vault, 'w', 2));
    const both = signedHeaders(
      secretsAt(vault, webhook, '2020-10-01T09:00:00.000Z'),
      'm1',
      Math.floor(Date.now() / 1_000),
      BODY,
    );
    expect(new Webhook(webhookSecret(vault, 'w', 1)).verify(BODY, both)).toEqual({ text: 'план' });
  });
});
