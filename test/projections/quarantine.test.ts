import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { QUARANTINE } from '../../src/engine/projections/quarantine.js';
import { bodyOf } from '../../src/engine/projections/readModel.js';
import type { ReadStore } from '../../src/engine/readstore/port.js';
import { activities } from '../../src/projections/activities.js';
import { changes } from '../../src/projections/changes.js';
import { monitoring } from '../../src/projections/monitoring.js';
import { breakTouches, breakView, enlargeView, mendViews } from '../support/brokenViews.js';
import { liveThrough } from '../support/chronicle.js';
import { checkpointsOf, documentOf, documentsOf, openWorkshop, type Workshop, without } from '../support/readModels.js';

let workshop: Workshop;
let store: ReadStore;
let planId: string;
/** The row of activity 3, whose view is broken in most of the tests. */
let a3: string;

beforeEach(async () => {
  workshop = await openWorkshop();
  store = await workshop.openStore();
  planId = await workshop.chronicle.plan(1);
  a3 = `${planId}.a3`;
});
afterEach(async () => {
  mendViews();
  await workshop.close();
});

function complete(activityId: string): Promise<void> {
  const point = { pointId: null, actualOn: '2020-09-28', count: null, note: null };
  return workshop.chronicle.give(planId, { type: 'completeActivity', activityId, ...point });
}

async function followed() {
  const runner = await workshop.follow(store);
  await workshop.caughtUp(runner);
  return runner;
}

describe('a view that throws', () => {
  it('has its document quarantined alone: all others go on, and the checkpoints pass', async () => {
    await liveThrough(workshop.chronicle, planId);
    const view = breakView(activities, (id) => id === a3);
    const runner = await followed();
    expect(view.failures).toBe(1);
    expect(runner.quarantine.entries).toMatchObject([
      {
        model: 'activities',
        stream: `plan-${planId}`,
        documentId: a3,
        failures: 1,
        message: expect.stringMatching(/^TypeError: /),
      },
    ]);
    const head = await workshop.chronicle.events.head();
    expect(runner.position).toBe(head);
    expect(new Set(await checkpointsOf(runner, store))).toEqual(new Set([head]));
    view.mend();
    expect(await documentsOf(runner, store)).toEqual(without(await workshop.madeAnew(), activities, a3));
  });

  it('leaves the document as it was before the event', async () => {
    const runner = await followed();
    const before = documentOf(await documentsOf(runner, store), activities, a3);
    breakView(activities, (id) => id === a3);
    await complete('a3');
    await workshop.caughtUp(runner);
    expect(documentOf(await documentsOf(runner, store), activities, a3)).toEqual(before);
  });

  it('is told of: what is behind, and since which event', async () => {
    const runner = await followed();
    breakView(activities, (id) => id === a3);
    await complete('a3');
    await workshop.caughtUp(runner);
    const [event] = (await workshop.chronicle.events.readStream(`plan-${planId}`)).slice(-1);
    const recordedAt = /"recordedAt":"([^"]+)"/.exec(event?.body ?? '')?.[1];
    const { quarantine } = runner;
    expect(quarantine.entries).toMatchObject([{ position: event?.position, recordedAt }]);
    expect(quarantine.staleSince('activities', `plan-${planId}`, a3)).toBe(recordedAt);
    expect(quarantine.staleSince('activities', `plan-${planId}`, `${planId}.a4`)).toBeNull();
    expect(quarantine.staleSince('controlPoints', `plan-${planId}`, a3)).toBeNull();
    expect(quarantine.staleness(new Set(['plans']))).toEqual([]);
    expect(quarantine.staleness(new Set(['plans', 'activities']))).toEqual([
      { model: 'activities', documents: 1, since: event?.position, sinceAt: recordedAt },
    ]);
  });

  it('is behind since the first event that it lacks, also when later ones came in the same batch', async () => {
    const runner = await followed();
    await runner.stop();
    await complete('a3');
    const since = await workshop.chronicle.events.head();
    await workshop.chronicle.give(planId, { type: 'withdrawCompletion', activityId: 'a3', pointId: null });
    breakView(activities, (id) => id === a3);
    const again = await followed();
    expect(again.quarantine.entries).toMatchObject([{ position: since }]);
  });

  it('counts how often it failed, since the first event that the document lacks', async () => {
    const runner = await followed();
    breakView(activities, (id) => id === a3);
    await complete('a3');
    const since = await workshop.chronicle.events.head();
    await workshop.caughtUp(runner);
    await workshop.chronicle.give(planId, { type: 'withdrawCompletion', activityId: 'a3', pointId: null });
    await workshop.caughtUp(runner);
    expect(runner.quarantine.entries).toMatchObject([{ position: since, failures: 2 }]);
  });
});

