import { describe, expect, it } from '@jest/globals';
import { nextPeriod } from '../../src/domain/copy.js';
import type { PlanCommandOf, PlanEvent } from '../../src/domain/plan/catalogue.js';
import { activitiesOf, type ExistingPlan, needsReview, sectionsInOrder } from '../../src/domain/plan.js';
import { notation } from '../../src/domain/schedule.js';
import { readTimeframe } from '../../src/domain/wording/read.js';
import { approvedOf, approvedSample, completed, draftOf, given, planAfter, planned, YEAR } from '../support/domain.js';

const NEXT = { start: '2021-09-01', end: '2022-08-31' };

function copy(source: ExistingPlan, over: Partial<PlanCommandOf<'copyPlan'>> = {}): PlanCommandOf<'copyPlan'> {
  const from = { planId: 'p1', edition: source.edition };
  return { type: 'copyPlan', from, source, organisationId: null, period: null, title: null, ...over };
}

function copied(...history: readonly (PlanEvent | readonly PlanEvent[])[]): ExistingPlan {
  return given()
    .when(copy(planAfter(...history)))
    .plan();
}

/** Returns the wordings of a copy with their meanings. */
function terms(plan: ExistingPlan): string[] {
  return [...plan.activities.values()].map(
    ({ timeframe }) => `${timeframe.text} = ${notation(timeframe.schedule).interpretation}`,
  );
}

