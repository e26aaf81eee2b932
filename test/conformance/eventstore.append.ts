import { describe, expect, it } from '@jest/globals';
import {
  AppendTooLarge,
  EventStoreUnavailable,
  InvalidAppend,
  START,
  WrongExpectedRevision,
} from '../../src/engine/eventstore/port.js';
import { describeIf } from '../support/skipping.js';
import {
  type Abilities,
  freshStore,
  given,
  idsOf,
  newEvents,
  type Open,
  readEverything,
} from './eventstore.fixture.js';

/** Appending: revisions, refusals, limits, closing. */
export function appendCases(open: Open, { knowsIdsElsewhere }: Abilities): void {
  describe('append', () => {
    const fixture = freshStore(open);

    it('counts revisions from 0 and tells the position of the last event', async () => {
      const { store } = fixture;
      expect(await store.head()).toBe(START);
      const first = await store.append('plan-1', 'noStream', newEvents(2));
      expect(first).toMatchObject({ firstRevision: 0, lastRevision: 1 });
      const second = await store.append('plan-1', 1, newEvents(3));
      expect(second).toMatchObject({ firstRevision: 2, lastRevision: 4 });
      expect(second.position > first.position).toBe(true);
      expect(await store.head()).toBe(second.position);
    });

    it('gives back what was stored, byte for byte', async () => {
      const body = '{"a":"\\u0000 «план» 𝔘\\n","b":[1,2.5,-0,1e21,null]}';
      const event = { id: 'id/1 ü', type: 'Тип', schemaVersion: 3, body };
      await fixture.store.append('план/1 %_\'"', 'noStream', [event]);
      expect(await fixture.store.readStream('план/1 %_\'"')).toEqual([
        { ...event, stream: 'план/1 %_\'"', revision: 0, position: await fixture.store.head() },
      ]);
    });

    it.each([
      { expected: 'noStream', actual: 1 },
      { expected: 0, actual: 1 },
      { expected: 2, actual: 1 },
    ] as const)('refuses $expected for a stream at $actual', async ({ expected, actual }) => {
      await given(fixture.store, 'plan-1', newEvents(2));
      const refused = fixture.store.append('plan-1', expected, newEvents(1));
      await expect(refused).rejects.toThrow(WrongExpectedRevision);
      await expect(refused).rejects.toMatchObject({ stream: 'plan-1', expected, actual });
    });

    it('refuses a revision of a stream that does not exist', async () => {
      const refused = fixture.store.append('plan-1', 0, newEvents(1));
      await expect(refused).rejects.toThrow(WrongExpectedRevision);
      await expect(refused).rejects.toMatchObject({ expected: 0, actual: 'noStream' });
      expect(await fixture.store.head()).toBe(START);
    });

    it('refuses appends that make no sense, and stores nothing of them', async () => {
      const { store } = fixture;
      const [event] = newEvents(1);
      const other = newEvents(1).map((one) => ({ ...one, id: event?.id ?? '' }));
      const stream = 'plan-1';
      const refused = [
        store.append(stream, 'noStream', []),
        store.append(stream, 'noStream', [...(event ? [event] : []), ...other]),
        store.append('', 'noStream', newEvents(1)),
        store.append('x'.repeat(201), 'noStream', newEvents(1)),
        store.append(stream, -1, newEvents(1)),
        store.append(stream, 0.5, newEvents(1)),
        store.append(stream, Number.NaN, newEvents(1)),
        store.append(stream, 'noStream', [{ id: '', type: 'Noted', schemaVersion: 1, body: '{}' }]),
        store.append(stream, 'noStream', [{ id: 'a', type: '', schemaVersion: 1, body: '{}' }]),
        store.append(stream, 'noStream', [{ id: 'a', type: 'Noted', schemaVersion: 0, body: '{}' }]),
        store.append(stream, 'noStream', [{ id: 'a', type: 'Noted', schemaVersion: 1.5, body: '{}' }]),
      ];
      for (const one of await Promise.allSettled(refused)) {
        expect(one).toMatchObject({ status: 'rejected', reason: expect.any(InvalidAppend) });
      }
      expect(await store.head()).toBe(START);
      await store.append('x'.repeat(200), 'noStream', newEvents(1));
    });

    it('refuses text that would not come back as it was given', async () => {
      const good = { id: 'a', type: 'Noted', schemaVersion: 1, body: '{}' };
      for (const bad of ['a\0b', 'a\ud800b']) {
        const { store } = fixture;
        await expect(store.append(bad, 'noStream', [good])).rejects.toThrow(InvalidAppend);
        for (const field of ['id', 'type', 'body']) {
          await expect(store.append('s', 'noStream', [{ ...good, [field]: bad }])).rejects.toThrow(InvalidAppend);
        }
      }
    });

    describeIf(knowsIdsElsewhere, 'this engine looks for ids in one stream alone')('of an id in another stream', () => {
      it('refuses the event, and the whole append with it', async () => {
        const [a, b] = newEvents(2);
        if (!a || !b) throw new Error('two events are needed');
        await given(fixture.store, 'plan-1', [a]);
        await expect(fixture.store.append('plan-2', 'noStream', [b, a])).rejects.toThrow(InvalidAppend);
        await expect(fixture.store.append('plan-1', 0, [b, a])).rejects.toThrow(InvalidAppend);
        expect(idsOf(await readEverything(fixture.store))).toEqual([a.id]);
        expect(await fixture.store.append('plan-2', 'noStream', [b])).toMatchObject({ firstRevision: 0 });
      });
    });

    it('tells the positions of all events of an append, if it tells them at all', async () => {
      const { store } = fixture;
      const appended = [
        await store.append('plan-1', 'noStream', newEvents(3)),
        await store.append('plan-2', 'noStream', newEvents(1)),
        await store.append('plan-1', 2, newEvents(2)),
      ];
      const told = appended.flatMap(({ positions = [] }) => positions);
      const stored = (await readEverything(store)).map(({ position }) => position);
      if (told.length > 0) expect(told).toEqual(stored);
      expect(appended.map(({ position }) => position)).toEqual([stored[2], stored[3], stored[5]]);
    });

    it('takes an append up to its limits and refuses one above them whole', async () => {
      const { store } = fixture;
      const { maxAppendBytes, maxAppendEvents } = store.limits;
      const sized = (bytes: number, id: string) => [
        { id, type: 'Noted', schemaVersion: 1, body: `"${'x'.repeat(bytes - 2)}"` },
      ];
      await expect(store.append('a', 'noStream', sized(maxAppendBytes + 1, 'a'))).rejects.toThrow(AppendTooLarge);
      // The limit is in bytes, not characters: each of these characters takes two.
      const wide = [{ id: 'w', type: 'Noted', schemaVersion: 1, body: 'ж'.repeat(Math.floor(maxAppendBytes / 2) + 1) }];
      await expect(store.append('a', 'noStream', wide)).rejects.toThrow(AppendTooLarge);
      await expect(store.append('b', 'noStream', newEvents(maxAppendEvents + 1))).rejects.toThrow(AppendTooLarge);
      expect(await store.head()).toBe(START);
      expect(await store.append('a', 'noStream', sized(maxAppendBytes, 'a'))).toMatchObject({ lastRevision: 0 });
      const most = await store.append('b', 'noStream', newEvents(maxAppendEvents));
      expect(most.lastRevision).toBe(maxAppendEvents - 1);
    });

    it('keeps its name and its events over a restart', async () => {
      const { chronicleId, engine } = fixture.store;
      expect(chronicleId).not.toBe('');
      const events = newEvents(3);
      await given(fixture.store, 'plan-1', events);
      const before = await readEverything(fixture.store);
      const store = await fixture.reopen();
      expect(store).toMatchObject({ chronicleId, engine });
      expect(await readEverything(store)).toEqual(before);
      expect(await store.append('plan-1', 2, newEvents(1))).toMatchObject({ firstRevision: 3 });
    });

    it('waits for appends in flight when it closes, and refuses everything after', async () => {
      const { store } = fixture;
      const inFlight = [
        store.append('plan-1', 'noStream', newEvents(2)),
        store.append('plan-2', 'noStream', newEvents(1)),
      ];
      const closing = store.close();
      await expect(store.append('plan-1', 1, newEvents(1))).rejects.toThrow(EventStoreUnavailable);
      await closing;
      await store.close();
      expect(await Promise.all(inFlight)).toMatchObject([{ lastRevision: 1 }, { lastRevision: 0 }]);
      await expect(store.append('plan-1', 1, newEvents(1))).rejects.toThrow(EventStoreUnavailable);
      await expect(store.readStream('plan-1')).rejects.toThrow(EventStoreUnavailable);
      await expect(store.readAll({ after: START })).rejects.toThrow(EventStoreUnavailable);
      await expect(store.head()).rejects.toThrow(EventStoreUnavailable);
      expect(await (await fixture.reopen()).readStream('plan-1')).toHaveLength(2);
    });
  });
}
