import { describe, expect, it } from '@jest/globals';
import type { ContentChange } from '../../src/domain/plan/catalogue.js';
import { LAST, type RowPlace } from '../../src/domain/plan/content/places.js';
import { activitiesOf, type ExistingPlan } from '../../src/domain/plan.js';
import type { Schedule } from '../../src/domain/schedule.js';
import { draftOf, entry, given, party, planAfter, planned, section } from '../support/domain.js';

const draft = draftOf('январь', 'март', 'май');

function orderIn(plan: ExistingPlan, sectionId = 's1'): string[] {
  return activitiesOf(plan, sectionId).map(({ id }) => id);
}

describe('the place of an activity', () => {
  const two = [...draft, section(2)];
  const move = (activityId: string, after: RowPlace, sectionId = 's1'): ContentChange => ({
    type: 'moveActivity',
    activityId,
    sectionId,
    after,
  });

  it('has room for ever: two hundred rows go after the same one', () => {
    const history = [...draft];
    for (let n = 0; n < 200; n += 1) {
      history.push(
        ...given(history)
          .when({ type: 'addActivity', sectionId: 's1', after: 'a1', activity: entry('март') })
          .events(),
      );
    }
    const added = Array.from({ length: 200 }, (_, n) => `a${203 - n}`);
    expect(orderIn(planAfter(history))).toEqual(['a1', ...added, 'a2', 'a3']);
  });

  it.each([
    ['a3', null, ['a3', 'a1', 'a2']],
    ['a3', 'a1', ['a1', 'a3', 'a2']],
    ['a1', 'a3', ['a2', 'a3', 'a1']],
  ] as const)('moves %s after %s', (id, after, order) => {
    expect(orderIn(given(two).when(move(id, after)).plan())).toEqual(order);
  });

  it('may be another section', () => {
    const plan = given(two)
      .when(move('a1', null, 's2'))
      .plan();
    expect([orderIn(plan), orderIn(plan, 's2')]).toEqual([['a2', 'a3'], ['a1']]);
  });

  it('is the last one for a new row and for a moved one', () => {
    const added = given(two)
      .when({ type: 'addActivity', sectionId: 's1', after: LAST, activity: entry('июнь') })
      .plan();
    expect(orderIn(added)).toEqual(['a1', 'a2', 'a3', 'a4']);
    expect(orderIn(given(two).when(move('a1', LAST)).plan())).toEqual(['a2', 'a3', 'a1']);
    given(two).when(move('a3', LAST)).thenRefused('NOTHING_CHANGES');
    const into = given(two)
      .when(move('a1', LAST, 's2'))
      .plan();
    expect(orderIn(into, 's2')).toEqual(['a1']);
  });

  it('is between its neighbours for a new one', () => {
    const plan = given(two)
      .when({ type: 'addActivity', sectionId: 's1', after: 'a1', activity: entry('июнь') })
      .plan();
    expect(orderIn(plan)).toEqual(['a1', 'a4', 'a2', 'a3']);
  });

  it('is refused where there is none, and when nothing would change', () => {
    given(two)
      .when(move('a1', null, 's9'))
      .thenRefused('SECTION_NOT_FOUND', 'sectionId');
    given(two).when(move('a1', 'a9')).thenRefused('ACTIVITY_NOT_FOUND', 'place.after');
    given(two)
      .when(move('a1', 'a2', 's2'))
      .thenRefused('ACTIVITY_NOT_FOUND', 'place.after');
    given(two).when(move('a1', 'a1')).thenRefused('ACTIVITY_NOT_FOUND', 'place.after');
    given(two).when(move('a1', null)).thenRefused('NOTHING_CHANGES');
    given(two).when(move('a2', 'a1')).thenRefused('NOTHING_CHANGES');
    given(two)
      .when({ type: 'addActivity', sectionId: 's9', after: null, activity: entry('июнь') })
      .thenRefused('SECTION_NOT_FOUND', 'sectionId');
    given(two)
      .when({ type: 'addActivity', sectionId: 's1', after: 'a9', activity: entry('июнь') })
      .thenRefused('ACTIVITY_NOT_FOUND', 'place.after');
  });
});

