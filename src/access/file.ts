import type { Instant, LocalDate } from '../domain/dates.js';
import { failureText } from '../engine/storage/failure.js';
import { AccessUnavailable } from './principal.js';

const DAY_MS = 86_400_000;

/** Returns the SQL text of the conditions that have a value, concatenated, and their values. */
export function conditionsOf(conditions: readonly (readonly [text: string, value: string | undefined])[]) {
  const given = conditions.flatMap(([text, value]) => (value === undefined ? [] : [{ text, value }]));
  return { text: given.map(({ text }) => text).join(''), values: given.map(({ value }) => value) };
}

/** Returns a function that runs work on the file of access records and turns errors into AccessUnavailable. */
export function guardedBy(file: string): <T>(work: () => T) => Promise<T> {
  return async (work) => {
    try {
      return work();
    } catch (error) {
      throw new AccessUnavailable(failureText(file, error), { cause: error });
    }
  };
}

/** Returns a function that deletes what is older than so many days, when it is first called on a day. */
export function forgettingDaily(days: number, forget: (before: LocalDate) => void): (at: Instant) => void {
  let last = '';
  return (at) => {
    const day = at.slice(0, 10);
    if (day === last) return;
    forget(new Date(Date.parse(at) - days * DAY_MS).toISOString().slice(0, 10));
    last = day;
  };
}
