import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { IdentityVerifier } from './authentication.js';
import { AccessUnavailable } from './principal.js';

/** The provider whose tokens are taken. */
export interface OidcProvider {
  /** As in the claim `iss`, and where its `/.well-known/openid-configuration` lies. */
  readonly issuer: string;
  /** What its tokens must be meant for: the claim `aud`. */
  readonly audience: string;
}

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** Clocks of provider and server may differ by so much, in seconds. */
const SKEW_S = 60;
/** A provider that does not answer within this is not there, in milliseconds. */
const TIMEOUT_MS = 5_000;
/** A key that is not known is looked for again no sooner than this: made-up keys must not flood the provider. */
const COOLDOWN_MS = 5_000;
/** What a provider signs with: no secret that both know, and nothing unsigned. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/**
 * Verifies tokens of an OpenID Connect provider: signature by its published keys, which it may change, issuer, audience, times.
 *
 * @param lookupOf by what the person is found whom issuer and subject name.
 */
export function oidcVerifier(
  { issuer, audience }: OidcProvider,
  lookupOf: (issuer: string, subject: string) => string,
): IdentityVerifier {
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;
  const published = () => {
    keys ??= keysOf(issuer).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
  return {
    async verified(token) {
      try {
        const options = {
          issuer,
          audience,
          algorithms: ALGORITHMS,
          clockTolerance: SKEW_S,
          requiredClaims: ['exp', 'sub'],
        };
        const { payload } = await jwtVerify(token, await published(), options);
        const { sub, exp } = payload;
        if (sub === undefined || exp === undefined) return undefined;
        return { lookup: lookupOf(issuer, sub), until: (exp + SKEW_S) * 1_000 };
      } catch (error) {
        if (error instanceof AccessUnavailable) throw error;
        if (error instanceof errors.JOSEError && !isAbsence(error)) return undefined;
        throw new AccessUnavailable(`the keys of ${issuer} cannot be read`, { cause: error });
      }
    },
  };
}

/** The provider's keys could not be had, which says nothing of the token. */
function isAbsence(error: errors.JOSEError): boolean {
  return (
    error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error.code === 'ERR_JOSE_GENERIC'
  );
}

async function keysOf(issuer: string): Promise<ReturnType<typeof createRemoteJWKSet>> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const told = Discovery.parse(await response.json());
    if (told.issuer !== issuer) throw new Error(`it calls itself ${told.issuer}`);
    const options = { timeoutDuration: TIMEOUT_MS, cooldownDuration: COOLDOWN_MS };
    return createRemoteJWKSet(new URL(told.jwks_uri), options);
  } catch (error) {
    throw new AccessUnavailable(`${address} cannot be read`, { cause: error });
  }
}
