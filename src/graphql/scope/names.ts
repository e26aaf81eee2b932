import { proofNames } from '../../application/proof/planProof.js';
import type { ProofName } from '../../documents/printing/proofLines.js';
import { inPlaceOfName, type PersonalText, type PrintedText, printWith } from '../../domain/personal.js';
import type { Context } from '../context.js';
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

/**
 * Returns the names of a proof as the caller may see them, and records that those that it shows were read.
 *
 * @param isShown false: all names stay encrypted.
 */
export function shownNames(
  context: Context,
  names: readonly PersonalText[],
  isShown: boolean,
): Promise<readonly ProofName[]> {
  const mayShow = isShown && context.may('personalNames');
  return proofNames(context[UNSCOPED].vault, names, mayShow, (subject) => context.tellsNamesOf([subject]));
}
