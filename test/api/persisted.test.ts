import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { persistedDocuments } from '../../src/app/persisted.js';
import { keyOf } from '../support/keys.js';
import { removeDirectory, startServer, type TestServer, temporaryDirectory } from '../support/server.js';

const PLANS = '{ plans { totalCount } }';
const BY_HAND = 'query($first: Int) { plans(first: $first) { totalCount pageInfo { hasNextPage } } }';
const CHANGES = 'subscription { changes { position } }';
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

let directory: string;
let server: TestServer;
const authorization = `Bearer ${keyOf('integrator')}`;

beforeAll(async () => {
  directory = await temporaryDirectory();
  const file = join(directory, 'documents.json');
  const documents = { [`sha256:${hashOf(PLANS)}`]: PLANS, planCount: BY_HAND, changes: CHANGES };
  await writeFile(file, JSON.stringify(documents));
  server = await startServer({ settings: { LETOPIS_DOCUMENTS: file } });
});
afterAll(async () => {
  await server.close();
  await removeDirectory(directory);
});

const post = (body: Readonly<Record<string, unknown>>) => server.post(JSON.stringify(body), { authorization });
const get = async (parameters: Readonly<Record<string, string>>) => {
  const headers = { authorization, 'apollo-require-preflight': '1' };
  const response = await fetch(`${server.address}/graphql?${new URLSearchParams(parameters)}`, { headers });
  return JSON.parse(await response.text());
};

describe('a document that is named by its id', () => {
  it.each([`sha256:${hashOf(PLANS)}`, hashOf(PLANS)])('is the one that the operator gave: %s', async (documentId) => {
    expect(await post({ documentId })).toMatchObject({ status: 200, data: { plans: { totalCount: 1 } } });
    expect(await get({ documentId })).toEqual({ data: { plans: { totalCount: 1 } } });
  });

  it('takes variables, by POST and by GET', async () => {
    const data = { plans: { totalCount: 1, pageInfo: { hasNextPage: false } } };
    expect(await post({ documentId: 'planCount', variables: { first: 1 } })).toMatchObject({ data });
    expect(await get({ documentId: 'planCount', variables: '{"first":1}' })).toEqual({ data });
  });

  it('may be one that was sent by its hash before', async () => {
    const query = '{ plans { nodes { title } } }';
    const documentId = `sha256:${hashOf(query)}`;
    expect(await post({ documentId })).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
    await post({ query, extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(query) } } });
    expect(await post({ documentId })).toMatchObject({ status: 200, errors: [] });
    expect(await get({ documentId })).toHaveProperty('data.plans');
  });

  it('may be a subscription, as a stream', async () => {
    const open = async (documentId: string) => {
      const stop = new AbortController();
      const response = await fetch(`${server.address}/graphql/stream`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ documentId }),
        signal: stop.signal,
      });
      const told = { status: response.status, type: response.headers.get('content-type') };
      stop.abort();
      return told;
    };
    expect(await open('changes')).toMatchObject({ status: 200, type: expect.stringContaining('text/event-stream') });
    expect(await open('unknown')).toMatchObject({ status: 404 });
  });

  it('is not looked for where a document is sent', async () => {
    expect(await post({ documentId: 'planCount', query: PLANS })).toMatchObject({ data: { plans: { totalCount: 1 } } });
  });
});

describe('the documents of an operator', () => {
  const given = async (text: string) => {
    const file = join(directory, 'wrong.json');
    await writeFile(file, text);
    return persistedDocuments(file);
  };

  it.each([
    ['nonsense', 'is no JSON object'],
    ['["{ plans { totalCount } }"]', 'is no JSON object'],
    ['{"a":"{ plants { totalCount } }"}', 'has a document that does not fit: a: Cannot query field "plants"'],
  ])('are refused at the start when they are %s', async (text, why) => {
    await expect(given(text)).rejects.toThrow(why);
  });

  it('are none where no file is named, and a file that is not there is told', async () => {
    expect((await persistedDocuments(undefined)).size).toBe(0);
    await expect(persistedDocuments(join(directory, 'absent.json'))).rejects.toThrow('cannot be read');
  });
});
