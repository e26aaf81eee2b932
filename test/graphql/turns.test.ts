import { describe, expect, it } from '@jest/globals';
import { Turns } from '../../src/graphql/executor/turns.js';

describe('turns on the event loop', () => {
  it('come to one caller in the order in which the work began, and to callers one after another', async () => {
    const turns = new Turns();
    const done: string[] = [];
    const work = async (owner: string, name: string) => {
      await turns.yield(owner);
      done.push(name);
    };
    const all = ['a1', 'a2', 'a3'].map((name) => work('a', name));
    all.push(work('b', 'b1'));
    await Promise.all(all);
    expect(done).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  it('leave what begins in the middle of a slice behind what waits already', async () => {
    const turns = new Turns();
    const done: string[] = [];
    const first = turns.next('a').then(() => done.push('waited for a turn'));
    const second = turns.next('a').then(() => done.push('waited behind it'));
    await first;
    const late = turns.yield('a').then(() => done.push('came later'));
    await Promise.all([second, late]);
    expect(done).toEqual(['waited for a turn', 'waited behind it', 'came later']);
  });
});
