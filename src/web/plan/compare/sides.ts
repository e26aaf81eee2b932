import type { CompareQueryVariables } from '../../api/generated/graphql';
import { isDay, shortDayText } from '../../words/dates';
import { words } from '../../words/words';

/**
 * A side of a comparison, written as in the addresses of exports: a day, an edition as `2`, a revision as `r12`, or
 * nothing for the present.
 */
export type ComparedSide = string;

/** Two sides, usually the earlier one first. */
export interface ComparedSides {
  readonly from: ComparedSide;
  readonly to: ComparedSide;
}

/** Returns the side in an address; the present if the text is not a side. */
export function sideInAddress(text: string | null): ComparedSide {
  return text !== null && (isDay(text) || isEdition(text) || revisionOfSide(text) !== undefined) ? text : '';
}

/** Returns true for a side that is an edition. */
export function isEdition(side: ComparedSide): boolean {
  return /^[1-9]\d{0,3}$/.test(side);
}

/** Returns the revision of a side; undefined for a side of another kind. */
export function revisionOfSide(side: ComparedSide): number | undefined {
  return /^r\d{1,6}$/.test(side) ? Number(side.slice(1)) : undefined;
}

/** Returns two sides for the API. */
export function variablesOf({ from, to }: ComparedSides): Omit<CompareQueryVariables, 'planId'> {
  return {
    ...(isEdition(from) ? { fromEdition: Number(from) } : { from: asOfSide(from) }),
    ...(isEdition(to) ? { toEdition: Number(to) } : { to: asOfSide(to) }),
  };
}

function asOfSide(side: ComparedSide) {
  const revision = revisionOfSide(side);
  if (revision !== undefined) return { revision };
  return side === '' ? null : { knownOn: side };
}

/**
 * Returns the revision of the entry at a side. An earlier side is the state before the entry, a later side the state
 * after it.
 */
export function entryBeside(side: ComparedSide, place: keyof ComparedSides): number | undefined {
  const revision = revisionOfSide(side);
  return revision === undefined || place === 'to' ? revision : revision + 1;
}

/** Returns a side in words. `entryDay` is the day of the entry beside a revision, if it is known. */
export function sideText(side: ComparedSide, place: keyof ComparedSides, entryDay: string | undefined): string {
  const entry = entryBeside(side, place);
  if (entry !== undefined) {
    const about = place === 'from' ? words.compare.beforeEntry : words.compare.afterEntry;
    const day = entryDay === undefined ? '' : ` ${words.compare.ofDay} ${shortDayText(entryDay)}`;
    // Revisions begin with 0.
    return `${about} № ${entry + 1}${day}`;
  }
  if (side === '') return words.compare.now;
  return isEdition(side) ? editionText(side) : `${words.past.on} ${shortDayText(side)}`;
}

/** Returns an edition in words. */
export function editionText(side: ComparedSide): string {
  return side === '1' ? words.compare.firstEdition : `${words.compare.edition} ${side}`;
}
