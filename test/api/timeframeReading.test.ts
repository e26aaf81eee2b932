import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

const Errors = z.array(z.object({ code: z.string(), field: z.array(z.string()).nullable(), message: z.string() }));
const Answer = z.object({
  timeframeReading: z.object({
    pointCount: z.number(),
    points: z.array(z.object({ dueOn: z.string().nullable() })),
    timeframe: z.object({
      confidence: z.string(),
      flags: z.array(z.string()),
      schedule: z.object({ interpretation: z.string(), meaning: z.string() }),
    }),
    userErrors: Errors,
  }),
});
const QUERY = `query($placeId: ID!, $text: String!) { timeframeReading(placeId: $placeId, text: $text) {
  pointCount points { dueOn } timeframe { confidence flags schedule { interpretation meaning } }
  userErrors { code field message } } }`;

describe('the reading of a wording before it is sent', () => {
  let server: TestServer;
  let sample: Sample;
  beforeAll(async () => {
    server = await startServer({ clock: '2020-11-15T09:00:00Z' });
    sample = await sampleOf(server);
  });
  afterAll(() => server.close());

  const read = async (placeId: string, text: string) =>
    (await server.read(Answer, QUERY, { variables: { placeId, text } })).timeframeReading;

  it('has the meaning, the control points and their days', async () => {
    expect(await read(sample.activity(7), 'до 20 декабря 2020 г.')).toMatchObject({
      ...{ pointCount: 1, points: [{ dueOn: '2020-12-20' }], userErrors: [] },
      timeframe: { confidence: 'CERTAIN', schedule: { interpretation: '../2020-12-20' } },
    });
  });

  it('counts all points of a daily term, and lists the first twenty', async () => {
    const { pointCount, points } = await read(sample.activity(7), 'ежедневно');
    expect(pointCount).toBeGreaterThan(100);
    expect(points).toHaveLength(20);
  });

  it.each(['когда позволит погода', 'каждый 3-тий понедельник месяца', '  ', 'до 20 декабря 2020 г.'])(
    'refuses «%s» where the command does, with the same code, field and words',
    async (text) => {
      const activityId = sample.activity(7);
      const reading = await read(activityId, text);
      const input = { activityId, timeframe: { text }, reason: 'Карантин' };
      const mutation = `mutation($input: RequestRescheduleInput!) { requestReschedule(input: $input) {
        userErrors { code field message } } }`;
      const Requested = z.object({ requestReschedule: z.object({ userErrors: Errors }) });
      const { requestReschedule } = await server.read(Requested, mutation, { variables: { input } });
      expect(reading.userErrors).toEqual(requestReschedule.userErrors);
    },
  );

  it('reads a wording for a new row of a section, and no place of another kind', async () => {
    const section = `${sample.planId.replace('plan', 'section')}.s1`;
    expect(await read(section, 'октябрь 2020 г.')).toMatchObject({ pointCount: 1, userErrors: [] });
    const refused = await server.query(QUERY, { variables: { placeId: sample.planId, text: 'октябрь' } });
    expect(JSON.stringify(refused)).toContain('BAD_ID');
    const gone = await server.query(QUERY, { variables: { placeId: `${section}9999`, text: 'октябрь' } });
    expect(JSON.stringify(gone)).toContain('NOT_FOUND');
  });
});
