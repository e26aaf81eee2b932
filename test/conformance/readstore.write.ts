import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Document,
  type Loaded,
  type ReadStore,
  RecordTooLarge,
  type Write,
} from '../../src/engine/readstore/port.js';
import { at, del, ids, type OpenReadStore, put, TASKS, task, withStore } from './readstore.fixture.js';

/** Registers the conformance tests of writes: compare-and-set, tombstones, and reading back what was written. */
export function writingConforms(open: OpenReadStore): void {
  it('gives documents back exactly as they were put', () =>
    withStore(open, async (store) => {
      const documents = [
        task('plain', 1),
        task("quote'd; --", 1, { title: `"'%_\\ ?1 :a`, words: ["o'clock", 'b', 'a', 'b'], order: ['', 'x'] }),
        task('weiß 😀 \uFFFF', 1, { title: 'zero\0inside', words: ['a\0b', 'ё'] }, 'a body may be a text \0'),
        task('numbers', 1, { rank: 0.1 + 0.2 }, [1e300, -5, 0.1 + 0.2, null, true]),
        task('large', 1, { rank: Number.MAX_SAFE_INTEGER, done: true }, { long: 'x'.repeat(100_000) }),
        task('nested', 1, { rank: -Number.MAX_VALUE }, { $a: { 'b.c': [{}, []] }, id: 1, _id: 2 }),
        task('null', 1, { rank: Number.MIN_VALUE }, null),
      ];
      expect(
        await store.write(
          TASKS,
          documents.map((document) => put(document)),
        ),
      ).toEqual(documents.map(() => true));
      expect(
        await store.get(
          TASKS,
          documents.map(({ id }) => id),
        ),
      ).toEqual(documents);
    }));

  it('refuses a record at the limit of the engines by name, and writes the others', () =>
    withStore(open, async (store) => {
      const large = task('large', 1, {}, { text: 'x'.repeat(16 * 1024 * 1024 - 200_000) });
      expect(await store.write(TASKS, [put(large)])).toEqual([true]);
      const [stored] = await store.get(TASKS, ['large']);
      expect(stored).toEqual(large);
      for (const text of ['x'.repeat(16 * 1024 * 1024), '\0'.repeat(16 * 1024 * 1024)]) {
        const tooLarge = task('too large', 1, {}, { text });
        await expect(store.write(TASKS, [put(tooLarge), put(task('a', 1))])).rejects.toThrow(RecordTooLarge);
      }
      expect(await store.write(TASKS, [put(task('a', 1))])).toEqual([true]);
    }));

  it('gets in the order of the ids, with gaps and twice', () =>
    withStore(open, async (store) => {
      await store.write(TASKS, [put(task('a', 1)), put(task('b', 1)), put(task('c', 1)), del('c', 2, 1)]);
      expect(ids(await store.get(TASKS, ['b', 'nobody', 'a', 'c', 'b']))).toEqual([
        'b',
        undefined,
        'a',
        undefined,
        'b',
      ]);
      expect(await store.load(TASKS, ['c', 'b', 'nobody', 'c'])).toEqual([
        { state: 'deleted', position: at(2) },
        { state: 'present', document: task('b', 1) },
        { state: 'absent' },
        { state: 'deleted', position: at(2) },
      ]);
      expect(await store.get(TASKS, [])).toEqual([]);
      expect(await store.load(TASKS, [])).toEqual([]);
      expect(await store.write(TASKS, [])).toEqual([]);
    }));

  it('gets and writes many at once', () =>
    withStore(open, async (store) => {
      const many = Array.from({ length: 1300 }, (_, index) => `id${index}`);
      const done = await store.write(
        TASKS,
        many.map((id) => put(task(id, 1))),
      );
      expect(done.every(Boolean)).toBe(true);
      expect(ids(await store.get(TASKS, [...many, 'nobody']))).toEqual([...many, undefined]);
      expect(await store.count(TASKS, [])).toBe(many.length);
    }));

  it('puts only where the document is as expected', () =>
    withStore(open, async (store) => {
      expect(await store.write(TASKS, [put(task('a', 2), 1)])).toEqual([false]);
      expect(await store.load(TASKS, ['a'])).toEqual([{ state: 'absent' }]);
      expect(await store.write(TASKS, [put(task('a', 2))])).toEqual([true]);
      expect(await store.write(TASKS, [put(task('a', 3))])).toEqual([false]);
      expect(await store.write(TASKS, [put(task('a', 3), 1)])).toEqual([false]);
      expect(await store.get(TASKS, ['a'])).toEqual([task('a', 2)]);
      expect(await store.write(TASKS, [put(task('a', 3, { title: 'new' }), 2)])).toEqual([true]);
      expect(await store.get(TASKS, ['a'])).toEqual([task('a', 3, { title: 'new' })]);
    }));

  it('leaves a tombstone that only its own position overcomes', () =>
    withStore(open, async (store) => {
      await store.write(TASKS, [put(task('a', 1, { words: ['gone'] }))]);
      expect(await store.write(TASKS, [del('a', 2, null)])).toEqual([false]);
      expect(await store.write(TASKS, [del('a', 3, 2)])).toEqual([false]);
      expect(await store.write(TASKS, [del('a', 2, 1)])).toEqual([true]);
      expect(await store.get(TASKS, ['a'])).toEqual([undefined]);
      expect(await store.load(TASKS, ['a'])).toEqual([{ state: 'deleted', position: at(2) }]);
      expect(await store.count(TASKS, [])).toBe(0);
      expect(await store.count(TASKS, [{ field: 'words', op: 'has', value: 'gone' }])).toBe(0);
      // An older write, or a write that expects no record, does not restore it.
      expect(await store.write(TASKS, [put(task('a', 2), 1)])).toEqual([false]);
      expect(await store.write(TASKS, [put(task('a', 3))])).toEqual([false]);
      expect(await store.write(TASKS, [put(task('a', 3, { words: ['back'] }), 2)])).toEqual([true]);
      expect(await store.get(TASKS, ['a'])).toEqual([task('a', 3, { words: ['back'] })]);
      expect(await store.count(TASKS, [{ field: 'words', op: 'has', value: 'gone' }])).toBe(0);
    }));

  it('buries what was never there, and moves a tombstone', () =>
    withStore(open, async (store) => {
      expect(await store.write(TASKS, [del('a', 5, 4)])).toEqual([false]);
      expect(await store.write(TASKS, [del('a', 5, null)])).toEqual([true]);
      expect(await store.write(TASKS, [put(task('a', 4))])).toEqual([false]);
      expect(await store.write(TASKS, [del('a', 6, 5)])).toEqual([true]);
      expect(await store.load(TASKS, ['a'])).toEqual([{ state: 'deleted', position: at(6) }]);
    }));

  it('does each write of a batch on its own', () =>
    withStore(open, async (store) => {
      await store.write(TASKS, [put(task('a', 1)), put(task('b', 1)), put(task('c', 1))]);
      const writes = [put(task('a', 2), 1), put(task('b', 2), 9), del('c', 2, 9), put(task('d', 2)), del('e', 2, 1)];
      expect(await store.write(TASKS, writes)).toEqual([true, false, false, true, false]);
      expect(await store.get(TASKS, ['a', 'b', 'c', 'd', 'e'])).toEqual([
        task('a', 2),
        task('b', 1),
        task('c', 1),
        task('d', 2),
        undefined,
      ]);
    }));

  it('replaces the values of multi fields', () =>
    withStore(open, async (store) => {
      const having = async (value: string): Promise<number> =>
        store.count(TASKS, [{ field: 'words', op: 'has', value }]);
      await store.write(TASKS, [put(task('a', 1, { words: ['one', 'two'] })), put(task('b', 1, { words: ['two'] }))]);
      await store.write(TASKS, [put(task('a', 2, { words: ['two', 'three', 'three'] }), 1)]);
      expect(await Promise.all(['one', 'two', 'three'].map(having))).toEqual([0, 2, 1]);
      // A failed write must not change the side tables.
      await store.write(TASKS, [put(task('a', 2, { words: [] }), 1), del('b', 2, 9)]);
      expect(await Promise.all(['one', 'two', 'three'].map(having))).toEqual([0, 2, 1]);
    }));

  it.each([
    ['a field is missing', { id: 'x', position: at(1), fields: { text: 'x' }, body: 1 }],
    ['a field is not declared', { ...task('x', 1), fields: { ...task('x', 1).fields, other: 'x' } }],
    ['a value is of another kind', { ...task('x', 1), fields: { ...task('x', 1).fields, rank: '1' } }],
    ['a single value is in a multi field', { ...task('x', 1), fields: { ...task('x', 1).fields, words: 'x' } }],
    ['a number is not finite', task('x', 1, { rank: Number.NaN })],
    ['the body is no JSON', { ...task('x', 1), body: undefined }],
    ['the id is empty', task('', 1)],
  ])('refuses the whole batch when %s', (_, document: Document) =>
    withStore(open, async (store) => {
      await expect(store.write(TASKS, [put(task('good', 1)), put(document)])).rejects.toThrow(TypeError);
      expect(await store.count(TASKS, [])).toBe(0);
    }),
  );

  it('lets one of several writers win, and loses no increment', () =>
    withStore(open, async (store, again) => {
      const stores = [store, await again()];
      const created = await Promise.all(
        stores.flatMap((one) => [one.write(TASKS, [put(task('a', 1))]), one.write(TASKS, [put(task('a', 1))])]),
      );
      expect(created.flat().filter(Boolean)).toHaveLength(1);
      let lost = 0;
      const increment = async (one: ReadStore): Promise<void> => {
        const [loaded] = await one.load(TASKS, ['a']);
        if (loaded?.state !== 'present') throw new Error('it is there');
        const position = Number(loaded.document.position);
        const [done] = await one.write(TASKS, [put(task('a', position + 1, { rank: position }), position)]);
        if (done) return;
        lost += 1;
        await increment(one);
      };
      await Promise.all(stores.flatMap((one) => Array.from({ length: 10 }, () => increment(one))));
      expect(await store.get(TASKS, ['a'])).toEqual([task('a', 21, { rank: 20 })]);
      expect(lost).toBeGreaterThan(0);
    }));

  it('does what a map of positions would, whatever is written', () =>
    withStore(open, async (store) => {
      const someIds = ['a', 'b', 'c'];
      const anyWrite = fc.record({
        id: fc.constantFrom(...someIds),
        kind: fc.constantFrom('put', 'delete'),
        expected: fc.constantFrom('right', 'right', 'null', 'stale'),
        words: fc.array(fc.constantFrom('p', 'q', 'r')),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(anyWrite, { maxLength: 12 }), async (given) => {
          await store.clear(TASKS);
          const model = new Map<string, Loaded & { state: 'present' | 'deleted' }>();
          let clock = 1;
          for (const { id, kind, expected, words } of given) {
            const before = model.get(id);
            const current = before && (before.state === 'present' ? before.document.position : before.position);
            const from = expected === 'right' ? (current ?? null) : expected === 'null' ? null : at(0);
            clock += 1;
            const document = task(id, clock, { words, rank: clock });
            const write: Write =
              kind === 'put'
                ? { kind: 'put', expected: from, document }
                : { kind: 'delete', expected: from, id, position: at(clock) };
            const wins = from === (current ?? null);
            if (wins)
              model.set(
                id,
                kind === 'put' ? { state: 'present', document } : { state: 'deleted', position: at(clock) },
              );
            expect(await store.write(TASKS, [write])).toEqual([wins]);
          }
          expect(await store.load(TASKS, someIds)).toEqual(someIds.map((id) => model.get(id) ?? { state: 'absent' }));
          const withQ = [...model.values()].filter(
            (loaded) => loaded.state === 'present' && isIn('q', loaded.document.fields.words),
          );
          expect(await store.count(TASKS, [{ field: 'words', op: 'has', value: 'q' }])).toBe(withQ.length);
        }),
        { numRuns: 60 },
      );
    }));
}

function isIn(word: string, words: unknown): boolean {
  return Array.isArray(words) && words.includes(word);
}
