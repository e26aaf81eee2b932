import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fill } from '../../src/engine/projections/fill.js';
import type { ProjectionRunner } from '../../src/engine/projections/runner.js';
import { type ReadStore, ReadStoreUnavailable } from '../../src/engine/readstore/port.js';
import { COLLECTIONS, READ_MODELS } from '../../src/projections/readModels.js';
import { documentsOf, openWorkshop, overridden, type Workshop } from '../support/readModels.js';

const PARTY = { name: ['Методист'], kind: 'role', agreement: false, joint: false } as const;

let workshop: Workshop;
let store: ReadStore;
let planIds: string[];

beforeEach(async () => {
  workshop = await openWorkshop();
  store = await workshop.openStore();
  planIds = [];
  for (let copy = 1; copy <= 8; copy += 1) planIds.push(await workshop.chronicle.plan(copy));
});
afterEach(() => workshop.close());

/** Executes commands that touch every plan. */
async function change(): Promise<void> {
  for (const planId of planIds) {
    for (const number of [3, 4, 5, 6]) {
      const responsible = { text: PARTY.name, parties: [PARTY] };
      await workshop.chronicle.give(planId, { type: 'reassignActivity', activityId: `a${number}`, responsible });
    }
  }
}

/** Returns a store whose connection is cut after a fixed number of calls, and the number of cuts. */
function cutEvery(calls: number): { readonly cut: ReadStore; readonly cuts: () => number } {
  let made = 0;
  const call = <T>(work: () => Promise<T>): Promise<T> => {
    made += 1;
    return made % calls === 0 ? Promise.reject(new ReadStoreUnavailable('the connection was cut')) : work();
  };
  const cut = overridden(store, {
    load: (spec, ids) => call(() => store.load(spec, ids)),
    positions: (spec, ids) => call(() => store.positions(spec, ids)),
    write: (spec, writes) => call(() => store.write(spec, writes)),
    moveCheckpoint: (model, from, to) => call(() => store.moveCheckpoint(model, from, to)),
  });
  return { cut, cuts: () => Math.floor(made / calls) };
}

async function followed(through: ReadStore): Promise<ProjectionRunner> {
  const runner = await workshop.follow(through);
  await workshop.caughtUp(runner);
  return runner;
}

/** Checks that the rows written by following are those of the events. */
async function expectWhole(): Promise<void> {
  const runner = await followed(store);
  expect(await documentsOf(runner, store)).toEqual(await workshop.madeAnew());
}

describe('read models whose store is cut again and again, sooner than a batch is written', () => {
  it('advance with each model that is written', async () => {
    await (await followed(store)).stop();
    await change();
    // A batch takes at least 33 calls: a load, a write and a checkpoint for each of the eleven models.
    const { cut, cuts } = cutEvery(8);
    await (await followed(cut)).stop();
    expect(cuts()).toBeGreaterThan(2);
    await expectWhole();
  });

  it('are written again without another replay of the plans', async () => {
    await (await followed(store)).stop();
    await change();
    let [failures, replays] = [0, 0];
    const failing = overridden(store, {
      write: (spec, writes) => {
        failures += 1;
        return failures > 3
          ? store.write(spec, writes)
          : Promise.reject(new ReadStoreUnavailable('the connection was cut'));
      },
    });
    const { events } = workshop.chronicle;
    const counted = overridden(events, {
      readStream: (...args) => {
        replays += 1;
        return events.readStream(...args);
      },
    });
    await workshop.caughtUp(await workshop.follow(failing, counted));
    expect(failures).toBeGreaterThan(3);
    expect(replays).toBe(planIds.length);
  });

  it('are filled stream by stream: no stream is written twice', async () => {
    await store.prepare(COLLECTIONS);
    const { cut } = cutEvery(40);
    const { events } = workshop.chronicle;
    const head = await events.head();
    const done = new Set<string>();
    let failures = 0;
    const attempt = async (): Promise<void> => {
      for await (const _ of fill(READ_MODELS, events, cut, COLLECTIONS, head, { piece: 1, done }));
    };
    for (let known = -1; known < done.size; ) {
      known = done.size;
      await attempt().catch((error: unknown) => {
        if (!(error instanceof ReadStoreUnavailable)) throw error;
        failures += 1;
      });
    }
    expect(failures).toBeGreaterThan(2);
    const runner = await followed(await workshop.openStore('whole.db'));
    const counts = async (of: ReadStore) => Promise.all(COLLECTIONS.map((spec) => of.count(spec, [])));
    expect(await counts(store)).toEqual(await counts(await workshop.openStore('whole.db')));
    await runner.stop();
  });
});
