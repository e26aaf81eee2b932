import { dueInStretch } from './dueInStretch.js';
import { inMonthOfHeading, joined } from './join.js';
import { type Key } from './lexicon.js';
import { type Chart } from './parser.js';
import { type Statement } from './statement.js';
import { statement } from './statements.js';
import { isKeyed, type Token } from './tokens.js';

/** The statements of a wording, and the tokens that no statement contains. */
export interface Cover {
  readonly statement: Statement;
  readonly residue: readonly Token[];
}

/** A linked list from its last item back, so that paths share their beginnings. */
interface Backwards<T> {
  readonly last: T;
  readonly before: Backwards<T> | null;
}

/** One way to read the beginning of a wording. */
interface Path {
  readonly cost: number;
  readonly statements: Backwards<Statement> | null;
  readonly last: 'start' | 'statement' | 'words';
  /** True if a dash follows the last statement. */
  readonly dashed: boolean;
  readonly residue: Backwards<Token> | null;
  /** Number of tokens in `residue`. */
  readonly left: number;
}

/**
 * Costs of the parts of a cover. A further statement costs more than a mark, and a word outside of statements costs
 * more than a statement.
 */
const COSTS = { statement: 2, word: 8, weak: 1, mark: 0.1 } as const;
const NOTHING_LEFT = { residue: null, left: 0 } as const;
const MOST_PATHS = 4;
/** Maximum number of tokens outside of statements. A longer text is not a remark on a time. */
const MOST_RESIDUE = 16;

/**
 * Returns the cheapest way to divide a wording into statements on time and words that do not belong to a time.
 * Undefined if a part that is a time has no meaning: then nothing is guessed from the rest.
 */
export function coverOf(chart: Chart): Cover | undefined {
  const { tokens, around } = chart;
  const paths: (readonly Path[])[] = [[{ cost: 0, statements: null, last: 'start', dashed: false, ...NOTHING_LEFT }]];
  for (let at = 0; at < tokens.length; at += 1) {
    // A path that already costs as much as a complete path cannot become the cheapest one.
    const limit = paths[tokens.length]?.find(isWhole)?.cost ?? Number.POSITIVE_INFINITY;
    const here = paths[at]?.filter(({ cost }) => cost < limit) ?? [];
    if (here.length === 0) continue;
    for (const { value, end } of statement(chart, at)) {
      for (const path of here) {
        const next = withStatement(path, value);
        if (next) reach(paths, end, next);
      }
    }
    const words = skipped(tokens, at);
    if (words) for (const path of here) reach(paths, at + words.length, withResidue(path, words));
  }
  const best = paths[tokens.length]?.find(isWhole);
  const [first, ...others] = forwards(best?.statements ?? null);
  // «15 мая (резерв – 16 мая)»: the second day replaces the first if needed.
  const isReplaced = forwards(best?.residue ?? null).some((token) => isKeyed(token, 'взамен'));
  return best && first
    ? {
        statement: inMonthOfHeading(
          others.reduce((one, other) => joined(one, other, around, isReplaced), first),
          around,
        ),
        residue: forwards(best.residue),
      }
    : undefined;
}

/** Returns true if a path to the end of a wording can be its cover: it has a statement and not too much residue. */
function isWhole({ statements, left }: Path): boolean {
  return statements !== null && left <= MOST_RESIDUE;
}

/** Kinds of statements that give a frequency. After such a statement, words after a dash give the time. */
const SAYS_HOW_OFTEN: ReadonlySet<Statement['says']['kind']> = new Set<Statement['says']['kind']>(['quota', 'often']);

function reach(paths: (readonly Path[])[], at: number, path: Path): void {
  const known = paths[at] ?? [];
  const same = known.find((each) => each.last === path.last && each.dashed === path.dashed);
  if (same && same.cost <= path.cost) return;
  paths[at] = [...known.filter((each) => each !== same), path].sort((a, b) => a.cost - b.cost).slice(0, MOST_PATHS);
}

function withStatement(path: Path, next: Statement): Path | undefined {
  // The name of an event or document may be any words, so it is not accepted after unknown words.
  if (next.weak && path.last === 'words') return undefined;
  const isLasting = next.says.kind === 'duration' || next.says.kind === 'time';
  // «2 раза» is a complete statement only without the unit in «2 раза в месяц октябрь – май».
  const isPart = next.says.kind === 'times';
  // A dash between two times is a range that no rule could read. In «1 раз в год – октябрь» and «май – до 15.05» the
  // dash is not a range.
  const before = path.last === 'statement' ? path.statements : null;
  const isCounted = before !== null && SAYS_HOW_OFTEN.has(before.last.says.kind);
  const due = before === null ? undefined : dueInStretch(before.last, next);
  if (path.dashed && !isLasting && !isCounted && !due && path.last === 'statement') return undefined;
  return {
    cost: path.cost + COSTS.statement + (next.weak || isLasting || isPart ? COSTS.weak : 0),
    statements: due && before ? { last: due, before: before.before } : { last: next, before: path.statements },
    last: 'statement',
    dashed: false,
    residue: path.residue,
    left: path.left,
  };
}

interface Skipped {
  readonly tokens: readonly Token[];
  readonly length: number;
  readonly cost: number;
  readonly isMark: boolean;
}

