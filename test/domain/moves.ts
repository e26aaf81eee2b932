import fc from 'fast-check';
import type { Given } from '../../src/domain/actor.js';
import type { ContentChange, PlanCommand } from '../../src/domain/plan/catalogue.js';
import type { TimeframeEntry } from '../../src/domain/plan/entries.js';
import type { Schedule } from '../../src/domain/schedule.js';
import { ADMINISTRATOR, DIRECTOR, entry, METHODOLOGIST, party, stamp, step, YEAR, ZONE } from '../support/domain.js';

/** A command with its circumstances: sensible, or nonsense as a careless client might send it. */
export interface Move {
  readonly command: PlanCommand;
  readonly circumstances: Given;
}

const rarely = <T>(sensible: fc.Arbitrary<T>, nonsense: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: sensible }, { weight: 1, arbitrary: nonsense });

const text = rarely(fc.constantFrom('Семинар', 'Форум', 'Сайт: вкладка'), fc.string({ maxLength: 12 }));
const activityId = rarely(fc.constantFrom('a1', 'a1', 'a2', 'a3'), fc.constantFrom('a99', '', '__proto__'));
const sectionId = rarely(fc.constantFrom('s1', 's2'), fc.constantFrom('s99', ''));
const pointId = rarely(
  fc.tuple(fc.constantFrom('a1', 'a2', 'a3'), fc.constantFrom(1, 2, 3)).map(([id, ordinal]) => `${id}.${ordinal}`),
  fc.constantFrom('a1.99', 'a1', '', '__proto__'),
);
const reportId = rarely(fc.constantFrom('a1.r1', 'a1.r2', 'a2.r1', 'a3.r1'), fc.constantFrom('a1.r99', 'r', ''));
const requestId = rarely(fc.constantFrom('a1.q1', 'a1.q2', 'a2.q1'), fc.constantFrom('a1.q99', 'q', ''));
const day = rarely(
  fc.constantFrom('2020-09-10', '2020-10-05', '2021-02-20'),
  fc.constantFrom('2020-02-30', '', '9999-12-31'),
);
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const wordings = fc.constantFrom(
  ...['сентябрь 2020 г.', 'ноябрь 2020 г. апрель 2021 г.', 'август - сентябрь', 'ежемесячно', '2 раза в квартал'],
  ...['каждый 3-тий понедельник месяца', 'по запросам', 'до 15.10', 'в течение года', 'как получится', ''],
);
const schedules = fc.constantFrom<Schedule>(
  { kind: 'recurring', rule: 'FREQ=WEEKLY;INTERVAL=8' },
  { kind: 'recurring', rule: 'FREQ=MONTHLY;BYDAY=0MO' },
  { kind: 'recurring', rule: 'FREQ=WEEKLY;BYMONTH=9' },
  { kind: 'quota', count: 2, atLeast: true, per: 'halfYear', noun: null },
  { kind: 'quota', count: Number.NaN, atLeast: true, per: 'month', noun: null },
  { kind: 'dates', form: 'date', windows: [{ start: '2021-03-05', end: '2021-03-05' }] },
  { kind: 'dates', form: 'date', windows: [{ start: '2021-03-05', end: '2021-03-04' }] },
  { kind: 'deadline', dates: ['2020-08-01', '2020-13-01'] },
  { kind: 'unknown' },
);
const timeframe: fc.Arbitrary<TimeframeEntry> = fc.record({
  text: wordings,
  schedule: rarely(fc.constant(null), schedules),
});

const changes: fc.Arbitrary<ContentChange> = fc.oneof(
  fc.tuple(sectionId, some(activityId), timeframe, text, some(text)).map(
    ([section, after, time, title, externalId]): ContentChange => ({
      type: 'addActivity',
      sectionId: section,
      after,
      activity: { ...entry('', { title }), timeframe: time, externalId },
    }),
  ),
  fc.record({ type: fc.constant('rewordActivity' as const), activityId, title: text }),
  fc.record({ type: fc.constant('rescheduleActivity' as const), activityId, timeframe }),
  fc.record({ type: fc.constant('reassignActivity' as const), activityId, responsible: text.map(party) }),
  fc.record({ type: fc.constant('moveActivity' as const), activityId, sectionId, after: some(activityId) }),
  fc.record({ type: fc.constant('excludeActivity' as const), activityId }),
);

const beginning: fc.Arbitrary<PlanCommand> = fc.record({
  type: fc.constant('draftPlan' as const),
  title: text,
  documentKind: fc.constant('план работы'),
  ownerUnit: fc.constant('Центр'),
  institution: some(text),
  period: rarely(fc.constant(YEAR), fc.constantFrom(null, { start: '9999-01-01', end: '9999-12-31' })),
  organisationId: rarely(fc.constant(null), text),
  timeZone: rarely(fc.constant(ZONE), text),
});

const preparing: fc.Arbitrary<PlanCommand> = fc.oneof(
  fc.record({ type: fc.constant('assignPlan' as const), organisationId: some(text) }),
  fc.record({ type: fc.constant('changePlanDetails' as const), title: text }),
  fc.record({
    type: fc.constant('changePlanDetails' as const),
    period: fc.constantFrom(YEAR, { start: '2020-09-01', end: '2022-08-31' }, { start: YEAR.end, end: YEAR.start }),
  }),
  fc.record({ type: fc.constant('addSection' as const), title: text, numberText: text, after: some(sectionId) }),
  fc.record({ type: fc.constant('changeSection' as const), sectionId, title: text }),
  fc.record({ type: fc.constant('removeSection' as const), sectionId }),
  fc.record({ type: fc.constant('removeActivity' as const), activityId }),
);

