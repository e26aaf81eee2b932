import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, overflowOf, startBrowser, violationsIn } from './browser.js';
import { type ServerWithHistory, startWithHistory } from './history.js';

describeIf(hasChromium, NO_CHROMIUM)('two days of a plan beside each other, on the page', () => {
  let history: ServerWithHistory;
  let browser: Browser;
  beforeAll(async () => {
    [history, browser] = await Promise.all([startWithHistory(), startBrowser()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await history?.close();
  });

  const pathOf = (query: string) => `/plan/${history.sample.planId}${query}`;
  const open = (path: string, options = {}) => openAs(browser, history.server.address, 'auditor', path, options);
  const region = (page: Page, name: RegExp) => page.getByRole('region', { name });
  const cells = (page: Page, name: RegExp, line: string) =>
    region(page, name).getByRole('row').filter({ hasText: line }).getByRole('cell');
  const typeDay = async (page: Page, label: RegExp, digits: string) => {
    await page.getByRole('group', { name: label }).getByRole('spinbutton').first().click();
    await page.keyboard.type(digits);
  };

  it('come from the plan, with who changed it, why and on what order', async () => {
    const { page, context, problems } = await open(pathOf(''));
    await page.getByRole('link', { name: 'Было / стало' }).click();
    // The last amendment against the edition before it.
    await page.getByText('утверждённая (редакция 1) → редакция 2. Различий: 2').waitFor();
    expect(page.url()).toBe(`${history.server.address}${pathOf('/compare?from=1&to=2')}`);
    await page.getByLabel('Стало', { exact: true }).selectOption('сейчас');
    await page.getByLabel('Было', { exact: true }).selectOption('на конец дня…');
    await page.getByText('на 20.10.2020 → сейчас. Различий: 4').waitFor();
    const term = region(page, /^11\. .*другой срок/);
    expect(await cells(page, /^11\. /, 'Срок').allTextContents()).toEqual([
      'сентябрь - декабрь 2020 г.',
      '10-20 ноября 2020 г.',
    ]);
    await term.getByText('Причина: Занят зал').waitFor();
    await term.getByText('Основание: приказ № 143 от 06.11.2020').waitFor();
    await term.getByText(/9 ноября 2020.*директор/i).waitFor();
    await term.getByRole('button', { name: 'Проверить запись' }).click();
    await term.getByText('Не доказано до конца: запись не изменена').waitFor();
    // The words of a wording that are missing on the other side are marked.
    const [before, after] = await cells(page, /^5\. /, 'Мероприятие').all();
    expect((await before?.locator('del').allTextContents())?.join('')).toContain('эффективных');
    expect((await after?.locator('ins').allTextContents())?.join('')).toContain('лучших');
    expect(await cells(page, /^8\. .*исполнение/, 'Исполнение').allTextContents()).toEqual([
      'не отмечено',
      'отмечено исполнителем',
    ]);
    expect(await cells(page, /О плане в целом/, 'редакция').allTextContents()).toEqual(['1', '2']);
    await term.getByRole('link', { name: /^11\. / }).click();
    await page.getByRole('complementary').getByText('10-20 ноября 2020 г.').first().waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('are chosen by their days, and the address keeps them', async () => {
    const { page, context } = await open(pathOf('/compare?from=2020-11-09'));
    await page.getByText('на 09.11.2020 → сейчас. Различий: 1').waitFor();
    await page.getByLabel('Стало', { exact: true }).selectOption('на конец дня…');
    await page.getByText('на 09.11.2020 → на 15.11.2020. Различий: 1').waitFor();
    await typeDay(page, /^Стало на конец дня/, '11112020');
    await page.getByText('на 09.11.2020 → на 11.11.2020. Различий нет.').waitFor();
    await typeDay(page, /^Было на конец дня/, '01112020');
    await page.getByText('на 01.11.2020 → на 11.11.2020. Различий: 3').waitFor();
    expect(page.url()).toBe(`${history.server.address}${pathOf('/compare?from=2020-11-01&to=2020-11-11')}`);
    await page.reload();
    await page.getByText('на 01.11.2020 → на 11.11.2020. Различий: 3').waitFor();
    const printing = context.waitForEvent('page');
    await page.getByRole('link', { name: 'Открыть для печати' }).click();
    await (await printing).getByText('10-20 ноября 2020 г.').first().waitFor();
    await context.close();
  });

  it('come from an entry of the journal, as the plan before and after it', async () => {
    const { page, context } = await open('/journal');
    const entry = page.getByRole('listitem').filter({ hasText: /^Новый срок «10-20 ноября 2020 г\.»/ });
    await entry.getByRole('link', { name: 'Было / стало' }).click();
    await page
      .getByText(/до записи № (\d+) от 09\.11\.2020 → после записи № \1 от 09\.11\.2020\. Различий: 1/)
      .waitFor();
    await region(page, /^11\. .*другой срок/)
      .getByText('Причина: Занят зал')
      .waitFor();
    await context.close();
  });

  it('are the last change of a draft, also within one day', async () => {
    const { server } = history;
    const draft = await server.done('draftPlan', { title: 'Проект', ownerUnit: 'ЦВР' });
    await server.done('changePlanDetails', { planId: draft.plan.id, title: 'Другой проект' });
    const { page, context } = await open(`/plan/${draft.plan.id}/compare`);
    await page.getByText(/^до записи № \d+ от 15\.11\.2020 → после записи № \d+ от 15\.11\.2020/).waitFor();
    await page.getByText('Другой проект').first().waitFor();
    expect(page.url()).toMatch(/from=r\d+&to=r\d+$/);
    await page.getByLabel('Было', { exact: true }).getByText('до последнего изменения').waitFor({ state: 'attached' });
    await context.close();
  });

  it('come from a day in the past', async () => {
    const { page, context } = await open(pathOf('?on=2020-11-10'));
    await page.getByRole('link', { name: 'Сравнить с настоящим' }).click();
    await page.getByText('на 10.11.2020 → сейчас. Различий: 1').waitFor();
    await context.close();
  });

  it('say that the journal has more, such as a request for another term', async () => {
    const { server, sample } = history;
    const asked = await server.done(
      'requestReschedule',
      { activityId: sample.activity(7), timeframe: { text: 'до 20 декабря 2020 г.' }, reason: 'Вебинары перенесены' },
      { key: 'methodologist' },
    );
    const before = asked.plan.revision - 1;
    const { page, context } = await open(pathOf(`/compare?from=r${before}&to=r${asked.plan.revision}`));
    await page.getByText('Различий нет.').waitFor();
    await page.getByText(/не показывает просьб о переносе .*Таких записей в журнале за это время: 1/).waitFor();
    await context.close();
  });

  it('that cannot be compared are refused in words', async () => {
    const { page, context } = await open(pathOf('/compare?from=2020-10-19'));
    await page.getByRole('alert').getByText('Выберите дни, начиная с 20.10.2020').waitFor();
    await page.goto(pathOf('/compare?from=2020-11-01&to=2020-11-16'));
    await page.getByRole('alert').getByText('этот день ещё не наступил').waitFor();
    await context.close();
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
  ] as const)('are accessible in %s at %d pixels, and fit', async (colorScheme, width) => {
    const options = { colorScheme, viewport: { width, height: 800 } };
    const { page, context } = await open(pathOf('/compare?from=2020-11-01'), options);
    await region(page, /^11\. /).waitFor();
    expect([await overflowOf(page), await violationsIn(page)]).toEqual([0, []]);
    await context.close();
  });
});
