import { SYSTEM } from '../access/principals.js';
import type { ReadWay } from '../access/readings.js';
import type { Language } from '../domain/language.js';
import { Context } from './context.js';
import { endlessScope } from './executionScope.js';
import type { Services } from './services.js';

/**
 * Returns a context for commands of the operator, who owns the files. Names that it prints are recorded as read by the
 * system.
 */
export function operatorContext(services: Services, language: Language, way: ReadWay): Context {
  const caller = { principal: SYSTEM, ended: new AbortController().signal };
  return new Context(services, caller, language, endlessScope(way, 'command line'));
}
