import { failureText } from '../storage/failure.js';
import { AccessUnavailable } from './principal.js';

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
