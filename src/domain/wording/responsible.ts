import type { Party, Responsible } from '../parties.js';
import { type NamedPerson, type PrintedText, printOf } from '../personal.js';
import { partyKindOf } from './parties/kinds.js';
import { isPartyWord } from './parties/lexicon.js';
import { splitParties } from './parties/split.js';
import { findPersons } from './persons.js';

const AGREEMENT = /[(/]\s?по\sсогл(?:асовани[юе]|асов|ас)?\.?\s?[)/]?|(?:^|,?\s)по\sсогласованию$/iu;
/** Words before a party that takes part: «совместно с», «при участии». */
const WITH = String.raw`(?:(?:совместно|вместе)\sсо?|при\s(?:участии|поддержке|содействии)|с\s(?:участием|привлечением))\s`;
const JOINT = new RegExp(String.raw`^\(?${WITH}`, 'iu');
const BRACKETED_WITH = new RegExp(String.raw`\(${WITH}`, 'giu');
const ANY_WITH = new RegExp(WITH, 'giu');
/** Matches contact details: a telephone number or an e-mail address. They are not a party. */
const CONTACT = /^(?:тел|моб|факс|т)?[\s.:]{0,3}[+\d][\d\s()-]{5,20}$|^[^\s@]{1,60}@[^\s@]{1,60}$/iu;

/**
 * Returns the responsible parties of a printed cell, in order. Parties are recognised by known posts and bodies, names
 * of persons, and separators. Texts in quotation marks or brackets are not split.
 */
export function readResponsible(cell: string): Responsible<NamedPerson> {
  const text = cell.trim();
  const persons = findPersons(text);
  // Find names in the whole cell, because some surnames are recognised only beside others: «Зуева, Кац».
  const names = personNames(persons);
  const parties = splitParties(jointMarked(text)).map((part) => partyOf(part, names));
  return { text: persons, parties: parties.filter(isNamedParty) };
}

/** Returns the party of a text that names one, with its marks. */
export function readParty(text: string): Party<NamedPerson> {
  return partyOf(text.trim(), personNames(findPersons(text)));
}

function personNames(text: PrintedText<NamedPerson>): ReadonlySet<string> {
  return new Set(text.flatMap((part) => (typeof part === 'string' ? [] : [part.person])));
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

/**
 * Returns a text in one line. A word that a hyphen divides at the end of a line is joined, without the hyphen if the
 * joined word is known.
 */
function inOneLine(text: string): string {
  const [first = '', ...others] = text.split(/-[^\S\n]{0,9}\n\s{0,9}(?=\p{L})/u);
  const whole = [first];
  // Only the end of the joined text is examined, so that the time is linear for a text with many divided words.
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

/**
 * Returns true if a party has a name. Signs, «(по согласованию)» without a name, and contact details do not name a
 * party.
 */
function isNamedParty({ name }: Party<NamedPerson>): boolean {
  const printed = printOf(name);
  return /[\p{L}\d]/u.test(printed) && !CONTACT.test(printed);
}

/**
 * Puts a comma before «совместно с …» and «при участии …», so that they begin a separate party. Removes the brackets
 * around them.
 */
function jointMarked(text: string): string {
  return jointBegun(jointUnbracketed(text));
}

/** Also removes the white space before an opening bracket. Visits each bracket once. */
function jointUnbracketed(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const { index } of text.matchAll(BRACKETED_WITH)) {
    if (index < from) continue;
    const close = text.indexOf(')', index);
    if (close < 0) break;
    parts.push(text.slice(from, index).trimEnd(), '; ', text.slice(index + 1, close));
    from = close + 1;
  }
  return parts.join('') + text.slice(from);
}

function jointBegun(text: string): string {
  const parts: string[] = [];
  let from = 0;
  let last = 0;
  for (const { index, 0: words } of text.matchAll(ANY_WITH)) {
    if (index <= last || !/\s/u.test(text[index - 1] ?? '')) continue;
    const begun = Math.max(from, last);
    parts.push(text.slice(from, begun), text.slice(begun, index).trimEnd(), '; ');
    from = index;
    last = index + words.length;
  }
  return parts.join('') + text.slice(from);
}
