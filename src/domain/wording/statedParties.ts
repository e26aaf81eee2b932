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
 * do not recognise the name, so that the name is sealed where it is printed in the same words. Other forms of it, such
 * as other cases, are sealed only if the rules recognise them.
 */
export function statedResponsible(cell: string, parties: readonly Party<NamedPerson>[]): Responsible<NamedPerson> {
  const names = parties.flatMap(({ kind, name }) => (kind === 'person' ? [printOf(name).trim()] : []));
  // Longer names come first, because they may contain shorter ones.
  const divided = names
    .filter((name) => name !== '')
    .toSorted((one, other) => other.length - one.length)
    .reduce<PrintedText<NamedPerson>>(withPerson, [cell.trim()]);
  const text = divided.flatMap((part) => (typeof part === 'string' ? findPersons(part) : [part]));
  return { text, parties, statedBy: 'author' };
}

/** Returns a text in which each occurrence of a name is a person: in any case of letters, with any white space. */
function withPerson(text: PrintedText<NamedPerson>, person: string): PrintedText<NamedPerson> {
  const words = person.toLowerCase().split(/\s+/u);
  return text.flatMap((part) => (typeof part === 'string' ? dividedAt(part, words) : [part]));
}

function dividedAt(text: string, words: readonly string[]): PrintedText<NamedPerson> {
  const [first = ''] = words;
  const lower = text.toLowerCase();
  const parts: (string | NamedPerson)[] = [];
  let from = 0;
  for (let at = lower.indexOf(first); at >= 0; at = lower.indexOf(first, at + 1)) {
    const end = at < from || isInWord(lower[at - 1]) ? undefined : endOfWords(lower, at, words);
    if (end === undefined) continue;
    if (at > from) parts.push(text.slice(from, at));
    parts.push({ person: text.slice(at, end) });
    from = end;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** Returns the index after these words in a text, if they begin at `start`; otherwise undefined. */
function endOfWords(text: string, start: number, words: readonly string[]): number | undefined {
  let at = start;
  for (const [index, word] of words.entries()) {
    const begun = at;
    while (index > 0 && /\s/u.test(text[at] ?? '')) at += 1;
    if ((index > 0 && at === begun) || !text.startsWith(word, at)) return undefined;
    at += word.length;
  }
  return isInWord(text[at]) ? undefined : at;
}

function isInWord(mark: string | undefined): boolean {
  return mark !== undefined && /\p{L}/u.test(mark);
}
