import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { DistrictFacts } from '../../src/application/districtFacts.js';
import { Tally, tallied } from '../../src/domain/indicators/figures.js';
import { bodyOf } from '../../src/engine/projections/readModel.js';
import { rebuild } from '../../src/engine/projections/rebuild.js';
import type { ProjectionRunner } from '../../src/engine/projections/runner.js';
import type { ReadStore } from '../../src/engine/readstore/port.js';
import { openVault } from '../../src/engine/vault/sqlite.js';
import type { Vault } from '../../src/engine/vault/vault.js';
import { monitoring } from '../../src/projections/monitoring.js';
import { breakView, mendViews } from '../support/brokenViews.js';
import { liveThrough } from '../support/chronicle.js';
import { openWorkshop, type Workshop } from '../support/readModels.js';

const SCOPE = { on: '2021-03-01', from: null, to: null } as const;

let workshop: Workshop;
let store: ReadStore;
let runner: ProjectionRunner;
let vault: Vault;
let facts: DistrictFacts;

beforeEach(async () => {
  workshop = await openWorkshop();
  await workshop.chronicle.plan(1);
  store = await workshop.openStore();
  runner = await workshop.follow(store);
  vault = await openVault(join(workshop.directory, 'other-keys.db'), randomBytes(32));
  facts = new DistrictFacts(store, runner, vault);
});
afterEach(async () => {
  mendViews();
  await facts.close();
  vault.close();
  await workshop.close();
});

/** Returns the figures of the read model, counted one by one. */
async function counted() {
  const { documents } = await store.find(runner.live(monitoring.spec), { filter: [], order: [], limit: 1_000 });
  const tally = new Tally();
  for (const document of documents) tallied(bodyOf(monitoring, document).facts, SCOPE, () => [tally]);
  return tally.result();
}

async function summed() {
  return (await facts.sumsOf(null)).figures(SCOPE);
}

const complete = {
  type: 'completeActivity',
  activityId: 'a3',
  pointId: null,
  actualOn: '2020-09-28',
  count: null,
  note: null,
} as const;

it('follow the read model: new plans, changed ones and those of another build', async () => {
  await workshop.caughtUp(runner);
  expect(await summed()).toEqual(await counted());
  const second = await workshop.chronicle.plan(2);
  await liveThrough(workshop.chronicle, second);
  await workshop.caughtUp(runner);
  expect(await summed()).toEqual(await counted());
  for await (const _ of rebuild(workshop.chronicle.events, store, runner, ['monitoring']));
  await workshop.chronicle.give(second, { type: 'cancelPlan' });
  await workshop.caughtUp(runner);
  expect(await summed()).toEqual(await counted());
  expect((await facts.all()).size).toBe(2);
});

it('stay as they were told, whatever is read while somebody goes through them', async () => {
  await workshop.caughtUp(runner);
  const told = await facts.all();
  const before = [...told.values()].map(({ facts: of }) => of);
  await workshop.chronicle.plan(2);
  for await (const _ of rebuild(workshop.chronicle.events, store, runner, ['monitoring']));
  expect((await facts.all()).size).toBe(2);
  expect([...told.values()].map(({ facts: of }) => of)).toEqual(before);
});

it('have what was quarantined as it is shown, and what was made good again', async () => {
  await workshop.caughtUp(runner);
  const before = await summed();
  const [planId = ''] = [...(await facts.all()).keys()];
  const view = breakView(monitoring, (id) => id === planId);
  await workshop.chronicle.give(planId, complete);
  await workshop.caughtUp(runner);
  expect(await summed()).toEqual(before);
  view.mend();
  await runner.retry();
  expect(await summed()).toEqual(await counted());
  expect(await summed()).not.toEqual(before);
});

it('are right for whoever asks while the read model goes on', async () => {
  const planIds = [];
  for (let copy = 2; copy <= 6; copy += 1) planIds.push(await workshop.chronicle.plan(copy));
  const asked: Promise<unknown>[] = [];
  for (const planId of planIds) {
    asked.push(summed());
    await workshop.chronicle.give(planId, complete);
    asked.push(summed());
  }
  await Promise.all(asked);
  await workshop.caughtUp(runner);
  expect(await summed()).toEqual(await counted());
});
