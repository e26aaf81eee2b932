import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { AskOptions, Subscribed } from '../support/api.js';
import { keyOf } from '../support/keys.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let sample: Sample;
const open: Subscribed[] = [];

beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
});
afterEach(async () => {
  for (const subscribed of open.splice(0)) await subscribed.close();
});
afterAll(() => server.close());

const CHANGE = z.object({ position: z.string(), entryId: z.string(), eventType: z.string() });
type Change = z.infer<typeof CHANGE>;
const FIELDS = 'position entryId eventType';
const CHANGES = `subscription($after: Position, $filter: ChangeFilter) { told: changes(resumeAfter: $after, filter: $filter) { ${FIELDS} } }`;
const STATUSES = `subscription($after: Position, $filter: StatusFilter) {
  told: activityStatusChanged(resumeAfter: $after, filter: $filter) {
    ${FIELDS} planId activityId statusChanges { activityId before { timing evidence } after { timing evidence } }
  }
}`;

function subscribe(document: string, options: AskOptions = {}): Subscribed {
  const subscribed = server.subscribe(document, options);
  open.push(subscribed);
  return subscribed;
}

/** Returns the next changes of a subscription. */
async function told(subscribed: Subscribed, count: number): Promise<Change[]> {
  const shape = z.object({ data: z.object({ told: CHANGE }) });
  const changes: Change[] = [];
  while (changes.length < count) changes.push(shape.parse(await subscribed.next()).data.told);
  return changes;
}

async function head(): Promise<string> {
  const shape = z.object({ system: z.object({ head: z.string() }) });
  return (await server.read(shape, '{ system { head } }')).system.head;
}

/** All changes after a position by the feed that is polled. */
async function polled(after: string | null = null): Promise<Change[]> {
  const shape = z.object({
    changes: z.object({ changes: z.array(CHANGE), position: z.string(), hasMore: z.boolean() }),
  });
  const document = `query($after: Position) { changes(after: $after, first: 7) { changes { ${FIELDS} } position hasMore } }`;
  const all: Change[] = [];
  let place = after;
  for (;;) {
    const { changes } = await server.read(shape, document, { variables: { after: place } });
    all.push(...changes.changes);
    place = changes.position;
    if (!changes.hasMore) return all;
  }
}

let turn = 0;

/** Completes activity 3, or withdraws the completion, in turn. Each call records one event. */
async function somethingHappens() {
  turn += 1;
  const activityId = sample.activity(3);
  return turn % 2 === 1
    ? server.done('completeActivity', { activityId, actualOn: '2020-09-30' })
    : server.done('withdrawCompletion', { activityId, reason: 'Проба' });
}

