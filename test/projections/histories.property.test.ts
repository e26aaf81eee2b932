import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type EventStore, START, type StoredEvent } from '../../src/engine/eventstore/port.js';
import { openSqliteEventStore } from '../../src/engine/eventstore/sqlite/store.js';
import { ProjectionRunner } from '../../src/engine/projections/runner.js';
import { checkpointOf } from '../../src/engine/readstore/port.js';
import { openSqliteReadStore, type SqliteReadStore } from '../../src/engine/readstore/sqlite/store.js';
import { COLLECTIONS, READ_MODELS } from '../../src/projections/readModels.js';
import { readEverything } from '../conformance/eventstore.fixture.js';
import { histories, IMPORTED, played, type Step, stored } from '../support/histories.js';
import { documentsOf, overridden, tablesOf } from '../support/readModels.js';
import { removeDirectory, silent, temporaryDirectory } from '../support/server.js';
import { caughtUp } from '../support/waiting.js';

/** A failure is made smaller no longer than this; runs take a few seconds in all. */
const LIMIT = { interruptAfterTimeLimit: 20_000 };

const sizes = fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 6 });

/** Runs work with a separate event store that contains a history. */
async function withChronicle(
  history: readonly Step[],
  work: (events: EventStore, file: (name: string) => string) => Promise<void>,
): Promise<void> {
  const directory = await temporaryDirectory();
  const events = await openSqliteEventStore(join(directory, 'chronicle.db'));
  try {
    await stored(played(history), events);
    await work(events, (name) => join(directory, name));
  } finally {
    await events.close();
    await removeDirectory(directory);
  }
}

/**
 * Returns the event store, which is followed in batches of these sizes in turn; `passed` is called when the read models
 * have a batch.
 */
function inBatches(events: EventStore, sizes: readonly number[], passed: () => Promise<void>): EventStore {
  return overridden(events, {
    async *subscribeToAll({ after, filter = {}, signal }) {
      let position = after;
      for (let turn = 0; !signal.aborted; turn += 1) {
        const limit = sizes[turn % sizes.length] ?? 1;
        const batch = await events.readAll({ after: position, filter, limit });
        yield batch;
        await passed();
        if (batch.caughtUp && !signal.aborted) await once(signal, 'abort');
        position = batch.position;
      }
    },
  });
}

/** Returns the content of read models, including tombstones, after a runner has followed to the end. */
async function followed(
  file: string,
  events: EventStore,
  sizes: readonly number[],
  check: (store: SqliteReadStore, runner: ProjectionRunner) => Promise<void> = () => Promise.resolve(),
) {
  const store = await openSqliteReadStore(file);
  const faults: unknown[] = [];
  const passed = () => check(store, runner).catch((fault) => void faults.push(fault));
  const runner: ProjectionRunner = new ProjectionRunner(READ_MODELS, inBatches(events, sizes, passed), store, silent);
  try {
    // At the beginning, but not empty: empty read models would be filled stream by stream.
    await store.prepare(COLLECTIONS);
    for (const spec of COLLECTIONS) await store.moveCheckpoint(checkpointOf(spec), undefined, START);
    await runner.start();
    await caughtUp({ runner, events });
    await runner.stop();
    if (faults.length > 0) throw faults[0];
    expect(runner.quarantine.size).toBe(0);
    return await contents(file);
  } finally {
    await runner.stop();
    await store.close();
  }
}

/** Returns the content of read models that were filled stream by stream. */
async function filled(file: string, events: EventStore) {
  const store = await openSqliteReadStore(file);
  const runner = new ProjectionRunner(READ_MODELS, events, store, silent);
  try {
    await runner.start();
    await caughtUp({ runner, events });
    return await contents(file);
  } finally {
    await runner.stop();
    await store.close();
  }
}

/** Returns the content of read models after windows of events, which may overlap, were applied one after another. */
async function applied(file: string, events: EventStore, windows: Iterable<readonly StoredEvent[]>) {
  const store = await openSqliteReadStore(file);
  try {
    await store.prepare(COLLECTIONS);
    const folder = READ_MODELS.following(events);
    for (const window of windows) {
      const batch = folder.batch(COLLECTIONS);
      await batch.fold(window);
      const outcomes = await batch.write(store);
      expect(outcomes.flatMap(({ failures }) => failures)).toEqual([]);
    }
    return await contents(file);
  } finally {
    await store.close();
  }
}

