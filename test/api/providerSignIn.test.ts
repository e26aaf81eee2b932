import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { onAccess } from '../support/access.js';
import { startProvider, type TestProvider } from '../support/oidc.js';
import { startServer, type TestServer } from '../support/server.js';

let provider: TestProvider;
let server: TestServer;

beforeAll(async () => {
  // The provider prints warnings about missing production settings.
  for (const way of ['warn', 'info'] as const) jest.spyOn(console, way).mockImplementation(() => undefined);
  provider = await startProvider();
  server = await startServer({ sample: 'off', settings: provider.settings });
  provider.register(server.address);
  const identity = { issuer: provider.issuer, subject: 'ivanova' };
  await onAccess(server, 'issueAccess', { name: 'Иванова А.П.', role: 'METHODOLOGIST', identity });
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

/** The cookies of a browser, by host and name. */
class Browser {
  readonly #cookies = new Map<string, string>();

  constructor(private readonly own: string) {}

  /** Sends a request as a page of the server would, or as a link; follows no redirect. */
  async send(address: string, init: RequestInit = {}): Promise<Response> {
    const { host } = new URL(address);
    const cookies = [...this.#cookies].filter(([name]) => name.startsWith(`${host} `));
    const cookie = cookies.map(([name, value]) => `${name.split(' ')[1]}=${value}`).join('; ');
    const page = init.method === 'POST' ? { origin: this.own, 'sec-fetch-site': 'same-origin' } : {};
    const response = await fetch(address, {
      ...init,
      redirect: 'manual',
      headers: { ...page, cookie, ...init.headers },
    });
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
      if (value === '') this.#cookies.delete(`${host} ${name}`);
      else this.#cookies.set(`${host} ${name}`, value);
    }
    return response;
  }

  /** Begins signing in. Returns the address at the provider. */
  async begin(): Promise<string> {
    const response = await this.send(`${this.own}/sign-in/provider`, { method: 'POST' });
    return z.object({ address: z.string() }).parse(await response.json()).address;
  }

  /** Follows the links of the provider. Returns the address at which it sends the person back. */
  async through(address: string): Promise<string> {
    let next = address;
    while (!next.startsWith(this.own)) {
      const response = await this.send(next);
      next = new URL(response.headers.get('location') ?? '', next).href;
    }
    return next;
  }

  /** Returns the address to which the server sends the browser after the sign-in. */
  async land(address: string): Promise<string> {
    const response = await this.send(address);
    expect(response.status).toBe(303);
    return response.headers.get('location') ?? '';
  }

  /** Returns the name of the person who has signed in; undefined if nobody has. */
  async viewer(): Promise<string | undefined> {
    const response = await this.send(`${this.own}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ viewer { name } }"}',
    });
    const Viewer = z.object({ data: z.object({ viewer: z.object({ name: z.string() }) }).nullish() });
    return Viewer.parse(await response.json()).data?.viewer.name;
  }
}

/** Signs a person in; undefined for a person who declines. */
async function signedIn(person: string | undefined) {
  provider.person = person;
  const browser = new Browser(server.address);
  const landed = await browser.land(await browser.through(await browser.begin()));
  return { browser, landed };
}

describe('signing in at an identity provider', () => {
  it('gives a session of the person with this login', async () => {
    const { browser, landed } = await signedIn('ivanova');
    expect(landed).toBe('/');
    expect(await browser.viewer()).toBe('Иванова А.П.');
  });

  it('is offered by the page where it is configured', async () => {
    const ways = await fetch(`${server.address}/sign-in/ways`);
    expect(await ways.json()).toEqual({ provider: new URL(provider.issuer).host });
  });

  it('tells a person whom nobody has registered the login that the administrator needs', async () => {
    const { browser, landed } = await signedIn('stranger');
    expect(landed).toBe('/sign-in?failed=unknown&subject=stranger');
    expect(await browser.viewer()).toBeUndefined();
  });

  it('says that the person has declined', async () => {
    const { browser, landed } = await signedIn(undefined);
    expect(landed).toBe('/sign-in?failed=declined');
    expect(await browser.viewer()).toBeUndefined();
  });

  it('ends with the login: the session does not outlive it', async () => {
    const identity = { issuer: provider.issuer, subject: 'petrov' };
    const { access } = await onAccess(server, 'issueAccess', { name: 'Петров Б.В.', role: 'DIRECTOR', identity });
    const { browser } = await signedIn('petrov');
    expect(await browser.viewer()).toBe('Петров Б.В.');
    await onAccess(server, 'revokeAccess', { accessId: access?.id, reason: 'Уволен' });
    expect(await browser.viewer()).toBeUndefined();
  });
});

describe('an answer of the provider', () => {
  it.each([
    ['in another browser than the one that began', async (back: string) => new Browser(server.address).land(back)],
    [
      'to a sign-in that somebody else began',
      async (back: string) => {
        const other = new Browser(server.address);
        await other.begin();
        return other.land(back);
      },
    ],
  ])('opens nothing %s', async (_, land) => {
    provider.person = 'ivanova';
    const browser = new Browser(server.address);
    expect(await land(await browser.through(await browser.begin()))).toBe('/sign-in?failed=declined');
  });

  it('counts once', async () => {
    provider.person = 'ivanova';
    const browser = new Browser(server.address);
    const back = await browser.through(await browser.begin());
    expect(await browser.land(back)).toBe('/');
    expect(await browser.land(back)).toBe('/sign-in?failed=declined');
  });
});

describe('the begin of signing in', () => {
  it.each([
    ['by a page of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['by a program without a page', { origin: '', 'sec-fetch-site': 'none' }],
  ])('is refused %s', async (_, headers) => {
    const response = await fetch(`${server.address}/sign-in/provider`, { method: 'POST', headers });
    expect([response.status, response.headers.get('set-cookie')]).toEqual([403, null]);
  });
});

/** Uses a server where people sign in with this provider. */
async function withServer({ settings }: TestProvider, use: (server: TestServer) => Promise<void>): Promise<void> {
  const alone = await startServer({ sample: 'off', settings });
  try {
    await use(alone);
  } finally {
    await alone.close();
  }
}

describe('attempts that fail', () => {
  it('are limited for a network', async () => {
    const own = { 'sec-fetch-site': 'same-origin', origin: server.address };
    const begin = () => fetch(`${server.address}/sign-in/provider`, { method: 'POST', headers: own });
    let response = await begin();
    for (let attempt = 0; attempt < 10 && response.ok; attempt += 1) {
      await signedIn('stranger');
      response = await begin();
    }
    expect([response.status, await response.json()]).toMatchObject([429, { code: 'RATE_LIMITED' }]);
  });

  it('say so when the provider is away', async () => {
    const gone = await startProvider();
    await withServer(gone, async ({ address }) => {
      gone.register(address);
      gone.person = 'ivanova';
      const browser = new Browser(address);
      const back = await browser.through(await browser.begin());
      await gone.close();
      expect(await browser.land(back)).toBe('/sign-in?failed=away');
    });
  });

  it('are not those of the person when the provider refuses this server, or somebody has written its answer', async () => {
    const strict = await startProvider();
    const settings = { ...strict.settings, LETOPIS_OIDC_CLIENT_SECRET: 'another secret' };
    await withServer({ ...strict, settings }, async ({ address }) => {
      strict.register(address);
      strict.person = 'ivanova';
      const browser = new Browser(address);
      for (let attempt = 0; attempt < 12; attempt += 1) {
        expect(await browser.land(await browser.through(await browser.begin()))).toBe('/sign-in?failed=away');
      }
      const state = new URL(await browser.begin()).searchParams.get('state');
      const forged = new URLSearchParams({ state: state ?? '', error: 'temporarily_unavailable', iss: strict.issuer });
      expect(await browser.land(`${address}/sign-in/return?${forged}`)).toBe('/sign-in?failed=declined');
    });
    await strict.close();
  });

  it('say so when the provider was never reached', async () => {
    const gone = await startProvider();
    await gone.close();
    await withServer(gone, async ({ address }) => {
      const response = await new Browser(address).send(`${address}/sign-in/provider`, { method: 'POST' });
      expect([response.status, await response.json()]).toMatchObject([503, { code: 'UNAVAILABLE' }]);
    });
  });
});
