import compress from '@fastify/compress';
import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Limits } from '../limits/limits.js';
import { securityHeaders } from './securityHeaders.js';
import { serveValidators } from './validators.js';

/** Answers shorter than this are not worth packing, in bytes. */
export const WORTH_PACKING = 1_024;

/** Tells one caller from another before anybody is let in. */
export type CallerKey = (request: FastifyRequest) => string;

/** What stands between the network and every address: headers of security, origins, a rate for each caller, gzip. */
export async function protect(
  app: FastifyInstance,
  { perMinute, origins }: Limits,
  callerKey: CallerKey,
): Promise<void> {
  const headers = securityHeaders(origins.length > 0);
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
  await app.register(cors, {
    origin: origins.length > 0 ? [...origins] : false,
    methods: ['GET', 'POST'],
    allowedHeaders: ['authorization', 'content-type', 'accept-language', 'apollo-require-preflight', 'last-event-id'],
    exposedHeaders: ['etag', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'retry-after'],
    maxAge: 600,
  });
  await app.register(rateLimit, {
    global: true,
    max: perMinute,
    timeWindow: 60_000,
    keyGenerator: callerKey,
    enableDraftSpec: true,
    allowList: ({ url }) => url.startsWith('/health/'),
    errorResponseBuilder: (_, { max, after }) => {
      const message = `More than ${max} requests in a minute: come again in ${after}.`;
      return { statusCode: 429, errors: [{ message, extensions: { code: 'RATE_LIMITED' } }] };
    },
  });
  serveValidators(app);
  await app.register(compress, { threshold: WORTH_PACKING, encodings: ['gzip'], globalDecompression: false });
}
