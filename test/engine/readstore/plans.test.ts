import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Filter, PageRequest } from '../../../src/engine/readstore/port.js';
import { openSqliteReadStore, type SqliteReadStore } from '../../../src/engine/readstore/sqlite/store.js';
import { actorGlobalId } from '../../../src/graphql/ids.js';
import { COLLECTIONS } from '../../../src/projections/readModels.js';
import { at } from '../../conformance/readstore.fixture.js';
import { IS_LONG_RUN } from '../../support/runs.js';
import { sampleOf } from '../../support/server.js';
import { importCopies, type Read, startWatchedServer, type WatchedServer } from '../../support/watched.js';

let server: WatchedServer;
let store: SqliteReadStore;
/** A value for each condition that a filter may have. */
let values: Readonly<Record<string, unknown>>;

beforeAll(async () => {
  server = await startWatchedServer();
  store = await openSqliteReadStore(join(server.directory, 'readmodels.db'));
  const sample = await sampleOf(server);
  const shape = z.object({ parties: z.object({ nodes: z.tuple([z.object({ id: z.string() })]) }) });
  const { parties } = await server.read(shape, '{ parties(first: 1) { nodes { id } } }');
  const at = await importCopies(server, 1);
  await server.data('query($at: Position) { plans(atLeast: $at) { totalCount } }', { variables: { at } });
  values = {
    planId: sample.planId,
    planIds: [sample.planId, 'plan_0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20'],
    organisationId: 'organisation_0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20',
    sectionId: sample.section(3),
    activityId: sample.activity(3),
    partyId: parties.nodes[0].id,
    actorId: actorGlobalId('system'),
    timing: ['OVERDUE', 'DUE_TODAY', 'DUE_SOON', 'IN_WINDOW', 'PLANNED', 'NOT_TRACKED'],
    evidence: ['NONE', 'REPORTED'],
    eventType: ['ActivityPlanned', 'PlanImported'],
    status: ['APPROVED', 'DRAFT'],
    dueFrom: '2020-10-01',
    dueTo: '2020-12-31',
    activeOn: '2020-10-01',
    overlaps: { start: '2020-09-01', end: '2021-08-31' },
    from: '2020-09-01T00:00:00Z',
    to: '2020-12-01T00:00:00Z',
    text: 'план классн',
    kind: 'ORG',
    orderNumber: '143',
    needsReview: true,
    updatedSince: '2020-10-01T00:00:00Z',
  };
});
afterAll(async () => {
  await store.close();
  await server.close();
});

/**
 * Returns the faults in SQLite's query plan of a page: a table read without an index, or read as a whole before
 * sorting.
 */
function pageFaults(lines: readonly string[]): string[] {
  const sorts = lines.some((line) => line.includes('TEMP B-TREE'));
  return lines.filter((line) => (sorts ? /^SCAN / : /^SCAN (?!.*USING (COVERING )?INDEX)/).test(line));
}

/** Returns the faults in SQLite's query plan of a count: all rows are read although not all are counted. */
function countFaults(lines: readonly string[], counted: Filter): string[] {
  return counted.length === 0 ? pageFaults(lines) : lines.filter((line) => line.startsWith('SCAN '));
}

/** Returns a page and its variants: read backwards, and, unless it is grouped, continued after or before a place. */
function pagesFrom(spec: Read['spec'], page: PageRequest): PageRequest[] {
  if (page.groupedBy !== undefined) return [page, { ...page, backwards: true }];
  const instant = '2020-10-01T00:00:00.000Z';
  const zero = { text: '2020-10-01', position: at(1), instant, number: 1, boolean: true, multiText: '' };
  const place = { id: 'x', values: page.order.map(({ field }) => zero[spec.fields[field] ?? 'text']) };
  return [
    page,
    { ...page, after: place },
    { ...page, before: place },
    { ...page, before: place, backwards: true },
    { ...page, backwards: true },
  ];
}

/** Returns the whole tables that the API reads during some work, with their readers. */
async function wholeTables(work: () => Promise<unknown>): Promise<{ reads: number; faults: string[] }> {
  const reads = await server.readsOf(work);
  const faults = reads.flatMap((read) => {
    if (read.kind === 'get') return [];
    if (read.kind === 'sums') return countFaults(store.explainSums(read.spec, read.request), read.request.filter);
    if (read.kind === 'count') return countFaults(store.explainCount(read.spec, read.filter), read.filter);
    return pagesFrom(read.spec, read.page).flatMap((page) => pageFaults(store.explain(read.spec, page)));
  });
  return { reads: reads.length, faults: [...new Set(faults)] };
}

/**
 * Returns combinations of conditions: none, each condition alone, and all conditions; in the long run also each pair.
 */
function combinations(conditions: readonly string[]): string[][] {
  const pairs = conditions.flatMap((one, index) => conditions.slice(index + 1).map((other) => [one, other]));
  return [[], ...conditions.map((one) => [one]), ...(IS_LONG_RUN ? pairs : []), [...conditions]];
}

