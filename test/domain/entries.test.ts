import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Entries } from '../../src/domain/entries.js';

const changes = fc.array(fc.record({ number: fc.nat(300), value: fc.nat(), isGone: fc.boolean() }), { maxLength: 400 });

describe('entries', () => {
  it('are those of a map, in the order of their numbers, whatever is put and taken away', () => {
    fc.assert(
      fc.property(changes, (all) => {
        const map = new Map<number, number>();
        let entries = Entries.of<number>([]);
        for (const { number, value, isGone } of all) {
          if (isGone) map.delete(number);
          else map.set(number, value);
          entries = isGone ? entries.without(`a${number}`) : entries.with(`a${number}`, value);
          expect(entries.size).toBe(map.size);
          expect(entries.get(`a${number}`)).toBe(map.get(number));
        }
        const inOrder = (some: Iterable<readonly [string, number]>) => [...some].toSorted();
        expect(inOrder(entries)).toEqual(inOrder([...map].map(([number, value]) => [`a${number}`, value])));
        expect([...entries.keys()]).toHaveLength(map.size);
      }),
    );
  });

  it('stay as they were when a copy is changed', () => {
    const before = Entries.of(Array.from({ length: 200 }, (_, index) => [`a${index + 1}`, index]));
    const after = before.with('a100', -1).without('a7').with('a201', 200);
    expect([before.get('a100'), before.has('a7'), before.size]).toEqual([99, true, 200]);
    expect([after.get('a100'), after.has('a7'), after.size]).toEqual([-1, false, 200]);
    expect([...before.values()]).toEqual(Array.from({ length: 200 }, (_, index) => index));
  });
});
