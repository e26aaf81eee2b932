import { describe, expect, it } from '@jest/globals';
import { EventLoopTurns } from '../../src/graphql/executor/turns.js';

describe('turns on the event loop', () => {
  it('come to one caller in the order in which the work began, and to callers one after another', async () => {
    const turns = new EventLoopTurns();
    const done: string[] = [];
    const work = async (owner: string, name: string) => {
      await turns.yield(turns.newTask(owner));
      done.push(name);
    };
    const all = ['a1', 'a2', 'a3'].map((name) => work('a', name));
    all.push(work('b', 'b1'));
    await Promise.all(all);
    expect(done).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  it('are not all given in one slice to many who ask at the same moment and expect to take long', async () => {
    const turns = new EventLoopTurns();
    // The time slice begins here.
    await turns.next(turns.newTask('a'));
    const done: string[] = [];
    const steps = Array.from({ length: 5 }, (_, step) =>
      turns.yield(turns.newTask('a'), 6).then(() => done.push(`a${step}`)),
    );
    const other = turns.next(turns.newTask('b')).then(() => done.push('b'));
    await Promise.all([...steps, other]);
    expect(done).toEqual(['a0', 'a1', 'b', 'a2', 'a3', 'a4']);
  });

  it('leave what begins in the middle of a slice behind what waits already', async () => {
    const turns = new EventLoopTurns();
    const done: string[] = [];
    const first = turns.next(turns.newTask('a')).then(() => done.push('waited for a turn'));
    const second = turns.next(turns.newTask('a')).then(() => done.push('waited behind it'));
    await first;
    const late = turns.yield(turns.newTask('a')).then(() => done.push('came later'));
    await Promise.all([second, late]);
    expect(done).toEqual(['waited for a turn', 'waited behind it', 'came later']);
  });

  it('come to the earlier task of a caller at each of its steps, before the later ones', async () => {
    const turns = new EventLoopTurns();
    const done: string[] = [];
    const work = async (name: string) => {
      const task = turns.newTask('a');
      for (let step = 1; step <= 3; step += 1) {
        await turns.next(task);
        done.push(`${name}${step}`);
      }
    };
    await Promise.all([work('first '), work('second ')]);
    expect(done).toEqual(['first 1', 'first 2', 'first 3', 'second 1', 'second 2', 'second 3']);
  });

  it('come to later tasks of a caller when an earlier one has had many', async () => {
    const turns = new EventLoopTurns();
    const done: string[] = [];
    const long = async () => {
      const task = turns.newTask('a');
      for (let step = 0; step < 100; step += 1) await turns.next(task);
      done.push('long');
    };
    const short = async (name: string) => {
      await turns.next(turns.newTask('a'));
      done.push(name);
    };
    await Promise.all([long(), short('short 1'), short('short 2')]);
    expect(done).toEqual(['short 1', 'short 2', 'long']);
  });

  it('come to the owner whose turns took the least time', async () => {
    const turns = new EventLoopTurns();
    const done: string[] = [];
    const busy = (milliseconds: number) => {
      for (const end = performance.now() + milliseconds; performance.now() < end; );
    };
    // Queues again as soon as its turn is over, and takes longer than a slice each time.
    const long = async () => {
      for (let turn = 1; turn <= 3; turn += 1) {
        await turns.next(turns.newTask('long'));
        done.push(`long ${turn}`);
        busy(30);
      }
    };
    const short = Array.from({ length: 6 }, () => turns.next(turns.newTask('short')).then(() => done.push('short')));
    await Promise.all([long(), ...short]);
    expect(done.filter((_, index) => index < 8)).toEqual([
      'short',
      'long 1',
      'short',
      'short',
      'short',
      'short',
      'short',
      'long 2',
    ]);
  });

  it('forget owners when nothing waits', async () => {
    const turns = new EventLoopTurns();
    await Promise.all(Array.from({ length: 5_000 }, (_, owner) => turns.next(turns.newTask(`${owner}`))));
    const done: string[] = [];
    await Promise.all(['late', '7'].map((owner) => turns.next(turns.newTask(owner)).then(() => done.push(owner))));
    expect(done).toEqual(['late', '7']);
  });
});
