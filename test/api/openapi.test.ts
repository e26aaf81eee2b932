import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import Fastify from 'fastify';
import { z } from 'zod';
import { GUARDS } from '../../src/application/policy.js';
import { describedPaths } from '../../src/graphql/openapi/document.js';
import { keyOf } from '../support/keys.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

const FILE = new URL('../../docs/openapi.json', import.meta.url);

const Schemas = z.record(
  z.string(),
  z.looseObject({ schema: z.looseObject({ 'x-line-schema': z.unknown().optional() }) }),
);
const Response = z.union([z.object({ $ref: z.string() }), z.object({ content: Schemas.optional() })]);
const Operation = z.object({
  tags: z.tuple([z.string()]),
  security: z.array(z.unknown()),
  parameters: z.array(z.object({ name: z.string(), in: z.string() })).default([]),
  responses: z.record(z.string(), Response),
});
const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ responses: z.record(z.string(), z.object({ content: Schemas })) }),
});

let server: TestServer;
let sample: Sample;
let text: string;
let document: z.infer<typeof Document>;
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);

beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
  text = await (await fetch(`${server.address}/openapi.json`)).text();
  document = Document.parse(JSON.parse(text));
  ajv.addSchema(JSON.parse(text), 'openapi');
});
afterAll(() => server.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  );

const AUTHORIZATION = { authorization: `Bearer ${keyOf('administrator')}` };
const JSON_BODY = { 'content-type': 'application/json' };
const subscription = 'subscription { changes { position } }';

/** Returns real requests to every operation. Requests of the API have a key unless they show an error. */
const calls = (): Readonly<Record<string, readonly (readonly [path: string, init?: RequestInit])[]>> => {
  const { planId } = sample;
  const body = (query: string) => ({ headers: { ...AUTHORIZATION, ...JSON_BODY }, body: JSON.stringify({ query }) });
  const files = ['docx', 'xlsx', 'html', 'csv', 'json', 'ics', 'text'].map(
    (format) => [`/plans/${planId}.${format}${format === 'text' ? '?month=2020-10' : ''}`] as const,
  );
  return {
    'GET /': [['/']],
    'GET /points': [['/points']],
    'GET /wall': [['/wall']],
    'GET /sign-in': [['/sign-in']],
    'GET /journal': [['/journal']],
    'GET /proof': [['/proof']],
    'GET /document': [['/document']],
    'GET /document/{address}': [[`/document/${planId}`]],
    'GET /plan': [['/plan']],
    'GET /plan/{address}': [[`/plan/${planId}`]],
    'GET /assets/{file}': [['/assets/nothing.js']],
    'GET /explorer': [['/explorer']],
    'GET /openapi.json': [['/openapi.json']],
    'GET /health/live': [['/health/live']],
    'GET /health/ready': [['/health/ready']],
    'GET /health/commands': [['/health/commands']],
    'GET /health/queries': [['/health/queries']],
    'GET /metrics': [['/metrics'], ['/metrics', { headers: {} }]],
    'GET /checkpoint': [['/checkpoint']],
    'GET /tile/{tile}': [['/tile/0/000.p/1'], ['/tile/9']],
    'GET /tile/entries/{tile}': [['/tile/entries/000.p/1'], ['/tile/entries/x']],
    'GET /plans/{file}': [...files, ['/plans/plan_00000000-0000-4000-8000-000000000000.csv'], ['/plans/x']],
    'GET /plans/{plan}/proof.html': [
      [`/plans/${planId}/proof.html`],
      [`/plans/${planId}/proof.html?names=true`],
      ['/plans/x/proof.html'],
    ],
    'GET /plans.jsonl': [['/plans.jsonl'], ['/plans.jsonl?planId=x'], ['/plans.jsonl', { headers: {} }]],
    'GET /audit.jsonl': [['/audit.jsonl'], ['/audit.jsonl?from=yesterday']],
    'GET /audit.csv': [['/audit.csv'], ['/audit.csv?text=%20']],
    'GET /graphql': [
      [
        `/graphql?query=${encodeURIComponent('{ system { version } }')}`,
        { headers: { ...AUTHORIZATION, 'apollo-require-preflight': '1' } },
      ],
      ['/graphql?query=%7B', { headers: { ...AUTHORIZATION, 'apollo-require-preflight': '1' } }],
    ],
    'POST /graphql': [
      ['/graphql', { method: 'POST', ...body('{ system { version } }') }],
      ['/graphql', { method: 'POST', ...body('{ nothing }') }],
      ['/graphql', { method: 'POST', headers: { ...AUTHORIZATION, ...JSON_BODY }, body: 'no JSON' }],
    ],
    'GET /graphql/stream': [[`/graphql/stream?query=${encodeURIComponent(subscription)}`], ['/graphql/stream']],
    'POST /graphql/stream': [
      ['/graphql/stream', { method: 'POST', ...body(subscription) }],
      ['/graphql/stream', { method: 'POST', ...body('subscription { nothing }') }],
    ],
    'GET /sign-in/ways': [['/sign-in/ways']],
    'POST /sign-in/provider': [['/sign-in/provider', { method: 'POST', headers: { origin: server.address } }]],
    'GET /sign-in/return': [['/sign-in/return?code=c&state=s']],
    'POST /session': [
      ['/session', { method: 'POST', headers: { ...AUTHORIZATION, origin: server.address } }],
      ['/session', { method: 'POST', headers: {} }],
    ],
    'DELETE /session': [['/session', { method: 'DELETE', headers: { origin: server.address } }]],
    'DELETE /sessions': [['/sessions', { method: 'DELETE', headers: { origin: server.address } }]],
  };
};

