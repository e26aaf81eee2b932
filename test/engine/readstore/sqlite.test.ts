import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type CollectionSpec,
  type Filter,
  type PageRequest,
  ReadStoreUnavailable,
} from '../../../src/engine/readstore/port.js';
import { Connection } from '../../../src/engine/readstore/sqlite/connection.js';
import { openSqliteReadStore, type SqliteReadStore } from '../../../src/engine/readstore/sqlite/store.js';
import { afterPrefix } from '../../../src/engine/readstore/values.js';
import { openSqlite } from '../../../src/engine/storage/sqlite.js';
import { at, del, ids, put, TASKS, task } from '../../conformance/readstore.fixture.js';

let directory: string;
let file: string;
let store: SqliteReadStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'readstore-'));
  file = join(directory, 'read.db');
  store = await openSqliteReadStore(file);
});

afterEach(async () => {
  await store.close();
  await rm(directory, { recursive: true, force: true });
});

describe('collections as tables', () => {
  const spec = (given: Partial<CollectionSpec>): CollectionSpec => ({
    name: 'things',
    version: 1,
    fields: { text: 'text', words: 'multiText' },
    indexes: [],
    ...given,
  });

  it.each<readonly [string, Partial<CollectionSpec>, RegExp]>([
    ['a name that is not letters only', { name: 'a; DROP TABLE x' }, /letters only/],
    ['a field that is not letters only', { fields: { 'a b': 'text' } }, /letters only/],
    ['a field that begins with letters', { fields: { 'a\n': 'text' } }, /letters only/],
    ['a version that is not whole', { version: 1.5 }, /version/],
    ['a negative version', { version: -1 }, /version/],
    ['an index on an unknown field', { indexes: [['text', 'nothing']] }, /nothing/],
    ['fields alike but for case', { fields: { dueOn: 'text', dueon: 'text' } }, /upper and lower case/],
  ])('refuses %s', async (_, given, message) => {
    await expect(store.prepare([spec(given)])).rejects.toThrow(message);
    await expect(store.prepare([spec(given)])).rejects.toThrow(TypeError);
  });

  it.each<readonly [string, CollectionSpec['fields']]>([
    ['one more', { text: 'text', more: 'text', words: 'multiText' }],
    ['one less', { words: 'multiText' }],
    ['another kind', { text: 'number', words: 'multiText' }],
  ])('tells when a table has other columns: %s; clear heals it', async (_, fields) => {
    await store.prepare([spec({})]);
    const other = spec({ fields, indexes: [Object.keys(fields).filter((field) => field !== 'words')] });
    await expect(store.prepare([other])).rejects.toThrow(/things_v1 has the columns .*new version/);
    await store.clear(other);
    await store.prepare([other]);
    await expect(store.prepare([spec({})])).rejects.toThrow(/things_v1 has the columns/);
  });

  it('drops the side tables of fields that are gone', async () => {
    await store.prepare([spec({})]);
    const document = { id: 'a', position: at(1), fields: { text: '', words: ['old'] }, body: 1 };
    await store.write(spec({}), [put(document)]);
    await store.clear(spec({ fields: { text: 'text' } }));
    await store.prepare([spec({})]);
    expect(await store.count(spec({}), [{ field: 'words', op: 'has', value: 'old' }])).toBe(0);
  });

  it('takes a collection of the same name in another case for a mistake', async () => {
    await store.prepare([spec({})]);
    await expect(store.prepare([spec({ name: 'Things' })])).rejects.toThrow(/upper and lower case/);
  });

  it('makes none of the collections when one is refused', async () => {
    const changed = spec({ fields: { text: 'number' } });
    await store.prepare([spec({})]);
    await expect(store.prepare([TASKS, changed])).rejects.toThrow(/new version/);
    await expect(store.count(TASKS, [])).rejects.toThrow('tasks_v1 is not prepared');
    await expect(store.write(TASKS, [put(task('a', 1))])).rejects.toThrow('tasks_v1 is not prepared');
  });

  it('lives with words of SQL for names', async () => {
    const odd = spec({
      name: 'select',
      fields: { id: 'text', order: 'text', group: 'multiText' },
      indexes: [['order']],
    });
    await store.prepare([odd]);
    const document = { id: 'a', position: at(1), fields: { id: 'x', order: 'y', group: ['z'] }, body: 1 };
    await store.write(odd, [put(document)]);
    const filter: Filter = [{ field: 'group', op: 'has', value: 'z' }];
    const page = await store.find(odd, { filter, order: [{ field: 'id', direction: 'asc' }], limit: 1 });
    expect(page.documents).toEqual([document]);
  });

  it('files the lists of a build without indexes when it is prepared, and no term that was replaced or deleted', async () => {
    await store.clear(TASKS, false);
    await store.write(TASKS, [
      put(task('a', 1, { words: ['one', 'two'], order: ['first'] })),
      put(task('b', 1, { words: ['two', 'secret'] })),
      put(task('c', 1, { words: ['gone'] })),
      put(task('d', 1)),
    ]);
    await store.write(TASKS, [put(task('b', 2, { words: ['two', 'three'] }), 1), del('c', 2, 1)]);
    await store.prepare([TASKS]);
    expect(await store.misfiled?.(TASKS)).toEqual([]);
    const found = async (field: string, value: string) =>
      ids((await store.find(TASKS, { filter: [{ field, op: 'has', value }], order: [], limit: 9 })).documents);
    expect(await found('words', 'two')).toEqual(['a', 'b']);
    expect(await found('words', 'three')).toEqual(['b']);
    expect(await found('order', 'first')).toEqual(['a']);
    // A term that was deleted gets another number.
    await store.write(TASKS, [put(task('e', 3, { words: ['gone', 'two'] })), put(task('b', 3, { words: [] }), 2)]);
    expect(await found('words', 'gone')).toEqual(['e']);
    expect(await found('words', 'two')).toEqual(['a', 'e']);
    expect(await store.misfiled?.(TASKS)).toEqual([]);
    const database = await openSqlite(file, 'reader');
    const terms = database.prepare('SELECT text FROM tasks_v1_words_terms ORDER BY text').all();
    database.close();
    expect(terms.map(({ text }) => text)).toEqual(['gone', 'one', 'two']);
  });

  it('keeps nothing of a deleted document', async () => {
    await store.prepare([TASKS]);
    await store.write(TASKS, [put(task('a', 1, { title: 'secret', words: ['secret'] }, 'secret'))]);
    await store.write(TASKS, [{ kind: 'delete', id: 'a', expected: at(1), position: at(2) }]);
    const raw = new Connection(await openSqlite(file, 'reader'));
    const rows = [
      ...raw.all('SELECT * FROM tasks_v1', []),
      ...raw.all('SELECT * FROM tasks_v1_words', []),
      ...raw.all('SELECT * FROM tasks_v1_words_terms', []),
      ...raw.all('SELECT * FROM tasks_v1_order', []),
    ];
    raw.close();
    expect(rows.map((row) => ({ ...row }))).toEqual([
      {
        number: 1,
        id: 'a',
        pos: at(2),
        deleted: 1,
        f_title: null,
        f_dueOn: null,
        f_rank: null,
        f_done: null,
        lists: '',
        exact: '',
        body: '',
      },
    ]);
  });
});

