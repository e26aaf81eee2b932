import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { type EventStore, WrongExpectedRevision } from '../../src/engine/eventstore/port.js';
import { freshStore, idsOf, newEvents, type Open, readEverything, tail } from './eventstore.fixture.js';

const WRITERS = 64;
const STREAMS = 12;
const APPENDS = 4;
const BATCH = 2;

/** Many concurrent writers and readers. */
export function concurrencyCases(open: Open): void {
  describe('many at once', () => {
    const fixture = freshStore(open);

    it(`${WRITERS} writers over ${STREAMS} streams; readers see a prefix without gaps all the while`, async () => {
      const { store } = fixture;
      const total = WRITERS * APPENDS * BATCH;
      const tailing = tail(store, total);
      let isWriting = true;
      const snapshots = collectSnapshots(store, () => isWriting);
      const written = await Promise.all(Array.from({ length: WRITERS }, (_, index) => write(store, index)));
      isWriting = false;

      const everything = await readEverything(store);
      expect(everything).toHaveLength(total);
      expect(idsOf(await tailing)).toEqual(idsOf(everything));
      const seen = await snapshots;
      // A slow engine may need all that time for one read. The subscription has seen every step.
      expect(seen.length).toBeGreaterThan(0);
      for (const ids of seen) expect(ids).toEqual(idsOf(everything).slice(0, ids.length));
      // Without refusals the case would show nothing.
      expect(written.reduce((sum, { refused }) => sum + refused, 0)).toBeGreaterThan(WRITERS);
      expect(written.flatMap(({ ids }) => ids).toSorted()).toEqual(idsOf(everything).toSorted());
      expect(everything.map(({ position }) => position)).toEqual(
        [...new Set(everything.map(({ position }) => position))].toSorted(),
      );
      for (let stream = 0; stream < STREAMS; stream += 1) {
        const own = everything.filter((event) => event.stream === `plan-${stream}`);
        expect(own.map(({ revision }) => revision)).toEqual(own.map((_, index) => index));
        expect(await store.readStream(`plan-${stream}`)).toEqual(own);
      }
    });
  });
}

/** Appends like commands do: read, append, and read again after a conflict. */
async function write(store: EventStore, writer: number): Promise<{ ids: string[]; refused: number }> {
  const ids: string[] = [];
  let refused = 0;
  for (let done = 0; done < APPENDS; ) {
    const stream = `plan-${(writer + done) % STREAMS}`;
    const [last] = await store.readStream(stream, { direction: 'backwards', limit: 1 });
    const events = newEvents(BATCH);
    try {
      await store.append(stream, last?.revision ?? 'noStream', events);
      ids.push(...idsOf(events));
      done += 1;
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
      refused += 1;
    }
  }
  return { ids, refused };
}

async function collectSnapshots(store: EventStore, isWriting: () => boolean): Promise<string[][]> {
  const snapshots: string[][] = [];
  while (isWriting()) {
    snapshots.push(idsOf(await readEverything(store)));
    await nextTurn();
  }
  return snapshots;
}
