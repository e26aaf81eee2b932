import { expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import type { Sample, TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, servePage } from './browser.js';

const REVIEWED = `{ activities(filter: { needsReview: true }) { nodes { id timeframe { alternatives { kind } } } } }`;
const Reviewed = z.object({
  activities: z.object({
    nodes: z.array(z.object({ id: z.string(), timeframe: z.object({ alternatives: z.array(z.unknown()) }) })),
  }),
});

describeIf(hasChromium, NO_CHROMIUM)('an activity on the page', () => {
  let server: TestServer;
  let browser: Browser;
  let sample: Sample;
  servePage({ clock: '2020-11-15T09:00:00Z' }, (served) => {
    ({ server, browser, sample } = served);
  });

  const pathOf = (number: number) => `/plan/${sample.planId}/${sample.activity(number)}`;
  const action = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const form = (page: Page) => page.getByRole('form');

  async function typeDay(page: Page, label: string, digits: string): Promise<void> {
    await page.getByRole('group', { name: label }).getByRole('spinbutton').first().click();
    await page.keyboard.type(digits);
  }

  it('is reported on, returned, reported on again and accepted, by two people who see each other', async () => {
    const methodologist = await openAs(browser, server.address, 'methodologist', pathOf(3));
    const director = await openAs(browser, server.address, 'director', pathOf(3));
    const [hers, theirs] = [methodologist.page, director.page];
    const report = async (text: string) => {
      await action(hers, 'Отчитаться').click();
      await hers.getByLabel('Что сделано').fill(text);
      await typeDay(hers, 'Дата выполнения', '28092020');
      await action(hers, 'Отчитаться').click();
      await hers.getByText('Отчёт отправлен: его примет директор').waitFor();
    };
    await report('Создана вкладка «Семейная страничка».');
    await theirs.getByRole('paragraph').filter({ hasText: 'Создана вкладка «Семейная страничка».' }).waitFor();

    // A refusal is shown at its field, in words.
    await action(theirs, 'Вернуть отчёт').click();
    await action(theirs, 'Вернуть отчёт').click();
    await form(theirs).getByText('Укажите причину').waitFor();
    await theirs.getByLabel('Замечание').fill('Приложите ссылку на вкладку.');
    await action(theirs, 'Вернуть отчёт').click();
    await hers.getByRole('strong').filter({ hasText: 'возвращён' }).waitFor();
    await hers.getByText('Причина: Приложите ссылку на вкладку.').waitFor();

    await report('Вкладки созданы, ссылки приложены.');
    await theirs.getByRole('paragraph').filter({ hasText: 'Вкладки созданы, ссылки приложены.' }).waitFor();
    await action(theirs, 'Принять отчёт').click();
    await action(theirs, 'Принять отчёт').click();
    await hers.getByText('снято с контроля').first().waitFor();
    expect([...methodologist.problems, ...director.problems]).toEqual([]);
    await Promise.all([methodologist.context.close(), director.context.close()]);
  });

  it('is asked another term for, which is granted on an order', async () => {
    const methodologist = await openAs(browser, server.address, 'methodologist', pathOf(7));
    const director = await openAs(browser, server.address, 'director', pathOf(7));
    const [hers, theirs] = [methodologist.page, director.page];
    await action(hers, 'Попросить другой срок').click();
    await form(hers).getByText('Новый срок заменит его целиком, со всеми контрольными точками').waitFor();
    await form(hers).getByText('которых сейчас: 12.').waitFor();
    await hers.getByLabel('Новый срок').fill('до 20 декабря 2020 г.');
    await hers.getByLabel('Причина').fill('Вебинары перенесены министерством.');
    await action(hers, 'Попросить другой срок').click();
    await hers.getByText('Просьба отправлена: её решит директор.').waitFor();

    // The request is the main thing for the director: it shows who asks and why, and no other button is as prominent.
    const pending = theirs.getByRole('region', { name: 'Ждёт решения' });
    await pending.getByText('просят срок «до 20 декабря 2020 г.» вместо «каждый 3-тий понедельник месяца»').waitFor();
    await pending.getByText(/^.+: Вебинары перенесены министерством\.$/).waitFor();
    expect(await theirs.locator('button.primary').allInnerTexts()).toEqual(['Разрешить перенос']);
    expect(await action(theirs, 'Изменить срок').count()).toBe(0);
    await action(theirs, 'Разрешить перенос').click();
    expect(await theirs.getByLabel('Причина').inputValue()).toBe('Вебинары перенесены министерством.');
    await theirs.getByLabel('Причина').fill('Письмо министерства.');

    // Nothing is sent while neither a document is chosen nor that there is none.
    await action(theirs, 'Разрешить перенос').click();
    await theirs.getByRole('radiogroup', { name: 'Основание' }).getByText('Укажите основание').waitFor();
    // An order without its number and date is not sent. Each message disappears when its field is filled in.
    await theirs.getByText('Приказ или другой документ').click();
    await action(theirs, 'Разрешить перенос').click();
    await form(theirs).getByText('Укажите номер документа').waitFor();
    await form(theirs).getByText('Укажите день.').waitFor();
    await theirs.getByLabel('Вид документа').selectOption('письмо');
    await theirs.getByLabel('Номер').fill('143-р');
    expect(await form(theirs).getByText('Укажите номер документа').count()).toBe(0);
    expect(await form(theirs).getByText('Укажите день.').count()).toBe(1);
    await typeDay(theirs, 'Дата документа', '10112020');
    await action(theirs, 'Разрешить перенос').click();
    await hers.getByRole('strong').filter({ hasText: 'разрешено' }).waitFor();
    await hers.getByText('Основание: письмо № 143-р от 10.11.2020').first().waitFor();
    await hers.getByText(/^Решение: .+, Директор · .+ · письмо № 143-р от 10\.11\.2020$/).waitFor();
    const row = hers.getByRole('row').filter({ hasText: 'Участие в цикле вебинаров' });
    await row.getByText('до 20 декабря 2020 г.').waitFor();
    await Promise.all([methodologist.context.close(), director.context.close()]);
  });

  it('shows what a typed term means, and refuses it in the words of the command, before it is sent', async () => {
    const { page, context, problems } = await openAs(browser, server.address, 'methodologist', pathOf(9));
    await action(page, 'Попросить другой срок').click();
    const term = page.getByLabel('Новый срок');
    await term.fill('когда позволит погода');
    const refusal = form(page).getByText('«когда позволит погода»');
    await refusal.waitFor();
    const sentence = await refusal.textContent();
    await term.fill('до 20 декабря 2020 г.');
    await form(page).getByText('Контрольных точек будет: 1 (до 20.12.2020)').waitFor();
    expect(await refusal.count()).toBe(0);
    await term.fill('когда позволит погода');
    await page.getByLabel('Причина').fill('Карантин.');
    await action(page, 'Попросить другой срок').click();
    await form(page).getByRole('textbox', { name: 'Новый срок' }).and(page.locator('[aria-invalid=true]')).waitFor();
    expect(new Set(await refusal.allTextContents())).toEqual(new Set([sentence]));
    expect(problems).toEqual([]);
    await context.close();
  });

  it('is rescheduled by a director, who does not ask for another term', async () => {
    const { page, context } = await openAs(browser, server.address, 'director', pathOf(9));
    await action(page, 'Изменить срок').waitFor();
    expect(await action(page, 'Попросить другой срок').count()).toBe(0);
    await context.close();
  });

  it('is excluded with a reason and an order, or expressly without one', async () => {
    const { page, context } = await openAs(browser, server.address, 'director', pathOf(13));
    await action(page, 'Исключить из плана').click();
    await page.getByLabel('Причина').fill('Конкурс отменён.');
    await action(page, 'Исключить из плана').click();
    await page.getByRole('radiogroup', { name: 'Основание' }).getByText('Укажите основание').waitFor();
    await page.getByText('Без документа', { exact: true }).click();
    await action(page, 'Исключить из плана').click();
    const row = page.getByRole('row').filter({ hasText: 'Воспитатель человека' });
    await row.getByText('исключено').waitFor();
    await page.getByText(/редакция [2-9]/).waitFor();
    await context.close();
  });

  it('says why the questions of an approved row are not settled here, and what corrects the row', async () => {
    const { activities } = await server.read(Reviewed, REVIEWED);
    const settled = activities.nodes.find(({ timeframe }) => timeframe.alternatives.length === 0);
    expect(settled).toBeDefined();
    const path = `/plan/${sample.planId}/${settled?.id}`;
    const { page, context } = await openAs(browser, server.address, 'methodologist', path);
    await page.getByText('План утверждён, поэтому эти вопросы здесь не снимаются').waitFor();
    expect(await action(page, 'Уточнить срок').count()).toBe(0);
    await context.close();
  });

  it('has an ambiguous term settled; another reading than the approved one is refused at its place', async () => {
    const { page, context } = await openAs(browser, server.address, 'methodologist', pathOf(8));
    await action(page, 'Уточнить срок').click();
    await form(page).getByText('01.09.2020 – 30.09.2020', { exact: true }).click();
    await action(page, 'Уточнить срок').click();
    await page.getByRole('radiogroup').getByText('План утверждён с другим пониманием срока').waitFor();
    await form(page).getByText('01.08.2020 – 30.09.2020', { exact: true }).click();
    await action(page, 'Уточнить срок').click();
    await page.getByText('Срок уточнён.').waitFor();
    expect(await action(page, 'Уточнить срок').count()).toBe(0);
    await context.close();
  });

  it('of a draft has the question about its cell of parties answered', async () => {
    const cell = 'МБУ ДО ЦВР, структурные подразделения';
    const table = `№\tМероприятие\tСрок\tОтветственные\n1\tСбор\tоктябрь 2020 г.\t${cell}\n`;
    const content = Buffer.from(`План сборов на 2020-2021 учебный год\n\n${table}`).toString('base64');
    const imported = await server.done('importPlan', { fileName: 'сборы.txt', content }, { key: 'methodologist' });
    const path = `/plan/${imported.plan.id}/${imported.plan.id.replace('plan', 'activity')}.a1`;
    const { page, context, problems } = await openAs(browser, server.address, 'methodologist', path);
    await action(page, 'Уточнить ответственных').click();
    const lines = page.getByLabel('Кто отвечает: каждый с новой строки');
    await lines.fill(' ');
    await action(page, 'Уточнить ответственных').click();
    await form(page).getByText('Поле обязательно.').waitFor();
    await lines.fill('МБУ ДО ЦВР\nСтруктурные подразделения ЦВР (по согласованию)');
    await action(page, 'Уточнить ответственных').click();
    await page.getByText('Ответственные уточнены.').waitFor();
    expect(await action(page, 'Уточнить ответственных').count()).toBe(0);
    await page.getByRole('row').filter({ hasText: cell }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('says in a form what others changed meanwhile, and sends over it when that was seen', async () => {
    const { page, context } = await openAs(browser, server.address, 'director', pathOf(11));
    await action(page, 'Изменить срок').click();
    await page.getByLabel('Новый срок').fill('до 25 декабря 2020 г.');
    await page.getByLabel('Причина').fill('Сроки конкурса изменены.');
    await page.getByText('Без документа', { exact: true }).click();
    await server.data(
      `mutation { completeActivity(input: { activityId: "${sample.activity(8)}", actualOn: "2020-09-30" }) { userErrors { code } } }`,
    );
    await action(page, 'Изменить срок').click();
    await page.getByText('Пока вы заполняли форму, план изменили:').waitFor();
    await action(page, 'Я посмотрел(а) изменения, отправить').click();
    await page.getByText('Срок изменён.').waitFor();
    await page.getByRole('complementary').getByText('до 25 декабря 2020 г.').first().waitFor();
    await context.close();
  });

  it('keeps what was typed while the connection is lost, over a reload, and records it once', async () => {
    const { page, context } = await openAs(browser, server.address, 'methodologist', pathOf(9));
    await action(page, 'Отметить выполнение').click();
    await context.setOffline(true);
    await typeDay(page, 'Дата выполнения', '12112020');
    await action(page, 'Отметить выполнение').click();
    await form(page).getByText('Выберите контрольную точку.').waitFor();
    await page.getByLabel('Контрольная точка').selectOption({ index: 1 });
    await action(page, 'Отметить выполнение').click();
    await form(page).getByText('Связи нет. Введённое сохранено').waitFor();
    await context.setOffline(false);
    await page.reload();
    await action(page, 'Отметить выполнение').click();
    await page.getByText('Черновик восстановлен.').waitFor();
    await action(page, 'Отметить выполнение').click();
    await page.getByText('Выполнение отмечено.').waitFor();
    await page.getByText('выполнено 12.11.2020').first().waitFor();
    await context.close();
  });

  it('has a form that is in view, says all that is missing, and completes a link', async () => {
    const { page, context } = await openAs(browser, server.address, 'methodologist', pathOf(10));
    await page.setViewportSize({ width: 1120, height: 600 });
    await action(page, 'Отчитаться').click();
    await form(page).waitFor();
    expect(await page.getByLabel('Что сделано').evaluate((field) => field === field.ownerDocument.activeElement)).toBe(
      true,
    );
    await action(page, 'Отчитаться').click();
    await form(page).getByText('Поле обязательно.').waitFor();
    await form(page).getByText('Укажите день.').waitFor();
    await page.getByLabel('Что сделано').fill('Проведено.');
    await typeDay(page, 'Дата выполнения', '13112020');
    await page.getByLabel('Подтверждение: название').fill('Фото');
    await action(page, 'Отчитаться').click();
    await form(page).getByText('Укажите ссылку или уберите название.').waitFor();
    await page.getByLabel('Подтверждение: ссылка').fill('example.org/foto');
    await action(page, 'Отчитаться').click();
    const link = page.getByRole('link', { name: 'Фото' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe('https://example.org/foto');
    await page.getByText('Отчёт отправлен').waitFor();
    await context.close();
  });

  it('offers only what the role may do', async () => {
    const { page, context } = await openAs(browser, server.address, 'auditor', pathOf(12));
    await page.getByText('вам здесь ничего не нужно делать').waitFor();
    expect(await action(page, 'Отчитаться').count()).toBe(0);
    await page.getByRole('heading', { name: 'История' }).waitFor();
    await context.close();
    const dashboard = await openAs(browser, server.address, 'dashboard', pathOf(12));
    await dashboard.page.getByText('История видна тем').waitFor();
    await dashboard.context.close();
  });

  it('is reported on with the keyboard alone', async () => {
    const { page, context } = await openAs(browser, server.address, 'methodologist', pathOf(1));
    await action(page, 'Отчитаться').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Отчитаться' }).waitFor();
    await page.keyboard.type('Участвовали в форуме.');
    await page.keyboard.press('Tab');
    await page.keyboard.type('14112020');
    await action(page, 'Отчитаться').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('paragraph').filter({ hasText: 'Участвовали в форуме.' }).waitFor();
    await page.getByRole('heading', { level: 2 }).first().focus();
    await page.keyboard.press('Escape');
    await page.waitForURL(`${server.address}/plan/${sample.planId}`);
    await context.close();
  });
});
