import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { z } from 'zod';
import { readDocument } from '../../src/documents/read.js';
import { occurrences } from '../../src/domain/recurrence.js';
import { type KeyRole, keyOf } from '../support/keys.js';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let sample: Sample;

beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
});
afterAll(() => server.close());

function get(path: string, role: KeyRole | null = 'director') {
  return fetch(`${server.address}${path}`, { headers: role ? { authorization: `Bearer ${keyOf(role)}` } : {} });
}

/** Executes a command as the director, with a reason and without a document. */
async function change(name: string, input: object): Promise<void> {
  const grounds = { reason: 'Просьба школы', basis: { withoutDocument: true } };
  await server.done(name, { ...grounds, ...input }, { key: 'director' });
}

/** The events of a calendar by UID. */
async function calendar(query = ''): Promise<Map<string, ICAL.Component>> {
  const text = await (await get(`/plans/${sample.planId}.ics${query}`)).text();
  const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
  return new Map(events.map((event) => [String(event.getFirstPropertyValue('uid')), event]));
}

describe('GET /plans/{id}.{format}', () => {
  it.each([
    ['docx', /wordprocessingml/],
    ['xlsx', /spreadsheetml/],
    ['html', /text\/html/],
    ['csv', /text\/csv/],
    ['json', /application\/json/],
    ['ics', /text\/calendar/],
  ])('gives %s, by the title of the plan', async (format, type) => {
    const answer = await get(`/plans/${sample.planId}.${format}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(type);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toMatch(
      new RegExp(`План работы Центра .*\\.${format}$`),
    );
  });

  it('asks for a key, an id and a format that there is', async () => {
    expect((await get(`/plans/${sample.planId}.docx`, null)).status).toBe(401);
    const bad = await get(`/plans/${sample.planId}.pdf`);
    expect([bad.status, await bad.text()]).toEqual([400, expect.stringContaining('.docx, .xlsx')]);
    const absent = await get('/plans/plan_00000000-0000-4000-8000-000000000000.docx');
    expect([absent.status, await absent.json()]).toEqual([
      404,
      expect.objectContaining({ status: 404, code: 'NOT_FOUND', detail: expect.any(String) }),
    ]);
    expect((await get('/plans/plan_1.docx')).status).toBe(400);
    expect((await get(`/plans/${sample.planId}.ics?month=2020-10`)).status).toBe(400);
    expect((await get(`/plans/${sample.planId}.docx?month=2020-13`)).status).toBe(400);
  });

  it('hides the names of persons from who may not see them', async () => {
    const page = await (await get(`/plans/${sample.planId}.html`, 'dashboard')).text();
    expect(page).toContain('Начальник отдела образования');
    expect(page).not.toContain('Филатова');
    expect(await (await get(`/plans/${sample.planId}.html`)).text()).toContain('Филатова');
  });
});

describe('the calendar', () => {
  it('has whole days, and a rule only where one names days', async () => {
    const events = await calendar();
    const forum = events.get(`${uuid()}.a1.1@letopis`);
    expect(forum?.getFirstPropertyValue('dtstart')?.toString()).toBe('2021-01-01');
    expect(forum?.getFirstPropertyValue('dtend')?.toString()).toBe('2021-02-01');
    const webinars = events.get(`${uuid()}.a7@letopis`);
    if (!webinars) throw new Error('there are no webinars');
    const days = new ICAL.Event(webinars).iterator();
    const found: string[] = [];
    for (let day = days.next(); day; day = days.next()) found.push(day.toString());
    const period = { start: '2020-09-01', end: '2021-08-31' };
    expect(found).toEqual(occurrences('FREQ=MONTHLY;BYDAY=3MO', period));
    expect([...events.values()].filter((event) => event.hasProperty('rrule'))).toHaveLength(1);
  });

  it('is of one party where it is asked for', async () => {
    const all = await calendar();
    const some = await calendar(`?party=${encodeURIComponent('Министерство образования Оренбургской области')}`);
    expect(some.size).toBeGreaterThan(0);
    expect(some.size).toBeLessThan(all.size);
  });

  it('tells a reschedule and an exclusion under the same UID, with a higher sequence', async () => {
    const uid = `${uuid()}.a5.1@letopis`;
    const before = (await calendar()).get(uid);
    expect(before?.getFirstPropertyValue('sequence')).toBe(0);
    await change('rescheduleActivity', { activityId: sample.activity(5), timeframe: { text: 'март 2021 г.' } });
    const moved = (await calendar()).get(uid);
    expect(moved?.getFirstPropertyValue('sequence')).toBe(1);
    expect(moved?.getFirstPropertyValue('dtstart')?.toString()).toBe('2021-03-01');
    await change('excludeActivity', { activityId: sample.activity(5) });
    const gone = (await calendar()).get(uid);
    expect(gone?.getFirstPropertyValue('sequence')).toBe(2);
    expect(gone?.getFirstPropertyValue('status')).toBe('CANCELLED');
  });
});

describe('the paper of an amended plan', () => {
  it('keeps the number of an excluded row, marks what was amended, and names the edition', async () => {
    await change('rewordActivity', { activityId: sample.activity(4), title: 'Разработка памяток' });
    const text = await (await get(`/plans/${sample.planId}.csv`)).text();
    expect(text).toMatch(/^Редакция \d/m);
    expect(text).toMatch(/"5\.\n\(изм\. [\d, ]+\)";Исключено;/);
    expect(text).toMatch(/"4\.\n\(изм\. \d\)";Разработка памяток;/);
    expect(text).toMatch(/Изменения № 1 от \d\d\.\d\d\.\d{4}, .*Просьба школы/);
  });

  it('is read back with what is in force', async () => {
    const bytes = new Uint8Array(await (await get(`/plans/${sample.planId}.docx`)).arrayBuffer());
    const { plan } = await readDocument(bytes, 'plan.docx');
    const numbers = plan.sections.flatMap(({ activities }) => activities.map(({ number }) => number));
    expect(numbers).toEqual(['1', '2', '3', '4', '6', '7', '8', '9', '10', '11', '12', '13']);
    expect(plan.irregularities).toContainEqual(expect.objectContaining({ code: 'TEXT_LEFT_OUT', text: '5 Исключено' }));
  });

  it('says what was done, on demand', async () => {
    await change('completeActivity', { activityId: sample.activity(3), actualOn: '2020-09-20' });
    const text = await (await get(`/plans/${sample.planId}.csv?execution`)).text();
    expect(text).toContain('Отметка о выполнении');
    expect(text).toContain('Выполнено 20.09.2020');
    expect(await (await get(`/plans/${sample.planId}.csv`)).text()).not.toContain('Отметка о выполнении');
  });
});

function uuid(): string {
  return sample.planId.replace('plan_', '');
}

describe('the report on execution', () => {
  it('counts what was done in time, late and not, by section and party, each figure with its points', async () => {
    const answer = await get(`/plans/${sample.planId}.json?report=quarter&day=2020-09-30`);
    const report = ReportShape.parse(await answer.json());
    expect(report.window).toEqual({ start: '2020-09-01', end: '2020-09-30' });
    const counted = Object.values(report.total.figures).reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(report.work.length);
    for (const { figures } of [report.total, ...report.bySection, ...report.byParty]) {
      for (const { count, points } of Object.values(figures)) expect(points).toHaveLength(count);
    }
    const sums = (groups: readonly { figures: typeof report.total.figures }[]) =>
      groups.reduce((sum, { figures }) => sum + (figures.IN_TIME?.count ?? 0), 0);
    expect(sums(report.bySection)).toBe(report.total.figures.IN_TIME?.count);
    expect(sums(report.byParty)).toBe(report.total.figures.IN_TIME?.count);
    expect(report.total.figures.IN_TIME?.points).toContain(sample.inPlan('point', 'a3.1'));
  });

  it('names the audit entries behind each row, to who may read them', async () => {
    const of = async (role: KeyRole) => {
      const answer = await get(`/plans/${sample.planId}.json?report=YEAR`, role);
      const { work } = ReportShape.parse(await answer.json());
      return work.find(({ activityId }) => activityId === sample.activity(3))?.auditEntries ?? [];
    };
    const [entry] = await of('auditor');
    const document = 'query($id: ID!) { auditTrail(last: 50, filter: { planId: $id }) { nodes { id sentence } } }';
    const shape = z.object({
      auditTrail: z.object({ nodes: z.array(z.object({ id: z.string(), sentence: z.string() })) }),
    });
    const { auditTrail } = await server.read(shape, document, { variables: { id: sample.planId }, key: 'auditor' });
    expect(auditTrail.nodes.find(({ id }) => id === entry?.id)?.sentence).toMatch(/Выполнено/);
    expect(await of('dashboard')).toEqual([]);
  });

  it('is printed with terms moved and their reasons', async () => {
    const page = await (await get(`/plans/${sample.planId}.html?report=year`)).text();
    expect(page).toMatch(/Отчёт об исполнении/);
    expect(page).toMatch(/Сроки перенесены: 1/);
    expect(page).toMatch(/«февраль 2021г\.» → «март 2021 г\.»/);
    expect(page).toContain('Просьба школы');
  });

  it('is refused for a period or a day that there is not', async () => {
    for (const query of [
      'report=DECADE',
      'report=YEAR&day=2030-01-01',
      'report=YEAR&day=вчера',
      'report=YEAR&month=2020-10',
    ]) {
      const answer = await get(`/plans/${sample.planId}.json?${query}`);
      expect([query, answer.status]).toEqual([query, 400]);
    }
  });
});

const Figures = z.object({
  figures: z.record(z.string(), z.object({ count: z.number(), points: z.array(z.string()) })),
});
const ReportShape = z.object({
  window: z.object({ start: z.string(), end: z.string() }),
  total: Figures,
  bySection: z.array(Figures),
  byParty: z.array(Figures),
  work: z.array(
    z.object({ activityId: z.string(), auditEntries: z.array(z.object({ id: z.string(), revision: z.number() })) }),
  ),
});

describe('what differs between two editions', () => {
  it('stands beside each other, word by word', async () => {
    const page = await (await get(`/plans/${sample.planId}.html?compare=1..4`)).text();
    expect(page).toMatch(/<del>февраль<\/del>|<del>методических/);
    expect(page).toContain('<ins>памяток</ins>');
    expect(page).toContain('Исключено');
    expect(page).not.toContain('Самый классный классный');
  });

  it('says that only rows are compared, and how many entries of the trail changed none of them', async () => {
    const page = await (await get(`/plans/${sample.planId}.html?compare=1..4`)).text();
    expect(page).toMatch(/Редакции сравниваются только по строкам плана\. Записей в журнале[^.]*: \d+\./);
    expect(page).not.toContain('просьб о переносе');
  });

  it('is refused for what is misspelt, rather than giving something else', async () => {
    const answer = await get(`/plans/${sample.planId}.html?Compare=1..2`);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('no parameter Compare')]);
  });

  it('is refused for editions that there are not', async () => {
    const answer = await get(`/plans/${sample.planId}.html?compare=1..9`);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('editions 1 to')]);
    expect((await get(`/plans/${sample.planId}.html?compare=1-2`)).status).toBe(400);
    expect((await get(`/plans/${sample.planId}.csv?compare=1..2`)).status).toBe(400);
  });
});
