import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';
import { statusOf } from '../support/waiting.js';

let server: TestServer;
let sample: Sample;
let draft: string;

beforeAll(async () => {
  server = await startServer({ settings: { LETOPIS_PUBLIC: 'on' } });
  sample = await sampleOf(server);
  const { plan, position } = await server.done('draftPlan', { title: 'Тайный проект', ownerUnit: 'Центр' });
  draft = plan.id;
  await server.data('query($at: Position) { plans(atLeast: $at) { totalCount } }', { variables: { at: position } });
});
afterAll(() => server.close());

describe('whoever comes without a key, where that is switched on', () => {
  it('reads plans in force, their figures and changes', async () => {
    const document = `{ viewer { role gives } plans { totalCount nodes { id stamps { person } } } activities { totalCount }
      monitoring { plans total { total } } changes { changes { eventType planId } } }`;
    const { data, errors } = await server.query(document, { key: null });
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      viewer: { role: 'DASHBOARD', gives: [] },
      plans: { totalCount: 1, nodes: [{ id: sample.planId, stamps: [{ person: '…' }, { person: '…' }] }] },
      activities: { totalCount: 13 },
      monitoring: { plans: 1 },
    });
    expect(JSON.stringify(data)).toContain('PrintedApprovalConfirmed');
  });

  it('is told nothing of drafts, and nothing that tells of people or the past', async () => {
    const { text } = await server.query(
      `query($id: ID!) { plan(id: $id) { id } node(id: $id) { id } extract(planId: $id, month: "2020-10") { title }
        plans(filter: { text: "тайный" }) { totalCount } monitoring(filter: { planId: $id }) { plans }
        parties { totalCount } organisations { totalCount } }`,
      { key: null, variables: { id: draft } },
    );
    expect(JSON.parse(text).data).toEqual({
      ...{ plan: null, node: null, extract: null, plans: { totalCount: 0 }, monitoring: { plans: 0 } },
      ...{ parties: { totalCount: 0 }, organisations: { totalCount: 0 } },
    });
    for (const field of ['auditTrail { totalCount }', 'accessHolders { totalCount }', 'nameReadings { totalCount }']) {
      expect((await server.query(`{ ${field} }`, { key: null })).errors[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect(await statusOf(`${server.address}/plans/${draft}.html`)).toBe(404);
    expect(await statusOf(`${server.address}/plans/${sample.planId}.html`)).toBe(200);
  });

  it('changes nothing', async () => {
    const input = { activityId: sample.activity(3), actualOn: '2020-09-30' };
    expect((await server.refused('completeActivity', input, { key: null })).code).toBe('NOT_AUTHORISED');
  });

  it('is not let in by a wrong key', async () => {
    const { status } = await server.post('{"query":"{ viewer { name } }"}', { authorization: 'Bearer letopis_wrong' });
    expect(status).toBe(401);
  });
});