/** Sends a request and returns how the response differs from its description; undefined if it does not. */
async function difference(
  name: string,
  path: string,
  init: RequestInit = { headers: AUTHORIZATION },
): Promise<unknown> {
  const ended = new AbortController();
  const response = await fetch(`${server.address}${path}`, { ...init, redirect: 'manual', signal: ended.signal });
  const [method = '', address = ''] = name.split(' ');
  const responses = document.paths[address]?.[method.toLowerCase()]?.responses ?? {};
  const key = String(response.status) in responses ? String(response.status) : 'default';
  const described = responses[key];
  if (!described || (key === 'default' && response.ok)) return { name, path, status: response.status };
  const error = '$ref' in described ? /[^/]+$/.exec(described.$ref)?.[0] : undefined;
  const content =
    error === undefined
      ? 'content' in described
        ? described.content
        : undefined
      : document.components.responses[error]?.content;
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  if (!content) return type === '' ? undefined : { name, path, status: response.status, type };
  const schema = content[type]?.schema;
  if (!schema) return { name, path, status: response.status, type };
  if (type === 'text/event-stream') {
    ended.abort();
    return undefined;
  }
  const at = error
    ? `openapi#/components/responses/${error}/content`
    : `openapi#/paths/${address.replaceAll('/', '~1')}/${method.toLowerCase()}/responses/${key}/content`;
  const body = await response.text();
  const pointer = `${at}/${type.replace('/', '~1')}/schema`.replaceAll('{', '%7B').replaceAll('}', '%7D');
  const lines = schema['x-line-schema'];
  const values = lines
    ? body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [type.endsWith('json') ? JSON.parse(body) : body];
  const validate = ajv.compile({ $ref: lines ? `${pointer}/x-line-schema` : pointer });
  const wrong = values.find((value) => !validate(value));
  return wrong && { name, path, wrong, errors: validate.errors };
}

describe('the OpenAPI document', () => {
  it('is valid, and stands in docs/openapi.json (LETOPIS_WRITE_API=1 writes it)', async () => {
    expect(await new Validator().validate(JSON.parse(text))).toMatchObject({ valid: true });
    const printed = `${JSON.stringify(JSON.parse(text), undefined, 2)}\n`;
    if (process.env.LETOPIS_WRITE_API === '1') writeFileSync(FILE, printed);
    expect(readFileSync(FILE, 'utf8')).toBe(printed);
  });

  it('is refused at the start of a server when a route is not described', () => {
    const app = Fastify();
    describedPaths(app);
    expect(() => app.get('/new', async () => '')).toThrow('GET /new is not described');
  });

  it('has the addresses of the policy, and says the same of keys', () => {
    const documented = operations().filter(({ name }) => !/ \/graphql$|^POST \/graphql\/stream$/.test(name));
    const guards = Object.entries(GUARDS).filter(([way]) => way.includes(' '));
    expect(documented.map(({ name }) => name).sort()).toEqual(guards.map(([way]) => way).sort());
    for (const { name, operation } of documented.filter(({ name }) => name !== 'POST /session')) {
      expect([name, operation.security.length === 0]).toEqual([name, 'open' in (GUARDS[name] ?? {})]);
    }
  });

  it('describes what real requests are answered, with and without an error', async () => {
    const asked = calls();
    expect(Object.keys(asked).sort()).toEqual(
      operations()
        .map(({ name }) => name)
        .sort(),
    );
    const found: unknown[] = [];
    for (const [name, requests] of Object.entries(asked)) {
      for (const [path, init] of requests) found.push(await difference(name, path, init));
    }
    expect(found.filter(Boolean)).toEqual([]);
  });

  it('would find another answer', async () => {
    expect(await difference('GET /health/live', '/checkpoint')).toBeDefined();
    expect(await difference('GET /audit.jsonl', '/plans.jsonl')).toBeDefined();
    expect(await difference('GET /plans.jsonl', '/audit.jsonl')).toBeDefined();
  });

  it('names all parameters of files, and no others', async () => {
    const files = operations().filter(({ operation }) => operation.tags[0] === 'Files');
    expect(files.length).toBe(5);
    for (const { name, operation } of files) {
      const path = name.slice(4).replace('{file}', `${sample.planId}.html`).replace('{plan}', sample.planId);
      const detail = async (parameter: string) => {
        const response = await fetch(`${server.address}${path}?${parameter}=x`, { headers: AUTHORIZATION });
        return response.text();
      };
      for (const parameter of operation.parameters.filter((each) => each.in === 'query')) {
        expect(await detail(parameter.name)).not.toContain('There is no parameter');
      }
      expect(await detail('colour')).toContain('There is no parameter colour');
    }
  });
});
