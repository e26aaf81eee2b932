import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { importCopies, type Read, startWatchedServer, type WatchedServer } from '../support/watched.js';

const POINTS = 'points { id dueOn accountable { name } activity { number } }';
const PLANS = `{ plans { nodes { id title sections { title activities { nodes {
  number title timing plan { title } responsible { name party { name activityCount } } ${POINTS}
} } } } } }`;
const CALENDAR = `{ calendar(from: "2020-09-01", to: "2021-08-31", first: 200) { nodes { dueOn activity {
  number plan { title } responsible { party { name } } } } } }`;
const TRAIL = '{ auditTrail(first: 50) { nodes { sentence actor { name holder { name status } } } } }';
const ACTIVITIES = `{ activities(first: 200) { totalCount nodes { number plan { title } ${POINTS} } } }`;

let server: WatchedServer;
let plans: number;
/** The reads of the store for each page, with one plan and with five. */
let one: Awaited<ReturnType<typeof readsOfAll>>;
let five: typeof one;

beforeAll(async () => {
  server = await startWatchedServer({ limits: { cacheBytes: 0 } });
  one = await readsOfAll();
  const at = await importCopies(server, 4);
  const shape = z.object({ plans: z.object({ totalCount: z.number() }) });
  const document = 'query($at: Position) { plans(atLeast: $at) { totalCount } }';
  plans = (await server.read(shape, document, { variables: { at } })).plans.totalCount;
  five = await readsOfAll();
});
afterAll(() => server.close());

/** Returns the reads of a document as kind and collection, sorted, because parallel reads have no fixed order. */
async function readsOf(document: string): Promise<string[]> {
  const name = ({ kind, spec }: Read) => `${kind} ${spec.name}`;
  return (await server.readsOf(() => server.data(document))).map(name).toSorted();
}

async function readsOfAll() {
  return { PLANS: await readsOf(PLANS), CALENDAR: await readsOf(CALENDAR), ACTIVITIES: await readsOf(ACTIVITIES) };
}

describe('the reads of the store for a nested page', () => {
  it('are as many for one plan as for five', () => {
    expect(plans).toBe(5);
    expect(five).toEqual(one);
  });

  it('are one of each collection for plans with sections, activities, parties and points', () => {
    expect(five.PLANS).toEqual([
      'find activities',
      'find controlPoints',
      'find plans',
      'get activities',
      'get parties',
      'get plans',
      'sums parties',
    ]);
  });

  it('are one of each collection for the calendar', () => {
    expect(five.CALENDAR).toEqual(['find controlPoints', 'get activities', 'get parties', 'get plans']);
  });

  it('are one of each collection for entries of the audit trail with the access of who acted', async () => {
    expect(await readsOf(TRAIL)).toEqual(['find auditTrail', 'get holders']);
  });

  it('are one of each collection for activities, and one more for how many there are', () => {
    expect(five.ACTIVITIES).toEqual([
      'count activities',
      'find activities',
      'find controlPoints',
      'get activities',
      'get plans',
    ]);
  });
});
