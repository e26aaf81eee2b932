import type { NamedPerson } from '../domain/personal.js';
import type { ImportedPlan } from '../domain/plan/importedPlan.js';
import { bounded } from './bounds.js';
import { readContent } from './formats/format.js';
import { readText } from './formats/text.js';
import { readPlan } from './reading/plan.js';
import { UnreadableDocument } from './unreadable.js';

/** A document as a plan, and which reader read it. */
export interface ReadPlan {
  readonly reader: string;
  readonly plan: ImportedPlan<NamedPerson>;
}

/**
 * Reads a plan document of any format in this thread: see `isolatedReader` for files of strangers.
 *
 * @throws UnreadableDocument with place and cause when the file is no plan; nothing of it is taken then.
 */
export async function readDocument(bytes: Uint8Array, fileName: string): Promise<ReadPlan> {
  try {
    const content = bounded(await readContent(bytes, fileName));
    return { reader: content.reader, plan: readPlan(content, fileName) };
  } catch (error) {
    // Elements within elements without end exhaust the stack of one reader or another.
    if (error instanceof RangeError) throw new UnreadableDocument(null, 'it is built too deep for a plan');
    throw error;
  }
}

/** Reads a plan kept as plain text. */
export function readTextPlan(bytes: Uint8Array): ImportedPlan<NamedPerson> {
  return readPlan(bounded(readText(bytes)));
}
