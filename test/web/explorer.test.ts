import { expect, it } from '@jest/globals';
import type { Browser, Page, Request } from 'playwright-core';
import { keyOf } from '../support/keys.js';
import { sampleOf, type TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, servePage, violationsIn } from './browser.js';

/** Enters a key into the field of the explorer and waits for the message about the key. */
async function applyKey(page: Page, key: string, said: string): Promise<void> {
  await page.getByLabel('Ключ доступа').fill(key);
  await page.getByRole('button', { name: 'Применить' }).click();
  await page.getByRole('status').getByText(said).waitFor();
}

/** Runs one operation of the document in the editor. */
async function runOperation(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Execute query' }).click();
  await page.getByRole('menuitem', { name }).click();
}

function result(page: Page, text: string): Promise<void> {
  return page.locator('.result-window').getByText(text).first().waitFor();
}

describeIf(hasChromium, NO_CHROMIUM)('the explorer', () => {
  let server: TestServer;
  let browser: Browser;
  servePage({}, (served) => {
    ({ server, browser } = served);
  });

  it('sends queries, mutations and subscriptions with the key of its field, never with the session of the page', async () => {
    const sample = await sampleOf(server);
    const document = `
query Who { viewer { role } }
mutation Mark { completeActivity(input: { activityId: "${sample.activity(3)}", actualOn: "2020-09-30" }) { activity { evidence } } }
subscription Follow { activityStatusChanged { statusChanges { after { evidence timing } } } }`;
    // The page has the session of an auditor, who may change nothing.
    const path = `/explorer?query=${encodeURIComponent(document)}`;
    const { page, context, problems } = await openAs(browser, server.address, 'auditor', path);
    const sent: Request[] = [];
    let sockets = 0;
    page.on('request', (request) => void (request.url().includes('/graphql') && sent.push(request)));
    page.on('websocket', () => {
      sockets += 1;
    });
    await page.getByRole('status').getByText('Введите ключ').waitFor();
    await applyKey(page, 'wrong', 'Ключ неизвестен, истёк или отозван');
    await applyKey(page, keyOf('methodologist'), 'Ключ принят');

    await runOperation(page, 'Who');
    await result(page, 'METHODOLOGIST');
    const opened = page.waitForResponse((response) => response.url().endsWith('/graphql/stream'));
    await runOperation(page, 'Follow');
    expect((await opened).status()).toBe(200);
    await server.done('completeActivity', { activityId: sample.activity(1), actualOn: '2020-09-30' });
    await result(page, 'DONE_ON_TIME');
    await page.getByRole('button', { name: 'Stop query' }).click();
    await runOperation(page, 'Mark');
    await result(page, 'COMPLETION_MARKED');

    const headers = await Promise.all(sent.map((request) => request.allHeaders()));
    // The first request has no key; it may be sent before this test listens.
    const keys = new Set(headers.flatMap(({ authorization }) => authorization ?? []));
    expect(keys).toEqual(new Set(['Bearer wrong', `Bearer ${keyOf('methodologist')}`]));
    expect(headers.filter(({ cookie }) => cookie !== undefined)).toEqual([]);
    expect(sockets).toBe(0);
    // The key is only in the memory of the page.
    expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage, location.href])')).not.toContain(
      keyOf('methodologist'),
    );
    expect(problems.filter((each) => !each.includes('401'))).toEqual([]);
    await context.close();
  });

  it('sends nothing in place of a key, and reads the schema again once a key is put in', async () => {
    const page = await (await browser.newContext({ baseURL: server.address, locale: 'ru-RU' })).newPage();
    const first = page.waitForRequest((request) => request.url().endsWith('/graphql'));
    await page.goto('/explorer');
    expect((await (await first).allHeaders()).authorization).toBeUndefined();
    await page.getByRole('status').getByText('Введите ключ').waitFor();
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByText('Error fetching schema').waitFor();
    await applyKey(page, `Bearer ${keyOf('auditor')}`, 'Ключ принят');
    await page.locator('.graphiql-doc-explorer').getByText('Root Types').waitFor();
    await page.context().close();
  });

  it('is in the language of the browser, accessible, and lets nothing connect to another server', async () => {
    const { page, context } = await openAs(browser, server.address, undefined, '/explorer', { locale: 'en-GB' });
    await page.getByRole('status').getByText('Enter a key').waitFor();
    await page.getByLabel('API key').fill(keyOf('auditor'));
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('The key is accepted').waitFor();
    // Violations in the field for the key: GraphiQL has other ones.
    const faults = await violationsIn(page);
    expect(faults.filter((each) => /id="(key|state|access|root)"|<label|<header/.test(each))).toEqual([]);
    const reached = 'fetch("https://evil.example/").then(() => "sent", () => "refused")';
    expect(await page.evaluate(reached)).toBe('refused');
    const policy = (await fetch(`${server.address}/explorer`)).headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'.*script-src 'sha256-[^']+'(;| ).*connect-src 'self'/);
    await context.close();
  });
});
