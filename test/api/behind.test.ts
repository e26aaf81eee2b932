import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { schema } from '../../src/graphql/schema.js';
import { type Sample, sampleOf } from '../support/server.js';
import { pauseReadModels } from '../support/waiting.js';
import { startWatchedServer, type WatchedServer } from '../support/watched.js';

let server: WatchedServer;
let sample: Sample;
let release: () => Promise<void>;
let reached: string;
let position: string;

/** Each query of the schema, with a position for which it must wait. */
const queries = (): Readonly<Record<string, string>> => ({
  plan: `plan(id: "${sample.planId}", atLeast: $at) { id }`,
  plans: 'plans(atLeast: $at) { totalCount }',
  activity: `activity(id: "${sample.activity(3)}", atLeast: $at) { id }`,
  activities: 'activities(atLeast: $at) { totalCount }',
  calendar: 'calendar(from: "2020-09-01", to: "2021-08-31", atLeast: $at) { totalCount }',
  auditTrail: 'auditTrail(atLeast: $at) { totalCount }',
  changes: 'changes(atLeast: $at) { hasMore }',
  monitoring: 'monitoring(atLeast: $at) { on }',
  indicatorItems: 'indicatorItems(indicator: DONE, atLeast: $at) { totalCount }',
  extract: `extract(planId: "${sample.planId}", month: "2020-10", atLeast: $at) { title }`,
  importPreview: 'importPreview(fileName: "a.txt", content: "YQ==", atLeast: $at) { activityCount }',
  timeframeReading: `timeframeReading(placeId: "${sample.activity(3)}", text: "май", atLeast: $at) { pointCount }`,
  organisation: 'organisation(id: "organisation_0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20", atLeast: $at) { id }',
  organisations: 'organisations(atLeast: $at) { totalCount }',
  parties: 'parties(atLeast: $at) { totalCount }',
  person: 'person(name: "Филатова", atLeast: $at) { subject }',
  node: `node(id: "${sample.planId}", atLeast: $at) { id }`,
  nodes: `nodes(ids: ["${sample.planId}"], atLeast: $at) { id }`,
  accessHolder: 'accessHolder(id: "access_0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20", atLeast: $at) { id }',
  accessHolders: 'accessHolders(atLeast: $at) { totalCount }',
  system: 'system(atLeast: $at) { version }',
});

beforeAll(async () => {
  server = await startWatchedServer();
  sample = await sampleOf(server);
  const { runner, events } = server.letopis.services;
  release = pauseReadModels(runner);
  reached = (await events.eventAt(runner.position))?.id ?? '';
  position = (await server.done('completeActivity', { activityId: sample.activity(3), actualOn: '2020-09-30' }))
    .position;
});
afterAll(() => server.close());

describe('a query that asks to wait for a position', () => {
  it('waits a bounded time, whichever it is, and says how far the read models are', async () => {
    const all = Object.entries(queries());
    expect(all.map(([name]) => name).toSorted()).toEqual(
      Object.values(schema().getQueryType()?.getFields() ?? {})
        .filter(({ args }) => args.some((arg) => arg.name === 'atLeast'))
        .map((field) => field.name)
        .toSorted(),
    );
    const answers = await Promise.all(
      all.map(async ([name, query]) => {
        const { errors } = await server.query(`query($at: Position) { ${query} }`, { variables: { at: position } });
        const [error] = errors;
        const place: unknown = JSON.parse(Buffer.from(String(error?.extensions.reached), 'base64url').toString());
        return { name, code: error?.extensions.code, reached: Array.isArray(place) ? place.at(-1) : null };
      }),
    );
    expect(answers).toEqual(all.map(([name]) => ({ name, code: 'READ_MODEL_BEHIND', reached })));
  });

  it('is answered as soon as they are there', async () => {
    const { plans } = queries();
    const answer = server.data(`query($at: Position) { ${plans} }`, { variables: { at: position } });
    await release();
    expect(await answer).toEqual({ plans: { totalCount: 1 } });
  });
});
