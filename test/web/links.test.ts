import { expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { districtOf } from '../support/district.js';
import type { TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, servePage } from './browser.js';

/** Plans that wait for agreement. The overview shows the first twenty. */
const SUBMITTED = 22;

const LINKS = z.array(z.object({ href: z.string(), label: z.string() }));

/** Returns the links to lists of points in a part of a page, with their accessible names. */
async function figuresOf(page: Page, part: string): Promise<z.infer<typeof LINKS>> {
  const found: unknown = await page.evaluate(`
    [...document.querySelectorAll('${part} a[href^="/points"]:not(.heat th a)')].map((link) => ({
      href: link.getAttribute('href'),
      label: link.getAttribute('aria-label') ?? link.textContent,
    }))`);
  return LINKS.parse(found);
}

/** Returns the number that a link counts: a cell «Выполнено 1/4» opens all four; «Ещё: 3» counts only the rest. */
function numberIn(label: string): number | undefined {
  if (label.startsWith('Ещё')) return undefined;
  const [, whole] = /\d+\/(\d+)/.exec(label) ?? [];
  return Number(whole ?? /\d+/.exec(label)?.[0]);
}

describeIf(hasChromium, NO_CHROMIUM)('the links of the overview', () => {
  let server: TestServer;
  let browser: Browser;
  let department: string;
  servePage({ clock: '2020-11-20T09:00:00Z' }, async (served) => {
    ({ server, browser } = served);
    ({ department } = await districtOf(server, 4));
    for (let number = 1; number <= SUBMITTED; number += 1) {
      const lines = [`План кружка № ${number} на 2020-2021 учебный год`, '', '№\tМероприятие\tСрок\tОтветственные'];
      const content = Buffer.from([...lines, '1\tПоход\tоктябрь 2020 г.\tЗавуч'].join('\n')).toString('base64');
      const { plan } = await server.done('importPlan', { fileName: 'план.txt', content });
      await server.done('submitPlan', { planId: plan.id, route: [{ kind: 'AGREE', post: 'Директор' }] });
    }
  });

  it.each([
    ['all organisations', 'main', () => '/'],
    ['a district', 'main', () => `/?organisation=${department}`],
    ['the months of a district', '.groups', () => `/?organisation=${department}&by=MONTH`],
    ['the accountable parties of a district', '.groups', () => `/?organisation=${department}&by=ACCOUNTABLE`],
    ['the sections of a district', '.groups', () => `/?organisation=${department}&by=SECTION`],
    ['the plans of a district', '.groups', () => `/?organisation=${department}&by=PLAN`],
  ])('open exactly what their numbers count: %s', async (_, part, path) => {
    const { page, context, problems } = await openAs(browser, server.address, 'administrator', path());
    await page.getByRole('heading', { name: 'Показатели за учебный год' }).waitFor();
    await page.getByRole('table').filter({ hasText: 'Название' }).waitFor();
    await page.getByText('Показать таблицей').click();
    await page.waitForLoadState('networkidle');
    const links = await figuresOf(page, part);
    expect(links.length).toBeGreaterThan(2);
    const counted = links.map(({ href, label }) => ({ href, label, count: numberIn(label) }));
    const total = page.getByRole('status').filter({ hasText: 'Точек: ' });
    const totals = new Map<string, number>();
    for (const href of new Set(links.map((each) => each.href))) {
      await page.goto(href);
      totals.set(href, Number((await total.textContent())?.replace('Точек: ', '')));
    }
    const other = counted.filter(({ href, count }) => count !== undefined && count !== totals.get(href));
    expect(other.map((each) => ({ ...each, listed: totals.get(each.href) }))).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });

  it('open the plans that wait for agreement, and no other plans', async () => {
    const { page, context } = await openAs(browser, server.address, 'director');
    const waiting = page.getByRole('region', { name: 'Планы на согласовании' });
    await waiting.getByRole('heading', { name: `Планы на согласовании ${SUBMITTED}` }).waitFor();
    await waiting.getByRole('link', { name: `Ещё: ${SUBMITTED - 20}` }).click();
    await page
      .getByRole('status')
      .filter({ hasText: `Планов: ${SUBMITTED}` })
      .waitFor();
    expect(await page.getByLabel('Состояние').inputValue()).toBe('ON_AGREEMENT');
    expect(await page.locator('.cards > li').count()).toBe(SUBMITTED);
    // The filters are in the address: a colleague who gets it sees the same list.
    await page.getByLabel('Состояние').selectOption({ label: 'утверждён' });
    await page.getByRole('link', { name: 'План работы СОШ № 01' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'План работы СОШ № 01' }).waitFor();
    expect(await page.getByRole('link', { name: 'План кружка № 1 ' }).count()).toBe(0);
    await context.close();
  });
});
