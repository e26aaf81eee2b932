import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, type GraphQLArgument, getNullableType, isEnumType, isInputObjectType } from 'graphql';
import { READINGS_TABLE } from '../../../src/access/readings.js';
import { REFUSALS_TABLE } from '../../../src/access/refusals.js';
import { SESSION_LOG_TABLE } from '../../../src/access/sessionLog.js';
import type { CollectionSpec, Filter } from '../../../src/engine/readstore/port.js';
import type { RecordRow, TableSpec } from '../../../src/engine/records/port.js';
import { actorGlobalId } from '../../../src/graphql/ids.js';
import { COLLECTIONS } from '../../../src/projections/readModels.js';
import { DELIVERIES } from '../../../src/webhooks/deliveries.js';
import { keyFor, type Shape, shapesOf, shapeText } from '../../support/queryKeys.js';
import { type Sample, sampleOf } from '../../support/server.js';
import { type Read, startWatchedServer, type WatchedServer } from '../../support/watched.js';

const TABLE = new URL('../../../docs/query-keys.md', import.meta.url);

/** Shapes that no key answers, with the reason. */
const WITHOUT_KEY: readonly (readonly [RegExp, string])[] = [
  [/words range/, 'words are found by their beginnings, which is a range: what is found is sorted'],
  [/dueDays range/, 'days are found by a range of a list, which gives no order: what is found is sorted'],
  [/^plans \| periodEnd range, periodStart range \| (title|updatedAt)/, 'a day within two ends is no range of one key'],
  [/^plans \| periodEnd range, periodStart range \| periodStart/, 'the key of the order bounds one of the two ends'],
  [/^\w+ \| updatedAt range \| (?!updatedAt)/, 'the last changes of all in another order: the order gives the key'],
  [
    /^organisations \| .*parentId = \| id$/,
    'all organisations under some others: the key by parent finds them, unsorted',
  ],
  [/^letopis_name_readings \| day range/, 'a key begins with its day: the order gives it, with the day beside it'],
  [/^letopis_(refusals|session_log) \| \w+ =/, 'there are 10,000 entries at most: the order gives the key'],
  [/ range(, \w+ range)* \| at$/, 'moments of all entries: the key of the order, with the moment beside it'],
];

/** Lists that are not read from exactly one read model, or whose shapes are in ELSEWHERE and RECORD_LISTS. */
const OTHER_LISTS = ['history', 'indicatorItems', 'nameReadings', 'refusals', 'sessionEvents', 'webhookDeliveries'];

/** Arguments that choose a part of a list or its order, and no rows. */
const NOT_CONDITIONS = ['after', 'before', 'first', 'last', 'atLeast', 'on', 'orderBy', 'filter'];

let server: WatchedServer;
let sample: Sample;
beforeAll(async () => {
  server = await startWatchedServer();
  sample = await sampleOf(server);
});
afterAll(() => server.close());

/** A value for a condition of this name. */
function conditionValue(name: string): unknown {
  const uuid = '0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20';
  const values: Readonly<Record<string, unknown>> = {
    ...{ planId: sample.planId, sectionId: sample.section(3), activityId: sample.activity(3) },
    ...{ organisationId: `organisation_${uuid}`, parentId: `organisation_${uuid}`, partyId: `party_${uuid}` },
    ...{
      actorId: actorGlobalId('system'),
      eventType: ['ActivityPlanned'],
      status: ['APPROVED'],
      kind: 'ORG',
      role: 'DASHBOARD',
    },
    ...{ timing: ['OVERDUE', 'DUE_TODAY', 'PLANNED', 'NOT_TRACKED'], evidence: ['NONE'], orderNumber: '143' },
    ...{ dueFrom: '2020-10-01', dueTo: '2020-12-31', activeOn: '2020-10-01', text: 'план' },
    ...{ overlaps: { start: '2020-09-01', end: '2021-08-31' }, underOrganisationId: `organisation_${uuid}` },
    ...{ from: '2020-09-01T00:00:00Z', to: '2020-12-01T00:00:00Z', needsReview: true, hasOpenRequest: true },
    ...{ externalId: 'district-7', planIds: [sample.planId, `plan_${uuid}`], updatedSince: '2020-10-01T00:00:00Z' },
  };
  if (!(name in values)) throw new Error(`give a value for the condition ${name}`);
  return values[name];
}

interface Question {
  readonly document: string;
  readonly variables: Record<string, unknown>;
}

