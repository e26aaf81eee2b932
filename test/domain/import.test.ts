import { describe, expect, it } from '@jest/globals';
import { copiedContent } from '../../src/domain/copy.js';
import { replay } from '../../src/domain/evolve.js';
import type { ImportedPlan } from '../../src/domain/plan/importedPlan.js';
import { MAX_ACTIVITIES } from '../../src/domain/plan.js';
import { rereadings } from '../../src/domain/rereading.js';
import { notation } from '../../src/domain/schedule.js';
import { DEFAULT_SETTINGS } from '../../src/domain/settings.js';
import { given, importedSample, importOf, party, YEAR } from '../support/domain.js';

const ROW: ImportedPlan['sections'][number]['activities'][number] = {
  number: '1',
  title: 'Семинар',
  text: 'Семинар',
  subItems: [],
  timeframeText: 'январь',
  responsible: party('Центр'),
  references: [],
  extras: {},
  irregularities: [],
  source: 'line 3',
};
const PLAN: ImportedPlan = {
  title: 'План работы',
  documentKind: 'план работы',
  ownerUnit: 'Центр',
  institution: null,
  period: YEAR,
  periodKind: 'SCHOOL_YEAR',
  periodText: 'на 2020-2021 учебный год',
  stamps: [],
  columns: [],
  sections: [{ numberText: '1.', title: 'Раздел', activities: [ROW] }],
  irregularities: [],
};

describe('importPlan', () => {
  it('is one event for each part, and a last one that marks the import as whole', () => {
    const events = importedSample();
    const count = (type: string) => events.filter((event) => event.type === type).length;
    expect([events[0]?.type, events.at(-1)?.type]).toEqual(['PlanDrafted', 'PlanImported']);
    expect([count('SectionAdded'), count('ActivityPlanned'), events.length]).toEqual([5, 13, 20]);
    expect(events.at(-1)).toMatchObject({ data: { sections: 5, activities: 13, fileName: 'plan.txt' } });
  });

  it('keeps each row with its source and its wording as printed', () => {
    expect(given().when(importOf(PLAN)).events()[2]).toMatchObject({
      type: 'ActivityPlanned',
      data: { activityId: 'a1', sectionId: 's1', source: 'line 3', timeframe: { text: 'январь' } },
    });
  });

  it('keeps an unread wording and a missing period as they are', () => {
    const unread = [{ ...ROW, timeframeText: 'как получится' }];
    given()
      .when(importOf({ ...PLAN, period: null, sections: [{ numberText: '', title: '', activities: unread }] }))
      .thenAccepted();
  });

  it('is read below the same headings again: the month of its table, and a month beside the row', () => {
    const rows = [
      { ...ROW, timeframeText: 'в теч. месяца' },
      { ...ROW, timeframeText: 'с 5 по 10', hint: 'Май' },
    ];
    const sections = [{ numberText: '', title: 'Педсовет', hint: 'сентябрь', activities: rows }];
    const plan = given()
      .when(importOf({ ...PLAN, sections }))
      .plan();
    const read = [...plan.activities.values()].map(({ timeframe }) => notation(timeframe.schedule).interpretation);
    expect(read).toEqual(['2020-09-01/2020-09-30', '2021-05-05/2021-05-10']);
    expect(rereadings(plan, null)).toEqual([]);
    const next = { start: '2021-09-01', end: '2022-08-31' };
    const { sections: copied } = copiedContent(plan, next, DEFAULT_SETTINGS);
    const timeframes = copied.flatMap(({ rows: all }) => all.map(({ content }) => content.timeframe));
    expect(timeframes.map(({ schedule }) => notation(schedule).interpretation)).toEqual([
      '2021-09-01/2021-09-30',
      '2022-05-05/2022-05-10',
    ]);
  });

  it('is read below the month of its document also when somebody enters another wording', () => {
    const row = { ...ROW, timeframeText: 'с 5 по 10', hint: 'Май' };
    const timeframe = { text: 'с 5 по 12', schedule: null };
    const imported = given()
      .when(importOf({ ...PLAN, sections: [{ numberText: '', title: 'Педсовет', activities: [row] }] }))
      .events();
    const plan = given(...imported)
      .when({ type: 'rescheduleActivity', activityId: 'a1', timeframe })
      .plan();
    const entered = plan.activities.get('a1')?.timeframe;
    expect(entered).toMatchObject({ text: 'с 5 по 12', heading: 'Май Педсовет' });
    expect(entered && notation(entered.schedule).interpretation).toBe('2021-05-05/2021-05-12');
  });

  it('refuses a plan without title, owner, activities or a proper period', () => {
    given()
      .when(importOf({ ...PLAN, title: '' }))
      .thenRefused('REQUIRED', 'title');
    given()
      .when(importOf({ ...PLAN, ownerUnit: '' }))
      .thenRefused('REQUIRED', 'ownerUnit');
    given()
      .when(importOf({ ...PLAN, sections: [] }))
      .thenRefused('NOTHING_PLANNED');
    const backwards = { start: YEAR.end, end: YEAR.start };
    given()
      .when(importOf({ ...PLAN, period: backwards }))
      .thenRefused('PERIOD_INVALID', 'period');
    given()
      .when({ ...importOf(PLAN), timeZone: 'Mars/Base' })
      .thenRefused('INVALID_TIME_ZONE', 'timeZone');
  });

  it('refuses more activities than a plan may have', () => {
    const activities = Array.from({ length: MAX_ACTIVITIES + 1 }, () => ROW);
    given()
      .when(importOf({ ...PLAN, sections: [{ numberText: '', title: '', activities }] }))
      .thenRefused('PLAN_TOO_LARGE');
  });
});

