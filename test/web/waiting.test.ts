import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startServer, type TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, startBrowser } from './browser.js';

/** Rows with a timeframe that a person must settle. The overview shows the first twenty. */
const ROWS = 25;

describeIf(hasChromium, NO_CHROMIUM)('the list of what waits for a person', () => {
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer({ sample: 'off' }), startBrowser()]);
    const rows = Array.from(
      { length: ROWS },
      (_, index) => `${index + 1}\tПоход ${index + 1}\tкогда позволит погода\tЗавуч`,
    );
    const lines = ['План школы на 2020-2021 учебный год', '', '№\tМероприятие\tСрок\tОтветственные', ...rows, ''];
    const content = Buffer.from(lines.join('\n')).toString('base64');
    await server.done('importPlan', { fileName: 'план.txt', content });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('is opened in full by a link with its own address', async () => {
    const { page, context, problems } = await openAs(browser, server.address, 'methodologist');
    const list = page.getByRole('region', { name: `Сроки и формулировки уточнить ${ROWS}` });
    await list.waitFor();
    expect(await list.getByRole('listitem').count()).toBe(20);
    await list.getByRole('link', { name: 'Ещё: 5' }).click();
    await list.getByText(`Поход ${ROWS}`).waitFor();
    expect(await list.getByRole('listitem').count()).toBe(ROWS);
    await page.reload();
    await list.getByText(`Поход ${ROWS}`).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });
});
