import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { IdentityVerifier } from './authentication.js';
import { AccessUnavailable } from './principal.js';

/** The OpenID Connect provider whose tokens are accepted. */
export interface OidcProvider {
  /** The claim `iss` of its tokens, and the base address of its `/.well-known/openid-configuration`. */
  readonly issuer: string;
  /** The claim `aud` that its tokens must have. */
  readonly audience: string;
}

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** Accepted difference between the clocks of provider and server, in seconds. */
const SKEW_S = 60;
/** Timeout of a request to the provider, in milliseconds. */
const PROVIDER_TIMEOUT_MS = 5_000;
/** Shortest time between two downloads of the keys, in milliseconds: invented key ids must not flood the provider. */
const COOLDOWN_MS = 5_000;
/** Accepted signature algorithms: asymmetric ones only, no shared secrets and not `none`. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/**
 * Returns a verifier for tokens of an OpenID Connect provider. It checks the signature by the published keys of the
 * provider, which may change, and issuer, audience and times.
 */
export function oidcVerifier({ issuer, audience }: OidcProvider): IdentityVerifier {
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;
  const published = () => {
    keys ??= issuerKeys(issuer).catch((error: unknown) => {
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
        return { issuer, subject: sub, until: (exp + SKEW_S) * 1_000 };
      } catch (error) {
        if (error instanceof AccessUnavailable) throw error;
        if (error instanceof errors.JOSEError && !isAbsence(error)) return undefined;
        throw new AccessUnavailable(`the keys of ${issuer} cannot be read`, { cause: error });
      }
    },
  };
}

/** Returns true when the keys of the provider could not be downloaded; then nothing is known about the token. */
function isAbsence(error: errors.JOSEError): boolean {
  return (
    error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error.code === 'ERR_JOSE_GENERIC'
  );
}

async function issuerKeys(issuer: string): Promise<ReturnType<typeof createRemoteJWKSet>> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(PROVIDER_TIMEOUT_MS) });
    const told = Discovery.parse(await response.json());
    if (told.issuer !== issuer) throw new Error(`its issuer is ${told.issuer}, not ${issuer}`);
    const options = { timeoutDuration: PROVIDER_TIMEOUT_MS, cooldownDuration: COOLDOWN_MS };
    return createRemoteJWKSet(new URL(told.jwks_uri), options);
  } catch (error) {
    throw new AccessUnavailable(`${address} cannot be read`, { cause: error });
  }
}
