import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore } from '../../src/engine/eventstore/port.js';
import { bodyOf } from '../../src/engine/projections/readModel.js';
import { type RebuildProgress, rebuild, UnknownReadModel } from '../../src/engine/projections/rebuild.js';
import { ProjectionRunner } from '../../src/engine/projections/runner.js';
import { tableOf } from '../../src/engine/readstore/layout.js';
import { type CollectionSpec, type ReadStore, ReadStoreUnavailable } from '../../src/engine/readstore/port.js';
import { activities } from '../../src/projections/activities.js';
import { monitoring } from '../../src/projections/monitoring.js';
import { plans } from '../../src/projections/plans.js';
import { COLLECTIONS, READ_MODELS } from '../../src/projections/readModels.js';
import { breakView, mendViews } from '../support/brokenViews.js';
import { liveThrough } from '../support/chronicle.js';
import {
  checkpointsOf,
  documentOf,
  documentsOf,
  openWorkshop,
  overridden,
  tablesOf,
  type Workshop,
  without,
} from '../support/readModels.js';
import { silent } from '../support/server.js';

const ALL: readonly string[] = [];
const PAGE = 8;

let workshop: Workshop;
let store: ReadStore;
let runner: ProjectionRunner;
let planId: string;

beforeEach(async () => {
  workshop = await openWorkshop();
  store = await workshop.openStore();
  runner = await workshop.follow(store);
  planId = await workshop.chronicle.plan(1);
  await liveThrough(workshop.chronicle, planId);
  await workshop.caughtUp(runner);
});
afterEach(async () => {
  mendViews();
  await workshop.close();
});

/** Returns the event store with small pages, so that a rebuild takes many steps. */
function inPages(): EventStore {
  const { events } = workshop.chronicle;
  return overridden(events, { readAll: (options) => events.readAll({ ...options, limit: PAGE }) });
}

function rebuilding(names = ALL, through = store): AsyncGenerator<RebuildProgress> {
  return rebuild(inPages(), through, runner, names, PAGE);
}

/** Returns all progress reports of a rebuild. */
async function told(work: AsyncGenerator<RebuildProgress>): Promise<RebuildProgress[]> {
  const progress: RebuildProgress[] = [];
  for await (const each of work) progress.push(each);
  return progress;
}

function tables() {
  return tablesOf(join(workshop.directory, 'readmodels.db'));
}

/** The tables of one build, side tables too. */
async function tablesOfBuild(spec: CollectionSpec): Promise<string[]> {
  const table = tableOf(spec);
  return Object.keys(await tables()).filter((name) => name === table || name.startsWith(`${table}_`));
}

function reword(activityId: string, title: string): Promise<void> {
  return workshop.chronicle.give(planId, { type: 'rewordActivity', activityId, title });
}