describe('changes', () => {
  it('tell what was missed after a position and then what happens, without a gap or a duplicate', async () => {
    for (let index = 0; index < 6; index += 1) await somethingHappens();
    const [, , third] = await polled();
    const subscribed = subscribe(CHANGES, { variables: { after: third?.position } });
    const missed = await told(subscribed, 4);
    for (let index = 0; index < 6; index += 1) await somethingHappens();
    const all = await polled(third?.position);
    const rest = await told(subscribed, all.length - missed.length);
    expect([...missed, ...rest]).toEqual(all);
    expect(all.slice(-6).map(({ eventType }) => eventType)).toEqual(
      Array.from({ length: 6 }, (_, index) => (index % 2 === 0 ? 'ActivityCompleted' : 'CompletionWithdrawn')),
    );
  });

  it('come to every reader whole, whenever it began to read', async () => {
    const from = await head();
    const early = subscribe(CHANGES, { variables: { after: from } });
    // Sent at once over several connections, so that their order does not matter.
    const activityIds = [1, 5, 8].map((number) => sample.activity(number));
    await Promise.all(
      activityIds.map((activityId) => server.done('completeActivity', { activityId, actualOn: '2020-09-30' })),
    );
    const middle = subscribe(CHANGES, { variables: { after: from } });
    await somethingHappens();
    const late = subscribe(CHANGES, { variables: { after: from } });
    const expected = await polled(from);
    expect(expected).toHaveLength(4);
    for (const subscribed of [early, middle, late]) expect(await told(subscribed, 4)).toEqual(expected);
  });

  it('go on for a reader that comes back, after the last change it has seen', async () => {
    const from = await head();
    const subscribed = subscribe(CHANGES, { variables: { after: from } });
    await somethingHappens();
    const [first] = await told(subscribed, 1);
    await subscribed.close();
    await somethingHappens();
    await somethingHappens();
    const again = subscribe(CHANGES, { variables: { after: first?.position } });
    expect([first, ...(await told(again, 2))]).toEqual(await polled(from));
  });

  it('begin with now when no position is given', async () => {
    const control = subscribe(CHANGES, { variables: { after: await head() } });
    const first = told(subscribe(CHANGES), 1);
    let arrived = false;
    const waited = first.finally(() => {
      arrived = true;
    });
    // It is not visible when the server has begun to follow, so events are recorded until the subscription delivers
    // one.
    const happened: string[] = [];
    while (!arrived) {
      happened.push((await somethingHappens()).position);
      await told(control, 1);
    }
    expect(happened).toContain((await waited)[0]?.position);
  });

  it('are told once the read models have them: a query on receipt needs no position', async () => {
    const subscribed = subscribe(CHANGES, { variables: { after: await head() } });
    const shape = z.object({
      auditTrail: z.object({ nodes: z.array(z.object({ id: z.string() })) }),
      changes: z.object({ changes: z.array(CHANGE) }),
      activity: z.object({ evidence: z.string() }),
    });
    const document = `query($id: ID!, $after: Position) {
      auditTrail(last: 1) { nodes { id } } changes(after: $after) { changes { ${FIELDS} } } activity(id: $id) { evidence }
    }`;
    for (let index = 0; index < 10; index += 1) {
      const after = await head();
      const command = somethingHappens();
      const [change] = await told(subscribed, 1);
      const found = await server.read(shape, document, { variables: { id: sample.activity(3), after } });
      expect(found).toEqual({
        auditTrail: { nodes: [{ id: change?.entryId }] },
        changes: { changes: [change] },
        activity: { evidence: change?.eventType === 'ActivityCompleted' ? 'COMPLETION_MARKED' : 'NONE' },
      });
      await command;
    }
  });

  it('are those of one plan and of the event types asked for', async () => {
    await somethingHappens();
    const filter = { planId: sample.planId, eventType: ['PlanImported', 'ActivityCompleted'] };
    const all = await polled();
    const subscribed = subscribe(CHANGES, { variables: { after: beginningOf(all), filter } });
    const wanted = all.filter(({ eventType }) => filter.eventType.includes(eventType));
    expect(wanted.length).toBeGreaterThan(1);
    expect(wanted.length).toBeLessThan(all.length);
    expect(await told(subscribed, wanted.length)).toEqual(wanted);
  });

  it('tell of an import once, when it is whole: where each of its activities stands', async () => {
    const shape = z.object({
      data: z.object({
        told: z.object({ eventType: z.string(), statusChanges: z.array(z.object({ before: z.null() })) }),
      }),
    });
    const all = await polled();
    const subscribed = subscribe(STATUSES, {
      variables: { after: beginningOf(all), filter: { planId: sample.planId } },
    });
    const { data } = shape.parse(await subscribed.next());
    expect([data.told.eventType, data.told.statusChanges.length]).toEqual(['PlanImported', 13]);
    expect(all.filter(({ eventType }) => eventType === 'ActivityPlanned')).toEqual([]);
  });
});

/** Returns a position before all events, derived from a known one. */
function beginningOf([first]: readonly Change[]): string {
  const token: unknown = JSON.parse(Buffer.from(first?.position ?? '', 'base64url').toString());
  const [version, chronicle, engine] = z.array(z.unknown()).parse(token);
  return Buffer.from(JSON.stringify([version, chronicle, engine, '', ''])).toString('base64url');
}

