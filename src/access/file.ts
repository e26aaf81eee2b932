import { failureText } from '../engine/storage/failure.js';
import { AccessUnavailable } from './principal.js';

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