const stamps = fc.tuple(rarely(fc.constant('Директор'), text), some(day)).map(([post, date]) => stamp(post, { date }));
const approving: fc.Arbitrary<PlanCommand> = fc.oneof(
  fc.record({ type: fc.constant('submitPlan' as const), route: fc.constantFrom([], [step('Директор')]) }),
  fc.record({ type: fc.constant('agreePlan' as const), stamp: stamps }),
  fc.record({ type: fc.constant('returnPlan' as const), remarks: text }),
  fc.record({ type: fc.constant('approvePlan' as const), stamp: stamps, underControlFrom: some(day) }),
  fc.record({ type: fc.constant('confirmPrintedApproval' as const), date: some(day), underControlFrom: some(day) }),
);

const working: fc.Arbitrary<PlanCommand> = fc.oneof(
  fc.record({
    type: fc.constant('completeActivity' as const),
    activityId,
    pointId: some(pointId),
    actualOn: day,
    count: some(fc.constantFrom(1, 2, Number.NaN, -1)),
    note: fc.constant(null),
  }),
  fc.record({ type: fc.constant('withdrawCompletion' as const), activityId, pointId: some(pointId) }),
  fc.record({
    type: fc.constant('submitReport' as const),
    activityId,
    pointIds: fc.array(pointId, { maxLength: 2 }),
    text,
    evidence: fc.array(fc.record({ title: text, url: fc.constant('https://example.org'), sha256: some(text) }), {
      maxLength: 1,
    }),
    actualOn: day,
    interim: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('recordProgress' as const),
    activityId,
    pointId: some(pointId),
    actualOn: day,
    count: some(fc.constantFrom(1, 0, 2.5)),
    subItem: rarely(fc.constant(null), fc.constantFrom(1, 0, 99)),
    expectedOn: rarely(fc.constant(null), fc.constantFrom('2021-08-30', '2020-02-30')),
    note: some(text),
  }),
  fc.record({ type: fc.constant('withdrawReport' as const), reportId }),
  fc.record({ type: fc.constant('resolveWording' as const), activityId, reading: fc.nat(2) }),
  fc.record({ type: fc.constant('confirmAccountable' as const), activityId, place: some(fc.constantFrom(1, 2, 0)) }),
  fc.record({
    type: fc.constant('issuePeriodReport' as const),
    kind: fc.constantFrom('MONTH' as const, 'QUARTER' as const, 'HALF_YEAR' as const, 'YEAR' as const),
    day,
    note: fc.constant(null),
  }),
  fc.record({ type: fc.constant('requestReschedule' as const), activityId, timeframe }),
  fc.record({ type: fc.constant('grantReschedule' as const), requestId }),
  fc.record({ type: fc.constant('refuseReschedule' as const), requestId }),
  fc.record({ type: fc.constant('acceptReport' as const), reportId }),
  fc.record({ type: fc.constant('returnReport' as const), reportId }),
);

const endings: fc.Arbitrary<PlanCommand> = fc.constantFrom({ type: 'withdrawPlan' }, { type: 'cancelPlan' });

const closing: fc.Arbitrary<PlanCommand> = fc.record({
  type: fc.constant('closePlan' as const),
  outcomes: rarely(
    fc.constantFrom<string[]>(['a1.1', 'a2.2', 'a2.3', 'a2.4', 'a3.1', 'a3.2'], []),
    fc.array(pointId, { maxLength: 3 }),
  ).map((ids) => ids.map((id) => ({ pointId: id, outcome: 'NOT_DONE' as const, explanation: 'Болезнь' }))),
});

const circumstances: fc.Arbitrary<Given> = fc.record({
  actor: fc.constantFrom(METHODOLOGIST, DIRECTOR, ADMINISTRATOR),
  now: rarely(fc.constantFrom('2020-10-15T07:00:00Z', '2021-03-01T20:30:00Z'), fc.constant('2021-09-01T07:00:00Z')),
  reason: rarely(fc.constant('Приказ вышел позже'), fc.constantFrom(null, ' ')),
  basis: rarely(fc.constant({ kind: 'withoutDocument' } as const), fc.constant(null)),
  effectiveOn: rarely(fc.constant(null), day),
  organisation: fc.constant(null),
});

/** Any command in any circumstances, with the everyday ones more often. */
export const moves: fc.Arbitrary<Move> = fc.record({
  command: fc.oneof(
    { weight: 2, arbitrary: beginning },
    { weight: 5, arbitrary: preparing },
    { weight: 8, arbitrary: changes },
    {
      weight: 2,
      arbitrary: fc.array(changes, { maxLength: 3 }).map((batch) => ({ type: 'amendPlan' as const, changes: batch })),
    },
    { weight: 7, arbitrary: approving },
    { weight: 9, arbitrary: working },
    { weight: 2, arbitrary: closing },
    { weight: 1, arbitrary: endings },
  ),
  circumstances,
});
