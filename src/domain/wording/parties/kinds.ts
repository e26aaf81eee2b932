import type { PartyKind } from '../../parties.js';
import { personsIn } from '../persons.js';
import { kindInAnyCase } from './cases.js';
import { guessed, headAt, isDeterminer, kindOfHead } from './lexicon.js';
import { type PartyToken, partyTokens } from './tokens.js';

/** Number of words at the beginning of a name that decide its kind. */
const WORDS = 8;
const DATIVE_NOUN = /(?:у|ю|ому|ему|ам|ям|ой|ей)$/u;
const DATIVE_ADJECTIVE = /(?:ому|ему|ым|им|ой|ей)$/u;
const INSTRUMENTAL_ADJECTIVE = /(?:ым|им|ыми|ими|ой|ей)$/u;

/** Returns the kind of a party by its name. A name that does not begin with a known word is an organisation. */
export function partyKindOf(name: string, isJoint: boolean): PartyKind {
  const tokens = partyTokens(name);
  const persons = personsIn(tokens);
  if (persons[0]?.start === 0) return 'person';
  // At the end of a cell the dot of an abbreviation may have been removed as the end of a sentence.
  const head = headAt(tokens, 0) ?? (tokens.length === 1 ? headAt(partyTokens(`${name}.`), 0) : undefined);
  if (head?.known.form === 'short' && persons.length > 0) return 'role';
  if (head) return kindOfHead(head, tokens.slice(head.end, head.end + WORDS));
  const first = tokens.slice(0, WORDS).filter(({ kind }) => kind === 'word');
  if (first[0] && isDeterminer(first[0])) return 'group';
  if (isJoint) {
    const noun = nounAfter(first, INSTRUMENTAL_ADJECTIVE);
    const kind = noun && kindInAnyCase(noun);
    if (kind) return kind;
  }
  // Orders name posts in the dative: «Заместителю директора», «классным руководителям».
  const charged = nounAfter(first, DATIVE_ADJECTIVE);
  if (charged && DATIVE_NOUN.test(charged.lower)) {
    const kind = kindInAnyCase({ lower: charged.lower.split('-')[0] ?? '' });
    if (kind) return kind;
  }
  const noun = first.find(({ lower }) => !/(?:ый|ий|ая|ое|ые|ие)$/u.test(lower));
  if (noun && tokens.length === 1 && /^\p{L}\p{Ll}{2,}[иы]$/u.test(noun.text)) return 'group';
  return (noun && guessed(noun)) ?? 'org';
}

/** Returns the first word of a known kind or without the ending of an adjective. */
function nounAfter(words: readonly PartyToken[], adjective: RegExp): PartyToken | undefined {
  return words.find((word) => kindInAnyCase(word) !== undefined || !adjective.test(word.lower));
}
