import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';
import { z } from 'zod';
import { boundPort } from './ports.js';

/** A real OpenID Connect provider that issues tokens to programs. */
export interface TestProvider {
  readonly issuer: string;
  /** Returns a token for the API. The subject is the client's name. */
  token(client: string, options?: { readonly audience?: string; readonly seconds?: number }): Promise<string>;
  /** Signs with a new key from now on, and publishes only that key. */
  rotate(): Promise<void>;
  close(): Promise<void>;
}

const CLIENTS = ['ivanova', 'stranger'];
const Token = z.object({ access_token: z.string() });

/** Starts a provider. */
export async function startProvider(): Promise<TestProvider> {
  const server: Server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${boundPort(server)}`;
  let keys = 0;
  const next = async () => {
    keys += 1;
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: `key-${keys}`, use: 'sig', alg: 'ES256' };
    const provider = new Provider(issuer, {
      jwks: { keys: [jwk] },
      clients: CLIENTS.map((client_id) => ({
        ...{ client_id, client_secret: `secret of ${client_id}`, grant_types: ['client_credentials'] },
        ...{ redirect_uris: [], response_types: [], id_token_signed_response_alg: 'ES256' },
      })),
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
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
    server.removeAllListeners('request');
    server.on('request', provider.callback());
  };
  await next();
  return {
    issuer,
    rotate: next,
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
}
