import type { Party, Responsible } from '../parties.js';
import { type NamedPerson, printOf } from '../personal.js';
import { partyKindOf } from './partyKinds.js';
import { splitParties } from './partySplit.js';
import { findPersons } from './persons.js';

const AGREEMENT = /\s*\(по согласованию\)/iu;
const JOINT = /^\(?совместно с(?:о)?\s+/iu;

/**
 * The responsible parties of a printed cell, in order. Commas, semicolons and line breaks part
 * them, but not inside quotation marks or brackets; a trailing comma makes no empty party.
 */
export function readResponsible(cell: string): Responsible<NamedPerson> {
  const text = cell.trim();
  return { text: findPersons(text), parties: splitParties(marked(text)).map(partyOf).filter(isNamed) };
}

/** The kind of a party with its marks, in the notation of the corpus: `org+agreement`. */
export function kindNotation({ kind, agreement, joint }: Pick<Party, 'kind' | 'agreement' | 'joint'>): string {
  return `${kind}${agreement ? '+agreement' : ''}${joint ? '+joint' : ''}`;
}

function partyOf(part: string): Party<NamedPerson> {
  const name = part.replace(AGREEMENT, '').replace(JOINT, '').trim();
  return {
    name: findPersons(name),
    kind: partyKindOf(name),
    agreement: AGREEMENT.test(part),
    joint: JOINT.test(part),
  };
}

/** Signs alone and a bare «(по согласованию)» name nobody. */
function isNamed({ name }: Party<NamedPerson>): boolean {
  return /[\p{L}\d]/u.test(printOf(name));
}

/** «совместно с …», in brackets or not, begins a party of its own. */
function marked(text: string): string {
  return text.replace(/\s*\((совместно с[^)]*)\)/giu, ', $1').replace(/\s+(совместно с(?:о)?\s)/giu, ', $1');
}
