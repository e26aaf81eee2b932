import { expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { onAccess } from '../support/access.js';
import { keyOf } from '../support/keys.js';
import { startProvider } from '../support/oidc.js';
import { letopis } from '../support/process.js';
import { startServer, type TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, servePage, violationsIn } from './browser.js';

describeIf(hasChromium, NO_CHROMIUM)('signing in on the page', () => {
  let server: TestServer;
  let browser: Browser;
  servePage({}, (served) => {
    ({ server, browser } = served);
  });

  it('by a link works once, leaves no code behind, and lasts over a reload', async () => {
    const { stdout } = await letopis(['sign-in', '--address', server.address], { LETOPIS_DATA: server.directory });
    const path = stdout.trim().slice(server.address.length);
    const { page, context } = await openAs(browser, server.address, undefined, path);
    await page.getByRole('heading', { name: 'Обзор' }).waitFor();
    expect(page.url()).toBe(`${server.address}/`);
    expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage, document.cookie])')).toBe('[{},{},""]');
    await page.reload();
    await page.getByRole('heading', { name: 'Обзор' }).waitFor();
    await context.close();

    const again = await openAs(browser, server.address, undefined, path);
    await again.page.getByRole('alert').getByText('Ссылка действует один раз').waitFor();
    await again.context.close();
  });

  it('by a key typed once, with the keyboard alone; a wrong key is refused in words', async () => {
    const { page, context } = await openAs(browser, server.address, undefined);
    await page.getByRole('heading', { name: 'Вход в Летопись' }).waitFor();
    expect(await violationsIn(page)).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('не подходят').waitFor();
    await page.getByLabel('Ключ доступа').fill(keyOf('methodologist'));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Обзор' }).waitFor();
    await context.close();
  });

  it('out ends it; a session that ended elsewhere says so and takes the person back', async () => {
    const one = await openAs(browser, server.address, 'director', '/plan');
    const two = await openAs(browser, server.address, 'director', '/plan');
    await two.page.getByRole('img', { name: 'Изменения видны сразу' }).waitFor();
    await one.page.getByRole('button', { name: 'Елизавета Фоминична Карташова' }).click();
    await one.page.getByRole('menuitem', { name: 'Выйти на всех устройствах' }).click();
    await one.page.getByRole('heading', { name: 'Вход в Летопись' }).waitFor();
    await two.page.getByText('Сеанс завершён').waitFor();
    await two.page.getByLabel('Ключ доступа').fill(keyOf('director'));
    await two.page.getByRole('button', { name: 'Войти' }).click();
    await two.page.getByRole('heading', { name: 'Планы' }).waitFor();
    expect(one.problems.filter((each) => !each.includes('401'))).toEqual([]);
    await Promise.all([one.context.close(), two.context.close()]);
  });

  it('at an identity provider takes the person there and back; one whom nobody registered is told what to do', async () => {
    // The provider prints warnings about missing production settings.
    for (const way of ['warn', 'info'] as const) jest.spyOn(console, way).mockImplementation(() => undefined);
    const provider = await startProvider();
    const offering = await startServer({ settings: provider.settings });
    provider.register(offering.address);
    const identity = { issuer: provider.issuer, subject: 'ivanova' };
    await onAccess(offering, 'issueAccess', { name: 'Иванова А.П.', role: 'METHODOLOGIST', identity });
    const { page, context } = await openAs(browser, offering.address, undefined);
    const button = page.getByRole('button', { name: `Войти через ${new URL(provider.issuer).host}` });
    provider.person = 'stranger';
    await button.click();
    await page.getByRole('alert').getByText('Передайте администратору её имя: stranger').waitFor();
    expect(await violationsIn(page)).toEqual([]);
    // The provider remembers the person who has signed in there.
    await context.clearCookies();
    provider.person = 'ivanova';
    await button.click();
    await page.getByRole('heading', { name: 'Обзор' }).waitFor();
    await page.getByRole('button', { name: 'Иванова А.П.' }).waitFor();
    await context.close();
    await offering.close();
    await provider.close();
  });

  it('is kept behind a strict policy', async () => {
    const policy = (await fetch(server.address)).headers.get('content-security-policy') ?? '';
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("default-src 'none'");
  });
});
