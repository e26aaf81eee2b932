import { getEventListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { type EventBatch, EventStoreUnavailable, PositionBeyondHead, START } from '../../src/engine/eventstore/port.js';
import { until } from '../support/waiting.js';
import { freshStore, given, idsOf, newEvents, type Open, tail } from './eventstore.fixture.js';

/** Subscriptions: catching up, live events, ending. */
export function subscriptionCases(open: Open): void {
  describe('subscribeToAll', () => {
    const fixture = freshStore(open);

    it('catches up, says so, and goes on with what comes', async () => {
      const { store } = fixture;
      const events = newEvents(2_503);
      await given(store, 'plan-1', events.slice(0, 2_500));
      const seen: EventBatch[] = [];
      const { signal } = new AbortController();
      for await (const batch of store.subscribeToAll({ after: START, signal })) {
        seen.push(batch);
        const count = seen.flatMap((one) => one.events).length;
        if (count === events.length) break;
        if (batch.caughtUp) await store.append('plan-1', count - 1, events.slice(count, count + 1));
      }
      expect(idsOf(seen.flatMap((batch) => batch.events))).toEqual(idsOf(events));
      expect(seen[0]?.caughtUp).toBe(false);
      expect(seen.at(-1)).toMatchObject({ caughtUp: true, position: await store.head() });
    });

    it('says that it caught up when there is nothing', async () => {
      const iterator = subscribe(START);
      const { value } = await iterator.next();
      expect(value).toMatchObject({ events: [], caughtUp: true });
      await iterator.return?.();
    });

    it('begins after the position, exclusive', async () => {
      const events = newEvents(4);
      await given(fixture.store, 'plan-1', events);
      const [, second] = await fixture.store.readStream('plan-1');
      expect(idsOf(await tail(fixture.store, 2, { after: second?.position ?? START }))).toEqual(idsOf(events.slice(2)));
    });

    it('filters what is there and what comes', async () => {
      const { store } = fixture;
      const filter = { streamPrefixes: ['a-'], types: ['One'] };
      await given(store, 'a-1', [...newEvents(1, 'One'), ...newEvents(1, 'Two')]);
      const tailing = tail(store, 2, { filter });
      await given(store, 'b-1', newEvents(1, 'One'));
      await given(store, 'a-2', [...newEvents(1, 'Two'), ...newEvents(1, 'One')]);
      const seen = await tailing;
      expect(seen.map(({ stream, type }) => `${stream} ${type}`)).toEqual(['a-1 One', 'a-2 One']);
    });

    it('misses nothing that comes while the consumer is busy with the last batch', async () => {
      const { store } = fixture;
      const iterator = subscribe(START);
      expect(await iterator.next()).toMatchObject({ value: { events: [], caughtUp: true } });
      const events = newEvents(2);
      await given(store, 'plan-1', events);
      const seen: string[] = [];
      while (seen.length < 2) {
        const { value }: { value?: EventBatch } = await iterator.next();
        seen.push(...idsOf(value?.events ?? []));
      }
      expect(seen).toEqual(idsOf(events));
      await iterator.return?.();
    });

    it('refuses a position that was not reached', async () => {
      await given(fixture.store, 'plan-1', newEvents(2));
      const head = await fixture.store.head();
      const beyond = head.replace(/.$/, '9');
      expect(beyond > head).toBe(true);
      await expect(subscribe(beyond).next()).rejects.toThrow(PositionBeyondHead);
      await expect(subscribe('nonsense').next()).rejects.toThrow(PositionBeyondHead);
    });

    it('ends when the signal aborts: before, between batches and while it waits', async () => {
      await given(fixture.store, 'plan-1', newEvents(2_000));
      expect(await subscribe(START, AbortSignal.abort()).next()).toMatchObject({ done: true });

      const between = new AbortController();
      const batches: EventBatch[] = [];
      for await (const batch of fixture.store.subscribeToAll({ after: START, signal: between.signal })) {
        batches.push(batch);
        between.abort();
      }
      expect(batches).toHaveLength(1);

      const waiting = new AbortController();
      const iterator = subscribe(await fixture.store.head(), waiting.signal);
      await iterator.next();
      const pending = iterator.next();
      await nextTurn();
      waiting.abort();
      expect(await pending).toMatchObject({ done: true });
      expect(await iterator.next()).toMatchObject({ done: true });
      for (const { signal } of [between, waiting]) expect(getEventListeners(signal, 'abort')).toEqual([]);
    });

    it('is free when the consumer leaves it, also while it waits', async () => {
      const { signal } = new AbortController();
      for await (const batch of fixture.store.subscribeToAll({ after: START, signal })) if (batch.caughtUp) break;
      const iterator = subscribe(START, signal);
      await iterator.next();
      const pending = iterator.next();
      await nextTurn();
      await iterator.return?.();
      expect(await pending).toMatchObject({ done: true });
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    });

    it('holds one listener at most however many commits come', async () => {
      const { signal } = new AbortController();
      const iterator = subscribe(START, signal);
      let most = 0;
      for (let round = 0; round < 20; round += 1) {
        const pending = iterator.next();
        await nextTurn();
        most = Math.max(most, getEventListeners(signal, 'abort').length);
        await fixture.store.append('plan-1', round === 0 ? 'noStream' : round - 1, newEvents(1));
        await pending;
      }
      expect(most).toBeLessThanOrEqual(1);
      await iterator.return?.();
    });

    it('ends when the store closes, and does not begin after', async () => {
      const iterator = subscribe(START);
      await iterator.next();
      const pending = iterator.next();
      await nextTurn();
      await fixture.store.close();
      expect(await pending).toMatchObject({ done: true });
      await expect(subscribe(START).next()).rejects.toThrow(EventStoreUnavailable);
    });

    it('serves many at once, each at its own pace', async () => {
      const { store } = fixture;
      const events = newEvents(1_500);
      await given(store, 'plan-1', events.slice(0, 1_200));
      const tails = Array.from({ length: 5 }, () => tail(store, 1_500));
      await store.append('plan-1', 1_199, events.slice(1_200));
      for (const seen of await Promise.all(tails)) expect(idsOf(seen)).toEqual(idsOf(events));
    });

    it('gives a slow consumer everything in order, and holds up nobody', async () => {
      const { store } = fixture;
      const events = newEvents(1_400);
      await given(store, 'plan-1', events.slice(0, 1_000));
      let handled = 0;
      const slow = tail(store, events.length, {
        handle: async () => {
          await nextTurn();
          handled += 1;
        },
      });
      await until(() => handled > 10);
      for (let at = 1_000; at < events.length; at += 1) await store.append('plan-1', at - 1, events.slice(at, at + 1));
      expect(idsOf(await slow)).toEqual(idsOf(events));
    });

    function subscribe(after: string, signal: AbortSignal = new AbortController().signal): AsyncIterator<EventBatch> {
      return fixture.store.subscribeToAll({ after, signal })[Symbol.asyncIterator]();
    }
  });
}
