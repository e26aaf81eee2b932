import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { planAsOf } from '../../src/application/past.js';
import { mayCommand } from '../../src/application/policy.js';
import type { Given } from '../../src/domain/actor.js';
import { addDays, localDay } from '../../src/domain/dates.js';
import { decide } from '../../src/domain/decide.js';
import { evolve, replay } from '../../src/domain/evolve.js';
import { indicatorFacts } from '../../src/domain/indicators/facts.js';
import type { Figures } from '../../src/domain/indicators/figure.js';
import { planFigures } from '../../src/domain/indicators/figures.js';
import type { PlanCommand, PlanEvent } from '../../src/domain/plan/catalogue.js';
import type { ExistingPlan, Plan } from '../../src/domain/plan.js';
import type { EventStore } from '../../src/engine/eventstore/port.js';
import { openSqliteEventStore } from '../../src/engine/eventstore/sqlite/store.js';
import { approvedOf, DEPARTMENT_HEAD, DIRECTOR, METHODOLOGIST, ZONE } from '../support/domain.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';
import { storedBy } from '../support/stored.js';
import { moves } from './moves.js';

const LIMIT = { numRuns: 30, interruptAfterTimeLimit: 20_000 };
const BEGIN = approvedOf('сентябрь 2020 г.', '1 раз в квартал', 'каждый 3-тий понедельник месяца', 'ноябрь 2020 г.');

/** One step of a year: a command is given some days later. */
interface Turn {
  readonly command: PlanCommand;
  readonly given: Given;
}

const people = fc.constantFrom(METHODOLOGIST, METHODOLOGIST, DIRECTOR, DEPARTMENT_HEAD);
const SYSTEM = { ...METHODOLOGIST, id: 'system', role: 'system' } as const;

/** A command that is always refused. */
const NOTHING: PlanCommand = { type: 'removeSection', sectionId: '' };

/** 300 commands by random roles, spread over the year. Work is done on or before the day on which it is recorded. */
const years: fc.Arbitrary<readonly Turn[]> = fc
  .array(fc.tuple(moves, people, fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 12 }), fc.boolean()), {
    minLength: 300,
    maxLength: 300,
  })
  .map((drawn) => {
    let day = '2020-09-01';
    return drawn.map(([{ command, circumstances }, actor, later, ago, notices]) => {
      day = addDays(day, later);
      const now = `${day}T07:00:00.000Z`;
      if (notices && later === 2) {
        const given = { ...circumstances, actor: SYSTEM, now };
        return { command: { type: 'noticeMissedDeadlines' }, given } as const;
      }
      // Do not cancel the plan early, so that most sequences of commands last for the whole year.
      if (command.type === 'cancelPlan' && day < '2021-05-01') return { command: NOTHING, given: circumstances };
      const dated = 'actualOn' in command ? { ...command, actualOn: addDays(day, -ago) } : command;
      return { command: dated, given: { ...circumstances, actor, now } };
    });
  });

interface Lived {
  readonly given: Given;
  readonly before: ExistingPlan;
  readonly after: ExistingPlan;
  readonly events: readonly PlanEvent[];
}

function present(plan: Plan): ExistingPlan {
  if (plan.status === 'ABSENT') throw new Error('there is no plan');
  return plan;
}

/** Executes the steps as the command handler would. A command that is not authorised or is refused leaves no trace. */
function lived(turns: readonly Turn[]): Lived[] {
  let plan = present(replay(BEGIN));
  return turns.flatMap(({ command, given }) => {
    if (!mayCommand(given.actor.role, command.type, plan.status)) return [];
    const decision = decide(plan, command, given);
    if (decision.kind === 'refused') return [];
    const before = plan;
    plan = present(decision.events.reduce<Plan>(evolve, plan));
    return [{ given, before, after: plan, events: decision.events }];
  });
}

/** Returns the signed text: the printed rows in their order. */
function printed(plan: ExistingPlan): string {
  const rows = [...plan.activities.values()].map(
    ({ number, text, timeframe, responsible, sectionId, order, excluded }) => [
      ...[number, text, timeframe.text, timeframe.schedule, responsible, sectionId, order, excluded],
    ],
  );
  return JSON.stringify([plan.details, rows.sort()]);
}

function figures(plan: ExistingPlan, on: string): Figures {
  return planFigures(indicatorFacts(plan), { on, from: null, to: null });
}

describe('a year of 300 commands by random roles', () => {
  it('changes approved content by an edition alone', () => {
    fc.assert(
      fc.property(years, (turns) => {
        for (const { before, after } of lived(turns)) {
          if (printed(before) !== printed(after)) expect(after.edition).toBe(before.edition + 1);
        }
      }),
      LIMIT,
    );
  });

  it('has the same figures without its notices', () => {
    fc.assert(
      fc.property(years, (turns) => {
        const events = [...BEGIN, ...lived(turns).flatMap((turn) => turn.events)];
        const quiet = events.filter(({ type }) => type !== 'DeadlineMissed');
        for (const on of ['2020-11-15', '2021-02-28', '2021-08-31']) {
          expect(figures(present(replay(quiet)), on)).toEqual(figures(present(replay(events)), on));
        }
      }),
      LIMIT,
    );
  });

  it('is known on each of its days for ever as it was known then', async () => {
    await fc.assert(
      fc.asyncProperty(years, async (turns) => {
        await withStore(async (store) => {
          const known = new Map<string, Figures>();
          let revision = await append(store, 0, BEGIN, {
            ...(turns[0]?.given ?? never()),
            now: '2020-09-01T00:00:00.000Z',
          });
          known.set('2020-09-01', figures(present(replay(BEGIN)), '2021-08-31'));
          for (const { given, after, events } of lived(turns)) {
            revision = await append(store, revision, events, given);
            known.set(localDay(given.now, ZONE), figures(after, '2021-08-31'));
          }
          for (const [day, then] of known) {
            const plan = await planAsOf(store, 'p1', { kind: 'knownOn', day });
            expect(plan && figures(plan, '2021-08-31')).toEqual(then);
          }
          expect(await planAsOf(store, 'p1', { kind: 'knownOn', day: '2020-08-31' })).toBeUndefined();
        });
      }),
      { ...LIMIT, numRuns: 8 },
    );
  });

  it('has something of everything, so that the properties above mean something', () => {
    const types = fc
      .sample(years, { numRuns: 20, seed: 3 })
      .flatMap((turns) => lived(turns).flatMap(({ events }) => events.map(({ type }) => type)));
    const wanted = ['PlanAmended', 'ActivityRescheduled', 'ActivityCompleted', 'ReportAccepted', 'DeadlineMissed'];
    expect(wanted.filter((type) => !types.some((each) => each === type))).toEqual([]);
  });
});

function never(): never {
  throw new Error('a year without a command');
}

async function withStore(work: (store: EventStore) => Promise<void>): Promise<void> {
  const directory = await temporaryDirectory();
  const store = await openSqliteEventStore(join(directory, 'chronicle.db'));
  try {
    await work(store);
  } finally {
    await store.close();
    await removeDirectory(directory);
  }
}

async function append(store: EventStore, from: number, events: readonly PlanEvent[], given: Given): Promise<number> {
  const stream = 'plan-p1';
  const stored = events.map((event, index) =>
    storedBy(event, { stream, revision: from + index, recordedAt: given.now, command: String(from) }, given),
  );
  await store.append(stream, from === 0 ? 'noStream' : from - 1, stored);
  return from + events.length;
}
