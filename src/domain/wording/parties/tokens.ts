/** White space before a token: none, spaces, or a line break. */
export type Gap = '' | ' ' | '\n';

/** A part of a printed cell: a word (hyphens included), a number, or a sign. */
export interface PartyToken {
  readonly kind: 'word' | 'number' | 'sign';
  /** The text. If a hyphen divides the word at the end of a line, without the line break. */
  readonly text: string;
  /** In small letters, with «е» for «ё». */
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  readonly gap: Gap;
  /** Within quotation marks or brackets that close. */
  readonly inside: boolean;
  /** Within quotation marks that close. */
  readonly quoted: boolean;
}

/** Signs after which a party may begin. */
export const BREAKS: ReadonlySet<string> = new Set([',', ';', ':', '/', '–', '—', '-', '(']);

const LETTERS = String.raw`[\p{L}\p{M}]+`;
/** A word continues after a hyphen at the end of a line. */
const PIECES = new RegExp(String.raw`(\s+)|(${LETTERS}(?:(?:-[^\S\n]*\n\s*|[-’'ʼ])${LETTERS})*)|(\d+)|([^\s])`, 'gu');
/**
 * Matches the place where an initial follows a surname without a space: «ИвановаИ.И.», «ЛиА.В.». «ВсОШ» is one word.
 */
const GLUED = /(?<=\p{L}\p{L}\p{Ll})(?=\p{Lu})|(?<=\p{Ll})(?=\p{Lu}$)/u;
type Marks = Readonly<Record<string, string>>;
const QUOTES: Marks = { '«': '»' };
const QUOTES_AND_BRACKETS: Marks = { ...QUOTES, '(': ')', '[': ']' };
const SAME = '"„“”';

/** Returns the tokens of a text. Linear in its length. */
export function partyTokens(text: string): PartyToken[] {
  const found: { kind: PartyToken['kind']; text: string; start: number; gap: Gap }[] = [];
  let gap: Gap = '';
  for (const { index, 0: piece, 1: space, 2: word, 3: number } of text.matchAll(PIECES)) {
    if (space !== undefined) {
      gap = space.includes('\n') ? '\n' : ' ';
      continue;
    }
    let start = index;
    for (const part of word === undefined ? [piece] : word.split(GLUED)) {
      found.push({
        kind: word !== undefined ? 'word' : number !== undefined ? 'number' : 'sign',
        text: part,
        start,
        gap,
      });
      start += part.length;
      gap = '';
    }
  }
  const signs = found.map((token) => token.text);
  const [depths, quotes] = [insides(signs, QUOTES_AND_BRACKETS), insides(signs, QUOTES)];
  return found.map(({ kind, text: part, start, gap: before }, index) => ({
    kind,
    text: part.replace(/\s+/gu, ''),
    lower: folded(part.replace(/\s+/gu, '')),
    start,
    end: start + part.length,
    gap: before,
    inside: (depths[index] ?? 0) > 0,
    quoted: (quotes[index] ?? 0) > 0,
  }));
}

function folded(word: string): string {
  return word.toLowerCase().replaceAll('ё', 'е');
}

/** Returns for each sign the number of closed pairs of marks around it. A mark itself is not inside its pair. */
function insides(signs: readonly string[], closing: Marks): number[] {
  const change = signs.map(() => 0);
  const open = new Map<string, number[]>([...Object.values(closing), SAME].map((mark) => [mark, []]));
  for (const [index, sign] of signs.entries()) {
    const isSame = SAME.includes(sign);
    const waiting = open.get(isSame ? SAME : sign);
    const at = waiting?.pop();
    if (at !== undefined) {
      change[at + 1] = (change[at + 1] ?? 0) + 1;
      change[index] = (change[index] ?? 0) - 1;
    } else if (isSame) waiting?.push(index);
    else open.get(closing[sign] ?? '')?.push(index);
  }
  let depth = 0;
  return change.map((each) => {
    depth += each;
    return depth;
  });
}
