import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isInPart, passedPosition, streamParts } from '../../src/engine/projections/parts.js';
import { rebuild } from '../../src/engine/projections/rebuild.js';
import type { ProjectionRunner } from '../../src/engine/projections/runner.js';
import { NotOurs } from '../../src/engine/projections/runnerFaults.js';
import type { Share } from '../../src/engine/projections/share.js';
import { checkpointOf, type ReadStore } from '../../src/engine/readstore/port.js';
import { plans } from '../../src/projections/plans.js';
import { COLLECTIONS } from '../../src/projections/readModels.js';
import { breakView, mendViews } from '../support/brokenViews.js';
import { liveThrough } from '../support/chronicle.js';
import { documentsOf, openWorkshop, overridden, type Workshop } from '../support/readModels.js';
import { until } from '../support/waiting.js';

const NEVER = new AbortController().signal;
const PLANS = [1, 2, 3, 4, 5, 6];

let workshop: Workshop;
beforeEach(async () => {
  workshop = await openWorkshop();
});
afterEach(async () => {
  mendViews();
  await workshop.close();
});

/** The share of a process that holds the leases of some parts. */
function keeping(of: number, ...numbers: readonly number[]): Share {
  const holds: Share['holds'] = ({ part }) => part === undefined || numbers.includes(part.number);
  return { isShared: true, takesPart: true, parts: streamParts(of), holds, term: () => NEVER };
}

/** Starts a keeper with a connection of its own. Returns its runner and the ids of the plans whose rows it writes. */
async function keeper(share: Share): Promise<{ runner: ProjectionRunner; store: ReadStore; plans: Set<string> }> {
  const written = new Set<string>();
  const store = await workshop.openStore();
  const watched = overridden(store, {
    write: (spec, writes) => {
      for (const write of writes) {
        const fields = write.kind === 'put' ? write.document.fields : {};
        if (typeof fields.planId === 'string') written.add(fields.planId);
      }
      return store.write(spec, writes);
    },
  });
  return { runner: await workshop.follow(watched, workshop.chronicle.events, share), store, plans: written };
}

describe('the parts of the streams', () => {
  it('contain each stream once', () => {
    const streams = Array.from({ length: 1_000 }, (_, index) => `plan-${index}`);
    for (const count of [2, 3, 8]) {
      const sizes = streamParts(count).map((part) => streams.filter((stream) => isInPart(part, stream)).length);
      expect(sizes.reduce((sum, size) => sum + size)).toBe(1_000);
      // No part has more than half as many again as its share.
      expect(Math.max(...sizes)).toBeLessThan((1_000 / count) * 1.5);
    }
    expect(streamParts(1)).toEqual([]);
    expect(isInPart(undefined, 'plan-1')).toBe(true);
  });
});

