import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { GUARDS, mayRead, rolesThatGive } from '../../src/application/policy.js';
import { guardOf } from '../../src/graphql/guards.js';
import { schema } from '../../src/graphql/schema.js';
import type { Answer } from '../support/api.js';
import { KEY_ROLES, type KeyRole, keyOf } from '../support/keys.js';
import { registered } from '../support/organisations.js';
import { startServer, type TestServer } from '../support/server.js';
import { statusOf } from '../support/waiting.js';
import { type Ids, requestFor } from '../support/walk.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

let server: TestServer;
let tokens: ReadonlyMap<KeyRole, string>;
/** Keys of the same roles that see only the department. */
let scoped: ReadonlyMap<KeyRole, string>;
let ours: Ids;
let theirs: Ids;

const uuidOf = (id: string | undefined) => (id ?? '').replace(/^[a-z]+_/, '').split('.')[0] ?? '';

/** Returns ids in one organisation to which a request for a field may refer. */
function idsIn(organisation: string, plan: string, entry: string): Ids {
  const uuid = uuidOf(plan);
  return {
    ...{ planId: plan, organisationId: organisation, entryId: entry, accessId: `access_${NOBODY}` },
    ...{ activityId: `activity_${uuid}.a1`, sectionId: `section_${uuid}.s1`, pointId: `point_${uuid}.a1.1` },
    ...{ reportId: `report_${uuid}.a1.r1`, requestId: `request_${uuid}.a1.q1`, partyId: `party_${NOBODY}` },
    ...{ webhookId: `webhook_${NOBODY}.0`, content: Buffer.from('П').toString('base64') },
  };
}

const ABSENT = idsIn(`organisation_${NOBODY}`, `plan_${NOBODY}`, `entry_${NOBODY}`);

async function issued(role: KeyRole, organisationIds: readonly string[] | null): Promise<string> {
  const document = `mutation($input: IssueAccessInput!) {
    issueAccess(input: $input) { token access { id } userErrors { code } } }`;
  const shape = z.object({ issueAccess: z.object({ token: z.string() }) });
  const input = { name: `Ключ ${role}`, role: role.toUpperCase(), organisationIds };
  return (await server.read(shape, document, { variables: { input } })).issueAccess.token;
}

beforeAll(async () => {
  server = await startServer({ sample: 'off', clock: '2020-10-01T09:00:00Z' });
  const department = await registered(server, { name: 'Отдел образования' });
  const school = await registered(server, { name: 'Школа', parentId: department });
  const stranger = await registered(server, { name: 'Чужая школа' });
  const text = await readFile(new URL('../../sample/buzuluk-2020-2021.txt', import.meta.url), 'utf8');
  const planIn = async (organisationId: string, mark: string) => {
    const content = Buffer.from(text.replace('План работы', `План работы ${mark}`)).toString('base64');
    const { plan, entries } = await server.done('importPlan', { fileName: `${mark}.txt`, content, organisationId });
    const approval = { planId: plan.id, reason: 'Подлинник', underControlFrom: '2020-09-01' };
    const { position } = await server.done('confirmPrintedApproval', approval);
    await server.data('query($at: Position) { plans(atLeast: $at) { totalCount } }', { variables: { at: position } });
    return { plan: plan.id, entry: entries[0]?.id ?? '' };
  };
  const own = await planIn(school, 'наш');
  const other = await planIn(stranger, 'чужой');
  ours = idsIn(school, own.plan, own.entry);
  theirs = idsIn(stranger, other.plan, other.entry);
  tokens = new Map(KEY_ROLES.map((role) => [role, keyOf(role)]));
  const made = KEY_ROLES.map(async (role): Promise<[KeyRole, string]> => [role, await issued(role, [department])]);
  scoped = new Map(await Promise.all(made));
});
afterAll(() => server.close());

/** Depth to which an answer is examined that must reveal nothing. */
const DEEP = 3;

const ask = (
  token: string | undefined,
  kind: 'query' | 'mutation',
  name: string,
  ids: Ids,
  depth = 1,
): Promise<Answer> => {
  const root = kind === 'query' ? schema().getQueryType() : schema().getMutationType();
  const field = root?.getFields()[name];
  if (!field) throw new Error(`there is no ${name}`);
  const request = requestFor(kind, field, { references: [] }, (_, name) => ids[name], depth);
  return server.post(JSON.stringify(request), { authorization: `Bearer ${token}` });
};

const namesOf = (root: 'Query' | 'Mutation' | 'Subscription') => {
  const type = schema().getType(root);
  return type && 'getFields' in type ? Object.keys(type.getFields()) : [];
};

/**
 * Codes of the errors of root fields. Deeper errors are ignored, because `holder` is only for callers who may read
 * access.
 */
const codesOf = ({ errors }: Answer) =>
  errors.filter(({ path }) => path?.at(-1) !== 'holder').map(({ extensions }) => extensions.code);
const refusalsOf = ({ data }: Answer): string[] => {
  const outcome = z.record(
    z.string(),
    z.looseObject({ userErrors: z.array(z.object({ code: z.string() })) }).nullable(),
  );
  const [payload] = Object.values(outcome.nullish().parse(data) ?? {});
  return payload?.userErrors.map(({ code }) => code) ?? [];
};

