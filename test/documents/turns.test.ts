import { describe, expect, it } from '@jest/globals';
import { type Load, NoPlace, type Turn, TurnAborted, type TurnLimits, Turns } from '../../src/documents/turns.js';

const LIMITS: TurnLimits = { atOnce: 1, perCaller: 3, inAll: 8, bytes: 1_000 };

/** Returns turns whose work runs until it is ended by name, and the names in the order in which they began. */
function scene(limits: TurnLimits = LIMITS) {
  const turns = new Turns(limits);
  const began: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string, turn: Partial<Turn & Load> = {}) => {
    const { bytes = 1, isLarge = false, caller = name.charAt(0), isKnown = true, signal } = turn;
    return turns.run({ caller, isKnown, signal }, { bytes, isLarge }, () => {
      began.push(name);
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
    });
  };
  const end = async (name: string) => {
    // Work begins and ends in a later microtask.
    await new Promise(setImmediate);
    ends.get(name)?.();
    await new Promise(setImmediate);
  };
  return { turns, began, ask, end };
}

/** Returns why a place was refused. Does not wait for running work. */
async function refusal(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => undefined,
    (error: unknown) => (error instanceof NoPlace ? error.whose : error),
  );
}

describe('places', () => {
  it('are given to callers in turns, however many one of them takes', async () => {
    const { began, ask, end } = scene();
    const asked = ['a1', 'a2', 'a3', 'b1', 'c1', 'b2'].map((name) => ask(name));
    for (const name of ['a1', 'b1', 'c1', 'a2', 'b2', 'a3']) await end(name);
    expect(began).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
    expect(await Promise.all(asked)).toHaveLength(6);
  });

  it('are bounded for each caller, and free again when the work is done', async () => {
    const { turns, ask, end } = scene();
    const asked = [ask('a1'), ask('a2'), ask('a3')];
    expect(await refusal(ask('a4'))).toBe('caller');
    await end('a1');
    asked.push(ask('a5'));
    expect(turns.taken).toBe(3);
    for (const name of ['a2', 'a3', 'a5']) await end(name);
    await Promise.all(asked);
    expect(turns.taken).toBe(0);
  });

  it('are bounded for all, and those without a key take half of them at most', async () => {
    const { turns, ask } = scene();
    for (const name of ['1a', '2a', '3a', '4a']) void ask(name, { isKnown: false });
    expect(await refusal(ask('5a', { isKnown: false }))).toBe('all');
    for (const name of ['a1', 'b1', 'c1', 'd1']) void ask(name);
    expect(await refusal(ask('e1'))).toBe('all');
    expect(turns.taken).toBe(8);
  });

  it('hold so many bytes together, and one larger document when nobody else is there', async () => {
    const { ask, end } = scene();
    const large = ask('a1', { bytes: 5_000 });
    expect(await refusal(ask('b1', { bytes: 1 }))).toBe('all');
    await end('a1');
    await large;
    const asked = [ask('b1', { bytes: 600 }), ask('c1', { bytes: 400 })];
    expect(await refusal(ask('d1', { bytes: 1 }))).toBe('all');
    for (const name of ['b1', 'c1']) await end(name);
    await Promise.all(asked);
  });

  it('are never given to two large pieces of work at once; small ones go past the one that waits', async () => {
    const { began, ask, end } = scene({ ...LIMITS, atOnce: 2 });
    const asked = [ask('a1', { isLarge: true }), ask('b1', { isLarge: true }), ask('c1'), ask('d1')];
    await end('c1');
    await end('d1');
    expect(began).toEqual(['a1', 'c1', 'd1']);
    await end('a1');
    await end('b1');
    await Promise.all(asked);
    expect(began).toEqual(['a1', 'c1', 'd1', 'b1']);
  });

  it('are free again when whoever waits leaves, and when the work fails', async () => {
    const { turns, began, ask, end } = scene();
    const first = ask('a1');
    const leaving = new AbortController();
    const left = refusal(ask('b1', { signal: leaving.signal }));
    leaving.abort();
    expect(await left).toBeInstanceOf(TurnAborted);
    const load = { bytes: 1, isLarge: false };
    const late = turns.run({ caller: 'c', isKnown: true, signal: leaving.signal }, load, async () => 1);
    await expect(late).rejects.toThrow(TurnAborted);
    await end('a1');
    await first;
    const failing = turns.run({ caller: 'd', isKnown: true }, load, () => Promise.reject(new Error('bad')));
    await expect(failing).rejects.toThrow('bad');
    expect([turns.taken, began]).toEqual([0, ['a1']]);
  });
});
