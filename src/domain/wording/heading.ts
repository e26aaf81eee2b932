import { monthsWindow, type Window } from '../dates.js';
import { type Token, tokensOf } from './time/tokens.js';

/** The month and years in a heading above a row. */
export interface Heading {
  /** 1 to 12; null when it names no month, or only a day of one («к 8 марта»). */
  readonly month: number | null;
  /** The year that it names, or the school year of two. */
  readonly years: Window | null;
}

/** Returns the month and year that a heading names. */
export function headingOf(heading: string): Heading {
  const { tokens } = tokensOf(heading);
  let month: number | null = null;
  let years: Window | null = null;
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    const named = token.kind === 'word' ? monthIn(token) : undefined;
    if (month === null && named !== undefined && before?.kind !== 'number') month = named;
    if (years === null && isYear(token)) years = yearsFrom(token.value, tokens.slice(index + 1, index + 3));
  }
  return { month, years };
}

/** Returns the month that a heading is of; null when it names none, or only a day of one («к 8 марта»). */
export function monthOfHeading(heading: string): number | null {
  return headingOf(heading).month;
}

function monthIn({ senses }: Extract<Token, { kind: 'word' }>): number | undefined {
  return senses.flatMap((sense) => (sense.is === 'month' ? [sense.month] : []))[0];
}

function isYear(token: Token): token is Extract<Token, { kind: 'number' }> {
  return token.kind === 'number' && token.digits === 4 && token.value >= 1900 && token.value < 2200;
}

function yearsFrom(first: number, [mark, second]: readonly Token[]): Window {
  const last =
    (mark?.kind === 'dash' || mark?.kind === 'slash') && second?.kind === 'number' ? second.value % 100 : null;
  return last === (first + 1) % 100 ? monthsWindow(first, 9, 12) : monthsWindow(first, 1, 12);
}
