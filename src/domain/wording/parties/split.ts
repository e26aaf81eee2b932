import {
  FIRST_POSTS,
  guessed,
  headAt,
  INCOMPLETE,
  isCapitals,
  isGenitive,
  kindOfHead,
  LABELS,
  OWN_UNITS,
  type PartyHead,
  SECOND_POSTS,
  SEVERAL_FIELDS,
  SEVERAL_SUBJECTS,
  UNDOTTED,
} from './lexicon.js';
import { type Piece, piecesOf, type Separator, separatorOf, stronger } from './pieces.js';
import { type PartyToken, partyTokens } from './tokens.js';

/** A party that is being composed of pieces. */
interface Open {
  /** The first and the last piece of the party. */
  readonly first: Piece;
  last: Piece;
  /** The noun with which the party begins; undefined for a person and for an unknown word. */
  readonly head: PartyHead | undefined;
  /** Number of pieces after the head, and of persons among them. */
  more: number;
  persons: number;
  /** True inside a list of names: «Администрации: …». */
  isList: boolean;
  /** True after «по», which introduces the responsibility of a post. */
  isInCharge: boolean;
}

const PREPOSITION = /^(?:по|в|во|на|с|со|из|при|для|от|за|под|о|об|к|до|без|у|через)$/u;
const OPENING = /^[«["„“]$/u;
const CAPITAL = /^\p{Lu}/u;
/** Matches the word that begins a clause about the party before it: «учителя, работающие …», «педагоги, которые …». */
const CLAUSE = /^котор|(?:щ|вш)(?:ий|ая|ее|ие|его|их|ими|им|ем|ей|иеся|ийся|аяся)$/u;

/** Returns the parties of a cell as printed, in order. Linear in the cell. */
export function splitParties(text: string): string[] {
  const tokens = partyTokens(text);
  const pieces = piecesOf(tokens);
  const found: Open[] = [];
  let by: Separator = '';
  for (const [index, piece] of pieces.entries()) {
    const open = found.at(-1);
    by = stronger(by, piece.token.gap);
    const sign = separatorOf(tokens, piece);
    if (sign !== undefined) {
      by = stronger(by, sign);
      continue;
    }
    if (open && isLabel(open) && (by === ':' || isNamedBy(open, piece))) found.pop();
    if (!open || found.length === 0 || begins(tokens, open, piece, by, pieces[index + 1]))
      found.push(opened(tokens, piece));
    else extend(open, piece, by);
    by = '';
  }
  return found.map(({ first, last }) => text.slice(first.token.start, tokens[endOf(tokens, last) - 1]?.end));
}

/** The dot in «муз. рук., инструктор» belongs to the abbreviation: before a comma no other dot is possible. */
function endOf(tokens: readonly PartyToken[], { end }: Piece): number {
  const [dot, next] = [tokens[end], tokens[end + 1]];
  return dot?.text === '.' && dot.gap === '' && /^[,;/]$/u.test(next?.text ?? '') ? end + 1 : end;
}

/** Returns true for a label before parties, which is not a party itself: «Ответственные: …». */
function isLabel({ head, more, persons }: Open): boolean {
  return head !== undefined && more === 0 && persons === 0 && LABELS.has(head.known.lemma);
}

/** Returns true for a person after an abbreviated word. The person alone is then the party: «Отв. Соколов Д.И.». */
function isNamedBy({ head }: Open, { isPerson }: Piece): boolean {
  return isPerson && head?.known.form === 'short';
}

function opened(tokens: readonly PartyToken[], piece: Piece): Open {
  const head = piece.isPerson ? undefined : headAt(tokens, piece.at);
  return {
    first: piece,
    last: piece,
    head,
    more: 0,
    persons: piece.isPerson ? 1 : 0,
    isList: false,
    isInCharge: false,
  };
}

function extend(open: Open, piece: Piece, by: Separator): void {
  open.last = piece;
  if (by === ':') open.isList = true;
  if (piece.token.lower === 'по') open.isInCharge = true;
  if (piece.at >= (open.head?.end ?? 0)) open.more += 1;
  if (piece.isPerson) open.persons += 1;
}

/** Returns true when a piece begins a new party. */
function begins(
  tokens: readonly PartyToken[],
  open: Open,
  piece: Piece,
  by: Separator,
  next: Piece | undefined,
): boolean {
  const { token } = piece;
  if (token.inside || piece.at < (open.head?.end ?? 0)) return false;
  if (piece.isPerson) return personBegins(open, by, next);
  if (token.kind === 'sign') return signBegins(tokens, piece, by);
  if (by === ';') return true;
  if (by === ':') return false;
  const head = headAt(tokens, piece.at);
  return head ? headBegins(open, piece, head, by) : wordBegins(open, piece, by);
}

function personBegins(open: Open, by: Separator, next: Piece | undefined): boolean {
  const kind = kindOf(open);
  switch (by) {
    case ',':
    case ';':
    case 'и':
    case '/':
      return true;
    case '-':
      return open.last.isPerson;
    case '\n':
      // A post and its holder may be on separate lines; several holders are separate parties.
      return kind !== 'role' || open.persons > 0 || next?.isPerson === true;
    case '':
    case ' ':
    case '.':
    case ':':
      return open.last.isPerson || (isComplete(open) && kind !== undefined && kind !== 'role');
  }
}

/** Returns the kind of an open party. Abbreviations of groups may be posts: «кл. рук. Иванова И.И.». */
function kindOf({ head, first }: Open): string | undefined {
  if (first.isPerson) return 'person';
  if (!head) return guessed(first.token);
  return head.known.form === 'short' ? 'role' : kindOfHead(head, []);
}

/**
 * A name in quotation marks begins a party. So does «(по согласованию)» without a name, which is not a party by itself.
 */
function signBegins(tokens: readonly PartyToken[], { token, at }: Piece, by: Separator): boolean {
  if (by !== ',' && by !== ';') return false;
  if (OPENING.test(token.text)) return true;
  return token.text === '(' && tokens[at + 1]?.lower === 'по' && /^согл/u.test(tokens[at + 2]?.lower ?? '');
}

/** False for a name that needs more words: «заместитель», «отдел по». */
function isComplete({ head, more, last }: Open): boolean {
  if (PREPOSITION.test(last.token.lower)) return false;
  return !(head && more === 0 && INCOMPLETE.has(head.known.lemma));
}

function headBegins(open: Open, piece: Piece, head: PartyHead, by: Separator): boolean {
  const { known } = head;
  switch (by) {
    case ';':
    case '/':
      return true;
    case ',':
      if (isNumber(piece)) return isNumber(open.first) || open.last.isPerson;
      // «Лица, ответственные за охрану труда» are one party.
      if (open.head?.known.lemma === 'лица' && open.more === 0 && LABELS.has(known.lemma)) return false;
      if (known.form === 'capitals' && /^(?:unit|group)$/u.test(known.kind) && isListOfAbbreviations(open))
        return false;
      if (known.plural && OWN_UNITS.has(known.lemma) && isBody(open)) return false;
      return !(open.isList && known.ambiguous);
    case 'и':
      if (!isComplete(open) || isNumber(piece)) return false;
      if (known.form === 'capitals') return known.kind === 'role' || open.more === 0 || !isCapitals(open.last.token);
      if (!known.ambiguous) return true;
      return known.people ? !hasFields(open) : open.last.isPerson || (open.more === 0 && kindOf(open) === 'group');
    case '\n':
      if (!isComplete(open)) return false;
      if (known.form === 'capitals' && known.kind !== 'role') return open.more > 0 || open.last.isPerson;
      if (known.ambiguous && !known.people) return open.last.isPerson || open.head?.known.plural === true;
      return true;
    case '':
    case ' ':
    case '.':
      return !isNumber(piece) && !isNumber(open.last) && isComplete(open) && headFollows(open, piece, head);
    case '-':
    case ':':
      return false;
  }
}

/**
 * Returns true for a head that a party follows without a separator: in a capital, or in small letters behind people.
 */
function headFollows(open: Open, { token }: Piece, { known }: PartyHead): boolean {
  if (open.last.isPerson) return true;
  const kind = kindOf(open);
  const behindPeople = kind === 'role' || kind === 'group' || kind === 'person';
  if (known.form === 'capitals') return known.kind === 'role' && kind !== undefined;
  const isCapital = CAPITAL.test(token.text);
  if (known.ambiguous) return known.people && behindPeople && (isCapital || open.head?.known.plural === true);
  if (isCapital) return kind !== undefined;
  if (known.form === 'short' && !UNDOTTED.has(known.lemma)) return false;
  return known.people && (behindPeople || (kind === 'unit' && open.more === 0)) && !isCompound(open, token);
}

/** «Учитель логопед», «педагоги организаторы»: one post. */
function isCompound({ head, more }: Open, { lower }: PartyToken): boolean {
  if (!head || more > 0 || !FIRST_POSTS.has(head.known.lemma)) return false;
  return [...SECOND_POSTS].some((post) => lower.startsWith(post));
}

/** Returns true if an unknown word begins a new party. */
function wordBegins(open: Open, { token }: Piece, by: Separator): boolean {
  switch (by) {
    case ',':
      if (token.kind === 'number' || PREPOSITION.test(token.lower) || token.text === '№') return false;
      if (CLAUSE.test(token.lower) && !CAPITAL.test(token.text)) return false;
      if (open.last.token.text === ')' || open.last.isPerson || token.lower === 'совместно') return true;
      if (isGenitive(token) || open.isList) return false;
      if (isCapitals(token)) return !isListOfAbbreviations(open);
      if (CAPITAL.test(token.text) || guessed(token)) return true;
      return !(hasFields(open) || (open.more > 0 && SEVERAL_SUBJECTS.has(open.head?.known.lemma ?? '')));
    case '\n':
      if (!CAPITAL.test(token.text) || isGenitive(token)) return false;
      return open.last.isPerson || (isComplete(open) && (open.more > 0 || open.head === undefined));
    case 'и':
      if (open.last.isPerson) return CAPITAL.test(token.text);
      return !isCapitals(token) && guessed(token) !== undefined && !hasFields(open);
    case '/':
      return guessed(token) !== undefined && open.head !== undefined;
    case '':
    case ' ':
    case '.':
      return open.last.isPerson && open.more === 0 && CAPITAL.test(token.text);
    case ';':
      return true;
    case '-':
    case ':':
      return false;
  }
}

function isNumber({ token }: Piece): boolean {
  return token.kind === 'number';
}

/** «Руководители РМО, ПМО», «заместитель по УВР, ВР». */
function isListOfAbbreviations({ head, more, last, isInCharge }: Open): boolean {
  return head?.known.people === true && more > 0 && isCapitals(last.token) && (head.known.plural || isInCharge);
}

/** «Отдел культуры, молодёжи и спорта». */
function hasFields({ head }: Open): boolean {
  return head !== undefined && SEVERAL_FIELDS.has(head.known.lemma);
}

function isBody(open: Open): boolean {
  return open.head ? !open.head.known.people : !open.first.isPerson;
}
