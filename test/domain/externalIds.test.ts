import { describe, expect, it } from '@jest/globals';
import { approvedOf, at, drafted, draftOf, entry, given, planAfter, planned, section } from '../support/domain.js';

const KEY = 'район-17';
const because = { reason: 'Решение совета', basis: { kind: 'withoutDocument' } } as const;
const add = (externalId: string, title = 'Слёт') =>
  ({ type: 'addActivity', sectionId: 's1', after: null, activity: entry('май', { title, externalId }) }) as const;
const begin = {
  type: 'draftPlan',
  title: 'План',
  documentKind: 'план работы',
  ownerUnit: 'Центр',
  institution: null,
  period: null,
  organisationId: null,
  timeZone: 'Asia/Yekaterinburg',
} as const;

describe('the external id of a plan', () => {
  it('is set when the plan begins', () => {
    expect(
      given()
        .when({ ...begin, externalId: KEY })
        .plan().details.externalId,
    ).toBe(KEY);
    expect(given().when(begin).plan().details.externalId).toBeNull();
  });

  it('is one short line', () => {
    given()
      .when({ ...begin, externalId: ' ' })
      .thenRefused('REQUIRED', 'externalId');
    given()
      .when({ ...begin, externalId: 'к'.repeat(201) })
      .thenRefused('TOO_LONG', 'externalId');
    given()
      .when({ ...begin, externalId: 'а\nб' })
      .thenRefused('LINE_BREAK', 'externalId');
  });

  it('refuses another plan in the same stream, and says why', () => {
    const history = [drafted({ externalId: KEY })];
    given(history)
      .when({ ...begin, externalId: KEY })
      .thenRefused('EXTERNAL_ID_TAKEN', 'externalId');
    given(history).when(begin).thenRefused('PLAN_EXISTS');
  });

  it('is dropped when the plan goes to another organisation', () => {
    const assigned = {
      type: 'PlanAssigned',
      data: { organisationId: 'other', timeZone: 'Europe/Moscow', settings: null },
    } as const;
    expect(planAfter([drafted({ externalId: KEY }), assigned]).details).toMatchObject({
      organisationId: 'other',
      externalId: null,
    });
  });

  it('and those of its rows are not taken over by a copy', () => {
    const history = [drafted({ externalId: KEY }), section(1), planned(1, 'май', { externalId: 'строка' })];
    const copy = given()
      .when({
        ...{ type: 'copyPlan', source: planAfter(history), from: { planId: 'p', edition: 0 } },
        ...{ organisationId: null, period: null, title: null },
      })
      .plan();
    expect(copy.details.externalId).toBeNull();
    expect([...copy.activities.values()].map(({ externalId }) => externalId)).toEqual([null]);
  });
});

describe('the external id of an activity', () => {
  it('is unique in its plan', () => {
    const history = [...draftOf('январь'), ...given(draftOf('январь')).when(add(KEY)).events()];
    given(history).when(add(KEY, 'Поход')).thenRefused('EXTERNAL_ID_TAKEN', 'externalId');
    expect(given(history).when(add('район-18')).plan().activities.get('a3')?.externalId).toBe('район-18');
  });

  it('is unique among the changes of one batch', () => {
    given(approvedOf('январь'))
      .when({ type: 'amendPlan', changes: [add(KEY), add(KEY, 'Поход')] }, because)
      .thenRefused('EXTERNAL_ID_TAKEN', 'changes.1.externalId');
  });

  it('stays taken by an excluded row, and is free again when a row leaves a draft', () => {
    const approvedRow = [...approvedOf('январь'), ...given(approvedOf('январь')).when(add(KEY), because).events()];
    const excluded = given(approvedRow)
      .when({ type: 'excludeActivity', activityId: 'a2' }, { ...because, ...at('2020-10-02') })
      .events();
    given([...approvedRow, ...excluded])
      .when(add(KEY), { ...because, ...at('2020-10-03') })
      .thenRefused('EXTERNAL_ID_TAKEN', 'externalId');

    const row = [...draftOf('январь'), ...given(draftOf('январь')).when(add(KEY)).events()];
    const removed = [...row, ...given(row).when({ type: 'removeActivity', activityId: 'a2' }).events()];
    expect(planAfter(removed).freedExternalIds.get(KEY)).toBe(1);
    expect(given(removed).when(add(KEY)).plan().activities.get('a3')?.externalId).toBe(KEY);
  });
});

describe('the external id of a section', () => {
  const add = (externalId: string) =>
    ({ type: 'addSection', title: 'Раздел', numberText: '', after: null, externalId }) as const;
  const added = [...draftOf('январь'), ...given(draftOf('январь')).when(add(KEY)).events()];

  it('is one short line, and unique among the sections of its plan', () => {
    expect(planAfter(added).sections.get('s2')?.externalId).toBe(KEY);
    given(added).when(add(KEY)).thenRefused('EXTERNAL_ID_TAKEN', 'externalId');
    given(added).when(add('а\nб')).thenRefused('LINE_BREAK', 'externalId');
    // An activity may have the same external id as a section.
    const row = {
      type: 'addActivity',
      sectionId: 's1',
      after: null,
      activity: entry('май', { externalId: KEY }),
    } as const;
    expect(given(added).when(row).plan().activities.get('a2')?.externalId).toBe(KEY);
  });

  it('stays when the section is changed, and is free again when it is removed', () => {
    const changed = given(added).when({ type: 'changeSection', sectionId: 's2', title: 'Иначе' }).plan();
    expect(changed.sections.get('s2')?.externalId).toBe(KEY);
    const removed = [...added, ...given(added).when({ type: 'removeSection', sectionId: 's2' }).events()];
    expect(planAfter(removed).freedSectionIds.get(KEY)).toBe(1);
    expect(given(removed).when(add(KEY)).plan().sections.get('s3')?.externalId).toBe(KEY);
  });

  it('is not taken over by a copy', () => {
    const copy = given()
      .when({
        ...{ type: 'copyPlan', source: planAfter(added), from: { planId: 'p', edition: 0 } },
        ...{ organisationId: null, period: null, title: null },
      })
      .plan();
    expect([...copy.sections.values()].map(({ externalId }) => externalId)).toEqual([null, null]);
  });
});
