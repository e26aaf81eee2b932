import { expect, it } from '@jest/globals';
import type { CollectionSpec, Document, Filter, ReadStore } from '../../src/engine/readstore/port.js';
import { at, ids, type OpenReadStore, put, withStore } from './readstore.fixture.js';

/** A collection like one with a record for each event: it has key fields, and a unique field ends each order. */
const NOTICES: CollectionSpec = {
  name: 'notices',
  version: 1,
  fields: { at: 'position', sentAt: 'instant', topic: 'text', author: 'text', size: 'number' },
  keys: ['topic', 'author'],
  unique: 'at',
  indexes: [['at'], ['topic', 'at'], ['author', 'at'], ['sentAt', 'at']],
};

function notice(id: string, place: number, topic: string, author = 'somebody'): Document {
  const fields = { at: at(place), sentAt: sentAt(place), topic, author, size: place };
  return { id, position: at(place), fields, body: { id } };
}

/** The notice at place 1 was never sent; the one at place 2 was sent before 1970. */
function sentAt(place: number): string {
  return place === 1 ? '' : new Date((place - 3) * 86_400_000 + 1).toISOString();
}

/** Positions as KurrentDB has them. */
function longPosition(place: number): string {
  return `${String(place).padStart(20, '0')}${String(place).padStart(20, '0')}`;
}

const NOTICE_LIST = [
  notice('d', 1, 'plans', 'Иван'),
  notice('c', 2, 'reports'),
  notice('b', 3, 'plans'),
  notice('a', 4, '', 'nul \0 and \uD800'),
];

async function filled(store: ReadStore): Promise<ReadStore> {
  await store.prepare([NOTICES]);
  await store.write(
    NOTICES,
    NOTICE_LIST.map((document) => put(document)),
  );
  return store;
}