async function contents(file: string) {
  const { checkpoint, build, ...tables } = await tablesOf(file);
  return Object.fromEntries(Object.entries(tables).filter(([name]) => !name.startsWith('quarantine')));
}

describe('read models of any history', () => {
  it('are the same however the batches fall in which they followed it', async () => {
    await fc.assert(
      fc.asyncProperty(histories, sizes, async (history, sizes) => {
        await withChronicle(history, async (events, file) => {
          const live = await followed(file('live.db'), events, sizes);
          expect(live).toEqual(await followed(file('anew.db'), events, [10_000]));
          expect(live).toEqual(await filled(file('filled.db'), events));
        });
      }),
      { ...LIMIT, numRuns: 12, seed: 20_200_901 },
    );
  });

  it('are the same when batches come again, cut otherwise', async () => {
    const windows = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 20 })), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(histories, windows, async (history, windows) => {
        await withChronicle(history, async (events, file) => {
          const all = await readEverything(events, READ_MODELS.streams);
          const again = await applied(file('again.db'), events, overlapping(all, windows));
          expect(again).toEqual(await followed(file('anew.db'), events, [10_000]));
        });
      }),
      { ...LIMIT, numRuns: 8, seed: 20_200_902 },
    );
  });
});

/** Yields each window twice. The next window begins some events before its end, as after a crash. */
function* overlapping(
  all: readonly StoredEvent[],
  windows: readonly (readonly [back: number, length: number])[],
): Generator<readonly StoredEvent[]> {
  for (let [from, turn] = [0, 0]; from < all.length; turn += 1) {
    const [back, length] = windows[turn % windows.length] ?? [0, all.length];
    const window = all.slice(Math.max(0, from - back), from + length);
    yield window;
    yield window;
    from += length;
  }
}

it('the histories have in them what read models find hard, so that the properties mean something', () => {
  const seen = new Set<string>();
  for (const history of fc.sample(histories, { numRuns: 150, seed: 7 })) {
    for (const { stream, events } of played(history)) for (const { type } of events) seen.add(`${type} ${stream}`);
  }
  const wanted = ['PlanImported', 'PlanImportAbandoned', 'PrintedApprovalConfirmed', 'ActivityReassigned'];
  expect([...seen]).toEqual(expect.arrayContaining(wanted.map((type) => `${type} plan-${IMPORTED}`)));
  const types = [...seen].map((each) => each.split(' ')[0]);
  const others = ['ActivityRemoved', 'ActivityExcluded', 'ActivityRescheduled', 'PlanDetailsChanged', 'DeadlineMissed'];
  expect(types).toEqual(expect.arrayContaining(others));
});

describe('a plan that is imported in pieces, given up and begun anew', () => {
  it('is nowhere before its mark; from then on it is everywhere, and told of once', async () => {
    let seenWhole = 0;
    await fc.assert(
      fc.asyncProperty(histories, sizes, async (history, sizes) => {
        await withChronicle(history, async (events, file) => {
          const stream = await events.readStream(`plan-${IMPORTED}`);
          const mark = stream.find(({ type }) => type === 'PlanImported');
          const begun = stream.findLast(({ type }) => type === 'PlanDrafted');
          await followed(file('live.db'), events, sizes, async (store, runner) => {
            const documents = await documentsOf(runner, store);
            const told = (model: string) =>
              Object.values(documents[model] ?? {}).filter((document) => JSON.stringify(document).includes(IMPORTED));
            if (!mark || !begun || mark.position > runner.position) {
              expect(Object.keys(documents).flatMap(told)).toEqual([]);
              return;
            }
            const passed = stream.filter(({ position }) => position <= runner.position);
            const idsSince = (first: StoredEvent) =>
              passed.filter(({ revision }) => revision >= first.revision).map(({ id }) => id);
            const idsIn = (model: string) => told(model).map(({ id }) => id);
            expect([idsIn('plans'), idsIn('monitoring')]).toEqual([[IMPORTED], [IMPORTED]]);
            expect(told('parties')).not.toEqual([]);
            expect(idsIn('changes').toSorted()).toEqual(idsSince(mark).toSorted());
            expect(idsIn('auditTrail').toSorted()).toEqual(idsSince(begun).toSorted());
            seenWhole += 1;
          });
        });
      }),
      { ...LIMIT, numRuns: 15, seed: 20_200_903 },
    );
    expect(seenWhole).toBeGreaterThan(5);
  });
});
