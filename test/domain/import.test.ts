import { describe, expect, it } from '@jest/globals';
import type { ImportedPlan } from '../../src/domain/commands.js';
import { MAX_ACTIVITIES } from '../../src/domain/plan.js';
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
    const unread = [{ ...ROW, timeframeText: 'на каникулах' }];
    given()
      .when(importOf({ ...PLAN, period: null, sections: [{ numberText: '', title: '', activities: unread }] }))
      .thenAccepted();
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
