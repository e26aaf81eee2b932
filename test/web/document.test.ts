import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { keyOf } from '../support/keys.js';
import { startServer, type TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, overflowOf, startBrowser, violationsIn } from './browser.js';

/** Returns a plan document as text. Each test has a different title. */
function documentOf(title: string, rows: readonly (readonly [string, string])[]): string {
  const table = rows.map(([activity, time], index) => `${index + 1}\t${activity}\t${time}\tЗавуч`);
  return [`${title} на 2023-2024 учебный год`, '', '№\tМероприятие\tСрок\tОтветственные', ...table, ''].join('\n');
}

const ROWS = [
  ['Линейка', 'сентябрь 2023 г.'],
  ['Поход', 'когда позволит погода'],
  ['Сбор отряда', 'до 20 декабря 2023 г.'],
] as const;
const fileOf = (text: string, name = 'план.txt') => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

describeIf(hasChromium, NO_CHROMIUM)('a document on the page', () => {
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    const settings = { LETOPIS_MAX_UPLOAD: '200000' };
    [server, browser] = await Promise.all([
      startServer({ sample: 'off', clock: '2023-10-01T09:00:00Z', settings }),
      startBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const choose = (page: Page, file: ReturnType<typeof fileOf>) => page.locator('input[type=file]').setInputFiles(file);
  const days = (page: Page, label: string) => page.getByRole('group', { name: label }).getByRole('spinbutton').first();

  /** Drops a file on its area, as from a folder of the desktop. */
  async function drop(page: Page, { name, buffer }: ReturnType<typeof fileOf>): Promise<void> {
    const source = `(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([${JSON.stringify(buffer.toString())}], ${JSON.stringify(name)}));
      return transfer;
    })()`;
    const dataTransfer = await page.evaluateHandle(source);
    const place = page.getByRole('region', { name: 'Файл' });
    for (const event of ['dragover', 'drop']) await place.dispatchEvent(event, { dataTransfer });
  }

  async function settleByDay(page: Page, digits: string): Promise<void> {
    await page.getByText('Указать дни').click();
    await days(page, 'По день').click();
    await page.keyboard.type(digits);
  }

  async function draft(title: string): Promise<string> {
    const content = Buffer.from(documentOf(title, ROWS)).toString('base64');
    const { plan } = await server.done('importPlan', { fileName: 'план.txt', content }, { key: 'methodologist' });
    return plan.id;
  }

  async function approved(title: string): Promise<string> {
    const planId = await draft(title);
    const activityId = `${planId.replace('plan', 'activity')}.a2`;
    await server.done('resolveWording', { activityId, schedule: { kind: 'ON_DEMAND' } }, { key: 'methodologist' });
    await server.done('submitPlan', { planId, route: [] }, { key: 'methodologist' });
    await server.done('approvePlan', { planId, stamp: { post: 'Директор' } }, { key: 'director' });
    return planId;
  }

  it('becomes a plan that is settled, returned, corrected, agreed, approved and amended', async () => {
    const methodologist = await openAs(browser, server.address, 'methodologist', '/document');
    const hers = methodologist.page;
    await drop(hers, fileOf(documentOf('План школы', ROWS)));

    // The future plan is shown beside the questions, and nothing is recorded yet.
    const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });
    await row(hers, 'Поход').getByText('срок не понят').waitFor();
    await hers.getByRole('heading', { name: 'Вопросы 1' }).waitFor();
    expect(await server.data('{ plans { totalCount } }')).toEqual({ plans: { totalCount: 0 } });
    await settleByDay(hers, '31052024');
    await row(hers, 'Поход').getByText('уточнено').waitFor();
    await button(hers, 'Создать черновик').click();
    await hers.waitForURL(/\/plan\/plan_/);
    await row(hers, 'Поход').getByText('до 31.05.2024').waitFor();

    await button(hers, 'Отправить на согласование').click();
    await button(hers, 'Добавить шаг').click();
    await button(hers, 'Отправить на согласование').click();
    await hers.getByText('Поле обязательно.').waitFor();
    await hers.getByLabel('Должность или название совета').fill('Директор');
    await button(hers, 'Отправить на согласование').click();
    await hers.getByText('Ждёт согласования: Директор').waitFor();

    const director = await openAs(browser, server.address, 'director', new URL(hers.url()).pathname);
    const theirs = director.page;
    await button(theirs, 'Вернуть с замечаниями').click();
    await theirs.getByLabel('Замечания: что исправить').fill('Линейку перенести на октябрь.');
    await button(theirs, 'Вернуть с замечаниями').click();
    await hers.getByText('План возвращён: Линейку перенести на октябрь.').waitFor();

    // The corrected file of a draft is applied to it.
    await hers.getByRole('link', { name: 'Внести правки из файла' }).click();
    const corrected = documentOf('План школы', ROWS).replace('сентябрь 2023 г.', 'октябрь 2023 г.');
    await choose(hers, fileOf(corrected));
    await hers.getByText('срок «сентябрь 2023 г.» → «октябрь 2023 г.»').waitFor();
    await button(hers, 'Внести в черновик').click();
    await row(hers, 'Линейка').getByText('октябрь 2023 г.').first().waitFor();
    await button(hers, 'Отправить на согласование').click();
    await button(hers, 'Добавить шаг').click();
    await hers.getByLabel('Должность или название совета').fill('Директор');
    await button(hers, 'Отправить на согласование').click();

    await button(theirs, 'Согласовать').click();
    await button(theirs, 'Согласовать').click();
    await button(theirs, 'Утвердить').click();
    await theirs.getByLabel('Имя, как в плане').fill('Петрова А.А.');
    await button(theirs, 'Утвердить').click();
    await hers.getByText('утверждён · редакция 1').waitFor();
    await hers.getByText('Петрова А.А.').waitFor();

    // The corrected file of an approved plan becomes one amendment, with its reason and order.
    await theirs.getByRole('link', { name: 'Внести правки из файла' }).click();
    await choose(theirs, fileOf(corrected.replace('до 20 декабря', 'до 25 декабря')));
    await button(theirs, 'Внести изменение в план').click();
    await theirs.getByText('Укажите причину').waitFor();
    await theirs.getByLabel('Причина').fill('Сбор перенесён.');
    await theirs.getByText('Приказ или другой документ').click();
    await theirs.getByLabel('Номер').fill('15');
    await button(theirs, 'Внести изменение в план').click();
    await theirs.getByText('Укажите день.').waitFor();
    await days(theirs, 'Дата документа').click();
    await theirs.keyboard.type('29092023');
    await button(theirs, 'Внести изменение в план').click();
    await hers.getByText('утверждён · редакция 2').waitFor();
    await row(hers, 'Сбор отряда').getByText('до 25 декабря 2023 г.').waitFor();
    expect([...methodologist.problems, ...director.problems]).toEqual([]);
    await Promise.all([methodologist.context.close(), director.context.close()]);
  });

  it.each([
    ['a PDF', fileOf('%PDF-1.7 …', 'план.docx'), 'Это PDF'],
    ['an empty file', fileOf(''), 'Файл пуст'],
    ['a file over the limit', fileOf('а'.repeat(150_000)), 'Файл слишком велик'],
    [
      'a scan',
      { name: 'скан.docx', mimeType: 'image/jpeg', buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) },
      'Это снимок или скан',
    ],
    ['a damaged document', { ...fileOf(''), buffer: Buffer.from('PK\u0003\u0004 cut short') }, 'Файл повреждён'],
    ['a text without a plan', fileOf('Дорогие друзья!\n'), 'Таблица плана не найдена'],
  ])('that is no plan is refused with what to do: %s', async (_, file, words) => {
    const { page, context } = await openAs(browser, server.address, 'methodologist', '/document');
    await choose(page, file);
    await page.getByRole('alert').getByText(words).waitFor();
    expect(await button(page, 'Создать черновик').count()).toBe(0);
    // Another file is taken at once.
    await choose(page, fileOf(documentOf('План после отказа', ROWS)));
    await button(page, 'Создать черновик').waitFor();
    await context.close();
  });

  it('with other headings is read by the columns that a person states', async () => {
    const { page, context } = await openAs(browser, server.address, 'methodologist', '/document');
    await choose(page, fileOf('План кружка на 2023-2024 учебный год\n\nЧто\tКогда\nЛинейка\tмай\nПоход\tиюнь\n'));
    await page.getByLabel('Срок', { exact: true }).selectOption({ label: 'Когда' });
    await button(page, 'Прочитать так').click();
    await page.getByRole('row').filter({ hasText: 'Поход' }).waitFor();
    await button(page, 'Создать черновик').click();
    await page.getByRole('heading', { level: 1, name: 'План кружка' }).waitFor();
    await context.close();
  });

  it('is not lost with the connection: what was settled stays over a reload, and is created once', async () => {
    const { page, context } = await openAs(browser, server.address, 'methodologist', '/document');
    await choose(page, fileOf(documentOf('План без связи', ROWS)));
    await page.getByText('По мере необходимости, без срока').click();
    await context.setOffline(true);
    await button(page, 'Создать черновик').click();
    await page.getByText('Связи нет. Введённое сохранено').waitFor();
    await context.setOffline(false);
    await page.reload();
    await page.getByRole('row').filter({ hasText: 'Поход' }).getByText('уточнено').waitFor();
    await button(page, 'Создать черновик').click();
    await page.getByRole('heading', { level: 1, name: 'План без связи' }).waitFor();
    const named = '{ plans(filter: { text: "План без связи" }) { totalCount } }';
    expect(await server.data(named)).toEqual({ plans: { totalCount: 1 } });
    await context.close();
  });

  it('outlives the end of the session: after signing in again the file and what was settled are there', async () => {
    const { page, context } = await openAs(browser, server.address, 'methodologist', '/document');
    await choose(page, fileOf(documentOf('План сеанса', ROWS)));
    await page.getByText('По мере необходимости, без срока').click();
    await page.getByRole('row').filter({ hasText: 'Поход' }).getByText('уточнено').waitFor();
    await context.request.delete('/session', { headers: { origin: server.address } });
    await page.getByText('Сеанс завершён').waitFor();
    await page.getByLabel('Ключ доступа').fill(keyOf('methodologist'));
    await button(page, 'Войти').click();
    await page.getByRole('row').filter({ hasText: 'Поход' }).getByText('уточнено').waitFor();
    await context.close();
  });

  it('of a title that is there already offers that plan, and makes a second one only on request', async () => {
    const planId = await draft('План дважды');
    const { page, context } = await openAs(browser, server.address, 'methodologist', '/document');
    await choose(page, fileOf(documentOf('План дважды', ROWS)));
    await page.getByText('Уже есть план с таким названием').waitFor();
    await button(page, 'Создать черновик').click();
    await page.getByText('Этот файл уже загружен.').waitFor();
    await button(page, 'Всё равно создать второй план').waitFor();
    await page.getByRole('link', { name: 'Внести правки в него' }).click();
    await page.waitForURL(`${server.address}/document/${planId}`);
    await page.getByText('Файл не отличается от плана').waitFor();
    await context.close();
  });

  it('of an approved plan is refused at the change that cannot come into force, and whole for another section', async () => {
    const planId = await approved('План порядка');
    const { page, context } = await openAs(browser, server.address, 'director', `/document/${planId}`);
    const text = documentOf('План порядка', ROWS);
    await choose(page, fileOf(text.replace('сентябрь 2023 г.', 'когда-нибудь')));
    await page.getByLabel('Причина').fill('Уточнение.');
    await page.getByText('Без документа', { exact: true }).click();
    await button(page, 'Внести изменение в план').click();
    await page.getByRole('listitem').filter({ hasText: '«Линейка»' }).getByText('«когда-нибудь» не понят').waitFor();
    await choose(page, fileOf(text.replace('План порядка', 'План беспорядка')));
    await page.getByText('Этого изменением не внести').waitFor();
    expect(await button(page, 'Внести изменение в план').count()).toBe(0);
    await context.close();
  });

  it('is looked at without rights to change the plan, and says who may', async () => {
    const planId = await approved('План для чтения');
    const { page, context } = await openAs(browser, server.address, 'methodologist', `/document/${planId}`);
    await choose(page, fileOf(documentOf('План для чтения', ROWS.slice(0, 2))));
    await page.getByText('«Сбор отряда»: исключить').waitFor();
    await page.getByText('утверждённый план меняет тот, кто утверждает').waitFor();
    await context.close();
  });

  it('is accepted by a council, with the protocol that is asked for at its place', async () => {
    const planId = await draft('План совета');
    const activityId = `${planId.replace('plan', 'activity')}.a2`;
    await server.done('resolveWording', { activityId, schedule: { kind: 'ON_DEMAND' } }, { key: 'methodologist' });
    const methodologist = await openAs(browser, server.address, 'methodologist', `/plan/${planId}`);
    await button(methodologist.page, 'Отправить на согласование').click();
    await button(methodologist.page, 'Добавить шаг').click();
    await methodologist.page.getByLabel('Что делает').selectOption('ACCEPT');
    await methodologist.page.getByLabel('Должность или название совета').fill('Педагогический совет');
    await methodologist.page.setViewportSize({ width: 360, height: 700 });
    expect(await violationsIn(methodologist.page)).toEqual([]);
    expect(await overflowOf(methodologist.page)).toBe(0);
    await button(methodologist.page, 'Отправить на согласование').click();
    await methodologist.page.getByText('Ждёт согласования: Педагогический совет').waitFor();
    await methodologist.context.close();

    const { page, context } = await openAs(browser, server.address, 'director', `/plan/${planId}`);
    await button(page, 'Согласовать').click();
    await button(page, 'Согласовать').click();
    await page.getByText('подтверждает протокол: укажите его номер и дату').waitFor();
    await page.getByLabel('Номер протокола').fill('3');
    await days(page, 'Дата протокола').click();
    await page.keyboard.type('28092023');
    expect(await violationsIn(page)).toEqual([]);
    await button(page, 'Согласовать').click();
    await page.getByText('согласован', { exact: true }).waitFor();
    await page.getByText('Принято', { exact: true }).waitFor();
    await context.close();
  });

  it('becomes a draft with the keyboard alone', async () => {
    const { page, context } = await openAs(browser, server.address, 'methodologist', '/document');
    const chooser = page.waitForEvent('filechooser');
    // `press` finds and focuses the button again, because the page may have been rendered anew meanwhile.
    await button(page, 'Выбрать файл').press('Enter');
    await (await chooser).setFiles(fileOf(documentOf('План с клавиатуры', ROWS)));
    await page.getByRole('radio').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('row').filter({ hasText: 'Поход' }).getByText('уточнено').waitFor();
    await button(page, 'Создать черновик').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'План с клавиатуры' }).waitFor();
    await context.close();
  });

  it.each(['light', 'dark'] as const)('is accessible in %s, and fits into 360 pixels', async (colorScheme) => {
    const planId = await approved(`План ${colorScheme}`);
    const other = documentOf(`План ${colorScheme}`, ROWS.slice(0, 2));
    for (const [role, path] of [
      ['methodologist', '/document'],
      ['director', `/document/${planId}`],
    ] as const) {
      const options = { colorScheme, viewport: { width: 360, height: 700 } };
      const { page, context, problems } = await openAs(browser, server.address, role, path, options);
      await button(page, 'Выбрать файл').waitFor();
      expect([path, await violationsIn(page)]).toEqual([path, []]);
      await choose(page, fileOf(other));
      await page.locator('.paper').waitFor();
      await page.getByRole('complementary').waitFor();
      expect([path, await violationsIn(page)]).toEqual([path, []]);
      expect([path, await overflowOf(page)]).toEqual([path, 0]);
      expect([path, problems]).toEqual([path, []]);
      await context.close();
    }
  });
});
