import { expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Sample, TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, servePage } from './browser.js';

describeIf(hasChromium, NO_CHROMIUM)('the forms of an activity', () => {
  let server: TestServer;
  let browser: Browser;
  let sample: Sample;
  servePage({ clock: '2020-11-15T09:00:00Z' }, (served) => {
    ({ server, browser, sample } = served);
  });

  const pathOf = (number: number) => `/plan/${sample.planId}/${sample.activity(number)}`;
  const action = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  it('say how many characters are left of the limit of the API, and how many are too many', async () => {
    const { page, context } = await openAs(browser, server.address, 'director', pathOf(9));
    await action(page, 'Изменить срок').click();
    await page.getByText('Приказ или другой документ').click();
    const limits = [
      ['Новый срок', 500],
      ['Причина', 2_000],
      ['Номер', 50],
      ['Кем издан', 500],
    ] as const;
    for (const [label, limit] of limits) {
      const field = page.locator('.field').filter({ has: page.getByLabel(label, { exact: true }) });
      const text = page.getByLabel(label, { exact: true });
      await text.fill('я'.repeat(limit / 2));
      expect(await field.getByText('знаков').count()).toBe(0);
      await text.fill('я'.repeat(limit - 3));
      await field.getByText('Осталось знаков: 3.').waitFor();
      await text.fill('я'.repeat(limit + 7));
      await field.getByText(`Лишних знаков: 7. Здесь помещается ${limit}.`).waitFor();
      expect(await text.getAttribute('aria-invalid')).toBe('true');
    }
    await context.close();
  });

  it('confirm who reports, where that was assumed', async () => {
    const { page, context } = await openAs(browser, server.address, 'methodologist', pathOf(10));
    const panel = page.getByRole('complementary');
    await panel.getByText('не подтверждено').waitFor();
    await action(page, 'Подтвердить, кто отвечает').click();
    await action(page, 'Подтвердить, кто отвечает').click();
    await page.getByText('Выберите, кто отвечает.').waitFor();
    await page.getByLabel('Отвечает', { exact: true }).selectOption({ index: 1 });
    await action(page, 'Подтвердить, кто отвечает').click();
    await page.getByText('Подтверждено, кто отвечает.').waitFor();
    await panel.getByText('не подтверждено').waitFor({ state: 'detached' });
    expect(await action(page, 'Подтвердить, кто отвечает').count()).toBe(0);
    await context.close();
  });

  it('confirm a term of which a part was assumed, also where it has no other reading', async () => {
    const activityId = sample.activity(9);
    const timeframe = { text: 'декабрь 2020 г., в актовом зале' };
    const input = { activityId, timeframe, reason: 'Перенос', basis: { withoutDocument: true } };
    await server.done('rescheduleActivity', input, { key: 'director' });
    const { page, context } = await openAs(browser, server.address, 'methodologist', pathOf(9));
    const panel = page.getByRole('complementary');
    await panel.getByText('предположение').waitFor();
    await action(page, 'Уточнить срок').click();
    await page.getByRole('radiogroup').getByText('01.12.2020 – 31.12.2020').click();
    await action(page, 'Уточнить срок').click();
    await page.getByText('Срок уточнён.').waitFor();
    await panel.getByText('предположение').waitFor({ state: 'detached' });
    expect(await action(page, 'Уточнить срок').count()).toBe(0);
    await context.close();
  });
});
