import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { z } from 'zod';
import { verifyProof } from '../../src/app/operations/verifyProof.js';
import { bundleIn, embedded, pageAround, type ReadableBundle } from '../../src/engine/log/bundle.js';
import { leafHash } from '../../src/engine/log/merkle.js';
import { signerOf, verifierKey } from '../../src/engine/log/note.js';
import { signedHistory } from '../../src/engine/log/readableHistory.js';
import { exportedProof } from '../support/proofs.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';
import { describeIf } from '../support/skipping.js';
import { hasChromium, NO_CHROMIUM, openAs, overflowOf, startBrowser, violationsIn } from './browser.js';

const Keys = z.object({ system: z.object({ logKey: z.string() }) });

describeIf(hasChromium, NO_CHROMIUM)('the file of a proof, checked in a browser without sign-in', () => {
  let server: TestServer;
  let other: TestServer;
  let browser: Browser;
  let sample: Sample;
  /** The page that `letopis export-proof` writes, its proof, and the published key of the log. */
  let file: string;
  let bundle: ReadableBundle;
  let key: string;

  beforeAll(async () => {
    const clock = '2020-11-15T09:00:00Z';
    [server, other, browser] = await Promise.all([startServer({ clock }), startServer({ clock }), startBrowser()]);
    sample = await sampleOf(server);
    const [activityId, pointIds] = [sample.activity(3), [sample.inPlan('point', 'a3.1')]];
    await server.done('submitReport', { activityId, pointIds, text: 'Вкладки созданы', actualOn: '2020-09-28' });
    file = await exportedProof(server.directory, sample.planId);
    const read = bundleIn(file);
    if (!('history' in read)) throw new Error('the proof has no words');
    bundle = read;
    key = await keyOf(server);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await Promise.all([server.close(), other.close()]);
  });

  const keyOf = async (of: TestServer) => (await of.read(Keys, '{ system { logKey } }')).system.logKey;
  const open = (options: BrowserContextOptions = {}) => openAs(browser, server.address, undefined, '/proof', options);
  const choose = (page: Page, content: string, name = 'proof.html') =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/html', buffer: Buffer.from(content) });
  const typeKey = (page: Page, text: string) => page.getByLabel('Опубликованный ключ журнала').fill(text);
  const trust = async (page: Page, text: string) => {
    await typeKey(page, text);
    await page.getByText('Этот ключ взят не у сервера и не из файла').click();
  };
  const verdict = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();
  /** The problems of a page, except the refusal of the query for the signed-in person. */
  const faults = (problems: readonly string[]) => problems.filter((each) => !each.includes('401'));
  const openDetails = (page: Page) => page.getByText('Подробности проверки').click();
  const steps = (page: Page) => page.getByRole('list', { name: 'Что проверено' });
  const event = (page: Page, text: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: text });
  /** Returns the file with another proof in it. */
  const withBundle = (changed: ReadableBundle) =>
    (pageAround(file) ?? '').replace('</main>', `</main>${embedded(changed)}`);
  const withLine = (at: number, line: string): ReadableBundle => ({
    ...bundle,
    history: { ...bundle.history, lines: bundle.history.lines.with(at, line) },
  });
  const lineAt = (at: number) => bundle.history.lines[at] ?? '';

  describe('that is good', () => {
    it('is told step by step, and its history can be read; nothing leaves the browser', async () => {
      const { page, context, problems } = await open();
      await page.getByRole('heading', { level: 1, name: 'Проверка доказательства' }).waitFor();
      const sent: string[] = [];
      page.on('request', (request) => sent.push(request.url()));
      await choose(page, file);
      await verdict(page, 'Не доказано до конца: файл цел');
      // Hashes and steps are shown on demand.
      expect(await steps(page).isVisible()).toBe(false);
      await openDetails(page);
      await steps(page).getByText('Ключ взят из самого файла').waitFor();
      await typeKey(page, key);
      await verdict(page, 'введён тот же ключ, который назван в самом файле');
      await trust(page, key);
      await verdict(page, 'Верно: история не изменена');
      await steps(page).getByText('тот ключ, который вы ввели').waitFor();
      await steps(page).getByText(`Все события плана (${bundle.entries.length}) стоят в журнале`).waitFor();
      await steps(page).getByText('Страница вокруг доказательства та же').waitFor();
      expect(await steps(page).getByRole('img', { name: 'неверно' }).count()).toBe(0);
      await event(page, 'Представлен отчёт')
        .getByText(/15 ноября 2020.* · имя \d \(зашифровано\) · /)
        .waitFor();
      await page.getByText('Чего это не доказывает').waitFor();
      expect([faults(problems), sent]).toEqual([[], []]);
      await context.close();
    });

    it('is dropped on the page, and the key is remembered', async () => {
      const { page, context } = await open();
      await choose(page, file);
      await trust(page, key);
      await page.reload();
      const drop = `(text) => {
        const files = new DataTransfer();
        files.items.add(new File([text], 'dropped.html'));
        window.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));
      }`;
      await page.getByText('Перетащите сюда').waitFor();
      await page.evaluate(`(${drop})(${JSON.stringify(file)})`);
      await page.getByText('dropped.html').waitFor();
      await verdict(page, 'Верно: история не изменена');
      await context.close();
    });

    it('is the last one chosen, even if the one before it is read later', async () => {
      const { page, context } = await open();
      // A file «late» is read only after `release` is called, and a file «lost» cannot be read.
      const reading = `() => {
        const whole = Blob.prototype.arrayBuffer;
        const released = new Promise((release) => { window.release = release; });
        Blob.prototype.arrayBuffer = async function () {
          if (this.name.startsWith('lost')) throw new DOMException('moved', 'NotReadableError');
          if (this.name.startsWith('late')) await released;
          return whole.call(this);
        };
      }`;
      await page.evaluate(`(${reading})()`);
      await choose(page, 'no proof', 'late.html');
      await choose(page, file, 'chosen.html');
      await verdict(page, 'файл цел');
      await page.evaluate('(async () => { release(); await new Promise((done) => setTimeout(done)); })()');
      await page.getByText('chosen.html').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      await choose(page, file, 'lost.html');
      await page.getByRole('alert').filter({ hasText: 'Браузер не смог прочитать файл' }).waitFor();
      await choose(page, file);
      await verdict(page, 'файл цел');
      await context.close();
    });

    it('needs no crypto of the browser, which pages over plain HTTP lack', async () => {
      const { page, context, problems } = await open();
      await page.addInitScript('Object.defineProperty(window, "crypto", { value: undefined })');
      await page.reload();
      await choose(page, file);
      await verdict(page, 'файл цел');
      expect(faults(problems)).toEqual([]);
      await context.close();
    });

    it('is a file of JSON too, with or without words', async () => {
      const { page, context } = await open();
      await choose(page, JSON.stringify(bundle), 'proof.json');
      await verdict(page, 'файл цел');
      const { history: _, ...events } = bundle;
      await choose(page, JSON.stringify({ ...events, format: 'letopis-proof/1' }), 'proof.json');
      await openDetails(page);
      await steps(page).getByText('Слов истории в файле нет').waitFor();
      await verdict(page, 'файл цел');
      await context.close();
    });
  });

  describe('that is not good', () => {
    const failing = async (content: string, told: string, trusted = key) => {
      const { page, context } = await open();
      await choose(page, content);
      await trust(page, trusted);
      await verdict(page, 'Не верно');
      await openDetails(page);
      await steps(page).getByText(told).waitFor();
      return { page, context };
    };

    it('with a changed sentence: names its number, and marks it in the history', async () => {
      const at = bundle.history.lines.findIndex((line) => line.includes('Представлен отчёт'));
      const changed = lineAt(at).replace('Представлен отчёт', 'Отчёт принят');
      const { page, context } = await failing(
        withBundle(withLine(at, changed)),
        `Слова изменены: журнал подписал для этих событий другие строки, № ${at + 1}.`,
      );
      await event(page, 'Отчёт принят').getByText('Слова этой строки изменены').waitFor();
      expect(await page.getByText('Слова этой строки изменены').count()).toBe(1);
      await context.close();
    });

    it('with sentences that somebody else has signed', async () => {
      const { lines, names } = bundle.history;
      const signer = signerOf(bundle.keys.log.split('+', 1)[0] ?? '', leafHash('another key'));
      const unsigned = { lines: lines.with(0, lineAt(0).replace(/план/i, 'отчёт')), names, writer: 'x', page: '' };
      const history = signedHistory(bundle, unsigned, signer);
      const { context } = await failing(withBundle({ ...bundle, history }), 'Слова истории не подписаны этим ключом');
      await context.close();
    });

    it('with a changed byte in an event', async () => {
      const [first, ...rest] = bundle.entries;
      if (!first) throw new Error('the proof has no events');
      const entries = [{ ...first, entry: first.entry.replace(/"commandId":"./, '"commandId":"#') }, ...rest];
      const { page, context } = await failing(
        withBundle({ ...bundle, entries }),
        'Этих событий в таком виде нет в журнале: № 1.',
      );
      await steps(page).getByText('Перед этими событиями было другое, или они из другого плана: № 2.').waitFor();
      await context.close();
    });

    it('without an event in the middle', async () => {
      const entries = bundle.entries.filter((_, at) => at !== 4);
      const lines = bundle.history.lines.filter((_, at) => at !== 4);
      const changed = { ...bundle, entries, history: { ...bundle.history, lines } };
      const { context } = await failing(withBundle(changed), 'Перед этими событиями было другое');
      await context.close();
    });

    it('with another page around it', async () => {
      const { context } = await failing(file.replace('</h1>', ' (черновик)</h1>'), 'Страница изменена');
      await context.close();
    });

    it('signed by another key of the same name', async () => {
      const name = key.split('+', 1)[0] ?? '';
      const wrong = verifierKey(signerOf(name, leafHash('another key')));
      const { context } = await failing(file, 'Контрольная точка подписана другим ключом', wrong);
      await context.close();
    });

    it('of another log', async () => {
      const planId = (await sampleOf(other)).planId;
      const foreign = await exportedProof(other.directory, planId);
      const { page, context } = await failing(foreign, 'Контрольная точка другого журнала');
      // With the key of that log the same file is valid: the logs differ only in their keys.
      await trust(page, await keyOf(other));
      await verdict(page, 'Верно: история не изменена');
      await context.close();
    });

    it('is no proof, or its key is none', async () => {
      const { page, context } = await open();
      for (const content of ['', '{}', '<p>Доказательство</p>', JSON.stringify({ ...bundle, entries: [{}] })]) {
        await choose(page, content);
        await page.getByRole('alert').getByText('Это не доказательство Летописи').waitFor();
        await choose(page, file);
        await verdict(page, 'файл цел');
      }
      await typeKey(page, `${key}x`);
      await page.getByText('Это не ключ журнала').waitFor();
      await context.close();
    });
  });

  it('is judged as letopis verify --bundle judges it, wherever a character was changed', async () => {
    const { page, context } = await open();
    const CHANGES = 24;
    for (let change = 0; change < CHANGES; change += 1) {
      const at = Math.floor(((change + 0.5) / CHANGES) * file.length);
      const changed = `${file.slice(0, at)}${file[at] === '0' ? '1' : '0'}${file.slice(at + 1)}`;
      const isFound = await verifyProof(Buffer.from(changed), undefined, undefined).then(
        ({ findings }) => findings.length > 0,
        () => true,
      );
      await choose(page, changed, `changed ${change}.html`);
      const result = page.locator('.verdict, main > .problem').first();
      await page.getByText(`changed ${change}.html`).or(page.locator('main > .problem')).first().waitFor();
      await result.waitFor();
      expect([at, !(await result.textContent())?.includes('файл цел')]).toEqual([at, isFound]);
    }
    await context.close();
  });

  it('is chosen with the keyboard', async () => {
    const { page, context } = await open();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Выбрать файл' }).press('Enter');
    await (await chooser).setFiles({ name: 'proof.html', mimeType: 'text/html', buffer: Buffer.from(file) });
    await verdict(page, 'файл цел');
    await page.getByText('Что изменилось').first().press('Enter');
    expect(await page.locator('details[open]').count()).toBe(1);
    await context.close();
  });

  it('is offered to those who have not signed in', async () => {
    const { page, context } = await openAs(browser, server.address, undefined, '/');
    await page.getByRole('link', { name: 'Проверить файл доказательства' }).click();
    await page.getByRole('heading', { level: 1, name: 'Проверка доказательства' }).waitFor();
    await context.close();
  });

  it.each(['light', 'dark'] as const)('is accessible in %s and on 360 pixels', async (colorScheme) => {
    const { page, context } = await open({ colorScheme, viewport: { width: 360, height: 700 } });
    await choose(page, withBundle(withLine(2, lineAt(2).replace(/"ru":"/, '"ru":"Не '))));
    await verdict(page, 'Не верно');
    await openDetails(page);
    expect([await violationsIn(page), await overflowOf(page)]).toEqual([[], 0]);
    await context.close();
  });

  it('is told in English to those who read English', async () => {
    const { page, context } = await open({ locale: 'en-GB' });
    await choose(page, file);
    await verdict(page, 'the file is whole');
    await event(page, 'Report submitted').first().waitFor();
    await context.close();
  });
});
