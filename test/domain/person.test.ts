import { describe, expect, it } from '@jest/globals';
import type { PersonCommand } from '../../src/domain/person/commands.js';
import { decidePerson } from '../../src/domain/person/decide.js';
import { evolvePerson } from '../../src/domain/person/evolve.js';
import { type DataSubject, NOT_FORGOTTEN } from '../../src/domain/person/person.js';
import { retainedUntil } from '../../src/domain/retention.js';
import { ADMINISTRATOR, ON_AN_ORDINARY_DAY, YEAR } from '../support/domain.js';

const COMMAND: PersonCommand = {
  type: 'forgetPerson',
  ground: 'CONSENT_WITHDRAWN',
  requestedOn: '2020-10-10',
  isKnown: true,
  isNamedHere: false,
  apiKeys: 0,
  retainedPlans: 0,
  despiteRetention: false,
};
const GIVEN = { ...ON_AN_ORDINARY_DAY, actor: ADMINISTRATOR, reason: 'Заявление № 7 от 10.10.2020' };
const decided = (over: Partial<PersonCommand> = {}, person: DataSubject = NOT_FORGOTTEN, given = GIVEN) => {
  const decision = decidePerson(person, { ...COMMAND, ...over }, given);
  return decision.kind === 'refused' ? decision.refusal.code : decision.events;
};

describe('forgetting a person', () => {
  it('records the ground, and how many plans had to be kept longer', () => {
    expect(decided({ retainedPlans: 2, despiteRetention: true })).toEqual([
      { type: 'PersonForgotten', data: { ground: 'CONSENT_WITHDRAWN', requestedOn: '2020-10-10', retainedPlans: 2 } },
    ]);
  });

  it.each([
    ['who is not known', { isKnown: false }, 'PERSON_NOT_FOUND'],
    ['by a reason that names them', { isNamedHere: true }, 'PERSON_IS_NAMED'],
    ['whose name an API key bears', { apiKeys: 1 }, 'PERSON_HAS_KEYS'],
    ['named in a plan that must be kept, without a word of it', { retainedPlans: 1 }, 'RETENTION_NOT_OVER'],
    ['on a request of tomorrow', { requestedOn: '2020-10-16' }, 'ACTUAL_DATE_IN_FUTURE'],
    ['on a request of no day', { requestedOn: 'вчера' }, 'INVALID_DATE'],
  ] as const)('is refused of one %s', (_, over, code) => {
    expect(decided(over)).toBe(code);
  });

  it('is refused without a reason, and twice', () => {
    expect(decided({}, NOT_FORGOTTEN, { ...GIVEN, reason: ' ' })).toBe('REASON_REQUIRED');
    const forgotten = evolvePerson(NOT_FORGOTTEN, {
      type: 'PersonForgotten',
      data: { ground: 'UNLAWFUL', requestedOn: null, retainedPlans: 0 },
    });
    expect(forgotten).toEqual({ status: 'FORGOTTEN', ground: 'UNLAWFUL' });
    expect(decided({}, forgotten)).toBe('PERSON_FORGOTTEN');
  });
});

describe('the term of storage of a plan', () => {
  it('is counted from the first of January after its end', () => {
    expect(retainedUntil({ status: 'APPROVED', period: YEAR }, 5)).toBe('2027-01-01');
    expect(retainedUntil({ status: 'CLOSED', period: YEAR }, 0)).toBe('2022-01-01');
  });

  it('is none for what was never in force', () => {
    expect(retainedUntil({ status: 'DRAFT', period: YEAR }, 5)).toBeNull();
    expect(retainedUntil({ status: 'WITHDRAWN', period: YEAR }, 5)).toBeNull();
    expect(retainedUntil({ status: 'APPROVED', period: null }, 5)).toBeNull();
  });
});
