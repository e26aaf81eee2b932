import { describe, expect, it } from '@jest/globals';
import { InvalidAppend, WrongExpectedRevision } from '../../src/engine/eventstore/port.js';
import { type Abilities, freshStore, given, newEvents, type Open, readEverything } from './eventstore.fixture.js';

/** Repeated appends: the same ids at the same place return the first result. */
export function repeatCases(open: Open, { knowsIdsElsewhere }: Abilities): void {
  describe('repeated append', () => {
    const fixture = freshStore(open);

    it('gives the first result again, also after later events', async () => {
      const { store } = fixture;
      const [first, second] = [newEvents(2), newEvents(2)];
      const results = [await store.append('plan-1', 'noStream', first), await store.append('plan-1', 1, second)];
      await store.append('plan-1', 3, newEvents(1));
      expect(await store.append('plan-1', 'noStream', first)).toEqual(results[0]);
      expect(await store.append('plan-1', 1, second)).toEqual(results[1]);
      expect(await readEverything(store)).toHaveLength(5);
    });

    it('gives the first result again after a restart', async () => {
      const events = newEvents(2);
      const result = await fixture.store.append('plan-1', 'noStream', events);
      const store = await fixture.reopen();
      expect(await store.append('plan-1', 'noStream', events)).toEqual(result);
      expect(await readEverything(store)).toHaveLength(2);
    });

    it('stores one of several that are on their way at once', async () => {
      const events = newEvents(2);
      const results = await Promise.all(
        Array.from({ length: 5 }, () => fixture.store.append('plan-1', 'noStream', events)),
      );
      expect(new Set(results.map(({ position }) => position)).size).toBe(1);
      expect(await readEverything(fixture.store)).toHaveLength(2);
    });

    it('knows a part that begins a stored batch, and a part over two batches', async () => {
      const { store } = fixture;
      const events = newEvents(6);
      await given(store, 'plan-1', events.slice(0, 4));
      await store.append('plan-1', 3, events.slice(4));
      const stored = await store.readStream('plan-1');
      const part = await store.append('plan-1', 'noStream', events.slice(0, 2));
      expect(part).toMatchObject({ firstRevision: 0, lastRevision: 1, position: stored[1]?.position });
      if (part.positions) expect(part.positions).toEqual(stored.slice(0, 2).map(({ position }) => position));
      expect(await store.append('plan-1', 2, events.slice(3, 5))).toMatchObject({ firstRevision: 3, lastRevision: 4 });
      expect(await readEverything(store)).toHaveLength(6);
    });

    it('refuses a longer batch whose first part is stored', async () => {
      const events = newEvents(3);
      await given(fixture.store, 'plan-1', events.slice(0, 2));
      const refused = fixture.store.append('plan-1', 'noStream', events);
      await expect(refused).rejects.toThrow(WrongExpectedRevision);
      expect(await readEverything(fixture.store)).toHaveLength(2);
    });

    it('refuses the same ids in another order or at another place', async () => {
      const { store } = fixture;
      const events = newEvents(2);
      await given(store, 'plan-1', events);
      await expect(store.append('plan-1', 'noStream', events.toReversed())).rejects.toThrow(WrongExpectedRevision);
      await expect(store.append('plan-1', 0, events)).rejects.toThrow(WrongExpectedRevision);
      if (knowsIdsElsewhere) {
        await expect(store.append('plan-1', 1, events)).rejects.toThrow(InvalidAppend);
        await expect(store.append('plan-2', 'noStream', events)).rejects.toThrow(InvalidAppend);
      }
      expect(await readEverything(store)).toHaveLength(2);
    });

    it.each([{ type: 'Other' }, { body: '{"other":true}' }])('refuses a stored id with another %p', async (change) => {
      const events = newEvents(2);
      await given(fixture.store, 'plan-1', events);
      const changed = events.map((event, index) => (index === 1 ? { ...event, ...change } : event));
      await expect(fixture.store.append('plan-1', 'noStream', changed)).rejects.toThrow(InvalidAppend);
    });
  });
}
