import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { plansNamedIn } from '../../src/graphql/accessScope.js';
import { newKey, onAccess } from '../support/access.js';
import { postTo } from '../support/api.js';
import { onOrganisation, registered } from '../support/organisations.js';
import { type Sample, sampleOf } from '../support/server.js';
import { caughtUp } from '../support/waiting.js';
import { importCopies, startWatchedServer, type WatchedServer } from '../support/watched.js';

/** The steps that may happen between two reads. */
const STEPS = ['done', 'undone', 'assign', 'take', 'rename', 'grant', 'withdraw', 'midnight', 'read', 'read'] as const;
type Step = (typeof STEPS)[number];

const QUERIES: readonly string[] = [
  'query($plan: ID!) { plan(id: $plan) { revision status organisationId sections { activities { nodes { number evidence timing } } } } }',
  'query($activity: ID!) { activity(id: $activity) { timing evidence due plan { revision } points { timing evidence } } }',
  '{ plans { totalCount nodes { id revision organisationId } } }',
  '{ plans { nodes { sections { activities(first: 3) { totalCount nodes { number evidence timing points { timing evidence } } } } } } }',
  '{ activities(first: 20, filter: { timing: [OVERDUE] }, orderBy: { field: DUE }) { totalCount nodes { id timing } } }',
  '{ organisations { nodes { name } } changes(first: 1) { hasMore } }',
  'query($plan: ID!) { auditTrail(first: 3, filter: { planId: $plan }) { totalCount } node(id: $plan) { ... on Plan { revision } } }',
];

let server: WatchedServer;
/** A server on the same data that caches nothing. */
let keepsNothing: string;
let sample: Sample;
let school: string;
let integrator: { readonly id: string; readonly token: string };
let dashboard: string;
let now = Date.parse('2020-10-01T09:00:00Z');
let asked = 0;

beforeAll(async () => {
  server = await startWatchedServer({ clock: () => new Date(now).toISOString() });
  keepsNothing = await server.beside({ cacheBytes: 0 });
  sample = await sampleOf(server);
  await importCopies(server, 1);
  school = await registered(server, { name: 'Школа' });
  integrator = await newKey(server, { organisationIds: [school] });
  dashboard = (await newKey(server, { role: 'DASHBOARD' })).token;
});
afterAll(() => server.close());

/**
 * Returns three answers to a query: one that may come from the cache; one to an equal query that is not in the cache
 * yet, but may use cached lists; one of a server that caches nothing.
 */
async function answers(token: string, query: string) {
  const variables = { plan: sample.planId, activity: sample.activity(3) };
  asked += 1;
  const textAt = async (address: string, more: Readonly<Record<string, unknown>> = {}) => {
    const post = postTo(address, { authorization: `Bearer ${token}` });
    return (await post(JSON.stringify({ query, variables: { ...variables, ...more } }))).text;
  };
  return {
    kept: await textAt(server.address),
    ofKept: await textAt(server.address, { asked }),
    anew: await textAt(keepsNothing),
  };
}

/**
 * Executes a step and waits until the read models contain it. A step that changes nothing is refused; the refusal is
 * ignored.
 */
async function taken(step: Exclude<Step, 'read'>): Promise<void> {
  const { activity, planId } = { activity: sample.activity(3), planId: sample.planId };
  const command = (name: string, input: Readonly<Record<string, unknown>>) => server.command(name, input);
  switch (step) {
    case 'done':
      await command('completeActivity', { activityId: activity, actualOn: '2020-09-28' });
      break;
    case 'undone':
      await command('withdrawCompletion', { activityId: activity, reason: 'Ошибка' });
      break;
    case 'assign':
      await command('assignPlan', { planId, organisationId: school, reason: 'По уставу' });
      break;
    case 'take':
      await command('assignPlan', { planId, organisationId: null, reason: 'По уставу' });
      break;
    case 'rename':
      await onOrganisation(server, 'changeOrganisation', { organisationId: school, name: `Школа № ${asked}` });
      break;
    case 'grant':
      await onAccess(server, 'grantAccess', {
        accessId: integrator.id,
        organisationIds: [school],
        reason: 'По соглашению',
      });
      break;
    case 'withdraw':
      await onAccess(server, 'withdrawAccess', {
        accessId: integrator.id,
        organisationIds: [school],
        reason: 'По соглашению',
      });
      break;
    case 'midnight':
      now += 86_400_000;
      break;
  }
  const { events, runner } = server.letopis.services;
  await caughtUp({ runner, events });
}

