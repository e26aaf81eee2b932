import { describe, expect, it } from '@jest/globals';
import type { IndicatorCode } from '../../src/domain/indicators/codes.js';
import { indicatorFacts } from '../../src/domain/indicators/facts.js';
import { eachCounted, planFigures } from '../../src/domain/indicators/figures.js';
import type { FiguresScope } from '../../src/domain/indicators/scope.js';
import type { PlanEvent } from '../../src/domain/plan/catalogue.js';
import type { ControlSettings } from '../../src/domain/settings.js';
import {
  approved,
  asked,
  completed,
  DIRECTOR,
  decided,
  draftOf,
  given,
  party,
  planAfter,
  planned,
  reported,
  rescheduled,
  submitted,
} from '../support/domain.js';

const ALL: FiguresScope = { on: '2021-08-31', from: null, to: null };

/** Four firm points in September, October, November and January. */
function under(settings: Partial<ControlSettings>, ...events: readonly PlanEvent[]) {
  const wordings = ['сентябрь 2020 г.', 'октябрь 2020 г.', 'ноябрь 2020 г.', 'январь 2021 г.'];
  return planAfter(draftOf(...wordings), submitted(), approved('2020-09-01', settings), events);
}

const amended = (edition: number, amendedOn: string): PlanEvent => ({
  type: 'PlanAmended',
  data: { edition, reason: 'Приказ', basis: null, amendedOn },
});

/** A year: one in time, one three days late, one moved twice and done, one never done. */
const YEAR: readonly PlanEvent[] = [
  completed('a1.1', '2020-09-28', '2020-09-30'),
  completed('a2.1', '2020-11-03', '2020-10-31'),
  amended(2, '2020-10-20'),
  rescheduled('a3', 'декабрь 2020 г.'),
  amended(3, '2020-12-10'),
  rescheduled('a3', 'февраль 2021 г.'),
  completed('a3.1', '2021-02-10', '2021-02-28'),
];

function figure(code: IndicatorCode, scope: Partial<FiguresScope> = {}, plan = under({}, ...YEAR)) {
  const found = planFigures(indicatorFacts(plan), { ...ALL, ...scope }).figures.find((each) => each.code === code);
  if (!found) throw new Error(`no figure ${code}`);
  return [found.numerator, found.denominator, found.value];
}

describe('the figures of a year', () => {
  it('are shares of the firm points that were due in the period', () => {
    expect(planFigures(indicatorFacts(under({}, ...YEAR)), ALL)).toMatchObject({
      points: 4,
      firstTermPoints: 4,
      softPoints: 0,
    });
    expect(figure('DONE')).toEqual([3, 4, 0.75]);
    expect(figure('DONE_IN_TIME')).toEqual([2, 4, 0.5]);
    expect(figure('DONE_BY_FIRST_TERM')).toEqual([1, 4, 0.25]);
  });

  it('show by N and N₀ what rescheduling hides', () => {
    const autumn = { from: '2020-09-01', to: '2020-11-30', on: '2020-11-30' };
    expect(planFigures(indicatorFacts(under({}, ...YEAR)), { ...ALL, ...autumn })).toMatchObject({
      points: 2,
      firstTermPoints: 3,
    });
    expect(figure('DONE', autumn)).toEqual([2, 2, 1]);
    expect(figure('DONE_BY_FIRST_TERM', autumn)).toEqual([1, 3, 0.333333]);
  });

  it('are as of the day: what was done later was not yet done', () => {
    expect(figure('DONE', { on: '2020-11-01' })).toEqual([1, 4, 0.25]);
    expect(figure('OVERDUE', { on: '2020-11-01' })).toEqual([1, 2, 0.5]);
    expect(figure('OVERDUE', { on: '2020-11-03' })).toEqual([0, 2, 0]);
    expect(figure('OVERDUE', { on: '2021-02-01' })).toEqual([1, 3, 0.333333]);
    expect(figure('OVERDUE')).toEqual([1, 4, 0.25]);
  });

  it('count delays in days: to the actual day, or to the day asked for', () => {
    expect(figure('MEAN_DELAY', { on: '2021-02-02' })).toEqual([5, 2, 2.5]);
    expect(figure('MEDIAN_DELAY', { on: '2021-02-02' })).toEqual([5, 2, 2.5]);
    expect(figure('MEDIAN_DELAY', { on: '2020-11-05' })).toEqual([3, 1, 3]);
  });

  it('count moved terms, repeated moves and how far they went', () => {
    expect(figure('MOVED', { on: '2020-10-19' })).toEqual([0, 4, 0]);
    expect(figure('MOVED')).toEqual([1, 4, 0.25]);
    expect(figure('MOVED_AGAIN', { on: '2020-12-09' })).toEqual([0, 4, 0]);
    expect(figure('MOVED_AGAIN')).toEqual([1, 4, 0.25]);
    expect(figure('MEAN_SHIFT')).toEqual([31 + 59, 2, 45]);
    expect(figure('MEAN_SHIFT', { from: '2020-12-01' })).toEqual([59, 1, 59]);
  });

  it('tell of plans that are changed and not understood', () => {
    expect(figure('ACTIVITIES_AMENDED')).toEqual([1, 4, 0.25]);
    expect(figure('ACTIVITIES_AMENDED', { on: '2020-10-19' })).toEqual([0, 4, 0]);
    const unread = planAfter(draftOf('январь 2021 г.', 'ноябрь 2020 г. апрель 2021 г.', 'как получится'));
    expect(figure('WORDINGS_UNREAD', {}, unread)).toEqual([2, 3, 0.666667]);
  });

  it('look ahead: due soon, and expected later than due', () => {
    expect(figure('DUE_IN_14_DAYS', { on: '2021-01-17' })).toEqual([1, 2, 0.5]);
    expect(figure('DUE_IN_30_DAYS', { on: '2021-01-10' })).toEqual([1, 2, 0.5]);
    expect(figure('DUE_IN_14_DAYS', { on: '2021-01-10' })).toEqual([0, 2, 0]);
    const progress = (expectedOn: string, n: number): PlanEvent => ({
      type: 'ProgressRecorded',
      data: {
        activityId: 'a4',
        progressId: `a4.p${n}`,
        pointId: 'a4.1',
        actualOn: '2020-10-01',
        count: null,
        subItem: null,
        expectedOn,
        note: null,
      },
    });
    expect(figure('EXPECTED_LATE', {}, under({}, progress('2021-02-15', 1)))).toEqual([1, 1, 1]);
    expect(figure('EXPECTED_LATE', { on: '2020-09-30' }, under({}, progress('2021-02-15', 1)))).toEqual([0, 0, null]);
    expect(figure('EXPECTED_LATE', {}, under({}, progress('2021-02-15', 1), progress('2021-01-20', 2)))).toEqual([
      0, 1, 0,
    ]);
  });
});