describe('the table of the policy', () => {
  it('has every root field of the schema, and nothing that is not there', () => {
    const roots = (['Query', 'Mutation', 'Subscription'] as const).flatMap((root) =>
      namesOf(root).map((name) => [root, name] as const),
    );
    expect(roots.length).toBeGreaterThan(80);
    expect(roots.filter(([root, name]) => !guardOf(root, name))).toEqual([]);
    const fields = Object.keys(GUARDS).filter((way) => !way.includes(' '));
    const missing = fields.filter((way) => {
      const [typeName = '', name = ''] = way.split('.');
      const type = schema().getType(typeName);
      return !(type && 'getFields' in type && name in type.getFields());
    });
    expect(missing).toEqual([]);
  });

  it.each(KEY_ROLES)('holds for every query in the role %s, over everything and within a department', async (role) => {
    const cells = namesOf('Query').flatMap((name) => ([null, 'department'] as const).map((scope) => ({ name, scope })));
    const found = await Promise.all(
      cells.map(async ({ name, scope }) => {
        const token = (scope === null ? tokens : scoped).get(role);
        return { name, scope, isAllowed: !codesOf(await ask(token, 'query', name, ours)).includes('FORBIDDEN') };
      }),
    );
    const expected = cells.map(({ name, scope }) => {
      const guard = guardOf('Query', name);
      const within = scope === null ? null : new Set<string>();
      return {
        name,
        scope,
        isAllowed: guard !== undefined && 'reads' in guard && mayRead({ role, scope: within }, guard.reads),
      };
    });
    expect(found).toEqual(expected);
  });

  it.each(KEY_ROLES)('holds for every mutation in the role %s', async (role) => {
    // A plan that does not exist cannot be changed by an authorised caller either.
    const names = namesOf('Mutation').filter(
      (name) => !['issueAccess', 'registerOrganisation', 'draftPlan'].includes(name),
    );
    const found = await Promise.all(
      names.map(async (name) => {
        const answer = await ask(tokens.get(role), 'mutation', name, ABSENT);
        const isDenied = refusalsOf(answer).includes('NOT_AUTHORISED') || codesOf(answer).includes('FORBIDDEN');
        return { name, isAllowed: !isDenied, status: answer.status };
      }),
    );
    const expected = names.map((name) => {
      const guard = guardOf('Mutation', name);
      return {
        name,
        isAllowed: guard !== undefined && 'gives' in guard && rolesThatGive(guard.gives).includes(role),
        status: 200,
      };
    });
    expect(found).toEqual(expected);
  });

  it.each(KEY_ROLES)('holds for every address in the role %s', async (role) => {
    const files: Readonly<Record<string, string>> = {
      '{file}': `${ours.planId}.text`,
      ...{ '{tile}': '000.p/1', '{address}': ours.planId ?? '' },
    };
    for (const [way, guard] of Object.entries(GUARDS).filter(([each]) => each.startsWith('GET '))) {
      const path = way
        .slice(4)
        .replace(/\{\w+\}/, (name) => (way.startsWith('GET /tile/{') ? '0/000.p/1' : (files[name] ?? '')));
      for (const [scope, keys] of [
        [null, tokens],
        ['department', scoped],
      ] as const) {
        const status = await statusOf(`${server.address}${path}`, { authorization: `Bearer ${keys.get(role)}` });
        const within = scope === null ? null : new Set<string>();
        const isAllowed = 'reads' in guard ? mayRead({ role, scope: within }, guard.reads) : true;
        expect([way, scope, [401, 403].includes(status)]).toEqual([way, scope, !isAllowed]);
      }
    }
  });
});

describe('within a department', () => {
  const hidden = () => [uuidOf(theirs.planId), uuidOf(theirs.organisationId), uuidOf(theirs.entryId)];
  it('no list tells of what is elsewhere, and what is here is told', async () => {
    const lists = ['plans', 'activities', 'parties', 'organisations', 'auditTrail', 'changes', 'monitoring'];
    for (const name of lists) {
      const { text, errors } = await ask(scoped.get('department'), 'query', name, {}, DEEP);
      expect([name, errors.filter(({ path }) => path?.at(-1) !== 'holder')]).toEqual([name, []]);
      for (const id of hidden()) expect([name, text.includes(id)]).toEqual([name, false]);
      expect([name, text.length > 200]).toEqual([name, true]);
    }
    const both = await server.data('{ plans { totalCount } }');
    expect(both).toEqual({ plans: { totalCount: 2 } });
    const one = await server.post('{"query":"{ plans { totalCount nodes { id } } }"}', {
      authorization: `Bearer ${scoped.get('department')}`,
    });
    expect(one.data).toEqual({ plans: { totalCount: 1, nodes: [{ id: ours.planId }] } });
  });

  it('a plan is begun under one of its organisations alone', async () => {
    const begun = (organisationId: string | undefined) =>
      server.post(
        JSON.stringify({
          query: `mutation($input: DraftPlanInput!) { draftPlan(input: $input) { userErrors { code } } }`,
          variables: { input: { title: 'План', ownerUnit: 'Центр', ...(organisationId ? { organisationId } : {}) } },
        }),
        { authorization: `Bearer ${scoped.get('methodologist')}` },
      );
    expect(refusalsOf(await begun(undefined))).toEqual(['ORGANISATION_REQUIRED']);
    expect(refusalsOf(await begun(theirs.organisationId))).toEqual(['ORGANISATION_NOT_FOUND']);
    expect(refusalsOf(await begun(ours.organisationId))).toEqual([]);
  });
});
