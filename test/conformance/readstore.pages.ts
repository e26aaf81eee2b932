import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { documentPages } from '../../src/engine/readstore/pages.js';
import type {
  Condition,
  Document,
  Filter,
  Keyset,
  OrderTerm,
  PageRequest,
  ReadStore,
} from '../../src/engine/readstore/port.js';
import {
  type Abilities,
  del,
  ids,
  type OpenReadStore,
  put,
  TASKS,
  type Task,
  task,
  withStore,
} from './readstore.fixture.js';
import { compareKeysets, inOrder, keysetOf, matches, type Scalar } from './readstore.model.js';

// Few values, so that many documents are equal. Some values would be ordered otherwise by UTF-16 unit or by locale.
const TEXTS = ['', 'a', 'ab', 'B', 'b', 'ä', '\uFFFD', '10', '9'];
const RARE = '\u{1F600}';
const NUMBERS = [-2, 0, 0.5, 9, 10] as const;

/** Generators for documents and pages, with texts that the server orders correctly. */
function arbitraries({ ordersByCodePoint }: Abilities) {
  const rare = ordersByCodePoint ? [RARE] : [];
  const anyText = fc.constantFrom(...TEXTS, ...rare);
  const anyNumber = fc.constantFrom(...NUMBERS);
  const anyTexts = fc.uniqueArray(anyText, { maxLength: 3 });

  const anyTasks = fc
    .uniqueArray(
      fc.tuple(
        fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', 'b', 'B', '\uFFFD', ...rare) }),
        fc.record({
          title: anyText,
          dueOn: anyText,
          rank: anyNumber,
          done: fc.boolean(),
          words: anyTexts,
          order: anyTexts,
        }),
      ),
      { selector: ([id]) => id, maxLength: 14 },
    )
    .map((given) => given.map(([id, fields]): Task => task(id, 1, fields)));

  const anyTerm: fc.Arbitrary<OrderTerm> = fc.record({
    field: fc.constantFrom<Scalar>('title', 'dueOn', 'rank', 'done'),
    direction: fc.constantFrom('asc', 'desc'),
  });
  const anyOrder = fc.uniqueArray(anyTerm, { selector: ({ field }) => field, maxLength: 3 });

  const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
    fc.record({ field: fc.constantFrom('title', 'dueOn'), op: fc.constant('eq'), value: anyText }),
    fc.record({ field: fc.constant('done'), op: fc.constant('eq'), value: fc.boolean() }),
    fc.record({ field: fc.constant('title'), op: fc.constant('in'), values: fc.array(anyText) }),
    fc.record({ field: fc.constant('rank'), op: fc.constant('in'), values: fc.array(anyNumber) }),
    fc.record(
      { field: fc.constant('rank'), op: fc.constant('range'), from: anyNumber, before: anyNumber },
      { requiredKeys: ['field', 'op'] },
    ),
    fc.record(
      { field: fc.constant('dueOn'), op: fc.constant('range'), after: anyText, to: anyText },
      { requiredKeys: ['field', 'op'] },
    ),
    fc.record({ field: fc.constant('title'), op: fc.constant('prefix'), value: anyText }),
    fc.record({ field: fc.constantFrom('words', 'order'), op: fc.constant('has'), value: anyText }),
    fc.record({ field: fc.constantFrom('words', 'order'), op: fc.constant('hasPrefix'), value: anyText }),
    fc.record(
      { field: fc.constantFrom('words', 'order'), op: fc.constant('hasRange'), from: anyText, to: anyText },
      { requiredKeys: ['field', 'op'] },
    ),
  );
  const anyFilter: fc.Arbitrary<Filter> = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: anyCondition },
      {
        weight: 1,
        arbitrary: fc.record({ anyOf: fc.array(fc.array(anyCondition, { maxLength: 2 }), { maxLength: 3 }) }),
      },
    ),
    { maxLength: 2 },
  );
  return { anyTasks, anyFilter, anyOrder };
}

