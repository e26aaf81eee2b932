import { describe, expect, it } from '@jest/globals';
import { START, WrongExpectedRevision } from '../../src/engine/eventstore/port.js';
import { freshStore, given, idsOf, newEvents, type Open, readEverything, tail } from './eventstore.fixture.js';

/** Defects that were found in a published event store. */
export function defectCases(open: Open): void {
  describe('defects of others', () => {
    const fixture = freshStore(open);

    it('1: a refused append does not raise the revision of its stream', async () => {
      const { store } = fixture;
      await given(store, 'plan-1', newEvents(2));
      await expect(store.append('plan-1', 7, newEvents(3))).rejects.toThrow(WrongExpectedRevision);
      await expect(store.append('plan-1', 0, newEvents(3))).rejects.toThrow(WrongExpectedRevision);
      expect(await store.append('plan-1', 1, newEvents(1))).toMatchObject({ firstRevision: 2, lastRevision: 2 });
    });

    it('2: «the stream must not exist» is refused for one that exists', async () => {
      await given(fixture.store, 'plan-1', newEvents(1));
      const again = fixture.store.append('plan-1', 'noStream', newEvents(1));
      await expect(again).rejects.toThrow(WrongExpectedRevision);
      const store = await fixture.reopen();
      await expect(store.append('plan-1', 'noStream', newEvents(1))).rejects.toThrow(WrongExpectedRevision);
    });

    it('3: resuming from a stored position handles each event once', async () => {
      const events = newEvents(2_600);
      await given(fixture.store, 'plan-1', events);
      const handled: string[] = [];
      let checkpoint = START;
      while (handled.length < events.length) {
        const store = await fixture.reopen();
        const { signal } = new AbortController();
        for await (const batch of store.subscribeToAll({ after: checkpoint, signal })) {
          handled.push(...idsOf(batch.events));
          checkpoint = batch.position;
          break;
        }
      }
      expect(handled).toEqual(idsOf(events));
    });

    it('4: no position is given twice, also after refusals and restarts', async () => {
      const given: string[] = [];
      for (let round = 0; round < 5; round += 1) {
        const store = await fixture.reopen();
        const before = round === 0 ? 'noStream' : round * 2 - 1;
        const refused = expect(store.append('plan-1', 99, newEvents(2))).rejects.toThrow(WrongExpectedRevision);
        given.push((await store.append('plan-1', before, newEvents(2))).position);
        await refused;
      }
      expect(given).toEqual([...new Set(given)].toSorted());
    });

    it('5: a consumer that throws ends the iteration loudly, and may begin again where it stood', async () => {
      const { store } = fixture;
      const events = newEvents(3);
      await given(store, 'plan-1', events);
      const failing = tail(store, 3, {
        handle: async ({ revision }) => {
          if (revision === 1) throw new Error('the handler failed');
        },
      });
      await expect(failing).rejects.toThrow('the handler failed');
      const [first] = await store.readStream('plan-1');
      expect(idsOf(await tail(store, 2, { after: first?.position ?? START }))).toEqual(idsOf(events.slice(1)));
    });

    it('6: what was acknowledged stays when another append of the same moment is refused', async () => {
      const { store } = fixture;
      await given(store, 'taken', newEvents(1));
      const acknowledged: string[] = [];
      const appends = Array.from({ length: 60 }, async (_, index) => {
        const events = newEvents(2);
        if (index % 3 === 0) {
          await expect(store.append('taken', 'noStream', events)).rejects.toThrow(WrongExpectedRevision);
        } else {
          await store.append(`plan-${index}`, 'noStream', events);
          acknowledged.push(...idsOf(events));
        }
      });
      await Promise.all(appends);
      const stored = idsOf(await readEverything(await fixture.reopen()));
      expect(acknowledged).toHaveLength(80);
      expect(stored.slice(1).toSorted()).toEqual(acknowledged.toSorted());
    });

    it('7: a hundred streams are written at once and none fails', async () => {
      const { store } = fixture;
      const results = await Promise.all(
        Array.from({ length: 100 }, (_, index) => store.append(`plan-${index}`, 'noStream', newEvents(1))),
      );
      expect(new Set(results.map(({ position }) => position)).size).toBe(100);
      expect(await readEverything(store)).toHaveLength(100);
    });
  });
}
