import type { Responsible } from '../../domain/parties.js';
import { mapPersons, type NamedPerson } from '../../domain/personal.js';
import { MAX_ITEMS } from '../../domain/plan/checks.js';
import { readResponsible } from '../../domain/wording/responsible.js';
import { statedParty, statedResponsible } from '../../domain/wording/statedParties.js';
import type { Seal } from '../../engine/vault/sealedText.js';
import { apiError } from '../errors.js';
import type { PartyInput } from './inputs.js';

/** The responsible parties of a row in the input of a mutation. */
interface ResponsibleInput {
  readonly responsible: string;
  readonly parties?: readonly PartyInput[] | null;
}

/** The responsible parties of a row as they were read, with the function that seals the names of persons in them. */
interface ReadParties {
  readonly read: Responsible<NamedPerson>;
  readonly sealed: (seal: Seal) => Responsible;
}

/** Reads the responsible parties of a row. Yields after each text that was read, because a batch has many long ones. */
export function* readParties({ responsible, parties }: ResponsibleInput): Generator<void, ReadParties> {
  const stated = [];
  // Read at most one party more than the maximum, so that the command refuses a longer list.
  for (const { name, kind = null, agreement = null, joint = null } of parties?.slice(0, MAX_ITEMS + 1) ?? []) {
    if (name.trim() === '') throw apiError('BAD_USER_INPUT', 'Each of `parties` has a name.');
    stated.push(statedParty({ name, kind, agreement, joint }));
    yield;
  }
  const read = parties ? statedResponsible(responsible, stated) : readResponsible(responsible);
  yield;
  return { read, sealed: (seal) => sealedResponsible(read, seal) };
}

function sealedResponsible({ text, parties, ...rest }: Responsible<NamedPerson>, seal: Seal): Responsible {
  return {
    ...rest,
    text: mapPersons(text, seal),
    parties: parties.map((party) => ({ ...party, name: mapPersons(party.name, seal) })),
  };
}
