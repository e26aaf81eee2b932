import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { type ClientMetadata, Provider } from 'oidc-provider';
import { z } from 'zod';
import { boundPort } from './ports.js';

/** A real OpenID Connect provider that issues tokens to programs and signs people in. */
export interface TestProvider {
  readonly issuer: string;
  /** Settings of a server where people sign in with this provider. */
  readonly settings: Readonly<Record<string, string>>;
  /** Registers the address of that server. */
  register(address: string): void;
  /** The person who signs in next; undefined declines. */
  person: string | undefined;
  /** Returns a token for the API. The subject is the client's name. */
  token(client: string, options?: { readonly audience?: string; readonly seconds?: number }): Promise<string>;
  /** Signs with a new key from now on, and publishes only that key. */
  rotate(): Promise<void>;
  close(): Promise<void>;
}

const CLIENTS = ['ivanova', 'stranger'];
const PAGE = { client_id: 'page', client_secret: 'secret of the page', id_token_signed_response_alg: 'ES256' } as const;
/** Prefix of the addresses at the provider where people identify themselves. */
const INTERACTION = '/interaction/';
const Token = z.object({ access_token: z.string() });

/** Starts a provider. */
export async function startProvider(): Promise<TestProvider> {
  const server: Server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${boundPort(server)}`;
  let keys = 0;
  let jwk: JWK = {};
  const clients: ClientMetadata[] = CLIENTS.map((client_id) => ({
    ...{ client_id, client_secret: `secret of ${client_id}`, grant_types: ['client_credentials'] },
    ...{ redirect_uris: [], response_types: [], id_token_signed_response_alg: 'ES256' },
  }));
  const begin = () => {
    const provider = new Provider(issuer, {
      jwks: { keys: [jwk] },
      clients,
      cookies: { keys: ['key of the cookies'] },
      interactions: { url: (_, { uid }) => `${INTERACTION}${uid}` },
      findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
      loadExistingGrant: async ({ oidc: { client, session } }) => {
        const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
        grant.addOIDCScope('openid');
        await grant.save();
        return grant;
      },
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => [],
          getResourceServerInfo: (_, resource) => {
            const { hostname, searchParams } = new URL(resource);
            return {
              scope: 'api',
              audience: hostname,
              accessTokenFormat: 'jwt',
              accessTokenTTL: Number(searchParams.get('seconds') ?? 600),
              jwt: { sign: { alg: 'ES256' } },
            };
          },
        },
      },
    });
    const answer = provider.callback();
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (!request.url?.startsWith(INTERACTION)) return answer(request, response);
      // In place of the page on which people enter their password.
      const { person } = started;
      const result = person === undefined ? { error: 'access_denied' } : { login: { accountId: person } };
      return provider.interactionFinished(request, response, result);
    });
  };
  const started: TestProvider = {
    issuer,
    person: undefined,
    settings: {
      ...{ LETOPIS_OIDC_ISSUER: issuer, LETOPIS_OIDC_CLIENT_ID: PAGE.client_id },
      LETOPIS_OIDC_CLIENT_SECRET: PAGE.client_secret,
    },
    register(address) {
      clients.push({ ...PAGE, redirect_uris: [`${address}/sign-in/return`] });
      begin();
    },
    async rotate() {
      keys += 1;
      const { privateKey } = await generateKeyPair('ES256', { extractable: true });
      jwk = { ...(await exportJWK(privateKey)), kid: `key-${keys}`, use: 'sig', alg: 'ES256' };
      begin();
    },
    async token(client, { audience = 'letopis', seconds = 600 } = {}) {
      const response = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${client}:${encodeURIComponent(`secret of ${client}`)}`).toString('base64')}`,
        },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          scope: 'api',
          resource: `https://${audience}/?seconds=${seconds}`,
        }),
      });
      const answer: unknown = await response.json();
      const token = Token.safeParse(answer);
      if (!token.success) throw new Error(`no token: ${JSON.stringify(answer)}`);
      return token.data.access_token;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  await started.rotate();
  return started;
}
