import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startServer, type TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, startBrowser } from './browser.js';

const DOCUMENT = [
  'План школы на 2023-2024 учебный год',
  '',
  '№\tМероприятие\tСрок\tОтветственные',
  '1\tЛинейка\tсентябрь 2023 г.\tЗавуч',
  '2\tПоход\tкогда позволит погода\tЗавуч',
  '3\tСбор отряда\tдо 20 декабря 2023 г.\tЗавуч',
  '',
].join('\n');

/**
 * The year of a plan with three people in three open browsers: each sees the changes of the others without a reload.
 */
describeIf(hasChromium, NO_CHROMIUM)('the story of a plan', () => {
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    const starting = startServer({ sample: 'off', clock: '2023-10-01T09:00:00Z' });
    [server, browser] = await Promise.all([starting, startBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const file = (text: string) => ({ name: 'план.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
  const choose = (page: Page, text: string) => page.locator('input[type=file]').setInputFiles(file(text));
  const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });
  const panel = (page: Page) => page.getByRole('complementary');
  const openRow = (page: Page, name: string) => row(page, name).getByRole('link', { name, exact: true }).click();
  const typeDay = async (page: Page, label: string, digits: string) => {
    await page.getByRole('group', { name: label }).getByRole('spinbutton').first().click();
    await page.keyboard.type(digits);
  };
  const order = async (page: Page, reason: string, number: string) => {
    await page.getByLabel('Причина').fill(reason);
    await page.getByText('Приказ или другой документ').click();
    await page.getByLabel('Номер').fill(number);
    await typeDay(page, 'Дата документа', '01102023');
  };

  it('goes from a file to an amendment and its proof', async () => {
    const seats = await Promise.all([
      openAs(browser, server.address, 'methodologist', '/document'),
      openAs(browser, server.address, 'director', '/plan'),
      openAs(browser, server.address, 'auditor', '/journal'),
    ]);
    const [hers, theirs, auditors] = [seats[0].page, seats[1].page, seats[2].page];
    const recorded = (text: string) => auditors.getByRole('listitem').filter({ hasText: text }).first();

    // A file becomes a draft; unclear wordings are settled.
    await choose(hers, DOCUMENT);
    await hers.getByText('По мере необходимости, без срока').click();
    await button(hers, 'Создать черновик').click();
    await hers.waitForURL(/\/plan\/plan_/);
    await recorded('План школы').waitFor();

    // The plan is agreed and approved.
    await button(hers, 'Отправить на согласование').click();
    await button(hers, 'Добавить шаг').click();
    await hers.getByLabel('Должность или название совета').fill('Директор');
    await button(hers, 'Отправить на согласование').click();
    await theirs.getByRole('link', { name: 'План школы' }).click();
    await button(theirs, 'Согласовать').click();
    await button(theirs, 'Согласовать').click();
    await button(theirs, 'Утвердить').click();
    await theirs.getByLabel('Имя, как в плане').fill('Петрова А.А.');
    await button(theirs, 'Утвердить').click();
    await hers.getByText('утверждён · редакция 1').waitFor();

    // A report is returned, submitted again, and accepted.
    await openRow(hers, 'Линейка');
    await openRow(theirs, 'Линейка');
    const report = async (text: string) => {
      await button(hers, 'Отчитаться').click();
      await hers.getByLabel('Что сделано').fill(text);
      await typeDay(hers, 'Дата выполнения', '29092023');
      await button(hers, 'Отчитаться').click();
    };
    await report('Линейка прошла.');
    await button(theirs, 'Вернуть отчёт').click();
    await theirs.getByLabel('Замечание').fill('Сколько было учеников?');
    await button(theirs, 'Вернуть отчёт').click();
    await panel(hers).getByText('Причина: Сколько было учеников?').waitFor();
    await report('Линейка прошла, 240 учеников.');
    await panel(theirs).getByRole('paragraph').filter({ hasText: '240 учеников' }).waitFor();
    await button(theirs, 'Принять отчёт').click();
    await button(theirs, 'Принять отчёт').click();
    await row(hers, 'Линейка').getByText('снято с контроля').waitFor();

    // Another term is requested, and granted on the basis of an order.
    await panel(hers).press('Escape');
    await openRow(hers, 'Сбор отряда');
    await button(hers, 'Попросить другой срок').click();
    await hers.getByLabel('Новый срок').fill('до 25 декабря 2023 г.');
    await hers.getByLabel('Причина').fill('Карантин.');
    await button(hers, 'Попросить другой срок').click();
    await panel(theirs).press('Escape');
    await openRow(theirs, 'Сбор отряда');
    await button(theirs, 'Разрешить перенос').click();
    await order(theirs, 'Карантин подтверждён.', '41');
    await button(theirs, 'Разрешить перенос').click();
    await panel(hers).getByRole('strong').filter({ hasText: 'разрешено' }).waitFor();
    await row(hers, 'Сбор отряда').getByText('до 25 декабря 2023 г.').first().waitFor();

    // The corrected file of the approved plan becomes one amendment.
    await panel(theirs).press('Escape');
    await theirs.getByRole('link', { name: 'Внести правки из файла' }).click();
    await choose(theirs, DOCUMENT.replace('до 20 декабря', 'до 25 декабря').replace('\tПоход\t', '\tПоход в музей\t'));
    await order(theirs, 'Погода не позволила.', '57');
    await button(theirs, 'Внести изменение в план').click();
    await row(hers, 'Поход в музей').waitFor();

    // The auditor compares the change with the previous state, and proves its entry.
    const amended = recorded('Поход в музей');
    await amended.getByText(/Основание: приказ № 57/i).waitFor();
    await amended.getByRole('button', { name: 'Проверить запись' }).click();
    await auditors
      .getByRole('status')
      .filter({ hasText: 'запись не изменена и стоит в подписанном журнале' })
      .waitFor();
    await amended.getByRole('link', { name: 'Было / стало' }).click();
    await row(auditors, 'Мероприятие').locator('ins').getByText('в музей').waitFor();
    expect(seats.flatMap(({ problems }) => problems)).toEqual([]);
    await Promise.all(seats.map(({ context }) => context.close()));
  });
});
