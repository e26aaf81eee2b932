import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Sample, sampleOf, startServer, type TestServer } from '../support/server.js';

const NEW_YEAR = '2021-01-01';
const CENTRE = 'Центр поддержки и научно-методического сопровождения деятельности классного руководителя';
const EXPECTED = z.object({
  title: z.string(),
  sections: z.array(
    z.object({
      ordinal: z.number(),
      numberText: z.string(),
      title: z.string(),
      activities: z.array(
        z.object({
          number: z.string(),
          title: z.string(),
          text: z.string(),
          subItems: z.array(z.string()),
          timeframeText: z.string(),
          timeframe: z.object({ interpretation: z.string() }),
          responsibleText: z.string(),
          responsible: z.array(z.string()),
        }),
      ),
    }),
  ),
});

let server: TestServer;
let sample: Sample;
let printed: z.infer<typeof EXPECTED>;

beforeAll(async () => {
  server = await startServer();
  sample = await sampleOf(server);
  const file = new URL('../fixtures/plans/buzuluk-2020-2021.expected.json', import.meta.url);
  printed = EXPECTED.parse(JSON.parse(await readFile(file, 'utf8')));
});
afterAll(() => server.close());

const NUMBERS = z.object({ activities: z.object({ nodes: z.array(z.object({ number: z.string() })) }) });

/** Numbers of the activities that a filter finds on New Year, as printed. */
async function found(filter: Readonly<Record<string, unknown>>, on = NEW_YEAR): Promise<string[]> {
  const document =
    'query($filter: ActivityFilter, $on: Date) { activities(filter: $filter, on: $on) { nodes { number } } }';
  const { activities } = await server.read(NUMBERS, document, { variables: { filter, on } });
  return activities.nodes.map(({ number }) => number);
}

