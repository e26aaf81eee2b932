import { describe, expect, it } from '@jest/globals';
import type { PlanCommandOf, PlanEvent } from '../../src/domain/plan/catalogue.js';
import { FIRST } from '../../src/domain/plan/drafting/addSection.js';
import { readTimeframe } from '../../src/domain/wording/read.js';
import { drafted, draftOf, entry, given, party, planned, rescheduled, section, YEAR } from '../support/domain.js';

const {
  stamps: _,
  importing: ____,
  periodKind: __,
  periodText: ___,
  settings: _s,
  copiedFrom: _c,
  ...details
} = drafted().data;
const draftPlan: PlanCommandOf<'draftPlan'> = { type: 'draftPlan', ...details };

describe('draftPlan', () => {
  it('begins a draft and derives the kind of its period', () => {
    given().when(draftPlan).thenEvents(drafted());
    const calendar = { start: '2021-01-01', end: '2021-12-31' };
    given()
      .when({ ...draftPlan, period: calendar })
      .thenEvents(drafted({ period: calendar, periodKind: 'CALENDAR_YEAR' }));
    const month = { start: '2021-01-01', end: '2021-01-31' };
    given()
      .when({ ...draftPlan, period: month })
      .thenEvents(drafted({ period: month, periodKind: 'OTHER' }));
  });

  it('may leave the period open', () => {
    given()
      .when({ ...draftPlan, period: null })
      .thenEvents(drafted({ period: null, periodKind: null }));
  });

  it('names an owner, a title, a kind and a time zone that exists', () => {
    given()
      .when({ ...draftPlan, title: '  ' })
      .thenRefused('REQUIRED', 'title');
    given()
      .when({ ...draftPlan, ownerUnit: '' })
      .thenRefused('REQUIRED', 'ownerUnit');
    given()
      .when({ ...draftPlan, documentKind: '' })
      .thenRefused('REQUIRED', 'documentKind');
    given()
      .when({ ...draftPlan, title: 'п'.repeat(501) })
      .thenRefused('TOO_LONG', 'title');
    given()
      .when({ ...draftPlan, timeZone: 'Asia/Atlantis' })
      .thenRefused('INVALID_TIME_ZONE', 'timeZone');
  });

  it.each([
    ['2021-08-31', '2020-09-01', 'PERIOD_INVALID', 'period'],
    ['2020-09-01', '2022-09-01', 'PERIOD_INVALID', 'period'],
    ['1899-09-01', '1900-08-31', 'PERIOD_INVALID', 'period'],
    ['9999-01-01', '9999-12-31', 'PERIOD_INVALID', 'period'],
    ['2020-09-31', '2021-08-31', 'INVALID_DATE', 'period.start'],
    ['2020-09-01', '2021-02-30', 'INVALID_DATE', 'period.end'],
  ] as const)('refuses the period %s to %s', (start, end, code, field) => {
    given()
      .when({ ...draftPlan, period: { start, end } })
      .thenRefused(code, field);
  });

  it('accepts a period of two years to the day', () => {
    given()
      .when({ ...draftPlan, period: { start: '2020-09-01', end: '2022-08-31' } })
      .thenAccepted();
  });
});

describe('changePlanDetails', () => {
  const data = { ...details, periodKind: 'SCHOOL_YEAR', periodText: null } as const;
  const { documentKind: _kind, timeZone: _zone, organisationId: _organisation, externalId: _key, ...changeable } = data;

  it('leaves what it does not name', () => {
    given(drafted())
      .when({ type: 'changePlanDetails', title: 'План методиста' })
      .thenEvents({ type: 'PlanDetailsChanged', data: { ...changeable, title: 'План методиста' } });
  });

  it('reads the wordings again in the new period, but not those that somebody stated', () => {
    const stated = planned(2, 'август', {
      timeframe: { ...readTimeframe('август', YEAR), rules: 'stated' },
    });
    const period = { start: '2021-09-01', end: '2022-08-31' };
    given(drafted(), section(1), planned(1, 'сентябрь'), stated, planned(3, 'ежемесячно'))
      .when({ type: 'changePlanDetails', period })
      .thenEvents(
        { type: 'PlanDetailsChanged', data: { ...changeable, period } },
        {
          type: 'ActivityRescheduled',
          data: { activityId: 'a1', timeframe: readTimeframe('сентябрь', period), requestId: null },
        },
      );
  });

  it('refuses to change nothing, an empty title and a period that runs backwards', () => {
    given(drafted()).when({ type: 'changePlanDetails', title: 'План работы Центра' }).thenRefused('NOTHING_CHANGES');
    given(drafted()).when({ type: 'changePlanDetails', title: '' }).thenRefused('REQUIRED', 'title');
    given(drafted())
      .when({ type: 'changePlanDetails', period: { start: YEAR.end, end: YEAR.start } })
      .thenRefused('PERIOD_INVALID', 'period');
  });
});

