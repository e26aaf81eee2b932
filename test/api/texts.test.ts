import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, type GraphQLField, getNamedType, isLeafType, isObjectType } from 'graphql';
import { z } from 'zod';
import { rolesThatGive } from '../../src/application/policy.js';
import { guardOf } from '../../src/graphql/guards.js';
import { schema } from '../../src/graphql/schema.js';
import { checkTexts } from '../../src/graphql/texts/stage.js';
import { FIELD_PATH } from '../support/api.js';
import { isKeyRole, type KeyRole, keyOf } from '../support/keys.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';
import { type TextInput, textInputsOf } from '../support/textInputs.js';

let server: TestServer;
let sample: Sample;

beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
});
afterAll(() => server.close());

/** Characters that can be stored but break a reader: a page, a feed, a document or a file. */
const UNREADABLE = ['\uD800', '\uDC00', 'а\uD800б', '\u0000', '\u0007', '\u001B', '\u007F', '\u0085', '\uFFFE'];
const LINE_BREAKS = ['\n', '\r\n', '\u2028', '\u2029'];

interface Hostile {
  readonly text: string;
  readonly code: string;
  /** Texts that the sentence must contain. */
  readonly names: readonly string[];
}

function hostileTo({ rule }: TextInput): readonly Hostile[] {
  if (rule.kind === 'file') return [];
  const { max } = rule;
  return [
    { text: 'п'.repeat(max + 1), code: 'TOO_LONG', names: [String(max), String(max + 1)] },
    ...UNREADABLE.map((text) => ({ text, code: 'UNREADABLE_TEXT', names: ['U+'] })),
    ...(rule.kind === 'line' ? LINE_BREAKS : []).map((text) => ({ text: `а${text}б`, code: 'LINE_BREAK', names: [] })),
  ];
}

const USER_ERRORS = z.record(
  z.string(),
  z.object({
    userErrors: z.array(z.object({ code: z.string(), field: FIELD_PATH, message: z.string() })),
  }),
);

/** A key that may use a field, so that its guard does not answer first. */
function keyFor(type: string, field: string): KeyRole {
  const guard = guardOf(type, field);
  const roles = guard && 'gives' in guard ? rolesThatGive(guard.gives) : [];
  return roles.find(isKeyRole) ?? 'administrator';
}

type Field = GraphQLField<unknown, unknown>;
const fieldsOf = (type: 'Query' | 'Mutation'): readonly Field[] =>
  Object.values((type === 'Query' ? schema().getQueryType() : schema().getMutationType())?.getFields() ?? {});

/** Returns an operation that requests the same field once for each set of arguments. */
function operation(kind: string, field: Field, sets: readonly Readonly<Record<string, unknown>>[], selection: string) {
  const parts = sets.map((set, index) => {
    const given = Object.keys(set).map((name) => `${name}: $${name}${index}`);
    return `a${index}: ${field.name}(${given.join(', ')}) ${selection}`;
  });
  const declared = sets.flatMap((set, index) =>
    field.args.filter(({ name }) => name in set).map(({ name, type }) => `$${name}${index}: ${String(type)}`),
  );
  const variables = Object.fromEntries(
    sets.flatMap((set, index) => Object.entries(set).map(([name, value]) => [`${name}${index}`, value])),
  );
  return { document: `${kind}(${declared.join(', ')}) { ${parts.join(' ')} }`, variables };
}

const selectionOf = ({ type }: Field) => (isLeafType(getNamedType(type)) ? '' : '{ __typename }');