describe('the sample plan', () => {
  it('is answered with sections and activities as printed', async () => {
    const document = `{ plans { nodes { title sections { ordinal numberText title activities { nodes {
      number title text subItems responsibleText responsible { name }
      timeframe { text schedule { interpretation } }
    } } } } } }`;
    const { title, sections } = printed;
    expect(await server.data(document)).toEqual({
      plans: {
        nodes: [
          {
            title,
            sections: sections.map(({ ordinal, numberText, title, activities }) => ({
              ordinal,
              numberText,
              title,
              activities: {
                nodes: activities.map(({ timeframeText, timeframe, responsible, ...row }) => ({
                  number: row.number,
                  title: row.title,
                  text: row.text,
                  subItems: row.subItems,
                  responsibleText: row.responsibleText,
                  responsible: responsible.map((name) => ({ name })),
                  timeframe: { text: timeframeText, schedule: { interpretation: timeframe.interpretation } },
                })),
              },
            })),
          },
        ],
      },
    });
  });

  it('stands approved in edition 1, its stamps confirmed and without a date', async () => {
    const document = `{ plans(filter: { status: [APPROVED] }) { nodes { status edition revision ownerUnit institution
      periodKind period { start end } periodText timeZone underControlFrom activityCount reviewCount
      stamps { kind marker post person date state } imported { fileName } } } }`;
    const stamp = { date: null, state: 'CONFIRMED' };
    expect(await server.data(document)).toEqual({
      plans: {
        nodes: [
          {
            status: 'APPROVED',
            edition: 1,
            revision: 20,
            ownerUnit: CENTRE,
            institution: 'МБУДО «ЦВР»',
            periodKind: 'SCHOOL_YEAR',
            period: { start: '2020-09-01', end: '2021-08-31' },
            periodText: 'на 2020-2021 учебный год',
            timeZone: 'Asia/Yekaterinburg',
            underControlFrom: '2020-09-01',
            activityCount: 13,
            reviewCount: 8,
            imported: { fileName: 'buzuluk-2020-2021.txt' },
            stamps: [
              {
                ...stamp,
                kind: 'APPROVE',
                marker: 'Утверждаю',
                post: 'Директор МБУДО «ЦВР» Бузулукского района',
                person: 'Е.Н. Филатова',
              },
              {
                ...stamp,
                kind: 'AGREE',
                marker: 'Согласовано',
                post: 'Начальник отдела образования администрации Бузулукского района',
                person: 'СВ Стапинов',
              },
            ],
          },
        ],
      },
    });
  });

  it('names its parties with how many activities name them', async () => {
    const document = `query($planId: ID) { parties(filter: { planId: $planId }) { totalCount nodes { name kind activityCount planIds } } }`;
    const party = (name: string, kind: string, activityCount: number) => ({
      name,
      kind,
      activityCount,
      planIds: [sample.planId],
    });
    expect(await server.data(document, { variables: { planId: sample.planId } })).toEqual({
      parties: {
        totalCount: 5,
        nodes: [
          party('Министерство образования Оренбургской области', 'ORG', 1),
          party('общеобразовательные организации района', 'GROUP', 3),
          party('Отдел образования администрации Бузулукского района', 'ORG', 5),
          party(CENTRE, 'UNIT', 12),
          party(`${CENTRE} Оренбургской области`, 'UNIT', 1),
        ],
      },
    });
  });

  it('has 29 control points in the calendar, by due day', async () => {
    const shape = z.object({
      calendar: z.object({ totalCount: z.number(), nodes: z.array(z.object({ dueOn: z.string() })) }),
    });
    const document = '{ calendar(from: "2020-09-01", to: "2021-08-31") { totalCount nodes { dueOn } } }';
    const { calendar } = await server.read(shape, document);
    const days = calendar.nodes.map(({ dueOn }) => dueOn);
    expect(calendar.totalCount).toBe(29);
    expect(days).toHaveLength(29);
    expect(days).toEqual(days.toSorted());
  });

  it('has the points of one month in the calendar with their activities and timing on a day', async () => {
    const document = `{ calendar(from: "2020-11-01", to: "2020-11-30", on: "2020-11-17") { nodes {
      ordinal dueOn paperDueOn firm timing(on: "2020-11-17") activity { number timing(on: "2020-11-17") } } } }`;
    expect(await server.data(document)).toEqual({
      calendar: {
        nodes: [
          {
            ordinal: 3,
            dueOn: '2020-11-16',
            paperDueOn: '2020-11-16',
            firm: true,
            timing: 'OVERDUE',
            activity: { number: '7', timing: 'OVERDUE' },
          },
          {
            ordinal: 1,
            dueOn: '2020-11-30',
            paperDueOn: '2020-11-30',
            firm: true,
            timing: 'IN_WINDOW',
            activity: { number: '9', timing: 'IN_WINDOW' },
          },
        ],
      },
    });
  });
});

describe('the figures on New Year when nothing was reported', () => {
  const FIGURES = 'total firm pastDue byTiming { timing count } byEvidence { evidence count }';

  it('are 29 points, 27 of them firm, ten past due and nine overdue', async () => {
    const answer = await server.data(`{ monitoring(on: "${NEW_YEAR}") { on total { ${FIGURES} } } }`);
    expect(answer).toEqual({
      monitoring: {
        on: NEW_YEAR,
        total: {
          total: 29,
          firm: 27,
          pastDue: 10,
          byTiming: expect.arrayContaining([
            { timing: 'OVERDUE', count: 9 },
            { timing: 'IN_WINDOW', count: 8 },
            { timing: 'PLANNED', count: 12 },
          ]),
          byEvidence: [{ evidence: 'NONE', count: 29 }],
        },
      },
    });
  });

  it.each(['PLAN', 'SECTION', 'ACCOUNTABLE', 'MONTH'])('add up to the same when grouped by %s', async (groupBy) => {
    const group = z.object({ total: z.number(), firm: z.number(), pastDue: z.number() });
    const shape = z.object({ monitoring: z.object({ total: group, groups: z.array(group) }) });
    const document = `query($groupBy: MonitoringGroupBy) { monitoring(on: "${NEW_YEAR}", groupBy: $groupBy) {
      total { total firm pastDue } groups { total firm pastDue } } }`;
    const { monitoring } = await server.read(shape, document, { variables: { groupBy } });
    const sum = (field: 'total' | 'firm' | 'pastDue') => monitoring.groups.reduce((all, each) => all + each[field], 0);
    expect({ total: sum('total'), firm: sum('firm'), pastDue: sum('pastDue') }).toEqual(monitoring.total);
  });

  it('count the points of the days asked for', async () => {
    const filter = { planId: sample.planId, dueFrom: '2020-09-01', dueTo: '2020-12-31' };
    const document = `query($filter: MonitoringFilter) { monitoring(on: "${NEW_YEAR}", filter: $filter) {
      total { total pastDue } } }`;
    expect(await server.data(document, { variables: { filter } })).toEqual({
      monitoring: { total: { total: 10, pastDue: 10 } },
    });
  });
});