function given(names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

describe('no read of the API reads a whole table', () => {
  const DUE = ['dueFrom', 'dueTo'];
  const OF_ACTIVITIES = ['planId', 'planIds', 'organisationId', 'sectionId', 'partyId', 'timing', 'evidence', ...DUE];
  const OF_ENTRIES = [
    ...['planId', 'planIds', 'organisationId', 'sectionId', 'activityId', 'partyId', 'actorId', 'eventType'],
    ...['orderNumber', 'text', 'from', 'to'],
  ];
  const LISTS = [
    [
      'plans',
      'PlanFilter',
      ['status', 'organisationId', 'text', 'activeOn', 'overlaps', 'updatedSince'],
      ['TITLE', 'UPDATED_AT', 'PERIOD_START'],
    ],
    ['activities', 'ActivityFilter', [...OF_ACTIVITIES, 'text', 'needsReview', 'updatedSince'], ['PLAN_ORDER', 'DUE']],
    ['calendar', 'ActivityFilter', OF_ACTIVITIES, []],
    ['auditTrail', 'AuditFilter', OF_ENTRIES, []],
  ] as const;

  it.each(LISTS)('for %s by any conditions of %s', async (list, type, conditions, orders) => {
    const range = list === 'calendar' ? 'from: "2020-09-01", to: "2021-08-31",' : '';
    for (const names of combinations(conditions)) {
      for (const order of orders.length > 0 ? orders : [null]) {
        const by = order === null ? '' : `orderBy: { field: ${order} },`;
        const document = `query($filter: ${type}) { ${list}(${range} ${by} filter: $filter) { totalCount nodes { id } } }`;
        const { reads, faults } = await wholeTables(() =>
          server.data(document, { variables: { filter: given(names) } }),
        );
        expect({ names, order, reads, faults }).toEqual({ names, order, reads: 2, faults: [] });
      }
    }
  });

  it('for parties by any conditions', async () => {
    const document = 'query($filter: PartyFilter) { parties(filter: $filter) { totalCount nodes { id } } }';
    for (const names of combinations(['text', 'kind', 'planId', 'planIds', 'organisationId'])) {
      const variables = { filter: given(names) };
      const { reads, faults } = await wholeTables(() => server.data(document, { variables }));
      expect({ names, reads, faults }).toEqual({ names, reads: 2, faults: [] });
    }
  });

  it.each([
    ['monitoring of all plans', '{ monitoring { total { total } } }'],
    [
      'what stands behind an indicator',
      '{ indicatorItems(indicator: DONE) { nodes { point { id } activity { id } } } }',
    ],
    ['organisations', '{ organisations { nodes { id } } }'],
    ['editions of plans', '{ plans { nodes { editions { nodes { number } } } } }'],
    ['monitoring of a plan', 'query($planId: ID) { monitoring(filter: { planId: $planId }) { total { total } } }'],
    ['changes from the beginning', '{ changes { position } }'],
    ['plans with all that lies in them', '{ plans { nodes { sections { activities { nodes { points { id } } } } } } }'],
  ])('for %s', async (_, document) => {
    const variables = document.includes('$planId') ? given(['planId']) : {};
    const { reads, faults } = await wholeTables(() => server.data(document, { variables }));
    expect(reads).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  });

  it('for changes by any conditions', async () => {
    const document = 'query($filter: ChangeFilter) { changes(filter: $filter) { position } }';
    for (const names of combinations(['planId', 'planIds', 'organisationId', 'eventType'])) {
      const { reads, faults } = await wholeTables(() => server.data(document, { variables: { filter: given(names) } }));
      expect({ names, found: reads > 0, faults }).toEqual({ names, found: true, faults: [] });
    }
  });

  it.each([
    ['changes', 'ChangeFilter', ['planId', 'planIds', 'eventType']],
    ['activityStatusChanged', 'StatusFilter', ['planId', 'planIds']],
  ])('for the subscription %s by any conditions', async (name, type, conditions) => {
    const shape = z.object({ system: z.object({ chronicleId: z.string() }) });
    const { system } = await server.read(shape, '{ system { chronicleId } }');
    const start = JSON.stringify([1, system.chronicleId, 'sqlite', '', '']);
    const after = Buffer.from(start).toString('base64url');
    const document = `subscription($after: Position, $filter: ${type}) { ${name}(resumeAfter: $after, filter: $filter) { position } }`;
    for (const names of combinations(conditions)) {
      const subscribed = server.subscribe(document, { variables: { after, filter: given(names) } });
      const { reads, faults } = await wholeTables(() => subscribed.next());
      await subscribed.close();
      expect({ names, found: reads > 0, faults }).toEqual({ names, found: true, faults: [] });
    }
  });
});

describe('a read of child lists', () => {
  it.each<readonly [string, Filter]>([
    ['everything', []],
    ['published plans', [{ field: 'published', op: 'eq', value: true }]],
    ['organisations', [{ field: 'organisationId', op: 'in', values: ['one', 'two'] }]],
  ])('uses the index of their parents for callers who see %s', (_, scope) => {
    const spec = COLLECTIONS.find(({ name }) => name === 'activities');
    if (!spec) throw new Error('there are activities');
    const sections: Filter = [{ field: 'sectionKey', op: 'in', values: ['one', 'two', 'three'] }];
    const order = [{ field: 'planOrder', direction: 'asc' }] as const;
    const page = { filter: [...sections, ...scope], order, groupedBy: 'sectionKey', limit: 10 };
    const lines = store.explain(spec, page);
    expect(lines[0]).toMatch(/^SEARCH .* USING INDEX \w+_by_sectionKey_planOrder /);
    expect(lines.filter((line) => line.includes('TEMP B-TREE'))).toEqual([]);
  });
});

describe('a read without a fitting index', () => {
  it('would be seen', () => {
    const [plans] = COLLECTIONS;
    if (!plans) throw new Error('there are collections');
    const page = { filter: [], order: [{ field: 'periodEnd', direction: 'asc' }], limit: 1 } as const;
    const filter = [{ field: 'periodEnd', op: 'eq', value: '2021-08-31' }] as const;
    expect(pageFaults(store.explain(plans, page))).toHaveLength(1);
    expect(countFaults(store.explainCount(plans, filter), filter)).toHaveLength(1);
    expect(pageFaults(['SCAN plans_v1'])).toHaveLength(1);
  });
});
