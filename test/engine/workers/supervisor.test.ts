import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { type Supervised, supervise, type Worker, type WorkerHealth } from '../../../src/engine/workers/supervisor.js';

type State = WorkerHealth['state'];

/** A promise that the test settles. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** Resolves when the signal aborts. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** The error of a log line. */
function errorIn(line: unknown): unknown {
  return typeof line === 'object' && line !== null && 'err' in line ? line.err : line;
}

/** A lease that the test gives and takes away. */
function leaseOf(isHeld: boolean) {
  let term = new AbortController();
  return {
    isHeld: () => isHeld,
    term: () => term.signal,
    give(held: boolean) {
      isHeld = held;
      const ended = term;
      term = new AbortController();
      ended.abort();
    },
  };
}

/** Returns a supervised worker with its reports. */
function watched(worker: Partial<Worker> & Pick<Worker, 'run'>) {
  const states: State[] = [];
  const waiting: { readonly state: State; readonly met: () => void }[] = [];
  const told: unknown[] = [];
  const pauses: number[] = [];
  const observer = {
    workerChanged(_: string, state: State) {
      states.push(state);
      for (const each of waiting) if (each.state === state) each.met();
    },
  };
  const supervised: Supervised = supervise(
    { name: 'worker', every: 60_000, retry: { first: 100, longest: 400 }, ...worker },
    {
      log: pino({ hooks: { logMethod: ([first]) => void told.push(errorIn(first)) } }, { write: () => undefined }),
      observer,
      random: () => 1,
      // A failure or a missing lease is waited for; the pause between two runs lasts until the worker is woken.
      async sleep(milliseconds, signal) {
        pauses.push(milliseconds);
        if (milliseconds === 60_000) await aborted(signal);
        else await new Promise((resolve) => setImmediate(resolve));
      },
    },
  );
  return {
    supervised,
    states,
    told,
    pauses,
    reaches: (state: State) =>
      new Promise<void>((resolve) => {
        if (supervised.health.state === state) resolve();
        waiting.push({ state, met: resolve });
      }),
  };
}

describe('a supervised worker', () => {
  it('runs again and again, one run at a time', async () => {
    const enough = gate();
    let [runs, running, most] = [0, 0, 0];
    const { supervised } = watched({
      async run() {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        runs += 1;
        if (runs === 5) enough.open();
        supervised.wake();
      },
    });
    await enough.opened;
    await supervised.stop();
    expect(most).toBe(1);
    expect(supervised.health).toEqual({ state: 'STOPPED' });
  });

  it.each<readonly [string, () => Promise<void>]>([
    ['rejects', () => Promise.reject(new Error('away'))],
    [
      'throws at once',
      () => {
        throw new Error('away');
      },
    ],
  ])('that %s is told of and tried again until it works', async (_, fail) => {
    let failures = 0;
    const works = gate();
    const { supervised, told, states } = watched({
      async run() {
        if (failures < 3) {
          failures += 1;
          await fail();
        }
        works.open();
      },
    });
    await works.opened;
    await supervised.stop();
    expect(told).toHaveLength(3);
    expect(states.filter((state) => state === 'FAILING')).toHaveLength(3);
  });

  it('tells a failure itself when it wants to', async () => {
    const seen: unknown[] = [];
    const { supervised, told, reaches } = watched({
      run: () => Promise.reject(new Error('known')),
      failed: (error) => seen.push(error) > 0,
    });
    await reaches('FAILING');
    await supervised.stop();
    expect([seen.length > 0, told.length]).toEqual([true, 0]);
  });

  it('that hangs is told of at its deadline, and begins anew when it lets go', async () => {
    const again = gate();
    let runs = 0;
    const { supervised, told, reaches } = watched({
      deadline: 5,
      async run(signal) {
        runs += 1;
        if (runs === 1) await aborted(signal);
        else again.open();
      },
    });
    await reaches('FAILING');
    expect(told).toEqual([new Error('worker has not ended within 5 ms')]);
    await again.opened;
    await supervised.stop();
  });

  it('that hangs for good is hanging, and no second run begins beside it', async () => {
    const end = gate();
    let runs = 0;
    const { supervised, reaches } = watched({
      deadline: 5,
      async run() {
        runs += 1;
        await end.opened;
      },
    });
    await reaches('HANGING');
    supervised.wake();
    await new Promise((resolve) => setImmediate(resolve));
    expect([runs, supervised.health.state]).toEqual([1, 'HANGING']);
    end.open();
    await supervised.stop();
  });

  it('runs only while it holds its lease: it is interrupted when it loses it, which is no failure', async () => {
    const lease = leaseOf(false);
    const runs: AbortSignal[] = [];
    const { supervised, told, reaches } = watched({
      lease,
      async run(signal) {
        runs.push(signal);
        await aborted(signal);
        throw new Error('interrupted');
      },
    });
    await reaches('WAITING');
    expect(runs).toHaveLength(0);
    lease.give(true);
    await reaches('RUNNING');
    lease.give(false);
    await reaches('WAITING');
    expect([runs.length, runs[0]?.aborted, told]).toEqual([1, true, []]);
    await supervised.stop();
  });

  it.each<[held: boolean, lasts: number]>([
    [true, 1],
    [false, 0],
  ])(
    'that is stopped in the middle ends its run; with the lease held (%s) it does its last work',
    async (held, lasts) => {
      const lease = leaseOf(true);
      let last = 0;
      let isInRun = false;
      const { supervised, told, reaches } = watched({
        lease,
        async run(signal) {
          isInRun = true;
          await aborted(signal);
          isInRun = false;
        },
        async last() {
          expect(isInRun).toBe(false);
          last += 1;
        },
      });
      await reaches('RUNNING');
      if (!held) lease.give(false);
      await supervised.stop();
      expect([isInRun, last, told, supervised.health.state]).toEqual([false, lasts, [], 'STOPPED']);
    },
  );

  it('waits longer after each failure, at most the longest, and begins with the first wait after progress', async () => {
    const done = gate();
    let runs = 0;
    const { supervised, pauses } = watched({
      async run(_, { progress }) {
        runs += 1;
        if (runs === 5) progress();
        if (runs < 7) throw new Error('away');
        done.open();
      },
    });
    await done.opened;
    await supervised.stop();
    expect(pauses.slice(0, 6)).toEqual([100, 200, 400, 400, 100, 200]);
  });
});
