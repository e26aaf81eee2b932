import { describe, expect, it } from '@jest/globals';
import { Deadline } from '../../src/graphql/executor/deadline.js';
import { turns } from '../../src/graphql/executor/turns.js';
import { Budget, type BudgetLimits } from '../../src/graphql/limits/budget.js';
import { budgetKeyOf, networkOf } from '../../src/graphql/request/who.js';
import { until } from '../support/waiting.js';

const LIMITS: BudgetLimits = {
  ...{ perMinute: 10, maxAtWork: 2, maxAtWorkInAll: 3, maxQueued: 5 },
  ...{ maxUnread: 1_000, maxUnreadInAll: 1_500, maxOperations: 2 },
};

/** Returns work that runs until it is ended, and records when it began. */
function workshop(budget: Budget) {
  const begun: string[] = [];
  const endings = new Map<string, () => void>();
  return {
    begun,
    /** Begins work of a caller as soon as it may run. */
    work(key: string, name: string, deadline?: Deadline) {
      return budget.work(turns.newTask(key), deadline, async () => {
        begun.push(name);
        await new Promise<void>((resolve) => endings.set(name, resolve));
      });
    },
    async end(name: string) {
      await until(() => endings.has(name));
      endings.get(name)?.();
      await settled();
    },
    /** Waits until this many have begun. */
    begin: (count: number) => until(() => begun.length >= count),
  };
}

/** Runs work with a large answer until it is ended. */
function workUntilEnded(budget: Budget, key: string, deadline: Deadline | undefined) {
  let end = () => {};
  let large = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const isLarge = new Promise<void>((resolve) => {
    large = resolve;
  });
  const work = budget.work(turns.newTask(key), deadline, async (share) => {
    await share.room(2_000_000);
    large();
    await ended;
  });
  return { work, isLarge, end: () => end() };
}