describe('copyPlan', () => {
  it('begins the draft of the next period, with sections and rows in order', () => {
    const plan = copied(approvedSample());
    expect(plan).toMatchObject({
      status: 'DRAFT',
      edition: 0,
      stamps: [],
      copiedFrom: { planId: 'p1', edition: 1 },
      details: { period: NEXT, periodKind: 'SCHOOL_YEAR' },
    });
    expect(plan.details.title).toContain('2021-2022');
    const counts = (of: ExistingPlan) => sectionsInOrder(of).map(({ id }) => activitiesOf(of, id).length);
    expect(counts(plan)).toEqual(counts(planAfter(approvedSample())));
  });

  it('moves years in the wordings and reads them anew', () => {
    expect(
      terms(
        copied(approvedOf('сентябрь 2020 г.', 'до 15.10.2020', 'ноябрь 2020 - январь 2021', 'ежемесячно', '26.09.20г')),
      ),
    ).toEqual([
      'сентябрь 2021 г. = 2021-09-01/2021-09-30',
      'до 15.10.2021 = ../2021-10-15',
      'ноябрь 2021 - январь 2022 = 2021-11-01/2022-01-31',
      'ежемесячно = RRULE:FREQ=MONTHLY',
      expect.stringMatching(/^26\.09\.21г = /),
    ]);
  });

  it('moves a school year that is printed short', () => {
    const plan = planAfter(draftOf('март 2021 г.'));
    const source = { ...plan, details: { ...plan.details, title: 'План на 2020/21 учебный год, 2020-2021' } };
    expect(given().when(copy(source)).plan().details.title).toBe('План на 2021/22 учебный год, 2021-2022');
  });

  it.each([
    ['План школы № 2021 на 2020-2021 учебный год', 'План школы № 2021 на 2021-2022 учебный год'],
    ['План школы № 5, 2020-2021 учебный год', 'План школы № 5, 2021-2022 учебный год'],
    [
      'План по приказу от 01.09.2020 № 2020 на 2020/21 учебный год',
      'План по приказу от 01.09.2020 № 2020 на 2021/22 учебный год',
    ],
    ['План на 2020-2021 год (приказ № 118 от 12.09.2020)', 'План на 2021-2022 год (приказ № 118 от 12.09.2020)'],
    ['План лицея 2021 на 2021 год', 'План лицея 2021 на 2022 год'],
    [
      'План на 2020-2021 год: 2020 участников, распоряжение 2020-р',
      'План на 2021-2022 год: 2020 участников, распоряжение 2020-р',
    ],
    ['К 80-летию 1945 года и к лету 2021-го', 'К 80-летию 1945 года и к лету 2022-го'],
  ])('moves years of time alone: «%s»', (title, moved) => {
    const plan = planAfter(draftOf('март 2021 г.'));
    expect(
      given()
        .when(copy({ ...plan, details: { ...plan.details, title } }))
        .plan().details.title,
    ).toBe(moved);
  });

  it.each([
    ['29.02.2024', '28.02.2025 = 2025-02-28/2025-02-28'],
    ['до 29.02.2024', 'до 28.02.2025 = ../2025-02-28'],
    ['29 февраля', '28 февраля = 2025-02-28/2025-02-28'],
    ['с 26.02.2024 по 29.02.2024', 'с 26.02.2025 по 28.02.2025 = 2025-02-26/2025-02-28'],
    ['28-29 февраля 2024 г.', '28 февраля 2025 г. = 2025-02-28/2025-02-28'],
  ])('ends February of a common year on the 28th and asks: «%s»', (text, moved) => {
    const plan = planAfter(draftOf(text));
    const period = { start: '2023-09-01', end: '2024-08-31' };
    const details = { ...plan.details, period };
    const [row] = [...plan.activities.values()];
    const timeframe = readTimeframe(text, period, '');
    const activities = row ? plan.activities.with('a1', { ...row, timeframe }) : plan.activities;
    const next = given()
      .when(copy({ ...plan, details, activities }))
      .plan();
    expect(terms(next)).toEqual([moved]);
    expect(next.activities.get('a1')?.irregularities).toContainEqual(
      expect.objectContaining({ code: 'COPIED_TERM', text }),
    );
  });

  it.each([
    ['27.09.2023', '27.09.2024'],
    ['19.01.-23.01.2024', '19.01.-23.01.2025'],
    ['с 10 января по 10 февраля 2024 года', 'с 10 января по 10 февраля 2025 года'],
    ['сентябрь 2023 - май 2024', 'сентябрь 2024 - май 2025'],
    ['октябрь – апрель 2024 г.', 'октябрь – апрель 2025 г.'],
    ['2023-2024 учебный год', '2024-2025 учебный год'],
    ['I полугодие 2023-2024 учебного года', 'I полугодие 2024-2025 учебного года'],
    ['IV квартал 2023 г.', 'IV квартал 2024 г.'],
    ['27.09.23', '27.09.24'],
    ['30.12.2023-08.01.2024', '30.12.2024-08.01.2025'],
    ['август 2023', 'август 2024'],
    ['до 1 сентября 2024 г.', 'до 1 сентября 2025 г.'],
    ['1 раз в месяц', '1 раз в месяц'],
    ['каждый 3-й понедельник месяца, начиная с 18.09.2023', 'каждый 3-й понедельник месяца, начиная с 18.09.2024'],
    ['приказ № 2023 до 15.05.2024', 'приказ № 2023 до 15.05.2025'],
    ['в 2024 году', 'в 2025 году'],
    ['по плану на 2024 год', 'по плану на 2025 год'],
    ['ноябрь 2023 г. апрель 2024 г.', 'ноябрь 2024 г. апрель 2025 г.'],
    ['сентябрь, 2023 г.', 'сентябрь, 2024 г.'],
    ['декабрь 2023-го', 'декабрь 2024-го'],
    ['15 мая 2024 г., школа № 2024', '15 мая 2025 г., школа № 2024'],
    ['31.08.2024', '31.08.2025'],
  ])('moves the years of a wording: «%s»', (text, moved) => {
    const period = { start: '2023-09-01', end: '2024-08-31' };
    const plan = planAfter(draftOf(text));
    const [row] = [...plan.activities.values()];
    const timeframe = readTimeframe(text, period, '');
    const activities = row ? plan.activities.with('a1', { ...row, timeframe }) : plan.activities;
    const next = given()
      .when(copy({ ...plan, details: { ...plan.details, period }, activities }))
      .plan();
    expect(next.activities.get('a1')?.timeframe.text).toBe(moved);
  });

  it('keeps a single day single, the last of a short February too', () => {
    const plan = planAfter(draftOf('28.02.2023'));
    const period = { start: '2022-09-01', end: '2023-08-31' };
    const next = given()
      .when(copy({ ...plan, details: { ...plan.details, period } }))
      .plan();
    expect(terms(next)).toEqual(['28.02.2024 = 2024-02-28/2024-02-28']);
    expect(next.activities.get('a1')?.irregularities).toEqual([]);
  });

  it('leaves years alone that are not of the old period', () => {
    const titled = planned(2, 'май 2021 г.', { text: 'По приказу от 12.03.2019 № 5, к 80-летию 1945 года' });
    const row = copied(draftOf('май 2021 г.'), titled).activities.get('a2');
    expect(row?.text).toBe('По приказу от 12.03.2019 № 5, к 80-летию 1945 года');
    expect(row?.irregularities).toEqual([]);
  });

  it('leaves a wording alone that nobody understood', () => {
    const text = 'по приказу № 118 от 12.09.2020, октябрь 2020 г. или как получится';
    expect(copied(draftOf(text)).activities.get('a1')?.timeframe).toMatchObject({ text, confidence: 'unknown' });
  });

  it('asks about a term that leaves the new period', () => {
    const period = { start: '2022-01-01', end: '2022-12-31' };
    const plan = given()
      .when(copy(planAfter(draftOf('май 2021 г.')), { period }))
      .plan();
    expect(plan.activities.get('a1')?.irregularities).toMatchObject([{ code: 'COPIED_TERM' }]);
  });

  it('asks about a year in a row’s own text, and leaves the text', () => {
    const titled = planned(2, 'май 2021 г.', { text: 'Форум «Лето 2021»' });
    const row = copied(draftOf('май 2021 г.'), titled).activities.get('a2');
    expect(row?.text).toBe('Форум «Лето 2021»');
    expect(row?.irregularities).toMatchObject([{ code: 'COPIED_YEAR', alternatives: ['Форум «Лето 2022»'] }]);
  });

  it('asks about a day that is a day off in the new year', () => {
    const plan = copied(draftOf('15.10.2020', '16.10.2020'));
    expect(
      [...plan.activities.values()].map((row) => row.irregularities.map(({ code, text }) => [code, text])),
    ).toEqual([[], [['COPIED_DAY_OFF', '2021-10-16']]]);
  });

  it('marks what was not done, with the days that it was due', () => {
    const plan = copied(
      approvedOf('сентябрь 2020 г.', 'октябрь 2020 г.'),
      completed('a1.1', '2020-09-28', '2020-09-30'),
    );
    const [done, open] = [...plan.activities.values()];
    expect(done?.irregularities).toEqual([]);
    expect(open?.irregularities).toMatchObject([{ code: 'COPIED_UNFINISHED', text: '2020-10-31' }]);
  });

  it('leaves excluded rows behind, and everything that happened', () => {
    const excluded: PlanEvent = { type: 'ActivityExcluded', data: { activityId: 'a1' } };
    const plan = copied(
      approvedOf('сентябрь 2020 г.', 'октябрь 2020 г.'),
      excluded,
      completed('a2.1', '2020-10-05', null),
    );
    const rows = [...plan.activities.values()];
    expect(rows).toMatchObject([
      { id: 'a1', number: '2', excluded: false, completions: {}, reports: [], approvedSchedules: [] },
    ]);
  });

  it('tells how much it took over and how much somebody should look at', () => {
    const events = given()
      .when(copy(planAfter(approvedSample())))
      .events();
    const plan = planAfter(events);
    expect(events.at(-1)).toEqual({
      type: 'PlanCopied',
      data: {
        from: { planId: 'p1', edition: 1 },
        activities: 13,
        unfinished: 13,
        questions: [...plan.activities.values()].filter(needsReview).length,
      },
    });
  });

  it('forgets a question about the term once the term is changed', () => {
    const timeframe = { text: '18.10.2021', schedule: null };
    const plan = given(
      given()
        .when(copy(planAfter(draftOf('16.10.2020'))))
        .events(),
    )
      .when({ type: 'rescheduleActivity', activityId: 'a1', timeframe })
      .plan();
    expect(plan.activities.get('a1')?.irregularities).toEqual([]);
  });

  it('needs a plan that is there and a period', () => {
    const open = planAfter(draftOf('ежемесячно'));
    const unlimited = { ...open, details: { ...open.details, period: null } };
    given().when(copy(unlimited)).thenRefused('PERIOD_REQUIRED', 'period');
    given()
      .when(copy(unlimited, { period: NEXT }))
      .thenAccepted();
    given()
      .when(copy(open, { period: { start: '2021-09-01', end: '2021-08-31' } }))
      .thenRefused('PERIOD_INVALID', 'period');
    given()
      .when(copy(open, { organisationId: 'o9' }))
      .thenRefused('ORGANISATION_NOT_FOUND', 'organisationId');
    given()
      .when(copy({ ...open, presence: 'IMPORTING' }))
      .thenRefused('PLAN_NOT_FOUND', 'fromPlanId');
    given(draftOf('ежемесячно')).when(copy(open)).thenRefused('PLAN_EXISTS');
  });
});

describe('the next period', () => {
  it.each([
    [YEAR, NEXT],
    [
      { start: '2020-01-01', end: '2020-12-31' },
      { start: '2021-01-01', end: '2021-12-31' },
    ],
    [
      { start: '2019-03-01', end: '2020-02-29' },
      { start: '2020-03-01', end: '2021-02-28' },
    ],
    [
      { start: '2020-09-01', end: '2022-08-31' },
      { start: '2022-09-01', end: '2024-08-31' },
    ],
    [
      { start: '2020-10-01', end: '2020-10-31' },
      { start: '2021-10-01', end: '2021-10-31' },
    ],
  ])('after %j is %j', (period, next) => {
    expect(nextPeriod(period)).toEqual(next);
  });
});
