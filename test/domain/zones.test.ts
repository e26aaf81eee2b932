import { runInThisContext } from 'node:vm';
import { afterEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { localDay } from '../../src/domain/dates.js';
import { timingOn } from '../../src/domain/timing.js';
import { allPoints, approvedSample, planAfter, reported, ZONE } from '../support/domain.js';

/** Jest gives a test a copy of the environment. The time zone of the machine follows the real one. */
const setZone: (zone: string | undefined) => void = runInThisContext(
  '(zone) => { if (zone === undefined) delete process.env.TZ; else process.env.TZ = zone; }',
);
const zoneBefore = process.env.TZ;

afterEach(() => setZone(zoneBefore));

/** Computes the events and points of the sample, and the timings on the local days of some instants. */
function computed() {
  const events = approvedSample();
  const points = allPoints(planAfter(events));
  const instants = ['2020-09-30T18:59:59Z', '2020-09-30T19:00:00Z', '2020-12-31T23:30:00Z', '2021-08-31T12:00:00Z'];
  const timings = instants.map((instant) => {
    const on = localDay(instant, ZONE);
    return [on, points.map(({ timing }) => timingOn(timing, on))];
  });
  return {
    offset: new Date('2020-09-30T00:00:00Z').getTimezoneOffset(),
    results: JSON.stringify([events, points, timings]),
  };
}

it('points and timings do not depend on the zone of the machine', () => {
  const [first, ...others] = ['UTC', 'Asia/Kamchatka', 'America/Los_Angeles'].map((zone) => {
    setZone(zone);
    return computed();
  });
  expect([first, ...others].map((each) => each?.offset)).toEqual([0, -720, 420]);
  for (const other of others) expect(other.results).toBe(first?.results);
  expect(first?.results).toContain('2021-08-16');
});

it('a local day does not depend on earlier instants, even where the clock changes at midnight', () => {
  const zones = ['America/St_Johns', 'Asia/Yekaterinburg', 'Pacific/Apia', 'America/Sao_Paulo'];
  const clockChanges = ['2005-10-30T02:31:00Z', '2011-12-30T10:00:00Z', '2018-11-04T03:00:00Z', '2018-02-18T02:00:00Z'];
  const minutes = fc.array(fc.integer({ min: -2_000, max: 2_000 }), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.constantFrom(...clockChanges), minutes, (zone, change, distances) => {
      for (const distance of distances) {
        const instant = Temporal.Instant.from(change).add({ minutes: distance });
        expect(localDay(new Date(instant.epochMilliseconds).toISOString(), zone)).toBe(
          instant.toZonedDateTimeISO(zone).toPlainDate().toString(),
        );
      }
    }),
  );
});

it('events that tell the moment alone fall on the day that it was in the plan’s zone', () => {
  const late = '2020-10-14T21:30:00Z';
  const plan = planAfter(
    approvedSample(),
    { type: 'PlanAmended', data: { edition: 2, reason: 'Приказ', basis: null, amendedOn: late } },
    reported('a3.r1', [{ pointId: 'a3.1', dueOn: '2020-09-30' }], { submittedOn: late }),
  );
  expect(plan.amendments[0]?.amendedOn).toBe('2020-10-15');
  expect(plan.activities.get('a3')?.reports[0]?.submittedOn).toBe('2020-10-15');
});

it('the day of an instant does not depend on the instants before it, even where the clock is set back over midnight', () => {
  const [before, back, after] = ['2006-10-29T02:30:30.000Z', '2006-10-29T02:45:00.000Z', '2006-10-29T03:31:00.000Z'];
  const days = [before, back, after, back, before].map((instant) => localDay(instant, 'America/St_Johns'));
  expect(days).toEqual(['2006-10-29', '2006-10-28', '2006-10-29', '2006-10-28', '2006-10-29']);
});

it('a text without an offset is no instant, even on a day that was found before', () => {
  expect(localDay('2020-01-01T12:00:00.000Z', 'UTC')).toBe('2020-01-01');
  expect(() => localDay('2020-01-01T12:00:00.000', 'UTC')).toThrow(RangeError);
  expect(() => localDay('2020-01-01T12:60:00.000Z', 'UTC')).toThrow(RangeError);
});
