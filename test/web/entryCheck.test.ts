import { expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { z } from 'zod';
import { leafHash } from '../../src/engine/log/merkle.js';
import { signerOf, verifierKey } from '../../src/engine/log/note.js';
import type { Sample, TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, overflowOf, servePage, violationsIn } from './browser.js';

const Answer = z.looseObject({ data: z.record(z.string(), z.unknown()) });
const Proof = z.object({ checkpoint: z.string(), entry: z.string(), leaf: z.string() });

describeIf(hasChromium, NO_CHROMIUM)('an entry of the audit trail, checked in a browser', () => {
  let server: TestServer;
  let browser: Browser;
  let sample: Sample;
  let key: string;
  servePage({ clock: '2020-11-15T09:00:00Z' }, async (served) => {
    ({ server, browser, sample } = served);
    const term = { timeframe: { text: 'до 20 декабря 2020 г.' }, reason: 'Вебинары перенесены' };
    await server.done('requestReschedule', { activityId: sample.activity(7), ...term });
    const order = {
      basis: { document: { type: 'ORDER', number: '143', date: '2020-11-10' } },
      reason: 'Приказ о переносе вебинаров',
    };
    const activityId = sample.activity(3);
    await server.done('rescheduleActivity', { activityId, timeframe: term.timeframe, ...order });
    const { system } = await server.read(
      z.object({ system: z.object({ logKey: z.string() }) }),
      '{ system { logKey } }',
    );
    key = system.logKey;
  });

  const entry = (page: Page) => page.getByRole('listitem').filter({ hasText: 'Вебинары перенесены' });
  const open = async (options: BrowserContextOptions = {}) => {
    const seat = await openAs(browser, server.address, 'auditor', '/journal', options);
    await entry(seat.page).first().waitFor();
    return seat;
  };
  const check = (page: Page) => entry(page).getByRole('button', { name: 'Проверить запись' }).click();
  const verdict = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();
  const details = (page: Page) => page.locator('details.proof-details');
  const step = async (page: Page, text: string) => {
    if ((await details(page).getAttribute('open')) === null) await details(page).locator('summary').first().click();
    await page.getByRole('list', { name: 'Что проверено' }).getByText(text).waitFor();
  };
  /** Changes a root field in the answers of the server on their way to the page. */
  const changeAnswers = (page: Page, field: string, changed: (value: unknown) => unknown) =>
    page.route('**/graphql', async (route) => {
      const response = await route.fetch();
      const { data, ...rest } = Answer.parse(await response.json());
      const json = field in data ? { ...rest, data: { ...data, [field]: changed(data[field]) } } : { ...rest, data };
      await route.fulfill({ response, json });
    });

  it('is found in the signed log, and told step by step', async () => {
    const { page, context, problems } = await open();
    await check(page);
    await verdict(page, 'Не доказано до конца: запись не изменена');
    // Hashes and steps are shown on demand.
    expect(await page.getByRole('list', { name: 'Что проверено' }).isVisible()).toBe(false);
    await step(page, 'План, время, должность, организация, причина и основание в ней те же');
    await step(page, 'Предложение и значения «было» и «стало» выше здесь не сверены');
    await step(page, 'Браузер вычислил хеш записи');
    await step(page, 'Тот же корень стоит в контрольной точке');
    await step(page, 'Ключ назвал сам сервер');
    await step(page, 'Свидетель журнала подтвердил');
    expect(await page.getByRole('img', { name: 'верно', exact: true }).count()).toBe(5);
    await page.getByText('Чего это не доказывает').waitFor();
    await page.getByText('Запись, как её хранит журнал').click();
    await page.getByText('"reason":"Вебинары перенесены"').waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  it('is reached from the journal, and checked beside its activity too', async () => {
    const { page, context } = await open();
    await entry(page).getByRole('link', { name: 'Открыть мероприятие' }).click();
    const panel = page.getByRole('complementary');
    await panel.getByRole('button', { name: 'Проверить запись' }).first().click();
    await panel.getByRole('status').filter({ hasText: 'запись не изменена' }).waitFor();
    await context.close();
  });

  it('is genuine by a key that the person has from elsewhere, and not by the key of the server alone', async () => {
    const { page, context } = await open();
    await check(page);
    await page.getByLabel('Опубликованный ключ журнала').fill(key);
    await verdict(page, 'введён тот же ключ, который назвал сам сервер');
    await page.getByText('Этот ключ взят не у сервера').click();
    await verdict(page, 'Верно: запись не изменена');
    // The result is stored with the key, and does not apply to another key.
    await page.reload();
    await check(page);
    await verdict(page, 'Верно: запись не изменена');
    await page.getByLabel('Опубликованный ключ журнала').fill('');
    await verdict(page, 'ключ для проверки назвал сам сервер');
    await page.getByLabel('Опубликованный ключ журнала').fill(key);
    await verdict(page, 'введён тот же ключ');
    await context.close();
  });

  it('with a changed byte is told to be changed', async () => {
    const { page, context } = await open();
    await changeAnswers(page, 'proof', (value) => {
      const proof = Proof.loose().parse(value);
      return { ...proof, entry: proof.entry.replace(/"commandId":"./, '"commandId":"#') };
    });
    await check(page);
    await verdict(page, 'Не верно: запись изменена');
    await step(page, 'Запись изменена');
    await step(page, 'Цепочка хешей ведёт к другому корню');
    await context.close();
  });

  it('with a changed byte is found even if the server says the hash of the changed entry', async () => {
    const { page, context } = await open();
    await changeAnswers(page, 'proof', (value) => {
      const proof = Proof.loose().parse(value);
      const changed = proof.entry.replace(/"commandId":"./, '"commandId":"#');
      return { ...proof, entry: changed, leaf: leafHash(changed).toString('base64') };
    });
    await check(page);
    await verdict(page, 'Не верно: такой записи на этом месте журнала нет');
    await step(page, 'Цепочка хешей ведёт к другому корню');
    await context.close();
  });

  it('under a changed checkpoint is not proved', async () => {
    const { page, context } = await open();
    await changeAnswers(page, 'proof', (value) => {
      const proof = Proof.loose().parse(value);
      return { ...proof, checkpoint: proof.checkpoint.replace(/\n(\d+)\n/, '\n1$1\n') };
    });
    await check(page);
    await verdict(page, 'Не верно: контрольную точку изменили');
    await step(page, 'Подпись не подходит к контрольной точке');
    await context.close();
  });

  it('is not proved by a wrong key', async () => {
    const { page, context } = await open();
    await check(page);
    const field = page.getByLabel('Опубликованный ключ журнала');
    await field.fill(verifierKey(signerOf(key.split('+', 1)[0] ?? '', leafHash('another key'))));
    await step(page, 'Контрольная точка подписана другим ключом');
    await field.fill(verifierKey(signerOf('letopis/another', leafHash('another key'))));
    await step(page, 'Контрольная точка другого журнала');
    await verdict(page, 'Не верно: ключ одного журнала');
    await context.close();
  });

  it('that the page shows otherwise than it was recorded is found', async () => {
    const { page, context } = await openAs(browser, server.address, 'auditor', '/');
    await changeAnswers(page, 'auditTrail', (value) =>
      JSON.parse(
        JSON.stringify(value).replace('"reason":"Вебинары перенесены"', '"reason":"Вебинары перенесены нами"'),
      ),
    );
    await page.goto('/journal');
    await check(page);
    await verdict(page, 'Не верно: в журнале записано не то, что показано выше (причина)');
    await step(page, 'стоит не то, что показано выше: причина');
    await context.close();
  });

  it.each([
    ['основание', (text: string) => text.replaceAll('"number":"143"', '"number":"144"')],
    ['основание', (text: string) => text.replaceAll(/"basis":\{[^{]*\{[^}]*\}\}/g, '"basis":null')],
    ['роль', (text: string) => text.replaceAll(/"role":"[A-Z]+"/g, '"role":"DASHBOARD"')],
    ['за кого внесено', (text: string) => text.replaceAll('"onBehalfOf":null', '"onBehalfOf":"Директор"')],
  ])('whose order or author the page shows otherwise is found: %s', async (fact, changed) => {
    const { page, context } = await openAs(browser, server.address, 'auditor', '/');
    await changeAnswers(page, 'auditTrail', (value) => JSON.parse(changed(JSON.stringify(value))));
    await page.goto('/journal');
    const amended = page.getByRole('listitem').filter({ hasText: 'Приказ о переносе вебинаров' });
    await amended.getByRole('button', { name: 'Проверить запись' }).first().click();
    await verdict(page, 'Не верно: в журнале записано не то, что показано выше');
    await step(page, `стоит не то, что показано выше: ${fact}.`);
    await context.close();
  });

  it('on an order is found to rest on it', async () => {
    const { page, context } = await openAs(browser, server.address, 'auditor', '/journal');
    const amended = page.getByRole('listitem').filter({ hasText: 'Приказ о переносе вебинаров' });
    await amended.getByText('Основание: приказ № 143').first().waitFor();
    await amended.getByRole('button', { name: 'Проверить запись' }).first().click();
    await verdict(page, 'Не доказано до конца: запись не изменена');
    await context.close();
  });

  it.each(['light', 'dark'] as const)('is checked with the keyboard on 360 pixels in %s', async (colorScheme) => {
    const { page, context } = await open({ colorScheme, viewport: { width: 360, height: 700 } });
    await entry(page).getByRole('button', { name: 'Проверить запись' }).press('Enter');
    await verdict(page, 'Не доказано до конца');
    await page.getByText('Подробности проверки').press('Enter');
    expect([await violationsIn(page), await overflowOf(page)]).toEqual([[], 0]);
    await page.getByRole('button', { name: 'Скрыть проверку' }).press('Enter');
    await page.getByRole('list', { name: 'Что проверено' }).waitFor({ state: 'detached' });
    await context.close();
  });
});
