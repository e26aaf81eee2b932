import { expect, it } from '@jest/globals';
import { checkpointOf, ReadStoreUnavailable } from '../../src/engine/readstore/port.js';
import { at, del, ids, NOTES, type OpenReadStore, put, TASKS, task, withStore } from './readstore.fixture.js';

/** Checkpoints, clearing, preparing, reopening and closing. */
export function checkpointsConform(open: OpenReadStore): void {
  it('has no checkpoint before the first and moves it from what it was', () =>
    withStore(open, async (store) => {
      expect(await store.checkpoint('tasks@1')).toBeUndefined();
      expect(await store.moveCheckpoint('tasks@1', at(1), at(2))).toBe(false);
      expect(await store.checkpoint('tasks@1')).toBeUndefined();
      expect(await store.moveCheckpoint('tasks@1', undefined, at(2))).toBe(true);
      expect(await store.moveCheckpoint('tasks@1', undefined, at(3))).toBe(false);
      expect(await store.moveCheckpoint('tasks@1', at(1), at(3))).toBe(false);
      expect(await store.checkpoint('tasks@1')).toBe(at(2));
      expect(await store.moveCheckpoint('tasks@1', at(2), at(3))).toBe(true);
      expect(await store.checkpoint('tasks@1')).toBe(at(3));
    }));

  it('is known to answer while it does', () =>
    withStore(open, async (store) => {
      await store.standing([TASKS]);
      expect(store.known()).toEqual({ awaySince: undefined });
    }));

  it('may leave a checkpoint where it is, if it is there', () =>
    withStore(open, async (store) => {
      await store.moveCheckpoint('tasks@1', undefined, at(2));
      expect(await store.moveCheckpoint('tasks@1', at(2), at(2))).toBe(true);
      expect(await store.moveCheckpoint('tasks@1', at(1), at(1))).toBe(false);
    }));

  it('keeps the checkpoints of models apart', () =>
    withStore(open, async (store) => {
      await store.moveCheckpoint('tasks@1', undefined, at(1));
      await store.moveCheckpoint('tasks@2', undefined, at(2));
      await store.moveCheckpoint("it's; --", undefined, at(3));
      expect(await Promise.all(['tasks@1', 'tasks@2', "it's; --", 'tasks'].map((m) => store.checkpoint(m)))).toEqual([
        at(1),
        at(2),
        at(3),
        undefined,
      ]);
    }));

  it('lets one of several runners move a checkpoint', () =>
    withStore(open, async (store, again) => {
      const other = await again();
      const first = await Promise.all(
        [store, other, store, other].map((runner, index) => runner.moveCheckpoint('m', undefined, at(index + 1))),
      );
      expect(first.filter(Boolean)).toHaveLength(1);
      const from = await other.checkpoint('m');
      expect(from).toBe(at(first.indexOf(true) + 1));
      const next = await Promise.all(
        [other, store, other].map((runner, index) => runner.moveCheckpoint('m', from, at(index + 10))),
      );
      expect(next.filter(Boolean)).toHaveLength(1);
      expect(await store.checkpoint('m')).toBe(at(next.indexOf(true) + 10));
    }));

  it('clears documents, tombstones and checkpoint of one collection only', () =>
    withStore(open, async (store) => {
      const note = { id: 'n', position: at(1), fields: { text: 'kept' }, body: null };
      await store.write(TASKS, [put(task('a', 1, { words: ['x'] })), put(task('b', 1)), del('b', 2, 1)]);
      await store.write(NOTES, [put(note)]);
      await store.moveCheckpoint(checkpointOf(TASKS), undefined, at(2));
      await store.moveCheckpoint(checkpointOf(NOTES), undefined, at(1));
      await store.moveCheckpoint('tasks@2', undefined, at(9));
      await store.clear(TASKS);
      expect(await store.load(TASKS, ['a', 'b'])).toEqual([{ state: 'absent' }, { state: 'absent' }]);
      expect(await store.count(TASKS, [])).toBe(0);
      expect(await store.count(TASKS, [{ field: 'words', op: 'has', value: 'x' }])).toBe(0);
      expect(await store.checkpoint(checkpointOf(TASKS))).toBeUndefined();
      expect(await store.checkpoint(checkpointOf(NOTES))).toBe(at(1));
      expect(await store.checkpoint('tasks@2')).toBe(at(9));
      expect(await store.get(NOTES, ['n'])).toEqual([note]);
      expect(await store.write(TASKS, [put(task('a', 3)), put(task('b', 3))])).toEqual([true, true]);
      const had = { field: 'words', op: 'has', value: 'x' } as const;
      expect(await store.count(TASKS, [had])).toBe(0);
    }));

  it('has a checkpoint for each part of a build, and drops them all with it', () =>
    withStore(open, async (store, again) => {
      const parts = [1, 2].map((number) => ({ ...TASKS, part: { number, of: 2 } }));
      const other = { ...TASKS, build: 1, part: { number: 1, of: 2 } };
      for (const [index, spec] of [TASKS, ...parts, other].entries()) {
        expect(await store.moveCheckpoint(checkpointOf(spec), undefined, at(index + 1))).toBe(true);
      }
      const named = Object.fromEntries(await store.checkpoints(TASKS));
      expect(named).toEqual({ 'tasks@1': at(1), 'tasks@1 1/2': at(2), 'tasks@1 2/2': at(3) });
      const standing = await (await again()).standing([TASKS, ...parts]);
      expect(standing).toEqual([1, 2, 3].map((position) => ({ build: 0, position: at(position) })));
      await store.write(TASKS, [put(task('a', 1))]);
      await store.clear(TASKS);
      expect([...(await store.checkpoints(TASKS))]).toEqual([]);
      expect([...(await store.checkpoints(other))]).toEqual([['tasks@1.1 1/2', at(4)]]);
      await store.moveCheckpoint(checkpointOf({ ...TASKS, part: { number: 2, of: 2 } }), undefined, at(5));
      await store.prepare([{ ...TASKS, build: 1 }]);
      await store.switchBuilds([{ ...TASKS, build: 1 }]);
      expect([...(await store.checkpoints(TASKS))]).toEqual([]);
      expect(await store.standing([other])).toEqual([{ build: 1, position: at(4) }]);
    }));

  it('clears what was never prepared, and prepares it', () =>
    withStore(open, async (store) => {
      const spec = { ...NOTES, version: 4 };
      await store.moveCheckpoint(checkpointOf(spec), undefined, at(1));
      await store.clear(spec);
      expect(await store.checkpoint(checkpointOf(spec))).toBeUndefined();
      expect(await store.count(spec, [])).toBe(0);
    }));

  it('prepares again without touching anything', () =>
    withStore(open, async (store, again) => {
      await store.write(TASKS, [put(task('a', 1))]);
      await store.prepare([TASKS, NOTES]);
      await (await again()).prepare([TASKS]);
      await store.prepare([]);
      expect(await store.get(TASKS, ['a'])).toEqual([task('a', 1)]);
    }));

  it('keeps versions of a collection apart', () =>
    withStore(open, async (store) => {
      const next = { ...TASKS, version: 2, fields: { ...TASKS.fields, room: 'text' } } as const;
      await store.prepare([TASKS, next]);
      await store.write(TASKS, [put(task('a', 1))]);
      expect(await store.load(next, ['a'])).toEqual([{ state: 'absent' }]);
      const moved = task('a', 2);
      const document = { ...moved, fields: { ...moved.fields, room: '12' } };
      expect(await store.write(next, [put(document)])).toEqual([true]);
      expect(await store.get(TASKS, ['a'])).toEqual([task('a', 1)]);
      expect(await store.get(next, ['a'])).toEqual([document]);
    }));

  it('keeps builds of a version apart, and switches several of them at once', () =>
    withStore(open, async (store, again) => {
      const [tasks, notes] = [
        { ...TASKS, build: 1 },
        { ...NOTES, build: 1 },
      ];
      const note = { id: 'n', position: at(1), fields: { text: 'built anew' }, body: null };
      await store.write(TASKS, [put(task('a', 1, { words: ['old'] }))]);
      await store.moveCheckpoint(checkpointOf(TASKS), undefined, at(1));
      await store.prepare([tasks, notes]);
      expect(await store.load(tasks, ['a'])).toEqual([{ state: 'absent' }]);
      await store.write(tasks, [put(task('a', 2, { words: ['new'] }))]);
      await store.write(notes, [put(note)]);
      await store.moveCheckpoint(checkpointOf(tasks), undefined, at(2));
      expect(await store.get(TASKS, ['a'])).toEqual([task('a', 1, { words: ['old'] })]);
      expect([await store.liveBuild(TASKS), await store.liveBuild(tasks), await store.liveBuild(NOTES)]).toEqual([
        0, 0, 0,
      ]);
      await store.switchBuilds([tasks, notes]);
      expect([await store.liveBuild(TASKS), await store.liveBuild(NOTES)]).toEqual([1, 1]);
      expect(await store.get(tasks, ['a'])).toEqual([task('a', 2, { words: ['new'] })]);
      expect(await store.checkpoint(checkpointOf(tasks))).toBe(at(2));
      expect(await store.checkpoint(checkpointOf(TASKS))).toBeUndefined();
      const reopened = await again();
      expect(await reopened.liveBuild(TASKS)).toBe(1);
      expect(await reopened.get(notes, ['n'])).toEqual([note]);
    }));

  it('drops a build that is not wanted with its checkpoint, and another one stays', () =>
    withStore(open, async (store) => {
      const tasks = { ...TASKS, build: 1 };
      await store.write(TASKS, [put(task('a', 1))]);
      await store.prepare([tasks]);
      await store.write(tasks, [put(task('a', 2))]);
      await store.moveCheckpoint(checkpointOf(tasks), undefined, at(2));
      await store.drop(tasks);
      await store.drop(tasks);
      expect(await store.checkpoint(checkpointOf(tasks))).toBeUndefined();
      await expect(store.get(tasks, ['a'])).rejects.toThrow('not prepared');
      expect(await store.get(TASKS, ['a'])).toEqual([task('a', 1)]);
    }));

  it('leaves other versions alone when a build is switched, and builds once more', () =>
    withStore(open, async (store) => {
      const other = { ...TASKS, version: 11 };
      await store.prepare([other]);
      await store.write(other, [put(task('a', 1))]);
      for (const build of [1, 2]) {
        await store.clear({ ...TASKS, build });
        await store.write({ ...TASKS, build }, [put(task('a', build))]);
        await store.switchBuilds([{ ...TASKS, build }]);
      }
      expect(await store.get({ ...TASKS, build: 2 }, ['a'])).toEqual([task('a', 2)]);
      expect(await store.get(other, ['a'])).toEqual([task('a', 1)]);
      expect(await store.liveBuild(other)).toBe(0);
    }));

  it('drops older versions when it is asked to, and nothing else', () =>
    withStore(open, async (store) => {
      const newer = { ...TASKS, version: 12 };
      const built = { ...TASKS, build: 1 };
      await store.prepare([built, newer]);
      await store.write(TASKS, [put(task('a', 1, { words: ['x'] }))]);
      await store.write(newer, [put(task('a', 2))]);
      await store.moveCheckpoint(checkpointOf(TASKS), undefined, at(1));
      await store.moveCheckpoint(checkpointOf(newer), undefined, at(2));
      expect(await store.dropOlder([TASKS, NOTES])).toEqual([]);
      expect(await store.dropOlder([newer, NOTES])).toEqual(['tasks@1']);
      for (const gone of [TASKS, built]) await expect(store.get(gone, ['a'])).rejects.toThrow('not prepared');
      expect(await store.checkpoint(checkpointOf(TASKS))).toBeUndefined();
      expect(await store.get(newer, ['a'])).toEqual([task('a', 2)]);
      expect(await store.checkpoint(checkpointOf(newer))).toBe(at(2));
      expect(await store.count(NOTES, [])).toBe(0);
    }));

  it('has everything after reopening', () =>
    withStore(open, async (store, again) => {
      const document = task('a', 1, { title: 'Jahresplan', words: ['plan', 'jahr'], rank: -1.5, done: true });
      await store.write(TASKS, [put(document), put(task('b', 1)), del('b', 2, 1)]);
      await store.moveCheckpoint('tasks@1', undefined, at(2));
      await store.close();
      const reopened = await again();
      await reopened.prepare([TASKS]);
      expect(await reopened.load(TASKS, ['a', 'b', 'c'])).toEqual([
        { state: 'present', document },
        { state: 'deleted', position: at(2) },
        { state: 'absent' },
      ]);
      const found = await reopened.find(TASKS, {
        filter: [{ field: 'words', op: 'hasPrefix', value: 'pl' }],
        order: [],
        limit: 9,
      });
      expect(ids(found.documents)).toEqual(['a']);
      expect(await reopened.checkpoint('tasks@1')).toBe(at(2));
    }));

  it('shows what another one has written', () =>
    withStore(open, async (store, again) => {
      const other = await again();
      await store.write(TASKS, [put(task('a', 1))]);
      expect(ids(await other.get(TASKS, ['a']))).toEqual(['a']);
      expect(await other.write(TASKS, [put(task('a', 2), 1)])).toEqual([true]);
      expect(await store.write(TASKS, [put(task('a', 3), 1)])).toEqual([false]);
    }));

  it('is unavailable once closed, and closes twice', () =>
    withStore(open, async (store) => {
      await store.close();
      await store.close();
      await expect(store.get(TASKS, ['a'])).rejects.toThrow(ReadStoreUnavailable);
      await expect(store.write(TASKS, [put(task('a', 1))])).rejects.toThrow(ReadStoreUnavailable);
      await expect(store.checkpoint('m')).rejects.toThrow(ReadStoreUnavailable);
    }));
}