/** Registers the conformance tests of fields that are compared for equality only, and of a field with unique values. */
export function keysConform(open: OpenReadStore): void {
  const byPlace = [{ field: 'at', direction: 'asc' }] as const;

  it.each<readonly [string, Filter, string]>([
    ['one', [{ field: 'topic', op: 'eq', value: 'plans' }], 'db'],
    ['the empty text', [{ field: 'topic', op: 'eq', value: '' }], 'a'],
    ['a text that no record has', [{ field: 'topic', op: 'eq', value: 'other' }], ''],
    ['one of several', [{ field: 'topic', op: 'in', values: ['plans', 'other', 'reports'] }], 'dcb'],
    ['one of one', [{ field: 'author', op: 'in', values: ['Иван'] }], 'd'],
    ['one of none', [{ field: 'topic', op: 'in', values: [] }], ''],
    ['a text that is hard to store', [{ field: 'author', op: 'eq', value: 'nul \0 and \uD800' }], 'a'],
    [
      'two fields',
      [
        { field: 'topic', op: 'eq', value: 'plans' },
        { field: 'author', op: 'eq', value: 'somebody' },
      ],
      'b',
    ],
  ])('finds %s by a key field', (_, filter, expected) =>
    withStore(open, async (made) => {
      const store = await filled(made);
      const page = await store.find(NOTICES, { filter, order: byPlace, limit: 10 });
      expect(ids(page.documents).join('')).toBe(expected);
      expect(await store.count(NOTICES, filter)).toBe(expected.length);
    }),
  );

  it('gives the values of key fields back, after a change and in another process too', () =>
    withStore(open, async (made, again) => {
      const store = await filled(made);
      const changed = notice('d', 5, 'reports', 'Пётр');
      await store.write(NOTICES, [put(changed, 1)]);
      const expected = [...NOTICE_LIST.slice(1), changed];
      for (const each of [store, await again()]) {
        const { documents } = await each.find(NOTICES, { filter: [], order: byPlace, limit: 10 });
        expect(documents).toEqual(expected);
        expect(await each.get(NOTICES, ['d'])).toEqual([changed]);
      }
    }));

  it('sums by a key field', () =>
    withStore(open, async (made) => {
      const store = await filled(made);
      const sums = await store.sums(NOTICES, { filter: [], by: 'topic', of: 'size' });
      expect([...sums].toSorted()).toEqual([
        ['', 4],
        ['plans', 4],
        ['reports', 2],
      ]);
    }));

  it('keeps an earlier key when a batch fails', () =>
    withStore(open, async (made) => {
      const store = await filled(made);
      const wrong = { ...notice('y', 6, 'new'), fields: { at: at(6) } };
      await expect(store.write(NOTICES, [put(notice('x', 5, 'new')), put(wrong)])).rejects.toThrow(TypeError);
      await store.write(NOTICES, [put(notice('x', 5, 'new'))]);
      expect(
        ids(
          (await store.find(NOTICES, { filter: [{ field: 'topic', op: 'eq', value: 'new' }], order: [], limit: 9 }))
            .documents,
        ),
      ).toEqual(['x']);
    }));

  it.each<readonly [string, Filter, 'at' | 'topic']>([
    ['a range', [{ field: 'topic', op: 'range', from: 'a' }], 'at'],
    ['a prefix', [{ field: 'topic', op: 'prefix', value: 'pl' }], 'at'],
    ['an order', [], 'topic'],
  ])('refuses %s of a key field', (_, filter, field) =>
    withStore(open, async (made) => {
      const store = await filled(made);
      const page = { filter, order: [{ field, direction: 'asc' }], limit: 10 } as const;
      await expect(store.find(NOTICES, page)).rejects.toThrow(/compared for equality only/);
    }),
  );

  it.each<readonly [string, Filter, string]>([
    ['after the empty position', [{ field: 'at', op: 'range', after: '' }], 'dcba'],
    ['between positions', [{ field: 'at', op: 'range', after: at(1), to: at(3) }], 'cb'],
    ['at a position', [{ field: 'at', op: 'eq', value: at(3) }], 'b'],
    ['at one of several positions', [{ field: 'at', op: 'in', values: [at(1), at(4), at(9)] }], 'da'],
    ['from an instant', [{ field: 'sentAt', op: 'range', from: sentAt(3) }], 'ba'],
    ['before an instant', [{ field: 'sentAt', op: 'range', before: sentAt(3) }], 'dc'],
    ['without an instant', [{ field: 'sentAt', op: 'eq', value: '' }], 'd'],
  ])('finds what is %s', (_, filter, expected) =>
    withStore(open, async (made) => {
      const store = await filled(made);
      const { documents } = await store.find(NOTICES, { filter, order: byPlace, limit: 10 });
      expect(ids(documents).join('')).toBe(expected);
      expect(await store.count(NOTICES, filter)).toBe(expected.length);
    }),
  );

  it('orders by instants, the empty one first', () =>
    withStore(open, async (made) => {
      const store = await filled(made);
      const order = [{ field: 'sentAt', direction: 'desc' }] as const;
      const { documents } = await store.find(NOTICES, { filter: [], order, limit: 10 });
      expect(ids(documents)).toEqual(['a', 'b', 'c', 'd']);
      const after = { values: [sentAt(3)], id: 'b' };
      const rest = await store.find(NOTICES, { filter: [], order, limit: 10, after });
      expect(ids(rest.documents)).toEqual(['c', 'd']);
    }));

  it('stores positions of any form, and texts that are no instants, unchanged', () =>
    withStore(open, async (store) => {
      await store.prepare([NOTICES]);
      const positions = [...[3, 20, 100].map(longPosition), '9'.repeat(16), '00000000000000001', '12', '1e5', ':'];
      const instants = [
        '2026-02-31T00:00:00.000Z',
        '2026-01-01T00:00:00Z',
        '2026-01-01',
        'today',
        ':',
        '-1',
        '17',
        ' ',
      ];
      const documents = positions.map((position, index) => {
        const plain = notice(`n${index}`, index, 'plans');
        return { ...plain, fields: { ...plain.fields, at: position, sentAt: instants[index] ?? '' } };
      });
      await store.write(
        NOTICES,
        documents.map((document, index) => put({ ...document, position: at(index) })),
      );
      const named = documents.map(({ id }) => id);
      expect(await store.get(NOTICES, named)).toEqual(documents);
      const range = [{ field: 'at', op: 'range', after: longPosition(3), to: longPosition(100) }] as const;
      const { documents: between } = await store.find(NOTICES, { filter: range, order: byPlace, limit: 10 });
      expect(ids(between)).toEqual(['n1', 'n2']);
    }));

  it.each<readonly [string, Filter]>([
    ['a position', [{ field: 'at', op: 'prefix', value: '00' }]],
    ['an instant', [{ field: 'sentAt', op: 'prefix', value: '20' }]],
  ])('refuses the prefix of %s', (_, filter) =>
    withStore(open, async (made) => {
      const store = await filled(made);
      await expect(store.find(NOTICES, { filter, order: byPlace, limit: 10 })).rejects.toThrow(TypeError);
    }),
  );

  it('pages by the unique field in both directions, whatever the id of the place is', () =>
    withStore(open, async (made) => {
      const store = await filled(made);
      const place = { values: [at(2)], id: 'zzz' };
      const page = { filter: [], order: byPlace, limit: 10 };
      expect(ids((await store.find(NOTICES, { ...page, after: place })).documents)).toEqual(['b', 'a']);
      expect(ids((await store.find(NOTICES, { ...page, before: place, backwards: true })).documents)).toEqual(['d']);
      await expect(store.find(NOTICES, { ...page, after: { values: [], id: 'a' } })).rejects.toThrow(RangeError);
    }));

  it('returns the records of each value of a key field together, in the order of the page', () =>
    withStore(open, async (made) => {
      const store = await filled(made);
      const page = { filter: [], order: byPlace, groupedBy: 'topic', limit: 10 } as const;
      const found = ids((await store.find(NOTICES, page)).documents);
      expect([...found].sort()).toEqual(['a', 'b', 'c', 'd']);
      expect(found.indexOf('b') - found.indexOf('d')).toBe(1);
      expect(await store.find(NOTICES, { ...page, limit: 2 })).toMatchObject({ more: true });
      const place = { values: [at(2)], id: 'c' };
      await expect(store.find(NOTICES, { ...page, after: place })).rejects.toThrow(RangeError);
      await expect(store.find(NOTICES, { ...page, groupedBy: 'other' })).rejects.toThrow(TypeError);
    }));
}
