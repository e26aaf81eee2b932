import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTodo } from '../../examples/todo/todo.js';
import { verifierFrom, verifyBundle } from '../../src/engine/index.js';
import { type StandIn, startStandIn } from '../support/kurrentdb/server.js';
import { onMongo } from '../support/mongodb/onMongo.js';
import { removeDirectory, silent, temporaryDirectory } from '../support/server.js';

type Places = Parameters<typeof openTodo>[0];

/** Registers the tests of the same to-do list on every engine: a second product, which knows nothing about plans. */
function todoOn(engines: string, placesIn: (directory: string) => Pick<Places, 'events' | 'rest'>): void {
  describe(`a to-do list on ${engines}`, () => {
    const masterKey = randomBytes(32);
    let directory: string;
    let places: Places;
    let todo: Awaited<ReturnType<typeof openTodo>>;
    beforeAll(async () => {
      directory = await temporaryDirectory();
      places = { ...placesIn(directory), masterKey, namespace: 'todo', log: silent };
      todo = await openTodo(places, 'Анна');
    });
    afterAll(async () => {
      await todo?.close();
      await removeDirectory(directory);
    });

    it('does what it is told, once, and refuses what cannot be', async () => {
      expect(await todo.give('home', { type: 'add', task: 'milk' }, 'c1')).toMatchObject({ kind: 'done' });
      expect(await todo.give('home', { type: 'add', task: 'milk' }, 'c1')).toMatchObject({ isRepeat: true });
      expect(await todo.give('home', { type: 'add', task: 'bread' }, 'c1')).toMatchObject({ refusal: 'REUSED' });
      expect(await todo.give('home', { type: 'finish', task: 'milk' })).toMatchObject({ kind: 'done' });
      expect(await todo.give('home', { type: 'finish', task: 'milk' })).toEqual({
        kind: 'refused',
        id: 'home',
        refusal: '«milk» is done already',
      });
      await todo.give('home', { type: 'add', task: 'tea' });
    });

    it('shows the list in its read model, and who did what in its history', async () => {
      expect(await todo.list('home')).toEqual({ open: ['tea'], done: 1 });
      expect(await todo.history('home')).toEqual([
        'Анна: TaskAdded milk',
        'Анна: TaskDone milk',
        'Анна: TaskAdded tea',
      ]);
    });

    it('proves the history to whoever has the key of the log, and not a changed one', async () => {
      let bundle = await todo.prove('home');
      while (!bundle) {
        // Let timers run, because the log is signed by one.
        await new Promise((resolve) => setImmediate(resolve));
        bundle = await todo.prove('home');
      }
      const key = verifierFrom(todo.key);
      expect(verifyBundle(bundle, key)).toMatchObject({ events: 3, findings: [] });
      const forged = bundle.entries.map((each) => ({ ...each, entry: each.entry.replace('milk', 'wine') }));
      expect(verifyBundle({ ...bundle, entries: forged }, key).findings).not.toEqual([]);
    });

    it('has all of it after a restart', async () => {
      const { key } = todo;
      await todo.close();
      todo = await openTodo(places, 'Анна');
      expect([todo.key, await todo.list('home')]).toEqual([key, { open: ['tea'], done: 1 }]);
    });
  });
}

todoOn('SQLite', (directory) => ({ events: join(directory, 'chronicle.db'), rest: directory }));

onMongo('a to-do list', ({ kind, url, databaseOf }) => {
  let server: StandIn;
  beforeAll(async () => {
    server = await startStandIn();
  });
  afterAll(() => server?.close());

  todoOn(`KurrentDB and MongoDB (${kind})`, (directory) => {
    const rest = new URL(url());
    rest.pathname = `/${databaseOf(directory).databaseName}`;
    return { events: server.url, rest: rest.href };
  });
});
