import { memoizedByKey } from '../../memo.js';
import type { PartyKind } from '../../parties.js';
import type { PartyToken } from './tokens.js';
import * as words from './words.js';

/** A known word for a party. */
export interface Known {
  readonly kind: PartyKind;
  /** The singular, which identifies the word in rules. */
  readonly lemma: string;
  readonly plural: boolean;
  /** True if the form may also be the genitive singular: «школы», «учителя». */
  readonly ambiguous: boolean;
  /** True for a post or a group of people; false for an organisation or unit. */
  readonly people: boolean;
  readonly form: 'word' | 'short' | 'capitals';
}

/** The first noun of a party, after its adjectives. */
export interface PartyHead {
  readonly known: Known;
  readonly adjectives: readonly PartyToken[];
  /** Index after the noun and the dot of its abbreviation. */
  readonly end: number;
}

/** Words for parties in the forms in which parties begin: singular and plural. */
export const FORMS = new Map<string, Known>();
/** Beginnings of posts and groups, as they are abbreviated before a dot. */
const BEGINNINGS = new Map<string, Known>();
const CAPITALS = new Map<string, Known>();
const MIN_BEGINNING = 4;
const MIN_COMPOUND = 6;
const MAX_ADJECTIVES = 4;

function add(form: string, known: Known): void {
  if (!FORMS.has(form)) FORMS.set(form, known);
  if (!known.people) return;
  for (let length = MIN_BEGINNING; length < form.length; length += 1) {
    const beginning = form.slice(0, length);
    if (!BEGINNINGS.has(beginning)) BEGINNINGS.set(beginning, { ...known, form: 'short' });
  }
}

function addTable(table: string, kind: PartyKind): void {
  for (const row of table.split(/[|\n]/u)) {
    const [lemma, plural] = row.trim().split(/\s+/u);
    if (!lemma) continue;
    const alone = kind === 'group' && plural === undefined;
    // A group with a plural form, such as «группа» and «команда», is treated like an organisation.
    const people = kind === 'role' || alone;
    add(lemma, { kind, lemma, plural: alone, ambiguous: false, people, form: 'word' });
    if (plural === undefined) continue;
    const ambiguous = /[ая]$/u.test(plural) || (people ? /[ая]$/u : /[аяь]$/u).test(lemma);
    add(plural, { kind: 'group', lemma, plural: true, ambiguous, people, form: 'word' });
  }
}

function isPeople(kind: PartyKind): boolean {
  return kind === 'role' || kind === 'group';
}

const listed = (list: string): readonly string[] => list.split(/\s+/u).filter((word) => word !== '');
const setOf = (list: string): ReadonlySet<string> => new Set(listed(list));

addTable(words.POSTS, 'role');
addTable(words.GROUPS, 'group');
addTable(words.UNIT_WORDS, 'unit');
addTable(words.ORGANISATION_WORDS, 'org');
const contracted = { role: words.CONTRACTED_POSTS, group: words.CONTRACTED_GROUPS };
const shortened = { group: words.SHORT_GROUPS, role: words.SHORT_POSTS };
const SHORT = new Map<string, Known>();
for (const kind of ['group', 'role'] as const) {
  const common = { kind, plural: kind === 'group', ambiguous: false, people: true };
  for (const lemma of listed(contracted[kind])) FORMS.set(lemma, { ...common, lemma, form: 'word' });
  for (const lemma of listed(shortened[kind])) SHORT.set(lemma, { ...common, lemma, form: 'short' });
}
for (const kind of ['role', 'unit', 'group', 'org'] as const) {
  const common = {
    kind,
    plural: kind === 'group',
    ambiguous: false,
    people: isPeople(kind),
    form: 'capitals',
  } as const;
  for (const lemma of listed(words.ABBREVIATED_WORDS[kind])) CAPITALS.set(lemma, { ...common, lemma });
}