describe('a rebuild', () => {
  it.each([
    ['of all read models', ALL],
    ['of one', ['activities']],
  ])('%s leaves them as they were, in tables of their own; the old ones are gone', async (_, names) => {
    const before = await documentsOf(runner, store);
    const progress = await told(rebuilding(names));
    expect(progress.at(-1)).toMatchObject({ done: true, quarantined: 0 });
    expect(await documentsOf(runner, store)).toEqual(before);
    for (const spec of COLLECTIONS) {
      const isNew = names.length === 0 || names.includes(spec.name);
      const [old, made] = [await tablesOfBuild(spec), await tablesOfBuild({ ...spec, build: 1 })];
      expect([old.length > 0, made.length > 0]).toEqual([!isNew, isNew]);
    }
    const head = await workshop.chronicle.events.head();
    expect(new Set(await checkpointsOf(runner, store))).toEqual(new Set([head]));
    expect((await tables()).checkpoint).toHaveLength(COLLECTIONS.length);
  });

  it('makes again what the old documents have lost', async () => {
    const before = await documentsOf(runner, store);
    await store.clear(runner.live(activities.spec));
    await told(rebuilding(['activities']));
    expect(await documentsOf(runner, store)).toEqual(before);
  });

  it('tells how far it is, and how fast, until it is done', async () => {
    const { events } = await workshop.chronicle.events.readAll({ after: '' });
    const progress = await told(rebuilding());
    expect(progress.map(({ done }) => done)).toEqual([...progress.slice(1).map(() => false), true]);
    expect(progress.length).toBeGreaterThan(events.length / PAGE / 2);
    expect(progress.map((each) => each.events)).toEqual(progress.map((each) => each.events).toSorted((a, b) => a - b));
    expect(progress.at(-1)?.events).toBe(events.length);
    for (const { rate } of progress) expect(rate).toBeGreaterThan(0);
  });

  it('can be done again and again', async () => {
    const before = await documentsOf(runner, store);
    for (const build of [1, 2, 3]) {
      await told(rebuilding());
      expect(await tablesOfBuild({ ...plans.spec, build })).not.toEqual([]);
    }
    expect((await tables()).build).toHaveLength(COLLECTIONS.length);
    expect(await tablesOfBuild({ ...plans.spec, build: 2 })).toEqual([]);
    expect(await documentsOf(runner, store)).toEqual(before);
  });

  it('is what answers, and is followed, after a restart', async () => {
    await told(rebuilding());
    await runner.stop();
    await reword('a3', 'Другое название');
    const again = await workshop.follow(store);
    await workshop.caughtUp(again);
    expect(again.live(plans.spec)).toMatchObject({ build: 1 });
    expect(await documentsOf(again, store)).toEqual(await workshop.madeAnew());
  });

  it('goes as far as the chronicle when nobody follows it, as on files that no server has open', async () => {
    await runner.stop();
    await reword('a3', 'Другое название');
    const still = new ProjectionRunner(READ_MODELS, workshop.chronicle.events, store, silent);
    await still.open();
    await told(rebuild(inPages(), store, still, ALL));
    expect(await documentsOf(still, store)).toEqual(await workshop.madeAnew());
    expect(still.position).toBe(await workshop.chronicle.events.head());
  });

  it('of a read model that there is not is refused, and those that there are are named', async () => {
    const before = await tables();
    const refused = told(rebuilding(['plans', 'deadlines']));
    await expect(refused).rejects.toThrow(UnknownReadModel);
    await expect(refused).rejects.toThrow(
      /«deadlines»; there are: plans, activities, controlPoints, monitoring, editions, parties, organisations, organisationReports, holders, auditTrail, changes$/,
    );
    expect(await tables()).toEqual(before);
  });
});

describe('while read models are made anew', () => {
  /** Requests everything repeatedly until it is stopped. Returns the number of requests. */
  function keepAsking(expected: Awaited<ReturnType<typeof documentsOf>>) {
    let goesOn = true;
    const asking = (async () => {
      for (let times = 0; ; times += 1) {
        if (!goesOn) return times;
        const found = await documentsOf(runner, store);
        for (const [model, documents] of Object.entries(expected)) {
          expect(Object.keys(found[model] ?? {})).toEqual(expect.arrayContaining(Object.keys(documents)));
        }
        await nextTurn();
      }
    })();
    asking.catch(() => undefined);
    return () => {
      goesOn = false;
      return asking;
    };
  }

  it.each([
    ['all', ALL],
    ['one', ['activities']],
  ])('queries miss no document and commands go on: %s', async (_, names) => {
    const stopAsking = keepAsking(await documentsOf(runner, store));
    let commands = 0;
    for await (const { done } of rebuilding(names)) {
      if (done) break;
      commands += 1;
      await reword('a3', `Название ${commands}`);
      if (commands === 2) await workshop.chronicle.plan(2);
    }
    expect(await stopAsking()).toBeGreaterThan(commands);
    await workshop.caughtUp(runner);
    const documents = await documentsOf(runner, store);
    const body = bodyOf(activities, documentOf(documents, activities, `${planId}.a3`));
    expect(body).toMatchObject({ title: `Название ${commands}` });
    expect(Object.keys(documents.plans ?? {})).toHaveLength(2);
    expect(documents).toEqual(await workshop.madeAnew());
  });

  it('answers stay those of the old ones until the new ones are whole', async () => {
    const before = await documentsOf(runner, store);
    const work = rebuilding();
    await work.next();
    expect(runner.live(plans.spec).build ?? 0).toBe(0);
    expect(await documentsOf(runner, store)).toEqual(before);
    for await (const { done } of work) expect(runner.live(plans.spec).build ?? 0).toBe(done ? 1 : 0);
  });

  it('a query in the very moment of the change is answered', async () => {
    const before = await documentsOf(runner, store);
    let found: unknown;
    await runner.stop();
    const through = overridden(store, {
      async switchBuilds(specs) {
        await store.switchBuilds(specs);
        found = await documentsOf(runner, store);
      },
    });
    runner = await workshop.follow(through);
    await told(rebuilding(ALL, through));
    expect(found).toEqual(before);
  });
});

