import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

const REQUEST = z.object({
  id: z.string(),
  status: z.string(),
  late: z.boolean(),
  requestedOn: z.string(),
  timeframe: z.object({ text: z.string(), schedule: z.object({ interpretation: z.string() }) }),
});
const ACTIVITY = z.object({ due: z.string().nullable(), requests: z.array(REQUEST) });
const FIELDS = 'due requests { id status late requestedOn timeframe { text schedule { interpretation } } }';

let server: TestServer;
let sample: Sample;
beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
});
afterAll(() => server.close());

async function activityAt(id: string, at: string | null = null) {
  const shape = z.object({ activity: ACTIVITY });
  const document = `query($id: ID!, $at: Position) { activity(id: $id, atLeast: $at) { ${FIELDS} } }`;
  return (await server.read(shape, document, { variables: { id, at } })).activity;
}

async function waiting(at: string): Promise<number> {
  const shape = z.object({ activities: z.object({ totalCount: z.number() }) });
  const document = 'query($at: Position) { activities(filter: { hasOpenRequest: true }, atLeast: $at) { totalCount } }';
  return (await server.read(shape, document, { variables: { at } })).activities.totalCount;
}

describe('a request for another term', () => {
  const reason = 'Сайт переезжает на новый сервер';
  const timeframe = { text: 'до 15 октября 2020 г.' };

  it('is made by a methodologist, found by who decides, and granted as an amendment of one', async () => {
    const activityId = sample.activity(3);
    const asked = await server.done('requestReschedule', { activityId, timeframe, reason }, { key: 'methodologist' });
    const open = await activityAt(activityId, asked.position);
    // The activity is already overdue: it was due on 30 September, the day before the request.
    expect(open).toEqual({
      due: '2020-09-30',
      requests: [
        {
          id: sample.inPlan('request', 'a3.q1'),
          status: 'OPEN',
          late: true,
          requestedOn: '2020-10-01',
          timeframe: { text: timeframe.text, schedule: { interpretation: '../2020-10-15' } },
        },
      ],
    });
    expect(await waiting(asked.position)).toBe(1);
    const requestId = open.requests[0]?.id ?? '';
    const grant = { requestId, reason, basis: { withoutDocument: true } };
    expect(await server.refused('grantReschedule', grant, { key: 'methodologist' })).toMatchObject({
      code: 'NOT_AUTHORISED',
    });
    const granted = await server.done('grantReschedule', grant, { key: 'director' });
    expect(granted.entries.map(({ eventType }) => eventType)).toEqual(['PlanAmended', 'ActivityRescheduled']);
    expect(granted.plan.edition).toBe(2);
    const after = await activityAt(activityId, granted.position);
    expect(after).toMatchObject({ due: '2020-10-15', requests: [{ status: 'GRANTED' }] });
    expect(await waiting(granted.position)).toBe(0);
    expect(await server.refused('grantReschedule', grant, { key: 'director', language: 'ru' })).toMatchObject({
      code: 'REQUEST_DECIDED',
      message: 'По просьбе уже есть решение (разрешено).',
    });
  });

  it('is no difference of a comparison, which says that there is more in the trail', async () => {
    const activityId = sample.activity(7);
    const asked = await server.done('requestReschedule', { activityId, timeframe, reason }, { key: 'methodologist' });
    const { compare } = await server.read(
      z.object({ compare: z.object({ rows: z.array(z.unknown()), notCompared: z.number(), text: z.string() }) }),
      `query($id: ID!, $from: AsOf!) { compare(planId: $id, from: $from) { notCompared text rows { activityId } } }`,
      { variables: { id: sample.planId, from: { revision: asked.plan.revision - 1 } } },
    );
    expect(compare).toEqual({
      rows: [],
      notCompared: 1,
      text: expect.stringMatching(
        /Различий нет\.\n\nСравнение не показывает просьб о переносе.* Таких записей в журнале за это время: 1\./,
      ),
    });
  });

  it('is refused with a reason, told to subscribers and in the audit trail', async () => {
    const activityId = sample.activity(11);
    const asked = await server.done('requestReschedule', { activityId, timeframe: { text: 'май 2021 г.' }, reason });
    const changes = server.subscribe(
      'subscription($after: Position) { changes(resumeAfter: $after) { eventType entry { reason actor { post } } } }',
      { variables: { after: asked.position } },
    );
    const requestId = (await activityAt(activityId, asked.position)).requests[0]?.id;
    const refused = await server.done('refuseReschedule', { requestId, reason: 'Срок задан приказом' });
    expect(await changes.next()).toEqual({
      data: {
        changes: {
          eventType: 'RescheduleRefused',
          entry: { reason: 'Срок задан приказом', actor: { post: 'Администратор' } },
        },
      },
    });
    await changes.close();
    const trail = await server.data(
      'query($at: Position) { auditTrail(last: 2, atLeast: $at) { nodes { sentence reason } } }',
      { variables: { at: refused.position }, language: 'ru' },
    );
    expect(trail).toMatchObject({
      auditTrail: {
        nodes: [
          { sentence: expect.stringContaining('Просят перенести на «май 2021 г.»'), reason },
          { sentence: expect.stringContaining('В переносе срока отказано'), reason: 'Срок задан приказом' },
        ],
      },
    });
    expect((await activityAt(activityId)).due).toBe('2020-12-31');
    const node = await server.data('query($id: ID!) { node(id: $id) { __typename id } }', {
      variables: { id: requestId },
    });
    expect(node).toEqual({ node: { __typename: 'RescheduleRequest', id: requestId } });
  });
});

