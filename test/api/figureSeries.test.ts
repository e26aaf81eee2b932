import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { newKey } from '../support/access.js';
import { type District, districtOf } from '../support/district.js';
import { registered } from '../support/organisations.js';
import { startServer, type TestServer } from '../support/server.js';

const INDICATOR = z.object({ code: z.string(), numerator: z.number(), denominator: z.number() });
const FIGURES = 'indicators(codes: [OVERDUE, DONE]) { code numerator denominator }';
const YEAR = 'from: "2020-09-01", to: "2021-08-31"';

let server: TestServer;
let district: District;
/** A key that sees the first school and the one without a plan. */
let token: string;

beforeAll(async () => {
  server = await startServer({ sample: 'off', clock: '2020-11-15T09:00:00Z' });
  district = await districtOf(server, 4);
  await registered(server, { name: 'Чужая школа' });
  const [first, , , last] = district.schools;
  ({ token } = await newKey(server, { role: 'DEPARTMENT', organisationIds: [first?.id, last?.id] }));
});
afterAll(() => server.close());

async function asked(query: string): Promise<unknown> {
  const { data, errors } = await server.query(query);
  expect(errors).toEqual([]);
  return data;
}

async function askedWithin(query: string): Promise<unknown> {
  const { data } = await server.post(JSON.stringify({ query }), { authorization: `Bearer ${token}` });
  return data;
}

const schoolAt = (index: number) => {
  const school = district.schools[index];
  if (!school) throw new Error(`the district has no school ${index}`);
  return school;
};

