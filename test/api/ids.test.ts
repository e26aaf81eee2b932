import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isInterfaceType, isObjectType } from 'graphql';
import { z } from 'zod';
import { schema } from '../../src/graphql/schema.js';
import { ADDRESSES } from '../support/addresses.js';
import { filled, type World } from '../support/foreign.js';
import { keyOf } from '../support/keys.js';
import { registered } from '../support/organisations.js';
import { startServer, type TestServer } from '../support/server.js';
import { requestFor, variantsOf } from '../support/walk.js';

const GLOBAL = /^[a-z]+_[0-9a-f-]{36}(\.[\w.-]+)?$/;

let server: TestServer;
let world: World;
let organisationId: string;

beforeAll(async () => {
  server = await startServer({ sample: 'off', clock: '2020-10-01T09:00:00Z' });
  organisationId = await registered(server, { name: 'Школа' });
  world = await filled(server, organisationId, 'наш');
  const { planId = '' } = world.approved;
  await server.done('issuePeriodReport', { planId, kind: 'MONTH', day: '2020-09-30' });
  const input = { organisationId, kind: 'MONTH', day: '2020-09-30' };
  const document = `mutation($input: IssueOrganisationReportInput!) {
    issueOrganisationReport(input: $input) { position userErrors { code } } }`;
  const shape = z.object({ issueOrganisationReport: z.object({ userErrors: z.array(z.unknown()).length(0) }) });
  await server.read(shape, document, { variables: { input } });
}, 120_000);
afterAll(() => server?.close());

type Root = 'Query' | 'Mutation';
const KINDS = { Query: 'query', Mutation: 'mutation' } as const;

function fieldsOf(root: Root) {
  const type = schema().getType(root);
  if (!isObjectType(type)) throw new Error(`there is no ${root}`);
  return Object.values(type.getFields());
}

/** Names of fields that contain ids. */
const ID_FIELDS = new Set(
  Object.values(schema().getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .flatMap((type) => Object.values(type.getFields()))
    .filter(({ type }) => String(type).replace(/[[\]!]/g, '') === 'ID')
    .map(({ name }) => name),
);

/** The values of all id fields in an answer. */
function idsIn(data: unknown): string[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([name, value]) => {
    if (!ID_FIELDS.has(name)) return idsIn(value);
    return [value].flat().filter((each) => typeof each === 'string');
  });
}

const MORE = `query($id: ID!, $at: Position) {
  plan(id: $id, atLeast: $at) { id periodReports { id notDone } organisationId copiedFromId }
  organisation(id: "ORGANISATION") { id reports { nodes { id } } }
  auditTrail(first: 200) { nodes { id actor { holder { id } } planId activityId organisationId } }
  changes(first: 200) { changes { entryId planId activityId activityIds statusChanges { activityId } } }
  viewer { holder { id } organisationIds }
  refusals(first: 20) { nodes { actorId aboutId } }
  nameReadings(first: 20) { nodes { actorId subject } }
  accessHolders(first: 50) { nodes { id organisationIds formerAccessIds webhooks { id } } }
}`;

async function idsOfAnswers(): Promise<Set<string>> {
  const { approved } = world;
  const requests = fieldsOf('Query').flatMap((field) =>
    variantsOf(field)
      .filter(({ option }) => option === undefined)
      .map((variant) => requestFor('query', field, variant, (_, kind) => approved[kind], 2)),
  );
  const found = new Set<string>();
  for (const { query, variables } of requests) {
    const { data } = await server.query(query, { variables });
    for (const id of idsIn(data)) found.add(id);
  }
  const more = await server.data(MORE.replace('ORGANISATION', organisationId), { variables: { id: approved.planId } });
  for (const id of idsIn(more)) found.add(id);
  return found;
}

describe('an id that the API returns', () => {
  it('is global, and names the same thing for `node`', async () => {
    const found = [...(await idsOfAnswers())];
    const kinds = new Set(found.map((id) => id.split('_')[0]));
    for (const kind of ['plan', 'section', 'activity', 'point', 'report', 'entry', 'party', 'organisation', 'access']) {
      expect(kinds).toContain(kind);
    }
    for (const kind of ['planreport', 'organisationreport', 'webhook', 'person']) expect(kinds).toContain(kind);
    expect(found.filter((id) => !GLOBAL.test(id))).toEqual([]);
    const nodes = found.filter((id) => !id.startsWith('person_'));
    const shape = z.object({ nodes: z.array(z.object({ id: z.string() }).nullable()) });
    const document = 'query($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    for (let from = 0; from < nodes.length; from += 100) {
      const ids = nodes.slice(from, from + 100);
      const answer = await server.read(shape, document, { variables: { ids } });
      expect(answer.nodes.map((node) => node?.id)).toEqual(ids);
    }
  }, 300_000);

  it('of an actor finds what the actor did, also of those who are built in', async () => {
    const shape = z.object({
      auditTrail: z.object({ nodes: z.array(z.object({ actor: z.object({ holder: z.object({ id: z.string() }) }) })) }),
    });
    const { auditTrail } = await server.read(shape, '{ auditTrail(first: 200) { nodes { actor { holder { id } } } } }');
    const acted = new Map<string, number>();
    for (const { actor } of auditTrail.nodes) acted.set(actor.holder.id, (acted.get(actor.holder.id) ?? 0) + 1);
    expect(acted.size).toBeGreaterThan(2);
    for (const [actorId, times] of acted) {
      const document = 'query($actorId: ID!) { auditTrail(filter: { actorId: $actorId }) { totalCount } }';
      expect(await server.data(document, { variables: { actorId } })).toEqual({ auditTrail: { totalCount: times } });
    }
  });

  it('of an actor shows the rest of the access to those who may read access', async () => {
    const document = '{ auditTrail(first: 1) { nodes { actor { role holder { id role status } } } } }';
    expect(await server.data(document)).toMatchObject({
      auditTrail: { nodes: [{ actor: { role: 'SYSTEM', holder: { role: 'SYSTEM', status: 'ACTIVE' } } }] },
    });
    const { errors, data } = await server.query(document, { key: 'director' });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(data).toMatchObject({ auditTrail: { nodes: [{ actor: { role: 'SYSTEM', holder: null } }] } });
  });
});

