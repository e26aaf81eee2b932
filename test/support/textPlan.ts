import { bounded } from '../../src/documents/bounds.js';
import { readText } from '../../src/documents/formats/text.js';
import { readPlan } from '../../src/documents/reading/plan.js';
import type { NamedPerson } from '../../src/domain/personal.js';
import type { ImportedPlan } from '../../src/domain/plan/importedPlan.js';

/** Reads a plan kept as plain text. */
export function readTextPlan(bytes: Uint8Array): ImportedPlan<NamedPerson> {
  return readPlan(bounded(readText(bytes)));
}
