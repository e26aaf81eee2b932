import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { bruToEnvJsonV2, bruToJsonV2, collectionBruToJson } from '@usebruno/lang';
import { z } from 'zod';
import { keyOf } from '../support/keys.js';
import { startServer, type TestServer } from '../support/server.js';

const COLLECTION = new URL('../../clients/bruno/', import.meta.url);

const Pair = z.object({ name: z.string(), value: z.string() });
const Request = z.strictObject({
  meta: z.object({ name: z.string(), seq: z.coerce.number() }),
  http: z.strictObject({
    method: z.enum(['get', 'post']),
    url: z.string(),
    body: z.enum(['none', 'graphql']),
    auth: z.enum(['none', 'inherit']),
  }),
  body: z.strictObject({ graphql: z.strictObject({ query: z.string(), variables: z.string().optional() }) }).optional(),
  vars: z.strictObject({ res: z.array(Pair) }).optional(),
  assertions: z.array(Pair).min(1),
});
type Request = z.infer<typeof Request>;
const Collection = z.object({ auth: z.object({ mode: z.literal('bearer'), bearer: z.object({ token: z.string() }) }) });
const Environment = z.object({ variables: z.array(Pair) });

const read = (name: string) => readFileSync(new URL(name, COLLECTION), 'utf8');

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

/** Returns a text with the values of its variables. @throws Error for a variable that no earlier answer has set */
function filled(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = variables.get(name);
    if (value === undefined) throw new Error(`there is no variable ${name}`);
    return value;
  });
}

/** Returns the value of an expression such as `res.body.data.plans.nodes[0].id`. */
function valueAt(response: object, expression: string): unknown {
  const [, ...names] = expression.split(/[.[\]]+/).filter(Boolean);
  return names.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    response,
  );
}

/** Evaluates an assertion as Bruno does, with the operators that this collection uses. */
function holds(value: unknown, assertion: string): boolean {
  const [operator, ...rest] = assertion.split(' ');
  switch (operator) {
    case 'eq':
      return String(value) === rest.join(' ');
    case 'isUndefined':
      return value === undefined;
    case 'length':
      return Array.isArray(value) && value.length === Number(rest[0]);
    default:
      throw new Error(`this test does not know the operator ${operator}`);
  }
}

async function send({ http, body }: Request, token: string, variables: ReadonlyMap<string, string>) {
  const graphql = body?.graphql;
  const response = await fetch(filled(http.url, variables), {
    method: http.method,
    headers: {
      ...(http.auth === 'inherit' && { authorization: `Bearer ${filled(token, variables)}` }),
      ...(graphql && { 'content-type': 'application/json' }),
    },
    body: graphql
      ? JSON.stringify({
          query: graphql.query,
          variables: graphql.variables && JSON.parse(filled(graphql.variables, variables)),
        })
      : null,
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.split(';')[0] === 'application/json';
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}

it('the collection of Bruno gets from a new server what its assertions say', async () => {
  const names = readdirSync(COLLECTION).filter((name) => name.endsWith('.bru') && name !== 'collection.bru');
  const requests = names.map((name) => Request.parse(bruToJsonV2(read(name)))).sort((a, b) => a.meta.seq - b.meta.seq);
  expect(requests.length).toBe(10);
  const { token } = Collection.parse(collectionBruToJson(read('collection.bru'))).auth.bearer;
  const variables = new Map(
    Environment.parse(bruToEnvJsonV2(read('environments/local.bru'))).variables.map(({ name, value }) => [name, value]),
  );
  expect([...variables.keys()]).toEqual(['address', 'key']);
  variables.set('address', server.address).set('key', keyOf('administrator'));
  for (const request of requests) {
    const response = await send(request, token, variables);
    for (const { name, value } of request.assertions) {
      const found = valueAt(response, name);
      expect({ request: request.meta.name, name, value, found, holds: holds(found, value) }).toMatchObject({
        holds: true,
      });
    }
    for (const { name, value } of request.vars?.res ?? []) {
      const found = valueAt(response, value);
      expect([request.meta.name, name, found]).toEqual([request.meta.name, name, expect.any(String)]);
      variables.set(name, String(found));
    }
  }
});
