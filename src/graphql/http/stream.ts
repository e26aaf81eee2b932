import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { z } from 'zod';
import { apiError } from '../errors.js';
import type { CallerConnections } from '../limits/connections.js';
import type { Subscription } from '../live/hub.js';
import { STREAM, STREAM_BY_GET } from '../openapi/graphql.js';
import { describedBy } from '../openapi/operation.js';
import { type GraphQLAnswer, refusedAnswer } from '../request/answer.js';
import type { GraphQLRequest } from '../request/document.js';
import { asGraphQLError, mayRetry } from '../request/faults.js';
import type { Requests } from '../request.js';
import { identificationOf } from './door.js';
import { sendError } from './failures.js';
import { FOREIGN_ORIGIN, isAllowedOrigin } from './origin.js';
import { StreamSink } from './sinks.js';

/** Longest request body, in bytes. */
const MAX_STREAM_BODY = 100_000;

/** Interval of heartbeats, in milliseconds, so that proxies do not close an idle connection. */
const STREAM_HEARTBEAT_MS = 15_000;

const Body = z.object({
  query: z.string().optional(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
  extensions: z.looseObject({ persistedQuery: z.unknown().optional() }).nullish().catch(null),
});

/**
 * Serves subscriptions as server-sent events at /graphql/stream, GET or POST, one for each connection: `event: next`
 * with a result as data, `event: complete` at the end. The event id is the `position` of the result, if it was
 * selected. `Last-Event-ID` resumes after it.
 */
export function serveStream(app: FastifyInstance, requests: Requests, connections: CallerConnections): void {
  const { log, services } = requests.parts;
  app.route({
    url: '/graphql/stream',
    method: ['GET', 'POST'],
    ...describedBy({ get: STREAM_BY_GET, post: STREAM }),
    bodyLimit: MAX_STREAM_BODY,
    async onRequest(request, reply) {
      if (isAllowedOrigin(request.headers, services.limits.origins)) return;
      services.observer?.turnedAway('origin');
      return sendError(request, reply, apiError('FORBIDDEN', FOREIGN_ORIGIN), log);
    },
    async handler(request, reply) {
      const answered = ({ status, text }: GraphQLAnswer) => reply.code(status).type('application/json').send(text);
      const refused = (error: GraphQLError) => answered(refusedAnswer([error], log));
      const asked = streamRequest(request);
      if (asked === 'unknown') return refused(UNKNOWN_DOCUMENT);
      if (!asked) return refused(apiError('BAD_USER_INPUT', 'Give query, and variables as a JSON object.'));
      try {
        const visit = await requests.enter(identificationOf(requests, request));
        const leave = connections.enter(visit.budgetKey);
        if (!leave) return refused(tooMany(connections.max));
        try {
          const lastEventId = request.headers['last-event-id'];
          const opened = await requests.subscribe(
            asked,
            visit,
            typeof lastEventId === 'string' ? lastEventId : undefined,
          );
          if (!('tell' in opened)) return answered(opened);
          reply.hijack();
          await writeStream(reply, opened, requests);
          return reply;
        } finally {
          leave();
        }
      } catch (error) {
        return refused(asGraphQLError(error));
      }
    },
  });
}

const UNKNOWN_DOCUMENT = apiError('PERSISTED_QUERY_NOT_FOUND', 'This document is not known here: send its text.', {
  http: { status: 404 },
});

function tooMany(max: number): GraphQLError {
  return apiError('RATE_LIMITED', `One caller has at most ${max} connections.`, { http: { status: 429 } });
}

async function writeStream(reply: FastifyReply, subscription: Subscription, { parts }: Requests): Promise<void> {
  const { raw: response } = reply;
  const { log, services } = parts;
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) response.setHeader(name, value);
  }
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  response.write(': open\n\n');
  const left = new AbortController();
  const sink = new StreamSink(response, services.limits.patienceMs);
  const heartbeat = setInterval(() => {
    if (!sink.isFull) response.write(': alive\n\n');
  }, STREAM_HEARTBEAT_MS).unref();
  response.once('close', () => left.abort());
  try {
    await subscription.tell(sink, left.signal);
    endStream(response);
  } catch (error) {
    const { text } = refusedAnswer([asGraphQLError(error)], log);
    // Disconnect without `complete`: the client reconnects and resumes after its last result.
    if (mayRetry(error)) response.destroy();
    else endStream(response, `event: next\ndata: ${text}\n\n`);
  } finally {
    clearInterval(heartbeat);
  }
}

/** Completes a stream after an optional last event. */
function endStream(response: ServerResponse, last = ''): void {
  if (!response.destroyed) response.end(`${last}event: complete\ndata:\n\n`);
}

function streamRequest({ method, query, body }: FastifyRequest): GraphQLRequest | 'unknown' | undefined {
  const given = Body.safeParse(method === 'GET' ? withJson(query) : body);
  if (!given.success) return undefined;
  const { query: text, variables, operationName, extensions } = given.data;
  if (text === undefined) return extensions?.persistedQuery === undefined ? undefined : 'unknown';
  return {
    query: text,
    variables: variables ?? undefined,
    operationName: operationName ?? undefined,
    wantsCost: false,
  };
}

/** Parameters of a GET whose values are JSON. */
const OBJECTS: readonly string[] = ['variables', 'extensions'];

function withJson(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query;
  try {
    return Object.fromEntries(
      Object.entries(query).map(([name, value]) => [name, OBJECTS.includes(name) ? JSON.parse(String(value)) : value]),
    );
  } catch {
    return undefined;
  }
}
