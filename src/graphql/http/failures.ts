import type { FastifyError, FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { FAILED, isUnavailable, RETRY_AFTER, UNAVAILABLE } from '../unavailable.js';

/**
 * Answers what no handler answered: a failure of an engine as UNAVAILABLE with status 503, any other one with status 500, neither with a
 * word of the error itself. Errors of the request stay as the framework words them. Every answer with status 503 tells when to come again.
 */
export function answerFailures(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { statusCode = 500 } = error;
    const isAway = isUnavailable(error);
    if (!isAway && statusCode < 500) return reply.code(statusCode).send(error);
    log.error(
      { err: error, path: request.url.split('?')[0] },
      isAway ? 'a store is not available' : 'a request failed',
    );
    const code = isAway ? 'UNAVAILABLE' : 'INTERNAL_SERVER_ERROR';
    const message = isAway ? UNAVAILABLE : FAILED;
    const isGraphql = /^\/graphql\b/.test(request.url);
    const body = isGraphql ? { errors: [{ message, extensions: { code } }] } : { error: { code, message } };
    // What was set for a file that could not be begun is not true of this answer.
    reply.removeHeader('content-disposition');
    return reply
      .code(isAway ? 503 : 500)
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(body);
  });
  app.addHook('onSend', async (_request, reply, payload) => {
    if (reply.statusCode === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', RETRY_AFTER);
    return payload;
  });
}