const SHORT_ADJECTIVES = setOf(words.SHORT_ADJECTIVE_LIST);
const DETERMINERS = setOf(words.DETERMINER_WORDS);
export const INCOMPLETE = setOf(words.INCOMPLETE_WORDS);
export const LABELS = setOf(words.LABEL_WORDS);
export const FIRST_POSTS = setOf(words.FIRST_POST_WORDS);
export const SECOND_POSTS = setOf(words.SECOND_POST_WORDS);
export const SEVERAL_FIELDS = setOf(words.OF_SEVERAL_FIELDS);
export const SEVERAL_SUBJECTS = setOf(words.OF_SEVERAL_SUBJECTS);
export const OWN_UNITS = setOf(words.OWN_UNIT_WORDS);
export const PLACE_WORDS = setOf(words.PLACE_WORD_LIST);
const POST_ENDINGS = listed(words.POST_ENDING_LIST);
const GROUP_ENDINGS = listed(words.GROUP_ENDING_LIST);

/** Returns true for a word in capitals. */
export function isCapitals({ kind, text }: PartyToken): boolean {
  return kind === 'word' && /^\p{Lu}[\p{Lu}-]+$/u.test(text);
}

/** Returns true if a word in small letters is a known form of a post, group or body: «педагоги». */
export function isPartyWord(word: string): boolean {
  return FORMS.has(word.replaceAll('ё', 'е'));
}

/** Returns true for an abbreviation in capitals; «ППк» is an abbreviation too. */
function isAbbreviation({ text }: PartyToken): boolean {
  return /^\p{Lu}{2}/u.test(text);
}

/** Returns true for «все», which may be the name of a group. */
export function isDeterminer({ lower }: PartyToken): boolean {
  return DETERMINERS.has(lower);
}

/** Returns true for a word with which a party may begin: a word for a post, a group or a body, or its abbreviation. */
export function isKnownWord(token: PartyToken): boolean {
  return knownWord(token) !== undefined || SHORT_ADJECTIVES.has(token.lower);
}

/** Returns the meaning of a word in the form in which a party begins; undefined for none. */
export function knownWord(token: PartyToken): Known | undefined {
  const { lower } = token;
  return (isAbbreviation(token) ? CAPITALS.get(lower) : undefined) ?? wordOf(lower) ?? SHORT.get(lower);
}

/** Returns the head of a party that begins at a token; undefined for an unknown beginning. */
export function headAt(tokens: readonly PartyToken[], start: number): PartyHead | undefined {
  const adjectives: PartyToken[] = [];
  let at = start;
  if (tokens[at]?.kind === 'number') return classesAt(tokens, at);
  // «Ответственный секретарь»: a post in the form of an adjective may precede another post.
  let adjectival: PartyHead | undefined;
  while (adjectives.length <= MAX_ADJECTIVES) {
    const token = tokens[at];
    if (token?.kind !== 'word') return adjectival;
    const isShort = hasDot(tokens, at) && SHORT_ADJECTIVES.has(token.lower);
    const found = isShort ? undefined : knownAt(tokens, at);
    if (found && adjectival && isOfPost(found.known)) return adjectival;
    if (found && !isAdjective(token.lower))
      return { known: settled(found.known, adjectives), adjectives, end: found.end };
    if (found) adjectival = { known: found.known, adjectives: [...adjectives], end: found.end };
    else if (!isShort && !isAdjective(token.lower) && !DETERMINERS.has(token.lower)) return adjectival;
    adjectives.push(token);
    at += isShort ? 2 : 1;
  }
  return adjectival;
}

/**
 * Returns true for a word that belongs to a post and is not the head of a party: «Заведующий ДОУ», «заведующий школы».
 */
function isOfPost({ people, ambiguous, form, kind }: Known): boolean {
  return form === 'capitals' ? kind !== 'role' : !people && ambiguous;
}

/** «5 класс», «9а класс», «1-4 кл.» */
function classesAt(tokens: readonly PartyToken[], start: number): PartyHead | undefined {
  let at = start + 1;
  if (/^\p{L}$/u.test(tokens[at]?.text ?? '')) at += 1;
  if (/^[-–—]$/u.test(tokens[at]?.text ?? '') && tokens[at + 1]?.kind === 'number') at += 2;
  const { lower = '' } = tokens[at] ?? {};
  const known = wordOf(lower === 'кл' ? 'класс' : lower);
  return known?.kind === 'group' ? { known, adjectives: [], end: at + 1 } : undefined;
}

/**
 * Returns the kind of party that the ending of an unknown word suggests: a post or a group of people; undefined for
 * none.
 */
export function guessed({ lower }: PartyToken): PartyKind | undefined {
  if (lower.length < 6) return undefined;
  if (GROUP_ENDINGS.some((ending) => lower.endsWith(ending))) return 'group';
  return POST_ENDINGS.some((ending) => lower.endsWith(ending)) ? 'role' : undefined;
}

