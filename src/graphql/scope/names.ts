import { inPlaceOfName, type PrintedText, printWith } from '../../domain/personal.js';
import type { ScopedRequest } from './request.js';
import { UNSCOPED } from './unscoped.js';

/**
 * Returns a printed text as the caller may see it: names of persons only for the roles that need them, and not of persons who
 * were erased.
 *
 * @param reads called with the subject of each name that the text shows.
 */
export function printed(context: ScopedRequest, text: PrintedText, reads: (subject: string) => void): string {
  const isNamed = context.may('personalNames');
  return printWith(text, (person) => {
    if (!isNamed) return '…';
    // Names are stored sealed only, and each reading of one is recorded: such answers are not cached.
    context.reads.uncacheable();
    const { vault } = context[UNSCOPED];
    const name = vault.open(person);
    if (name !== null) reads(person.subject);
    return name ?? inPlaceOfName(vault, person);
  });
}
