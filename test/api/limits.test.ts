import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditServer } from 'graphql-http';
import { version } from '../../src/app/version.js';
import { newKey } from '../support/access.js';
import { keyOf } from '../support/keys.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';
import { statusOf } from '../support/waiting.js';

let server: TestServer;
let sample: Sample;

beforeAll(async () => {
  server = await startServer({ settings: { LETOPIS_MAX_COST: '50000' } });
  sample = await sampleOf(server);
});
afterAll(() => server.close());

const codes = async (query: string) => {
  const { status, errors, text } = await server.query(query);
  return { status, codes: errors.map(({ extensions }) => extensions.code), data: text.includes('"data":{') };
};
const nested = (depth: number) =>
  `{ plans(first: 1) { nodes { ${'sections { activities(first: 1) { nodes { plan { '.repeat(depth)} id ${'} } } }'.repeat(depth)} } } }`;

describe('a document is refused before anything is read for it', () => {
  it.each([
    ['that is nested too deep', nested(3)],
    ['of too many aliases', `{ ${Array.from({ length: 31 }, (_, n) => `a${n}: system { version }`).join(' ')} }`],
    ['of too many directives', `{ system { version ${'@include(if: true) '.repeat(51)} } }`],
    ['of fragments that go round', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'],
  ])('%s', async (_, document) => {
    expect(await codes(document)).toMatchObject({
      codes: expect.arrayContaining(['GRAPHQL_VALIDATION_FAILED']),
      data: false,
    });
  });

  it('of too many tokens', async () => {
    expect(await codes(`{ system { ${'version '.repeat(4_001)} } }`)).toMatchObject({
      codes: ['GRAPHQL_PARSE_FAILED'],
    });
  });

  it('that costs too much, with what it costs and may cost', async () => {
    const document = `{ plans(first: 200) { nodes { sections { activities(first: 200) { nodes { points { id } } } } } } }`;
    const { errors } = await server.query(document);
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('ask for smaller pages'),
        extensions: { code: 'QUERY_TOO_EXPENSIVE', cost: { limit: 50_000 } },
      },
    ]);
  });

  it('that selects too much by fragments within fragments', async () => {
    const document = `{ plans(first: 200) { nodes { ...P } } } fragment P on Plan { sections { ...S } }
      fragment S on Section { activities(first: 200) { nodes { ...A } } } fragment A on Activity { points { id } }`;
    expect(await codes(document)).toEqual({ status: 400, codes: ['QUERY_TOO_EXPENSIVE'], data: false });
    const subscription = server.subscribe(document);
    expect(await subscription.next()).toMatchObject({ errors: [{ extensions: { code: 'QUERY_TOO_EXPENSIVE' } }] });
    await subscription.close();
  });

  it('but not one that spreads the same fragments many times: each is executed once', async () => {
    const spread = (level: number) => Array.from({ length: 20 }, () => `...F${level}`).join(' ');
    const levels = [0, 1, 2].map((level) => `fragment F${level} on Query { ${spread(level + 1)} }`);
    const document = `{ ${spread(0)} } ${levels.join(' ')} fragment F3 on Query { system { version } }`;
    expect(await server.data(document)).toMatchObject({ system: {} });
  });

  it('that is a subscription, where one answer is given, with where they go', async () => {
    const { status, errors } = await server.query('subscription { changes { position } }');
    expect({ status, errors }).toMatchObject({
      status: 400,
      errors: [{ message: expect.stringContaining('/graphql/stream'), extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  it('over a socket as over HTTP', async () => {
    for (const document of [
      `subscription { changes { entry { ${'changes { path } '.repeat(1_500)} } } }`,
      `subscription { ${Array.from({ length: 31 }, (_, n) => `a${n}: changes { eventType }`).join(' ')} }`,
    ]) {
      const subscription = server.subscribe(document);
      await expect(subscription.next()).rejects.toBeTruthy();
      await subscription.close();
    }
  });
});

describe('what a query costs', () => {
  const costOf = async (query: string, variables = {}) => {
    const { extensions } = JSON.parse(
      (
        await server.post(JSON.stringify({ query, variables, extensions: { cost: true } }), {
          authorization: `Bearer ${keyOf('administrator')}`,
        })
      ).text,
    );
    return extensions?.cost;
  };

  it('is told to who asks', async () => {
    expect(await costOf('{ system { version } }')).toEqual({ requested: 1, limit: 50_000 });
    expect(JSON.parse((await server.query('{ system { version } }')).text)).not.toHaveProperty('extensions');
  });

  it('grows by the size of the page, also where a variable says it', async () => {
    const page = 'query($n: Int) { plans(first: $n) { nodes { id } } }';
    const [small, large] = [await costOf(page, { n: 10 }), await costOf(page, { n: 100 })];
    expect(large.requested).toBeGreaterThan(9 * small.requested);
    // Without `first` the cost is that of the default page size.
    expect((await costOf('{ plans { nodes { id } } }')).requested).toBe((await costOf(page, { n: 50 })).requested);
  });

  it('is higher for what must be folded from the chronicle', async () => {
    const now = await costOf(`{ plan(id: "${sample.planId}") { title } }`);
    const then = await costOf(`{ plan(id: "${sample.planId}", asOf: { revision: 3 }) { title } }`);
    expect(then.requested).toBe(now.requested + 500);
  });
});

describe('a server with limits of its own', () => {
  it('lets each caller ask so often in a minute and tells how often still; others are not kept waiting', async () => {
    const strict = await startServer({ settings: { LETOPIS_RATE: '5' }, sample: 'off' });
    try {
      const ask = (token: string) =>
        fetch(`${strict.address}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: '{"query":"{ system { version } }"}',
        });
      const answers = [];
      for (let n = 0; n < 6; n += 1) answers.push(await ask(keyOf('integrator')));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
      expect(answers[0]?.headers.get('ratelimit-limit')).toBe('5');
      expect(answers[0]?.headers.get('ratelimit-remaining')).toBe('4');
      expect(Number(answers[5]?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await answers[5]?.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
      expect((await ask(keyOf('auditor'))).status).toBe(200);
      // Requests with a wrong key are counted by the address of the client.
      const guesses = await Promise.all(Array.from({ length: 8 }, (_, n) => ask(`letopis_guess-number-${n}`)));
      expect(guesses.map(({ status }) => status).filter((status) => status === 429).length).toBeGreaterThan(0);
      for (let n = 0; n < 9; n += 1) expect(await statusOf(`${strict.address}/health/live`)).toBe(200);
    } finally {
      await strict.close();
    }
  });

  it('does not tell its schema where that is switched off', async () => {
    const closed = await startServer({ settings: { LETOPIS_INTROSPECTION: 'off' }, sample: 'off' });
    try {
      const { errors } = await closed.query('{ __schema { queryType { name } } }');
      expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
    } finally {
      await closed.close();
    }
  });

  it('lets pages of the named origins ask, and of no others', async () => {
    const shared = await startServer({ settings: { LETOPIS_CORS_ORIGINS: 'https://portal.example' }, sample: 'off' });
    try {
      const allowedTo = async (origin: string) => {
        const headers = { origin, 'access-control-request-method': 'POST' };
        const response = await fetch(`${shared.address}/graphql`, { method: 'OPTIONS', headers });
        return response.headers.get('access-control-allow-origin');
      };
      expect([await allowedTo('https://portal.example'), await allowedTo('https://evil.example')]).toEqual([
        'https://portal.example',
        null,
      ]);
    } finally {
      await shared.close();
    }
  });
});

describe('every answer', () => {
  it('carries headers of security', async () => {
    const { headers } = await fetch(`${server.address}/health/live`);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is packed for who takes it so', async () => {
    const { token } = await newKey(server);
    const asked = (encoding: string) =>
      fetch(`${server.address}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'accept-encoding': encoding },
        body: JSON.stringify({ query: '{ activities(first: 20) { nodes { id title text } } }' }),
      });
    const [packed, plain] = [await asked('gzip'), await asked('identity')];
    expect([packed.headers.get('content-encoding'), plain.headers.get('content-encoding')]).toEqual(['gzip', null]);
    expect(await packed.json()).toEqual(await plain.json());
  });

  it('to a request that another site could have had a browser send is a refusal', async () => {
    const simple = await fetch(`${server.address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', authorization: `Bearer ${keyOf('administrator')}` },
      body: '{"query":"{ system { version } }"}',
    });
    expect(simple.status).toBeGreaterThanOrEqual(400);
    const get = await fetch(`${server.address}/graphql?query=${encodeURIComponent('{ system { version } }')}`, {
      headers: { authorization: `Bearer ${keyOf('administrator')}` },
    });
    expect(get.status).toBe(400);
  });
});

describe('a query by GET', () => {
  const QUERY = encodeURIComponent('{ plans { nodes { title edition } } }');
  const get = (headers: Readonly<Record<string, string>> = {}, query = `query=${QUERY}`) =>
    fetch(`${server.address}/graphql?${query}`, {
      headers: { authorization: `Bearer ${keyOf('director')}`, 'apollo-require-preflight': '1', ...headers },
    });

  it('has a tag of its content, and is not sent again to who has it: until it has changed', async () => {
    const first = await get();
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[\w-]{43}"$/);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const again = await get({ 'if-none-match': `"other", ${etag}` });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const input = { activityId: sample.activity(9), timeframe: { text: 'май 2021 г.' }, reason: 'Перенос' };
    const { position } = await server.done('rescheduleActivity', input, { key: 'director' });
    await server.data('query($at: Position) { plans(atLeast: $at) { totalCount } }', { variables: { at: position } });
    const changed = await get({ 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it('may name its document by hash once it was sent whole', async () => {
    const query = '{ system { version readStore } }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = `extensions=${encodeURIComponent(JSON.stringify({ persistedQuery: { version: 1, sha256Hash } }))}`;
    expect(await (await get({}, extensions)).json()).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
    await get({}, `query=${encodeURIComponent(query)}&${extensions}`);
    expect(await (await get({}, extensions)).json()).toEqual({
      data: { system: { version, readStore: 'sqlite' } },
    });
  });
});

describe('GraphQL over HTTP', () => {
  it('passes the audits of graphql-http: no error, and at most the warnings that Apollo gives on purpose', async () => {
    const results = await auditServer({
      url: `${server.address}/graphql`,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${keyOf('administrator')}` } }),
    });
    const told = results.map((result) => [
      result.status,
      result.id,
      result.name,
      result.status === 'ok' ? '' : result.reason,
    ]);
    expect(told.length).toBe(61);
    expect(told.filter(([status]) => status === 'error')).toEqual([]);
    expect(told.filter(([status]) => status === 'warn').length).toBeLessThanOrEqual(3);
  });
});
