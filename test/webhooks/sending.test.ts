import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { accessUnavailable } from '../../src/app/opened.js';
import type { RecordStore } from '../../src/engine/records/port.js';
import { openSqliteRecords } from '../../src/engine/records/sqlite.js';
import { type RetryPolicy, sendDue } from '../../src/graphql/webhooks/sending.js';
import { WebhookClient } from '../../src/webhooks/call.js';
import { type Deliveries, type Delivery, openDeliveries } from '../../src/webhooks/deliveries.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';

let directory: string;
let records: RecordStore;
let deliveries: Deliveries;
let receiver: Receiver;

beforeEach(async () => {
  directory = await temporaryDirectory();
  records = await openSqliteRecords(join(directory, 'access.db'), accessUnavailable);
  deliveries = await openDeliveries(records);
});
afterEach(async () => {
  records.close();
  await receiver.close();
  await removeDirectory(directory);
});

const clock = () => '2020-10-01T09:00:00.000Z';
const vault = { secretFor: () => Buffer.alloc(32) };
const delivery = (lane: string, number: number): Delivery => ({
  ...{ id: `w ${lane}${number}`, webhookId: 'w', eventId: `${lane}${number}`, eventType: 'ActivityCompleted', lane },
  ...{ place: `${String(number).padStart(4, '0')} 0000`, body: `${lane}${number}`, status: 'PENDING', attempts: 0 },
  ...{ triedSince: null, dueAt: '', error: null },
});

/** Sends until nothing is due for a long time. Returns the waits. */
async function sent(patience: RetryPolicy): Promise<number[]> {
  const webhook = { id: 'w', url: receiver.url, eventTypes: null, generation: 1, previousUntil: null };
  const client = new WebhookClient(['127.0.0.1']);
  const waits: number[] = [];
  for (;;) {
    const next = await sendDue(
      { deliveries, client, vault, clock, patience, called: () => undefined },
      webhook,
      new AbortController().signal,
    );
    if (next > 0) waits.push(next);
    if (next > 1_000) return waits;
    // A delivery that is due soon is waited for.
    while (next > 0 && !(await isDue())) await new Promise((resolve) => setImmediate(resolve));
  }
}

async function isDue(): Promise<boolean> {
  const [first] = await deliveries.find('w', 'PENDING', { limit: 1 });
  return first === undefined || first.dueAt <= new Date().toISOString();
}

describe('deliveries', () => {
  it('are sent in order within each lane, and lanes do not wait for one another', async () => {
    receiver = await startReceiver((_, { body }) => (body.startsWith('a') ? 503 : 200));
    await deliveries.keep(
      'w',
      [delivery('a', 1), delivery('a', 2), delivery('b', 3), delivery('b', 4), delivery('c', 5)],
      'x',
    );
    await sent({ againMs: [60_000], giveUpMs: 3_600_000 });
    expect(receiver.taken.map(({ body }) => body)).toEqual(expect.arrayContaining(['b3', 'b4', 'c5']));
    expect(receiver.calls.map(({ body }) => body).filter((body) => body.startsWith('a'))).toEqual(['a1']);
    expect(receiver.taken.map(({ body }) => body).filter((body) => body.startsWith('b'))).toEqual(['b3', 'b4']);
    expect(await deliveries.find('w', 'PENDING', { limit: 9 })).toMatchObject([
      { eventId: 'a1', attempts: 1, error: 'HTTP 503: no' },
      { eventId: 'a2', attempts: 0, error: null },
    ]);
  });

  it('are tried again after longer and longer waits, and the next of the lane after them', async () => {
    receiver = await startReceiver((number) => (number <= 3 ? 500 : 200));
    await deliveries.keep('w', [delivery('a', 1), delivery('a', 2)], 'x');
    await sent({ againMs: [1, 10, 20], giveUpMs: 3_600_000 });
    expect(receiver.calls.map(({ body }) => body)).toEqual(['a1', 'a1', 'a1', 'a1', 'a2']);
    expect(await deliveries.count('w', 'PENDING')).toBe(0);
  });

  it('are given up after the time for it, which lets the next of the lane go; and can be sent again', async () => {
    receiver = await startReceiver((number, { body }) => (body === 'a1' && number < 4 ? 500 : 200));
    await deliveries.keep('w', [delivery('a', 1), delivery('a', 2)], 'x');
    await sent({ againMs: [1], giveUpMs: 0 });
    expect(receiver.taken.map(({ body }) => body)).toEqual(['a2']);
    const [dead] = await deliveries.find('w', 'DEAD', { limit: 9 });
    expect(dead).toMatchObject({ eventId: 'a1', attempts: 1, error: 'HTTP 500: no' });
    if (dead) await deliveries.put({ ...dead, status: 'PENDING', attempts: 0, triedSince: null, dueAt: '' });
    await sent({ againMs: [1], giveUpMs: 60_000 });
    expect(receiver.taken.map(({ body }) => body)).toEqual(['a2', 'a1']);
  });
});
