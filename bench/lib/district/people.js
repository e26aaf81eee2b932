import { built } from '../dist.js';
import { phrases } from './phrases.js';

const { mapPersons } = await built('domain/personal.js');
const { readResponsible } = await built('domain/wording/responsible.js');

/** Returns the people of a plan: a methodologist who maintains it and a director who signs it. */
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

/** Returns the responsible parties of a table cell, as read from a document, with sealed names. */
export function responsibleOf(text, seal) {
  if (!read.has(text)) read.set(text, readResponsible(text));
  const { text: printed, parties } = read.get(text);
  return {
    text: mapPersons(printed, seal),
    parties: parties.map((party) => ({ ...party, name: mapPersons(party.name, seal) })),
  };
}