describe('a rebuild that is interrupted', () => {
  it('leaves the old read models, and nothing of the new ones', async () => {
    const [documents, before] = [await documentsOf(runner, store), await tables()];
    const work = rebuilding();
    await work.next();
    await work.next();
    expect(await tablesOfBuild({ ...plans.spec, build: 1 })).not.toEqual([]);
    await work.return(undefined);
    expect(await documentsOf(runner, store)).toEqual(documents);
    expect(Object.keys(await tables())).toEqual(Object.keys(before));
    expect(await tables()).toEqual(before);
  });

  it('is followed by one that goes through', async () => {
    const work = rebuilding();
    await work.next();
    await work.return(undefined);
    await reword('a3', 'Другое название');
    await told(rebuilding());
    await workshop.caughtUp(runner);
    expect(await documentsOf(runner, store)).toEqual(await workshop.madeAnew());
  });

  it('by the store just before the change leaves the old ones', async () => {
    const before = await documentsOf(runner, store);
    await runner.stop();
    const failing = overridden(store, {
      async switchBuilds() {
        throw new ReadStoreUnavailable('the disk is away');
      },
    });
    runner = await workshop.follow(failing);
    await expect(told(rebuilding(ALL, failing))).rejects.toThrow('the disk is away');
    expect(await documentsOf(runner, store)).toEqual(before);
    await reword('a3', 'Другое название');
    await workshop.caughtUp(runner);
    expect(await documentsOf(runner, store)).toEqual(await workshop.madeAnew());
  });

  it('by the store just after the change leaves the new ones', async () => {
    const view = breakView(activities, (id) => id === `${planId}.a3`);
    await reword('a3', 'Другое название');
    await workshop.caughtUp(runner);
    view.mend();
    await runner.stop();
    let fails = true;
    const failing = overridden(store, {
      async write(spec, writes) {
        if (spec.name === 'quarantine' && fails) throw new ReadStoreUnavailable('the disk is away');
        return store.write(spec, writes);
      },
    });
    runner = await workshop.follow(failing);
    await expect(told(rebuilding(ALL, failing))).rejects.toThrow('the disk is away');
    expect(await documentsOf(runner, store)).toEqual(await workshop.madeAnew());
    fails = false;
    await runner.retry();
    expect(runner.quarantine.size).toBe(0);
  });
});

describe('the quarantine after a rebuild', () => {
  it('has let go of what was made anew, and of nothing else', async () => {
    const [first, second] = [breakView(activities, () => true), breakView(monitoring, () => true)];
    await reword('a3', 'Другое название');
    await workshop.caughtUp(runner);
    first.mend();
    second.mend();
    await told(rebuilding(['activities']));
    expect(runner.quarantine.entries).toMatchObject([{ model: 'monitoring' }]);
    await told(rebuilding());
    expect(runner.quarantine.size).toBe(0);
    expect(await documentsOf(runner, store)).toEqual(await workshop.madeAnew());
  });

  it('has what could not be made, which the last progress counts', async () => {
    const id = `${planId}.a3`;
    const view = breakView(activities, (each) => each === id);
    expect((await told(rebuilding())).at(-1)).toMatchObject({ done: true, quarantined: 1 });
    expect(runner.quarantine.entries).toMatchObject([
      { model: 'activities', stream: `plan-${planId}`, documentId: id },
    ]);
    const documents = await documentsOf(runner, store);
    view.mend();
    expect(documents).toEqual(without(await workshop.madeAnew(), activities, id));
    expect(await runner.retry()).toEqual({ healed: 1, left: 0 });
    expect(await documentsOf(runner, store)).toEqual(await workshop.madeAnew());
  });

  it('has nothing that a later page of the same rebuild made good', async () => {
    let faults = 1;
    breakView(activities, (id) => id === `${planId}.a3` && faults-- > 0);
    expect((await told(rebuilding())).at(-1)).toMatchObject({ quarantined: 0 });
    expect(runner.quarantine.size).toBe(0);
    expect(await documentsOf(runner, store)).toEqual(await workshop.madeAnew());
  });
});

it('a rebuild of one long plan gives others their turn again and again', async () => {
  for (let number = 0; number < 300; number += 1) await reword('a5', `Формулировка ${number}`);
  await workshop.caughtUp(runner);
  let turns = 0;
  let isWorking = true;
  const others = (async () => {
    while (isWorking) {
      await nextTurn();
      turns += 1;
    }
  })();
  try {
    const { events } = workshop.chronicle;
    const done = (await told(rebuild(events, store, runner, ALL))).at(-1);
    expect(done?.events).toBeGreaterThan(300);
    // After every hundred events at least, whatever the size of the plan and of its pages.
    expect(turns).toBeGreaterThanOrEqual(Math.floor((done?.events ?? 0) / 100));
  } finally {
    isWorking = false;
    await others;
  }
});