/** Returns queries of every list of the API in each order: without a condition, and with each condition alone. */
async function questions(): Promise<Question[]> {
  const schema = buildSchema(await readFile(new URL('../../../schema.graphql', import.meta.url), 'utf8'));
  const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
    ({ name, type }) => /Connection!?$/.test(String(type)) && !OTHER_LISTS.includes(name),
  );
  return lists.flatMap(({ name, args }) => {
    const filter = args.find((argument) => argument.name === 'filter');
    const filterType = filter && getNullableType(filter.type);
    const isCalendar = name === 'calendar';
    const orderType = getNullableType(args.find((argument) => argument.name === 'orderBy')?.type);
    const orderField = isInputObjectType(orderType) ? getNullableType(orderType.getFields().field?.type) : undefined;
    if (!isEnumType(orderField)) throw new Error(`${name} has no orderBy`);
    const orders = orderField.getValues().map((order) => `orderBy: { field: ${order.name} }`);
    const own = args.filter((argument) => isCondition(argument, isCalendar));
    const filters = isInputObjectType(filterType) ? Object.values(filterType.getFields()) : [];
    return orders.flatMap((order) => {
      const given = isCalendar ? `from: "2020-09-01", to: "2021-08-31", ${order}` : order;
      const ask = (variable: string, type: string, use: string, variables: Record<string, unknown>): Question => ({
        document: `query${variable && `(${variable}: ${type})`} { ${name}(${[given, use, 'last: 2'].filter(Boolean).join(', ')}) { nodes { __typename } } }`,
        variables,
      });
      return [
        ask('', '', '', {}),
        ...own.map((argument) =>
          ask('$x', String(argument.type), `${argument.name}: $x`, { x: valueFor(argument.type, argument.name) }),
        ),
        ...filters
          .filter((field) => !isCalendar || !/Not for the calendar/.test(field.description ?? ''))
          .map((field) =>
            ask('$x', String(filterType), 'filter: $x', { x: { [field.name]: valueFor(field.type, field.name) } }),
          ),
      ];
    });
  });
}

function isCondition({ name, type }: GraphQLArgument, isCalendar: boolean): boolean {
  if (NOT_CONDITIONS.includes(name)) return false;
  return !String(type).endsWith('!') && !(isCalendar && (name === 'from' || name === 'to'));
}

/** Returns the value of a condition; a single value if no list is expected. */
function valueFor(type: unknown, name: string): unknown {
  const value = conditionValue(name);
  if (String(type).startsWith('[') || !Array.isArray(value)) return value;
  return String(type).startsWith('AccessStatus') ? 'ACTIVE' : value[0];
}

/** Returns the filter without a restriction, and with the restrictions for callers with a limited scope. */
function scoped({ fields }: CollectionSpec, filter: Filter): Filter[] {
  const organisation: Filter = [...filter, { field: 'organisationId', op: 'in', values: ['x'] }];
  const published: Filter = [...filter, { field: 'published', op: 'eq', value: true }];
  return [filter, ...('organisationId' in fields ? [organisation] : []), ...('published' in fields ? [published] : [])];
}

function shapesRead(reads: readonly Read[]): Shape[] {
  return reads.flatMap((read) => {
    if (read.kind !== 'find') return [];
    const { spec, page } = read;
    return scoped(spec, page.filter).flatMap((filter) => shapesOf(spec, filter, page.order));
  });
}

/** Other reads: child lists, subscriptions and webhooks, the audit file, persons. */
const ELSEWHERE: readonly Shape[] = [
  { collection: 'activities', equal: ['sectionKey'], ranges: [], order: ['planOrder'] },
  { collection: 'activities', equal: ['sectionKey'], ranges: [], order: ['due'] },
  { collection: 'controlPoints', equal: ['activityKey'], ranges: [], order: ['ordinal'] },
  { collection: 'controlPoints', equal: [], ranges: ['noticeOn'], order: ['noticeOn'] },
  { collection: 'editions', equal: ['planId'], ranges: [], order: ['edition'] },
  { collection: 'organisationReports', equal: ['organisationId'], ranges: [], order: ['issuedOn'] },
  { collection: 'changes', equal: ['eventType'], ranges: ['at'], order: ['at'] },
  { collection: 'changes', equal: ['eventType', 'planId'], ranges: ['at'], order: ['at'] },
  { collection: 'changes', equal: ['changesStatus'], ranges: ['at'], order: ['at'] },
  { collection: 'changes', equal: ['changesStatus', 'planId'], ranges: ['at'], order: ['at'] },
  { collection: 'changes', equal: ['moves'], ranges: ['at'], order: ['at'] },
  { collection: 'changes', equal: ['organisationId'], ranges: ['at'], order: ['at'] },
  { collection: 'changes', equal: ['planId'], ranges: ['at'], order: ['at'] },
  { collection: 'changes', equal: ['organisationId', 'planId'], ranges: ['at'], order: ['at'] },
  { collection: 'changes', equal: ['eventType', 'organisationId'], ranges: ['at'], order: ['at'] },
  { collection: 'changes', equal: ['changesStatus', 'organisationId'], ranges: ['at'], order: ['at'] },
  { collection: 'changes', equal: ['moves', 'planId'], ranges: ['at'], order: ['at'] },
  { collection: 'changes', equal: ['published'], ranges: ['at'], order: ['at'] },
  { collection: 'auditTrail', equal: ['activityKey'], ranges: [], order: ['at'] },
  { collection: 'auditTrail', equal: ['holderId'], ranges: ['at'], order: ['at'] },
  { collection: 'auditTrail', equal: ['planId'], ranges: ['recordedAt'], order: ['at'] },
  { collection: 'auditTrail', equal: ['actorId'], ranges: ['recordedAt'], order: ['at'] },
  { collection: 'auditTrail', equal: ['subjects'], ranges: [], order: ['at'] },
  { collection: 'activities', equal: ['needsReview', 'settled'], ranges: ['dueOn'], order: ['planId', 'planOrder'] },
  { collection: 'activities', equal: ['hasOpenRequest', 'settled'], ranges: ['dueOn'], order: ['planId', 'planOrder'] },
  { collection: 'parties', equal: ['partyId'], ranges: [], order: [] },
  { collection: 'monitoring', equal: [], ranges: ['at'], order: ['at'] },
];

