import { expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { type District, districtOf, schoolPlan } from '../support/district.js';
import { onOrganisation, registered } from '../support/organisations.js';
import type { TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, overflowOf, servePage, violationsIn } from './browser.js';

const Grouped = z.object({
  data: z.object({
    monitoring: z.object({ groups: z.array(z.looseObject({ key: z.string(), planned: z.number() })) }),
  }),
});

describeIf(hasChromium, NO_CHROMIUM)('the overview of a district of twenty organisations', () => {
  let server: TestServer;
  let browser: Browser;
  let district: District;
  servePage({ clock: '2020-11-20T09:00:00Z' }, async (served) => {
    ({ server, browser } = served);
    district = await districtOf(server, 20);
  });

  const ofDistrict = () => `/?organisation=${district.department}`;
  const schoolAt = (index: number) => {
    const school = district.schools[index];
    if (!school) throw new Error(`the district has no school ${index}`);
    return school;
  };

  it('opens the points behind a cell of organisations by months, and goes back', async () => {
    const { page, context, problems } = await openAs(browser, server.address, 'department', ofDistrict());
    const map = page.getByRole('region', { name: 'Организации по месяцам' });
    const cell = map.getByRole('link', { name: 'СОШ № 02, октябрь 2020 г.: Выполнено 0/1, Просрочено 1' });
    await cell.click();
    await page.getByRole('heading', { level: 1, name: 'Контрольные точки: Выполнено' }).waitFor();
    await page.getByText('СОШ № 02 · срок 01.10.2020 – 31.10.2020').waitFor();
    const lines = page.getByRole('region', { name: 'Контрольные точки' }).getByRole('listitem');
    await lines.getByText('Методический день').waitFor();
    expect(await lines.count()).toBe(1);
    const behind = page.url();
    await page.goBack();
    await cell.waitFor();
    await page.goto(behind);
    await lines.getByRole('link', { name: 'Методический день' }).click();
    await page.getByRole('button', { name: 'Отчитаться' }).or(page.getByText('Контрольные точки')).first().waitFor();
    expect(page.url()).toContain(`/plan/${schoolAt(1).planId}/`);
    expect(problems).toEqual([]);
    await context.close();
  });

  it('has organisations without plans, and is walked through with the arrow keys', async () => {
    const { page, context } = await openAs(browser, server.address, 'department', ofDistrict());
    const map = page.getByRole('region', { name: 'Организации по месяцам' });
    await map.getByRole('row', { name: /СОШ № 20 планов нет/ }).waitFor();
    await map.getByRole('link', { name: 'СОШ № 01', exact: true }).focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toContain('СОШ № 02, октябрь');
    await page.keyboard.press('Enter');
    await page.getByText('СОШ № 02 · срок 01.10.2020 – 31.10.2020').waitFor();
    await context.close();
  });

  it('shows the trend of the year, with a table whose numbers open their points', async () => {
    const { page, context } = await openAs(browser, server.address, 'department', ofDistrict());
    const trend = page.getByRole('region', { name: 'Ход выполнения за учебный год' });
    await trend.getByText('Показать таблицей').click();
    const row = (day: string) => trend.getByRole('row', { name: day }).getByRole('cell');
    expect(await row('30.09.2020').allTextContents()).toEqual(['19', '9', '10']);
    expect(await row('20.11.2020').allTextContents()).toEqual(['38', '9', '29']);
    expect(await row('31.08.2021').allTextContents()).toEqual(['76', '', '']);
    await row('30.09.2020').getByRole('link', { name: '10' }).click();
    await page.getByText('10 из 19').waitFor();
    await page.getByText('Точек: 10').waitFor();
    await context.close();
  });

  it('divides the figures by section, month, party and plan, by its address', async () => {
    const { page, context } = await openAs(browser, server.address, 'department', ofDistrict());
    const groups = page.getByRole('region', { name: 'Как идут дела' });
    await groups.getByRole('link', { name: 'Месяцы' }).click();
    await groups.getByRole('row', { name: /октябрь 2020\sг\.\s+19\s+0/ }).waitFor();
    expect(page.url()).toContain('by=MONTH');
    await page.reload();
    await groups
      .getByRole('row', { name: /октябрь/ })
      .getByRole('link', { name: '19' })
      .first()
      .click();
    await page.getByText('Точек: 19').waitFor();
    await context.close();
  });

  it('has large figures that open what they count', async () => {
    const { page, context } = await openAs(browser, server.address, 'department', ofDistrict());
    await page.getByRole('link', { name: '29 Просрочено' }).click();
    await page.getByText('Точек: 29').waitFor();
    await page.goBack();
    await page.getByRole('link', { name: '19 В ближайшие 7 дней' }).click();
    await page.getByText('Точек: 19').waitFor();
    await context.close();
  });

  it('lists the plans with their progress, by the tree of organisations and by school year', async () => {
    const { page, context, problems } = await openAs(browser, server.address, 'department', '/plan');
    const plan = (name: string) => page.getByRole('listitem').filter({ hasText: `План работы ${name}` });
    await plan('СОШ № 02').getByText('Выполнено 1 из 4').waitFor();
    await plan('СОШ № 01').getByText('Просрочено: 2').waitFor();
    const organisations = page.getByLabel('Организация');
    const offered = await organisations.locator('option').allTextContents();
    expect(offered.slice(0, 3)).toEqual(['Все организации', 'Отдел образования района', '\u2003СОШ № 01']);
    await organisations.selectOption(district.department);
    await plan('СОШ № 19').waitFor();
    await page.getByRole('link', { name: 'Центра поддержки' }).waitFor({ state: 'detached' });
    await organisations.selectOption(schoolAt(1).id);
    await plan('СОШ № 01').waitFor({ state: 'detached' });
    await plan('СОШ № 02').waitFor();
    await page.getByLabel('Учебный год', { exact: true }).selectOption('2020/2021');
    await plan('СОШ № 02').getByText('Выполнено 1 из 4').waitFor();
    expect([await violationsIn(page), problems]).toEqual([[], []]);
    await context.close();
  });

  it('says in one sentence that nothing is due, without empty lists', async () => {
    const id = await registered(server, { name: 'Школа без планов' });
    const { page, context } = await openAs(browser, server.address, 'department', `/?organisation=${id}`);
    await page.getByText('Ничего не просрочено, и в ближайшие 30 дней сроков нет.').waitFor();
    expect(await page.getByRole('heading', { level: 2, name: 'В ближайшие 7 дней' }).count()).toBe(0);
    await context.close();
  });

  it('changes on the wall when a report is accepted, without a reload', async () => {
    const id = await registered(server, { name: 'Лицей № 1' });
    const settings = { closingRule: 'ACCEPTANCE' };
    await onOrganisation(server, 'changeSettings', { organisationId: id, settings, reason: 'Порядок контроля' });
    const planId = await schoolPlan(server, id, 'Лицея № 1');
    const report = { activityId: `${planId.replace('plan', 'activity')}.a1`, actualOn: '2020-09-19', text: 'Сделано' };
    await server.done('submitReport', report, { key: 'methodologist' });
    const { page, context, problems } = await openAs(browser, server.address, 'dashboard', `/wall?organisation=${id}`);
    await page.getByRole('heading', { level: 1, name: 'Лицей № 1' }).waitFor();
    await page.getByRole('img', { name: 'Изменения видны сразу' }).waitFor();
    const overdue = page.getByRole('listitem').filter({ hasText: 'Просрочено' });
    await overdue.getByText('2', { exact: true }).waitFor();
    await page.getByText('Выполнено 0 из 4').waitFor();
    expect(await page.getByRole('button').count()).toBe(0);
    const reportId = `${planId.replace('plan', 'report')}.a1.r1`;
    await server.done('acceptReport', { reportId }, { key: 'director' });
    await overdue.getByText('1', { exact: true }).waitFor();
    await page.getByText('Выполнено 1 из 4').waitFor();
    expect(problems).toEqual([]);
    await page.getByRole('link', { name: 'К обзору' }).click();
    await page.getByRole('heading', { level: 1, name: 'Обзор' }).waitFor();
    await context.close();
  });

  it('names the school of each section, and shows fifty groups at a time', async () => {
    const { page, context } = await openAs(browser, server.address, 'department', `${ofDistrict()}&by=SECTION`);
    const groups = page.getByRole('region', { name: 'Как идут дела' });
    await groups.getByRole('row', { name: /Воспитательная работа — СОШ № 07 / }).waitFor();
    expect(await groups.getByRole('row').count()).toBe(1 + 19);
    // Triple the groups in the answer, so that there are more than the page shows at a time.
    await page.route('**/graphql', async (route) => {
      const response = await route.fetch();
      const answer: unknown = await response.json();
      const { data } = Grouped.safeParse(answer);
      const of = data?.data.monitoring.groups ?? [];
      const more = [1, 2, 3].flatMap((copy) => of.map((each) => ({ ...each, key: `${each.key}-${copy}` })));
      await route.fulfill({ response, json: data ? { data: { monitoring: { groups: more } } } : answer });
    });
    await page.reload();
    await groups.getByRole('button', { name: 'Показать ещё (показано 50 из 57)' }).click();
    expect(await groups.getByRole('row').count()).toBe(1 + 57);
    await context.close();
  });

  it('offers all organisations, and names the one of the address even if it is not offered', async () => {
    const { page, context } = await openAs(browser, server.address, 'department', '/journal');
    // With pages of seven items, the list of organisations takes several answers.
    await page.route('**/graphql', async (route) => {
      const text = route.request().postData() ?? '';
      await route.continue({ postData: text.replace('organisations(first: 200', 'organisations(first: 7') });
    });
    await page.goto(ofDistrict());
    const field = page.getByLabel('Организация', { exact: true });
    const chosen = field.getByRole('option', { selected: true });
    await field.getByRole('option', { name: 'СОШ № 20' }).waitFor({ state: 'attached' });
    expect(await chosen.textContent()).toBe('Отдел образования района');
    await page.route('**/graphql', async (route) => {
      const text = route.request().postData() ?? '';
      const filter = 'filter: { text: "20" }, after';
      await route.continue({
        postData: text.replace('(first: 200, after', () => `(first: 200, ${filter.replaceAll('"', '\\"')}`),
      });
    });
    await page.reload();
    await chosen.getByText('Отдел образования района').waitFor({ state: 'attached' });
    const offered = await field.getByRole('option').allTextContents();
    expect(offered).toEqual(['Все организации', 'Отдел образования района', 'СОШ № 20']);
    await context.close();
  });

  /** Makes the server refuse one GraphQL operation until the returned function is called. */
  const refuse = async (page: Page, operation: string, code = 'INTERNAL_SERVER_ERROR') => {
    let isRefused = true;
    await page.route('**/graphql', (route) =>
      isRefused && route.request().postData()?.includes(`query ${operation}(`)
        ? route.fulfill({ json: { errors: [{ message: 'refused', extensions: { code } }] } })
        : route.continue(),
    );
    return () => {
      isRefused = false;
    };
  };

  it.each([
    ['DueLists', '29 Просрочено'],
    ['YearFigures', 'Показатели за учебный год'],
    ['HeatMap', 'СОШ № 02, октябрь'],
    ['FigureGroups', 'Выполнено: СОШ № 03'],
    ['Waiting', 'Сейчас от вас ничего не ждут.'],
  ])('says that %s failed, and shows it when it is repeated', async (operation, shown) => {
    const { page, context } = await openAs(browser, server.address, 'department', '/journal');
    const answer = await refuse(page, operation);
    await page.goto(ofDistrict());
    const problem = page.getByRole('alert').filter({ hasText: 'Не удалось получить данные.' });
    await problem.waitFor();
    expect(await problem.count()).toBe(1);
    answer();
    await problem.getByRole('button', { name: 'Повторить' }).click();
    await problem.waitFor({ state: 'detached' });
    await page
      .getByText(shown)
      .or(page.getByRole('link', { name: shown }))
      .or(page.getByLabel(shown))
      .first()
      .waitFor();
    await context.close();
  });

  it.each(['Figures', 'DueLists', 'YearFigures'])('repeats %s on the wall by itself', async (operation) => {
    const { page, context } = await openAs(browser, server.address, 'dashboard', '/');
    await page.clock.install();
    const answer = await refuse(page, operation);
    await page.goto(ofDistrict().replace('/', '/wall'));
    const problem = page.getByRole('alert').filter({ hasText: 'Страница повторит запрос сама.' });
    await problem.waitFor();
    answer();
    await page.clock.runFor(10_000);
    await problem.waitFor({ state: 'detached' });
    await page.getByRole('listitem').filter({ hasText: 'Просрочено' }).getByText('29').waitFor();
    await page.getByText('Выполнено 9 из 76').waitFor();
    await context.close();
  });

  it('says that there are too many organisations for a map by months, and lets one be chosen', async () => {
    const { page, context } = await openAs(browser, server.address, 'department', '/journal');
    const answer = await refuse(page, 'HeatMap', 'BAD_USER_INPUT');
    await page.goto('/');
    const map = page.getByRole('region', { name: 'Организации по месяцам' });
    await map.getByText('Организаций слишком много').waitFor();
    answer();
    await map.getByLabel('Организация').selectOption({ label: 'Отдел образования района' });
    await map.getByRole('link', { name: 'СОШ № 02, октябрь' }).waitFor();
    expect(page.url()).toContain(district.department);
    await context.close();
  });

  it.each(['light', 'dark'] as const)('is accessible in %s', async (colorScheme) => {
    const behind = `/points?indicator=OVERDUE&organisationId=${district.department}`;
    for (const path of [ofDistrict(), behind, `/wall?organisation=${district.department}`]) {
      const { page, context, problems } = await openAs(browser, server.address, 'department', path, { colorScheme });
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle').catch(() => undefined);
      expect([path, await violationsIn(page)]).toEqual([path, []]);
      expect([path, problems]).toEqual([path, []]);
      await context.close();
    }
  });

  it('fits into 360 pixels, and speaks English', async () => {
    const behind = `/points?indicator=OVERDUE&organisationId=${district.department}`;
    for (const [path, title] of [
      [ofDistrict(), 'Overview'],
      [behind, 'Control points: Overdue'],
      [`/wall?organisation=${district.department}`, 'Отдел образования района'],
    ] as const) {
      const options = { viewport: { width: 360, height: 700 }, locale: 'en-GB' };
      const { page, context } = await openAs(browser, server.address, 'department', path, options);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.waitForLoadState('networkidle').catch(() => undefined);
      expect([path, await overflowOf(page)]).toEqual([path, 0]);
      await context.close();
    }
  });
});