/** Returns the tokens that may be skipped at a place; undefined if there are none. A time may not be skipped. */
function skipped(tokens: readonly Token[], at: number): Skipped | undefined {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (!token) return undefined;
  switch (token.kind) {
    case 'comma':
    case 'colon':
    case 'open':
    case 'close':
    case 'slash':
      return { tokens: [], length: 1, cost: COSTS.mark, isMark: true };
    case 'dash':
      return { tokens: [token], length: 1, cost: COSTS.mark, isMark: true };
    case 'label':
    case 'other':
      return left([token]);
    case 'number':
      return next?.kind === 'word' && isThing(next) ? left([token, next]) : audience(tokens, at);
    case 'word':
      if (isKeyed(token, 'срок')) {
        const length = lengthOfLabel(tokens, at);
        if (length > 0) return { tokens: [], length, cost: COSTS.mark, isMark: true };
      }
      if (isKeyed(token, 'улица', 'место')) return address(tokens, at) ?? left([token]);
      if (isKeyed(token, 'и', 'но')) return { tokens: [token], length: 1, cost: COSTS.word / 2, isMark: true };
      if (isRemark(token)) return left([token]);
      // A unit of time or an ordinal number can begin a name: «День матери», «г. Буинск», «последний звонок».
      return next?.kind === 'word' && (isUnit(token) || isOrdinal(token)) && isRemark(next)
        ? left([token, next])
        : undefined;
    case 'date':
    case 'clock':
      return undefined;
  }
}

/** Returns the number of tokens in a label «Срок:» or «Срок исполнения –» at a place; 0 if there is none. */
function lengthOfLabel(tokens: readonly Token[], at: number): number {
  const [second, third] = [tokens[at + 1], tokens[at + 2]];
  const isEnd = (token: Token | undefined) => token?.kind === 'colon' || token?.kind === 'dash';
  if (isEnd(second)) return 2;
  return isRemarkWord(second) && isEnd(third) ? 3 : 0;
}

/** Skips an audience: «1-4 классы». */
function audience(tokens: readonly Token[], at: number): Skipped | undefined {
  const [dash, last, word] = tokens.slice(at + 1, at + 4);
  const isRange = dash?.kind === 'dash' && last?.kind === 'number' && word?.kind === 'word' && isThing(word);
  return isRange ? left(tokens.slice(at, at + 4)) : undefined;
}

/** Maximum number of words in the name of a street. */
const MOST_STREET_WORDS = 3;

/**
 * Skips an address: in «ул. Ленина, 5» and «каб. 12» the number at the end is not a day. A comma before the number is
 * allowed only after the name of a street.
 */
function address(tokens: readonly Token[], at: number): Skipped | undefined {
  let end = at + 1;
  if (isKeyed(tokens[at], 'улица')) {
    while (end <= at + MOST_STREET_WORDS && isRemarkWord(tokens[end])) end += 1;
    if (end > at + 1 && tokens[end]?.kind === 'comma') end += 1;
  }
  const [mark, next] = [tokens[end + 1], tokens[end + 2]];
  const isLast = mark === undefined || mark.kind === 'close' || (mark.kind === 'comma' && next?.kind !== 'number');
  return tokens[end]?.kind === 'number' && isLast ? left(tokens.slice(at, end + 1)) : undefined;
}

function isRemarkWord(token: Token | undefined): boolean {
  return token?.kind === 'word' && isRemark(token);
}

function left(tokens: readonly Token[]): Skipped {
  return { tokens, length: tokens.length, cost: COSTS.word, isMark: false };
}

function isRemark(token: Extract<Token, { kind: 'word' }>): boolean {
  return token.senses.every((one) => one.is === 'key' && !TIMELY.has(one.key));
}

/** A word that a number may count without being a time: «5 класс», «2 этаж». */
function isThing(token: Extract<Token, { kind: 'word' }>): boolean {
  return token.senses.every((one) => one.is === 'key' && THINGS.has(one.key));
}

const THINGS: ReadonlySet<Key> = new Set<Key>([
  'место',
  'класс',
  'классный',
  'курс',
  'расписание',
  'документ',
  'событие',
  'проведение',
  'прочее',
]);

function isUnit(token: Extract<Token, { kind: 'word' }>): boolean {
  return token.senses.some(
    (one) => one.is === 'unit' && (one.unit === 'day' || one.unit === 'year' || one.unit === 'week'),
  );
}

function isOrdinal(token: Extract<Token, { kind: 'word' }>): boolean {
  return token.senses.some((one) => one.is === 'ordinal');
}

/** Words about a time. A wording with such a word outside its statements is not understood. */
const TIMELY: ReadonlySet<Key> = new Set<Key>([
  ...([
    'раз',
    'каждый',
    'когда',
    'через',
    'реже',
    'позднее',
    'менее',
    'до',
    'или',
    'не',
    'постоянно',
    'каникулы',
    'кроме',
  ] as const),
]);

function withResidue(path: Path, { tokens, cost, isMark }: Skipped): Path {
  const residue = isMark
    ? path.residue
    : tokens.reduce<Backwards<Token> | null>((before, last) => ({ last, before }), path.residue);
  return {
    ...path,
    cost: path.cost + cost,
    last: isMark ? path.last : 'words',
    dashed: isMark && (path.dashed || tokens[0]?.kind === 'dash'),
    residue,
    left: path.left + (isMark ? 0 : tokens.length),
  };
}

function forwards<T>(list: Backwards<T> | null): T[] {
  const found: T[] = [];
  for (let each = list; each; each = each.before) found.push(each.last);
  return found.reverse();
}
