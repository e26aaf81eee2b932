import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GUARDS } from '../../src/application/policy.js';
import { schema } from '../../src/graphql/schema.js';
import { newKey } from '../support/access.js';
import { ADDRESSES } from '../support/addresses.js';
import { filled, nothing, plain, type World } from '../support/foreign.js';
import { KEY_ROLES, type KeyRole, keyOf } from '../support/keys.js';
import { registered } from '../support/organisations.js';
import { startServer, type TestServer } from '../support/server.js';
import { referencesOf, requestFor, type Variant, variantsOf } from '../support/walk.js';

/** Reading a document takes long on a busy machine. A query that is aborted would hide a difference. */
const SETTINGS = { LETOPIS_PUBLIC: 'on', LETOPIS_QUERY_SECONDS: '600' };
/** Depth to which answers are examined. */
const DEEP = 2;
/** Requests at a time. */
const AT_ONCE = 4;

let server: TestServer;
/** What the scoped keys see, what they do not see, and what does not exist. */
let ours: World;
let theirs: World;
/** What the scoped keys do not see, with drafts only, because plans in force are public here. */
let secret: World;
let none: World;
let scoped: ReadonlyMap<KeyRole, string>;

beforeAll(async () => {
  server = await startServer({ sample: 'off', clock: '2020-10-01T09:00:00Z', settings: SETTINGS });
  const department = await registered(server, { name: 'Отдел образования' });
  const school = await registered(server, { name: 'Школа', parentId: department });
  ours = await filled(server, school, 'наш');
  theirs = await filled(server, await registered(server, { name: 'Чужая школа' }), 'чужой');
  secret = await filled(server, await registered(server, { name: 'Закрытая школа' }), 'закрытый', { inForce: false });
  none = await nothing();
  const keys = KEY_ROLES.map(async (role): Promise<[KeyRole, string]> => {
    const key = await newKey(server, { name: `Ключ ${role}`, role: role.toUpperCase(), organisationIds: [department] });
    return [role, key.token];
  });
  scoped = new Map(await Promise.all(keys));
});
afterAll(() => server.close());

type Root = 'Query' | 'Mutation';
const KINDS = { Query: 'query', Mutation: 'mutation' } as const;
const SIDES = ['approved', 'draft'] as const;
type Side = (typeof SIDES)[number];

function fieldsOf(root: Root | 'Subscription') {
  const type = schema().getType(root);
  if (!type || !('getFields' in type)) throw new Error(`there is no ${root}`);
  return Object.values(type.getFields()).flatMap((field) => ('args' in field ? [field] : []));
}

/** The references of a request that point to something in `world`. The others point to what the caller sees. */
const PLACES = ['all', 'first'] as const;
type Place = (typeof PLACES)[number];

/** One variant of a request for a field. */
interface Ask {
  readonly variant: Variant;
  readonly side: Side;
  readonly place: Place;
}

/** Selects all variants without an option, and each variant with an option once. */
const isPlainOrOnce = ({ variant, side, place }: Ask) =>
  variant.option === undefined || (side === 'approved' && place === 'all');

function idsFrom(world: World, side: Side, variant: Variant, place: Place) {
  const isOther = (at: string) => place === 'all' || at === variant.references[0];
  return (at: string, kind: string) => (isOther(at) ? world : ours)[side][kind];
}

async function answer(token: string | null, request: ReturnType<typeof requestFor>): Promise<string> {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const { text } = await server.post(JSON.stringify(request), headers);
  // Commands on visible plans succeed and count revisions, so revisions are replaced by 0.
  return request.query.startsWith('mutation') ? plain(text).replace(/"revision":\d+/g, '"revision":0') : plain(text);
}

interface Case {
  readonly name: string;
  readonly foreign: ReturnType<typeof requestFor>;
  readonly madeUp: ReturnType<typeof requestFor>;
}

/**
 * Returns all requests of a root type that refer to something invisible, each with the same request about something
 * that does not exist.
 */
function casesOf(root: Root, world: World, isWanted: (ask: Ask) => boolean = () => true): Case[] {
  return fieldsOf(root).flatMap((field) =>
    variantsOf(field)
      .flatMap((variant) => SIDES.flatMap((side) => PLACES.map((place): Ask => ({ variant, side, place }))))
      .filter(isWanted)
      .map((ask): Case => {
        const { variant, side, place } = ask;
        const of = (from: World) =>
          requestFor(KINDS[root], field, variant, idsFrom(from, side, variant, place), root === 'Query' ? DEEP : 1);
        return { name: `${field.name} ${JSON.stringify(ask)}`, foreign: of(world), madeUp: of(none) };
      }),
  );
}

