import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Served, serve } from '../../src/app/serve.js';
import { apiAt } from '../support/api.js';
import { issueKeys, keyOf } from '../support/keys.js';
import { boundPort } from '../support/ports.js';
import { removeDirectory, sampleOf, silent, temporaryDirectory, testConfig } from '../support/server.js';

const Spans = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
            }),
          ),
        }),
      ),
    }),
  ),
});
type Span = z.infer<typeof Spans>['resourceSpans'][number]['scopeSpans'][number]['spans'][number];

const spans: Span[] = [];
/** A collector for OTLP over HTTP. */
const collector = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { resourceSpans } = Spans.parse(JSON.parse(Buffer.concat(chunks).toString()));
    spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
    response.setHeader('content-type', 'application/json').end('{}');
  });
});
let directory: string;
let served: Served;

beforeAll(async () => {
  directory = await temporaryDirectory();
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  served = await serve(
    { ...testConfig({ directory }), LETOPIS_TRACES: `http://127.0.0.1:${boundPort(collector)}/v1/traces` },
    silent,
    issueKeys,
  );
});
afterAll(async () => {
  collector.close();
  await removeDirectory(directory);
});

describe('tracing', () => {
  it('tells a request, its command and its append as one trace, that of the caller', async () => {
    const api = apiAt(served.address);
    const sample = await sampleOf(api);
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const input = `{ activityId: "${sample.activity(3)}", actualOn: "2020-09-30" }`;
    const document = `mutation { completeActivity(input: ${input}) { position } }`;
    await api.post(JSON.stringify({ query: document }), {
      authorization: `Bearer ${keyOf('administrator')}`,
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    });
    // The remaining spans are delivered when the server stops.
    await served.close();
    const own = spans.filter((span) => span.traceId === traceId);
    const named = (name: string) => own.find((span) => span.name === name);
    expect(own.map(({ name }) => name).toSorted()).toEqual(['HTTP POST', 'append', 'command']);
    expect(named('HTTP POST')?.parentSpanId).toBe('b7ad6b7169203331');
    expect(named('command')?.parentSpanId).toBe(named('HTTP POST')?.spanId);
    expect(named('append')?.parentSpanId).toBe(named('command')?.spanId);
  });
});
