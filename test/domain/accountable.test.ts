import { describe, expect, it } from '@jest/globals';
import { accountableFor } from '../../src/domain/parties.js';
import { approvedOf, DIRECTOR, given, party } from '../support/domain.js';

const parties = {
  text: ['Министерство, СОШ № 3'],
  parties: [...party('Министерство').parties, ...party('СОШ № 3').parties],
};
const plan = given(approvedOf('январь 2021 г.'))
  .when({ type: 'reassignActivity', activityId: 'a1', responsible: parties }, { actor: DIRECTOR, reason: 'Приказ' })
  .events();
const history = [...approvedOf('январь 2021 г.'), ...plan];
const confirm = (place: number | null) => ({ type: 'confirmAccountable', activityId: 'a1', place }) as const;

describe('who reports for an activity', () => {
  it('is assumed until somebody confirms it, and then said', () => {
    expect(accountableFor(parties.parties, 'Центр', null)).toEqual({ by: 'owner', assumed: true });
    given(history)
      .when(confirm(2))
      .thenEvents({
        type: 'AccountableConfirmed',
        data: { activityId: 'a1', accountable: { by: 'party', key: 'сош № 3' } },
      });
    const after = given(history).when(confirm(2)).plan().activities.get('a1');
    expect(accountableFor(parties.parties, 'Центр', after?.accountable ?? null)).toMatchObject({
      by: 'party',
      party: { name: ['СОШ № 3'] },
      assumed: false,
    });
  });

  it('may be the unit that keeps the plan', () => {
    const after = given(history).when(confirm(null)).plan().activities.get('a1');
    expect(accountableFor(party('СОШ № 3').parties, 'Центр', after?.accountable ?? null)).toEqual({
      by: 'owner',
      assumed: false,
    });
  });

  it('is one of those that are named, and is confirmed once', () => {
    given(history).when(confirm(3)).thenRefused('PARTY_NOT_FOUND', 'place');
    given(history, given(history).when(confirm(2)).events())
      .when(confirm(2))
      .thenRefused('NOTHING_CHANGES');
    given(history)
      .when({ ...confirm(1), activityId: 'a9' })
      .thenRefused('ACTIVITY_NOT_FOUND', 'activityId');
  });

  it('is open again when others become responsible', () => {
    const after = given(history, given(history).when(confirm(2)).events())
      .when(
        { type: 'reassignActivity', activityId: 'a1', responsible: party('Методист') },
        { actor: DIRECTOR, reason: 'Приказ' },
      )
      .plan();
    expect(after.activities.get('a1')?.accountable).toBeNull();
  });
});
