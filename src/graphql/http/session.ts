import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Authentication } from '../../access/authentication.js';
import { apiError } from '../errors.js';
import { describedBy, type OperationParts, routeOperation } from '../openapi/operation.js';
import { networkOf } from '../request/who.js';
import { bearerToken } from './bearer.js';
import { sendError } from './failures.js';
import { isOwnPage, isProtected, sessionCookie, sessionToken } from './sessionCookie.js';

/** Failed attempts to sign in that one network may make within a minute. */
const MAX_FAILED = 10;
/** How long a failed attempt counts, in milliseconds. */
const FAILURE_MS = 60_000;
/** Networks whose failed attempts are counted at once. */
const MAX_NETWORKS = 10_000;
/** Returns the description of an address of sessions. */
function sessionOperation(summary: string, access: OperationParts['access'] = 'open') {
  return routeOperation({ summary, tag: 'Web page', access, responses: { 204: ['Done.'] } });
}
const SIGN_IN = sessionOperation('Signs in on the web page, with a key or a one-time code', 'key');
const SIGN_OUT = sessionOperation('Signs out on the web page');
const SIGN_OUT_EVERYWHERE = sessionOperation('Signs out in all browsers');

/** How long the browser keeps the cookie, in seconds. The server ends the session earlier when it is not used. */
const COOKIE_SECONDS = 30 * 24 * 3_600;

/**
 * Serves signing in and out. `POST /session` starts a session with the key or the one-time code in the header
 * `Authorization: Bearer …`, which no log contains. `DELETE /session` ends it, `DELETE /sessions` ends all sessions of
 * the same person. Only pages of this server can use these addresses.
 */
export function serveSession(app: FastifyInstance, authentication: Authentication, log: Logger): void {
  const failed = new LRUCache<string, number>({ max: MAX_NETWORKS, ttl: FAILURE_MS });
  const answered = (work: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>) => {
    return async (request: FastifyRequest, reply: FastifyReply) => {
      reply.header('cache-control', 'no-store');
      try {
        if (!isOwnPage(request.headers, request.method)) throw apiError('FORBIDDEN', 'Sign in on the page of Letopis.');
        return await work(request, reply);
      } catch (error) {
        return sendError(request, reply, error, log);
      }
    };
  };
  app.post(
    '/session',
    describedBy({ post: SIGN_IN }),
    answered(async (request, reply) => {
      const { headers } = request;
      if (!isProtected(headers)) throw apiError('FORBIDDEN', 'Signing in over a network needs TLS: see operations.md.');
      const network = networkOf(request.ip);
      if ((failed.get(network) ?? 0) >= MAX_FAILED) {
        throw apiError('RATE_LIMITED', 'Too many failed attempts to sign in: try again in a minute.');
      }
      const token = await authentication.signIn(bearerToken(headers.authorization));
      if (token === undefined) {
        failed.set(network, (failed.get(network) ?? 0) + 1);
        throw apiError('INVALID_KEY', 'This key or code gives no access. A code can be used once, for 15 minutes.');
      }
      return reply
        .code(204)
        .header('set-cookie', sessionCookie(headers, token, COOKIE_SECONDS))
        .send();
    }),
  );
  const signingOut = (everywhere: boolean) =>
    answered(async ({ headers, method }, reply) => {
      const token = sessionToken(headers, method);
      if (token !== undefined) await authentication.signOut(token, everywhere);
      return reply
        .code(204)
        .header('set-cookie', sessionCookie(headers, undefined, 0))
        .send();
    });
  app.delete('/session', describedBy({ delete: SIGN_OUT }), signingOut(false));
  app.delete('/sessions', describedBy({ delete: SIGN_OUT_EVERYWHERE }), signingOut(true));
}
