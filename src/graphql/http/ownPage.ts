import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { apiError } from '../errors.js';
import { isOwnPage, isProtected } from './cookies.js';
import { sendError } from './failures.js';

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/**
 * Returns the handler of an address for signing in or out, which only pages of this server may use. Its responses must
 * not be cached. Thrown errors are sent as errors of the API.
 */
export function forOwnPage(log: Logger, work: Handler): Handler {
  return async (request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      if (!isOwnPage(request.headers, request.method)) throw apiError('FORBIDDEN', 'Sign in on the page of Letopis.');
      return await work(request, reply);
    } catch (error) {
      return sendError(request, reply, error, log);
    }
  };
}

/** Checks that a request to sign in is encrypted or local. @throws GraphQLError FORBIDDEN */
export function requireProtection({ headers }: FastifyRequest): void {
  if (!isProtected(headers)) throw apiError('FORBIDDEN', 'Signing in over a network needs TLS: see operations.md.');
}