/** Waits until all work that may continue has continued. */
async function settled(): Promise<void> {
  for (let count = 0; count < 20; count += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('the budget of a caller', () => {
  it('lets so many of their requests work at once, and a first one of others also when all places are taken', async () => {
    const budget = new Budget(LIMITS, { isTight: false });
    const { begun, work, end, begin } = workshop(budget);
    const all = ['a1', 'a2', 'a3', 'a4'].map((name) => work('a', name));
    all.push(work('b', 'b1'), work('b', 'b2'), work('c', 'c1'));
    await begin(4);
    await settled();
    expect(begun.toSorted()).toEqual(['a1', 'a2', 'b1', 'c1']);
    await end('b1');
    await begin(5);
    expect(begun.slice(4)).toEqual(['b2']);
    await end('a1');
    expect(begun.slice(5)).toEqual([]);
    await end('a2');
    await begin(6);
    expect(begun.slice(5)).toEqual(['a3']);
    await end('c1');
    await begin(7);
    expect(begun.slice(6)).toEqual(['a4']);
    for (const name of ['a3', 'b2', 'a4']) await end(name);
    await Promise.all(all);
    expect(budget.size).toBe(0);
  });

  it('lets no more first requests begin than there are places', async () => {
    const budget = new Budget(LIMITS, { isTight: false });
    const { begun, work, end, begin } = workshop(budget);
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const all = names.map((name) => work(name, name));
    await begin(6);
    await settled();
    expect(begun.toSorted()).toEqual(names.slice(0, 6));
    for (const name of names) await end(name);
    await Promise.all(all);
    expect(budget.size).toBe(0);
  });

  it('has a queue with an end, and a wait that has one', async () => {
    const budget = new Budget(LIMITS, { isTight: false });
    const { work, end } = workshop(budget);
    const first = ['a1', 'a2'].map((name) => work('a', name));
    const waiting = ['a3', 'a4', 'a5', 'a6'].map((name) => work('a', name));
    await expect(work('a', 'late', new Deadline(1))).rejects.toMatchObject({ extensions: { code: 'TIMEOUT' } });
    waiting.push(work('a', 'a7'));
    await expect(work('a', 'a8')).rejects.toMatchObject({ extensions: { code: 'RATE_LIMITED' } });
    for (let count = 1; count <= 7; count += 1) await end(`a${count}`);
    await Promise.all([...first, ...waiting]);
    expect(budget.size).toBe(0);
  });

  it('begins nothing while too much of what was answered is not taken, for the caller or for all', async () => {
    const budget = new Budget(LIMITS, { isTight: false });
    const { begun, work, end, begin } = workshop(budget);
    const [mine, theirs] = [budget.hold('a', 1_000), budget.hold('b', 600)];
    const all = [work('a', 'a1'), work('b', 'b1')];
    await settled();
    expect(begun).toEqual([]);
    theirs();
    theirs();
    await begin(1);
    expect(begun).toEqual(['b1']);
    mine();
    await begin(2);
    expect(begun).toEqual(['b1', 'a1']);
    for (const name of ['a1', 'b1']) await end(name);
    await Promise.all(all);
    expect(budget.size).toBe(0);
  });

  it('lets one large answer grow at a time for a caller, and few in all', async () => {
    const budget = new Budget({ ...LIMITS, maxAtWorkInAll: 10 }, { isTight: false });
    const grown: string[] = [];
    const ends: (() => void)[] = [];
    const grow = (key: string, name: string) =>
      budget.work(turns.newTask(key), undefined, async (share) => {
        expect(share.room(10)).toBeUndefined();
        await share.room(2_000_000);
        grown.push(name);
        await new Promise<void>((resolve) => ends.push(resolve));
      });
    const all = [grow('a', 'a1'), grow('a', 'a2'), grow('b', 'b1'), grow('c', 'c1')];
    await until(() => grown.length === 2);
    expect(grown.toSorted()).toEqual(['a1', 'b1']);
    for (let count = 0; count < 4; count += 1) {
      await until(() => ends.length > count);
      ends[count]?.();
    }
    await Promise.all(all);
    expect(grown.toSorted()).toEqual(['a1', 'a2', 'b1', 'c1']);
    expect(budget.size).toBe(0);
  });

  it('lets one large answer grow in all, and fewer requests work, while the heap is tight', async () => {
    const heap = { isTight: true };
    const budget = new Budget({ ...LIMITS, maxAtWork: 10, maxAtWorkInAll: 8 }, heap);
    const begun: string[] = [];
    const grown: string[] = [];
    const ends = new Map<string, () => void>();
    const grow = (key: string) =>
      budget.work(turns.newTask(key), undefined, async (share) => {
        begun.push(key);
        await share.room(2_000_000);
        grown.push(key);
        await new Promise<void>((resolve) => ends.set(key, resolve));
      });
    const end = async (key: string) => {
      await until(() => ends.has(key));
      ends.get(key)?.();
      await settled();
    };
    const all = ['a', 'b', 'c', 'd'].map(grow);
    await until(() => grown.length > 0);
    await settled();
    expect({ begun, grown }).toEqual({ begun: ['a', 'b'], grown: ['a'] });
    heap.isTight = false;
    await end('a');
    await until(() => grown.length === 3);
    expect({ begun, grown }).toEqual({ begun: ['a', 'b', 'c', 'd'], grown: ['a', 'b', 'c'] });
    for (const key of ['b', 'c', 'd']) await end(key);
    await Promise.all(all);
    expect(budget.size).toBe(0);
  });

  it('counts the rows that a request holds as its size, so that one caller holds many rows in one request at a time', async () => {
    const budget = new Budget({ ...LIMITS, maxAtWork: 3, maxAtWorkInAll: 10 }, { isTight: false });
    const holding: string[] = [];
    const ends: (() => void)[] = [];
    const hold = (key: string, name: string) =>
      budget.work(turns.newTask(key), undefined, async (share) => {
        share.holdRows(900);
        expect(share.room(10)).toBeUndefined();
        share.holdRows(900);
        await share.room(0);
        holding.push(name);
        await new Promise<void>((resolve) => ends.push(resolve));
      });
    const all = [hold('a', 'a1'), hold('a', 'a2'), hold('b', 'b1')];
    await until(() => holding.length === 2);
    await settled();
    expect(holding.toSorted()).toEqual(['a1', 'b1']);
    for (let count = 0; count < 3; count += 1) {
      await until(() => ends.length > count);
      ends[count]?.();
    }
    await Promise.all(all);
    expect(holding).toContain('a2');
    expect(budget.size).toBe(0);
  });

  it('gives the place of a large answer back that was aborted while it waited, and stays up when its limit passes', async () => {
    const budget = new Budget({ ...LIMITS, maxAtWorkInAll: 10 }, { isTight: false });
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const first = workUntilEnded(budget, 'a', undefined);
    await first.isLarge;
    // Each requests room without waiting for it, like an execution that was aborted meanwhile.
    const aborted = (deadline?: Deadline) =>
      budget.work(turns.newTask('a'), deadline, async (share) => void share.room(2_000_000));
    await Promise.all([aborted(), aborted(new Deadline(1))]);
    const later = new Deadline(20);
    await until(() => later.left === 0);
    first.end();
    await first.work;
    const second = workUntilEnded(budget, 'a', undefined);
    await second.isLarge;
    second.end();
    await second.work;
    await settled();
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
    expect(budget.size).toBe(0);
  });

  it('is that of the holder, by whichever of their ways they come; without one that of the address', () => {
    const caller = {
      principal: {
        ...({ id: 'x', name: 'И', role: 'director', post: null, organisation: null, scope: null } as const),
      },
      ended: new AbortController().signal,
    };
    expect(budgetKeyOf(caller, '10.0.0.1')).toBe(budgetKeyOf(caller, '10.0.0.2'));
    expect(budgetKeyOf(undefined, '10.0.0.1')).not.toBe(budgetKeyOf(undefined, '10.0.0.2'));
    expect(budgetKeyOf(undefined, '10.0.0.1')).toBe(budgetKeyOf(undefined, '::ffff:10.0.0.1'));
  });

  it.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['192.0.2.7', '192.0.2.7'],
    ['', ''],
  ])('is that of the network of %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
