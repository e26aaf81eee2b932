import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GraphQLError, getOperationAST } from 'graphql';
import { z } from 'zod';
import { apiError } from '../errors.js';
import { type Asked, checked } from '../limits/check.js';
import type { Subscription } from '../live/hub.js';
import type { LiveParts } from '../live/parts.js';
import { statusOf } from '../rest.js';
import { schema } from '../schema.js';
import { mayPass, publicError, type Report } from '../unavailable.js';
import { FOREIGN_ORIGIN, isAllowedOrigin } from './origin.js';
import { StreamSink } from './sinks.js';

/** Longest body of a request, in bytes. */
const MAX_BODY = 100_000;

/** Silence is broken after this long, in milliseconds, so that nothing on the way gives the connection up. */
const HEARTBEAT_MS = 15_000;

const Body = z.object({
  query: z.string().optional(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
  extensions: z.looseObject({ persistedQuery: z.unknown().optional() }).nullish().catch(null),
});

/**
 * Subscriptions as server-sent events at /graphql/stream, GET or POST, one to a connection: `event: next` with a result as data,
 * `event: complete` at the end. Where the result tells a `position`, it is the event's id, and `Last-Event-ID` goes on behind it.
 */
export function serveStream(
  app: FastifyInstance,
  { contextFor, documents, hub, limits, connections, report, observer }: LiveParts,
): void {
  app.route({
    url: '/graphql/stream',
    method: ['GET', 'POST'],
    bodyLimit: MAX_BODY,
    async onRequest({ headers }, reply) {
      if (isAllowedOrigin(headers, limits.origins)) return;
      observer?.turnedAway('origin');
      return reply.code(403).send({ errors: [apiError('FORBIDDEN', FOREIGN_ORIGIN)] });
    },
    async handler(request, reply) {
      const refused = (status: number, ...errors: readonly GraphQLError[]) => reply.code(status).send({ errors });
      const asked = askedBy(request);
      if (asked === 'unknown')
        return refused(404, apiError('PERSISTED_QUERY_NOT_FOUND', 'This document is not known here: send its text.'));
      if (!asked) return refused(400, apiError('BAD_USER_INPUT', 'Give query, and variables as a JSON object.'));
      try {
        const { authorization, 'accept-language': language, 'last-event-id': lastEventId } = request.headers;
        const context = await contextFor(authorization, language, 'subscription');
        const found = checked(asked, documents, limits);
        if ('errors' in found) return refused(400, ...found.errors);
        if (getOperationAST(found.document, asked.operationName)?.operation !== 'subscription') {
          return refused(400, apiError('BAD_USER_INPUT', 'A stream is of a subscription: ask the rest at /graphql.'));
        }
        const leave = connections.enter(context.caller.principal.id);
        if (!leave)
          return refused(429, apiError('RATE_LIMITED', `One key has at most ${connections.max} connections.`));
        if (typeof lastEventId === 'string' && lastEventId !== '') context.lastEventId = lastEventId;
        try {
          const { variables, operationName } = asked;
          const operation = { schema: schema(), document: found.document, variables: variables ?? {}, operationName };
          const opened = await hub.open(operation, context);
          if (!('tell' in opened)) {
            const errors = (opened.errors ?? []).map((error) => publicError(error, report));
            return reply.code(opened.errors?.some(mayPass) ? 503 : 400).send({ errors });
          }
          reply.hijack();
          await written(reply.raw, opened, reply.getHeaders(), report);
          return reply;
        } finally {
          leave();
        }
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        return refused(statusOf(error), error);
      }
    },
  });
}

async function written(
  response: ServerResponse,
  subscription: Subscription,
  headers: Readonly<Record<string, number | string | string[] | undefined>>,
  report: Report,
): Promise<void> {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  response.write(': open\n\n');
  const left = new AbortController();
  const heartbeat = setInterval(() => response.write(': alive\n\n'), HEARTBEAT_MS).unref();
  response.once('close', () => left.abort());
  try {
    await subscription.tell(new StreamSink(response), left.signal);
    if (!response.destroyed) response.end('event: complete\ndata:\n\n');
  } catch (error) {
    report(error);
    // Cut and not completed: the client comes again behind its last result.
    response.destroy();
  } finally {
    clearInterval(heartbeat);
  }
}

function askedBy({ method, query, body }: FastifyRequest): Asked | 'unknown' | undefined {
  const given = Body.safeParse(method === 'GET' ? withJson(query) : body);
  if (!given.success) return undefined;
  const { query: text, variables, operationName, extensions } = given.data;
  if (text === undefined) return extensions?.persistedQuery === undefined ? undefined : 'unknown';
  return { query: text, variables: variables ?? undefined, operationName: operationName ?? undefined };
}

/** Parameters that hold JSON. */
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
