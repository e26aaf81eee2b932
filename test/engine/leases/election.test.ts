import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Election, type LeaseClock } from '../../../src/engine/leases/election.js';
import type { Lease, LeaseTable } from '../../../src/engine/leases/table.js';
import { silent } from '../../support/server.js';

const TIMES = { ttl: 200, beat: 20 };

/** A table in memory that can be cut off, for one process or for all. */
class Table implements LeaseTable {
  readonly leases = new Map<string, Lease>();
  isDown = false;

  async look(name: string): Promise<Lease | undefined> {
    this.#reached();
    return this.leases.get(name);
  }

  async begin(name: string, lease: Lease): Promise<boolean> {
    this.#reached();
    if (this.leases.has(name)) return false;
    this.leases.set(name, lease);
    return true;
  }

  async move(name: string, from: Lease, to: Lease): Promise<boolean> {
    this.#reached();
    if (JSON.stringify(this.leases.get(name)) !== JSON.stringify(from)) return false;
    this.leases.set(name, to);
    return true;
  }

  /** The same table over a separate connection. */
  connection(): { readonly table: LeaseTable; isDown: boolean } {
    const state = { isDown: false };
    const through = <T>(work: () => Promise<T>): Promise<T> =>
      state.isDown ? Promise.reject(new Error('no connection')) : work();
    const table: LeaseTable = {
      look: (name) => through(() => this.look(name)),
      begin: (name, lease) => through(() => this.begin(name, lease)),
      move: (name, from, to) => through(() => this.move(name, from, to)),
    };
    return {
      table,
      get isDown() {
        return state.isDown;
      },
      set isDown(down) {
        state.isDown = down;
      },
    };
  }

  #reached(): void {
    if (this.isDown) throw new Error('the table is down');
  }
}

/** A clock that stands still until a test advances it. */
class ManualClock implements LeaseClock {
  #now = 0;
  #waiting: { readonly at: number; readonly resume: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const resume = () => {
        signal.removeEventListener('abort', resume);
        resolve();
      };
      if (signal.aborted) resolve();
      signal.addEventListener('abort', resume);
      this.#waiting.push({ at: this.#now + milliseconds, resume });
    });
  }

  /** Advances the clock and runs everything that is due. */
  async advance(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
    const due = this.#waiting.filter(({ at }) => at <= this.#now);
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#now);
    for (const { resume } of due) resume();
    for (let turn = 0; turn < 3; turn += 1) await nextTurn();
  }

  /** Advances the clock by beats until a condition holds. */
  async until(condition: () => boolean): Promise<void> {
    for (let beats = 0; !condition(); beats += 1) {
      if (beats > 100) throw new Error(`this does not come to hold: ${condition}`);
      await this.advance(TIMES.beat);
    }
  }
}

let clock: ManualClock;
const running: Election[] = [];
beforeEach(() => {
  clock = new ManualClock();
});
afterEach(async () => {
  for (const election of running.splice(0)) await election.stop();
});

function takesPart(table: LeaseTable, owner: string, names: readonly string[] = ['work']): Election {
  const election = new Election(table, owner, names, silent, TIMES, clock);
  running.push(election);
  election.start();
  return election;
}

describe('a lease', () => {
  it('is held by one of several, and by the next at once when it is given back', async () => {
    const table = new Table();
    const a = takesPart(table, 'a');
    await clock.until(() => a.holds('work'));
    const b = takesPart(table, 'b');
    for (let beat = 0; beat < 2 * (TIMES.ttl / TIMES.beat); beat += 1) await clock.advance(TIMES.beat);
    expect([a.holds('work'), b.holds('work')]).toEqual([true, false]);
    const ended = b.term();
    await a.stop();
    await clock.until(() => b.holds('work'));
    expect(ended.aborted).toBe(true);
    expect(await table.look('work')).toMatchObject({ owner: 'b', epoch: 2 });
  });

  it('is taken when its owner gives no sign, and never held by two', async () => {
    const table = new Table();
    const [one, two] = [table.connection(), table.connection()];
    const a = takesPart(one.table, 'a');
    await clock.until(() => a.holds('work'));
    const b = takesPart(two.table, 'b');
    for (let beat = 0; beat < 3; beat += 1) await clock.advance(TIMES.beat);
    one.isDown = true;
    let both = 0;
    await clock.until(() => {
      if (a.holds('work') && b.holds('work')) both += 1;
      return b.holds('work');
    });
    expect(both).toBe(0);
    one.isDown = false;
    for (let beat = 0; beat < 5; beat += 1) await clock.advance(TIMES.beat);
    expect([a.holds('work'), b.holds('work')]).toEqual([false, true]);
  });

  it('that could not be shown for too long is told of as lost and as taken again', async () => {
    const table = new Table();
    const a = takesPart(table, 'a');
    await clock.until(() => a.holds('work'));
    const first = a.term();
    table.isDown = true;
    await clock.until(() => !a.holds('work'));
    table.isDown = false;
    await clock.until(() => a.holds('work'));
    expect(first.aborted).toBe(true);
    expect(await table.look('work')).toMatchObject({ owner: 'a', epoch: 2 });
  });

  it('that the table has forgotten is begun anew', async () => {
    const table = new Table();
    const a = takesPart(table, 'a');
    await clock.until(() => a.holds('work'));
    table.leases.clear();
    const ended = a.term();
    await clock.until(() => ended.aborted);
    await clock.until(() => a.holds('work'));
  });

  it('is one of several names, each with an owner of its own', async () => {
    const table = new Table();
    const a = takesPart(table, 'a', ['one']);
    await clock.until(() => a.holds('one'));
    const b = takesPart(table, 'b', ['one', 'two']);
    await clock.until(() => b.holds('two'));
    expect([a.holds('one'), b.holds('one'), a.holds('two')]).toEqual([true, false, false]);
  });
});
