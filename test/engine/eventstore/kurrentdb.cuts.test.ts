import { EventStoreDBClient } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openKurrentDbEventStore } from '../../../src/engine/eventstore/kurrentdb/store.js';
import { ChronicleDamaged, type EventStore } from '../../../src/engine/eventstore/port.js';
import { given, idsOf, newEvents, readEverything } from '../../conformance/eventstore.fixture.js';
import { type StandIn, startStandIn } from '../../support/kurrentdb/server.js';
import { until } from '../../support/waiting.js';

let server: StandIn;
let client: EventStoreDBClient;
let cases = 0;

beforeAll(async () => {
  server = await startStandIn();
  client = EventStoreDBClient.connectionString(server.url);
});
afterAll(async () => {
  await client.dispose();
  await server.close();
});

const EVENTS = 6;

/** Ways in which an operator cuts a stream of six events, with the message about it and how it is undone. */
const CUTS = [
  { how: '$maxCount', problem: /\$maxCount 2, which hides its events 0–3 .* until a scavenge/, isUndone: true },
  {
    how: '$maxAge',
    problem: /\$maxAge 1, which (will hide events|hides all its events .* until a scavenge)/,
    isUndone: true,
  },
  { how: '$tb', problem: /\$tb 3, which hides its events 0–2 .* until a scavenge/, isUndone: true },
  { how: 'soft delete', problem: /was deleted \(\$tb in the metadata.*until a scavenge/, isUndone: true },
  {
    how: 'tombstone',
    problem: /deleted for good.*until a scavenge.*copy the chronicle to another place/,
    isUndone: false,
  },
] as const;

async function cut(name: string, how: (typeof CUTS)[number]['how']): Promise<void> {
  switch (how) {
    case '$maxCount':
      await client.setStreamMetadata(name, { maxCount: 2 });
      return;
    case '$maxAge':
      await client.setStreamMetadata(name, { maxAge: 1 });
      await until(async () => (await seen(name)) === 0);
      return;
    case '$tb':
      await client.setStreamMetadata(name, { truncateBefore: 3 });
      return;
    case 'soft delete':
      await client.deleteStream(name);
      return;
    case 'tombstone':
      await client.tombstoneStream(name);
  }
}

/** Number of events that readers of a stream see. */
async function seen(name: string): Promise<number> {
  let count = 0;
  for await (const _ of client.readStream(name)) count += 1;
  return count;
}

interface Case {
  readonly store: EventStore;
  readonly name: (stream: string) => string;
  /** Opens the same chronicle again, as another process or a restart does. */
  readonly again: () => Promise<EventStore>;
}

async function inChronicle(work: (one: Case) => Promise<void>): Promise<void> {
  cases += 1;
  const namespace = `cut${cases}`;
  const opened: EventStore[] = [];
  const again = async () => {
    const store = await openKurrentDbEventStore(server.url, { namespace });
    opened.push(store);
    return store;
  };
  try {
    await work({ store: await again(), name: (stream) => `${namespace}.${stream}`, again });
  } finally {
    await Promise.all(opened.map((store) => store.close()));
  }
}

const closed = { name: 'ChronicleDamaged', stream: 'plan-1' };

describe.each(CUTS)('a stream that was cut by $how', ({ how, problem, isUndone }) => {
  it('is noticed while a process runs, is closed alone, and says what is missing', () =>
    inChronicle(async ({ store, name }) => {
      await given(store, 'plan-1', newEvents(EVENTS));
      await given(store, 'plan-2', newEvents(2));
      await cut(name('plan-1'), how);
      await until(() => store.damage().length > 0);
      expect(store.damage()).toEqual([{ stream: 'plan-1', problem: expect.stringMatching(problem) }]);
      await expect(store.append('plan-1', EVENTS - 1, newEvents(1))).rejects.toMatchObject(closed);
      await expect(store.append('plan-1', 'noStream', newEvents(1))).rejects.toMatchObject(closed);
      await expect(store.readStream('plan-1')).rejects.toMatchObject(closed);
      expect(await store.append('plan-2', 1, newEvents(1))).toMatchObject({ lastRevision: 2 });
      // Everything is still there for readers of the whole.
      expect(await readEverything(store)).toHaveLength(EVENTS + 3);
    }));

  it('is known at the next start, which it does not prevent', () =>
    inChronicle(async ({ store, name, again }) => {
      const events = newEvents(EVENTS);
      await given(store, 'plan-1', events);
      await cut(name('plan-1'), how);
      const later = await again();
      expect(later.damage()).toEqual([{ stream: 'plan-1', problem: expect.stringMatching(problem) }]);
      await expect(later.append('plan-1', 'noStream', newEvents(1))).rejects.toMatchObject(closed);
      expect(idsOf(await readEverything(later))).toEqual(idsOf(events));
      expect((await later.eventAt(await later.head()))?.id).toBe(events.at(-1)?.id);
    }));

  // A tombstone cannot be undone.
  if (!isUndone) return;
  it('goes on when it was undone in time', () =>
    inChronicle(async ({ store, name }) => {
      await given(store, 'plan-1', newEvents(EVENTS));
      await cut(name('plan-1'), how);
      await until(() => store.damage().length > 0);
      await client.setStreamMetadata(name('plan-1'), {});
      await until(() => store.damage().length === 0);
      expect(await store.readStream('plan-1')).toHaveLength(EVENTS);
      expect(await store.append('plan-1', EVENTS - 1, newEvents(1))).toMatchObject({ lastRevision: EVENTS });
    }));
});

describe('a cut that was not undone in time', () => {
  it('is named as a loss after the scavenge', () =>
    inChronicle(async ({ store, name, again }) => {
      await given(store, 'plan-1', newEvents(EVENTS));
      await cut(name('plan-1'), '$tb');
      await server.scavenge(name('plan-1'));
      await client.setStreamMetadata(name('plan-1'), {});
      const missing = /its events 0–2 are missing, and nothing hides them: a scavenge has removed them/;
      await until(() => missing.test(store.damage()[0]?.problem ?? ''));
      const later = await again();
      await expect(later.readStream('plan-1')).rejects.toThrow(missing);
      await expect(later.readStream('plan-1', { direction: 'backwards' })).rejects.toThrow(missing);
      await expect(later.append('plan-1', EVENTS - 1, newEvents(1))).rejects.toThrow(ChronicleDamaged);
    }));
});

describe('the beginning of the chronicle', () => {
  it.each(['soft delete', 'tombstone'] as const)('is not begun a second time after a %s', (how) =>
    inChronicle(async ({ store, name, again }) => {
      await given(store, 'plan-1', newEvents(1));
      await cut(name('').replace('.', ':chronicle'), how);
      await expect(again()).rejects.toThrow(/:chronicle was cut on the event store: it was deleted/);
    }),
  );
});