describe('every text of a mutation', () => {
  it.each(fieldsOf('Mutation').map((field) => [field.name, field] as const))(
    'of %s is bounded and readable',
    async (name, field) => {
      const inputs = textInputsOf(field, {});
      expect(inputs.length).toBeGreaterThan(0);
      for (const input of inputs) {
        const hostile = hostileTo(input);
        if (hostile.length === 0) continue;
        const sets = hostile.map(({ text }) => input.argumentsWith(text));
        const { document, variables } = operation('mutation', field, sets, '{ userErrors { code field message } }');
        const { data, errors } = await server.query(document, { variables, key: keyFor('Mutation', name) });
        expect([input.path, errors]).toEqual([input.path, []]);
        for (const [index, { code, names }] of hostile.entries()) {
          const [error] = USER_ERRORS.parse(data)[`a${index}`]?.userErrors ?? [];
          expect({ code: error?.code, field: error?.field }).toEqual({ code, field: input.path });
          for (const named of names) expect(error?.message).toContain(named);
        }
      }
    },
  );

  it('is refused in a literal as in a variable', async () => {
    for (const text of ['п'.repeat(501), 'а\\u0000б']) {
      const document = `mutation { draftPlan(input: { title: "${text}", ownerUnit: "ЦВР" }) { userErrors { code field } } }`;
      const { data } = await server.query(document, { key: 'methodologist' });
      expect(data).toMatchObject({ draftPlan: { userErrors: [{ field: ['title'] }] } });
    }
  });
});

describe('every text of a query', () => {
  it.each(fieldsOf('Query').map((field) => [field.name, field] as const))(
    'of %s is bounded and readable',
    async (_, field) => {
      await refusesAll(textInputsOf(field, {}), (sets) => operation('query', field, sets, selectionOf(field)));
    },
  );

  it('below the root is bounded and readable', async () => {
    const parents = {
      Plan: `plan(id: "${sample.planId}")`,
      Activity: `node(id: "${sample.activity(3)}")`,
    } as const;
    for (const [type, parent] of Object.entries(parents)) {
      const object = schema().getType(type);
      for (const field of Object.values(isObjectType(object) ? object.getFields() : {})) {
        await refusesAll(textInputsOf(field, {}), (sets) => {
          const { document, variables } = operation('query', field, sets, selectionOf(field));
          const [head = '', body = ''] = document.split(/ \{ (.*)/s);
          return { document: `${head} { ${parent} { ... on ${type} { ${body} } }`, variables };
        });
      }
    }
  });

  async function refusesAll(
    inputs: readonly TextInput[],
    asked: (sets: readonly Readonly<Record<string, unknown>>[]) => {
      readonly document: string;
      readonly variables: Readonly<Record<string, unknown>>;
    },
  ) {
    for (const input of inputs) {
      // Queries check texts as commands do, so each kind of fault is tried only once.
      const kinds = new Map(hostileTo(input).map((hostile) => [hostile.code, hostile]));
      for (const { text, code, names } of kinds.values()) {
        const { document, variables } = asked([input.argumentsWith(text)]);
        const { errors } = await server.query(document, { variables });
        expect(errors[0]?.extensions).toMatchObject({
          code: 'BAD_USER_INPUT',
          field: input.path.split('.'),
          reason: code,
        });
        for (const named of [input.path, ...names]) expect(errors[0]?.message).toContain(named);
      }
    }
  }
});

describe('a text without a limit', () => {
  it.each([
    ['an argument', 'type Query { plans(text: String): Int }'],
    ['a list', 'type Query { plans(texts: [String!]!): Int }'],
    ['a field of an input', 'input Filter { text: String } type Query { plans(filter: Filter): Int }'],
  ])('as %s stops the schema from being built', (_, text) => {
    expect(() => checkTexts(buildSchema(text))).toThrow(/without a limit/);
  });
});

describe('an address', () => {
  it.each([
    ['/audit.jsonl', 'text'],
    ['/audit.csv', 'orderNumber'],
    ['/plans.jsonl', 'planId'],
    ['/plans/ID.csv', 'party'],
    ['/plans/ID/proof.html', 'names'],
  ])('%s refuses a %s that is too long or unreadable', async (address, name) => {
    const path = address.replace('ID', sample.planId);
    for (const text of ['п'.repeat(1_001), '\u0000', 'а\u0007']) {
      const answer = await fetch(`${server.address}${path}?${name}=${encodeURIComponent(text)}`, {
        headers: { authorization: `Bearer ${keyOf('administrator')}` },
      });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
  });
});
