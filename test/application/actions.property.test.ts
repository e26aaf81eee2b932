import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { activityActions, requestActions } from '../../src/application/actions.js';
import { mayCommand } from '../../src/application/policy.js';
import { decide } from '../../src/domain/decide.js';
import { evolve, replay } from '../../src/domain/evolve.js';
import type { ActivityStanding } from '../../src/domain/plan/capability.js';
import type { PlanCommand, PlanEvent } from '../../src/domain/plan/catalogue.js';
import { PLAN_COMMANDS } from '../../src/domain/plan/catalogue.js';
import { activityIdOf, type ExistingPlan, type Plan } from '../../src/domain/plan.js';
import { evidenceOfAll, pointsOf } from '../../src/domain/points.js';
import { type Move, moves } from '../domain/moves.js';
import { approvedOf, asked, completed, draftOf, reported } from '../support/domain.js';

const UNDER_WAY = approvedOf('сентябрь 2020 г.', '1 раз в квартал', 'ноябрь 2020 г., апрель 2021 г.');
const BEGINNINGS: readonly (readonly PlanEvent[])[] = [
  draftOf('сентябрь 2020 г.', 'ежемесячно', 'когда придётся'),
  UNDER_WAY,
  [
    ...UNDER_WAY,
    completed('a1.1', '2020-09-20', '2020-09-30'),
    reported('a2.r1', [{ pointId: 'a2.2', dueOn: '2020-12-31' }]),
    asked('a1.q1', 'декабрь 2020 г.'),
  ],
];

function standingOf(plan: ExistingPlan, activityId: string): ActivityStanding | undefined {
  const activity = plan.activities.get(activityId);
  if (!activity) return undefined;
  const points = pointsOf(plan, activity);
  return { ...activity, evidence: evidenceOfAll(points), pointCount: points.length };
}

/** Returns the actions that are offered to the actor of a move, where its command is about an activity or a request. */
function offeredFor(plan: ExistingPlan, { command, circumstances }: Move): readonly string[] | undefined {
  const { role } = circumstances.actor;
  if ('requestId' in command && command.requestId !== null) {
    const standing = standingOf(plan, activityIdOf(command.requestId));
    const request = standing?.requests.find(({ id }) => id === command.requestId);
    return standing && request ? requestActions(role, plan.status, standing, request) : [];
  }
  if (!('activityId' in command)) return undefined;
  const standing = standingOf(plan, command.activityId);
  return standing ? activityActions(role, plan.status, standing) : [];
}

describe('the actions on an activity and on a request', () => {
  /** Checks many sequences of commands. Returns the commands that were accepted in one of them. */
  function check(parameters: fc.Parameters<unknown>): ReadonlySet<PlanCommand['type']> {
    const accepted = new Set<PlanCommand['type']>();
    const games = fc.tuple(fc.constantFrom(...BEGINNINGS), fc.array(moves, { maxLength: 25, size: 'max' }));
    fc.assert(
      fc.property(games, ([history, sequence]) => {
        let plan: Plan = replay(history);
        for (const move of sequence) {
          const { command, circumstances } = move;
          const decision = decide(plan, command, circumstances);
          if (decision.kind === 'refused') continue;
          if (plan.status !== 'ABSENT' && mayCommand(circumstances.actor.role, command.type, plan.status)) {
            const offered = offeredFor(plan, move);
            if (offered) {
              expect(offered).toContain(command.type);
              accepted.add(command.type);
            }
          }
          for (const event of decision.events) plan = evolve(plan, event);
        }
      }),
      parameters,
    );
    return accepted;
  }

  it('include every command that would be accepted', () => {
    check({ numRuns: 300 });
  });

  it('are checked with every command that declares where it fits', () => {
    // A fixed seed, because a random run may miss a rare command.
    const accepted = check({ numRuns: 1_000, seed: 20_201_001 });
    const declared = Object.entries(PLAN_COMMANDS).filter(
      ([, definition]) => 'decide' in definition && (definition.fitsActivity || definition.fitsRequest),
    );
    expect([...accepted].toSorted()).toEqual(declared.map(([name]) => name).toSorted());
  });

  it('leave out what the state of the row forbids', () => {
    const plan = replay(UNDER_WAY);
    if (plan.status === 'ABSENT') throw new Error('it was approved');
    const standing = standingOf(plan, 'a1');
    if (!standing) throw new Error('it has rows');
    const actions = (state: Partial<ActivityStanding>) =>
      activityActions('director', 'APPROVED', { ...standing, ...state });
    expect(actions({})).toEqual(expect.arrayContaining(['completeActivity', 'submitReport', 'excludeActivity']));
    expect(actions({})).not.toContain('withdrawCompletion');
    expect(actions({ evidence: 'ACCEPTED' })).not.toContain('completeActivity');
    expect(actions({ excluded: true })).toEqual(['confirmAccountable']);
    expect(activityActions('auditor', 'APPROVED', standing)).toEqual([]);
    expect(activityActions('director', 'CANCELLED', standing)).toEqual([]);
  });
});
