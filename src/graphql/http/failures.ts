import type { FastifyError, FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { asGraphQLError, publicError } from '../request/faults.js';
import { httpStatus } from '../rest.js';

/** Seconds in `Retry-After` of a response with status 429 or 503. */
export const RETRY_SECONDS = '2';

/**
 * Handles errors that no handler caught. An unavailable store becomes UNAVAILABLE with status 503, any other failure
 * status 500; neither shows the message of the error. Client errors keep the message of the framework. Responses with
 * status 503 get a `Retry-After` header.
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
    // Set for a file that could not be started; this response is not one.
    reply.removeHeader('content-disposition');
    return reply
      .code(httpStatus(extensions))
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(body);
  });
  app.addHook('onSend', async (_request, reply, payload) => {
    if (reply.statusCode === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', RETRY_SECONDS);
    return payload;
  });
}
