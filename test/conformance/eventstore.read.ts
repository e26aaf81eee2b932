import { describe, expect, it } from '@jest/globals';
import { START } from '../../src/engine/eventstore/port.js';
import { freshStore, given, idsOf, newEvents, type Open, readEverything } from './eventstore.fixture.js';

/** Reading a stream, and reading everything. */
export function readCases(open: Open): void {
  describe('readStream', () => {
    const fixture = freshStore(open);

    it('reads forwards and backwards from a revision, that one included', async () => {
      const { store } = fixture;
      const events = newEvents(5);
      await given(store, 'plan-1', events);
      await given(store, 'plan-10', newEvents(1));
      const revisions = async (options: Parameters<typeof store.readStream>[1]) =>
        (await store.readStream('plan-1', options)).map(({ revision }) => revision);
      expect(idsOf(await store.readStream('plan-1'))).toEqual(idsOf(events));
      expect(await revisions({ from: 3 })).toEqual([3, 4]);
      expect(await revisions({ from: 1, limit: 2 })).toEqual([1, 2]);
      expect(await revisions({ direction: 'backwards' })).toEqual([4, 3, 2, 1, 0]);
      expect(await revisions({ direction: 'backwards', limit: 1 })).toEqual([4]);
      expect(await revisions({ direction: 'backwards', from: 1 })).toEqual([1, 0]);
      expect(await revisions({ direction: 'backwards', from: 99, limit: 2 })).toEqual([4, 3]);
      expect(await revisions({ from: 5 })).toEqual([]);
    });

    it('is empty when there is no such stream', async () => {
      expect(await fixture.store.readStream('plan-1')).toEqual([]);
      expect(await fixture.store.readStream('plan-1', { direction: 'backwards' })).toEqual([]);
    });
  });

  describe('known', () => {
    const fixture = freshStore(open);

    it('counts the known events after a position: at least one while there are any', async () => {
      const { store } = fixture;
      await given(store, 'plan-1', newEvents(3));
      const head = await store.head();
      expect(store.known()).toMatchObject({ awaySince: undefined, head });
      const counts = [store.known().countAfter(START), store.known().countAfter(head)];
      expect(counts).toEqual([expect.any(Number), 0]);
      expect(counts[0]).toBeGreaterThan(0);
      expect(counts[0]).toBeLessThanOrEqual(3);
    });
  });

  describe('kinds', () => {
    const fixture = freshStore(open);
    const kindsOf = async () =>
      (await fixture.store.kinds()).map(({ type, schemaVersion }) => `${type}@${schemaVersion}`);

    it('names every type and version that was stored, once, also after a restart', async () => {
      expect(await kindsOf()).toEqual([]);
      const [older, newer, other] = newEvents(3);
      if (!older || !newer || !other) throw new Error('three events are needed');
      await given(fixture.store, 'plan-1', [older, { ...newer, schemaVersion: 2 }]);
      await given(fixture.store, 'plan-2', [{ ...other, type: 'Closed' }, ...newEvents(3)]);
      expect((await kindsOf()).toSorted()).toEqual(['Closed@1', 'Noted@1', 'Noted@2']);
      await fixture.reopen();
      expect((await kindsOf()).toSorted()).toEqual(['Closed@1', 'Noted@1', 'Noted@2']);
    });

    it('does not name what a refused append would have brought', async () => {
      await given(fixture.store, 'plan-1', newEvents(1));
      await fixture.store.append('plan-1', 'noStream', newEvents(1, 'Refused')).catch(() => undefined);
      expect(await kindsOf()).toEqual(['Noted@1']);
      await fixture.store.append('plan-1', 0, newEvents(1, 'Refused'));
      expect((await kindsOf()).toSorted()).toEqual(['Noted@1', 'Refused@1']);
    });
  });

  describe('readAll', () => {
    const fixture = freshStore(open);

    it('reads an empty store', async () => {
      expect(await fixture.store.readAll({ after: START })).toEqual({ events: [], position: START, caughtUp: true });
    });

    it('reads all streams in one order of positions that compare as text, in pages', async () => {
      const { store } = fixture;
      const positions: string[] = [];
      for (let round = 0; round < 12; round += 1) {
        positions.push((await store.append(`plan-${round % 3}`, expectedAt(round, 3), newEvents(1))).position);
      }
      expect(positions).toEqual(positions.toSorted());
      const everything = await readEverything(store, {}, 5);
      expect(everything.map(({ position }) => position)).toEqual(positions);
      expect(everything.map(({ stream }) => stream).slice(0, 4)).toEqual(['plan-0', 'plan-1', 'plan-2', 'plan-0']);

      const page = await store.readAll({ after: positions[3] ?? START, limit: 4 });
      expect(page.events.map(({ position }) => position)).toEqual(positions.slice(4, 8));
      expect(page).toMatchObject({ position: positions[7], caughtUp: false });
      const last = await store.readAll({ after: positions[7] ?? START, limit: 100 });
      expect(last).toMatchObject({ position: positions[11], caughtUp: true });
      expect(await store.readAll({ after: await store.head() })).toEqual({
        events: [],
        position: await store.head(),
        caughtUp: true,
      });
    });

    it('has caught up when the last event just fits in', async () => {
      await given(fixture.store, 'plan-1', newEvents(3));
      const batch = await fixture.store.readAll({ after: START, limit: 3 });
      expect(batch.events).toHaveLength(3);
      expect(batch).toMatchObject({ position: await fixture.store.head(), caughtUp: true });
    });

    it('takes 1,000 events when no limit is stated', async () => {
      await given(fixture.store, 'plan-1', newEvents(1_001));
      const batch = await fixture.store.readAll({ after: START });
      expect(batch.events).toHaveLength(1_000);
      expect(batch.caughtUp).toBe(false);
    });

    it('filters by the beginning of the stream name, each character standing for itself', async () => {
      const { store } = fixture;
      const streams = ['plan-1', 'plan_1', 'planX1', 'PLAN-1', 'plan', 'пл%ан-1', 'пл-ан-1', 'plan-\u{10ffff}x', 'q'];
      for (const stream of streams) await given(store, stream, newEvents(1));
      const found = async (...streamPrefixes: string[]) =>
        (await readEverything(store, { streamPrefixes })).map(({ stream }) => stream);
      expect(await found('')).toEqual(streams);
      expect(await found('plan-')).toEqual(['plan-1', 'plan-\u{10ffff}x']);
      expect(await found('plan_')).toEqual(['plan_1']);
      expect(await found('пл%')).toEqual(['пл%ан-1']);
      expect(await found('plan-\u{10ffff}')).toEqual(['plan-\u{10ffff}x']);
      expect(await found('none')).toEqual([]);
    });

    it('filters by types, together with the stream', async () => {
      const { store } = fixture;
      await given(store, 'a-1', [...newEvents(1, 'One'), ...newEvents(1, 'Two'), ...newEvents(1, "Three'")]);
      await given(store, 'b-1', newEvents(2, 'One'));
      const found = async (filter: { streamPrefixes?: string[]; types?: string[] }) =>
        (await readEverything(store, filter)).map(({ stream, type }) => `${stream} ${type}`);
      expect(await found({ types: ['Two', "Three'"] })).toEqual(['a-1 Two', "a-1 Three'"]);
      expect(await found({ types: ['One'], streamPrefixes: ['b-'] })).toEqual(['b-1 One', 'b-1 One']);
      expect(await found({ types: [] })).toEqual([]);
      expect(await found({ types: ['one'] })).toEqual([]);
    });

    it('tells how far it looked, also over what the filter passed over', async () => {
      const { store } = fixture;
      await given(store, 'a-1', newEvents(3));
      await given(store, 'b-1', newEvents(4));
      const head = await store.head();
      const filter = { streamPrefixes: ['a-'] };
      expect(await store.readAll({ after: START, filter })).toMatchObject({ position: head, caughtUp: true });
      const [, second] = await store.readStream('a-1');
      const page = await store.readAll({ after: START, filter, limit: 2 });
      expect(page).toMatchObject({ position: second?.position, caughtUp: false });
      const rest = await store.readAll({ after: page.position, filter, limit: 2 });
      expect(rest.events).toHaveLength(1);
      expect(rest).toMatchObject({ position: head, caughtUp: true });
    });
  });
}

/** Returns the expected revision of a stream when appends go to the streams in turn. */
function expectedAt(round: number, streams: number): number | 'noStream' {
  return round < streams ? 'noStream' : Math.floor(round / streams) - 1;
}
