import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let sample: Sample;
let copyId: string;
beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
  const { plan, position } = await server.done('copyPlan', { fromPlanId: sample.planId });
  copyId = plan.id;
  await server.data('query($at: Position) { plans(atLeast: $at) { totalCount } }', { variables: { at: position } });
});
afterAll(() => server.close());

const LIST = z.object({ nodes: z.array(z.object({ id: z.string() })), pageInfo: z.object({ endCursor: z.string() }) });
const PAGE = 'nodes { id } pageInfo { endCursor }';

async function page(asked: string) {
  const { list } = await server.read(z.object({ list: LIST }), `{ list: ${asked} { ${PAGE} } }`);
  return list;
}

async function refusal(asked: string) {
  const { errors } = await server.query(`{ list: ${asked} { ${PAGE} } }`);
  return errors.map(({ extensions: { code }, message }) => ({ code, message }));
}

describe('a cursor', () => {
  it('is refused with another filter, and says what to do', async () => {
    const { pageInfo } = await page(`activities(first: 2, filter: { planId: "${sample.planId}" })`);
    const after = `first: 2, after: "${pageInfo.endCursor}"`;
    const others = [
      `activities(${after})`,
      `activities(${after}, filter: { planId: "${copyId}" })`,
      `activities(${after}, filter: { planId: "${sample.planId}", needsReview: true })`,
      `activities(${after}, filter: { planId: "${sample.planId}" }, on: "2020-11-15")`,
      `calendar(${after}, from: "2020-01-01", to: "2022-12-31")`,
      `plans(${after})`,
    ];
    for (const asked of others) {
      expect([asked, await refusal(asked)]).toEqual([
        asked,
        [{ code: 'BAD_CURSOR', message: expect.stringContaining('another list or filter') }],
      ]);
    }
    const next = await page(`activities(${after}, filter: { planId: "${sample.planId}" })`);
    expect(next.nodes.map(({ id }) => id)).toEqual([3, 4].map(sample.activity));
  });

  it('of one thing is refused in the list of another', async () => {
    const of = (id: string, more: string) =>
      `{ node(id: "${id}") { ... on Plan { list: activities(first: 2 ${more}) { ${PAGE} } } } }`;
    const shape = z.object({ node: z.object({ list: LIST }) });
    const { node } = await server.read(shape, of(sample.planId, ''));
    const after = `, after: "${node.list.pageInfo.endCursor}"`;
    const { errors } = await server.query(of(copyId, after));
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_CURSOR' } }]);
    expect((await server.read(shape, of(sample.planId, after))).node.list.nodes).toHaveLength(2);
  });

  it('is accepted with another size of page, and with arguments that mean the same', async () => {
    const { pageInfo } = await page('activities(first: 2)');
    const same = [
      `activities(first: 5, after: "${pageInfo.endCursor}")`,
      `activities(first: 5, after: "${pageInfo.endCursor}", filter: null)`,
      `activities(first: 5, after: "${pageInfo.endCursor}", filter: {}, atLeast: null)`,
      `activities(first: 5, after: "${pageInfo.endCursor}", filter: { planId: null })`,
    ];
    const pages = await Promise.all(same.map(page));
    expect(new Set(pages.map(({ nodes }) => JSON.stringify(nodes))).size).toBe(1);
    expect(pages[0]?.nodes).toHaveLength(5);
  });
});
