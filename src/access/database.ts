import { answered } from '../storage/mongodb.js';
import { AccessUnavailable } from './principal.js';

/** Does work on the access records in a MongoDB. @throws AccessUnavailable */
export function guarded<T>(work: () => Promise<T>): Promise<T> {
  return answered(work, (message, cause) => new AccessUnavailable(message, { cause }));
}
