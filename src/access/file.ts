import { failureText } from '../storage/failure.js';
import { AccessUnavailable } from './principal.js';

/** Conditions of a query as they are added to it, and their values; those without a value are left out. */
export function conditionsOf(conditions: readonly (readonly [text: string, value: string | undefined])[]) {
  const given = conditions.flatMap(([text, value]) => (value === undefined ? [] : [{ text, value }]));
  return { text: given.map(({ text }) => text).join(''), values: given.map(({ value }) => value) };
}

/** Does work on a file of the access records, whose failures then name it. */
export function guardedBy(file: string): <T>(work: () => T) => Promise<T> {
  return async (work) => {
    try {
      return work();
    } catch (error) {
      throw new AccessUnavailable(failureText(file, error), { cause: error });
    }
  };
}