/** Compares pages by keyset, forwards and backwards, with a sort in memory. */
export function pagesConform(open: OpenReadStore, abilities: Abilities): void {
  const { anyTasks, anyFilter, anyOrder } = arbitraries(abilities);

  it('reads any filter and order in pages, forwards and backwards', () =>
    withStore(open, async (store) => {
      await fc.assert(
        fc.asyncProperty(anyTasks, anyFilter, anyOrder, fc.integer({ min: 1, max: 5 }), async (...given) => {
          const [documents, filter, order, limit] = given;
          await fill(store, documents);
          const expected = documents.filter((one) => matches(one, filter)).sort(inOrder(order));
          expect(await walk(store, { filter, order, limit })).toEqual(ids(expected));
          expect(await walk(store, { filter, order, limit, backwards: true })).toEqual(ids(expected));
          expect(await store.count(TASKS, filter)).toBe(expected.length);
        }),
        { numRuns: 150 },
      );
    }));

  it('reads all rows in pages, in any order', () =>
    withStore(open, async (store) => {
      await fc.assert(
        fc.asyncProperty(anyTasks, anyOrder, fc.integer({ min: 1, max: 5 }), async (documents, order, limit) => {
          await fill(store, documents);
          const read: Document[] = [];
          for await (const page of documentPages(store, TASKS, { filter: [], order, limit }))
            read.push(...page.documents);
          expect(ids(read)).toEqual(ids(documents.sort(inOrder(order))));
        }),
        { numRuns: 50 },
      );
    }));

  it('reads between any two places, also of documents that are not there', () =>
    withStore(open, async (store) => {
      const anyPlace = fc.option(anyTasks.filter((documents) => documents.length > 0));
      const anyLimit = fc.integer({ min: 0, max: 6 });
      await fc.assert(
        fc.asyncProperty(anyTasks, anyOrder, anyPlace, anyPlace, anyLimit, fc.boolean(), async (...given) => {
          const [documents, order, from, to, limit, backwards] = given;
          await fill(store, documents);
          const after = placeOf(from?.[0], order);
          const before = placeOf(to?.[0], order);
          const between = documents.sort(inOrder(order)).filter((document) => {
            const place = keysetOf(document, order);
            return (
              (after === undefined || compareKeysets(order, place, after) > 0) &&
              (before === undefined || compareKeysets(order, place, before) < 0)
            );
          });
          const expected = backwards ? between.slice(Math.max(0, between.length - limit)) : between.slice(0, limit);
          const page = await store.find(TASKS, {
            filter: [],
            order,
            limit,
            backwards,
            ...(after && { after }),
            ...(before && { before }),
          });
          expect(ids(page.documents)).toEqual(ids(expected));
          expect(page.more).toBe(between.length > limit);
        }),
        { numRuns: 150 },
      );
    }));

  it('ends every order with the id, in the direction of the last term', () =>
    withStore(open, async (store) => {
      await fill(store, [task('a', 1, { rank: 1 }), task('b', 1, { rank: 1 }), task('c', 1, { rank: 2 })]);
      const ordered = async (...order: OrderTerm[]): Promise<string> =>
        ids((await store.find(TASKS, { filter: [], order, limit: 9 })).documents).join('');
      expect(await ordered()).toBe('abc');
      expect(await ordered({ field: 'rank', direction: 'asc' })).toBe('abc');
      expect(await ordered({ field: 'rank', direction: 'desc' })).toBe('cba');
      expect(await ordered({ field: 'done', direction: 'asc' }, { field: 'rank', direction: 'desc' })).toBe('cba');
      expect(await ordered({ field: 'rank', direction: 'desc' }, { field: 'done', direction: 'asc' })).toBe('cab');
    }));

  it('tells whether there are more beyond, in the direction of reading', () =>
    withStore(open, async (store) => {
      await fill(store, [task('a', 1), task('b', 1), task('c', 1)]);
      const read = async (page: Partial<PageRequest>): Promise<string> => {
        const { documents, more } = await store.find(TASKS, { filter: [], order: [], limit: 2, ...page });
        return `${ids(documents).join('')}${more ? '…' : ''}`;
      };
      const place = (id: string): Keyset => ({ values: [], id });
      expect(await read({})).toBe('ab…');
      expect(await read({ limit: 3 })).toBe('abc');
      expect(await read({ backwards: true })).toBe('bc…');
      expect(await read({ after: place('a') })).toBe('bc');
      expect(await read({ after: place('c') })).toBe('');
      expect(await read({ before: place('c') })).toBe('ab');
      expect(await read({ before: place('c'), limit: 1, backwards: true })).toBe('b…');
      expect(await read({ after: place('a'), before: place('c'), limit: 1, backwards: true })).toBe('b');
      expect(await read({ after: place('c'), before: place('a') })).toBe('');
      expect(await read({ limit: 0 })).toBe('…');
    }));

  it.each<readonly [string, Partial<PageRequest>]>([
    ['an unknown field to order by', { order: [{ field: 'nothing', direction: 'asc' }] }],
    ['an order by a multi field', { order: [{ field: 'words', direction: 'asc' }] }],
    ['a place with too few values', { order: [{ field: 'rank', direction: 'asc' }], after: { values: [], id: 'a' } }],
    ['a place with too many values', { before: { values: [1], id: 'a' } }],
    [
      'a place with a value of another kind',
      { order: [{ field: 'rank', direction: 'asc' }], after: { values: ['1'], id: 'a' } },
    ],
    ['a limit below none', { limit: -1 }],
    ['a limit that is not whole', { limit: 1.5 }],
  ])('refuses %s', (_, page) =>
    withStore(open, async (store) => {
      await expect(store.find(TASKS, { filter: [], order: [], limit: 2, ...page })).rejects.toThrow(
        /tasks.*(order|values|limit)/,
      );
    }),
  );
}

async function fill(store: ReadStore, documents: readonly Task[]): Promise<void> {
  await store.clear(TASKS);
  // Tombstones, which no page may contain.
  const buried = [put(task('buried', 1)), del('buried', 2, 1), del('~', 1, null)];
  await store.write(TASKS, [...documents.map((document) => put(document)), ...buried]);
}

/** Returns all ids in an order, read page by page forwards or backwards. */
async function walk(store: ReadStore, page: PageRequest): Promise<readonly (string | undefined)[]> {
  const pages: (readonly (string | undefined)[])[] = [];
  let place: Keyset | undefined;
  for (let more = true; more; ) {
    const next = page.backwards ? { before: place } : { after: place };
    const read = await store.find(TASKS, place ? { ...page, ...definite(next) } : page);
    if (read.more) expect(read.documents).toHaveLength(page.limit);
    expect(read.documents.length).toBeLessThanOrEqual(page.limit);
    pages.push(ids(read.documents));
    const last = page.backwards ? read.documents[0] : read.documents.at(-1);
    more = read.more && last !== undefined;
    if (last) place = keysetOf(task(last.id, 1, last.fields), page.order);
  }
  return (page.backwards ? pages.reverse() : pages).flat();
}

function placeOf(document: Task | undefined, order: readonly OrderTerm[]): Keyset | undefined {
  return document && keysetOf(document, order);
}

function definite(ends: { after?: Keyset | undefined; before?: Keyset | undefined }): Partial<PageRequest> {
  return { ...(ends.after && { after: ends.after }), ...(ends.before && { before: ends.before }) };
}