describe('query plans', () => {
  const dueOn = { field: 'dueOn', direction: 'asc' } as const;
  const place = { values: ['2026-09-01', 2], id: 'x' };

  it.each<readonly [string, Partial<PageRequest>, RegExp]>([
    ['by id', { after: { values: [], id: 'a' } }, /^SEARCH tasks_v1 USING INDEX \S+ \(id>\?\)$/],
    [
      'onwards in an index',
      { order: [dueOn, { field: 'rank', direction: 'asc' }], after: place },
      /^SEARCH tasks_v1 USING INDEX ix_tasks_v1_by_dueOn_rank \(\(f_dueOn,f_rank,id\)>\(\?,\?,\?\)\)$/,
    ],
    [
      'back in an index',
      { order: [dueOn, { field: 'rank', direction: 'asc' }], before: place, backwards: true },
      /^SEARCH tasks_v1 USING INDEX ix_tasks_v1_by_dueOn_rank \(\(f_dueOn,f_rank,id\)<\(\?,\?,\?\)\)$/,
    ],
    [
      'in mixed directions, from the place on',
      { order: [dueOn, { field: 'rank', direction: 'desc' }], after: place },
      /^SEARCH tasks_v1 USING INDEX ix_tasks_v1_by_dueOn_rank \(f_dueOn>\?\)/,
    ],
    [
      'onwards behind a condition',
      {
        filter: [{ field: 'done', op: 'eq', value: true }],
        order: [dueOn],
        after: { values: ['2026-09-01'], id: 'x' },
      },
      /^SEARCH tasks_v1 USING INDEX ix_tasks_v1_by_done_dueOn \(f_done=\? AND \(f_dueOn,id\)>\(\?,\?\)\)$/,
    ],
    [
      'by prefix',
      { filter: [{ field: 'title', op: 'prefix', value: 'Pl' }], order: [{ field: 'title', direction: 'desc' }] },
      /^SEARCH tasks_v1 USING INDEX ix_tasks_v1_by_title \(f_title>\? AND f_title<\?\)$/,
    ],
    [
      'by a prefix of a word',
      { filter: [{ field: 'words', op: 'hasPrefix', value: 'pl' }] },
      /SEARCH tasks_v1_words USING PRIMARY KEY \(term=\?\); .*SEARCH tasks_v1_words_terms .*\(text>\? AND text<\?\)/,
    ],
    [
      'by one of several',
      {
        filter: [{ anyOf: [[{ field: 'title', op: 'eq', value: 'a' }], [{ field: 'words', op: 'has', value: 'b' }]] }],
      },
      /MULTI-INDEX OR; .*by_title \(f_title=\?\); .*SEARCH tasks_v1_words USING PRIMARY KEY \(term=\?\)/,
    ],
    [
      'by one of several behind a condition, in an order',
      {
        filter: [
          { field: 'rank', op: 'range', from: 1 },
          { anyOf: [[{ field: 'title', op: 'eq', value: 'a' }], [{ field: 'dueOn', op: 'prefix', value: '2026' }]] },
        ],
        order: [{ field: 'title', direction: 'asc' }],
      },
      /MULTI-INDEX OR; .*by_title \(f_title=\?\); .*by_dueOn_rank \(f_dueOn>\? AND f_dueOn<\?\)/,
    ],
  ])('seeks %s', async (_, page, expected) => {
    await store.prepare([TASKS]);
    const lines = store.explain(TASKS, { filter: [], order: [], limit: 10, ...page });
    expect(lines.join('; ')).toMatch(expected);
    expect(lines.filter((line) => line.startsWith('SCAN'))).toEqual([]);
  });

  it('counts in an index', async () => {
    await store.prepare([TASKS]);
    expect(store.explainCount(TASKS, [])).toEqual([
      expect.stringMatching(/^SCAN tasks_v1 USING COVERING INDEX ix_tasks_v1_by_/),
    ]);
    const filter: Filter = [{ field: 'done', op: 'eq', value: true }];
    const either: Filter = [
      { anyOf: [[{ field: 'done', op: 'eq', value: true }], [{ field: 'title', op: 'eq', value: 'a' }]] },
    ];
    expect(store.explainCount(TASKS, either)[0]).toBe('MULTI-INDEX OR');
    expect(store.explainCount(TASKS, filter)).toEqual([
      'SEARCH tasks_v1 USING COVERING INDEX ix_tasks_v1_by_done_dueOn (f_done=?)',
    ]);
  });
});

