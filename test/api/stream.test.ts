import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { newKey, onAccess } from '../support/access.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';
import { type StreamEvent, streamOf } from '../support/sse.js';

let server: TestServer;
let sample: Sample;

beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
});
afterAll(() => server.close());

const CHANGES = 'subscription($after: Position) { changes(resumeAfter: $after) { position eventType } }';
const done = (number: number) =>
  server.done('completeActivity', { activityId: sample.activity(number), actualOn: '2020-09-30' });
const typeIn = (event: StreamEvent | undefined) =>
  z.object({ data: z.object({ changes: z.object({ eventType: z.string() }) }) }).parse(JSON.parse(event?.data ?? ''))
    .data.changes.eventType;

describe('a subscription as server-sent events', () => {
  it('tells what happens, each event under its position, and goes on behind Last-Event-ID', async () => {
    const stream = await streamOf(server.address, CHANGES);
    expect(stream.status).toBe(200);
    const { position } = await done(3);
    const first = await stream.next();
    expect(first).toMatchObject({ event: 'next', id: position });
    expect(typeIn(first)).toBe('ActivityCompleted');
    await stream.close();
    await done(8);
    await server.done('withdrawCompletion', { activityId: sample.activity(8), reason: 'Ошибка' });
    const again = await streamOf(server.address, CHANGES, { lastEventId: first?.id ?? '' });
    expect([typeIn(await again.next()), typeIn(await again.next())]).toEqual([
      'ActivityCompleted',
      'CompletionWithdrawn',
    ]);
    await again.close();
  });

  it('ends with the access that opened it', async () => {
    const { token, id } = await newKey(server);
    const stream = await streamOf(server.address, CHANGES, { token });
    await onAccess(server, 'revokeAccess', { accessId: id, reason: 'Утерян' });
    let last: StreamEvent | undefined;
    for (let event = await stream.next(); event; event = await stream.next()) last = event;
    expect(last).toMatchObject({ event: 'complete' });
  });

  it.each([
    ['of a query', '{ system { version } }', 400, 'BAD_USER_INPUT'],
    ['that is no document', 'subscription {', 400, 'Syntax Error'],
    ['of a field that is not there', 'subscription { nothing }', 400, 'Cannot query'],
    ['from a place that is none', 'subscription { changes(resumeAfter: "x") { position } }', 400, 'BAD_POSITION'],
  ])('%s is refused with what is wrong', async (_, query, status, said) => {
    const stream = await streamOf(server.address, query);
    expect(stream).toMatchObject({ status, body: expect.stringContaining(said) });
  });

  it('is for who has a key', async () => {
    expect(await streamOf(server.address, CHANGES, { token: 'letopis_nobody-at-all' })).toMatchObject({
      status: 401,
      body: expect.stringContaining('INVALID_KEY'),
    });
  });
});

describe('planChanged', () => {
  it('tells each change of the plan with the plan as it is then', async () => {
    const { system } = await server.read(z.object({ system: z.object({ head: z.string() }) }), '{ system { head } }');
    const subscription = server.subscribe(
      'subscription($id: ID!, $after: Position) { planChanged(planId: $id, resumeAfter: $after) { position change { eventType } plan { edition } } }',
      { variables: { id: sample.planId, after: system.head } },
    );
    for (const timeframe of ['май 2021 г.', 'апрель 2021 г.']) {
      const input = { activityId: sample.activity(5), timeframe: { text: timeframe }, reason: 'Перенос' };
      await server.done('rescheduleActivity', input, { key: 'director' });
    }
    const told = [
      await subscription.next(),
      await subscription.next(),
      await subscription.next(),
      await subscription.next(),
    ];
    await subscription.close();
    const shape = z.object({
      data: z.object({
        planChanged: z.object({ change: z.object({ eventType: z.string() }), plan: z.object({ edition: z.number() }) }),
      }),
    });
    const seen = told.map((each) => shape.parse(each).data.planChanged);
    expect(seen.map(({ change }) => change.eventType)).toEqual([
      ...['PlanAmended', 'ActivityRescheduled', 'PlanAmended', 'ActivityRescheduled'],
    ]);
    // The last item must show both amendments of the plan, not the state before.
    expect(seen.at(-1)?.plan.edition).toBe(3);
  });
});

describe('monitoringChanged', () => {
  it('tells the figures at once, and again when something has changed', async () => {
    const subscription = server.subscribe(
      'subscription { monitoringChanged { total { total byEvidence { evidence count } } } }',
    );
    const shape = z.object({
      data: z.object({
        monitoringChanged: z.object({
          total: z.object({ byEvidence: z.array(z.object({ evidence: z.string(), count: z.number() })) }),
        }),
      }),
    });
    const marked = (value: unknown) =>
      shape
        .parse(value)
        .data.monitoringChanged.total.byEvidence.find(({ evidence }) => evidence === 'COMPLETION_MARKED')?.count ?? 0;
    const before = marked(await subscription.next());
    await done(13);
    expect(marked(await subscription.next())).toBe(before + 1);
    await subscription.close();
  });
});

describe('all plans as JSON Lines', () => {
  it('begin with the position to go on from, hold each plan with its activities, and end with how many there were', async () => {
    const { position } = await done(10);
    const response = await fetch(`${server.address}/plans.jsonl?atLeast=${encodeURIComponent(position)}`, {
      headers: { authorization: `Bearer ${(await newKey(server)).token}` },
    });
    const lines = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ kind }) => kind)).toEqual(['POSITION', 'PLAN', 'END']);
    expect(lines[1]).toMatchObject({ id: sample.planId, status: 'APPROVED', sections: expect.any(Array) });
    expect(lines[1].activities.length).toBeGreaterThan(10);
    // The role INTEGRATOR does not get names.
    expect(JSON.stringify(lines)).not.toContain('Филатова');
    expect(lines[2]).toEqual({ kind: 'END', plans: 1, position: lines[0].position });
    const { errors, data } = await server.query(
      'query($at: Position) { changes(after: $at) { changes { eventType } } }',
      {
        variables: { at: lines[0].position },
      },
    );
    expect(errors).toEqual([]);
    expect(JSON.stringify(data)).not.toContain('PlanImported');
  });
});