describe('the wording of an activity', () => {
  const reword = (over: { number?: string | null; title?: string; subItems?: readonly string[] }) =>
    ({ type: 'rewordActivity', activityId: 'a1', ...over }) as const;

  it('is printed from title and sub-items, and documents cited in it are found', () => {
    given(draft)
      .when(
        reword({
          title: ' Обновить сайт по приказу отдела образования от 13.07.2020 № 232 ',
          subItems: ['вкладка', ' страница '],
        }),
      )
      .thenEvents({
        type: 'ActivityReworded',
        data: {
          activityId: 'a1',
          number: '1',
          title: 'Обновить сайт по приказу отдела образования от 13.07.2020 № 232',
          text: 'Обновить сайт по приказу отдела образования от 13.07.2020 № 232: - вкладка; - страница',
          subItems: ['вкладка', 'страница'],
          references: [
            {
              type: 'order',
              typeText: 'приказ',
              issuer: 'отдел образования',
              date: '2020-07-13',
              number: '232',
              text: 'приказу отдела образования от 13.07.2020 № 232',
            },
          ],
        },
      });
  });

  it('stays as printed when only the number changes', () => {
    const printed = planned(1, 'январь', {
      text: 'Мероприятие 1:  как напечатано',
      order: 'a0',
      activityId: 'a4',
      number: '9',
    });
    given(draft, printed)
      .when({ type: 'rewordActivity', activityId: 'a4', number: '4' })
      .thenEvents({
        type: 'ActivityReworded',
        data: {
          activityId: 'a4',
          number: '4',
          title: 'Мероприятие 1',
          text: 'Мероприятие 1:  как напечатано',
          subItems: [],
          references: [],
        },
      });
  });

  it('answers the questions that the reader had about what it restates, and no others', () => {
    const note = (field: string) => ({ code: 'SIMILAR_PARTY', field, text: null, alternatives: [] }) as const;
    const asked = ['number', 'title', 'subItems', 'timeframe', 'execution', 'responsible'];
    const row = planned(1, 'январь', { irregularities: asked.map(note) });
    const fields = (change: ContentChange) =>
      given(draftOf(), row)
        .when(change)
        .plan()
        .activities.get('a1')
        ?.irregularities.map(({ field }) => field);
    const without = (...answered: string[]) => asked.filter((field) => !answered.includes(field));
    expect(fields(reword({ title: 'Семинар' }))).toEqual(without('title', 'subItems'));
    expect(fields(reword({ subItems: ['Доклад'] }))).toEqual(without('title', 'subItems'));
    expect(fields(reword({ number: '7' }))).toEqual(without('number'));
    expect(fields(reword({ number: '7', title: 'Семинар' }))).toEqual(without('number', 'title', 'subItems'));
    const reassign = { type: 'reassignActivity', activityId: 'a1', responsible: party('Методист') } as const;
    expect(fields(reassign)).toEqual(without('responsible'));
  });

  it('is refused when empty, too long, taken or unchanged', () => {
    given(draft)
      .when(reword({ title: ' ' }))
      .thenRefused('REQUIRED', 'title');
    given(draft)
      .when(reword({ title: 'п'.repeat(10_001) }))
      .thenRefused('TOO_LONG', 'title');
    given(draft)
      .when(reword({ subItems: ['первый', ''] }))
      .thenRefused('REQUIRED', 'subItems.1');
    given(draft)
      .when(reword({ subItems: Array.from({ length: 201 }, () => 'пункт') }))
      .thenRefused('TOO_MANY', 'subItems');
    given(draft)
      .when(reword({ number: '2' }))
      .thenRefused('NUMBER_TAKEN', 'number');
    given(draft)
      .when(reword({ number: '1' }))
      .thenRefused('NOTHING_CHANGES');
    given(draft)
      .when(reword({ title: 'Мероприятие 1' }))
      .thenRefused('NOTHING_CHANGES');
  });
});

