import { answered } from '../engine/storage/mongodb.js';
import { AccessUnavailable } from './principal.js';

/** Runs `work` on the access records in MongoDB. @throws AccessUnavailable when MongoDB fails. */
export function withAccessDatabase<T>(work: () => Promise<T>): Promise<T> {
  return answered(work, (message, cause) => new AccessUnavailable(message, { cause }));
}