describe('a report', () => {
  it('is taken back by who submitted it, and its point is open again', async () => {
    const input = { activityId: sample.activity(6), text: 'Не тот файл', actualOn: '2020-09-30' };
    const submitted = await server.done('submitReport', input, { key: 'methodologist' });
    const reportId = sample.inPlan('report', 'a6.r1');
    const takeBack = { reportId, reason: 'Отправлен по ошибке' };
    expect(await server.refused('withdrawReport', takeBack, { key: 'director' })).toMatchObject({
      code: 'REPORT_OF_ANOTHER',
    });
    const withdrawn = await server.done('withdrawReport', takeBack, { key: 'methodologist' });
    expect(withdrawn.position > submitted.position).toBe(true);
    const activity = await server.data(
      'query($id: ID!, $at: Position) { activity(id: $id, atLeast: $at) { evidence reports { status } } }',
      { variables: { id: sample.activity(6), at: withdrawn.position } },
    );
    expect(activity).toEqual({ activity: { evidence: 'NONE', reports: [{ status: 'WITHDRAWN' }] } });
  });
});

describe('a plan', () => {
  const MONITORING = z.object({
    monitoring: z.object({ total: z.object({ byTiming: z.array(z.object({ timing: z.string() })) }) }),
  });

  it('that was never approved is withdrawn', async () => {
    const draft = await server.done('draftPlan', { title: 'План, который не нужен', ownerUnit: 'Центр' });
    const input = { planId: draft.plan.id, reason: 'Заведён дважды' };
    expect(await server.refused('cancelPlan', { ...input, basis: { withoutDocument: true } })).toMatchObject({
      code: 'WRONG_STATUS',
    });
    const withdrawn = await server.done('withdrawPlan', input);
    expect(withdrawn.plan.status).toBe('WITHDRAWN');
    expect(await server.refused('changePlanDetails', { planId: draft.plan.id, title: 'Иначе' })).toMatchObject({
      code: 'WRONG_STATUS',
    });
  });

  it('in force is cancelled on a basis, and nothing of it is due any more', async () => {
    const input = { planId: sample.planId, reason: 'Центр закрыт' };
    expect(await server.refused('cancelPlan', input, { key: 'director' })).toMatchObject({ code: 'BASIS_REQUIRED' });
    const document = { type: 'ORDER', issuer: 'МБУДО «ЦВР»', date: '2020-10-01', number: '12' };
    const cancelled = await server.done('cancelPlan', { ...input, basis: { document } }, { key: 'director' });
    expect(cancelled.plan.status).toBe('CANCELLED');
    const { monitoring } = await server.read(
      MONITORING,
      `query($id: ID, $at: Position) { monitoring(filter: { planId: $id }, on: "2021-08-31", atLeast: $at) {
        total { byTiming { timing } } } }`,
      { variables: { id: sample.planId, at: cancelled.position } },
    );
    expect(monitoring.total.byTiming.map(({ timing }) => timing)).not.toContain('OVERDUE');
  });
});