describe('changes of status', () => {
  it('tell where an activity stood before and after, and nothing of other events', async () => {
    const activityId = sample.activity(12);
    const subscribed = subscribe(STATUSES, { variables: { after: await head(), filter: { planId: sample.planId } } });
    const reason = 'Уточнение';
    const basis = { withoutDocument: true };
    await server.done('rewordActivity', { activityId, title: 'Конкурс «Самый классный классный»', reason, basis });
    const { entries } = await server.done('completeActivity', { activityId, actualOn: '2020-10-01' });
    expect(await subscribed.next()).toEqual({
      data: {
        told: {
          position: entries[0]?.position,
          entryId: entries[0]?.id,
          eventType: 'ActivityCompleted',
          planId: sample.planId,
          activityId,
          statusChanges: [
            {
              activityId,
              before: { timing: 'IN_WINDOW', evidence: 'NONE' },
              after: { timing: 'DONE_ON_TIME', evidence: 'COMPLETION_MARKED' },
            },
          ],
        },
      },
    });
  });
});

describe('a subscription', () => {
  it('ends when its reader closes it', async () => {
    const subscribed = subscribe(CHANGES, { variables: { after: await head() } });
    await somethingHappens();
    await told(subscribed, 1);
    await subscribed.close();
    await somethingHappens();
    expect(await subscribed.next()).toBeUndefined();
  });

  it('is forbidden without a key', async () => {
    await expect(subscribe(CHANGES, { key: null }).next()).rejects.toMatchObject({
      code: 4403,
      reason: expect.stringMatching(/^UNAUTHENTICATED: .*API key/),
    });
  });

  it('tells a wrong key from a missing one, and has a code of the API in each error', async () => {
    const client = (authorization: string) =>
      createClient({
        url: `${server.address.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: { authorization },
      });
    const wrong = client('Bearer letopis_wrong').iterate({ query: CHANGES });
    await expect(wrong.next()).rejects.toMatchObject({ code: 4403, reason: expect.stringMatching(/^INVALID_KEY: /) });
    const known = client(`Bearer ${keyOf('auditor')}`);
    for (const [query, code] of [
      ['subscription {', 'GRAPHQL_PARSE_FAILED'],
      ['subscription { colour }', 'GRAPHQL_VALIDATION_FAILED'],
      [
        'subscription a { changes { position } } subscription b { changes { position } }',
        'OPERATION_RESOLUTION_FAILURE',
      ],
    ] as const) {
      await expect(known.iterate({ query }).next()).rejects.toMatchObject([{ extensions: { code } }]);
    }
    await known.dispose();
  });

  it('of a dashboard follows the changes too', async () => {
    const subscribed = subscribe(CHANGES, { key: 'dashboard', variables: { after: await head() } });
    await somethingHappens();
    expect(await told(subscribed, 1)).toHaveLength(1);
  });

  it.each([
    ['after a position that is none', { after: 'nonsense' }, 'BAD_POSITION'],
    ['of a plan that is none', { filter: { planId: 'nonsense' } }, 'BAD_ID'],
  ])('%s is refused', async (_, variables, code) => {
    expect(JSON.stringify(await refusal(subscribe(CHANGES, { variables })))).toMatch(code);
  });

  it('ends when the server stops', async () => {
    const other = await startServer({ sample: 'off' });
    const subscribed = other.subscribe(CHANGES);
    const next = refusal(subscribed);
    await other.close();
    await next;
    expect(await subscribed.next()).toBeUndefined();
  });
});

/** Returns the error with which a subscription ends, thrown or sent. */
async function refusal(subscribed: Subscribed): Promise<unknown> {
  try {
    return await subscribed.next();
  } catch (error) {
    return error;
  }
}
