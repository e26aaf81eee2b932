import { expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Sample, TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, overflowOf, servePage, violationsIn } from './browser.js';

describeIf(hasChromium, NO_CHROMIUM)('the overview years after the only plan', () => {
  let server: TestServer;
  let browser: Browser;
  let sample: Sample;
  servePage({ clock: '2026-11-29T09:00:00Z' }, (served) => {
    ({ server, browser, sample } = served);
  });
  const open = (path: string, options = {}) => openAs(browser, server.address, 'director', path, options);
  const topOf = async (page: Page, name: string) => {
    const box = await page.getByRole('heading', { name, exact: true }).boundingBox();
    return box?.y ?? Number.NaN;
  };

  it('offers the school year of the plan, beside the part that follows it', async () => {
    const { page, context, problems } = await open('/');
    const year = page.getByRole('region', { name: 'За учебный год', exact: true });
    await year.getByRole('row', { name: /^Просрочено 100\s% 27 из 27/ }).waitFor();
    expect(await year.getByLabel('Учебный год').getByRole('option').allTextContents()).toEqual(['2020/2021']);
    await page.getByRole('region', { name: 'Сейчас' }).getByRole('link', { name: '27 Просрочено' }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('lists what is behind a number by month, with how many there are in each', async () => {
    const { page, context } = await open('/points?timing=OVERDUE');
    await page.getByRole('region', { name: /^август 2021\sг\. — 4$/ }).waitFor();
    const months = await page.getByRole('heading', { level: 2 }).allTextContents();
    expect(months.map((each) => Number(each.split(' — ')[1])).reduce((sum, count) => sum + count, 0)).toBe(27);
    await context.close();
  });

  it('says why a point of a past year is not overdue', async () => {
    const { page, context } = await open('/');
    await page.getByText(/с прошедшим ориентировочным сроком \(.*\): 2\./).waitFor();
    await page.goto('/points?timing=IN_WINDOW');
    const lines = page.getByRole('listitem').filter({ hasText: 'ориентировочный срок прошёл' });
    await lines.first().waitFor();
    expect(await lines.count()).toBe(2);
    expect(await lines.getByText('выполняется').count()).toBe(0);
    // The panel of the activity shows the same.
    await lines.first().getByRole('link').click();
    const panel = page.getByRole('complementary');
    await panel.getByText('ориентировочный срок прошёл').first().waitFor();
    expect(await panel.getByText('выполняется').count()).toBe(0);
    await context.close();
  });

  it('has what waits for the person first on a phone, also when it is nothing', async () => {
    const { page, context } = await openAs(browser, server.address, 'auditor', '/', {
      viewport: { width: 360, height: 800 },
    });
    await page.getByText('Сейчас от вас ничего не ждут.').waitFor();
    await page.getByRole('row', { name: /^Просрочено 100/ }).waitFor();
    expect(await topOf(page, 'Ждёт вас')).toBeLessThan(await topOf(page, 'Сейчас'));
    expect(await overflowOf(page)).toBe(0);
    await context.close();
  });

  it('has bars of the states in their colours, from one left edge', async () => {
    const { page, context } = await open('/');
    const bars = page.getByRole('region', { name: 'Контрольные точки по состоянию' }).locator('svg.bar');
    await bars.first().waitFor();
    const edges = await Promise.all((await bars.all()).map(async (bar) => (await bar.boundingBox())?.x));
    expect(new Set(edges).size).toBe(1);
    expect(await bars.first().getAttribute('class')).toBe('bar bad');
    await context.close();
  });

  it('says a mean in days and words', async () => {
    const [moved, to] = [sample.activity(13), 'до 28 апреля 2021 г.'];
    const basis = { document: { type: 'ORDER', number: '7', date: '2021-01-11' } };
    const changes = [{ reschedule: { activityId: moved, timeframe: { text: to } } }];
    await server.done('amendPlan', { planId: sample.planId, reason: 'Раньше', basis, changes }, { key: 'director' });
    const { page, context } = await open('/points?indicator=MEAN_SHIFT');
    await page.getByText('на 2 дня раньше — переносов: 1').waitFor();
    expect(await violationsIn(page)).toEqual([]);
    await context.close();
  });
});
