import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import {
  removeDirectory,
  type Sample,
  sampleOf,
  startServer,
  type TestServer,
  temporaryDirectory,
} from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, startBrowser } from './browser.js';

describeIf(hasChromium, NO_CHROMIUM)('a plan on the page', () => {
  let server: TestServer;
  let directory: string;
  let browser: Browser;
  let sample: Sample;
  beforeAll(async () => {
    directory = await temporaryDirectory();
    [server, browser] = await Promise.all([startServer({ directory, clock: '2020-11-15T09:00:00Z' }), startBrowser()]);
    sample = await sampleOf(server);
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
    await removeDirectory(directory);
  });

  it('is found in the list by its title, and looks like the paper', async () => {
    const { page, context, problems } = await openAs(browser, server.address, 'methodologist', '/plan');
    await page.getByLabel('Поиск по названию').fill('нет такого');
    await page.getByText('Планов не найдено').waitFor();
    await page.getByLabel('Поиск по названию').fill('классного');
    await page.getByRole('link', { name: /План работы Центра поддержки/ }).click();
    await page.getByRole('heading', { level: 1, name: /План работы Центра поддержки/ }).waitFor();
    await page.getByText('Утверждаю').waitFor();
    expect(await page.getByText('дата не указана').count()).toBe(2);
    const row = page.getByRole('row').filter({ hasText: 'Мониторинг повышения квалификации' });
    await row.getByText('ноябрь 2020 г. апрель 2021 г.').waitFor();
    const sections = await page.getByRole('rowheader').allTextContents();
    expect(sections.map((text) => text.split(' ')[0])).toEqual(['1.', '2.', 'III.', 'IV.', 'V.']);
    await row.getByText('выполняется').waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('shows what fits the filter, and says how much that is', async () => {
    const { page, context } = await openAs(browser, server.address, 'auditor', `/plan/${sample.planId}`);
    // Activities 3, 7 and 8 were due before 15 November 2020.
    await page.getByLabel('Показать').selectOption('OVERDUE');
    await page.getByText('Показано 3 из 13').waitFor();
    await page.getByLabel('Найти в плане').fill('базы данных');
    await page.getByText('Показано 1 из 13').waitFor();
    await page.getByLabel('Найти в плане').fill('такого нет');
    await page.getByText('Ни одно мероприятие не подходит').waitFor();
    await context.close();
  });

  it.each([
    ['Word (.docx)', 'docx'],
    ['Excel (.xlsx)', 'xlsx'],
    ['CSV', 'csv'],
    ['Календарь (.ics)', 'ics'],
  ])('is downloaded as %s', async (name, extension) => {
    const { page, context } = await openAs(browser, server.address, 'auditor', `/plan/${sample.planId}`);
    await page.getByRole('button', { name: 'Скачать' }).click();
    const downloaded = page.waitForEvent('download');
    await page.getByRole('menuitem', { name, exact: true }).click();
    expect((await downloaded).suggestedFilename()).toMatch(new RegExp(`\\.${extension}$`));
    await context.close();
  });

  it('shows a change of somebody else at once, and one that was made while the server was away', async () => {
    const { page, context } = await openAs(browser, server.address, 'dashboard', `/plan/${sample.planId}`);
    const row = (text: string) => page.getByRole('row').filter({ hasText: text });
    await row('Обновление содержания страницы').getByText('просрочено').waitFor();
    await page.getByRole('img', { name: 'Изменения видны сразу' }).waitFor();
    const complete = (number: number, day: string) =>
      server.data(
        `mutation { completeActivity(input: { activityId: "${sample.activity(number)}", actualOn: "${day}" }) { userErrors { code } } }`,
      );
    await complete(3, '2020-09-28');
    await row('Обновление содержания страницы').getByText('выполнено в срок').waitFor();
    await row('Обновление содержания страницы').getByText('28.09.2020').waitFor();

    const port = new URL(server.address).port;
    await server.close();
    await page.getByText('Связи с сервером нет').waitFor();
    server = await startServer({ directory, clock: '2020-11-15T10:00:00Z', settings: { LETOPIS_PORT: port } });
    await complete(8, '2020-09-30');
    await row('Наполнение Базы данных').getByText('выполнено в срок').waitFor();
    expect(await page.getByText('Связи с сервером нет').count()).toBe(0);
    await context.close();
  });

  it('that does not exist is said to be gone', async () => {
    const { page, context } = await openAs(browser, server.address, 'auditor', `/plan/${sample.planId.slice(0, -1)}0`);
    await page.getByText('Этого нет, или у вас нет к этому доступа').waitFor();
    await page.getByRole('link', { name: 'К списку планов' }).click();
    await page.getByRole('heading', { name: 'Планы' }).waitFor();
    await context.close();
  });
});
