import { expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import type { TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { until } from '../support/waiting.js';
import { hasChromium, NO_CHROMIUM, openAs, overflowOf, servePage, violationsIn } from './browser.js';
import { expectSmoothScroll, LINES, linesIn, longPlan, longRow, MOST, ROWS } from './long.js';

const Imported = z.object({ importPlan: z.object({ plan: z.object({ id: z.string() }) }) });

describeIf(hasChromium, NO_CHROMIUM)('a plan of a thousand rows', () => {
  let server: TestServer;
  let browser: Browser;
  let planId: string;
  servePage({ clock: '2020-11-15T09:00:00Z' }, async (served) => {
    ({ server, browser } = served);
    const variables = { input: { fileName: 'plan.txt', content: Buffer.from(longPlan()).toString('base64') } };
    const mutation = 'mutation($input: ImportPlanInput!) { importPlan(input: $input) { plan { id } } }';
    planId = (await server.read(Imported, mutation, { variables })).importPlan.plan.id;
  });

  const open = (path = '', options = {}) =>
    openAs(browser, server.address, 'director', `/plan/${planId}${path}`, options);
  const link = (page: Page, number: number) => longRow(page, number).getByRole('link').first();
  const isInWindow = async (page: Page, number: number) => {
    const [box, window] = [await link(page, number).boundingBox(), page.viewportSize()];
    return box !== null && window !== null && box.y >= 0 && box.y + box.height <= window.height;
  };
  const focusedText = async (page: Page) => String(await page.evaluate('document.activeElement.textContent'));

  it.each(['', '?view=year'])('scrolls without a long task, with few rows in the document (%s)', async (view) => {
    const { page, context, problems } = await open(view);
    await longRow(page, 1).waitFor();
    await expectSmoothScroll(page);
    expect(await isInWindow(page, ROWS)).toBe(true);
    expect(problems).toEqual([]);
    await context.close();
  });

  it('says how long the table is, and which of its rows each one is', async () => {
    const { page, context } = await open();
    await longRow(page, 1).waitFor();
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(`${LINES}`);
    await page.keyboard.press('End');
    await longRow(page, ROWS).waitFor();
    expect(await longRow(page, ROWS).getAttribute('aria-rowindex')).toBe(`${LINES}`);
    // The heading of the section is shown with its rows.
    await page.getByRole('rowheader', { name: '4. Раздел 4' }).waitFor();
    expect(await page.getByRole('rowheader').count()).toBe(1);
    expect(await violationsIn(page)).toEqual([]);
    await context.close();
  });

  it('opens at a row far below, whose address somebody has sent', async () => {
    const { page, context } = await open(`/${planId.replace('plan', 'activity')}.a973`);
    await link(page, 973).waitFor();
    await page
      .getByRole('complementary')
      .getByRole('heading', { name: /Дело номер 973/ })
      .waitFor();
    await until(() => isInWindow(page, 973));
    expect(await link(page, 973).getAttribute('aria-current')).toBe('true');
    expect(await linesIn(page)).toBeLessThanOrEqual(MOST);
    await page.getByRole('complementary').press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    await context.close();
  });

  it('is walked through with the keyboard, and keeps the focus where it is', async () => {
    const { page, context } = await open();
    await link(page, 1).focus();
    for (let at = 1; at < 60; at += 1) await page.keyboard.press('Tab');
    expect(await focusedText(page)).toMatch(/^Дело номер 60(\D|$)/);
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
    await longRow(page, ROWS).waitFor();
    expect(await focusedText(page)).toMatch(/^Дело номер 60(\D|$)/);
    await page.keyboard.press('Tab');
    expect(await focusedText(page)).toMatch(/^Дело номер 61(\D|$)/);
    await page.keyboard.press('Enter');
    await page
      .getByRole('complementary')
      .getByRole('heading', { name: /Дело номер 61/ })
      .waitFor();
    await context.close();
  });

  it('is searched as a whole by the field of the page', async () => {
    const { page, context } = await open();
    await page.keyboard.press('End');
    await page.getByLabel('Найти в плане').fill('номер 51');
    await page.getByText(`Показано 11 из ${ROWS}`).waitFor();
    await longRow(page, 519).waitFor();
    await page.getByLabel('Найти в плане').fill('');
    await longRow(page, 1).waitFor();
    await context.close();
  });

  it('is printed whole', async () => {
    const { page, context } = await open();
    await longRow(page, 1).waitFor();
    await page.emulateMedia({ media: 'print' });
    await longRow(page, ROWS).waitFor();
    expect(await linesIn(page)).toBe(LINES);
    await page.emulateMedia({ media: 'screen' });
    await until(async () => (await linesIn(page)) <= MOST);
    await context.close();
  });

  it('fits into 360 pixels, and comes back from an open row', async () => {
    const { page, context } = await open('', { viewport: { width: 360, height: 700 } });
    await longRow(page, 1).waitFor();
    // Rows are higher here than the page supposes before it has shown them.
    await until(async () => {
      await page.keyboard.press('End');
      return longRow(page, ROWS).isVisible();
    });
    expect([await overflowOf(page), await violationsIn(page)]).toEqual([0, []]);
    expect(await linesIn(page)).toBeLessThanOrEqual(MOST);
    // An open row replaces the table. When it is closed, the table is at the same place.
    await link(page, ROWS).click();
    await page.getByRole('heading', { level: 2, name: new RegExp(`Дело номер ${ROWS}`) }).waitFor();
    await page.getByRole('link', { name: 'Закрыть' }).click();
    await until(() => isInWindow(page, ROWS));
    await context.close();
  });
});
