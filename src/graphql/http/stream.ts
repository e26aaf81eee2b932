import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ExecutionResult, GraphQLError, getOperationAST, subscribe } from 'graphql';
import { z } from 'zod';
import { apiError } from '../errors.js';
import { type Asked, checked } from '../limits/check.js';
import { statusOf } from '../rest.js';
import { schema } from '../schema.js';
import type { LiveParts } from './live.js';

/** Silence is broken after this long, in milliseconds, so that nothing on the way gives the connection up. */
const HEARTBEAT_MS = 15_000;

const Body = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/**
 * Subscriptions as server-sent events at /graphql/stream, GET or POST, one to a connection: `event: next` with a result as data,
 * `event: complete` at the end. Where the result tells a `position`, it is the event's id, and `Last-Event-ID` goes on behind it.
 */
export function serveStream(app: FastifyInstance, { contextFor, documents, limits, connections }: LiveParts): void {
  app.route({
    url: '/graphql/stream',
    method: ['GET', 'POST'],
    async handler(request, reply) {
      const refused = (status: number, ...errors: readonly GraphQLError[]) => reply.code(status).send({ errors });
      const asked = askedBy(request);
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
          const results = await subscribe({
            schema: schema(),
            document: found.document,
            contextValue: context,
            variableValues: asked.variables,
            operationName: asked.operationName,
          });
          if (!(Symbol.asyncIterator in results)) return refused(400, ...(results.errors ?? []));
          reply.hijack();
          await told(reply.raw, results, context.caller.ended, reply.getHeaders());
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

async function told(
  response: ServerResponse,
  results: AsyncGenerator<ExecutionResult, void, void>,
  ended: AbortSignal,
  headers: Readonly<Record<string, number | string | string[] | undefined>>,
): Promise<void> {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  response.write(': open\n\n');
  const stop = () => void results.return();
  const heartbeat = setInterval(() => response.write(': alive\n\n'), HEARTBEAT_MS).unref();
  response.once('close', stop);
  ended.addEventListener('abort', stop);
  try {
    for await (const result of results) {
      const id = positionIn(result);
      const text = `${id === undefined ? '' : `id: ${id}\n`}event: next\ndata: ${JSON.stringify(result)}\n\n`;
      // A slow reader is waited for: what it has not read is read from the read models then.
      if (!response.write(text) && !response.destroyed)
        await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  } catch (error) {
    // What could not be told in the middle is told as a result of its own; the client comes again behind its last one.
    const fault = error instanceof GraphQLError ? error : apiError('UNAVAILABLE', 'The stream was cut: come again.');
    response.write(`event: next\ndata: ${JSON.stringify({ errors: [fault] })}\n\n`);
  } finally {
    if (!response.destroyed) response.end('event: complete\ndata:\n\n');
    clearInterval(heartbeat);
    ended.removeEventListener('abort', stop);
  }
}

/** The position that a result tells: what its root field says, or where no field is asked for, nothing. */
function positionIn({ data }: ExecutionResult): string | undefined {
  const [root] = Object.values(data ?? {});
  if (typeof root !== 'object' || root === null || !('position' in root)) return undefined;
  return typeof root.position === 'string' ? root.position : undefined;
}

function askedBy({ method, query, body }: FastifyRequest): Asked | undefined {
  const given = Body.safeParse(method === 'GET' ? withJson(query) : body);
  if (!given.success) return undefined;
  const { query: text, variables, operationName } = given.data;
  return { query: text, variables: variables ?? undefined, operationName: operationName ?? undefined };
}

function withJson(query: unknown): unknown {
  if (typeof query !== 'object' || query === null || !('variables' in query)) return query;
  try {
    return { ...query, variables: JSON.parse(String(query.variables)) };
  } catch {
    return undefined;
  }
}