/** Returns the cases in which a caller can distinguish what is invisible from what does not exist. */
async function told(token: string | null, cases: readonly Case[]) {
  const known = new Map<string, Promise<string>>();
  const once = (request: Case['foreign']) => {
    const key = JSON.stringify(request);
    const found = known.get(key) ?? answer(token, request);
    known.set(key, found);
    return found;
  };
  const found: { readonly name: string; readonly foreign: string; readonly madeUp: string }[] = [];
  for (let from = 0; from < cases.length; from += AT_ONCE) {
    await Promise.all(
      cases.slice(from, from + AT_ONCE).map(async ({ name, foreign, madeUp }) => {
        const [a, b] = [await once(foreign), await once(madeUp)];
        if (a !== b) found.push({ name, foreign: a.slice(0, 300), madeUp: b.slice(0, 300) });
      }),
    );
  }
  return found;
}

describe('what belongs to another organisation looks as if it were nowhere', () => {
  it('to every query of a key that sees one department', async () => {
    const cases = casesOf('Query', theirs);
    expect(cases.length).toBeGreaterThan(500);
    expect(await told(scoped.get('department') ?? '', cases)).toEqual([]);
  }, 300_000);

  it('to every query without a key, where that is switched on', async () => {
    expect(await told(null, casesOf('Query', secret))).toEqual([]);
  }, 300_000);

  it('to every mutation of an administrator who sees one department, with every optional argument', async () => {
    const cases = casesOf('Mutation', theirs, isPlainOrOnce);
    expect(cases.length).toBeGreaterThan(900);
    expect(await told(scoped.get('administrator') ?? '', cases)).toEqual([]);
  }, 300_000);

  it.each(KEY_ROLES.filter((role) => role !== 'administrator'))(
    'to every mutation of the role %s',
    async (role) => {
      const cases = casesOf('Mutation', theirs, ({ variant, side }) => !variant.option && side === 'approved');
      const mutations = cases.filter(({ name }) => !name.startsWith('importPlan '));
      expect(await told(scoped.get(role) ?? '', mutations)).toEqual([]);
    },
    300_000,
  );

  it('at every address', async () => {
    const ways = Object.keys(GUARDS).filter((way) => way.startsWith('GET '));
    expect(Object.keys(ADDRESSES).sort()).toEqual(ways.sort());
    const found: unknown[] = [];
    const toothless: string[] = [];
    for (const paths of Object.values(ADDRESSES)) {
      if (typeof paths === 'string') continue;
      for (const side of SIDES) {
        const [foreign, own] = [paths(theirs[side]), paths(ours[side])];
        for (const [index, path] of paths(none[side]).entries()) {
          const madeUp = await fetched(path);
          const [other, seen] = [await fetched(foreign[index] ?? ''), await fetched(own[index] ?? '')];
          if (other !== madeUp) found.push({ path, other, madeUp });
          if (side === 'approved' && seen === madeUp) toothless.push(path);
        }
      }
    }
    expect(found).toEqual([]);
    expect(toothless).toEqual([]);
  }, 300_000);
});

async function fetched(path: string): Promise<string> {
  const headers = { authorization: `Bearer ${scoped.get('department')}` };
  const response = await fetch(`${server.address}${path}`, { headers });
  return `${response.status} ${plain(await response.text())}`;
}

/** References for which the answer is the same, whatever they refer to, with the reason. */
const TOOTHLESS: Readonly<Record<string, string>> = {
  'replayWebhook.input.deliveryIds': 'looked up among the deliveries of the webhook that is named beside them',
};

describe('the requests of this walk make every field do its work', () => {
  // This test is the last, because mutations change the visible data.
  it.each(['Query', 'Mutation'] as const)(
    'of %s: what is ours is answered otherwise than what is nowhere',
    async (root) => {
      const toothless: string[] = [];
      for (const field of fieldsOf(root)) {
        for (const { at } of referencesOf(field)) {
          const variants = variantsOf(field).filter(({ references }) => references[0] === at);
          if (!(await bites(root, field, variants))) toothless.push(at);
        }
      }
      const known = Object.keys(TOOTHLESS).filter((at) => fieldsOf(root).some(({ name }) => at.startsWith(`${name}.`)));
      expect(toothless.sort()).toEqual(known.sort());
    },
    300_000,
  );
});

async function bites(root: Root, field: ReturnType<typeof fieldsOf>[number], variants: readonly Variant[]) {
  for (const variant of variants) {
    for (const side of SIDES) {
      const ask = (world: World) =>
        answer(
          keyOf('administrator'),
          requestFor(KINDS[root], field, variant, idsFrom(world, side, variant, 'first'), root === 'Query' ? DEEP : 1),
        );
      if ((await ask(none)) !== (await ask(ours))) return true;
    }
  }
  return false;
}
