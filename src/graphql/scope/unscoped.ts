import type { Context } from '../context.js';
import type { ContextServices } from '../services.js';

/** Key of the services in a request context. The services do not restrict to the caller's scope. */
export const UNSCOPED = Symbol('unscoped services');

/**
 * Returns the services of a request. The calling code must restrict its results to the caller's scope. Only this folder
 * and the code of mutations may import this (see `.dependency-cruiser.cjs`). Fields that read through it must not be
 * listed in answers/cacheable.ts.
 */
export function unscoped(context: Context): ContextServices {
  return context[UNSCOPED];
}
