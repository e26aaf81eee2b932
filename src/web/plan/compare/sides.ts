import type { AsOf } from '../../api/generated/graphql';
import { dayText, isDay } from '../../words/dates';
import { words } from '../../words/words';

/**
 * A side of a comparison, written as in the addresses of exports: a day, a revision as `r12`, or nothing for the
 * present.
 */
export type Side = string;

/** Returns a side from an address; the present for what is none. */
export function sideFrom(text: string | null): Side {
  return text !== null && (isDay(text) || /^r\d{1,6}$/.test(text)) ? text : '';
}

/** Returns a side in the past for the API. */
export function asOfSide(side: Side): AsOf {
  return isDay(side) ? { knownOn: side } : { revision: Number(side.slice(1)) };
}

/** Returns a side in words. */
export function sideText(side: Side): string {
  if (side === '') return words.compare.now;
  return isDay(side) ? `${words.past.on} ${dayText(side)}` : `${words.compare.revision} ${side.slice(1)}`;
}
