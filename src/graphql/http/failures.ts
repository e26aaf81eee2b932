import type { FastifyError, FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { asGraphQLError, publicError } from '../request/faults.js';
import { statusOf } from '../rest.js';

/** Seconds until it is worth asking again: the `Retry-After` of an answer with status 503. */
const RETRY_SECONDS = '2';

/**
 * Answers what no handler answered: a failure of an engine as UNAVAILABLE with status 503, any other one with status 500, neither with a
 * word of the error itself. Errors of the request stay as the framework words them. Every answer with status 503 says when to come again.
 */
export function answerFailures(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error: FastifyError | GraphQLError, request, reply) => {
    if (!(error instanceof GraphQLError) && error.statusCode !== undefined && error.statusCode < 500) {
      return reply.code(error.statusCode).send(error);
    }
    const { message, extensions } = publicError(asGraphQLError(error), log);
    const code = String(extensions?.code);
    const isGraphql = /^\/graphql\b/.test(request.url);
    const body = isGraphql ? { errors: [{ message, extensions }] } : { error: { code, message } };
    // What was set for a file that could not be begun is not true of this answer.
    reply.removeHeader('content-disposition');
    return reply
      .code(statusOf(extensions))
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(body);
  });
  app.addHook('onSend', async (_request, reply, payload) => {
    if (reply.statusCode === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', RETRY_SECONDS);
    return payload;
  });
}
