import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { z } from 'zod';
import { AccessUnavailable } from './principal.js';

/** This installation as a client of an OpenID Connect provider. */
export interface SignInClient {
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined for a public client, which PKCE alone protects. */
  readonly clientSecret: string | undefined;
}

/** The data that the browser stores from the start of signing in until the return from the provider. */
export const PendingSignIn = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** The address to which the provider sends the browser back. */
  returnTo: z.url({ protocol: /^https?$/ }),
});
export type PendingSignIn = z.infer<typeof PendingSignIn>;

/**
 * The person whom a provider names, or the reason why there is none: the person has declined, or the answer belongs to
 * another sign-in.
 */
export type ProviderAnswer =
  | { readonly kind: 'named'; readonly subject: string }
  | { readonly kind: 'nobody'; readonly reason: string };

/** Signs people in at an OpenID Connect provider: authorization code with PKCE. */
export interface SignInProvider {
  readonly issuer: string;
  /**
   * Returns the address at the provider where the person signs in, and what the browser keeps until the return.
   *
   * @throws AccessUnavailable when the provider cannot be reached.
   */
  begin(returnTo: string): Promise<{ readonly address: URL; readonly pending: PendingSignIn }>;
  /**
   * Returns the person whom the provider names.
   *
   * @param query the query string of the address at which the browser came back.
   * @throws AccessUnavailable when the provider cannot be reached.
   */
  finish(query: string, pending: PendingSignIn): Promise<ProviderAnswer>;
}

/** Timeout of a request to the provider, in seconds. */
const PROVIDER_TIMEOUT_S = 5;

/** Codes of library errors for a provider that does not answer, gives an invalid answer, or refuses this client. */
const AWAY_CODES: ReadonlySet<string> = new Set([
  ...['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'],
  'OAUTH_WWW_AUTHENTICATE_CHALLENGE',
]);

/** Returns the provider where people sign in. Its configuration is read at the first use. */
export function signInProvider({ issuer, clientId, clientSecret }: SignInClient): SignInProvider {
  let known: Promise<Configuration> | undefined;
  const configuration = () => {
    // Verify the signature of the token too, because there may be a proxy between this server and the provider.
    const execute = [enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [allowInsecureRequests] : [])];
    known ??= discovery(new URL(issuer), clientId, clientSecret, undefined, { timeout: PROVIDER_TIMEOUT_S, execute });
    return known.catch((error: unknown) => {
      known = undefined;
      throw new AccessUnavailable(`${issuer} cannot be reached`, { cause: error });
    });
  };
  return {
    issuer,
    async begin(returnTo) {
      const config = await configuration();
      const pending = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), returnTo };
      const address = buildAuthorizationUrl(config, {
        scope: 'openid',
        redirect_uri: returnTo,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
      });
      return { address, pending };
    },
    async finish(query, { state, nonce, verifier, returnTo }) {
      const config = await configuration();
      try {
        const checks = {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        };
        const tokens = await authorizationCodeGrant(config, new URL(`${returnTo}?${query}`), checks);
        const subject = tokens.claims()?.sub;
        return subject === undefined ? { kind: 'nobody', reason: 'no subject' } : { kind: 'named', subject };
      } catch (error) {
        if (isProviderAway(error)) {
          throw new AccessUnavailable(`${issuer} cannot name anybody: ${reasonOfProvider(error)}`, { cause: error });
        }
        return { kind: 'nobody', reason: reasonOfProvider(error) };
      }
    },
  };
}

/**
 * Returns true if the provider could not be reached, sent an invalid answer or refused this client, so that nothing is
 * known about the person.
 */
function isProviderAway(error: unknown): boolean {
  // This error comes from the query string, which anybody may have written.
  if (error instanceof AuthorizationResponseError) return false;
  // Any other error is about this client, such as a wrong secret.
  if (error instanceof ResponseBodyError) return error.error !== 'invalid_grant';
  const code = codeOf(error);
  // Errors of connections have no code. Every error that the library finds in an answer has one.
  return code === undefined || AWAY_CODES.has(code);
}

/** Returns the reason for the log of the operator. It contains no token. The cause of the error does. */
function reasonOfProvider(error: unknown): string {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) return error.error;
  return `${codeOf(error) ?? 'unknown'}: ${error instanceof Error ? error.message : ''}`;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