/**
 * Returns true for an adjective in the genitive, with which no party begins: «Ивановского, Петровского сельских
 * поселений».
 */
export function isGenitive({ lower }: PartyToken): boolean {
  return lower.length > 4 && /(?:ого|его|ых|их)$/u.test(lower);
}

/** Returns the kind of a party with this head and the words behind it. */
export function kindOfHead({ known, adjectives }: PartyHead, behind: readonly PartyToken[]): PartyKind {
  const rule = words.KIND_RULES.find(({ word, before, adjective }) => {
    if (word !== known.lemma || (known.plural && known.form === 'word')) return false;
    if (adjective !== undefined) {
      const all = listed(adjective);
      return adjectives.some(({ lower }) => all.length === 0 || all.some((stem) => lower.startsWith(stem)));
    }
    const next = behind.filter(({ kind }) => kind === 'word').slice(0, 2);
    return listed(before ?? '').some((stem) =>
      stem === '$' ? next.length === 0 : next.some(({ lower }) => lower.startsWith(stem)),
    );
  });
  // «СОШ № 3» is one school of a group.
  const isNumbered = known.kind === 'group' && known.form === 'capitals' && behind[0]?.text === '№';
  return rule?.kind ?? (isNumbered ? 'org' : known.kind);
}

/** After an adjective in the nominative plural the form is certainly a plural: «сельские администрации». */
function settled(known: Known, adjectives: readonly PartyToken[]): Known {
  if (adjectives.length === 0 || !known.ambiguous) return known;
  return adjectives.some(({ lower }) => /(?:ые|ие|все)$/u.test(lower)) ? { ...known, ambiguous: false } : known;
}

function isAdjective(word: string): boolean {
  return word.length > 4 && /(?:ый|ий|ая|яя|ое|ее|ые|ие|ской|ной)$/u.test(word);
}

function hasDot(tokens: readonly PartyToken[], at: number): boolean {
  const next = tokens[at + 1];
  return next?.text === '.' && next.gap === '';
}

function knownAt(
  tokens: readonly PartyToken[],
  at: number,
): { readonly known: Known; readonly end: number } | undefined {
  const token = tokens[at];
  if (!token) return undefined;
  const { lower } = token;
  if (isActing(tokens, at)) return { known: ACTING, end: at + 4 };
  const isShort = hasDot(tokens, at);
  const known =
    (isAbbreviation(token) ? CAPITALS.get(lower) : undefined) ??
    wordOf(lower) ??
    (isShort ? (SHORT.get(lower) ?? BEGINNINGS.get(lower)) : undefined) ??
    (UNDOTTED.has(lower) ? SHORT.get(lower) : undefined);
  return known && { known, end: at + (isShort && known.form === 'short' ? 2 : 1) };
}

/** Abbreviations that are also printed without a dot. */
export const UNDOTTED: ReadonlySet<string> = new Set(['зам', 'зав', 'рук', 'врио']);
const ACTING: Known = { kind: 'role', lemma: 'ио', plural: false, ambiguous: false, people: true, form: 'short' };

/** «И.о.», «и. о.» */
function isActing(tokens: readonly PartyToken[], at: number): boolean {
  return tokens[at]?.lower === 'и' && hasDot(tokens, at) && tokens[at + 2]?.text === 'о' && hasDot(tokens, at + 2);
}

const MAX_LOOKED_UP = 5_000;
const MAX_WORD = 40;

function wordOf(lower: string): Known | undefined {
  return lower.length > MAX_WORD ? undefined : lookedUp(lower);
}

// Memoized, because cells repeat their words.
const lookedUp = memoizedByKey(MAX_LOOKED_UP, (lower: string) => FORMS.get(lower) ?? partOf(lower));

/**
 * Looks up a part of a word: the first or last part of one with a hyphen, or the end of a compound («педколлектив»).
 */
function partOf(lower: string): Known | undefined {
  const parts = lower.split('-');
  if (parts.length > 1) return wordOf(parts[0] ?? '') ?? wordOf(parts.at(-1) ?? '');
  for (let from = 2; from <= lower.length - MIN_COMPOUND; from += 1) {
    const end = FORMS.get(lower.slice(from));
    if (end) return end;
  }
  return undefined;
}
