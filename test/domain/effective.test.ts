import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../src/domain/dates.js';
import { eventsInEffectOn } from '../../src/domain/effective.js';
import type { PlanEvent } from '../../src/domain/plan/catalogue.js';
import { approved, completed, draftOf, planned, rescheduled, submitted } from '../support/domain.js';

const on = (recordedOn: LocalDate, event: PlanEvent, effectiveOn: LocalDate | null = null) => ({
  event,
  recordedOn,
  effectiveOn,
});
const DRAFT = draftOf('октябрь').map((event) => on('2020-08-20', event));
const APPROVED = [...DRAFT, on('2020-08-25', submitted()), on('2020-08-30', approved(), '2020-09-01')];
const names = (history: readonly ReturnType<typeof on>[], day: LocalDate) =>
  eventsInEffectOn(history, day).map(({ event }) => event.type);

describe('what counts on a day', () => {
  it('is what was recorded by then, as long as nothing else was said', () => {
    expect(names(APPROVED, '2020-08-19')).toEqual([]);
    expect(names(APPROVED, '2020-08-20')).toEqual(['PlanDrafted', 'SectionAdded', 'ActivityPlanned']);
    expect(names(APPROVED, '2020-08-31')).toHaveLength(4);
    expect(names(APPROVED, '2020-09-01').at(-1)).toBe('PlanApproved');
  });

  it('is a paper plan from its approval on, however late it was entered', () => {
    const entered = draftOf('октябрь').map((event) => on('2021-02-01', event));
    const history = [...entered, on('2021-02-01', submitted()), on('2021-02-02', approved(), '2020-09-01')];
    expect(names(history, '2020-08-31')).toEqual([]);
    expect(names(history, '2020-09-01')).toHaveLength(history.length);
  });

  it('is approved from the day of the stamp, unless another one is said', () => {
    const stamped = (date: LocalDate | null, effectiveOn: LocalDate | null) => {
      const { data } = approved();
      const approval = { type: 'PlanApproved', data: { ...data, stamp: { ...data.stamp, date } } } as const;
      return [...DRAFT, on('2020-08-25', submitted()), on('2021-02-02', approval, effectiveOn)];
    };
    expect(names(stamped('2020-09-02', null), '2020-09-02').at(-1)).toBe('PlanApproved');
    expect(names(stamped('2020-09-02', null), '2020-09-01').at(-1)).not.toBe('PlanApproved');
    expect(names(stamped('2020-09-02', '2020-09-10'), '2020-09-09').at(-1)).not.toBe('PlanApproved');
    expect(names(stamped(null, null), '2021-02-01').at(-1)).not.toBe('PlanApproved');
    expect(names(stamped(null, null), '2021-02-02').at(-1)).toBe('PlanApproved');
  });

  it('leaves out a decision that counts later, and keeps what was recorded after it', () => {
    const moved = on('2020-10-01', rescheduled('a1', 'ноябрь'), '2020-11-01');
    const done = on('2020-10-15', completed('a1.1', '2020-10-15', '2020-10-31'));
    const history = [...APPROVED, moved, done];
    expect(names(history, '2020-10-31').slice(-2)).toEqual(['PlanApproved', 'ActivityCompleted']);
    expect(names(history, '2020-11-01').slice(-2)).toEqual(['ActivityRescheduled', 'ActivityCompleted']);
  });

  it('leaves out with a row all that was done with it', () => {
    const added = on('2020-10-01', planned(2, 'декабрь'), '2020-12-01');
    const changed = on('2020-10-02', rescheduled('a2', 'январь'));
    expect(names([...APPROVED, added, changed], '2020-10-31').at(-1)).toBe('PlanApproved');
    expect(names([...APPROVED, added, changed], '2020-12-01').slice(-2)).toEqual([
      'ActivityPlanned',
      'ActivityRescheduled',
    ]);
  });
});
