import type { Party, Responsible } from '../parties.js';
import { type NamedPerson, printOf } from '../personal.js';
import { partyKindOf } from './parties/kinds.js';
import { isPartyWord } from './parties/lexicon.js';
import { splitParties } from './parties/split.js';
import { findPersons } from './persons.js';

const AGREEMENT = /[(/]\s?по\sсогл(?:асовани[юе]|асов|ас)?\.?\s?[)/]?|(?:^|,?\s)по\sсогласованию$/iu;
const JOINT = /^\(?совместно с(?:о)?\s/iu;

/**
 * Returns the responsible parties of a printed cell, in order. Parties are found by what they are composed of: known
 * posts and bodies, names of persons, separators. Nothing is parted inside quotation marks or brackets.
 */
export function readResponsible(cell: string): Responsible<NamedPerson> {
  const text = cell.trim();
  const persons = findPersons(text);
  // A surname may be known by its neighbours alone: «Зуева, Кац».
  const names = new Set(persons.flatMap((part) => (typeof part === 'string' ? [] : [part.person])));
  const parties = splitParties(jointMarked(text)).map((part) => partyOf(part, names));
  return { text: persons, parties: parties.filter(isNamedParty) };
}

/** Returns the kind of a party with its marks, in the notation of the corpus: `org+agreement`. */
export function kindNotation({ kind, agreement, joint }: Pick<Party, 'kind' | 'agreement' | 'joint'>): string {
  return `${kind}${agreement ? '+agreement' : ''}${joint ? '+joint' : ''}`;
}

function partyOf(part: string, names: ReadonlySet<string>): Party<NamedPerson> {
  const agreed = AGREEMENT.exec(part);
  const bare = agreed ? part.slice(0, agreed.index).trimEnd() + part.slice(agreed.index + agreed[0].length) : part;
  const joint = JOINT.test(bare);
  const printed = bare.replace(JOINT, '').trim();
  const isName = names.has(printed);
  const name = (isName ? [{ person: printed }] : findPersons(printed)).map((each) =>
    typeof each === 'string' ? inOneLine(each) : { person: inOneLine(each.person) },
  );
  return { name, kind: isName ? 'person' : partyKindOf(printed, joint), agreement: agreed !== null, joint };
}

/** One line; a word that a hyphen breaks at the end of a line is whole: with its hyphen, or in one for a known word. */
function inOneLine(text: string): string {
  const [first = '', ...others] = text.split(/-[^\S\n]{0,9}\n\s{0,9}(?=\p{L})/u);
  const whole = [first];
  // Only the end of what was joined is looked at, so that a text of many broken words is not read again for each.
  let end = first.slice(-LONGEST_WORD_PART);
  for (const after of others) {
    const joined = isOneWord(end, after) ? after : `-${after}`;
    whole.push(joined);
    end = `${end}${joined.slice(-LONGEST_WORD_PART)}`.slice(-LONGEST_WORD_PART);
  }
  return whole.join('').replace(/\s+/gu, ' ');
}

const LONGEST_WORD_PART = 30;

function isOneWord(before: string, after: string): boolean {
  const left = before.split(/[^\p{L}]/u).at(-1) ?? '';
  const right = after.slice(0, LONGEST_WORD_PART).split(/[^\p{L}]/u)[0] ?? '';
  return left !== '' && isPartyWord((left + right).toLowerCase());
}

/** Signs alone and a bare «(по согласованию)» name nobody. */
function isNamedParty({ name }: Party<NamedPerson>): boolean {
  return /[\p{L}\d]/u.test(printOf(name));
}
/** Puts a comma before «совместно с …», so that it begins a separate party. Removes the brackets around it. */
function jointMarked(text: string): string {
  return jointBegun(jointUnbracketed(text));
}

/** Also removes the white space before an opening bracket. Visits each bracket once. */
function jointUnbracketed(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const { index } of text.matchAll(/\(совместно с/giu)) {
    if (index < from) continue;
    const close = text.indexOf(')', index);
    if (close < 0) break;
    parts.push(text.slice(from, index).trimEnd(), ', ', text.slice(index + 1, close));
    from = close + 1;
  }
  return parts.join('') + text.slice(from);
}

function jointBegun(text: string): string {
  const parts: string[] = [];
  let from = 0;
  let last = 0;
  for (const { index, 0: words } of text.matchAll(/совместно со?\s/giu)) {
    if (index <= last || !/\s/u.test(text[index - 1] ?? '')) continue;
    const begun = Math.max(from, last);
    parts.push(text.slice(from, begun), text.slice(begun, index).trimEnd(), ', ');
    from = index;
    last = index + words.length;
  }
  return parts.join('') + text.slice(from);
}