describe('an answer that is kept', () => {
  it('is never another than one that is made anew, whatever is written and however many days pass between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { minLength: 4, maxLength: 14 }), async (steps) => {
        for (const step of steps) {
          if (step !== 'read') {
            await taken(step);
            continue;
          }
          for (const query of QUERIES) {
            for (const token of [integrator.token, dashboard]) {
              const { kept, ofKept, anew } = await answers(token, query);
              expect(kept).toBe(anew);
              expect(ofKept).toBe(anew);
            }
          }
        }
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it('is given without reading anything, until what it was read from has changed', async () => {
    const shape = z.object({ plans: z.object({ nodes: z.array(z.object({ id: z.string() })) }) });
    const { nodes } = (await server.read(shape, '{ plans { nodes { id } } }')).plans;
    const other = nodes.find(({ id }) => id !== sample.planId)?.id ?? '';
    const post = postTo(server.address, { authorization: `Bearer ${dashboard}` });
    const ask = () =>
      post(JSON.stringify({ query: 'query($id: ID!) { plan(id: $id) { title revision } }', variables: { id: other } }));
    await ask();
    const models = async () => (await server.readsOf(ask)).map(({ spec }) => spec.name);
    expect(await models()).toEqual([]);
    await taken('done');
    await taken('undone');
    expect(await models()).toEqual(['changes']);
    expect(await models()).toEqual([]);
    await server.done('assignPlan', { planId: other, organisationId: school, reason: 'По уставу' });
    await taken('midnight');
    expect(await models()).toEqual(['changes', 'plans']);
  });

  it('is made from lists that are read again only where their plan has changed', async () => {
    const nodes = z.array(z.object({ id: z.string() }));
    const { plans } = await server.read(z.object({ plans: z.object({ nodes }) }), '{ plans { nodes { id } } }');
    const post = postTo(server.address, { authorization: `Bearer ${dashboard}` });
    const query = '{ plans { nodes { sections { activities { nodes { number points { ordinal } } } } } } }';
    const listsRead = async () => {
      asked += 1;
      const reads = await server.readsOf(() => post(JSON.stringify({ query, variables: { asked } })));
      return reads.flatMap((read) => {
        if (read.kind !== 'find' || !['activities', 'controlPoints'].includes(read.spec.name)) return [];
        return plansNamedIn(read.page.filter) ?? [];
      });
    };
    await listsRead();
    expect(plans.nodes.length).toBeGreaterThan(1);
    expect(await listsRead()).toEqual([]);
    await taken('done');
    const changed = sample.planId.replace('plan_', '');
    expect([...new Set(await listsRead())]).toEqual([changed]);
    expect(await listsRead()).toEqual([]);
    await taken('undone');
  });

  it('is none that tells a name: each reading of one is noted', async () => {
    const query = 'query($id: ID!) { plan(id: $id) { stamps { person } } }';
    const body = JSON.stringify({ query, variables: { id: sample.planId } });
    const read = async (token: string) => {
      await postTo(server.address, { authorization: `Bearer ${token}` })(body);
      return (await server.readsOf(() => postTo(server.address, { authorization: `Bearer ${token}` })(body))).map(
        ({ spec }) => spec.name,
      );
    };
    const auditor = (await newKey(server, { role: 'AUDITOR' })).token;
    await read(auditor);
    expect(await read(auditor)).toContain('plans');
    expect(await read(dashboard)).not.toContain('plans');
  });
});
