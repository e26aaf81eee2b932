import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import { onAccess } from '../support/access.js';
import { startProvider, type TestProvider } from '../support/oidc.js';
import { startServer, type TestServer } from '../support/server.js';
import { until } from '../support/waiting.js';

let provider: TestProvider;
let server: TestServer;

beforeAll(async () => {
  // The provider prints warnings about missing production settings.
  for (const way of ['warn', 'info'] as const) jest.spyOn(console, way).mockImplementation(() => undefined);
  provider = await startProvider();
  server = await startServer({ sample: 'off', clock: 'PT0S', settings: { LETOPIS_OIDC_ISSUER: provider.issuer } });
  const identity = { issuer: provider.issuer, subject: 'ivanova' };
  const issued = await onAccess(server, 'issueAccess', { name: 'Иванова А.П.', role: 'METHODOLOGIST', identity });
  expect(issued).toMatchObject({
    token: null,
    userErrors: [],
    access: { credentials: [{ kind: 'IDENTITY', hint: provider.issuer }] },
  });
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

const viewer = async (token: string) => {
  const { status, data } = await server.post('{"query":"{ viewer { name role } }"}', {
    authorization: `Bearer ${token}`,
  });
  return { status, data };
};

describe('a person whom an identity provider names', () => {
  it('comes by its token, and is who they were said to be', async () => {
    expect(await viewer(await provider.token('ivanova'))).toEqual({
      status: 200,
      data: { viewer: { name: 'Иванова А.П.', role: 'METHODOLOGIST' } },
    });
  });

  it('is let in once: the same identity is not given other access', async () => {
    const input = { name: 'Другая', role: 'DIRECTOR', identity: { issuer: provider.issuer, subject: 'ivanova' } };
    expect((await onAccess(server, 'issueAccess', input)).userErrors).toMatchObject([{ code: 'ACCESS_EXISTS' }]);
  });

  it.each([
    ['is known to the provider and not here', () => provider.token('stranger')],
    ['has a token for something else', () => provider.token('ivanova', { audience: 'elsewhere' })],
    [
      'has signed a token without any key',
      async () =>
        new UnsecuredJWT({})
          .setIssuer(provider.issuer)
          .setSubject('ivanova')
          .setAudience('letopis')
          .setExpirationTime('1h')
          .encode(),
    ],
    [
      'has signed a token by a secret of their own',
      async () =>
        new SignJWT({})
          .setProtectedHeader({ alg: 'HS256' })
          .setIssuer(provider.issuer)
          .setSubject('ivanova')
          .setAudience('letopis')
          .setExpirationTime('1h')
          .sign(new TextEncoder().encode('a secret of thirty-two characters')),
    ],
    ['has cut the token', async () => (await provider.token('ivanova')).slice(0, -4)],
  ])('is not let in who %s', async (_, tokenOf) => {
    expect((await viewer(await tokenOf())).status).toBe(401);
  });

  it('is let in after the provider has changed its keys, by the new ones alone', async () => {
    const before = await provider.token('ivanova');
    await provider.rotate();
    const after = await provider.token('ivanova');
    // The server fetches the keys of the provider again only some seconds after the last time.
    await until(async () => (await viewer(after)).status === 200, 250);
    expect((await viewer(before)).status).toBe(401);
  });

  it('is kept out at once when their access is revoked, though the token is good still', async () => {
    const token = await provider.token('ivanova');
    const { data } = await server.query('{ accessHolders(first: 200) { nodes { id name } } }');
    const { id } = JSON.parse(JSON.stringify(data)).accessHolders.nodes.find(
      ({ name }: { name: string }) => name === 'Иванова А.П.',
    );
    expect((await viewer(token)).status).toBe(200);
    await onAccess(server, 'revokeAccess', { accessId: id, reason: 'Уволена' });
    expect((await viewer(token)).status).toBe(401);
  });

  it('is told that the server cannot tell, while the provider is away', async () => {
    const alone = await startServer({ sample: 'off', settings: { LETOPIS_OIDC_ISSUER: 'http://127.0.0.1:9' } });
    try {
      const { status, errors } = await alone.post('{"query":"{ viewer { name } }"}', {
        authorization: `Bearer ${await provider.token('ivanova')}`,
      });
      expect(status).toBe(503);
      expect(errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
    } finally {
      await alone.close();
    }
  });
});