describe('the responsible parties', () => {
  it('are at least one, and not the same again', () => {
    const nobody = { text: [''], parties: [] };
    const reassign = { type: 'reassignActivity', activityId: 'a1' } as const;
    given(draft)
      .when({ ...reassign, responsible: nobody })
      .thenRefused('REQUIRED', 'responsible');
    given(draft)
      .when({ ...reassign, responsible: party('Центр') })
      .thenRefused('NOTHING_CHANGES');
    given(draft)
      .when({ type: 'addActivity', sectionId: 's1', after: null, activity: entry('июнь', { responsible: nobody }) })
      .thenRefused('REQUIRED', 'responsible');
  });

  it('are the same person however the name is sealed', () => {
    const person = (sealed: string) => {
      const name = [{ subject: 'p1', sealed }];
      return { text: name, parties: [{ name, kind: 'person', agreement: false, joint: false }] } as const;
    };
    given(draftOf(), planned(1, 'январь', { responsible: person('x') }))
      .when({ type: 'reassignActivity', activityId: 'a1', responsible: person('y') })
      .thenRefused('NOTHING_CHANGES');
  });
});

describe('a timeframe', () => {
  const state = (schedule: Schedule | null, text = 'в каникулы') =>
    ({ type: 'rescheduleActivity', activityId: 'a1', timeframe: { text, schedule } }) as const;
  const november = { start: '2020-11-02', end: '2020-11-08' };

  it('stated by its author is certain and is not read', () => {
    const schedule = { kind: 'dates', form: 'range', windows: [november] } as const;
    const stated = {
      text: 'в каникулы',
      schedule,
      confidence: 'certain',
      alternatives: [],
      flags: [],
      rules: 'stated',
    } as const;
    given(draft)
      .when(state(schedule))
      .thenEvents({ type: 'ActivityRescheduled', data: { activityId: 'a1', timeframe: stated, requestId: null } });
  });

  it('has a text and says something new', () => {
    given(draft).when(state(null, ' ')).thenRefused('REQUIRED', 'timeframe.text');
    given(draft).when(state(null, 'январь')).thenRefused('NOTHING_CHANGES');
  });

  it.each<readonly [string, Schedule]>([
    ['no window', { kind: 'dates', form: 'range', windows: [] }],
    ['a window that runs backwards', { kind: 'throughout', window: { start: november.end, end: november.start } }],
    ['no day', { kind: 'deadline', dates: [] }],
    ['an unbounded rule', { kind: 'recurring', rule: 'FREQ=MONTHLY;COUNT=3' }],
    ['times of day', { kind: 'recurring', rule: 'FREQ=DAILY;BYHOUR=9' }],
    ['a rule of nonsense', { kind: 'recurring', rule: 'каждую среду' }],
    ['a rule that never steps', { kind: 'recurring', rule: 'FREQ=MONTHLY;INTERVAL=0' }],
    ['weeks of months without a day', { kind: 'recurring', rule: 'FREQ=WEEKLY;BYMONTH=10,12' }],
    ['half a time', { kind: 'quota', count: 0.5, atLeast: false, per: 'month', noun: null }],
    ['too many times', { kind: 'quota', count: 1_001, atLeast: false, per: 'month', noun: null }],
    ['nothing', { kind: 'unknown' }],
  ])('is not stated as %s', (_, schedule) => {
    given(draft).when(state(schedule)).thenRefused('INVALID_SCHEDULE', 'timeframe.schedule');
  });

  it('is not stated with days that do not exist', () => {
    given(draft)
      .when(state({ kind: 'deadline', dates: ['2021-02-29'] }))
      .thenRefused('INVALID_DATE', 'timeframe.schedule');
  });
});

it('every change names an activity that is there', () => {
  const changes: readonly ContentChange[] = [
    { type: 'rewordActivity', activityId: 'a9', title: 'Семинар' },
    { type: 'rescheduleActivity', activityId: 'a9', timeframe: { text: 'июнь', schedule: null } },
    { type: 'reassignActivity', activityId: 'a9', responsible: party('Центр') },
    { type: 'moveActivity', activityId: 'a9', sectionId: 's1', after: null },
  ];
  for (const change of changes) given(draft).when(change).thenRefused('ACTIVITY_NOT_FOUND', 'activityId');
  expect(planAfter(draft).activities.has('a9')).toBe(false);
});
