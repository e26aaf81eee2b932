import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Election } from '../../../src/engine/leases/election.js';
import type { Lease, LeaseTable } from '../../../src/engine/leases/table.js';
import { until } from '../../conformance/eventstore.fixture.js';
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

  /** The same table over a connection of its own. */
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

const running: Election[] = [];
afterEach(async () => {
  for (const election of running.splice(0)) await election.stop();
});

function takesPart(table: LeaseTable, owner: string, names: readonly string[] = ['work']): Election {
  const election = new Election(table, owner, names, silent, TIMES);
  running.push(election);
  election.start();
  return election;
}

describe('a lease', () => {
  it('is held by one of several, and by the next at once when it is given back', async () => {
    const table = new Table();
    const a = takesPart(table, 'a');
    await until(() => a.holds('work'));
    const b = takesPart(table, 'b');
    await pause(TIMES.ttl * 2);
    expect([a.holds('work'), b.holds('work')]).toEqual([true, false]);
    const ended = b.term();
    await a.stop();
    await until(() => b.holds('work'));
    expect(ended.aborted).toBe(true);
    expect(b.epochOf('work')).toBe(2);
  });

  it('is taken when its owner gives no sign, and never held by two', async () => {
    const table = new Table();
    const [one, two] = [table.connection(), table.connection()];
    const a = takesPart(one.table, 'a');
    await until(() => a.holds('work'));
    const b = takesPart(two.table, 'b');
    await pause(TIMES.beat * 3);
    one.isDown = true;
    let both = 0;
    await until(() => {
      if (a.holds('work') && b.holds('work')) both += 1;
      return b.holds('work');
    });
    expect(both).toBe(0);
    one.isDown = false;
    await pause(TIMES.beat * 5);
    expect([a.holds('work'), b.holds('work')]).toEqual([false, true]);
  });

  it('that could not be shown for too long is told of as lost and as taken again', async () => {
    const table = new Table();
    const a = takesPart(table, 'a');
    await until(() => a.holds('work'));
    const first = a.term();
    table.isDown = true;
    await until(() => !a.holds('work'));
    table.isDown = false;
    await until(() => a.holds('work'));
    expect(first.aborted).toBe(true);
    expect(a.epochOf('work')).toBe(2);
  });

  it('that the table has forgotten is begun anew', async () => {
    const table = new Table();
    const a = takesPart(table, 'a');
    await until(() => a.holds('work'));
    table.leases.clear();
    const ended = a.term();
    await until(() => ended.aborted);
    await until(() => a.holds('work'));
  });

  it('is one of several names, each with an owner of its own', async () => {
    const table = new Table();
    const a = takesPart(table, 'a', ['one']);
    await until(() => a.holds('one'));
    const b = takesPart(table, 'b', ['one', 'two']);
    await until(() => b.holds('two'));
    expect([a.holds('one'), b.holds('one'), a.holds('two')]).toEqual([true, false, false]);
  });
});
