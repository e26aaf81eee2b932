import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let sample: Sample;
beforeAll(async () => {
  server = await startServer({ clock: '2021-08-20T09:00:00Z' });
  sample = await sampleOf(server);
});
afterAll(() => server.close());

describe('copyPlan', () => {
  it('begins the next year, and lists what it was not sure of', async () => {
    await server.done('completeActivity', { activityId: sample.activity(3), actualOn: '2020-09-28' });
    const copied = await server.done(
      'copyPlan',
      { fromPlanId: sample.planId, commandId: 'august' },
      { key: 'methodologist' },
    );
    expect(copied.entries.at(-1)).toMatchObject({ eventType: 'PlanCopied' });
    expect(copied.plan).toMatchObject({ status: 'DRAFT', edition: 0 });
    const found = await server.data(
      `query($id: ID!, $at: Position) {
        plan(id: $id, atLeast: $at) { title period { start end } copiedFromId activityCount sections { numberText } }
        activities(filter: { planId: $id, needsReview: true }) { nodes { number timeframe { text } reviewReasons { code text } } } }`,
      { variables: { id: copied.plan.id, at: copied.position } },
    );
    expect(found).toMatchObject({
      plan: {
        title: expect.stringContaining('2021-2022'),
        period: { start: '2021-09-01', end: '2022-08-31' },
        copiedFromId: sample.planId,
        activityCount: 13,
        sections: [{}, {}, {}, {}, {}],
      },
    });
    expect(found).toMatchObject({
      activities: {
        nodes: expect.arrayContaining([
          expect.objectContaining({
            number: '5',
            timeframe: { text: 'февраль 2022г.' },
            reviewReasons: expect.arrayContaining([{ code: 'COPIED_UNFINISHED', text: '2021-02-28' }]),
          }),
        ]),
      },
    });
    const again = await server.done(
      'copyPlan',
      { fromPlanId: sample.planId, commandId: 'august' },
      { key: 'methodologist' },
    );
    expect(again.plan.id).toBe(copied.plan.id);
  });

  it('needs a plan that is there', async () => {
    const fromPlanId = 'plan_0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20';
    expect(await server.refused('copyPlan', { fromPlanId })).toMatchObject({
      code: 'PLAN_NOT_FOUND',
      field: 'fromPlanId',
    });
  });
});

describe('the extract of a month', () => {
  it('is data, a text and a page to print', async () => {
    const extract = await server.data(
      `query($id: ID!) { extract(planId: $id, month: "2020-10") { title month edition asText asHtml
        sections { numberText rows { number windows { start end } dueOn responsibleText } } undated { number } } }`,
      { variables: { id: sample.planId } },
    );
    expect(extract).toMatchObject({
      extract: {
        month: '2020-10',
        edition: 1,
        asText: expect.stringMatching(/^План на октябрь 2020 г\.\n/),
        asHtml: expect.stringContaining('<h1>План на октябрь 2020 г.</h1>'),
        sections: expect.arrayContaining([
          expect.objectContaining({
            rows: expect.arrayContaining([
              expect.objectContaining({
                number: '7',
                windows: [{ start: '2020-10-19', end: '2020-10-19' }],
                dueOn: ['2020-10-19'],
              }),
            ]),
          }),
        ]),
      },
    });
  });

  it('is of a month and of a plan that there is', async () => {
    const { errors } = await server.query(`{ extract(planId: "${sample.planId}", month: "октябрь") { title } }`);
    expect(errors).toMatchObject([
      { message: '«октябрь» is no month: write it as 2020-10.', extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    const nobody = 'plan_0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20';
    expect(await server.data(`{ extract(planId: "${nobody}", month: "2020-10") { title } }`)).toEqual({
      extract: null,
    });
  });
});
