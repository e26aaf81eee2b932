import { describe, expect, it } from '@jest/globals';
import type { OrganisationContext } from '../../src/domain/actor.js';
import { type ControlSettings, DEFAULT_SETTINGS } from '../../src/domain/settings.js';
import { timingOn } from '../../src/domain/timing.js';
import { paperDay, workingDaysAfter } from '../../src/domain/workingDays.js';
import {
  approved,
  completed,
  DIRECTOR,
  draftOf,
  given,
  METHODOLOGIST,
  planAfter,
  pointAt,
  pointsAt,
  reported,
  stamp,
  submitted,
  ZONE,
} from '../support/domain.js';

/** The points of a wording in a plan that was approved under these settings. */
function under(settings: Partial<ControlSettings>, wording: string) {
  return planAfter(draftOf(wording), submitted(), approved('2020-09-01', settings));
}

describe('a setting of the organisation', () => {
  it('says whether «до D» includes D', () => {
    expect(pointAt(under({}, 'до 15.10'), 'a1.1').dueOn).toBe('2020-10-15');
    expect(pointAt(under({ deadlineDay: 'EXCLUDED' }, 'до 15.10'), 'a1.1').dueOn).toBe('2020-10-14');
  });

  it('moves a due day off days that do not work: back, forward, or not at all', () => {
    const calendar = { daysOff: ['2021-01-29'], workingDays: [] };
    const paper = (settings: Partial<ControlSettings>) => pointAt(under(settings, 'январь 2021 г.'), 'a1.1').paperDueOn;
    expect(paper({})).toBe('2021-01-29');
    expect(paper({ calendar })).toBe('2021-01-28');
    expect(paper({ paperDue: 'WORKING_DAY_AFTER' })).toBe('2021-02-01');
    expect(paper({ paperDue: 'SAME_DAY' })).toBe('2021-01-31');
  });

  it('counts lateness by the day on paper only where it says so', () => {
    const [due, paper] = [under({}, 'январь 2021 г.'), under({ lateness: 'PAPER_DUE' }, 'январь 2021 г.')];
    const on = (plan: typeof due, day: string) => timingOn(pointAt(plan, 'a1.1').timing, day);
    expect([on(due, '2021-01-30'), on(paper, '2021-01-30')]).toEqual(['DUE_SOON', 'OVERDUE']);
    const done = completed('a1.1', '2021-01-30', '2021-01-31');
    const settled = (settings: Partial<ControlSettings>) =>
      pointAt(planAfter(draftOf('январь 2021 г.'), submitted(), approved('2020-09-01', settings), done), 'a1.1').timing
        .settled;
    expect([settled({}), settled({ lateness: 'PAPER_DUE' })]).toEqual(['DONE_ON_TIME', 'DONE_LATE']);
  });

  it('gives school terms their days; without them nobody can name one', () => {
    const wording = '1 раз в четверть';
    expect(pointsAt(under({}, wording), 'a1')).toMatchObject([{ dueOn: null, firm: false }]);
    const terms = [
      { kind: 'term', start: '2020-09-01', end: '2020-10-25' },
      { kind: 'term', start: '2020-11-05', end: '2020-12-27' },
      { kind: 'term', start: '2021-05-20', end: '2021-09-20' },
      { kind: 'trimester', start: '2020-09-01', end: '2020-11-15' },
    ] as const;
    expect(pointsAt(under({ terms }, wording), 'a1')).toMatchObject([
      { dueOn: '2020-10-25', firm: true },
      { dueOn: '2020-12-27', firm: true },
      { dueOn: '2021-08-31', firm: false },
    ]);
  });

  it('says what closes a point and from when it is due soon', () => {
    const history = [...draftOf('октябрь 2020 г.'), submitted()];
    const done = completed('a1.1', '2020-10-05', '2020-10-31');
    const timingUnder = (settings: Partial<ControlSettings>) =>
      pointAt(planAfter(history, approved('2020-09-01', settings), done), 'a1.1').timing;
    expect(timingUnder({}).settled).toBe('DONE_ON_TIME');
    expect(timingUnder({ closingRule: 'REPORT' }).settled).toBeNull();
    expect(timingUnder({ closingRule: 'REPORT', dueSoonDays: 20 }).soonFrom).toBe('2020-10-11');
  });

  it('may let who reported accept', () => {
    const history = [...draftOf('октябрь 2020 г.'), submitted()];
    const report = reported('a1.r1', [{ pointId: 'a1.1', dueOn: '2020-10-31' }]);
    const accept = { type: 'acceptReport', reportId: 'a1.r1' } as const;
    given(history, approved(), report).when(accept, { actor: METHODOLOGIST }).thenRefused('ACCEPTER_IS_REPORTER');
    given(history, approved('2020-09-01', { accepterMayBeReporter: true }), report)
      .when(accept, { actor: METHODOLOGIST })
      .thenAccepted();
  });
});

