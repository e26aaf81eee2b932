import { expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { until } from '../support/waiting.js';
import { hasChromium, NO_CHROMIUM, openAs, servePage, violationsIn } from './browser.js';
import { expectSmoothScroll, LINES, linesIn, longPlan, longRow, MOST, ROWS } from './long.js';

/** Number of questions and differences that are shown at first. */
const SHOWN = 50;
/** Every fifth row has a timeframe that needs an answer. */
const ASKED = ROWS / 5;
const withQuestions = longPlan((number) => (number % 5 === 0 ? 'когда позволит погода' : 'до 20 ноября 2020 г.'));

describeIf(hasChromium, NO_CHROMIUM)('a document of a thousand rows', () => {
  let server: TestServer;
  let browser: Browser;
  servePage({ clock: '2020-11-15T09:00:00Z' }, (served) => {
    ({ server, browser } = served);
  });

  const choose = (page: Page, text: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name: 'план.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
  const questions = (page: Page) => page.getByRole('button', { name: /^К строке/ });

  it('is previewed with few rows and questions in the document, and scrolls without a long task', async () => {
    const { page, context, problems } = await openAs(browser, server.address, 'methodologist', '/document');
    await choose(page, withQuestions);
    await longRow(page, 1).waitFor();
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(`${LINES}`);
    await page.getByRole('heading', { name: `Вопросы ${ASKED}` }).waitFor();
    expect(await questions(page).count()).toBe(SHOWN);
    await page.getByRole('button', { name: `Показать ещё (показано ${SHOWN} из ${ASKED})` }).click();
    await until(async () => (await questions(page).count()) === 2 * SHOWN);
    await expectSmoothScroll(page);
    expect([await violationsIn(page), problems]).toEqual([[], []]);
    await context.close();
  });

  it('shows the row of a question, far below and again', async () => {
    const { page, context } = await openAs(browser, server.address, 'methodologist', '/document');
    await choose(page, withQuestions);
    await longRow(page, 1).waitFor();
    const row = longRow(page, 245);
    const isInMiddle = async () => {
      const [box, window] = [await row.boundingBox(), page.viewportSize()];
      return box !== null && window !== null && box.y > window.height / 4 && box.y < (window.height * 3) / 4;
    };
    const isFocused = async () => (await row.and(page.locator(':focus')).count()) === 1;
    for (const _ of ['once', 'again']) {
      await page.getByRole('button', { name: /^К строке «Дело номер 245(\D|$)/ }).click();
      await until(async () => (await isFocused()) && (await isInMiddle()));
      expect(await linesIn(page)).toBeLessThanOrEqual(MOST);
      await page.evaluate('scrollTo(0, 0)');
      await longRow(page, 1).waitFor();
    }
    await context.close();
  });

  it('that changes a thousand rows lists the first differences, and keeps a short page of the comparison', async () => {
    const content = Buffer.from(longPlan()).toString('base64');
    const given = { fileName: 'plan.txt', content, allowSecond: true };
    const { plan } = await server.done('importPlan', given, { key: 'methodologist' });
    const { page, context } = await openAs(browser, server.address, 'methodologist', `/document/${plan.id}`);
    await choose(page, longPlan().replaceAll('до 20 ноября', 'до 25 ноября'));
    await page.getByRole('heading', { name: `Что изменится ${ROWS}` }).waitFor();
    expect(await page.locator('.difference').count()).toBe(SHOWN);
    await page.getByRole('button', { name: 'Внести в черновик' }).click();
    await page.waitForURL(/\/plan\/plan_[^/]*$/);
    await page.goto(`/plan/${plan.id}/compare?from=r${plan.revision}&to=`);
    await page.getByText(`Различий: ${ROWS}`).waitFor();
    expect(await page.locator('main section.card').count()).toBe(SHOWN);
    await page.getByRole('button', { name: `Показать ещё (показано ${SHOWN} из ${ROWS})` }).click();
    await until(async () => (await page.locator('main section.card').count()) === 2 * SHOWN);
    await context.close();
  });
});
