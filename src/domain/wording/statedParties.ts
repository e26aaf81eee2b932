import type { Party, PartyKind, Responsible } from '../parties.js';
import { type NamedPerson, type PrintedText, printOf } from '../personal.js';
import { findPersons } from './persons.js';
import { readParty } from './responsible.js';

/** A responsible party as the author of a row states it. What is null is read from its name. */
export interface StatedParty {
  readonly name: string;
  readonly kind: PartyKind | null;
  readonly agreement: boolean | null;
  readonly joint: boolean | null;
}

/** Returns a party as commands take it. */
export function statedParty({ name, kind, agreement, joint }: StatedParty): Party<NamedPerson> {
  const read = readParty(name);
  return {
    name: kind === 'person' ? [{ person: printOf(read.name) }] : read.name,
    kind: kind ?? read.kind,
    agreement: agreement ?? read.agreement,
    joint: joint ?? read.joint,
  };
}

/**
 * Returns a cell with the parties that its author states. A stated person is a person in the cell too, even if the rules
 * do not recognise the name, so that the name is sealed wherever it is printed.
 */
export function statedResponsible(cell: string, parties: readonly Party<NamedPerson>[]): Responsible<NamedPerson> {
  const names = parties.flatMap(({ kind, name }) => (kind === 'person' ? [printOf(name)] : []));
  return { text: names.reduce(withPerson, findPersons(cell.trim())), parties, statedBy: 'author' };
}

/** Returns a text in which each whole-word occurrence of a name is a person. */
function withPerson(text: PrintedText<NamedPerson>, person: string): PrintedText<NamedPerson> {
  return text.flatMap((part) => (typeof part === 'string' ? dividedAt(part, person) : [part]));
}

function dividedAt(text: string, person: string): PrintedText<NamedPerson> {
  const parts: (string | NamedPerson)[] = [];
  let from = 0;
  for (let at = text.indexOf(person); person !== '' && at >= 0; at = text.indexOf(person, at + person.length)) {
    if (isInWord(text[at - 1]) || isInWord(text[at + person.length])) continue;
    if (at > from) parts.push(text.slice(from, at));
    parts.push({ person });
    from = at + person.length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

function isInWord(mark: string | undefined): boolean {
  return mark !== undefined && /\p{L}/u.test(mark);
}