describe('the organisation of a plan', () => {
  const strict: OrganisationContext = {
    id: 'o1',
    timeZone: 'Asia/Omsk',
    settings: { ...DEFAULT_SETTINGS, closingRule: 'ACCEPTANCE' },
    wordings: {},
    partyCells: {},
    isOwn: false,
  };
  const draft = {
    type: 'draftPlan',
    title: 'План',
    documentKind: 'план работы',
    ownerUnit: 'Центр',
    institution: null,
    period: null,
    organisationId: 'o1',
    timeZone: ZONE,
  } as const;

  it('gives it its zone and its settings from the draft on', () => {
    const plan = given().when(draft, { organisation: strict }).plan();
    expect(plan).toMatchObject({ details: { organisationId: 'o1', timeZone: 'Asia/Omsk' }, settings: strict.settings });
    given().when(draft).thenRefused('ORGANISATION_NOT_FOUND', 'organisationId');
  });

  it('stamps its settings in at approval; a later change moves nothing', () => {
    const history = [...draftOf('октябрь 2020 г.'), submitted()];
    const approve = { type: 'approvePlan', stamp: stamp('Директор'), underControlFrom: null } as const;
    const plan = given(history).when(approve, { actor: DIRECTOR, organisation: strict }).plan();
    expect(plan.settings).toEqual(strict.settings);
    const looser = { ...strict, settings: DEFAULT_SETTINGS };
    const change = {
      type: 'completeActivity',
      activityId: 'a1',
      pointId: null,
      actualOn: '2020-10-05',
      count: null,
      note: null,
    } as const;
    const later = given(history, given(history).when(approve, { actor: DIRECTOR, organisation: strict }).events())
      .when(change, { organisation: looser })
      .plan();
    expect(later.settings).toEqual(strict.settings);
    expect(pointAt(later, 'a1.1').timing.settled).toBeNull();
  });

  it('may take over a plan: a draft with its settings, an approved one without', () => {
    const assign = { type: 'assignPlan', organisationId: 'o1' } as const;
    expect(given(draftOf('октябрь')).when(assign, { organisation: strict }).plan()).toMatchObject({
      details: { organisationId: 'o1', timeZone: 'Asia/Omsk' },
      settings: strict.settings,
    });
    const inForce = [...draftOf('октябрь 2020 г.'), submitted(), approved()];
    given(inForce).when(assign, { organisation: strict }).thenRefused('REASON_REQUIRED', 'reason');
    const kept = given(inForce).when(assign, { organisation: strict, reason: 'Реорганизация' }).plan();
    expect(kept).toMatchObject({ details: { organisationId: 'o1', timeZone: ZONE }, settings: DEFAULT_SETTINGS });
    given(draftOf('октябрь')).when({ type: 'assignPlan', organisationId: null }).thenRefused('NOTHING_CHANGES');
  });
});

describe('working days', () => {
  const calendar = { daysOff: ['2020-11-04'], workingDays: ['2020-11-07'] };

  it('are weekdays that are not off, and weekends that are worked', () => {
    expect(workingDaysAfter('2020-10-30', 5, calendar)).toEqual([
      '2020-11-02',
      '2020-11-03',
      '2020-11-05',
      '2020-11-06',
      '2020-11-07',
    ]);
    expect(workingDaysAfter('2020-10-30', 0, calendar)).toEqual([]);
  });

  it('leave a day alone that no working day is near', () => {
    const never = { daysOff: [], workingDays: [] };
    expect(paperDay('2020-11-07', 'WORKING_DAY_BEFORE', never)).toBe('2020-11-06');
    const year = Array.from({ length: 800 }, (_, n) => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10));
    expect(paperDay('2021-02-01', 'WORKING_DAY_BEFORE', { daysOff: year, workingDays: [] })).toBe('2021-02-01');
  });
});
