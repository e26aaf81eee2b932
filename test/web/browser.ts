import { existsSync } from 'node:fs';
import { afterAll, beforeAll } from '@jest/globals';
import axe from 'axe-core';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { z } from 'zod';
import { type KeyRole, keyOf } from '../support/keys.js';
import { type Sample, type StartOptions, sampleOf, startServer, type TestServer } from '../support/server.js';

/** The browser of the system. No browser is downloaded. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** True when the tests of the web page can run here. */
export const hasChromium = existsSync(CHROMIUM);
/** Why they cannot, in the name of the skipped tests. */
export const NO_CHROMIUM = `no Chromium at ${CHROMIUM}: install it, or set CHROMIUM`;

/** A browser window of a person who has signed in. */
export interface Seat {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors in the console, among them violations of the content security policy. */
  readonly problems: string[];
}

/** Starts Chromium without a window. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
}

/** A server of the web page with the sample plan, and the browser that opens it. */
interface ServedPage {
  readonly server: TestServer;
  readonly browser: Browser;
  readonly sample: Sample;
}

/** Starts a server and a browser before the tests of a block, hands them over, and stops them afterwards. */
export function servePage(options: StartOptions, started: (served: ServedPage) => void | Promise<void>): void {
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const [server, browser] = await Promise.all([startServer(options), startBrowser()]);
    stop = async () => {
      await browser.close();
      await server.close();
    };
    await started({ server, browser, sample: await sampleOf(server) });
  });
  afterAll(() => stop());
}

/** Opens an address with the key of a role; without a role, as a person who has not signed in. */
export async function openAs(
  browser: Browser,
  address: string,
  role: KeyRole | undefined,
  path = '/',
  options: BrowserContextOptions = {},
): Promise<Seat> {
  const context = await browser.newContext({
    ...{ baseURL: address, locale: 'ru-RU', timezoneId: 'Asia/Yekaterinburg', viewport: { width: 1280, height: 900 } },
    ...options,
  });
  context.setDefaultTimeout(20_000);
  if (role) {
    const headers = { origin: address, authorization: `Bearer ${keyOf(role)}` };
    const response = await context.request.post('/session', { headers });
    if (response.status() !== 204) throw new Error(`the key of the ${role} was answered ${response.status()}`);
  }
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  const own = [address, `blob:${address}`, 'data:'];
  page.on('request', (request) => {
    if (!own.some((start) => request.url().startsWith(start))) problems.push(`asks ${request.url()}`);
  });
  await page.goto(path);
  return { page, context, problems };
}

const Found = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      help: z.string(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })),
    }),
  ),
});

/** Returns the violations that axe finds in a page, each as one line; an empty list if there are none. */
export async function violationsIn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found: unknown = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
  return Found.parse(found).violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} — ${failureSummary.replaceAll('\n', ' ')}`),
  );
}

/** Returns by how many pixels a page is wider than its window. */
export async function overflowOf(page: Page): Promise<number> {
  return Number(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));
}
