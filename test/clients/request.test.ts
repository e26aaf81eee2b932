import { afterEach, describe, expect, it } from '@jest/globals';
import { LetopisError, request } from '../../clients/typescript/src/index.js';
import { type Answering, answering, json, refused } from '../support/answering.js';

let server: Answering;
afterEach(() => server.close());

const ask = () => request<{ n: number }, object>({ address: server.address, key: 'key' }, '{ n }', { a: 1 });
const one = json({ data: { n: 1 } });

describe('a request of the TypeScript client', () => {
  it('has the key, the document and the variables, and returns the data', async () => {
    server = await answering(one);
    expect(await ask()).toEqual({ n: 1 });
    expect(server.received).toMatchObject([
      { body: { query: '{ n }', variables: { a: 1 } }, headers: { authorization: 'Bearer key' } },
    ]);
  });

  it.each([
    ['seconds', () => '1'],
    ['a date', () => new Date(Date.now() + 2_000).toUTCString()],
  ])('is repeated after the delay of retry-after in %s', async (_, retryAfter) => {
    const start = performance.now();
    server = await answering(refused('RATE_LIMITED', 429, { 'retry-after': retryAfter() }), one);
    expect(await ask()).toEqual({ n: 1 });
    // A date has no milliseconds.
    expect(performance.now() - start).toBeGreaterThan(900);
  });

  it('is repeated when the server is busy, cuts the connection, or cannot be reached behind a proxy', async () => {
    server = await answering(
      refused('READ_MODEL_BEHIND'),
      (response) => response.destroy(),
      (response) => response.writeHead(502).end('<html>'),
      one,
    );
    expect(await ask()).toEqual({ n: 1 });
    expect(server.received.length).toBe(4);
  });

  it('is sent five times at most, and the error is the last one', async () => {
    server = await answering();
    await expect(ask()).rejects.toMatchObject({ code: 'NO_ANSWER', passes: true });
    expect(server.received.length).toBe(5);
  });

  it.each([
    ['a GraphQL error', refused('BAD_ID'), 'BAD_ID: no', 200],
    ['a GraphQL error with a status', refused('INVALID_KEY', 401), 'INVALID_KEY: no', 401],
    ['problem details', json({ detail: 'no', code: 'NOT_FOUND' }, 404), 'NOT_FOUND: no', 404],
    ['a page of something else', json({}, 404), 'HTTP_404: {}', 404],
    ['data with an error', json({ data: { n: 1 }, errors: [{ message: 'no' }] }), 'INTERNAL_SERVER_ERROR: no', 200],
  ])('is not repeated after %s, and the error has its code', async (_, answer, message, status) => {
    server = await answering(answer);
    const error = await ask().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LetopisError);
    expect(error).toMatchObject({ message, status, passes: false });
    expect(server.received.length).toBe(1);
  });

  it('ends with the reason of its signal, also while it waits for the next try', async () => {
    server = await answering(refused('RATE_LIMITED', 429, { 'retry-after': '60' }));
    const ended = new AbortController();
    const to = { address: server.address, key: 'key' };
    const asked = request(to, '{ n }', {}, { signal: ended.signal });
    while (server.received.length === 0) await new Promise(setImmediate);
    ended.abort(new Error('enough'));
    await expect(asked).rejects.toThrow();
    expect(server.received.length).toBe(1);
  });
});
