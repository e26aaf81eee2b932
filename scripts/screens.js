// Makes screenshots of each view of the web page with the sample: light, dark and narrow. Without a folder it makes
// only those of docs/workplace.md. Needs Chromium (CHROMIUM, /usr/bin/chromium). Usage: npm run screens [-- FOLDER]
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { chromium } from 'playwright-core';
import { readConfig } from '../dist/app/config.js';
import { serve } from '../dist/app/serve.js';

const KEY = 'screens-of-the-web-page-only';
const SHOWN = [
  ...['overview-light', 'plan-light', 'activity-light', 'journal-light', 'activity-dark', 'plan-narrow'],
  ...['month-light', 'year-light', 'past-light', 'compare-light', 'month-narrow'],
  ...['document-light', 'correction-light', 'district-light', 'wall-light'],
];
const isWhole = process.argv[2] !== undefined;
const folder = process.argv[2] ?? new URL('../docs/screens', import.meta.url).pathname;
const data = await mkdtemp(join(tmpdir(), 'letopis-screens-'));
const settings = { LETOPIS_DATA: data, LETOPIS_PORT: '0', LETOPIS_BOOTSTRAP_KEY: KEY };
const serveAt = (clock) => serve(readConfig({ ...settings, LETOPIS_CLOCK: clock }), pino({ level: 'silent' }));
// The history begins some days earlier, so that a past state can be shown.
let served = await serveAt('2020-10-20T09:00:00Z');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await mkdir(folder, { recursive: true });
  const headersAt = () => ({ authorization: `Bearer ${KEY}`, origin: served.address });
  const ask = async (query, variables) => {
    const headers = headersAt();
    const init = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } };
    const response = await fetch(`${served.address}/graphql`, { ...init, body: JSON.stringify({ query, variables }) });
    const { data: answer, errors } = await response.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return answer;
  };
  const { plans } = await ask('{ plans { nodes { id } } }');
  const [{ id: plan }] = plans.nodes;
  const activity = (number) => `${plan.replace('plan', 'activity')}.a${number}`;
  await served.close();
  served = await serveAt('2020-11-09T09:00:00Z');
  await ask(`mutation { amendPlan(input: { planId: "${plan}", reason: "Занят зал", basis: { document: { type: ORDER, number: "143", date: "2020-11-06" } }, changes: [{ reschedule: { activityId: "${activity(11)}", timeframe: { text: "10-20 ноября 2020 г." } } }, { reword: { activityId: "${activity(5)}", title: "Обобщение и презентация лучших педагогических практик районной системы воспитания" } }] }) { userErrors { code message } } }`);
  await served.close();
  served = await serveAt('2020-11-15T09:00:00Z');
  await ask(`mutation { submitReport(input: { activityId: "${activity(3)}", actualOn: "2020-09-28", text: "Созданы вкладки «Семейная страничка» и «Эффективные практики»." }) { userErrors { code } } }`);
  await ask(`mutation { requestReschedule(input: { activityId: "${activity(7)}", reason: "Вебинары перенесены министерством.", timeframe: { text: "до 20 декабря 2020 г." } }) { userErrors { code } } }`);
  await ask(`mutation { completeActivity(input: { activityId: "${activity(8)}", actualOn: "2020-09-29" }) { userErrors { code } } }`);

  const sample = await readFile(new URL('../sample/buzuluk-2020-2021.txt', import.meta.url), 'utf8');
  const fileOf = (text) => ({ name: 'План ЦВР.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
  const nextYear = fileOf(sample.replaceAll('2020-2021', '2021-2022').replace('В течение года', 'по согласованию'));
  const corrected = fileOf(sample.replace('февраль 2021г.', 'март 2021 г.').replace(/^13\. .*$/m, ''));
  const views = [
    ['overview', '/'],
    ['plans', '/plan'],
    ['plan', `/plan/${plan}`],
    ['activity', `/plan/${plan}/${activity(3)}`],
    ['request', `/plan/${plan}/${activity(7)}`, 'Разрешить перенос'],
    ['journal', '/journal'],
    ['document', '/document', undefined, nextYear],
    ['correction', `/document/${plan}`, undefined, corrected],
    ['month', `/plan/${plan}?view=month`],
    ['year', `/plan/${plan}?view=year`],
    ['past', `/plan/${plan}?on=2020-11-01`],
    ['past-activity', `/plan/${plan}/${activity(11)}?view=year&on=2020-11-01`],
    ['compare', `/plan/${plan}/compare?from=2020-11-01`],
  ];
  if (isWhole) {
    const content = fileOf(sample.replace('План работы', 'План взаимодействия')).buffer.toString('base64');
    const input = `{ fileName: "план.txt", content: "${content}" }`;
    const { importPlan } = await ask(`mutation { importPlan(input: ${input}) { plan { id } } }`);
    views.push(['submit', `/plan/${importPlan.plan.id}`, 'Отправить на согласование']);
  }
  const looks = [
    ['light', { colorScheme: 'light', viewport: { width: 1120, height: 720 } }],
    ['dark', { colorScheme: 'dark', viewport: { width: 1120, height: 720 } }],
    ['narrow', { colorScheme: 'light', viewport: { width: 360, height: 760 } }],
  ];
  const shoot = async (views) => {
    for (const [look, options] of looks) await shootIn(look, options, views);
  };
  const shootIn = async (look, options, views) => {
    const context = await browser.newContext({ baseURL: served.address, locale: 'ru-RU', ...options });
    await context.request.post('/session', { headers: headersAt() });
    const page = await context.newPage();
    for (const [name, path, button, file] of views.filter(([each]) => isWhole || SHOWN.includes(`${each}-${look}`))) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).or(page.getByRole('heading', { level: 2 })).first().waitFor();
      await page.getByRole('img', { name: 'Изменения видны сразу' }).waitFor();
      if (path.includes('activity')) await page.getByRole('heading', { name: 'История' }).waitFor();
      if (file) {
        await page.locator('input[type=file]').setInputFiles(file);
        await page.locator('.paper').waitFor();
      }
      if (button) await page.getByRole('button', { name: button }).click();
      await page.waitForLoadState('networkidle');
      const scrolled = page.locator(name === 'district' ? '.heat' : '.month');
      await scrolled.evaluateAll((shown) => shown.map((each) => each.scrollIntoView({ block: 'end' })));
      await page.screenshot({ path: join(folder, `${name}-${look}.jpg`), type: 'jpeg', quality: 80 });
    }
    await context.close();
  };
  await shoot(views);

  // The district is created after the screenshots of the single plan, because its plans would appear in their lists.
  const done = async (name, input, fields = '') => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const given = await ask(`mutation($input: ${type}!) { done: ${name}(input: $input) { userErrors { code } ${fields} } }`, { input });
    return given.done;
  };
  const registered = async (input) => (await done('registerOrganisation', input, 'organisation { id }')).organisation.id;
  const department = await registered({ name: 'Отдел образования Бузулукского района' });
  const rows = [
    ...['Мониторинг сайта школы\tдо 20 сентября 2020 г.', 'Методический день\tоктябрь 2020 г.'],
    ...['Семинар классных руководителей\tдо 10 ноября 2020 г.', 'Родительское собрание\t15 ноября 2020 г.'],
    ...['Отчёт за полугодие\tдо 25 декабря 2020 г.', 'Неделя науки\tмарт 2021 г.', 'Отчёт за год\tмай 2021 г.'],
  ].map((row, index) => `${index + 1}.\t${row}\tЗаместитель директора`);
  for (let number = 1; number <= 9; number += 1) {
    const organisationId = await registered({ name: `СОШ № ${number}`, parentId: department });
    if (number === 6) continue;
    const title = ['Утверждаю', 'Директор школы', `План работы СОШ № ${number}`, 'на 2020-2021 учебный год', ''];
    const head = ['№\tнаименование\tсроки\tответственные', '1. Воспитательная работа\t\t\t'];
    const content = fileOf([...title, ...head, ...rows].join('\n')).buffer.toString('base64');
    const { plan: own } = await done('importPlan', { fileName: 'план.txt', content, organisationId }, 'plan { id }');
    await done('confirmPrintedApproval', { planId: own.id, reason: 'Подлинник', underControlFrom: '2020-09-01' });
    for (const [row, actualOn] of ['2020-09-18', '2020-10-20', '2020-11-09'].entries()) {
      if ((number * 5 + row * 3) % 7 < 2) continue;
      await done('completeActivity', { activityId: `${own.id.replace('plan', 'activity')}.a${row + 1}`, actualOn });
    }
  }
  await shoot([
    ['district', `/?organisation=${department}`],
    ['points', `/points?indicator=OVERDUE&organisationId=${department}`],
    ['wall', `/wall?organisation=${department}`],
  ]);
} finally {
  await browser.close();
  await served.close();
  await rm(data, { recursive: true, force: true });
}
