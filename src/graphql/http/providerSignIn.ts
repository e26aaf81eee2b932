import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { AccessUnavailable } from '../../access/principal.js';
import { PendingSignIn, type SignInProvider } from '../../access/signInProvider.js';
import { apiError } from '../errors.js';
import { describedBy, routeOperation } from '../openapi/operation.js';
import { cookieHeader, cookieIn } from './cookies.js';
import { forOwnPage, requireProtection } from './ownPage.js';
import type { SigningInParts } from './session.js';
import { sessionCookie } from './sessionCookie.js';

/** The cookie of an unfinished sign-in. It is `Lax`, because the browser returns by a link from the provider's site. */
const PENDING = { name: 'letopis_sign_in', sameSite: 'Lax', seconds: 600 } as const;

/** The address to which the provider sends people back. It is registered at the provider. */
const RETURN = '/sign-in/return';

const WAYS = routeOperation({
  summary: 'How people may sign in on the web page',
  tag: 'Web page',
  access: 'open',
  responses: {
    200: [
      'The host of the identity provider; null: people sign in with a key or a link.',
      {
        'application/json': {
          type: 'object',
          required: ['provider'],
          properties: { provider: { type: ['string', 'null'] } },
        },
      },
    ],
  },
});
const BEGIN_AT_PROVIDER = routeOperation({
  summary: 'Begins signing in at the identity provider',
  tag: 'Web page',
  access: 'open',
  responses: {
    200: [
      'The address at the provider where the person goes on.',
      {
        'application/json': {
          type: 'object',
          required: ['address'],
          properties: { address: { type: 'string', format: 'uri' } },
        },
      },
    ],
  },
});
const RETURN_FROM_PROVIDER = routeOperation({
  summary: 'Ends signing in at the identity provider, which sends the person here',
  tag: 'Web page',
  access: 'open',
  query: { code: 'The code of the provider.', state: 'The sign-in that it answers.' },
  responses: { 303: ['To the web page, which says what failed if something did.'] },
});

/**
 * Reasons for a failed sign-in. The page shows a message for each. The names occur in the address `/sign-in?failed=…`.
 */
type SignInFailure = 'declined' | 'unknown' | 'away' | 'often';

/**
 * Serves signing in at an OpenID Connect provider. `GET /sign-in/ways` returns whether there is a provider,
 * `POST /sign-in/provider` begins, and the provider sends the browser back to `GET /sign-in/return`.
 */
export function serveProviderSignIn(
  app: FastifyInstance,
  provider: SignInProvider | undefined,
  { authentication, attempts, log }: SigningInParts,
): void {
  app.get('/sign-in/ways', describedBy({ get: WAYS }), async () => ({
    provider: provider ? new URL(provider.issuer).host : null,
  }));
  app.post(
    '/sign-in/provider',
    describedBy({ post: BEGIN_AT_PROVIDER }),
    forOwnPage(log, async (request, reply) => {
      requireProtection(request);
      if (!provider) throw apiError('NOT_FOUND', 'No identity provider is configured: see docs/access.md.');
      attempts.check(request.ip);
      const { address, pending } = await provider.begin(`${request.headers.origin}${RETURN}`);
      reply.header('set-cookie', cookieHeader(request.headers, PENDING, encoded(pending)));
      return reply.send({ address: address.href });
    }),
  );
  app.get(RETURN, describedBy({ get: RETURN_FROM_PROVIDER }), async (request, reply) => {
    const { headers, ip, url } = request;
    const done = (to: string, cookies: readonly string[] = []) => {
      reply.header('set-cookie', [cookieHeader(headers, PENDING, undefined), ...cookies]);
      return reply.header('cache-control', 'no-store').redirect(to, 303);
    };
    const failed = (failure: SignInFailure, more = '') => done(`/sign-in?failed=${failure}${more}`);
    const pending = pendingIn(cookieIn(headers, PENDING));
    if (!provider || !pending) return failed('declined');
    if (attempts.areTooMany(ip)) return failed('often');
    try {
      const person = await provider.finish(url.split('?')[1] ?? '', pending);
      if (person.kind === 'nobody') {
        attempts.count(ip);
        log.warn({ reason: person.reason }, 'the identity provider has named nobody');
        return failed('declined');
      }
      const token = await authentication.signInByIdentity(provider.issuer, person.subject);
      if (token !== undefined) return done('/', [sessionCookie(headers, token)]);
      attempts.count(ip);
      return failed('unknown', `&subject=${encodeURIComponent(person.subject)}`);
    } catch (error) {
      if (!(error instanceof AccessUnavailable)) throw error;
      log.error({ err: error }, 'signing in at the identity provider failed');
      return failed('away');
    }
  });
}

function encoded(pending: PendingSignIn): string {
  return Buffer.from(JSON.stringify(pending)).toString('base64url');
}

function pendingIn(cookie: string | undefined): PendingSignIn | undefined {
  if (cookie === undefined) return undefined;
  try {
    return PendingSignIn.parse(JSON.parse(Buffer.from(cookie, 'base64url').toString()));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
