import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, monthWindow } from '../../src/domain/dates.js';
import { decide } from '../../src/domain/decide.js';
import { evolve, replay } from '../../src/domain/evolve.js';
import { FactList } from '../../src/domain/indicators/factList.js';
import { indicatorFacts, type PlanFacts } from '../../src/domain/indicators/facts.js';
import { planFigures, Tally, tallied } from '../../src/domain/indicators/figures.js';
import type { FiguresScope } from '../../src/domain/indicators/scope.js';
import { FigureSums } from '../../src/domain/indicators/sums.js';
import type { Plan } from '../../src/domain/plan.js';
import { isPastDue, pointsOf } from '../../src/domain/points.js';
import { timingOn } from '../../src/domain/timing.js';
import { approved, completed, draftOf, submitted } from '../support/domain.js';
import { type Move, moves } from './moves.js';

const WORDINGS = [
  'сентябрь 2020 г.',
  '1 раз в квартал',
  'каждый 3-тий понедельник месяца',
  'ноябрь 2020 г.',
  'по запросам',
];
const settings = fc.constantFrom(
  {},
  {
    discipline: { limitDays: 5, orderWeight: 3 },
    calendar: { daysOff: ['2020-10-01', '2020-11-04'], workingDays: ['2020-10-03'] },
  },
  {
    // A report that is not accepted yet, or was returned, does not end the delay of its point.
    closingRule: 'ACCEPTANCE' as const,
    discipline: { limitDays: 30, orderWeight: 2 },
  },
  { lateness: 'PAPER_DUE' as const, reportDueDay: 1, dueSoonDays: 20 },
);

/** Returns a plan on which some commands were executed at ascending times. */
const plans: fc.Arbitrary<Plan> = fc
  .tuple(settings, fc.array(moves, { maxLength: 40, size: 'max' }))
  .map(([given, sequence]) => {
    let plan = replay([...draftOf(...WORDINGS), submitted(), approved('2020-09-01', given)]);
    for (const [index, { command, circumstances }] of sequence.entries()) {
      const now = `${addDays('2020-09-10', index * 5)}T07:00:00Z`;
      const moved: Move['command'] =
        'actualOn' in command ? { ...command, actualOn: addDays('2020-09-05', index * 5) } : command;
      const decision = decide(plan, moved, { ...circumstances, now });
      if (decision.kind === 'accepted') plan = decision.events.reduce<Plan>(evolve, plan);
    }
    return plan;
  });

const day = fc.integer({ min: -40, max: 420 }).map((n) => addDays('2020-09-01', n));
const scopes: fc.Arbitrary<FiguresScope> = fc.record({
  on: day,
  from: fc.option(day, { nil: null }),
  to: fc.option(day, { nil: null }),
});

function factsIn(plan: Plan): PlanFacts[] {
  return plan.status === 'ABSENT' ? [] : [indicatorFacts(plan)];
}

/** Figures by counting every fact. */
function counted(facts: readonly PlanFacts[], scope: FiguresScope) {
  const tally = new Tally();
  for (const each of facts) tallied(each, scope, () => [tally]);
  return tally.result();
}

describe('sums made in advance', () => {
  it('are the figures that counting gives, on any day and for any period', () => {
    fc.assert(
      fc.property(
        fc.array(plans, { minLength: 1, maxLength: 4 }),
        fc.array(scopes, { minLength: 5, maxLength: 15 }),
        (some, asked) => {
          const facts = some.flatMap(factsIn);
          const sums = new FigureSums();
          for (const each of facts) sums.add(each);
          for (const scope of asked)
            expect({ scope, ...sums.figures(scope) }).toEqual({ scope, ...counted(facts, scope) });
        },
      ),
      { numRuns: 40, interruptAfterTimeLimit: 20_000 },
    );
  });

  it('forget what is taken away again', () => {
    fc.assert(
      fc.property(plans, plans, scopes, (stays, goes, scope) => {
        const sums = new FigureSums();
        for (const facts of [...factsIn(goes), ...factsIn(stays)]) sums.add(facts);
        for (const facts of factsIn(goes)) sums.add(facts, -1);
        const alone = new FigureSums();
        for (const facts of factsIn(stays)) alone.add(facts);
        expect([sums.size, sums.months()]).toEqual([alone.size, alone.months()]);
        expect(sums.figures(scope)).toEqual(factsIn(stays).map((facts) => planFigures(facts, scope))[0]);
      }),
      { numRuns: 40, interruptAfterTimeLimit: 20_000 },
    );
  });

  it('count how points stand as the points say themselves', () => {
    fc.assert(
      fc.property(plans, day, (plan, on) => {
        if (plan.status === 'ABSENT') return;
        const points = [...plan.activities.values()].flatMap((activity) => pointsOf(plan, activity));
        const sums = new FigureSums();
        sums.add(indicatorFacts(plan));
        const counts = sums.counts({ on, from: null, to: null });
        expect([counts.total, counts.firm, counts.pastDue]).toEqual([
          points.length,
          points.filter(({ firm }) => firm).length,
          points.filter((point) => isPastDue(point, on)).length,
        ]);
        for (const { timing, count } of counts.byTiming) {
          expect([timing, count]).toEqual([
            timing,
            points.filter((point) => timingOn(point.timing, on) === timing).length,
          ]);
        }
        expect(counts.byTiming.reduce((sum, { count }) => sum + count, 0)).toBe(points.length);
        expect(counts.byEvidence.reduce((sum, { count }) => sum + count, 0)).toBe(points.length);
      }),
      { numRuns: 50, interruptAfterTimeLimit: 20_000 },
    );
  });

  it('are counted as a list of facts counts them', () => {
    fc.assert(
      fc.property(fc.array(plans, { minLength: 1, maxLength: 3 }), scopes, (some, scope) => {
        const [sums, list] = [new FigureSums(), new FactList()];
        for (const facts of some.flatMap(factsIn)) {
          sums.add(facts);
          list.add(facts);
        }
        expect([list.counts(scope), list.figures(scope)]).toEqual([sums.counts(scope), sums.figures(scope)]);
      }),
      { numRuns: 100, interruptAfterTimeLimit: 20_000 },
    );
  });

  it('leave the points of a cancelled plan as they stand, though no figure counts them', () => {
    const done = completed('a1.1', '2020-09-28', '2020-09-30');
    const history = [...draftOf('сентябрь 2020 г.', 'май 2021 г.'), submitted(), approved(), done];
    const sums = new FigureSums();
    for (const facts of factsIn(replay([...history, { type: 'PlanCancelled', data: {} }]))) sums.add(facts);
    const whole = { on: '2021-08-31', from: null, to: null };
    expect(sums.counts(whole).byTiming).toEqual([
      { timing: 'DONE_ON_TIME', count: 1 },
      { timing: 'EXCLUDED', count: 1 },
    ]);
    expect(sums.figures(whole).points).toBe(0);
  });

  it('add up month by month', () => {
    fc.assert(
      fc.property(plans, day, (plan, on) => {
        const sums = new FigureSums();
        for (const facts of factsIn(plan)) sums.add(facts);
        const whole = sums.counts({ on, from: null, to: null }).total;
        const months = sums.months().filter((month) => month !== '');
        const dated = months
          .map((month) => monthWindow(Number(month.slice(0, 4)), Number(month.slice(5))))
          .reduce((sum, { start, end }) => sum + sums.counts({ on, from: start, to: end }).total, 0);
        const undated = factsIn(plan).flatMap(({ points }) => points.filter(({ due }) => due === null)).length;
        expect(dated + undated).toBe(whole);
      }),
      { numRuns: 20 },
    );
  });
});