describe('a series', () => {
  it('has the figures of each day, in the given order', async () => {
    const days = '["2020-09-20", "2020-09-21", "2020-11-30", "2021-08-31", "2020-09-17"]';
    expect(await asked(`{ monitoring { series(days: ${days}) { on planned ${FIGURES} } } }`)).toEqual({
      monitoring: {
        series: [
          ['2020-09-20', 0, 0, 1],
          ['2020-09-21', 2, 3, 1],
          ['2020-11-30', 8, 9, 1],
          ['2021-08-31', 11, 12, 1],
          ['2020-09-17', 0, 0, 0],
        ].map(([on, overdue, due, done]) => ({
          on,
          planned: 12,
          indicators: [
            { code: 'DONE', numerator: done, denominator: 12 },
            { code: 'OVERDUE', numerator: overdue, denominator: due },
          ],
        })),
      },
    });
  });

  it('gives each day what `on` gives', async () => {
    const shape = z.object({
      monitoring: z.object({
        series: z.array(z.object({ on: z.string(), indicators: z.array(INDICATOR) })),
        total: z.object({ indicators: z.array(INDICATOR) }),
      }),
    });
    const every = 'indicators { code numerator denominator }';
    for (const on of ['2020-10-05', '2020-12-01']) {
      const { monitoring } = await server.read(
        shape,
        `{ monitoring(on: "${on}") { total { ${every} } series(days: ["${on}"]) { on ${every} } } }`,
      );
      expect(monitoring.series).toEqual([{ on, indicators: monitoring.total.indicators }]);
    }
  });

  it('leaves out what is elsewhere', async () => {
    const query = `{ monitoring { series(days: ["2020-11-15"]) { planned ${FIGURES} } } }`;
    expect(await askedWithin(query)).toMatchObject({
      monitoring: { series: [{ planned: 4, indicators: [{ numerator: 0 }, { numerator: 2, denominator: 2 }] }] },
    });
  });

  it('has at most sixty days', async () => {
    const days = JSON.stringify(Array.from({ length: 61 }, () => '2020-10-01'));
    const { errors } = await server.query(`{ monitoring { series(days: ${days}) { on } } }`);
    expect(errors).toMatchObject([
      { message: 'A series has at most 60 days.', extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});

describe('groups by organisation', () => {
  const groups = `groups { key label plans total }`;

  it('have the organisations without plans too, by name', async () => {
    const { department, schools } = district;
    const expected = schools.map(({ id, name, planId }) => ({
      key: id,
      label: name,
      ...(planId === null ? { plans: 0, total: 0 } : { plans: 1, total: 4 }),
    }));
    const all = { key: department, label: 'Отдел образования района', plans: 0, total: 0 };
    const filter = `filter: { organisationId: "${department}" }`;
    expect(await asked(`{ monitoring(groupBy: ORGANISATION, ${filter}) { plans ${groups} } }`)).toEqual({
      monitoring: { plans: 3, groups: [all, ...expected] },
    });
  });

  it('never show an organisation outside the scope', async () => {
    const [first, , , last] = district.schools;
    expect(await askedWithin(`{ monitoring(groupBy: ORGANISATION) { ${groups} } }`)).toEqual({
      monitoring: {
        groups: [
          { key: first?.id, label: first?.name, plans: 1, total: 4 },
          { key: last?.id, label: last?.name, plans: 0, total: 0 },
        ],
      },
    });
    const elsewhere = `filter: { organisationId: "${schoolAt(1).id}" }`;
    expect(await askedWithin(`{ monitoring(groupBy: ORGANISATION, ${elsewhere}) { ${groups} } }`)).toEqual({
      monitoring: { groups: [] },
    });
  });

  it('have only those of the plans that a filter names', async () => {
    const { id, planId } = schoolAt(0);
    expect(
      await asked(`{ monitoring(groupBy: ORGANISATION, filter: { planId: "${planId}" }) { ${groups} } }`),
    ).toMatchObject({ monitoring: { groups: [{ key: id, total: 4 }] } });
  });

  it('are those of the organisation alone where that is asked', async () => {
    const { department } = district;
    const own = `filter: { organisationId: "${department}", ownPlansOnly: true }`;
    expect(await asked(`{ monitoring(${own}) { plans } indicatorItems(${own}) { totalCount } }`)).toEqual({
      monitoring: { plans: 0 },
      indicatorItems: { totalCount: 0 },
    });
  });
});

describe('groups by month', () => {
  const Months = z.object({
    monitoring: z.object({
      groups: z.array(
        z.object({
          label: z.string(),
          months: z.array(z.object({ key: z.string(), total: z.number(), indicators: z.array(INDICATOR) })),
        }),
      ),
    }),
  });
  const months = (span: string) => `groups { label months(${span}) { key total ${FIGURES} } }`;

  it.each(['ORGANISATION', 'PLAN', 'SECTION', 'ACCOUNTABLE'])('are every month of the period, by %s', async (by) => {
    const { monitoring } = await server.read(
      Months,
      `{ monitoring(groupBy: ${by}, filter: { organisationId: "${schoolAt(1).id}" }) { ${months(YEAR)} } }`,
    );
    const [group] = monitoring.groups;
    expect(group?.months).toHaveLength(12);
    const some = group?.months.filter(({ total }) => total > 0);
    expect(some?.map(({ key, indicators: [done, overdue] }) => [key, done?.numerator, overdue?.numerator])).toEqual([
      ['2020-09', 1, 0],
      ['2020-10', 0, 1],
      ['2020-11', 0, 0],
      ['2021-03', 0, 0],
    ]);
  });

  it('are cut by the ends of the span and of the filter', async () => {
    const filter = `organisationId: "${schoolAt(0).id}", dueFrom: "2020-09-21"`;
    const { monitoring } = await server.read(
      Months,
      `{ monitoring(groupBy: ORGANISATION, filter: { ${filter} }) { ${months('from: "2020-09-01", to: "2020-10-30"')} } }`,
    );
    expect(monitoring.groups[0]?.months.map(({ key, total }) => [key, total])).toEqual([
      ['2020-09', 0],
      ['2020-10', 0],
    ]);
  });

  it('are at most two years of them, forwards', async () => {
    const refused = async (span: string) =>
      (await server.query(`{ monitoring { total { months(${span}) { key } } } }`)).errors;
    expect(await refused('from: "2020-09-01", to: "2022-08-31"')).toEqual([]);
    expect(await refused('from: "2020-09-01", to: "2022-09-01"')).toMatchObject([
      { message: '`months` of a group are at most 24: name a shorter span.', extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    const whole = 'months(from: "2020-09-01", to: "2022-08-31")';
    const { errors } = await server.query(`{ monitoring { total { ${whole} { ${whole} { ${whole} { key } } } } } }`);
    expect(errors).toMatchObject([{ message: expect.stringContaining('at most 12000 together') }]);
    expect(await refused('from: "2020-09-02", to: "2020-09-01"')).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});

describe('the points behind a count', () => {
  it('are those of a timing', async () => {
    const items = `nodes { numerator point { dueOn timing } report { id } }`;
    const filter = `orderBy: { field: DUE }, filter: { organisationId: "${schoolAt(1).id}" }`;
    expect(await asked(`{ indicatorItems(timing: [OVERDUE, DONE_ON_TIME], ${filter}) { ${items} } }`)).toEqual({
      indicatorItems: {
        nodes: [
          { numerator: 1, point: { dueOn: '2020-09-20', timing: 'DONE_ON_TIME' }, report: null },
          { numerator: 1, point: { dueOn: '2020-10-31', timing: 'OVERDUE' }, report: null },
        ],
      },
    });
  });

  it('are ordered by their due days', async () => {
    const shape = z.object({
      indicatorItems: z.object({ nodes: z.array(z.object({ point: z.object({ dueOn: z.string() }) })) }),
    });
    for (const direction of ['ASC', 'DESC'] as const) {
      const order = `orderBy: { field: DUE, direction: ${direction} }`;
      const { indicatorItems } = await server.read(shape, `{ indicatorItems(${order}) { nodes { point { dueOn } } } }`);
      const days = indicatorItems.nodes.map(({ point }) => point.dueOn);
      expect(days).toHaveLength(12);
      expect(days).toEqual(direction === 'ASC' ? days.toSorted() : days.toSorted().toReversed());
    }
  });

  it('are as many as the counts say, for every timing', async () => {
    const shape = z.object({
      monitoring: z.object({
        total: z.object({ byTiming: z.array(z.object({ timing: z.string(), count: z.number() })) }),
      }),
    });
    const { monitoring } = await server.read(shape, '{ monitoring { total { byTiming { timing count } } } }');
    expect(monitoring.total.byTiming.length).toBeGreaterThan(2);
    for (const { timing, count } of monitoring.total.byTiming) {
      expect(await asked(`{ indicatorItems(timing: [${timing}]) { totalCount } }`)).toEqual({
        indicatorItems: { totalCount: count },
      });
    }
    expect(await asked('{ indicatorItems { totalCount } monitoring { total { total } } }')).toEqual({
      indicatorItems: { totalCount: 12 },
      monitoring: { total: { total: 12 } },
    });
  });
});

describe('an indicator', () => {
  it('has its name in the language of the caller', async () => {
    const query = '{ monitoring { total { indicators(codes: [DONE, DONE]) { title } } } }';
    const titled = (title: string) => ({ monitoring: { total: { indicators: [{ title }] } } });
    expect(await server.data(query, { language: 'ru' })).toEqual(titled('Выполнено'));
    expect(await server.data(query, { language: 'en' })).toEqual(titled('Done'));
  });
});

// The plan of this test is in no figure of the tests above.
describe('figures of own plans', () => {
  it('are those of no organisation where only own plans are asked for, and of no one', async () => {
    const lines = ['План кружка на 2020-2021 учебный год', '', '№\tМероприятие\tСрок\tОтветственные'];
    const content = Buffer.from([...lines, '1\tПоход\tоктябрь 2020 г.\tЗавуч'].join('\n')).toString('base64');
    const { plan, position } = await server.done('importPlan', { fileName: 'план.txt', content });
    const own = 'filter: { ownPlansOnly: true }';
    const ofNone = `monitoring(${own}, atLeast: "${position}") { plans total { total } }
      groups: monitoring(${own}, groupBy: ORGANISATION) { groups { key total } }
      indicatorItems(${own}) { totalCount nodes { activity { plan { id } } } }`;
    expect(await asked(`{ ${ofNone} }`)).toEqual({
      monitoring: { plans: 1, total: { total: 1 } },
      groups: { groups: [{ key: '', total: 1 }] },
      indicatorItems: { totalCount: 1, nodes: [{ activity: { plan: { id: plan.id } } }] },
    });
  });
});