/** The lists outside the read models, with the conditions of their filters. */
const RECORD_LISTS: readonly (readonly [CollectionSpec, readonly Omit<Shape, 'collection'>[]])[] = [
  [
    keysOf(READINGS_TABLE),
    [
      ...[[], ['subject'], ['actorId']].map((equal) => ({ equal, ranges: [], order: ['key'] })),
      { equal: [], ranges: ['day'], order: ['key'] },
    ],
  ],
  [
    keysOf(REFUSALS_TABLE),
    [[], ['actorId'], ['code'], ['field']].map((equal) => ({ equal, ranges: [], order: ['key'] })),
  ],
  [keysOf(SESSION_LOG_TABLE), [[], ['actorId']].map((equal) => ({ equal, ranges: [], order: ['key'] }))],
  [keysOf(DELIVERIES), [{ equal: ['webhookId', 'status'], ranges: [], order: ['place'] }]],
];

/** Returns the keys of a table of records in the form of those of read models. */
function keysOf<Row extends RecordRow>({ collection, columns, key, indexes = {} }: TableSpec<Row>): CollectionSpec {
  const fields = Object.fromEntries(Object.keys(columns).map((field) => [field, 'text'] as const));
  const keys = Object.values<readonly string[]>(indexes);
  return { name: collection, version: 1, fields, indexes: [[key], ...keys] };
}

function specOf(collection: string): CollectionSpec {
  const spec = [...COLLECTIONS, ...RECORD_LISTS.map(([records]) => records)].find(({ name }) => name === collection);
  if (!spec) throw new Error(`there is no collection ${collection}`);
  return spec;
}

describe('each shape of a query', () => {
  it('has a key that answers it by the rule «equality, sort, range», or a reason; the table says which', async () => {
    const rows = new Map<string, string>();
    const missing: string[] = [];
    const take = (shape: Shape) => {
      const text = shapeText(shape);
      const key = keyFor(specOf(shape.collection), shape);
      const reason = WITHOUT_KEY.find(([pattern]) => pattern.test(text))?.[1];
      if (!key && reason === undefined) missing.push(text);
      // Keys of records are unique: no id is behind them.
      const behind = RECORD_LISTS.some(([{ name }]) => name === shape.collection) ? [] : ['id'];
      rows.set(text, key ? [...key, ...behind].join(', ') : `none: ${reason}`);
    };
    for (const shape of ELSEWHERE) take(shape);
    for (const [{ name: collection }, shapes] of RECORD_LISTS)
      for (const shape of shapes) take({ collection, ...shape });
    for (const { document, variables } of await questions()) {
      const reads = await server.readsOf(() => server.data(document, { variables }));
      for (const shape of shapesRead(reads)) take(shape);
    }
    expect(missing.toSorted()).toEqual([]);
    const table = [...rows].map(([shape, key]) => `| ${shape} | ${key} |`).toSorted();
    const head = (await readFile(TABLE, 'utf8').catch(() => '')).split('\n| ')[0] ?? '';
    const text = `${head}\n| collection | conditions | order | key |\n| --- | --- | --- | --- |\n${table.join('\n')}\n`;
    if (process.env.WRITE_KEYS) await writeFile(TABLE, text);
    expect(await readFile(TABLE, 'utf8')).toBe(text);
  });
});