describe('the file', () => {
  it('is whole by itself after closing', async () => {
    await store.prepare([TASKS]);
    await store.write(TASKS, [put(task('a', 1))]);
    expect((await stat(`${file}-wal`)).size).toBeGreaterThan(0);
    await store.close();
    // The driver may keep the emptied file open until it collects its statements.
    const left = await stat(`${file}-wal`).catch(() => ({ size: 0 }));
    expect(left.size).toBe(0);
  });

  it.each([
    [
      'is not a database',
      async () => writeFile(join(directory, 'other.db'), 'not a database, but long enough to be read'),
    ],
    ['is a directory', async () => mkdtemp(join(directory, 'other.db'))],
  ])('is unavailable when it %s', async (_, make) => {
    const made = await make();
    await expect(openSqliteReadStore(made ?? join(directory, 'other.db'))).rejects.toThrow(ReadStoreUnavailable);
  });

  it('prepares a text once, and keeps those used last only', async () => {
    const database = await openSqlite(join(directory, 'other.db'), 'writer');
    const prepared: string[] = [];
    const connection = new Connection({
      prepare: (text) => {
        prepared.push(text);
        return database.prepare(text);
      },
      exec: (text) => database.exec(text),
      close: () => database.close(),
    });
    const often = 'SELECT ? AS often';
    for (let index = 0; index < 600; index += 1) {
      expect({ ...connection.all(often, [index])[0] }).toEqual({ often: index });
      connection.all(`SELECT ${index}`, []);
    }
    expect(prepared.filter((text) => text === often)).toHaveLength(1);
    connection.all('SELECT 599', []);
    expect(prepared).toHaveLength(601);
    connection.all('SELECT 0', []);
    expect(prepared).toHaveLength(602);
    connection.close();
  });

  it('refuses more values than a query can take', async () => {
    await store.prepare([TASKS]);
    await store.write(TASKS, [put(task('a', 1, { rank: 3 }))]);
    const values = Array.from({ length: 20_000 }, (_, index) => index);
    expect(await store.count(TASKS, [{ field: 'rank', op: 'in', values }])).toBe(1);
    const twice: Filter = [
      { field: 'rank', op: 'in', values },
      { field: 'rank', op: 'in', values },
    ];
    await expect(store.count(TASKS, twice)).rejects.toThrow(RangeError);
  });
});

describe('the end of a prefix', () => {
  it.each([
    ['a', 'b'],
    ['az', 'a{'],
    ['\uD7FF', '\uE000'],
    ['\uFFFF', '\u{10000}'],
    ['a\u{10FFFF}', 'b'],
    ['', undefined],
    ['\u{10FFFF}\u{10FFFF}', undefined],
  ])('after %j comes %j', (prefix, end) => {
    expect(afterPrefix(prefix)).toBe(end);
  });
});
