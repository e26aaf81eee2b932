import { expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { KeyRole } from '../support/keys.js';
import type { TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, overflowOf, servePage, violationsIn } from './browser.js';

/** Highest head on a phone, in pixels: one line. */
const LEAN = 50;

describeIf(hasChromium, NO_CHROMIUM)('the head of the page', () => {
  let server: TestServer;
  let browser: Browser;
  servePage({ clock: '2020-11-15T09:00:00Z' }, (served) => {
    ({ server, browser } = served);
  });
  const open = (role: KeyRole | undefined, path: string, options: BrowserContextOptions = {}) =>
    openAs(browser, server.address, role, path, options);
  const menu = (page: Page) => page.getByRole('banner').getByRole('button').click();
  const scheme = (page: Page) => page.evaluate('getComputedStyle(document.documentElement).colorScheme');

  it('says who has signed in, with the role and the post of the session', async () => {
    const { page, context } = await open('director', '/');
    await menu(page);
    await page.getByText('руководитель · Директор').waitFor();
    expect(await violationsIn(page)).toEqual([]);
    await context.close();
  });

  it('lets the person choose the theme and the language, which the browser remembers', async () => {
    const { page, context } = await open('director', '/');
    await menu(page);
    await page.getByRole('menuitemradio', { name: 'Тёмное' }).click();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Обзор' }).waitFor();
    expect(await scheme(page)).toBe('dark');
    await menu(page);
    await page.getByRole('menuitem', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await menu(page);
    await page.getByRole('menuitemradio', { name: 'As on the device' }).click();
    await menu(page);
    await page.getByRole('menuitem', { name: 'Русский' }).click();
    await page.getByRole('heading', { level: 1, name: 'Обзор' }).waitFor();
    expect(await scheme(page)).toBe('light dark');
    await context.close();
  });

  it('stands over the check of a proof too, with the way in', async () => {
    const { page, context } = await open(undefined, '/proof');
    await menu(page);
    await page.getByRole('menuitem', { name: 'Войти' }).click();
    await page.getByLabel('Ключ доступа').waitFor();
    await context.close();
    const auditor = await open('auditor', '/proof');
    await auditor.page.getByRole('link', { name: 'Журнал' }).click();
    await auditor.page.getByRole('heading', { level: 1, name: 'Журнал' }).waitFor();
    await auditor.context.close();
  });

  it('is one line on a phone, with all its links in sight', async () => {
    const { page, context } = await open('administrator', '/journal', { viewport: { width: 360, height: 700 } });
    const head = page.getByRole('banner');
    await head.getByRole('link', { name: 'Журнал' }).waitFor();
    // The view is loaded after the head.
    await page.getByRole('heading', { level: 1, name: 'Журнал' }).waitFor();
    expect((await head.boundingBox())?.height).toBeLessThanOrEqual(LEAN);
    const nav = head.getByRole('navigation');
    expect(await nav.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect([await violationsIn(page), await overflowOf(page)]).toEqual([[], 0]);
    await context.close();
  });

  it('has the labels of filters below it on one line', async () => {
    const { page, context } = await open('auditor', '/journal');
    const labels = page.locator('.filters .field > :is(label, .react-aria-Label)');
    await labels.first().waitFor();
    const tops = await Promise.all((await labels.all()).map(async (label) => (await label.boundingBox())?.y));
    expect(tops.length).toBeGreaterThan(3);
    expect(new Set(tops).size).toBe(1);
    await context.close();
  });
});
