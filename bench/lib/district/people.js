import { built } from '../dist.js';
import { phrases } from './phrases.js';

const { mapPersons } = await built('domain/personal.js');
const { readResponsible } = await built('domain/wording/responsible.js');

/** Who works on a plan: a methodologist who keeps it, a director who signs it. */
export function staffOf(random, institution) {
  const person = (role, post) => {
    const name = `${random.pick(phrases.surnames)} ${random.pick(phrases.initials)}`;
    return { id: `${role}-${random.below(10_000)}`, role, post, organisation: null, name };
  };
  return {
    methodologist: person('methodologist', `Методист ${institution}`),
    director: person('director', `Директор ${institution}`),
  };
}

const read = new Map();

/** A cell of responsible parties as it is read from a document, its names sealed. */
export function responsibleOf(text, seal) {
  if (!read.has(text)) read.set(text, readResponsible(text));
  const { text: printed, parties } = read.get(text);
  return {
    text: mapPersons(printed, seal),
    parties: parties.map((party) => ({ ...party, name: mapPersons(party.name, seal) })),
  };
}
