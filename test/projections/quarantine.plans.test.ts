import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '../../src/engine/eventstore/port.js';
import type { ProjectionRunner } from '../../src/engine/projections/runner.js';
import type { ReadStore } from '../../src/engine/readstore/port.js';
import { openSqlite } from '../../src/engine/storage/sqlite.js';
import { liveThrough } from '../support/chronicle.js';
import { type Documents, documentsOf, openWorkshop, type Workshop } from '../support/readModels.js';

let workshop: Workshop;
let store: ReadStore;
let broken: string;
let sound: string;

beforeEach(async () => {
  workshop = await openWorkshop();
  store = await workshop.openStore();
  broken = await workshop.chronicle.plan(1);
  sound = await workshop.chronicle.plan(2);
});
afterEach(() => workshop.close());

async function followed(): Promise<ProjectionRunner> {
  const runner = await workshop.follow(store);
  await workshop.caughtUp(runner);
  return runner;
}

async function lastEventOf(planId: string): Promise<StoredEvent> {
  const [event] = (await workshop.chronicle.events.readStream(`plan-${planId}`)).slice(-1);
  if (!event) throw new Error('the plan has events');
  return event;
}

/** Replaces the stored body of an event directly in the database file. */
async function damage({ position }: StoredEvent, body: string): Promise<void> {
  const database = await openSqlite(join(workshop.directory, 'chronicle.db'), 'writer');
  database.prepare('UPDATE events SET body = ? WHERE position = ?').run(body, Number(position));
  database.close();
}

/** Returns the rows of one plan in the models of plans. */
function ofPlan(documents: Documents, planId: string): unknown {
  return Object.entries(documents)
    .filter(([model]) => model !== 'parties')
    .map(([model, byId]) => [model, Object.values(byId).filter(({ fields, id }) => (fields.planId ?? id) === planId)]);
}

/** Kinds of damage of an event, each found by a different step of reading it. */
const DAMAGES: readonly (readonly [string, (event: StoredEvent) => string])[] = [
  ['is cut short', ({ body }) => body.slice(0, -20)],
  ['is another kind of value', () => '[]'],
  ['is of another type than it is stored as', ({ body }) => body.replace('"PrintedApprovalConfirmed"', '"PlanClosed"')],
  ['has no data', ({ body }) => body.replace('"data":{', '"facts":{')],
];

describe('a plan with an event that', () => {
  it.each(DAMAGES)('%s is quarantined whole, and other plans go on', async (_, damaged) => {
    const event = await lastEventOf(broken);
    await damage(event, damaged(event));
    await liveThrough(workshop.chronicle, sound);
    const runner = await followed();
    expect(runner.quarantine.entries).toMatchObject([
      { model: '*', stream: `plan-${broken}`, documentId: null, position: event.position },
    ]);
    expect(runner.quarantine.isBroken(`plan-${broken}`)).toBe(true);
    const documents = await documentsOf(runner, store);
    await damage(event, event.body);
    expect(ofPlan(documents, sound)).toEqual(ofPlan(await workshop.madeAnew(), sound));
  });
});

describe('a plan with an event that does not even tell its moment', () => {
  it('is told to be behind since a moment that an answer can tell', async () => {
    const event = await lastEventOf(broken);
    await damage(event, '[]');
    const { quarantine } = await followed();
    const since = [
      quarantine.staleSince('plans', `plan-${broken}`, broken),
      ...quarantine.staleness(new Set(['plans'])).map(({ sinceAt }) => sinceAt),
    ];
    expect(since.map((moment) => Number.isNaN(Date.parse(moment ?? '')))).toEqual([false, false]);
  });
});

describe('a plan whose event cannot be read', () => {
  let event: StoredEvent;

  beforeEach(async () => {
    event = await lastEventOf(broken);
    await damage(event, event.body.slice(0, -20));
  });

  it('stays as it was before that event, whatever comes after it', async () => {
    const runner = await followed();
    const before = ofPlan(await documentsOf(runner, store), broken);
    await liveThrough(workshop.chronicle, broken);
    await workshop.caughtUp(runner);
    expect(ofPlan(await documentsOf(runner, store), broken)).toEqual(before);
    expect(runner.quarantine.entries).toMatchObject([{ position: event.position, failures: 1 }]);
  });

  it('is told to be behind in every model, since the moment of that event', async () => {
    const { quarantine } = await followed();
    const recordedAt = /"recordedAt":"([^"]+)"/.exec(event.body)?.[1];
    expect(quarantine.staleSince('plans', `plan-${broken}`, broken)).toBe(recordedAt);
    expect(quarantine.staleSince('controlPoints', `plan-${broken}`, `${broken}.a3.1`)).toBe(recordedAt);
    expect(quarantine.staleSince('plans', `plan-${sound}`, sound)).toBeNull();
    expect(quarantine.staleness(new Set(['parties']))).toMatchObject([{ model: '*', documents: 1 }]);
  });

  it('is quarantined after a restart too', async () => {
    await (await followed()).stop();
    const runner = await followed();
    expect(runner.quarantine.isBroken(`plan-${broken}`)).toBe(true);
    await liveThrough(workshop.chronicle, sound);
    await workshop.caughtUp(runner);
    expect(runner.quarantine.size).toBe(1);
  });

  it('is left as it is when it is tried again in vain', async () => {
    const runner = await followed();
    const before = await documentsOf(runner, store);
    expect(await runner.retry()).toEqual({ healed: 0, left: 1 });
    expect(await documentsOf(runner, store)).toEqual(before);
  });

  it('is whole again, with all that came since, when it is tried again and the event can be read', async () => {
    const runner = await followed();
    await liveThrough(workshop.chronicle, broken);
    await workshop.caughtUp(runner);
    await damage(event, event.body);
    expect(await runner.retry()).toEqual({ healed: 1, left: 0 });
    expect(await documentsOf(runner, store)).toEqual(await workshop.madeAnew());
    await workshop.chronicle.give(broken, { type: 'excludeActivity', activityId: 'a7' });
    await workshop.caughtUp(runner);
    expect(await documentsOf(runner, store)).toEqual(await workshop.madeAnew());
    await runner.stop();
    expect((await followed()).quarantine.size).toBe(0);
  });
});

describe('a plan whose first event', () => {
  let first: StoredEvent;

  beforeEach(async () => {
    const [event] = await workshop.chronicle.events.readStream(`plan-${broken}`);
    if (!event) throw new Error('the plan has events');
    first = event;
  });

  it('lacks what the fold reads in it is quarantined whole, and other plans go on', async () => {
    await damage(first, first.body.replace('"stamps":', '"marks":'));
    const runner = await workshop.follow(store);
    await workshop.caughtUp(runner);
    expect(runner.quarantine.entries).toMatchObject([
      { model: '*', stream: `plan-${broken}`, position: first.position },
    ]);
    expect(Object.keys((await documentsOf(runner, store)).plans ?? {})).toEqual([sound]);
  });

  it('cannot be read any more is quarantined by the next event that needs the fold from the beginning', async () => {
    await (await followed()).stop();
    await damage(first, '{}');
    const done = { pointId: null, actualOn: '2020-09-28', count: null, note: null };
    await workshop.chronicle.give(broken, { type: 'completeActivity', activityId: 'a3', ...done });
    const runner = await followed();
    expect(runner.quarantine.entries).toMatchObject([
      { model: '*', stream: `plan-${broken}`, position: runner.position },
    ]);
    await damage(first, first.body);
    expect(await runner.retry()).toEqual({ healed: 1, left: 0 });
    expect(await documentsOf(runner, store)).toEqual(await workshop.madeAnew());
  });
});
