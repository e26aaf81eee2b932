import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide } from '../../src/domain/decide.js';
import { evolve, replay } from '../../src/domain/evolve.js';
import { ImpossibleEvent } from '../../src/domain/impossible.js';
import type { PlanEvent } from '../../src/domain/plan/catalogue.js';
import { type ExistingPlan, NO_PLAN, type Plan } from '../../src/domain/plan.js';
import { pointsOf } from '../../src/domain/points.js';
import {
  approvedOf,
  asked,
  completed,
  drafted,
  draftOf,
  reported,
  section,
  step,
  submitted,
} from '../support/domain.js';
import { type Move, moves } from './moves.js';

interface Run {
  readonly events: readonly PlanEvent[];
  /** The state after each accepted command, folded step by step. */
  readonly states: readonly ExistingPlan[];
}

/** Carries out the moves on the history, as the command handler would; refused ones leave no trace. */
function play(history: readonly PlanEvent[], sequence: readonly Move[]): Run {
  let plan: Plan = replay(history);
  const events = [...history];
  const states: ExistingPlan[] = [];
  for (const { command, circumstances } of sequence) {
    const decision = decide(plan, command, circumstances);
    if (decision.kind === 'refused') continue;
    for (const event of decision.events) plan = evolve(plan, event);
    events.push(...decision.events);
    if (plan.status !== 'ABSENT') states.push(plan);
  }
  return { events, states };
}

const UNDER_WAY = approvedOf('сентябрь 2020 г.', '1 раз в квартал', 'ноябрь 2020 г., апрель 2021 г.');

/** Runs begin at several stages, each of which reaches states that the others rarely reach. */
const BEGINNINGS: readonly (readonly PlanEvent[])[] = [
  [],
  draftOf('сентябрь 2020 г.', 'ежемесячно'),
  [...draftOf('сентябрь 2020 г.'), submitted(step('Директор'))],
  UNDER_WAY,
  [
    ...UNDER_WAY,
    completed('a1.1', '2020-09-20', '2020-09-30'),
    reported('a2.r1', [{ pointId: 'a2.2', dueOn: '2020-12-31' }]),
    asked('a1.q1', 'декабрь 2020 г.'),
  ],
  approvedOf('по запросам'),
  approvedOf('3 раза в квартал'),
];
const games = fc.tuple(fc.constantFrom(...BEGINNINGS), fc.array(moves, { maxLength: 25, size: 'max' }));

/** Runs a check on the histories of many sequences of commands. */
function always(check: (run: Run) => void): void {
  fc.assert(
    fc.property(games, ([history, sequence]) => check(play(history, sequence))),
    { numRuns: 300 },
  );
}

describe('any sequence of commands', () => {
  it('is decided without a fault, and evolve accepts whatever decide produced', () => {
    always(({ events, states }) => expect(events.length).toBeGreaterThanOrEqual(states.length));
  });

  it('gives a history whose replay is the state folded step by step', () => {
    always(({ events, states }) => {
      const last = states.at(-1);
      if (last) expect(replay(events)).toEqual(last);
    });
  });

  it('keeps every window in order, and in the plan unless its author stated the days', () => {
    always(({ states }) => {
      const plan = states.at(-1);
      const period = plan?.details.period;
      for (const activity of plan && period ? plan.activities.values() : []) {
        const stated = ['dates', 'deadline', 'throughout'].includes(activity.timeframe.schedule.kind);
        for (const { window, dueOn, id } of plan ? pointsOf(plan, activity) : []) {
          expect(dueOn).toBe(window?.end ?? null);
          expect(id.startsWith(`${activity.id}.`)).toBe(true);
          if (window === null || !period) continue;
          expect(window.start <= window.end).toBe(true);
          if (!stated) expect(period.start <= window.start && window.end <= period.end).toBe(true);
        }
      }
    });
  });

  it('never gives an id twice', () => {
    always(({ events }) => {
      const ids = events.flatMap((event) => {
        if (event.type === 'SectionAdded') return [event.data.sectionId];
        if (event.type === 'ActivityPlanned') return [event.data.activityId];
        return event.type === 'ReportSubmitted' ? [event.data.reportId] : [];
      });
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  it('counts one edition at approval and one for each amendment, and nothing changes content between', () => {
    always(({ events }) => {
      let [plan, covered]: [Plan, boolean] = [NO_PLAN, false];
      let amendments = 0;
      for (const event of events) {
        const approved = plan.status === 'APPROVED';
        if (event.type === 'PlanAmended') amendments += 1;
        covered = event.type === 'PlanAmended' || (covered && CONTENT.includes(event.type));
        if (approved && CONTENT.includes(event.type)) expect(covered).toBe(true);
        plan = evolve(plan, event);
      }
      const underWay = ['APPROVED', 'CLOSED', 'CANCELLED'].includes(plan.status);
      if (plan.status !== 'ABSENT') expect(plan.edition).toBe(underWay ? 1 + amendments : 0);
    });
  });

  it('reaches every kind of event and status, so that the properties above mean something', () => {
    const seen = new Set<string>();
    for (const { events, states } of fc
      .sample(games, { numRuns: 1_000, seed: 7 })
      .map(([history, sequence]) => play(history, sequence))) {
      for (const { type } of events) seen.add(type);
      for (const { status } of states) seen.add(status);
    }
    const kinds = [
      ...CONTENT,
      'ActivityRemoved',
      'PlanSubmitted',
      'PlanReturned',
      'PlanAgreed',
      'PlanApproved',
      'PlanAmended',
    ];
    const work = [
      ...['ActivityCompleted', 'ProgressRecorded', 'CompletionWithdrawn'],
      ...['ReportSubmitted', 'ReportWithdrawn', 'ReportAccepted', 'ReportReturned'],
      ...['RescheduleRequested', 'RescheduleRefused', 'WordingResolved', 'PlanWithdrawn', 'PlanCancelled'],
    ];
    expect([...kinds, ...work, 'PlanClosed'].filter((kind) => !seen.has(kind))).toEqual([]);
  });
});

const CONTENT: readonly string[] = [
  'ActivityPlanned',
  'ActivityReworded',
  'ActivityRescheduled',
  'ActivityReassigned',
  'ActivityMoved',
  'ActivityExcluded',
];

describe('an event that cannot follow', () => {
  it.each<readonly [string, readonly PlanEvent[], PlanEvent]>([
    ['before the plan began', [], section(1)],
    ['that begins a plan again', [drafted()], drafted()],
    ['about an activity that is not there', [drafted()], { type: 'ActivityExcluded', data: { activityId: 'a1' } }],
    [
      'about a section that is not there',
      [drafted()],
      { type: 'SectionChanged', data: { sectionId: 's1', numberText: '', title: 'Раздел' } },
    ],
  ])('is a fault: one %s', (_, history, event) => {
    expect(() => evolve(replay(history), event)).toThrow(ImpossibleEvent);
  });
});

it('a decision leaves the state that it was made on as it was', () => {
  const plan = replay(UNDER_WAY);
  const before = structuredClone(plan);
  decide(
    plan,
    { type: 'excludeActivity', activityId: 'a1' },
    {
      actor: { id: 'u', role: 'director', post: null, organisation: null },
      now: '2020-10-15T07:00:00Z',
      reason: 'Форум отменён',
      basis: { kind: 'withoutDocument' },
      effectiveOn: null,
      organisation: null,
    },
  );
  expect(plan).toEqual(before);
});
