import { expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, servePage } from './browser.js';

describeIf(hasChromium, NO_CHROMIUM)('the day of a plan in another time zone', () => {
  let server: TestServer;
  let browser: Browser;
  // On the server and in the browser it is 01:30 on 1 December, in Kaliningrad 22:30 on 30 November.
  const settings = { LETOPIS_TIMEZONE: 'Asia/Yekaterinburg' };
  servePage({ clock: '2020-11-30T20:30:00Z', settings }, (served) => {
    ({ server, browser } = served);
  });

  const planIn = async (timeZone: string) => {
    const period = { start: '2020-09-01', end: '2021-08-31' };
    const draft = await server.done('draftPlan', { title: timeZone, ownerUnit: 'Центр', period, timeZone });
    const planId = draft.plan.id;
    await server.done('addSection', { planId, title: 'Раздел' });
    const sectionId = `${planId.replace('plan', 'section')}.s1`;
    const activity = { sectionId, number: '1', title: 'Дело', responsible: 'Методист' };
    await server.done('addActivity', { activity: { ...activity, timeframe: { text: 'до 30 ноября 2020 г.' } } });
    return planId;
  };

  it.each([
    ['Europe/Kaliningrad', 'ноябрь 2020', '30'],
    ['Asia/Yekaterinburg', 'декабрь 2020', '1'],
  ])('is that of %s: the month opens on it, and it is marked', async (timeZone, month, day) => {
    const { page, context } = await openAs(
      browser,
      server.address,
      'director',
      `/plan/${await planIn(timeZone)}?view=month`,
    );
    await page.getByRole('heading', { level: 2, name: month }).waitFor();
    expect(await page.locator('.today').allTextContents()).toEqual([day]);
    await context.close();
  });

  it('is where the red line of the year stands, and where the history by days ends', async () => {
    const lines: number[] = [];
    for (const timeZone of ['Europe/Kaliningrad', 'Asia/Yekaterinburg']) {
      const path = `/plan/${await planIn(timeZone)}?view=year`;
      const { page, context } = await openAs(browser, server.address, 'director', path);
      const line = page.locator('.strip .now');
      await line.waitFor();
      lines.push(Number((await line.getAttribute('style'))?.match(/[\d.]+/)?.[0]));
      await page.getByRole('button', { name: 'История по дням' }).click();
      const last = timeZone === 'Europe/Kaliningrad' ? '30.11.2020' : '01.12.2020';
      await page.getByText(new RegExp(`День истории: .* – ${last.replaceAll('.', '\\.')}`)).waitFor();
      await context.close();
    }
    // Three months of twelve have passed at the beginning of December.
    expect(lines[1]).toBeCloseTo(25, 1);
    expect(lines[0]).toBeCloseTo(25 - 100 / 12 / 30, 1);
  });
});