describe('keepers that divide the streams', () => {
  it('build together what one builds, and each writes the plans of its part only', async () => {
    const early = await Promise.all(PLANS.slice(0, 3).map((copy) => workshop.chronicle.plan(copy)));
    const first = await keeper(keeping(2, 1));
    const second = await keeper(keeping(2, 2));
    const late: string[] = [];
    for (const copy of PLANS.slice(3)) late.push(await workshop.chronicle.plan(copy));
    for (const planId of [...early, ...late]) await liveThrough(workshop.chronicle, planId);
    for (const { runner } of [first, second]) await workshop.caughtUp(runner);
    expect(await documentsOf(first.runner, first.store)).toEqual(await workshop.madeAnew());
    const ofFirst = [...early, ...late].filter((id) => isInPart({ number: 1, of: 2 }, `plan-${id}`));
    const ofSecond = [...early, ...late].filter((id) => !ofFirst.includes(id));
    expect([...first.plans].toSorted()).toEqual(ofFirst.toSorted());
    expect([...second.plans].toSorted()).toEqual(ofSecond.toSorted());
    expect(Math.min(ofFirst.length, ofSecond.length)).toBeGreaterThan(0);
  });

  it('tell the position of the slowest part, so that no reader misses a change', async () => {
    for (const copy of PLANS) await workshop.chronicle.plan(copy);
    const head = await workshop.chronicle.events.head();
    const first = await keeper(keeping(2, 1));
    const own = checkpointOf({ ...plans.spec, part: { number: 1, of: 2 } });
    await until(async () => (await first.store.checkpoint(own)) === head);
    expect(await first.runner.waitFor(head, 1)).toBe(false);
    const second = await keeper(keeping(2, 2));
    await workshop.caughtUp(second.runner);
    await workshop.caughtUp(first.runner);
    expect([first.runner.position, second.runner.position]).toEqual([head, head]);
  });

  it('heal a quarantined row up to their own part, also while nobody works on another one', async () => {
    const planIds: string[] = [];
    for (const copy of PLANS) planIds.push(await workshop.chronicle.plan(copy));
    const part = { number: 1, of: 2 };
    const planId = planIds.find((id) => isInPart(part, `plan-${id}`)) ?? '';
    breakView(plans, (id) => id === planId);
    const { runner, store } = await keeper(keeping(2, 1));
    await until(() => runner.quarantine.size === 1);
    const head = await workshop.chronicle.events.head();
    const own = checkpointOf({ ...plans.spec, part });
    await until(async () => (await store.checkpoint(own)) === head);
    mendViews();
    expect(await runner.retry()).toEqual({ healed: 1, left: 0 });
    const [row] = await store.get(plans.spec, [planId]);
    expect(row).toEqual((await workshop.madeAnew()).plans?.[planId]);
  });

  it('repeat nothing when the number of parts changes', async () => {
    for (const copy of PLANS) await workshop.chronicle.plan(copy);
    const divisions = [1, 3, 2, 1];
    for (const [index, of] of divisions.entries()) {
      const {
        runner,
        store,
        plans: written,
      } = await keeper(keeping(of, ...streamParts(of).map(({ number }) => number)));
      await workshop.caughtUp(runner);
      // The first keeper fills the read models. The others find nothing to do before the next command.
      expect(written.size).toBe(index === 0 ? PLANS.length : 0);
      const planId = await workshop.chronicle.plan(10 + index);
      await workshop.caughtUp(runner);
      expect(written).toContain(planId);
      await runner.stop();
      for (const spec of COLLECTIONS) {
        expect(await passedPosition(store, runner.live(spec))).toBe(await workshop.chronicle.events.head());
      }
    }
    const { runner, store } = await keeper(keeping(3, 1, 2, 3));
    await workshop.caughtUp(runner);
    expect(await documentsOf(runner, store)).toEqual(await workshop.madeAnew());
  });

  it('are rebuilt by the process that holds all parts, and not by one that does not', async () => {
    for (const copy of PLANS) await workshop.chronicle.plan(copy);
    const { runner, store } = await keeper(keeping(2, 1, 2));
    await workshop.caughtUp(runner);
    const before = await documentsOf(runner, store);
    for await (const _ of rebuild(workshop.chronicle.events, store, runner, []));
    expect(await documentsOf(runner, store)).toEqual(before);
    for (const spec of COLLECTIONS) {
      expect(runner.live(spec).build).toBe(1);
      for (const part of streamParts(2)) {
        const name = checkpointOf({ ...runner.live(spec), part });
        expect(await store.checkpoint(name)).toBe(await workshop.chronicle.events.head());
      }
    }
    await liveThrough(workshop.chronicle, await workshop.chronicle.plan(7));
    await workshop.caughtUp(runner);
    expect(await documentsOf(runner, store)).toEqual(await workshop.madeAnew());
    await runner.stop();
    const partly = await keeper(keeping(2, 2));
    await expect(
      partly.runner.exclusively(async () => partly.runner.checkHeld(partly.runner.targets())),
    ).rejects.toThrow(NotOurs);
    await expect(partly.runner.switchTo(COLLECTIONS)).rejects.toThrow(
      'another process keeps part 1 of 2 of the read model plans',
    );
  });
});
