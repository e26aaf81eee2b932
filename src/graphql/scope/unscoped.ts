import type { ReadDependencies } from '../answers/readDependencies.js';
import type { Seen } from '../services.js';

/** Key of the services that a request context holds. They read and write without regard to the caller's scope. */
export const UNSCOPED = Symbol('unscoped services');

/** A request context, as far as its services are concerned. */
export interface ServicesHolder {
  readonly reads: ReadDependencies;
  readonly [UNSCOPED]: Seen;
}

/**
 * Returns the services of a request. Whoever calls this restricts what it returns to the caller's scope: only this folder and
 * the code that gives commands may import it, see `.dependency-cruiser.cjs`. Fields that read by them are not named in answers/cacheable.ts.
 */
export function unscoped(context: ServicesHolder): Seen {
  return context[UNSCOPED];
}