describe('a plan that is not in force', () => {
  it('has nothing due, done or amended once it is cancelled', () => {
    const facts = indicatorFacts(under({}, ...YEAR, { type: 'PlanCancelled', data: {} }));
    const { points, figures } = planFigures(facts, ALL);
    expect(points).toBe(0);
    expect(figures.filter(({ value }) => value !== null)).toEqual([]);
  });

  it('counts while it is prepared by its wordings alone', () => {
    const { points, figures } = planFigures(indicatorFacts(planAfter(draftOf('январь 2021 г.', 'как получится'))), ALL);
    expect(points).toBe(0);
    expect(figures.filter(({ value }) => value !== null)).toMatchObject([{ code: 'WORDINGS_UNREAD', value: 0.5 }]);
  });
});

describe('a part of a period', () => {
  it('does not repeat what belongs to no day', () => {
    const month: Partial<FiguresScope> = { from: '2020-10-01', to: '2020-10-31', isPart: true };
    expect(figure('DONE', month)).toEqual([1, 1, 1]);
    expect(figure('ACTIVITIES_AMENDED', month)).toEqual([0, 0, null]);
    expect(figure('WORDINGS_UNREAD', month)).toEqual([0, 0, null]);
  });
});

describe('reports and requests', () => {
  const report = (n: number, submittedOn: string) =>
    reported(`a${n}.r1`, [{ pointId: `a${n}.1`, dueOn: null }], { submittedOn, actualOn: '2020-09-20' });

  it('are in time until the day of the next month that the settings name', () => {
    const events = [report(1, '2020-10-10'), report(2, '2020-11-11')];
    expect(figure('REPORTED_IN_TIME', { on: '2020-11-30' }, under({}, ...events))).toEqual([1, 2, 0.5]);
    expect(figure('REPORTED_IN_TIME', { on: '2020-11-30' }, under({ reportDueDay: 15 }, ...events))).toEqual([2, 2, 1]);
    expect(figure('REPORTED_IN_TIME', {}, under({ reportDueDay: null }, ...events))).toEqual([0, 0, null]);
  });

  it('count as returned, and not at all when they were withdrawn', () => {
    const events = [report(1, '2020-10-10'), report(2, '2020-11-11'), report(3, '2020-11-12')];
    const after = under({}, ...events, decided('ReportReturned', 'a1.r1'), decided('ReportWithdrawn', 'a3.r1'));
    expect(figure('REPORTS_RETURNED', {}, after)).toEqual([1, 2, 0.5]);
    expect(figure('REPORTS_RETURNED', { from: '2020-11-01' }, after)).toEqual([0, 1, 0]);
  });

  it('that ask for another term count apart when they came after the due day', () => {
    const requests = [asked('a1.q1', 'май 2021 г.', { late: true }), asked('a2.q1', 'май 2021 г.')];
    expect(figure('REQUESTED_LATE', {}, under({}, ...requests))).toEqual([1, 2, 0.5]);
  });
});

