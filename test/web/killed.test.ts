import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { apiAt } from '../support/api.js';
import { keyOf } from '../support/keys.js';
import { freePort } from '../support/ports.js';
import { type ServerProcess, serveProcess } from '../support/process.js';
import { removeDirectory, sampleOf, temporaryDirectory } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, startBrowser } from './browser.js';

describeIf(hasChromium, NO_CHROMIUM)('pages that are open while the server is killed', () => {
  let directory: string;
  let settings: Readonly<Record<string, string>>;
  let server: ServerProcess;
  let browser: Browser;
  beforeAll(async () => {
    directory = await temporaryDirectory();
    settings = {
      LETOPIS_DATA: join(directory, 'data'),
      LETOPIS_PORT: String(await freePort()),
      LETOPIS_CLOCK: '2020-11-15T09:00:00Z',
      LETOPIS_BOOTSTRAP_KEY: keyOf('administrator'),
      LETOPIS_LOG_LEVEL: 'silent',
    };
    [server, browser] = await Promise.all([serveProcess(settings), startBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop('SIGKILL');
    await removeDirectory(directory);
  });

  it('recover without a reload, follow changes, and send what was typed before', async () => {
    const sample = await sampleOf(apiAt(server.address));
    const [writing, watching] = await Promise.all([
      openAs(browser, server.address, 'administrator', `/plan/${sample.planId}/${sample.activity(3)}`),
      openAs(browser, server.address, 'administrator', `/plan/${sample.planId}`),
    ]);
    const { page } = writing;
    const report = page.getByRole('button', { name: 'Отчитаться', exact: true });
    await report.click();
    await page.getByLabel('Что сделано').fill('Создана вкладка.');
    await page.getByRole('group', { name: 'Дата выполнения' }).getByRole('spinbutton').first().click();
    await page.keyboard.type('28092020');
    const row = watching.page.getByRole('row').filter({ hasText: 'Воспитатель человека' });
    await row.waitFor();
    // A reload would lose this mark.
    for (const seat of [writing, watching]) await seat.page.evaluate('window.notReloaded = true');

    const { code } = await server.stop('SIGKILL');
    expect(code).toBeNull();
    // Nothing is lost when the form is sent while there is no server.
    await report.click();
    await page.getByRole('form').getByText('Введённое сохранено').waitFor();
    server = await serveProcess(settings);

    await apiAt(server.address).done('excludeActivity', {
      ...{ activityId: sample.activity(13), reason: 'Конкурс отменён.', basis: { withoutDocument: true } },
    });
    await row.getByText('исключено').waitFor();
    expect(await page.getByLabel('Что сделано').inputValue()).toBe('Создана вкладка.');
    // The plan has changed meanwhile: the form shows it, and is sent when the person has seen it.
    await report.click();
    await page.getByRole('button', { name: 'Я посмотрел(а) изменения, отправить' }).click();
    await page.getByText('Отчёт отправлен').waitFor();
    await page.getByRole('paragraph').filter({ hasText: 'Создана вкладка.' }).waitFor();
    for (const seat of [writing, watching]) expect(await seat.page.evaluate('window.notReloaded')).toBe(true);
    await Promise.all([writing.context.close(), watching.context.close()]);
  });
});