describe('sections of a draft', () => {
  it('are added last, first, or after another', () => {
    const add = { type: 'addSection', title: 'Работа с семьёй', numberText: 'II.' } as const;
    const added = (order: string) =>
      ({
        type: 'SectionAdded',
        data: { sectionId: 's3', order, numberText: 'II.', title: 'Работа с семьёй', externalId: null },
      }) as const;
    const two = given(drafted(), section(1), section(2));
    two.when({ ...add, after: null }).thenEvents(added('a3'));
    two.when({ ...add, after: 's1' }).thenEvents(added('a1V'));
    two.when({ ...add, after: FIRST }).thenEvents(added('a0'));
    two.when({ ...add, after: 's9' }).thenRefused('SECTION_NOT_FOUND', 'place.after');
    two.when({ ...add, after: null, title: ' ' }).thenRefused('REQUIRED', 'title');
  });

  it('never take the id of one that was removed', () => {
    const add = { type: 'addSection', title: 'Новый', numberText: '', after: null } as const;
    const removed: readonly PlanEvent[] = [
      ...[drafted(), section(1), section(2)],
      { type: 'SectionRemoved', data: { sectionId: 's1' } },
    ];
    const third = given(removed).when(add).events();
    expect(third).toMatchObject([{ data: { sectionId: 's3' } }]);
    expect(given(removed, third).when(add).events()).toMatchObject([{ data: { sectionId: 's4' } }]);
  });

  it('are changed field by field', () => {
    given(drafted(), section(1))
      .when({ type: 'changeSection', sectionId: 's1', numberText: 'I.' })
      .thenEvents({ type: 'SectionChanged', data: { sectionId: 's1', numberText: 'I.', title: 'Раздел 1' } });
    given(drafted(), section(1))
      .when({ type: 'changeSection', sectionId: 's1', title: 'Раздел 1' })
      .thenRefused('NOTHING_CHANGES');
    given(drafted()).when({ type: 'changeSection', sectionId: 's1' }).thenRefused('SECTION_NOT_FOUND', 'sectionId');
  });

  it('are removed when they hold no activity', () => {
    const remove = { type: 'removeSection', sectionId: 's1' } as const;
    given(drafted(), section(1))
      .when(remove)
      .thenEvents({ type: 'SectionRemoved', data: { sectionId: 's1' } });
    given(draftOf('январь')).when(remove).thenRefused('SECTION_NOT_EMPTY', 'sectionId');
    given(drafted()).when(remove).thenRefused('SECTION_NOT_FOUND', 'sectionId');
  });
});

function expectNumber(event: PlanEvent | undefined, number: string | null) {
  expect(event).toMatchObject({ type: 'ActivityPlanned', data: { number } });
}

describe('the number of a new activity', () => {
  const add = (over: Parameters<typeof entry>[1] = {}) =>
    ({ type: 'addActivity', sectionId: 's1', after: null, activity: entry('январь', over) }) as const;

  it('is the next one of the plan when none is said', () => {
    const [planned] = given(draftOf('январь', 'март')).when(add()).events();
    expectNumber(planned, '3');
  });

  it('may be said, and may be none', () => {
    expectNumber(
      given(draftOf('январь'))
        .when(add({ number: '1.1' }))
        .events()[0],
      '1.1',
    );
    expectNumber(
      given(draftOf('январь'))
        .when(add({ number: null }))
        .events()[0],
      null,
    );
  });

  it('is refused when another row bears it', () => {
    given(draftOf('январь'))
      .when(add({ number: '1' }))
      .thenRefused('NUMBER_TAKEN', 'number');
  });

  it('starts again in every section of a plan that counts so', () => {
    const second = planned(3, 'май', { sectionId: 's2', number: '1' });
    const perSection = [...draftOf('январь', 'март'), section(2), second];
    given(perSection)
      .when({ ...add({ number: '1' }), sectionId: 's2' })
      .thenRefused('NUMBER_TAKEN', 'number');
    expectNumber(
      given(perSection)
        .when({ ...add(), sectionId: 's2' })
        .events()[0],
      '2',
    );
  });

  it('is free again when a draft row was removed, but its id is not', () => {
    const removed: readonly PlanEvent[] = [
      ...draftOf('январь', 'март'),
      { type: 'ActivityRemoved', data: { activityId: 'a2' } },
    ];
    const third = given(removed).when(add()).events();
    expectNumber(third[0], '2');
    expect(third).toMatchObject([{ data: { activityId: 'a3' } }]);
    expect(given(removed, third).when(add()).events()).toMatchObject([{ data: { activityId: 'a4' } }]);
  });
});

describe('activities of a draft', () => {
  it('are removed without a trace', () => {
    given(draftOf('январь'))
      .when({ type: 'removeActivity', activityId: 'a1' })
      .thenEvents({ type: 'ActivityRemoved', data: { activityId: 'a1' } });
    given(draftOf()).when({ type: 'removeActivity', activityId: 'a1' }).thenRefused('ACTIVITY_NOT_FOUND', 'activityId');
  });

  it('change without reason, basis or edition', () => {
    given(draftOf('январь'))
      .when({ type: 'rescheduleActivity', activityId: 'a1', timeframe: { text: ' февраль ', schedule: null } })
      .thenEvents(rescheduled('a1', 'февраль'));
    given(draftOf('январь'))
      .when({ type: 'reassignActivity', activityId: 'a1', responsible: party('Методист') })
      .thenEvents({ type: 'ActivityReassigned', data: { activityId: 'a1', responsible: party('Методист') } });
  });

  it('may have a wording that nobody understands yet', () => {
    given(draftOf('январь'))
      .when({ type: 'rescheduleActivity', activityId: 'a1', timeframe: { text: 'как получится', schedule: null } })
      .thenEvents(rescheduled('a1', 'как получится'));
  });
});