describe('the discipline of execution', () => {
  const discipline = { limitDays: 10, orderWeight: 3 };

  it('is off unless the settings reckon it', () => {
    expect(figure('DISCIPLINE')).toEqual([0, 0, null]);
  });

  it('falls with each working day of delay', () => {
    // The points count 1 (in time), 0.8 (two working days late, of ten), 1 (in time) and 0 (open for twenty working
    // days).
    expect(figure('DISCIPLINE', { on: '2021-02-26' }, under({ discipline }, ...YEAR))).toEqual([2.8, 4, 0.7]);
  });

  it('weighs an order more', () => {
    const order = {
      type: 'order',
      typeText: 'приказ',
      issuer: null,
      date: '2020-08-01',
      number: '5',
      text: 'приказ',
    } as const;
    const plan = planAfter(
      draftOf('сентябрь 2020 г.'),
      planned(2, 'сентябрь 2020 г.', { references: [order] }),
      submitted(),
      approved('2020-09-01', { discipline }),
      completed('a1.1', '2020-09-10', '2020-09-30'),
    );
    expect(figure('DISCIPLINE', {}, plan)).toEqual([1, 4, 0.25]);
  });
});

describe('what does not count', () => {
  it('is what was never under control here, excluded, or of a cancelled plan', () => {
    const excluded: PlanEvent = { type: 'ActivityExcluded', data: { activityId: 'a4' } };
    expect(planFigures(indicatorFacts(under({}, amended(2, '2020-10-20'), excluded)), ALL).points).toBe(3);
    const late = planAfter(draftOf('сентябрь 2020 г.', 'октябрь 2020 г.'), submitted(), approved('2020-10-01'));
    expect(planFigures(indicatorFacts(late), ALL).points).toBe(1);
    expect(planFigures(indicatorFacts(under({}, { type: 'PlanCancelled', data: {} })), ALL).points).toBe(0);
    expect(planFigures(indicatorFacts(planAfter(draftOf('сентябрь 2020 г.'))), ALL).points).toBe(0);
  });

  it('soft points are counted apart', () => {
    const plan = planAfter(draftOf('1 издание в квартал', 'по запросам'), submitted(), approved());
    expect(planFigures(indicatorFacts(plan), ALL)).toMatchObject({ points: 3, softPoints: 3 });
    expect(planFigures(indicatorFacts(plan), { ...ALL, to: '2020-12-31' })).toMatchObject({ points: 1, softPoints: 1 });
  });

  it('where there is nothing to count there is no data, never 0 % or 100 %', () => {
    for (const { code, value, denominator } of planFigures(indicatorFacts(planAfter(draftOf())), ALL).figures) {
      expect({ code, value, denominator }).toEqual({ code, value: null, denominator: 0 });
    }
  });
});

describe('the drill-down', () => {
  it('lists exactly what a figure sums', () => {
    const facts = indicatorFacts(under({ discipline: { limitDays: 10, orderWeight: 3 } }, ...YEAR));
    for (const { code, numerator, denominator } of planFigures(facts, ALL).figures) {
      const sums = { numerator: 0, denominator: 0 };
      eachCounted(code, facts, ALL, (_, hits, of) => {
        sums.numerator += hits;
        sums.denominator += of;
      });
      expect({ code, ...sums }).toEqual({ code, numerator, denominator });
    }
  });

  it('names who is accountable', () => {
    const plan = planAfter(draftOf('январь 2021 г.'), planned(2, 'май 2021 г.', { responsible: party('СОШ № 3') }));
    expect(indicatorFacts(plan).points.map(({ accountable }) => accountable)).toEqual(['центр', 'сош № 3']);
  });
});

describe('issuePeriodReport', () => {
  const history = [...draftOf('сентябрь 2020 г.', 'октябрь 2020 г.'), submitted(), approved()];
  const issue = { type: 'issuePeriodReport', kind: 'MONTH', day: '2020-09-15', note: ' Сентябрь ' } as const;

  it('keeps the figures as they are known on the day of issue', () => {
    const [event] = given(history, completed('a1.1', '2020-09-28', '2020-09-30'))
      .when(issue)
      .events();
    expect(event).toMatchObject({
      type: 'PeriodReportIssued',
      data: {
        reportId: 'pr1',
        window: { start: '2020-09-01', end: '2020-09-30' },
        issuedOn: '2020-10-15',
        edition: 1,
        figures: { points: 1 },
        notDone: [],
        note: 'Сентябрь',
      },
    });
    expect(given(history).when(issue).events()).toMatchObject([{ data: { notDone: ['a1.1'] } }]);
  });

  it('is on a period of the plan that is over', () => {
    given(history)
      .when({ ...issue, day: '2020-10-01' })
      .thenRefused('PERIOD_NOT_OVER', 'day');
    given(history)
      .when({ ...issue, day: '2020-08-01' })
      .thenRefused('DAY_OUTSIDE_PERIOD', 'day');
    given(history)
      .when({ ...issue, day: '2020-02-30' })
      .thenRefused('INVALID_DATE', 'day');
  });

  it.each([
    ['QUARTER', '2020-09-01', '2020-09-30'],
    ['HALF_YEAR', '2020-09-01', '2020-12-31'],
    ['YEAR', '2020-09-01', '2021-08-31'],
  ] as const)('of a school year has its own %s', (kind, start, end) => {
    const [event] = given(history)
      .when({ ...issue, kind }, { actor: DIRECTOR, now: '2021-09-10T07:00:00Z' })
      .events();
    expect(event).toMatchObject({ data: { window: { start, end } } });
  });
});
