import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import type { Browser, Request } from 'playwright-core';
import { z } from 'zod';
import { onAccess } from '../support/access.js';
import { schoolPlan } from '../support/district.js';
import { holderIdOf, type KeyRole } from '../support/keys.js';
import { registered } from '../support/organisations.js';
import type { Sample, TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, overflowOf, servePage, violationsIn } from './browser.js';

describeIf(hasChromium, NO_CHROMIUM)('the views of the page', () => {
  let server: TestServer;
  let browser: Browser;
  let sample: Sample;
  servePage({ clock: '2020-11-15T09:00:00Z' }, (served) => {
    ({ server, browser, sample } = served);
  });

  it('the overview says what is overdue and due, and follows changes', async () => {
    const { page, context, problems } = await openAs(browser, server.address, 'director');
    const overdue = page.getByRole('region', { name: /^Просрочено/ });
    await overdue.getByText('Обновление содержания страницы').waitFor();
    await page.getByText('на 15 ноября 2020').waitFor();
    await page.getByRole('img', { name: 'Изменения видны сразу' }).waitFor();
    await server.data(
      `mutation { submitReport(input: { activityId: "${sample.activity(3)}", actualOn: "2020-09-28", text: "Сделано" }) { userErrors { code } } }`,
    );
    await page
      .getByRole('region', { name: /^Отчёты на приёмку/ })
      .getByText('Обновление содержания страницы')
      .click();
    await page.getByRole('button', { name: 'Принять отчёт' }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('the overview shows an activity with several overdue points once, with all their days', async () => {
    const { page, context } = await openAs(browser, server.address, 'director');
    const rows = page.getByRole('region', { name: /^Просрочено/ }).getByRole('listitem');
    const row = rows.filter({ hasText: 'Участие в цикле вебинаров' });
    await row.getByText('срок 21.09.2020, 19.10.2020').waitFor();
    expect(await row.count()).toBe(1);
    await context.close();
  });

  it('the overview lists the questions that a person can answer, not those that only a new file answers', async () => {
    const { page, context } = await openAs(browser, server.address, 'methodologist');
    // Of eight rows with questions the terms of 6, 8 and 9 can be read in several ways.
    const questions = page.getByRole('region', { name: 'Сроки и формулировки уточнить 3' }).getByRole('listitem');
    await questions.getByText(/^9\. /).waitFor();
    expect(await questions.getByRole('link').allInnerTexts()).toEqual([
      ...[expect.stringMatching(/^6\. /), expect.stringMatching(/^8\. /), expect.stringMatching(/^9\. /)],
    ]);
    await context.close();
  });

  it('an own report that waits has no main button: nothing is to be done', async () => {
    await report(sample.planId, 10, 'methodologist');
    const path = `/plan/${sample.planId}/${sample.activity(10)}`;
    const { page, context } = await openAs(browser, server.address, 'methodologist', path);
    await page.getByRole('button', { name: 'Отозвать отчёт' }).waitFor();
    expect(await page.locator('button.primary').count()).toBe(0);
    await context.close();
  });

  it('an amendment without a basis says so in the trail', async () => {
    const change = { timeframe: { text: 'до 20 мая 2021 г.' }, reason: 'Занят зал без приказа' };
    await server.done('rescheduleActivity', { activityId: sample.activity(12), ...change }, { key: 'director' });
    const { page, context } = await openAs(browser, server.address, 'auditor', '/journal');
    const entries = page.getByRole('listitem').filter({ hasText: 'Занят зал без приказа' });
    await entries.first().getByText('Основание: не указано').waitFor();
    await context.close();
  });

  const planOf = async (name: string) => schoolPlan(server, await registered(server, { name }), name);
  const report = (planId: string, activity: number, key: KeyRole) => {
    const activityId = `${planId.replace('plan', 'activity')}.a${activity}`;
    return server.done('submitReport', { activityId, actualOn: '2020-10-28', text: 'Сделано' }, { key });
  };

  it('the overview follows changes while the organisations are still being read', async () => {
    const planId = await planOf('Школа № 5');
    const { page, context } = await openAs(browser, server.address, 'director');
    const reports = page.getByRole('region', { name: /^Отчёты на приёмку/ });
    await page.getByRole('region', { name: /^Просрочено/ }).waitFor();
    await page.getByRole('img', { name: 'Изменения видны сразу' }).waitFor();
    const asks = (operation: string) => (sent: Request) => sent.postData()?.includes(`query ${operation}(`) === true;
    const asksOrganisations = asks('Organisations');
    await page.route('**/graphql', (route) => (asksOrganisations(route.request()) ? undefined : route.continue()));
    const read = page.waitForResponse((response) => asks('Waiting')(response.request()));
    const awaited = page.waitForRequest(asksOrganisations);
    await registered(server, { name: 'Школа № 7' });
    await Promise.all([read, awaited]);
    await report(planId, 4, 'methodologist');
    await reports.getByText('Отчёт за год').waitFor();
    await context.close();
  });

  it('the overview lists the reports of others behind any number of own ones', async () => {
    const planId = await planOf('Школа № 6');
    await report(planId, 1, 'director');
    await report(planId, 2, 'director');
    await report(planId, 3, 'methodologist');
    const { page, context } = await openAs(browser, server.address, 'director', '/plan');
    // Pages of one: not all reports come in the first answer.
    await page.route('**/graphql', (route) => {
      const text = route.request().postData() ?? '';
      const [whole, short] = [20, 1].map((first) => `reported: activities(first: ${first},`);
      return route.continue({ postData: text.replace(String(whole), String(short)) });
    });
    await page.goto('/');
    const reports = page.getByRole('region', { name: /^Отчёты на приёмку/ });
    await reports.getByText('Семинар классных руководителей').waitFor();
    for (const own of ['Мониторинг сайта', 'Методический день']) expect(await reports.getByText(own).count()).toBe(0);
    await context.close();
  });

  it('a person is not offered to accept an own report', async () => {
    const activityId = sample.activity(8);
    const report = { activityId, actualOn: '2020-09-29', text: 'Вебинар проведён' };
    await server.done('submitReport', report, { key: 'director' });
    const { page, context } = await openAs(browser, server.address, 'director', `/plan/${sample.planId}/${activityId}`);
    const pending = page.getByRole('region', { name: 'Ждёт решения' });
    await pending.getByText('Свой отчёт не принимают').waitFor();
    await pending.getByRole('button', { name: 'Отозвать отчёт' }).waitFor();
    for (const name of ['Принять отчёт', 'Вернуть отчёт']) {
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    }
    await page.goto('/');
    const waiting = page.getByRole('region', { name: 'Ждёт вас' });
    await waiting
      .getByRole('region', { name: /^Просьбы|^Сроки/ })
      .first()
      .waitFor();
    expect(
      await waiting
        .getByRole('region', { name: /^Отчёты на приёмку/ })
        .getByText(/^8\. /)
        .count(),
    ).toBe(0);
    await context.close();
  });

  it('the trail finds entries by words and days', async () => {
    const { page, context } = await openAs(browser, server.address, 'auditor', '/journal');
    await page.getByText(/^Записей: [1-9]/).waitFor();
    await page.getByLabel('Слова в записи').fill('вебинаров');
    await page.getByText(/^Записей: 1$/).waitFor();
    await context.close();
  });

  it('the trail finds the number of an order, what entries are about, and all entries of a person', async () => {
    const basis = { document: { type: 'ORDER', number: '143', date: '2020-11-10' } };
    const change = { timeframe: { text: 'до 20 декабря 2020 г.' }, reason: 'Занят зал', basis };
    await server.done('rescheduleActivity', { activityId: sample.activity(9), ...change }, { key: 'director' });
    const { page, context, problems } = await openAs(browser, server.address, 'auditor', '/journal');
    const count = (number: number) => page.getByText(`Записей: ${number}`, { exact: true }).waitFor();
    // The number of the order finds two entries: the amendment, and the change in it.
    await page.getByLabel('Слова в записи').fill('143');
    await count(2);
    await page.getByLabel('О чём').selectOption({ label: 'Сроки и переносы' });
    await count(1);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Скачать CSV' }).click(),
    ]);
    expect((await readFile(await file.path(), 'utf8')).match(/Занят зал/g)).toHaveLength(1);
    await page.getByRole('link', { name: 'Елизавета Фоминична Карташова' }).click();
    await page.getByText('Автор: Елизавета Фоминична Карташова').waitFor();
    await page.getByLabel('Слова в записи').fill('');
    await page.getByLabel('О чём').selectOption({ label: 'Обо всём' });
    await count(2);
    await page.getByRole('link', { name: 'Показать весь журнал' }).click();
    await page.getByText(/^Записей: \d\d/).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('the trail says whose access each entry is about', async () => {
    await onAccess(server, 'rotateAccess', { accessId: `access_${holderIdOf('methodologist')}` });
    const { page, context } = await openAs(browser, server.address, 'auditor', '/journal');
    const rotated = page.getByRole('listitem').filter({ hasText: 'Ключ доступа сменён' });
    await rotated.getByText('Чей доступ: Лидия Марковна Орешкина, методист').waitFor();
    await context.close();
  });

  it('the trail names the plan of each entry, and a plan leads to its own entries', async () => {
    const { page, context, problems } = await openAs(browser, server.address, 'auditor', '/journal');
    const title = page.locator('.entries.journal a[href^="/plan/plan_"]:not([href*="compare"])').first();
    await title.filter({ hasText: /план/i }).click();
    await page.getByRole('navigation', { name: 'Вид плана' }).waitFor();
    await page.locator('main').getByRole('link', { name: 'Журнал' }).click();
    await page.getByText('Показать весь журнал').waitFor();
    await page.getByText(/^Записей: [1-9]/).waitFor();
    expect(new URL(page.url()).searchParams.get('plan')).toMatch(/^plan_/);
    expect(await page.getByText('Выдан доступ').count()).toBe(0);
    await page.getByRole('link', { name: 'Показать весь журнал' }).click();
    await page.getByText('Выдан доступ').first().waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('that cannot be loaded says so, leaves the rest of the page, and comes back when it can', async () => {
    const { page, context } = await openAs(browser, server.address, 'auditor', '/plan');
    await page.getByRole('heading', { level: 1, name: 'Планы' }).waitFor();
    await page.route(/assets\/Journal.*\.js/, (route) => route.abort());
    await page.getByRole('link', { name: 'Журнал' }).click();
    await page.getByRole('alert').getByText('Этот раздел не открылся').waitFor();
    await page.getByRole('link', { name: 'Планы' }).click();
    await page.getByRole('heading', { level: 1, name: 'Планы' }).waitFor();
    await page.getByRole('link', { name: 'Журнал' }).click();
    await page.getByRole('alert').waitFor();
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Обновить страницу' }).click();
    await page.getByText(/^Записей: [1-9]/).waitFor();
    await context.close();
  });

  it('load less than 250 kB of gzipped scripts and styles at first, without the checks of proofs', async () => {
    const { page, context } = await openAs(browser, server.address, 'director');
    await page.getByRole('region', { name: /^Просрочено/ }).waitFor();
    const files = z
      .array(z.string())
      .parse(await page.evaluate('performance.getEntriesByType("resource").map(({ name }) => name)'));
    const assets = files.filter((name) => /\/assets\/.*\.(js|css)$/.test(name));
    const sizes = await Promise.all(
      assets.map(async (name) => gzipSync(await (await context.request.get(name)).body()).length),
    );
    expect(assets.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(250_000);
    expect(assets.filter((name) => /proof|trustedKey/i.test(name))).toEqual([]);
    await context.close();
  });

  const views = (): readonly (readonly [string, string])[] => [
    ['/', 'Обзор'],
    ['/plan', 'Планы'],
    [`/plan/${sample.planId}`, 'План работы'],
    [`/plan/${sample.planId}/${sample.activity(4)}`, 'План работы'],
    ['/journal', 'Журнал'],
  ];

  it.each(['light', 'dark'] as const)('are accessible in %s', async (colorScheme) => {
    for (const [path, title] of views()) {
      const { page, context, problems } = await openAs(browser, server.address, 'director', path, { colorScheme });
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.waitForLoadState('networkidle').catch(() => undefined);
      expect([path, await violationsIn(page)]).toEqual([path, []]);
      expect([path, problems]).toEqual([path, []]);
      await context.close();
    }
  });

  it('fit into 360 pixels, with an open form too', async () => {
    for (const [path] of views()) {
      const options = { viewport: { width: 360, height: 700 } };
      const { page, context } = await openAs(browser, server.address, 'director', path, options);
      await page.getByRole('heading').first().waitFor();
      await page.getByRole('img', { name: 'Изменения видны сразу' }).waitFor();
      const action = page.getByRole('button', { name: 'Изменить срок' });
      if (path.includes('activity')) {
        await action.click();
        await page.getByText('Приказ или другой документ').click();
        expect([path, await violationsIn(page)]).toEqual([path, []]);
      }
      expect([path, await overflowOf(page)]).toEqual([path, 0]);
      await context.close();
    }
  });
});
