import { afterEach, describe, expect, it } from '@jest/globals';
import { request } from '../../examples/integrator/client.js';
import { TypedDocumentString } from '../../examples/integrator/generated/graphql.js';
import { followed } from '../../examples/integrator/stream.js';
import { type Answering, answering, json, refused } from '../support/answering.js';

let server: Answering;
let documents = 0;

afterEach(() => server.close());

/** A document of its own: the client remembers which ones are not known. */
function newDocument() {
  documents += 1;
  const hash = `sha256:${documents}`;
  return { hash, document: new TypedDocumentString<{ n: number }, object>('{ n }', { hash }) };
}

const to = () => ({ address: server.address, key: 'key' });
const sent = () => server.received.map(({ body }) => body);
const one = json({ data: { n: 1 } });

describe('the typed client names a document by its hash', () => {
  it('alone, where the server knows it', async () => {
    server = await answering(one);
    const { hash, document } = newDocument();
    expect(await request(to(), document, {})).toEqual({ n: 1 });
    expect(server.received).toMatchObject([
      { body: { documentId: hash, variables: {} }, headers: { authorization: 'Bearer key' } },
    ]);
  });

  it.each([
    ['does not know it', refused('PERSISTED_QUERY_NOT_FOUND')],
    ['knows of no hashes', refused('BAD_REQUEST', 400)],
  ])('and sends its text where the server %s, from then on alone', async (_, answer) => {
    server = await answering(answer, one, one);
    const { hash, document } = newDocument();
    await request(to(), document, {});
    await request(to(), document, {});
    const text = { query: '{ n }', variables: {} };
    expect(sent()).toEqual([{ documentId: hash, variables: {} }, text, text]);
  });

  it('again, once the text is refused', async () => {
    server = await answering(refused('BAD_REQUEST', 400), one, refused('FORBIDDEN', 403), one);
    const { hash, document } = newDocument();
    await request(to(), document, {});
    await expect(request(to(), document, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await request(to(), document, {});
    expect(sent().at(-1)).toEqual({ documentId: hash, variables: {} });
  });
});

describe('the typed client asks again', () => {
  it('when it is told, and after a pause that grows where it is not', async () => {
    server = await answering(
      refused('RATE_LIMITED', 429, { 'retry-after': '1' }),
      refused('READ_MODEL_BEHIND'),
      (response) => response.destroy(),
      (response) => response.writeHead(502).end('<html>'),
      one,
    );
    const start = performance.now();
    expect(await request(to(), newDocument().document, {})).toEqual({ n: 1 });
    expect(performance.now() - start).toBeGreaterThan(1_000);
    expect(server.received.length).toBe(5);
  });

  it('five times at most, and tells what it was answered last', async () => {
    server = await answering();
    await expect(request(to(), newDocument().document, {})).rejects.toMatchObject({ code: 'NO_ANSWER' });
    expect(server.received.length).toBe(5);
  });

  it('never when that does not help: the code says what to do', async () => {
    server = await answering(refused('UNAUTHENTICATED', 401));
    await expect(request(to(), newDocument().document, {})).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'UNAUTHENTICATED: no',
      status: 401,
    });
  });
});

describe('the typed client follows a stream', () => {
  it('behind a position, and is told together what comes together', async () => {
    const next = (n: number) => `id: p${n}\nevent: next\ndata: ${JSON.stringify({ data: { n } })}\n\n`;
    server = await answering((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`: open\n\n${next(1)}${next(2)}${next(3).slice(0, 20)}`);
      setTimeout(() => response.end(`${next(3).slice(20)}: alive\n\nevent: complete\ndata:\n\n`), 50);
    });
    const told: unknown[] = [];
    for await (const results of followed(to(), newDocument().document, {}, 'p0')) told.push(results);
    expect(told).toEqual([[{ n: 1 }, { n: 2 }], [{ n: 3 }]]);
    expect(server.received[0]?.headers['last-event-id']).toBe('p0');
  });

  it('until it tells an error, or is refused', async () => {
    const errors = JSON.stringify({ errors: [{ message: 'no', extensions: { code: 'UNAVAILABLE' } }] });
    server = await answering(
      (response) => response.writeHead(200).end(`event: next\ndata: ${errors}\n\n`),
      refused('RATE_LIMITED', 429),
    );
    for (const code of ['UNAVAILABLE', 'RATE_LIMITED']) {
      await expect(followed(to(), newDocument().document, {}, 'p0').next()).rejects.toMatchObject({ code });
    }
  });
});
