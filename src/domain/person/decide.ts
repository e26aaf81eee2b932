import type { Given } from '../actor.js';
import { localDay } from '../dates.js';
import { circumstances, firstOf, reasonGiven, validDate } from '../plan/checks.js';
import { accept, type Decision, refuse } from '../refusal.js';
import type { PersonCommand } from './commands.js';
import type { PersonEvent } from './events.js';
import type { DataSubject } from './person.js';

/** Decides on the erasure of a person: the event to append, or a refusal. Pure and total. */
export function decidePerson(person: DataSubject, command: PersonCommand, given: Given): Decision<PersonEvent> {
  const { ground, requestedOn, retainedPlans, despiteRetention, apiKeys } = command;
  return (
    firstOf(
      circumstances(given),
      person.status === 'FORGOTTEN' ? refuse('PERSON_FORGOTTEN', 'person') : undefined,
      command.isKnown ? undefined : refuse('PERSON_NOT_FOUND', 'person'),
      validDate('requestedOn', requestedOn),
      // The latest local day anywhere: a request cannot be dated later.
      requestedOn !== null && requestedOn > localDay(given.now, 'Pacific/Kiritimati')
        ? refuse('ACTUAL_DATE_IN_FUTURE', 'requestedOn', { date: requestedOn })
        : undefined,
      reasonGiven(given),
      command.isNamedHere ? refuse('PERSON_IS_NAMED', 'reason') : undefined,
      apiKeys > 0 ? refuse('PERSON_HAS_KEYS', 'person', { keys: apiKeys }) : undefined,
      retainedPlans > 0 && !despiteRetention
        ? refuse('RETENTION_NOT_OVER', 'despiteRetention', { plans: retainedPlans })
        : undefined,
    ) ?? accept({ type: 'PersonForgotten', data: { ground, requestedOn, retainedPlans } })
  );
}
