import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { NativePosition } from '../../src/engine/eventstore/port.js';
import type { ProjectionRunner } from '../../src/engine/projections/runner.js';
import { type ReadStore, ReadStoreUnavailable } from '../../src/engine/readstore/port.js';
import { partyIdOf } from '../../src/projections/model.js';
import { parties, partyRowId } from '../../src/projections/parties.js';
import { breakView, mendViews } from '../support/brokenViews.js';
import { documentsOf, openWorkshop, overridden, type Workshop } from '../support/readModels.js';

/** The party that both plans name and no other activity than this one. */
const PARTY = { name: ['Совет ветеранов'], kind: 'org', agreement: false, joint: false } as const;
const shared = partyIdOf({ name: ['совет ветеранов'], kind: 'org', agreement: false, joint: false });

let workshop: Workshop;
let store: ReadStore;
let first: string;
let second: string;

beforeEach(async () => {
  workshop = await openWorkshop();
  store = await workshop.openStore();
  first = await workshop.chronicle.plan(1);
  second = await workshop.chronicle.plan(2);
});
afterEach(async () => {
  mendViews();
  await workshop.close();
});

function name(planId: string, activityId: string): Promise<void> {
  const responsible = { text: PARTY.name, parties: [PARTY] };
  return workshop.chronicle.give(planId, { type: 'reassignActivity', activityId, responsible });
}

async function followed(through: ReadStore = store): Promise<ProjectionRunner> {
  const runner = await workshop.follow(through);
  await workshop.caughtUp(runner);
  return runner;
}

/** Returns the number of activities of each plan that name the party, from its rows. */
async function counts(runner: ProjectionRunner): Promise<Record<string, unknown>> {
  const rows = Object.values((await documentsOf(runner, store)).parties ?? {});
  const ours = rows.filter(({ fields }) => fields.partyId === shared);
  return Object.fromEntries(ours.map(({ fields }) => [String(fields.planId), fields.activityCount]));
}

describe('a party of several plans of which one makes its view throw', () => {
  beforeEach(async () => {
    await name(first, 'a3');
    await name(second, 'a3');
    breakView(parties, (id) => id === partyRowId(shared, first));
  });

  it('lacks the row of that plan alone, and later events of the other do not heal it', async () => {
    const runner = await followed();
    await name(second, 'a4');
    await workshop.caughtUp(runner);
    expect(await counts(runner)).toEqual({ [second]: 2 });
    expect(runner.quarantine.entries).toMatchObject([
      { model: 'parties', stream: `plan-${first}`, documentId: partyRowId(shared, first) },
    ]);
  });

  it('gets the row when it is tried again', async () => {
    const runner = await followed();
    mendViews();
    expect(await runner.retry()).toEqual({ healed: 1, left: 0 });
    expect(await counts(runner)).toEqual({ [first]: 1, [second]: 1 });
    expect(await documentsOf(runner, store)).toEqual(await workshop.madeAnew());
  });

  it('gets the row with a later event of that plan', async () => {
    const runner = await followed();
    mendViews();
    await name(first, 'a4');
    await workshop.caughtUp(runner);
    expect(await counts(runner)).toEqual({ [first]: 2, [second]: 1 });
    expect(runner.quarantine.size).toBe(0);
  });
});

describe('a party that very many plans name', () => {
  it('has rows of the same size as before', async () => {
    const size = async () => {
      const rows = Object.values((await workshop.madeAnew()).parties ?? {}).map((row) => JSON.stringify(row).length);
      return Math.max(...rows);
    };
    const before = await size();
    for (let number = 3; number < 13; number += 1) await name(await workshop.chronicle.plan(number), 'a3');
    expect(await size()).toBeLessThan(before + 200);
  });
});

describe('a batch with such a document that is done again, as after a crash', () => {
  beforeEach(async () => {
    await name(first, 'a3');
    await name(second, 'a3');
    breakView(parties, (id) => id === partyRowId(shared, first));
  });

  /** Returns a store that fails once at a step of the batch, after the row of the other plan was written. */
  function failingOnce(at: 'quarantine' | 'auditTrail' | 'checkpoint'): ReadStore {
    let fails = true;
    const failOnce = (isHere: boolean) => {
      if (!isHere || !fails) return;
      fails = false;
      throw new ReadStoreUnavailable('the disk is away');
    };
    return overridden(store, {
      async write(spec, writes) {
        failOnce(spec.name === at);
        return store.write(spec, writes);
      },
      async moveCheckpoint(model: string, from: NativePosition | undefined, to: NativePosition) {
        failOnce(at === 'checkpoint');
        return store.moveCheckpoint(model, from, to);
      },
    });
  }

  it.each(['auditTrail', 'quarantine', 'checkpoint'] as const)(
    'still tells what the document lacks, when it was cut short at the %s',
    async (at) => {
      const runner = await followed(failingOnce(at));
      expect(await counts(runner)).toEqual({ [second]: 1 });
      expect(runner.quarantine.entries).toMatchObject([
        { model: 'parties', stream: `plan-${first}`, documentId: partyRowId(shared, first) },
      ]);
    },
  );
});