/** Arguments that take an id of every kind. */
const OF_EVERY_KIND = ['node.id', 'nodes.ids'];
/** Arguments that take an id of a past state. */
const OF_THE_PAST = [...OF_EVERY_KIND, 'plan.id', 'activity.id'];

describe('an id of another kind is an error, never an empty answer', () => {
  const otherThan = (kind: string) => (kind === 'partyId' ? world.approved.planId : world.approved.partyId);

  it.each(['Query', 'Mutation'] as const)(
    'in every argument of %s',
    async (root) => {
      const wrong: unknown[] = [];
      let asked = 0;
      for (const field of fieldsOf(root)) {
        for (const variant of variantsOf(field).filter(({ option }) => option === undefined)) {
          const [place = ''] = variant.references;
          if (place === '' || variant.kind === 'content') continue;
          const idFor = (make: (kind: string) => string | undefined) => (at: string, kind: string) =>
            at === place ? make(kind) : world.approved[kind];
          const tried = {
            ...(OF_EVERY_KIND.includes(place) ? {} : { other: idFor(otherThan) }),
            bare: idFor((kind) => world.approved[kind]?.replace(/^[a-z]+_/, '')),
            ...(OF_THE_PAST.includes(place) ? {} : { past: idFor((kind) => `${world.approved[kind]}@0`) }),
          };
          for (const [name, idAt] of Object.entries(tried)) {
            const { query, variables } = requestFor(KINDS[root], field, variant, idAt, 1);
            const { errors } = await server.query(query, { variables });
            asked += 1;
            if (errors[0]?.extensions.code !== 'BAD_ID') wrong.push([place, name, variables, errors]);
          }
        }
      }
      expect(asked).toBeGreaterThan(100);
      expect(wrong).toEqual([]);
    },
    300_000,
  );

  it('in every address', async () => {
    const wrong: unknown[] = [];
    for (const [way, paths] of Object.entries(ADDRESSES)) {
      if (typeof paths === 'string') continue;
      const kinds = Object.fromEntries(Object.keys(world.approved).map((kind) => [kind, otherThan(kind)]));
      for (const path of paths(z.record(z.string(), z.string()).parse(kinds))) {
        const answer = await fetch(`${server.address}${path}`, {
          headers: { authorization: `Bearer ${keyOf('administrator')}` },
        });
        const text = await answer.text();
        if (answer.status !== 400 || !text.includes('BAD_ID')) wrong.push([way, path, answer.status, text]);
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});

describe('a thing of a past state', () => {
  const past = async (asOf: object) => {
    const document = `query($id: ID!, $asOf: AsOf) { plan(id: $id, asOf: $asOf) {
      id edition sections { id activities(first: 1) { nodes { id sectionId points { id } reports { id } } } } } }`;
    return server.data(document, { variables: { id: world.approved.planId, asOf } });
  };

  it.each([{ revision: 20 }, { at: '2020-10-01T09:00:00.000Z' }, { effectiveOn: '2020-10-01' }])(
    'as of %j says so in its id, by which it can be read again',
    async (asOf) => {
      const found = idsIn(await past(asOf));
      expect(found.length).toBeGreaterThan(10);
      expect(found.filter((id) => !id.includes('@'))).toEqual([]);
      const [plan = ''] = found;
      const fields = 'id edition revision';
      const document = `query($id: ID!, $past: ID!, $asOf: AsOf) {
        first: plan(id: $id, asOf: $asOf) { ${fields} } again: plan(id: $past) { ${fields} }
        node(id: $past) { ... on Plan { ${fields} } } }`;
      const shape = z.object({ first: z.unknown(), again: z.unknown(), node: z.unknown() });
      const variables = { id: world.approved.planId, past: plan, asOf };
      const { first, again, node } = await server.read(shape, document, { variables });
      expect([again, node]).toEqual([first, first]);
    },
  );

  it('is not for those who may not read the past', async () => {
    const document = 'query($id: ID!) { node(id: $id) { id } }';
    const variables = { id: `${world.approved.planId}@3` };
    const { errors } = await server.query(document, { variables, key: 'dashboard' });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});
