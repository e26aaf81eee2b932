import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { NativePosition } from '../../src/engine/eventstore/port.js';
import type { ProjectionRunner } from '../../src/engine/projections/runner.js';
import { type ReadStore, ReadStoreUnavailable } from '../../src/engine/readstore/port.js';
import { partyIdOf } from '../../src/projections/model.js';
import { parties } from '../../src/projections/parties.js';
import { breakView, mendViews } from '../support/brokenViews.js';
import { documentOf, documentsOf, openWorkshop, overridden, type Workshop } from '../support/readModels.js';

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

/** How many activities of each plan name the shared party, as its document says. */
async function shares(runner: ProjectionRunner): Promise<Record<string, number>> {
  const { body } = documentOf(await documentsOf(runner, store), parties, shared);
  if (!parties.isBody(body)) throw new Error('a party has a body');
  return Object.fromEntries(Object.entries(body.plans).map(([planId, { count }]) => [planId, count]));
}

describe('a document of several plans of which one makes its view throw', () => {
  it('lacks the share of that plan alone', async () => {
    await name(first, 'a3');
    await name(second, 'a3');
    await name(second, 'a4');
    breakView(parties, (id, planId) => id === shared && planId === first);
    const runner = await followed();
    expect(await shares(runner)).toEqual({ [second]: 2 });
    expect(runner.quarantine.entries).toMatchObject([
      { model: 'parties', stream: `plan-${first}`, documentId: shared },
    ]);
  });

  it('keeps the share that it had of that plan', async () => {
    await name(first, 'a3');
    const runner = await followed();
    breakView(parties, (id, planId) => id === shared && planId === first);
    await name(first, 'a4');
    await name(second, 'a3');
    await workshop.caughtUp(runner);
    expect(await shares(runner)).toEqual({ [first]: 1, [second]: 1 });
  });

  it('gets the share when it is tried again', async () => {
    await name(first, 'a3');
    await name(second, 'a3');
    breakView(parties, (_, planId) => planId === first);
    const runner = await followed();
    mendViews();
    const { left } = await runner.retry();
    expect(left).toBe(0);
    expect(await shares(runner)).toEqual({ [first]: 1, [second]: 1 });
    expect(await documentsOf(runner, store)).toEqual(await workshop.madeAnew());
  });

  it('gets the share with a later event of that plan, not with one of the other', async () => {
    await name(first, 'a3');
    await name(second, 'a3');
    breakView(parties, (id, planId) => id === shared && planId === first);
    const runner = await followed();
    mendViews();
    await name(second, 'a4');
    await workshop.caughtUp(runner);
    expect(await shares(runner)).toEqual({ [second]: 2 });
    expect(runner.quarantine.size).toBe(1);
    await name(first, 'a4');
    await workshop.caughtUp(runner);
    expect(await shares(runner)).toEqual({ [first]: 2, [second]: 2 });
    expect(runner.quarantine.size).toBe(0);
  });

  it('is gone while no other plan names it, and comes back with the share', async () => {
    await name(first, 'a3');
    await name(second, 'a3');
    breakView(parties, (id, planId) => id === shared && planId === first);
    const runner = await followed();
    const other = { name: ['Центр'], kind: 'unit', agreement: false, joint: false } as const;
    const responsible = { text: other.name, parties: [other] };
    await workshop.chronicle.give(second, { type: 'reassignActivity', activityId: 'a3', responsible });
    await workshop.caughtUp(runner);
    expect((await documentsOf(runner, store)).parties).not.toHaveProperty(shared);
    mendViews();
    expect(await runner.retry()).toEqual({ healed: 1, left: 0 });
    expect(await shares(runner)).toEqual({ [first]: 1 });
  });
});

describe('a batch with such a document that is done again, as after a crash', () => {
  beforeEach(async () => {
    await name(first, 'a3');
    await name(second, 'a3');
    breakView(parties, (id, planId) => id === shared && planId === first);
  });

  /** The store, failing once at a step of the batch when the shared document is written already. */
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
      expect(await shares(runner)).toEqual({ [second]: 1 });
      expect(runner.quarantine.entries).toMatchObject([
        { model: 'parties', stream: `plan-${first}`, documentId: shared },
      ]);
    },
  );
});
