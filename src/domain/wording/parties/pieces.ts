import { type PersonSpan, personsIn } from '../persons.js';
import type { Gap, PartyToken } from './tokens.js';

/** Separators between two pieces of a cell, the weakest first. The strongest one decides. */
const SEPARATORS = ['', ' ', '.', '-', '\n', 'и', '/', ':', ',', ';'] as const;
export type Separator = (typeof SEPARATORS)[number];

/** A word, a number, a sign, or the whole name of a person. */
export interface Piece {
  /** The first token of the piece, its index, and the index after the last token. */
  readonly token: PartyToken;
  readonly at: number;
  readonly end: number;
  readonly isPerson: boolean;
}

/** Returns the pieces of a cell: its tokens, with each name of a person as one. */
export function piecesOf(tokens: readonly PartyToken[]): Piece[] {
  const ends = new Map(personsIn(tokens).map(({ start, end }: PersonSpan) => [start, end]));
  const pieces: Piece[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (!token) break;
    const end = ends.get(at);
    pieces.push({ token, at, end: end ?? at + 1, isPerson: end !== undefined });
    at = end ?? at + 1;
  }
  return pieces;
}

/** Returns the stronger of two separators. */
export function stronger(one: Separator, other: Separator | Gap): Separator {
  return SEPARATORS.indexOf(one) >= SEPARATORS.indexOf(other) ? one : other;
}

/**
 * Returns the separator that a piece means; undefined for a piece that separates nothing, such as a name. The number of
 * a list item separates like a semicolon.
 */
export function separatorOf(tokens: readonly PartyToken[], { token, at, isPerson }: Piece): Separator | undefined {
  if (isPerson || token.inside) return undefined;
  switch (token.text) {
    case ',':
    case ';':
    case ':':
    case '/':
    case '.':
      return token.text;
    case '+':
      return ';';
    case '-':
    case '–':
    case '—':
    case '•':
    case '*':
      return '-';
    case 'и':
      return tokens[at + 1]?.text === '.' ? undefined : 'и';
    case 'также':
      return 'и';
    case 'а':
      return tokens[at + 1]?.lower === 'также' ? 'и' : undefined;
    default:
      return isListNumber(tokens, at) ? ';' : tokens[at - 1] && isListNumber(tokens, at - 1) ? ';' : undefined;
  }
}

/** «1. Директор 2) завуч» */
function isListNumber(tokens: readonly PartyToken[], at: number): boolean {
  const [before, number, mark, behind] = [tokens[at - 1], tokens[at], tokens[at + 1], tokens[at + 2]];
  if (number?.kind !== 'number' || number.text.length > 2 || before?.text === '№') return false;
  return (mark?.text === '.' || mark?.text === ')') && mark.gap === '' && behind?.kind === 'word';
}
