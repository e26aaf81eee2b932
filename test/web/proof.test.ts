import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { verifyProof } from '../../src/app/operations/verifyProof.js';
import type { Sample, TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, overflowOf, servePage, violationsIn } from './browser.js';

describeIf(hasChromium, NO_CHROMIUM)('the proof of a plan in a browser', () => {
  let server: TestServer;
  let browser: Browser;
  let sample: Sample;
  servePage({ clock: '2020-11-15T09:00:00Z' }, async (served) => {
    ({ server, browser, sample } = served);
    const [activityId, pointIds] = [sample.activity(3), [sample.inPlan('point', 'a3.1')]];
    await server.done('submitReport', { activityId, pointIds, text: 'Вкладки созданы', actualOn: '2020-09-28' });
  });

  const menu = async (page: Page) => {
    await page.getByRole('button', { name: 'Скачать' }).click();
    return page;
  };

  it('opens from the plan and shows its history in Russian, or in English', async () => {
    const { page, context, problems } = await openAs(browser, server.address, 'auditor', `/plan/${sample.planId}`);
    const opened = context.waitForEvent('page');
    await (await menu(page)).getByRole('menuitem', { name: 'Открыть доказательство истории' }).click();
    const proof = await opened;
    await proof.getByRole('heading', { level: 1, name: /Доказательство истории плана/ }).waitFor();
    const row = proof.getByRole('row').filter({ hasText: 'Вкладки созданы' });
    expect(await row.getByText('Представлен отчёт', { exact: false }).count()).toBeGreaterThan(0);
    expect(await row.getByText('администратор', { exact: true }).isVisible()).toBe(true);
    expect(await row.getByText('Report submitted', { exact: false }).isVisible()).toBe(false);
    expect(await row.locator('.hash').textContent()).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(await proof.getByRole('row').count()).toBeGreaterThan(15);
    await proof.getByRole('heading', { level: 2, name: 'Как проверить' }).waitFor();
    await proof.getByRole('link', { name: 'English' }).click();
    await proof.getByRole('heading', { level: 2, name: 'How to verify' }).waitFor();
    await row.getByText(/^Report submitted: 3\. «/).waitFor();
    expect(await proof.locator('main').innerText()).not.toMatch(/Кто|Когда|администратор|Представлен отчёт/);
    expect(await violationsIn(proof)).toEqual([]);
    await proof.getByRole('link', { name: 'Русский' }).click();
    await proof.getByRole('heading', { level: 2, name: 'Как проверить' }).waitFor();
    expect([problems, await overflowOf(proof)]).toEqual([[], 0]);
    await context.close();
  });

  it('is readable without a mouse and on a narrow screen', async () => {
    const viewport = { width: 390, height: 800 };
    const path = `/plans/${sample.planId}/proof.html`;
    const { page, context, problems } = await openAs(browser, server.address, 'auditor', path, { viewport });
    expect(await violationsIn(page)).toEqual([]);
    expect([problems, await overflowOf(page)]).toEqual([[], 0]);
    await context.close();
  });

  it('is downloaded, and verified as it was downloaded', async () => {
    const { page, context } = await openAs(browser, server.address, 'auditor', `/plan/${sample.planId}`);
    const downloading = page.waitForEvent('download');
    await (await menu(page)).getByRole('menuitem', { name: 'Доказательство истории (.html)' }).click();
    const downloaded = await downloading;
    expect(downloaded.suggestedFilename()).toMatch(/^Доказательство 2020-11-15 План работы Центра .*\.html$/);
    const { findings, words } = await verifyProof(await readFile(await downloaded.path()), undefined, undefined);
    expect(findings).toEqual([]);
    expect(words).toMatchObject({ hasPage: true, isOurs: true });
    await context.close();
  });

  it('is not offered to those who may not read the audit trail', async () => {
    const { page, context } = await openAs(browser, server.address, 'dashboard', `/plan/${sample.planId}`);
    await (await menu(page)).getByRole('menuitem', { name: 'CSV' }).waitFor();
    expect(await page.getByRole('menuitem', { name: /оказательство/ }).count()).toBe(0);
    await context.close();
  });
});
