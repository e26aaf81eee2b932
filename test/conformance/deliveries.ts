import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordStore } from '../../src/engine/records/port.js';
import { type Deliveries, type Delivery, openDeliveries } from '../../src/webhooks/deliveries.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';

const delivery = (webhookId: string, number: number, more: Partial<Delivery> = {}): Delivery => ({
  ...{ id: `${webhookId} e${number}`, webhookId, eventId: `e${number}`, eventType: 'PlanApproved', lane: 'p' },
  ...{ place: String(number).padStart(4, '0'), body: '{"число":1}', status: 'PENDING', attempts: 0 },
  ...{ triedSince: null, dueAt: '', error: null, ...more },
});
const ids = (deliveries: readonly Delivery[]) => deliveries.map(({ eventId }) => eventId);

/** Registers the conformance tests of stores of deliveries. */
export function deliveriesConformance(name: string, open: (directory: string) => Promise<RecordStore>): void {
  describe(`deliveries to webhooks: ${name}`, () => {
    let directory: string;
    let records: RecordStore;
    let shelf: Deliveries;
    beforeEach(async () => {
      directory = await temporaryDirectory();
      records = await open(directory);
      shelf = await openDeliveries(records);
    });
    afterEach(async () => {
      records.close();
      await removeDirectory(directory);
    });

    it('keeps deliveries with the place up to which all are kept, each once', async () => {
      expect(await shelf.cursorOf('w1')).toBeUndefined();
      await shelf.keep('w1', [delivery('w1', 2), delivery('w1', 1)], 'c1');
      await shelf.keep('w1', [delivery('w1', 2, { body: 'another' }), delivery('w1', 3)], 'c2');
      expect(await shelf.cursorOf('w1')).toBe('c2');
      expect(await shelf.find('w1', 'PENDING', { limit: 9 })).toEqual(
        [1, 2, 3].map((number) => delivery('w1', number)),
      );
    });

    it('gives them in order, page by page, and one webhook nothing of another', async () => {
      await shelf.keep(
        'w2',
        [3, 1, 2].map((number) => delivery('w2', number)),
        'c',
      );
      await shelf.keep('w3', [delivery('w3', 4)], 'c');
      expect(ids(await shelf.find('w2', 'PENDING', { limit: 2 }))).toEqual(['e1', 'e2']);
      expect(ids(await shelf.find('w2', 'PENDING', { after: '0002', limit: 2 }))).toEqual(['e3']);
      const backwards = { descending: true, limit: 2 } as const;
      expect(ids(await shelf.find('w2', 'PENDING', backwards))).toEqual(['e3', 'e2']);
      expect(ids(await shelf.find('w2', 'PENDING', { ...backwards, before: '0002' }))).toEqual(['e1']);
      expect(await shelf.count('w2', 'PENDING')).toBe(3);
      expect(ids(await shelf.get('w2', ['w2 e1', 'w3 e4', 'w2 e9']))).toEqual(['e1']);
    });

    it('knows those that were given up from those that wait, and lets go of what was sent', async () => {
      await shelf.keep(
        'w4',
        [1, 2].map((number) => delivery('w4', number)),
        'c',
      );
      const dead = delivery('w4', 1, {
        status: 'DEAD',
        attempts: 7,
        triedSince: '2020-10-01T09:00:00.000Z',
        error: 'HTTP 500',
      });
      await shelf.put(dead);
      await shelf.remove('w4 e2');
      expect(await shelf.find('w4', 'DEAD', { limit: 9 })).toEqual([dead]);
      expect([await shelf.count('w4', 'PENDING'), await shelf.count('w4', 'DEAD')]).toEqual([0, 1]);
      await shelf.put(delivery('w4', 9));
      expect(await shelf.count('w4', 'PENDING')).toBe(0);
    });

    it('lets go of a webhook with all that is kept of it', async () => {
      await shelf.keep('w5', [delivery('w5', 1)], 'c');
      expect(await shelf.webhooks()).toContain('w5');
      await shelf.forget('w5');
      expect(await shelf.webhooks()).not.toContain('w5');
      expect(await shelf.cursorOf('w5')).toBeUndefined();
      expect(await shelf.count('w5', 'PENDING')).toBe(0);
    });
  });
}
