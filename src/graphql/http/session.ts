import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Authentication } from '../../access/authentication.js';
import { apiError } from '../errors.js';
import { describedBy, type OperationParts, routeOperation } from '../openapi/operation.js';
import { bearerToken } from './bearer.js';
import type { FailedAttempts } from './failedAttempts.js';
import { forOwnPage, requireProtection } from './ownPage.js';
import { sessionCookie, sessionToken } from './sessionCookie.js';

/** Returns the description of an address of sessions. */
function sessionOperation(summary: string, access: OperationParts['access'] = 'open') {
  return routeOperation({ summary, tag: 'Web page', access, responses: { 204: ['Done.'] } });
}
const SIGN_IN = sessionOperation('Signs in on the web page, with a key or a one-time code', 'key');
const SIGN_OUT = sessionOperation('Signs out on the web page');
const SIGN_OUT_EVERYWHERE = sessionOperation('Signs out in all browsers');

/** Dependencies of the addresses to sign in. */
export interface SigningInParts {
  readonly authentication: Authentication;
  readonly attempts: FailedAttempts;
  readonly log: Logger;
}

/**
 * Serves signing in and out. `POST /session` starts a session with the key or the one-time code in the header
 * `Authorization: Bearer …`, which no log contains. `DELETE /session` ends it, `DELETE /sessions` ends all sessions of
 * the same person. Only pages of this server can use these addresses.
 */
export function serveSession(app: FastifyInstance, { authentication, attempts, log }: SigningInParts): void {
  app.post(
    '/session',
    describedBy({ post: SIGN_IN }),
    forOwnPage(log, async (request, reply) => {
      const { headers } = request;
      requireProtection(request);
      attempts.check(request.ip);
      const token = await authentication.signIn(bearerToken(headers.authorization));
      if (token === undefined) {
        attempts.count(request.ip);
        throw apiError('INVALID_KEY', 'This key or code gives no access. A code can be used once, for 15 minutes.');
      }
      return reply.code(204).header('set-cookie', sessionCookie(headers, token)).send();
    }),
  );
  const signingOut = (everywhere: boolean) =>
    forOwnPage(log, async ({ headers, method }, reply) => {
      const token = sessionToken(headers, method);
      if (token !== undefined) await authentication.signOut(token, everywhere);
      return reply.code(204).header('set-cookie', sessionCookie(headers, undefined)).send();
    });
  app.delete('/session', describedBy({ delete: SIGN_OUT }), signingOut(false));
  app.delete('/sessions', describedBy({ delete: SIGN_OUT_EVERYWHERE }), signingOut(true));
}
