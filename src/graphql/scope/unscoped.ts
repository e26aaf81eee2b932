import type { Reads } from '../answers/reads.js';
import type { Seen } from '../services.js';

/** Key of the services that a request context holds. They read and write without regard to the caller's scope. */
export const UNSCOPED = Symbol('unscoped services');

/** A request context, as far as its services are concerned. */
export interface ServicesHolder {
  readonly reads: Reads;
  readonly [UNSCOPED]: Seen;
}

/**
 * Returns the services of a request. Whoever calls this restricts what it returns to the caller's scope: only this folder and
 * the code that gives commands may import it, see `.dependency-cruiser.cjs`. Answers made from it are not cached.
 */
export function unscoped(context: ServicesHolder): Seen {
  context.reads.beyond = true;
  return context[UNSCOPED];
}