describe('the quarantine', () => {
  it('survives a restart', async () => {
    const view = breakView(activities, (id) => id === a3);
    const runner = await followed();
    await runner.stop();
    view.mend();
    const again = await followed();
    expect(again.quarantine.entries).toEqual(runner.quarantine.entries);
    expect(again.quarantine.size).toBe(1);
  });

  it('keeps what is tried again in vain', async () => {
    const view = breakView(activities, (id) => id === a3);
    const runner = await followed();
    const [entry] = runner.quarantine.entries;
    expect(await runner.retry()).toEqual({ healed: 0, left: 1 });
    expect(view.failures).toBe(2);
    expect(runner.quarantine.entries).toEqual([{ ...entry, failures: 2 }]);
  });

  it('is left when the document is tried again and its view works', async () => {
    const view = breakView(activities, (id) => id === a3);
    const runner = await followed();
    await complete('a3');
    await workshop.caughtUp(runner);
    view.mend();
    expect(await runner.retry()).toEqual({ healed: 1, left: 0 });
    expect(await documentsOf(runner, store)).toEqual(await workshop.madeAnew());
    await runner.stop();
    expect((await followed()).quarantine.size).toBe(0);
  });

  it('is left when a later event touches the document and its view works', async () => {
    const view = breakView(activities, (id) => id === a3);
    const runner = await followed();
    view.mend();
    await complete('a5');
    await workshop.caughtUp(runner);
    expect(runner.quarantine.size).toBe(1);
    await complete('a3');
    await workshop.caughtUp(runner);
    expect(runner.quarantine.size).toBe(0);
    expect(await documentsOf(runner, store)).toEqual(await workshop.madeAnew());
    expect(await store.count(QUARANTINE, [])).toBe(0);
  });

  it('is entered again by what left it and fails once more', async () => {
    breakView(activities, (id) => id === a3);
    const runner = await followed();
    mendViews();
    await runner.retry();
    breakView(activities, (id) => id === a3);
    await complete('a3');
    await workshop.caughtUp(runner);
    expect(runner.quarantine.entries).toMatchObject([{ documentId: a3, failures: 1, position: runner.position }]);
  });

  it('takes a document that is too large for the store, and no other of the same batch', async () => {
    enlargeView(activities, (id) => id === a3);
    const runner = await followed();
    const message = expect.stringMatching(/^RecordTooLarge: /);
    expect(runner.quarantine.entries).toMatchObject([{ model: 'activities', documentId: a3, message }]);
    mendViews();
    expect(await documentsOf(runner, store)).toEqual(without(await workshop.madeAnew(), activities, a3));
  });
});

describe('a read model that cannot tell what an event touches', () => {
  it('is quarantined for that plan: other models, and other plans, go on', async () => {
    const other = await workshop.chronicle.plan(2);
    breakTouches(monitoring, (id) => id === planId);
    const runner = await followed();
    expect(runner.quarantine.entries).toMatchObject([
      { model: 'monitoring', stream: `plan-${planId}`, documentId: null },
    ]);
    expect(runner.quarantine.staleSince('monitoring', `plan-${planId}`, planId)).not.toBeNull();
    expect(runner.quarantine.staleSince('monitoring', `plan-${other}`, other)).toBeNull();
    mendViews();
    expect(await documentsOf(runner, store)).toEqual(without(await workshop.madeAnew(), monitoring, planId));
    expect(await runner.retry()).toEqual({ healed: 1, left: 0 });
    expect(await documentsOf(runner, store)).toEqual(await workshop.madeAnew());
  });
});

describe('the change feed', () => {
  it('has the change of a view that throws, without what it cannot tell, until that is made good', async () => {
    const runner = await followed();
    breakView(changes, () => true);
    await complete('a3');
    const [event] = (await workshop.chronicle.events.readStream(`plan-${planId}`)).slice(-1);
    const id = event?.id ?? '';
    await workshop.caughtUp(runner);
    const told = documentOf(await documentsOf(runner, store), changes, id);
    expect(bodyOf(changes, told)).toMatchObject({
      activityId: 'a3',
      eventType: 'ActivityCompleted',
      statusChanges: [],
    });
    expect(runner.quarantine.entries).toMatchObject([{ model: 'changes', documentId: id }]);
    mendViews();
    expect(await runner.retry()).toEqual({ healed: 1, left: 0 });
    const documents = await documentsOf(runner, store);
    expect(bodyOf(changes, documentOf(documents, changes, id))).toMatchObject({
      statusChanges: [{ activityId: 'a3' }],
    });
    expect(documents).toEqual(await workshop.madeAnew());
  });
});
