import { monthsWindow, type Window } from '../dates.js';
import { type Token, tokensOf } from './time/tokens.js';

/** The month and years in a heading above a row. */
export interface Heading {
  /** 1 to 12; null when it names no month, or only a day of one («к 8 марта»). */
  readonly month: number | null;
  /** The year that it names, or the school year of two. */
  readonly years: Window | null;
  /** The part of a year that it names: «II квартал». */
  readonly part: { readonly of: 'quarter' | 'halfYear'; readonly nth: number } | null;
}

/** Returns the month and year that a heading names. */
export function headingOf(heading: string): Heading {
  const { tokens } = tokensOf(heading);
  let month: number | null = null;
  let years: Window | null = null;
  let part: Heading['part'] = null;
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    const named = token.kind === 'word' ? monthIn(token) : undefined;
    if (month === null && named !== undefined && before?.kind !== 'number') month = named;
    part ??= partIn(before, token);
    if (years === null && isYear(token)) years = yearsFrom(token.value, tokens.slice(index + 1, index + 3));
  }
  return { month, years, part };
}

/** Returns the month of a heading; null if it names none, or only a day of a month («к 8 марта»). */
export function monthOfHeading(heading: string): number | null {
  return headingOf(heading).month;
}

function monthIn({ senses }: Extract<Token, { kind: 'word' }>): number | undefined {
  return senses.flatMap((sense) => (sense.is === 'month' ? [sense.month] : []))[0];
}

function partIn(before: Token | undefined, token: Token): Heading['part'] {
  if (token.kind !== 'word') return null;
  const of = token.senses.flatMap((one) =>
    one.is === 'unit' && (one.unit === 'quarter' || one.unit === 'halfYear') ? [one.unit] : [],
  )[0];
  const nth =
    before?.kind === 'number'
      ? before.value
      : before?.kind === 'word'
        ? before.senses.flatMap((one) => (one.is === 'ordinal' ? [one.value] : []))[0]
        : undefined;
  const most = of === 'quarter' ? 4 : 2;
  return of !== undefined && nth !== undefined && nth >= 1 && nth <= most ? { of, nth } : null;
}

function isYear(token: Token): token is Extract<Token, { kind: 'number' }> {
  return token.kind === 'number' && token.digits === 4 && token.value >= 1900 && token.value < 2200;
}

function yearsFrom(first: number, [mark, second]: readonly Token[]): Window {
  const last =
    (mark?.kind === 'dash' || mark?.kind === 'slash') && second?.kind === 'number' ? second.value % 100 : null;
  return last === (first + 1) % 100 ? monthsWindow(first, 9, 12) : monthsWindow(first, 1, 12);
}