describe('an import that was cut short', () => {
  const rows = { ...PLAN, sections: [{ numberText: '1.', title: 'Раздел', activities: [ROW, ROW, ROW] }] };
  const whole = given().when(importOf(rows)).events();
  const begun = whole.slice(0, 3);

  it('says with its first event how many it will have', () => {
    expect(whole).toHaveLength(6);
    expect(whole[0]).toMatchObject({ data: { importing: { events: 6, fileName: 'plan.txt' } } });
  });

  it('is no plan yet to anybody', () => {
    given(begun)
      .when({ type: 'addSection', title: 'Ещё', numberText: '', after: null })
      .thenRefused('PLAN_NOT_FOUND', 'planId');
    given(begun).when({ type: 'noticeMissedDeadlines' }).thenRefused('PLAN_NOT_FOUND', 'planId');
  });

  it('goes on after what it has stored, to the same plan as in one go', () => {
    const rest = given(begun).when(importOf(rows));
    expect(rest.events()).toEqual(whole.slice(3));
    expect(rest.plan()).toEqual(replay(whole));
  });

  it('needs nothing but its mark when all else is stored', () => {
    expect(given(whole.slice(0, -1)).when(importOf(rows)).events()).toEqual(whole.slice(-1));
  });

  it('is a draft like any other once its mark is there', () => {
    given(whole).when(importOf(rows)).thenRefused('ALREADY_IMPORTED');
    given(whole).when({ type: 'abandonImport', importCommandId: 'x' }).thenRefused('IMPORT_NOT_FOUND', 'planId');
    expect(replay(whole)).toMatchObject({ presence: 'WHOLE', status: 'DRAFT' });
  });

  it('is begun anew when another reader reads the file otherwise', () => {
    const command = importOf(rows);
    const other = { ...command, source: { ...command.source, reader: 'text 99' } };
    const again = given(begun).when(other);
    expect(again.events()[0]).toEqual({ type: 'PlanImportAbandoned', data: { events: 3 } });
    expect(again.events()).toHaveLength(7);
    expect(again.plan()).toMatchObject({ presence: 'WHOLE', lastActivity: 3 });
  });

  it('may be given up, and the file imported again', () => {
    const abandoned = given(begun).when({ type: 'abandonImport', importCommandId: 'x' });
    abandoned.thenEvents({ type: 'PlanImportAbandoned', data: { events: 3 } });
    given(begun, abandoned.events())
      .when({ type: 'abandonImport', importCommandId: 'x' })
      .thenRefused('IMPORT_NOT_FOUND', 'planId');
    given(begun, abandoned.events()).when({ type: 'submitPlan', route: [] }).thenRefused('PLAN_NOT_FOUND', 'planId');
    const again = given(begun, abandoned.events()).when(importOf(rows));
    expect(again.events()).toEqual(whole);
    expect(again.plan()).toMatchObject({ presence: 'WHOLE', lastActivity: 3, eventCount: 10 });
  });
});