describe('activities are found', () => {
  it('by whether they ask for a look', async () => {
    expect(await found({ needsReview: true })).toEqual(['3', '5', '6', '7', '8', '9', '10', '13']);
    expect(await found({ needsReview: false })).toEqual(['1', '2', '4', '11', '12']);
  });

  it('by section and by plan', async () => {
    expect(await found({ sectionId: sample.section(4) })).toEqual(['8', '9', '10']);
    expect(await found({ planId: sample.planId, sectionId: sample.section(1) })).toEqual(['1', '2']);
  });

  it('by the beginnings of words in their text, number or term', async () => {
    expect(await found({ text: 'конкурс' })).toEqual(['11', '12', '13']);
    expect(await found({ text: 'МОНИТОР классн' })).toEqual(['2', '9']);
    expect(await found({ text: 'квартал' })).toEqual(['4']);
    expect(await found({ text: 'нетакогослова' })).toEqual([]);
  });

  it('by party, as named in any place', async () => {
    const shape = z.object({ parties: z.object({ nodes: z.array(z.object({ id: z.string() })) }) });
    const { parties } = await server.read(
      shape,
      '{ parties(filter: { text: "министерство", kind: ORG }) { nodes { id } } }',
    );
    expect(await found({ partyId: parties.nodes[0]?.id })).toEqual(['1']);
  });

  it('by the days on which they are due', async () => {
    expect(await found({ dueFrom: '2021-01-31', dueTo: '2021-02-28' })).toEqual(['1', '5', '7', '12']);
    expect(await found({ dueTo: '2020-09-30' })).toEqual(['3', '4', '7', '8']);
    // «1 раз в квартал» has several open due days. A filter finds it by each of them, not only by the first.
    expect(await found({ dueFrom: '2020-12-31', dueTo: '2020-12-31' })).toContain('4');
    expect(await found({ dueFrom: '2020-12-30', dueTo: '2020-12-30' })).toEqual([]);
    expect(await found({ dueFrom: '2021-03-01', dueTo: '2021-02-01' })).toEqual([]);
  });

  it('by evidence', async () => {
    expect(await found({ evidence: ['NONE'] })).toHaveLength(13);
    expect(await found({ evidence: ['ACCEPTED', 'REPORTED'] })).toEqual([]);
  });

  it.each(['2020-08-15', '2020-09-21', '2020-09-30', '2020-12-24', NEW_YEAR, '2021-08-31', '2021-09-01'])(
    'by timing on %s exactly when that is their timing',
    async (on) => {
      const shape = z.object({
        activities: z.object({ nodes: z.array(z.object({ number: z.string(), timing: z.string() })) }),
      });
      const document = 'query($on: Date) { activities { nodes { number timing(on: $on) } } }';
      const { activities } = await server.read(shape, document, { variables: { on } });
      for (const timing of ['PLANNED', 'IN_WINDOW', 'DUE_SOON', 'DUE_TODAY', 'OVERDUE', 'DONE_ON_TIME']) {
        const told = activities.nodes.filter((each) => each.timing === timing).map(({ number }) => number);
        expect({ timing, found: await found({ timing: [timing] }, on) }).toEqual({ timing, found: told });
      }
    },
  );
});
