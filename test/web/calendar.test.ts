import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, overflowOf, startBrowser, violationsIn } from './browser.js';
import { type ServerWithHistory, startWithHistory } from './history.js';

describeIf(hasChromium, NO_CHROMIUM)('the calendars of a plan', () => {
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
  const title = (page: Page, name: string) => page.getByRole('heading', { level: 2, name });
  const week = (page: Page, days: string) => page.getByRole('listitem', { name: `Неделя ${days}` });

  describe('by month', () => {
    it('opens from the plan on the present month, and an activity from its due day', async () => {
      const { page, context, problems } = await open(pathOf(''));
      await page.getByRole('link', { name: 'Месяц', exact: true }).click();
      await title(page, 'ноябрь 2020').waitFor();
      await week(page, '16.11.2020 – 22.11.2020')
        .getByRole('link', { name: /цикле вебинаров.*срок до 16\.11\.2020/ })
        .click();
      await page.getByRole('complementary').getByText('каждый 3-тий понедельник').first().waitFor();
      expect(page.url()).toBe(`${history.server.address}${pathOf('?view=month', 7)}`);
      await page.getByRole('complementary').press('Escape');
      await page.waitForURL(`**${pathOf('?view=month')}`);
      await title(page, 'ноябрь 2020').waitFor();
      expect(problems).toEqual([]);
      await context.close();
    });

    it('draws a span over its days, and what lasts the whole month apart, with its due day', async () => {
      const { page, context } = await open(pathOf('?view=month'));
      // Row 11 is due from 10 to 20 November: a bar from Tuesday to Sunday, and one from Monday to Friday.
      const bars = page.getByRole('link', { name: /Методических кейсов.*10\.11\.2020 – 20\.11\.2020/ });
      await bars.first().waitFor();
      const places = await bars.evaluateAll((links) =>
        links.map(({ parentElement }) => parentElement?.style.gridColumn),
      );
      expect(places).toEqual(['2 / span 6', '1 / span 5']);
      const whole = page.getByRole('group').filter({ hasText: 'Весь месяц' });
      await whole.getByRole('link', { name: /^9\. .*01\.11\.2020 – 30\.11\.2020/ }).waitFor();
      await week(page, '30.11.2020')
        .getByRole('link', { name: /^9\. .*срок до 30\.11\.2020/ })
        .waitFor();
      await context.close();
    });

    it('is turned with the keyboard, and its address keeps the month', async () => {
      const { page, context } = await open(pathOf('?view=month'));
      await title(page, 'ноябрь 2020').waitFor();
      await page.getByRole('link', { name: 'Следующий месяц' }).focus();
      await page.keyboard.press('Enter');
      await title(page, 'декабрь 2020').waitFor();
      await page.keyboard.press('Enter');
      await title(page, 'январь 2021').waitFor();
      await page.reload();
      await title(page, 'январь 2021').waitFor();
      await page.keyboard.press('Tab');
      await page.getByRole('link', { name: 'Сегодня' }).press('Enter');
      await title(page, 'ноябрь 2020').waitFor();
      await page.goto(pathOf('?view=month&month=2020-13'));
      await title(page, 'ноябрь 2020').waitFor();
      await context.close();
    });

    it('folds a week that is full, and unfolds it', async () => {
      const { server } = history;
      const period = { start: '2020-09-01', end: '2021-08-31' };
      const draft = await server.done('draftPlan', { title: 'Полная неделя', ownerUnit: 'Центр', period });
      const planId = draft.plan.id;
      await server.done('addSection', { planId, title: 'Раздел' });
      const sectionId = `${planId.replace('plan', 'section')}.s1`;
      for (const number of ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']) {
        const content = { sectionId, number, title: `Дело ${number}`, responsible: 'Методист' };
        const activity = { ...content, timeframe: { text: '10-12 ноября 2020 г.' } };
        await server.done('addActivity', { activity });
      }
      const { page, context } = await open(`/plan/${planId}?view=month`);
      const things = week(page, '09.11.2020 – 15.11.2020').getByRole('link');
      await things.first().waitFor();
      expect(await things.count()).toBe(8);
      await page.getByRole('button', { name: 'Ещё: 2' }).press('Enter');
      await things.nth(9).waitFor();
      await page.getByRole('button', { name: 'Свернуть' }).press('Enter');
      await page.getByRole('button', { name: 'Ещё: 2' }).waitFor();
      await context.close();
    });

    it('shows what fits the filter', async () => {
      const { page, context } = await open(pathOf('?view=month&month=2020-09'));
      await page
        .getByRole('link', { name: /^8\. .*выполнено/ })
        .first()
        .waitFor();
      await page.getByLabel('Показать').selectOption('OVERDUE');
      await page.getByText('Показано 2 из 13').waitFor();
      expect(await page.getByRole('link', { name: /^8\. / }).count()).toBe(0);
      await context.close();
    });
  });

  describe('by year', () => {
    const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

    it('has a strip of spans and due days for each activity, each of which opens it', async () => {
      const { page, context, problems } = await open(pathOf(''));
      await page.getByRole('link', { name: 'Год', exact: true }).click();
      const quarters = row(page, 'Разработка методических рекомендаций').getByRole('link', {
        name: /^\d\d\.\d\d\.\d{4} – /,
      });
      await quarters.nth(4).waitFor();
      expect(await quarters.count()).toBe(5);
      const lefts = await quarters.evaluateAll((links) => links.map((link) => link.getBoundingClientRect().left));
      expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
      await row(page, 'цикле вебинаров')
        .getByRole('link', { name: /срок до 18\.01\.2021/ })
        .click();
      await page.getByRole('complementary').getByText('каждый 3-тий понедельник').first().waitFor();
      expect(page.url()).toBe(`${history.server.address}${pathOf('?view=year', 7)}`);
      expect(problems).toEqual([]);
      await context.close();
    });

    it('is used with the keyboard: a row opens its activity, a bar is no stop', async () => {
      const { page, context } = await open(pathOf('?view=year'));
      await row(page, 'Педагогическом форуме').getByRole('link').first().focus();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL(`**${pathOf('?view=year', 2)}`);
      await context.close();
    });
  });

  describe.each(['month', 'year'])('as %s', (view) => {
    const shown = (page: Page) => page.getByRole('link', { name: /цикле вебинаров|Самый классный/ }).first();

    it.each(['light', 'dark'] as const)('are accessible in %s', async (colorScheme) => {
      const { page, context } = await open(pathOf(`?view=${view}`), { colorScheme });
      await shown(page).waitFor();
      expect(await violationsIn(page)).toEqual([]);
      await context.close();
    });

    it('fit into 360 pixels', async () => {
      const { page, context } = await open(pathOf(`?view=${view}`), { viewport: { width: 360, height: 700 } });
      await shown(page).waitFor();
      expect([await overflowOf(page), await violationsIn(page)]).toEqual([0, []]);
      await context.close();
    });
  });

  it('follow changes', async () => {
    const { page, context } = await open(pathOf('?view=month'));
    await page.getByRole('link', { name: /^7\. .*скоро срок/ }).waitFor();
    await page.getByRole('img', { name: 'Изменения видны сразу' }).waitFor();
    const pointId = history.sample.inPlan('point', 'a7.3');
    await history.server.done('completeActivity', {
      activityId: history.sample.activity(7),
      pointId,
      actualOn: '2020-11-14',
    });
    await page.getByRole('link', { name: /^7\. .*выполнено в срок/ }).waitFor();
    await context.close();
  });
});
