import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, overflowOf, startBrowser, violationsIn } from './browser.js';
import { type ServerWithHistory, startWithHistory } from './history.js';

describeIf(hasChromium, NO_CHROMIUM)('a plan as of a day in the past, on the page', () => {
  let history: ServerWithHistory;
  let browser: Browser;
  beforeAll(async () => {
    [history, browser] = await Promise.all([startWithHistory(), startBrowser()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await history?.close();
  });

  const pathOf = (query: string, number?: number) =>
    `/plan/${history.sample.planId}${number === undefined ? '' : `/${history.sample.activity(number)}`}${query}`;
  const open = (path: string, options = {}) => openAs(browser, history.server.address, 'director', path, options);
  const article = (page: Page) => page.getByRole('article');
  const mark = (page: Page, day: string) =>
    article(page).getByText(`Это прошлое: план, каким он был в конце дня ${day}`);
  const slider = (page: Page) => page.getByRole('slider', { name: /День истории: 20\.10\.2020 – 15\.11\.2020/ });

  it('is reached by a slider over its history, which the keyboard moves day by day', async () => {
    const { page, context, problems } = await open(pathOf(''));
    await article(page).getByText('10-20 ноября 2020 г.').waitFor();
    await page.getByRole('button', { name: 'История по дням' }).click();
    await slider(page).focus();
    await page.keyboard.press('Home');
    await mark(page, '20 октября 2020').waitFor();
    await article(page).getByText('сентябрь - декабрь 2020 г.').waitFor();
    await article(page).getByText('редакция 1').waitFor();
    expect(page.url()).toBe(`${history.server.address}${pathOf('?on=2020-10-20')}`);
    await page.keyboard.press('ArrowRight');
    await mark(page, '21 октября 2020').waitFor();
    expect(await slider(page).getAttribute('aria-valuetext')).toMatch(/^21 октября 2020/);
    await page.keyboard.press('End');
    await article(page).getByText('редакция 2').waitFor();
    await page.waitForURL(`**${pathOf('')}`);
    expect(await article(page).getByText('Это прошлое').count()).toBe(0);
    expect(problems).toEqual([]);
    await context.close();
  });

  it('is reached by a date field, and by the changes before and after; the address keeps the day', async () => {
    const { page, context } = await open(pathOf('?on=2020-11-01'));
    await mark(page, '1 ноября 2020').waitFor();
    await page.getByRole('link', { name: 'Следующее изменение (09.11.2020)' }).click();
    await mark(page, '9 ноября 2020').waitFor();
    const row = page.getByRole('row').filter({ hasText: 'Наполнение Базы данных' });
    await row.getByText('просрочено').waitFor();
    await page.getByRole('link', { name: 'Следующее изменение (12.11.2020)' }).click();
    await row.getByText('выполнено в срок').waitFor();
    await page.getByText('Последнее изменение к этому дню — 12.11.2020').waitFor();
    await page.getByRole('link', { name: 'Предыдущее изменение (09.11.2020)' }).click();
    await mark(page, '9 ноября 2020').waitFor();
    await page.getByRole('group', { name: 'План на день' }).getByRole('spinbutton').first().click();
    await page.keyboard.type('25102020');
    await mark(page, '25 октября 2020').waitFor();
    await page.reload();
    await mark(page, '25 октября 2020').waitFor();
    await page.getByRole('group', { name: 'План на день' }).getByRole('spinbutton').first().click();
    await page.keyboard.type('25102019');
    await page.getByText('Выберите день 20.10.2020 – 15.11.2020').waitFor();
    expect(page.url()).toContain('on=2020-10-25');
    await context.close();
  });

  it('is the past as a whole: the activity, the calendars and the title, without anything to do', async () => {
    const { page, context } = await open(pathOf('?view=month', 11));
    const panel = page.getByRole('complementary');
    await panel.getByRole('button', { name: 'Изменить срок' }).waitFor();
    await panel.getByText('10-20 ноября 2020 г.', { exact: true }).first().waitFor();
    await page.goto(pathOf('?on=2020-11-10', 11));
    await panel.getByText('Новый срок').waitFor();
    await panel.getByRole('link', { name: 'Было / стало' }).click();
    await page.getByText(/до записи .* → после записи .*\. Различий: 1/).waitFor();
    await page.goto(pathOf('?view=month&on=2020-11-08', 11));
    await panel.getByText('Это прошлое').waitFor();
    await panel.getByText('сентябрь - декабрь 2020 г.').first().waitFor();
    await panel.getByRole('heading', { name: 'История' }).waitFor();
    expect(await panel.getByText('Новый срок').count()).toBe(0);
    // Recorded entries can be checked; no other action is possible.
    expect(new Set(await panel.getByRole('button').allTextContents())).toEqual(new Set(['Проверить запись']));
    expect(await page.getByRole('button', { name: 'Скачать' }).count()).toBe(0);
    await article(page)
      .getByRole('link', { name: /Методических кейсов.*01\.09\.2020 – 31\.12\.2020/ })
      .waitFor();
    expect(await page.title()).toContain('(на 08.11.2020)');
    await page.getByRole('link', { name: 'Вернуться к настоящему' }).click();
    await panel.getByRole('button', { name: 'Изменить срок' }).waitFor();
    await page.getByRole('button', { name: 'Скачать' }).waitFor();
    expect(page.url()).toBe(`${history.server.address}${pathOf('?view=month', 11)}`);
    await context.close();
  });

  it('is none on a day before the plan came, and says so', async () => {
    const { page, context } = await open(pathOf('?on=2020-10-19'));
    await page.getByRole('alert').getByText('плана в Летописи ещё не было').waitFor();
    await page.getByRole('link', { name: 'Следующее изменение (20.10.2020)' }).click();
    await mark(page, '20 октября 2020').waitFor();
    await context.close();
  });

  it('has all rows of a section that is longer than a page', async () => {
    const cells = ['№', 'Мероприятие', 'Срок', 'Ответственные'].map((name) => `<td>${name}</td>`).join('');
    const rows = Array.from(
      { length: 201 },
      (_, n) => `<tr><td>${n + 1}</td><td>Дело ${n + 1}</td><td>май</td><td>Завуч</td></tr>`,
    );
    const page = `<p>План работы школы на 2020-2021 учебный год</p><table><tr>${cells}</tr>${rows.join('')}</table>`;
    const content = Buffer.from(`<!doctype html><html><body>${page}</body></html>`).toString('base64');
    const { plan } = await history.server.done('importPlan', { fileName: 'план.html', content });
    const { page: shown, context } = await open(`/plan/${plan.id}?on=2020-11-15`);
    await mark(shown, '15 ноября 2020').waitFor();
    await article(shown).getByRole('link', { name: 'Дело 1', exact: true }).waitFor();
    // The row of the column headings counts too.
    expect(await article(shown).getByRole('table').getAttribute('aria-rowcount')).toBe('202');
    await shown.getByLabel('Найти в плане').fill('Дело 201');
    await article(shown).getByRole('link', { name: 'Дело 201', exact: true }).waitFor();
    await context.close();
  });

  it('is not for those who may not read the audit trail', async () => {
    const { page, context } = await openAs(browser, history.server.address, 'dashboard', pathOf(''));
    await article(page).getByText('10-20 ноября 2020 г.').waitFor();
    expect(await page.getByRole('button', { name: 'История по дням' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Было / стало' }).count()).toBe(0);
    await page.goto(pathOf('?on=2020-11-01'));
    await page.getByRole('alert').getByText('нет прав').waitFor();
    await context.close();
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
  ] as const)('is accessible in %s at %d pixels, and fits', async (colorScheme, width) => {
    const { page, context } = await open(pathOf('?on=2020-11-01'), { colorScheme, viewport: { width, height: 800 } });
    await mark(page, '1 ноября 2020').waitFor();
    await page.getByRole('link', { name: /Следующее изменение/ }).waitFor();
    expect([await overflowOf(page), await violationsIn(page)]).toEqual([0, []]);
    await context.close();
  });
});
